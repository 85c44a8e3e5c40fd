"""Keeps processes running until it is asked to stop, and leaves none behind."""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event

from tracker.embedded import processes
from tracker.embedded.places import PROJECT
from tracker.embedded.processes import Child

PROGRAM = [sys.executable, "-m"]
BREATH = 0.2  # seconds between two looks at the children
TRIES = 5  # starts of one process within a minute; more would only repeat its error


class Stopped(Exception):
    """Somebody asked to stop before everything had started."""


class Failed(Exception):
    """A process failed; the sentence holds the end of its log."""


class Supervisor:
    """The processes of one demo, their logs and their traces in one folder."""

    def __init__(self, folder: Path, environment: Mapping[str, str], stopping: Event) -> None:
        self.folder = folder
        self.environment = environment
        self.stopping = stopping
        self._kept: dict[str, tuple[Child, Callable[[], Child]]] = {}
        self._starts: dict[str, list[float]] = {}

    def stop_left_overs(self) -> None:
        """End what an earlier run could not end because it was killed itself."""
        for record in self.folder.glob("*.pid"):
            processes.stop_left_over(record.stem, self.folder)

    def run(self, steps: Mapping[str, Sequence[str]]) -> None:
        """Run steps side by side to their end. Raises `Stopped`, or `Failed` with what the first to fail said."""
        running = {}
        for name, command in steps.items():
            (self.folder / f"{name}.log").unlink(missing_ok=True)
            running[name] = self._start(name, [sys.executable, *command])
        while any(step.runs for step in running.values()) and not self.stopping.wait(BREATH):
            pass
        asked = self.stopping.is_set()
        for step in running.values():
            step.stop()
        if asked:
            raise Stopped
        for name, step in running.items():
            if step.process.returncode:
                raise Failed(f"`{' '.join(steps[name])}` failed:\n{tail(step.log)}")

    def keep(self, name: str, command: Sequence[str], *descriptors: int) -> None:
        """Start a process that shall run until the end."""

        def start() -> Child:
            return self._start(name, [*PROGRAM, *command], *descriptors)

        self._kept[name] = (start(), start)

    def mend(self) -> list[str]:
        """Start again what ended by itself, and return its names. Raises `Failed` when it does not help."""
        ended = [name for name, (child, _) in self._kept.items() if not child.runs]
        for name in ended:
            child, start = self._kept[name]
            child.stop()
            recent = [moment for moment in self._starts.get(name, []) if moment > time.monotonic() - 60]
            if len(recent) >= TRIES:
                raise Failed(f"{name} ends again and again:\n{tail(child.log)}")
            self._starts[name] = [*recent, time.monotonic()]
            self._kept[name] = (start(), start)
        return ended

    def runs(self, name: str) -> bool:
        return self._kept[name][0].runs

    def stop(self) -> None:
        """End all at once, then wait for each."""
        children = [child for child, _ in self._kept.values()]
        for child in children:
            child.ask_to_end()
        for child in reversed(children):
            child.finish()

    def _start(self, name: str, command: Sequence[str], *descriptors: int) -> Child:
        return processes.start(
            name,
            command,
            folder=self.folder,
            environment=self.environment,
            within=PROJECT,
            descriptors=descriptors,
        )


def tail(log: Path) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-25:])
