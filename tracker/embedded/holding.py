"""One process at a time has the servers of a VAR, and says to the next one what it is."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Holder:
    """Who has the servers, where its pages are, and where its servers answer, once they do."""

    what: str = "Another process"
    url: str = ""
    servers: dict[str, str] = field(default_factory=dict)
    pid: int = field(default_factory=os.getpid)


class InUse(Exception):
    """Another process has the servers of this VAR."""

    def __init__(self, var: Path, holder: Holder) -> None:
        where = f" at {holder.url}" if holder.url else ""
        super().__init__(f"{holder.what} runs with {var} already{where} (process {holder.pid}). VAR chooses another.")
        self.holder = holder


@contextmanager
def hold(var: Path, holder: Holder) -> Iterator[Callable[[Holder], None]]:
    """Hold `var`; what is yielded tells the others more about the holder. Raises `InUse`.

    The kernel frees it when this process ends in whatever way.
    """
    path = var / "holder"
    path.touch(mode=0o600)  # it may hold a password within an address
    with path.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(var, _told(file.read())) from None

        def tell(news: Holder) -> None:
            file.seek(0)
            file.truncate()
            json.dump(asdict(news), file)
            file.flush()

        tell(holder)
        yield tell


def _told(text: str) -> Holder:
    """What the holder has written; it may be in the middle of writing."""
    try:
        return Holder(**json.loads(text))
    except ValueError:
        return Holder()
