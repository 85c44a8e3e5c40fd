"""Where the servers keep their data: below VAR, or in a private folder that VAR links to."""

import os
import shutil
import tempfile
from pathlib import Path

from tracker.embedded.account import Account

LONGEST_SOCKET_PATH = 107  # bytes; the limit of sockaddr_un on Linux, 103 on macOS
SOCKET_NAME_ROOM = len("/.s.PGSQL.5432.lock") + 4
LASTING = Path("/var/tmp")  # noqa: S108 -- mkdtemp makes it private; survives a restart of the machine, by the Filesystem Hierarchy Standard
PROJECT = Path(__file__).resolve().parents[2]


class WrongPlace(Exception):
    """The servers' data cannot be kept there; the sentence says why."""


def var_folder() -> Path:
    """The folder that VAR names (by default `var` in the project); made when it is not there."""
    var = Path(os.environ.get("VAR") or PROJECT / "var").absolute()
    try:
        var.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=var):
            return var
    except OSError as refusal:
        raise WrongPlace(f"VAR={var} cannot be written: {refusal.strerror}.") from refusal


def servers_folder(var: Path, account: Account) -> Path:
    """The private folder of the servers' data, programs and sockets. Raises `WrongPlace`."""
    folder = var / "servers"
    if folder.is_symlink():
        return _linked(folder, account)
    if _serves(folder, account):
        folder.mkdir(mode=0o700, exist_ok=True)
    else:
        elsewhere = Path(tempfile.mkdtemp(prefix="dondoc-", dir=LASTING))
        folder.symlink_to(elsewhere)
        folder = elsewhere
    return _owned(folder, account)


def throw_away_folder(account: Account) -> Path:
    """A new private folder for servers that are forgotten when they stop."""
    folder = Path(tempfile.mkdtemp(prefix="dondoc-"))
    if not _serves(folder, account):
        shutil.rmtree(folder)
        folder = Path(tempfile.mkdtemp(prefix="dondoc-", dir="/tmp"))
    return _owned(folder, account)


def _serves(folder: Path, account: Account) -> bool:
    short = len(os.fsencode(folder)) + SOCKET_NAME_ROOM <= LONGEST_SOCKET_PATH
    return short and account.reaches(folder.parent)


def _linked(link: Path, account: Account) -> Path:
    folder = link.readlink()
    if not folder.exists():
        raise WrongPlace(
            f"{link} points to {folder}, which is gone, and the data with it. Delete {link.parent} to begin anew."
        )
    return _owned(folder, account)


def _owned(folder: Path, account: Account) -> Path:
    """Make sure that the folder is the account's alone, so that no other account may plant data or sockets in it."""
    if folder.stat().st_uid not in (account.uid, os.geteuid()):
        raise WrongPlace(f"{folder} belongs to another account; choose another folder with VAR.")
    account.own(folder)
    folder.chmod(0o700)
    return folder
