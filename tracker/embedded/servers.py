"""PostgreSQL and Valkey together: durable below VAR, or thrown away when they stop."""

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tracker.embedded import postgres, valkey
from tracker.embedded.account import servers_account
from tracker.embedded.holding import Holder, InUse, hold
from tracker.embedded.places import servers_folder, throw_away_folder
from tracker.embedded.processes import Child

PATIENCE = 120  # seconds that a command waits for another command to give the servers back


class Servers:
    """Both servers in one private folder."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self.folder = folder
        self.durable = durable
        self._children: dict[str, Child] = {}

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which everything else finds the servers."""
        return {"DATABASE_URL": postgres.url(self.folder), "REDIS_URL": valkey.url(self.folder)}

    def start_missing(self) -> list[str]:
        """Start what does not run and return its names. Raises `NoServer`, `ServerFailed`."""
        missing = [
            kind for kind in (postgres, valkey) if not ((child := self._children.get(kind.__name__)) and child.runs)
        ]
        for kind in missing:
            self._children[kind.__name__] = kind.start(self.folder, servers_account(), durable=self.durable)
        return [kind.__name__.rpartition(".")[2] for kind in missing]

    def kill(self, name: str) -> None:
        """End one of them (postgres, valkey) as a failing machine would; `start_missing` brings it back."""
        child = self._children[f"tracker.embedded.{name}"]
        child.process.kill()
        child.process.wait()

    def stop(self) -> None:
        for child in self._children.values():
            child.stop()


@contextmanager
def running(folder: Path, *, durable: bool) -> Iterator[Servers]:
    """The servers of `folder`, for as long as the block runs."""
    servers = Servers(folder, durable=durable)
    try:
        servers.start_missing()
        yield servers
    finally:
        servers.stop()


@contextmanager
def throw_away_servers() -> Iterator[Servers]:
    """Servers for tests: nothing is flushed to disk and nothing is left."""
    folder = throw_away_folder(servers_account())
    try:
        with running(folder, durable=False) as servers:
            yield servers
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def servers_for_a_command(var: Path) -> Iterator[dict[str, str]]:
    """The addresses of the demo's servers when it runs, else of servers that run as long as the command does.

    Raises `InUse` when another command keeps the servers for longer than `PATIENCE`.
    """
    with ExitStack() as stack:
        demo = _hold_or_find_demo(stack, var)
        if demo:
            yield demo
        else:
            yield stack.enter_context(running(servers_folder(var, servers_account()), durable=True)).environment


def _hold_or_find_demo(stack: ExitStack, var: Path) -> dict[str, str]:
    """Hold `var`, or return the addresses that the demo which holds it has told."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            stack.enter_context(hold(var, Holder("A command")))
        except InUse as other:
            if other.holder.servers:
                return other.holder.servers
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return {}
