"""Processes forked from one that has everything loaded, so that to start one again costs next to nothing.

Each leads a session of its own, so its number names all that it starts; and the kernel ends it when we end.
"""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path

from tracker.embedded.processes import ends_with_parent

Act = Callable[[], object]


@dataclass
class Fork:
    """A process of ours. `runs` is false once it has ended, in whatever way."""

    name: str
    pid: int
    born: float = field(default_factory=time.monotonic)
    _ended: bool = False

    @property
    def runs(self) -> bool:
        if not self._ended and os.waitpid(self.pid, os.WNOHANG)[0]:
            self._ended = True
        return not self._ended

    def children(self) -> list[int]:
        """The processes that it started itself."""
        return [pid for _fork, pid in children_of([self])]

    def signal_child(self, pid: int, number: signal.Signals) -> bool:
        """Whether the child `pid` was still there to get the signal."""
        with suppress(ProcessLookupError):
            if self.runs and os.getsid(pid) == self.pid:
                os.kill(pid, number)
                return True
        return False

    def signal_all(self, number: signal.Signals) -> None:
        """It and all that it started, if it still runs."""
        if self.runs:
            os.killpg(self.pid, number)

    def end(self) -> None:
        """Kill it with all that it started."""
        self.signal_all(signal.SIGKILL)
        if not self._ended:
            os.waitpid(self.pid, 0)
            self._ended = True


def children_of(forks: Sequence[Fork]) -> list[tuple[Fork, int]]:
    """The processes that each of them started itself."""
    running = {found.pid: found for found in forks if found.runs}
    return sorted(((running[parent], pid) for pid, parent in _parents() if parent in running), key=itemgetter(1))


def fork(name: str, act: Act, folder: Path) -> Fork:
    """Let a process of its own do `act`; what it says is in NAME.log. No connection may be open here."""
    sys.stdout.flush()
    sys.stderr.flush()
    if pid := os.fork():
        return Fork(name, pid)
    status = 1
    try:
        _begin(folder / f"{name}.log")
        act()
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it is, this process ends here
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _begin(log: Path) -> None:
    os.setsid()
    if ends := ends_with_parent(signal.SIGKILL):
        ends()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for descriptor in (1, 2):
        os.dup2(output, descriptor)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)


def _parents() -> Iterator[tuple[int, int]]:
    """Every process that runs, with its parent (Linux)."""
    for about in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            _name, _end, told = about.read_text().rpartition(")")
            state, parent, *_more = told.split()
            if state != "Z":
                yield int(about.parent.name), int(parent)


class Crew:
    """The processes that shall run; whoever ends is started again a moment later."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ended_alone: list[str] = []
        self._acts: dict[str, Act] = {}
        self._forks: dict[str, Fork] = {}
        self._back_at: dict[str, float] = {}

    def __getitem__(self, name: str) -> Fork:
        return self._forks[name]

    def keep(self, name: str, act: Act) -> None:
        """Start a process that shall run until the end."""
        self._acts[name] = act
        self._forks[name] = fork(name, act, self.folder)

    def kill(self, name: str, *, back_after: float) -> None:
        """Kill it with all that it started; it comes back after so many seconds."""
        self._forks[name].end()
        self._back_at[name] = time.monotonic() + back_after

    def mend(self) -> None:
        """Start again who is to come back, and who ended by itself."""
        now = time.monotonic()
        for name, running in self._forks.items():
            if running.runs:
                continue
            if name not in self._back_at:
                self.ended_alone.append(name)
                self._back_at[name] = now + 1
            if self._back_at[name] <= now:
                del self._back_at[name]
                self._forks[name] = fork(name, self._acts[name], self.folder)

    def end(self) -> None:
        for running in self._forks.values():
            running.end()


@contextmanager
def crew(folder: Path) -> Iterator[Crew]:
    """A crew, of which nobody is left afterwards."""
    found = Crew(folder)
    try:
        yield found
    finally:
        found.end()
