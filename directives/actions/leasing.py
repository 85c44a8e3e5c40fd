"""What a worker reads or makes: claimed for a time, kept by telling how far it is, given up where workers died over it.

The row is the memory: a worker that dies leaves a lease that runs out, and what it says afterwards is not heard.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.utils.translation import override

from accounts.refusals import N_, Refusal
from directives.models import Intake, IntakeState, KeptPaper, ListRun

LEASE = timedelta(seconds=30)  # without a word for so long, a worker is taken for dead
EACH = 500  # rows between two words about how far it is
MOST_ATTEMPTS = 2
BROKEN_OFF = N_("Reading this file was broken off %(times)s times. Choose another form of it, or paste its text.")

Read = TypeVar("Read", Intake, ListRun, KeptPaper)
Row = TypeVar("Row")
Alive = Callable[[int, int], bool]  # how many of how many; False where somebody else does it by now


class TakenOver(Exception):
    """Somebody else reads it now."""


class Progress:
    """Counts what was looked at of `total`, and says so now and then."""

    def __init__(self, alive: Alive, total: int) -> None:
        self._alive, self._total, self._done = alive, total, 0

    def each(self, rows: Sequence[Row]) -> Iterator[Row]:
        """The rows one after the other. Raises TakenOver where it is said to stop."""
        for row in rows:
            if self._done % EACH == 0 and not self._alive(self._done, self._total):
                raise TakenOver
            self._done += 1
            yield row


def claim(
    model: type[Read], end: Callable[[Read, str], None], *, at: datetime, broken_off: str = BROKEN_OFF
) -> Read | None:
    """Take the oldest one that nobody reads; None where there is none. One that broke off twice is refused with `end`.

    Must run inside a transaction.
    """
    for row in model.objects.ready(at).select_for_update(of=("self",), skip_locked=True):
        if row.attempts < MOST_ATTEMPTS:
            row.state, row.leased_until = row.IN_HANDS, at + LEASE
            row.attempts += 1
            row.done = row.total = 0
            row.save(update_fields=["state", "leased_until", "attempts", "done", "total"])
            return row
        row.sentence, row.params = broken_off, {"times": MOST_ATTEMPTS}
        end(row, IntakeState.REFUSED)
    return None


def tell_progress(row: Read, *, at: datetime, done: int, total: int, lease: timedelta = LEASE) -> bool:
    """Say that it is still being read, and how far; False where somebody else reads it."""
    mine = type(row).objects.filter(pk=row.pk, attempts=row.attempts, state=row.IN_HANDS)
    return mine.update(leased_until=at + lease, done=min(done, total or done), total=total) == 1


def source_of(refusal: Refusal) -> tuple[str, Mapping[str, Any]]:
    """The sentence as the source has it with its words, to be translated for whoever reads it."""
    with override(None):
        return str(refusal.sentence), {name: str(value) for name, value in refusal.params.items()}
