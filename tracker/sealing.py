"""The chain's head is noted outside the database too, in a file that is only ever added to: its anchor."""

import fcntl
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from directives.actions import feeding, sealing
from directives.rules.seal_chain import Anchor

TAIL = 4096  # bytes; holds many lines


def seal_and_anchor(*, now: datetime) -> int:
    """Seal and number all that waits, note the new head outside, and return how many events were sealed."""
    sealed = 0
    while batch := sealing.seal_events():
        sealed += batch
    while feeding.number_changes():
        pass
    AnchorFile(settings.HISTORY_ANCHOR).note_head(now=now)
    return sealed


class AnchorFile:
    """One line of JSON for each head that was noted, oldest first; nothing was noted where the file is missing."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        # The numbers of lines that could not be read, once they were passed.
        self.unreadable: list[int] = []

    def __iter__(self) -> Iterator[Anchor]:
        """The anchors that stand in the file when the first is asked for."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            left = os.fstat(file.fileno()).st_size
            for number, line in enumerate(file, start=1):
                if left <= 0:
                    return
                left -= len(line)
                if anchor := _read(line):
                    yield anchor
                else:
                    self.unreadable.append(number)

    def note_head(self, *, now: datetime) -> bool:
        """Add the head of the chain, on disk when this returns; False where it has not moved since the last line.

        A head that lies behind the last line is not noted either: the cut tail is for `verify_history` to find.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab+") as file:
            # The head is read under the lock, so that the lines of several workers rise.
            fcntl.flock(file, fcntl.LOCK_EX)
            sequence, hash_ = sealing.head()
            tail = _tail(file)
            if sequence <= max((anchor.sequence for line in tail.splitlines() if (anchor := _read(line))), default=0):
                return False
            # After a power cut the last line may lack its end.
            start = "" if tail.endswith(b"\n") or not tail else "\n"
            line = anchor_line(Anchor(sequence, hash_, now.astimezone(UTC).isoformat()))
            file.write(f"{start}{line}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        return True


def anchor_line(anchor: Anchor) -> str:
    """An anchor as it stands in the file."""
    return json.dumps({"sequence": anchor.sequence, "hash": anchor.hash, "at": anchor.at})


def _tail(file: BinaryIO) -> bytes:
    file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
    return file.read()


def _read(line: bytes) -> Anchor | None:
    try:
        noted = json.loads(line)
        return Anchor(int(noted["sequence"]), str(noted["hash"]), str(noted["at"]))
    except (ValueError, TypeError, KeyError):
        return None
