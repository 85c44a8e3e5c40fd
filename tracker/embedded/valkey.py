"""One Valkey server of our own, which speaks Redis on a socket in a private folder."""

import os
import socket
import time
from pathlib import Path

from tracker.embedded import binaries, processes
from tracker.embedded.account import Account
from tracker.embedded.postgres import ServerFailed

PATIENCE = 30  # seconds: after a crash it reads its append-only file first


def url(folder: Path) -> str:
    """The address of the server in `folder`, as redis-py and REDIS_URL write it."""
    return f"unix://{folder}/valkey.sock"


def start(folder: Path, account: Account, *, durable: bool) -> processes.Child:
    """Start the server in `folder` and wait until it answers. Raises `NoServer`, `ServerFailed`."""
    program = binaries.valkey_program(account, folder)
    processes.stop_left_over("valkey", folder)
    data = folder / "valkey"
    data.mkdir(mode=0o700, exist_ok=True)
    account.own(data)
    options: list[str | Path] = [
        "--port",
        "0",
        "--unixsocket",
        folder / "valkey.sock",
        "--unixsocketperm",
        "700",
        "--dir",
        data,
    ]
    keeping = ["--appendonly", "yes", "--appendfsync", "always"] if durable else ["--save", "", "--appendonly", "no"]
    server = processes.start(
        "valkey",
        [program, *options, *keeping],
        folder=folder,
        environment={"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"},
        account=account,
    )
    deadline = time.monotonic() + PATIENCE
    while not _answers(folder / "valkey.sock"):
        if not server.runs or time.monotonic() > deadline:
            server.stop()
            raise ServerFailed(f"Valkey did not start in {folder}:\n{server.log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.02)
    return server


def _answers(address: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as caller:
            caller.connect(str(address))
            caller.sendall(b"PING\r\n")
            return caller.recv(7) == b"+PONG\r\n"
    except OSError:
        return False
