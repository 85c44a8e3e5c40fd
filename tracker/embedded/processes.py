"""Child processes that end with their parent, and the traces of those that did not."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tracker.embedded.account import Account

LINUX_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass(frozen=True)
class Child:
    """A running process in a session of its own, with the signal that asks it to end."""

    name: str
    process: subprocess.Popen[bytes]
    ending: signal.Signals
    record: Path
    log: Path

    @property
    def runs(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        self.ask_to_end()
        self.finish()

    def ask_to_end(self) -> None:
        if self.runs:
            self.process.send_signal(self.ending)

    def finish(self, patience: float = 30) -> None:
        """Wait `patience` seconds for its end, then kill it with all that it started."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        _kill_group(self.process.pid)
        self.process.wait()
        self.record.unlink(missing_ok=True)


def start(
    name: str,
    command: Sequence[str | Path],
    *,
    folder: Path,
    environment: Mapping[str, str],
    account: Account | None = None,
    within: Path | None = None,
    ending: signal.Signals = signal.SIGTERM,
    descriptors: Sequence[int] = (),
) -> Child:
    """Start `command`, by default in `folder`, with its output in NAME.log and its trace in NAME.pid there."""
    log = folder / f"{name}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(word) for word in command],
            env=dict(environment),
            cwd=within or folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=descriptors,
            preexec_fn=ends_with_parent(ending),  # noqa: PLW1509 -- one call, before the program begins
            **(account.arguments if account else {}),
        )
    record = folder / f"{name}.pid"
    record.write_text(f"{process.pid} {_birth(process.pid)}")
    return Child(name, process, ending, record, log)


def stop_left_over(name: str, folder: Path, ending: signal.Signals = signal.SIGTERM, patience: float = 30) -> None:
    """End the process that an earlier run recorded and, being killed itself, could not end."""
    record = folder / f"{name}.pid"
    if not record.exists():
        return
    number, _, birth = record.read_text().partition(" ")
    pid, now = int(number), _birth(int(number))
    if now == birth:
        os.kill(pid, ending)
        _wait(lambda: _birth(pid) != birth, patience)
    # Where it is gone, its children may still be there; where its number is another's by now, none of them is.
    if now in (birth, None):
        _kill_group(pid)
        _wait(lambda: not _group_lives(pid), 1)
    record.unlink()


def _birth(pid: int) -> str | None:
    """What tells this process from a later one with the same number; None when it does not run."""
    if sys.platform != "linux":
        told = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return told.stdout.strip() or None
    try:
        state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return None if state == "Z" else f"{boot} {fields[18]}"


def _wait(happened: Callable[[], bool], patience: float) -> None:
    deadline = time.monotonic() + patience
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.05)


def _group_lives(pid: int) -> bool:
    try:
        os.killpg(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _kill_group(pid: int) -> None:
    """Each child leads a process group, so its number names all that it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def ends_with_parent(ending: signal.Signals) -> Callable[[], None] | None:
    """On Linux the kernel itself asks the child to end when this process is killed."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(LINUX_SET_PARENT_DEATH_SIGNAL, ending)
