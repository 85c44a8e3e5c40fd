"""PostgreSQL and Valkey together: durable below VAR, or thrown away when they stop."""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.embedded import postgres, valkey
from tracker.embedded.account import servers_account
from tracker.embedded.places import servers_folder, throw_away_folder
from tracker.embedded.processes import Child

PATIENCE = 120  # seconds that a command waits for another command to give the servers back


class InUse(Exception):
    """Another process has the servers of this VAR; `holder` says what it is."""

    def __init__(self, holder: dict[str, Any]) -> None:
        super().__init__(f"{holder.get('what', 'Another process')} uses these servers (process {holder.get('pid')}).")
        self.holder = holder


@dataclass(frozen=True)
class Servers:
    """Two running servers and their addresses."""

    database_url: str
    redis_url: str
    children: tuple[Child, ...]

    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


@contextmanager
def throw_away_servers() -> Iterator[Servers]:
    """Servers for tests: nothing is flushed to disk and nothing is left."""
    folder = throw_away_folder(servers_account())
    try:
        with _running(folder, durable=False) as servers:
            yield servers
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def durable_servers(var: Path, *, what: str) -> Iterator[Servers]:
    """The servers of `var`, for `what` (said to whoever comes second). Raises `InUse`."""
    with _held(var, what), _running(servers_folder(var, servers_account()), durable=True) as servers:
        yield servers


@contextmanager
def servers_for_a_command(var: Path) -> Iterator[dict[str, str]]:
    """The addresses of the demo's servers when it runs, else of servers that run as long as the command does.

    Raises `InUse` when another command keeps the servers for longer than `PATIENCE`.
    """
    deadline = time.monotonic() + PATIENCE
    with ExitStack() as stack:
        while True:
            try:
                servers = stack.enter_context(durable_servers(var, what="A command"))
            except InUse as other:
                if other.holder.get("what") == "The demo":
                    yield addresses(var)
                    return
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
            else:
                yield servers.environment()
                return


def addresses(var: Path) -> dict[str, str]:
    """Where the servers of `var` answer when they run."""
    folder = servers_folder(var, servers_account())
    return {"DATABASE_URL": postgres.url(folder), "REDIS_URL": valkey.url(folder)}


@contextmanager
def _running(folder: Path, *, durable: bool) -> Iterator[Servers]:
    account = servers_account()
    with ExitStack() as stack:
        children = []
        for kind in (postgres, valkey):
            children.append(kind.start(folder, account, durable=durable))
            stack.callback(children[-1].stop)
        yield Servers(postgres.url(folder), valkey.url(folder), tuple(children))


@contextmanager
def _held(var: Path, what: str) -> Iterator[None]:
    """Hold `var` for one process; the kernel frees it when that process ends in whatever way."""
    with (var / "holder").open("a+") as holder:
        try:
            fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder.seek(0)
            raise InUse(json.loads(holder.read() or "{}")) from None
        holder.truncate(0)
        json.dump({"what": what, "pid": os.getpid()}, holder)
        holder.flush()
        yield
