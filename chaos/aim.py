"""Which of some processes are sending mail at this moment: they hold a connection to the mail server (Linux)."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

ESTABLISHED = "01"
REMOTE, STATE, INODE = 2, 3, 9  # columns of /proc/net/tcp


def mailing(processes: Iterable[int], port: int) -> list[int]:
    """Those of `processes` with an open connection to `port` of loopback."""
    connections = _connections_to(port)
    return [pid for pid in processes if not connections.isdisjoint(_sockets_of(pid))] if connections else []


def _connections_to(port: int) -> set[str]:
    _head, *rows = Path("/proc/net/tcp").read_text().splitlines()
    open_ones = (row.split() for row in rows)
    return {
        f"socket:[{row[INODE]}]"
        for row in open_ones
        if row[STATE] == ESTABLISHED and row[REMOTE].endswith(f":{port:04X}")
    }


def _sockets_of(pid: int) -> set[str]:
    found = set()
    with suppress(OSError):
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                found.add(str(descriptor.readlink()))
    return found
