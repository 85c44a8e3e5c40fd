"""One PostgreSQL server of our own, reached by a socket in a private folder."""

import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from tracker.embedded import binaries, processes
from tracker.embedded.account import Account

OWNER = "postgres"
DATABASE = "dondoc"
PATIENCE = 60  # seconds: recovery after a crash replays the log first
NOBODY_HAS_THIS_PID = "99999999"  # beyond the kernel's largest
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class ServerFailed(Exception):
    """A server did not start; the sentence holds the end of its log."""


def url(folder: Path) -> str:
    """The address of the server in `folder`, for libpq and for DATABASE_URL."""
    return f"postgres://{OWNER}@{quote(str(folder), safe='')}/{DATABASE}"


def start(folder: Path, account: Account, *, durable: bool) -> processes.Child:
    """Start the server in `folder`, make its database where needed, and wait until it answers.

    A durable one keeps every committed transaction through a crash. Raises `NoServer`, `ServerFailed`.
    """
    programs = binaries.postgres_programs(account, folder)
    processes.stop_left_over("postgres", folder, signal.SIGINT)
    data = folder / "postgres"
    if not (data / "PG_VERSION").exists():
        _make_cluster(programs, data, account, durable=durable)
    _disown_lock(data / "postmaster.pid")
    _disown_lock(folder / ".s.PGSQL.5432.lock")
    deadline = time.monotonic() + PATIENCE
    while True:
        server = _launch(programs, folder, account, durable=durable)
        if _answers(server, folder, deadline):
            _make_database(folder)
            return server
        told = _tail(server.log)
        server.stop()
        # A killed server's last children leave within moments.
        if "pre-existing shared memory" not in told or time.monotonic() > deadline:
            raise ServerFailed(f"PostgreSQL did not start in {folder}:\n{told}")
        time.sleep(0.5)


def _make_cluster(programs: Path, data: Path, account: Account, *, durable: bool) -> None:
    """Make the cluster aside and move it in place whole, so that an interrupted start leaves nothing half made."""
    unfinished = data.with_name("postgres.unfinished")
    subprocess.run(["rm", "-rf", str(unfinished)], check=True)
    command: list[str | Path] = [programs / "initdb", "-D", unfinished, "-U", OWNER, "--auth=trust", "--encoding=UTF8"]
    told = subprocess.run(
        [*command, *_locale(programs), *([] if durable else ["--no-sync"])],
        env=_environment(programs, data.parent),
        cwd=data.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **account.arguments,
    )
    if told.returncode:
        raise ServerFailed(f"initdb failed in {data.parent}:\n{told.stdout[-2000:]}")
    unfinished.rename(data)


def _locale(programs: Path) -> list[str]:
    """Unicode upper and lower case without the system's locales, which PostgreSQL offers from version 17 on."""
    told = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True)
    major = int(told.stdout.split()[2].partition(".")[0])
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def _disown_lock(lock: Path) -> None:
    """Let the server start when a stale lock names a process that is not it.

    The server judges a lock by its process number, and after a restart of the machine that number may be anybody's.
    Only the number is changed: the server still checks the shared memory that the lock names.
    """
    if lock.exists():
        _, *rest = lock.read_text().splitlines(keepends=True)
        lock.write_text("".join([NOBODY_HAS_THIS_PID + "\n", *rest]))


def _launch(programs: Path, folder: Path, account: Account, *, durable: bool) -> processes.Child:
    settings = ["listen_addresses=", f"unix_socket_directories={folder}", "unix_socket_permissions=0700"]
    settings += ["max_connections=200", "timezone=UTC", *(() if durable else FORGETFUL)]
    options = [word for setting in settings for word in ("-c", setting)]
    return processes.start(
        "postgres",
        [programs / "postgres", "-D", folder / "postgres", *options],
        folder=folder,
        environment=_environment(programs, folder),
        account=account,
        ending=signal.SIGINT,  # the fast shutdown: ends sessions, keeps what is committed
    )


def _environment(programs: Path, folder: Path) -> dict[str, str]:
    return {"PATH": f"{programs}:{os.defpath}", "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"}


def _answers(server: processes.Child, folder: Path, deadline: float) -> bool:
    while server.runs and time.monotonic() < deadline:
        try:
            psycopg.connect(_maintenance(folder)).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    return False


def _make_database(folder: Path) -> None:
    with psycopg.connect(_maintenance(folder), autocommit=True) as owner:
        if not owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def _maintenance(folder: Path) -> str:
    return url(folder).removesuffix(DATABASE) + "postgres"


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:]
