"""How an agency declined its work, and what became of that: told from history, for every page that shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from directives.models import Assignment, Attachment, Event

# What settles work that was declined.
SETTLES = ("reassign", "withdraw")


@dataclass(frozen=True)
class Declined:
    """Who declined, why, with which letter; and by what it was settled, if it was."""

    at: datetime
    by_name: str
    reason: str
    files: Sequence[Attachment]
    settled: Event | None = None


def declined_of(assignment: Assignment, events: Iterable[Event]) -> Declined | None:
    """The decline among the assignment's events, or None; one query, for its files, where there is one."""
    told = sorted(events, key=lambda event: (event.at, event.pk))
    found = next((event for event in told if event.verb == "decline"), None)
    if found is None:
        return None
    settled = next((event for event in told if event.verb in SETTLES and event.pk > found.pk), None)
    return Declined(found.at, found.by_name, found.reason, list(assignment.decline_files.all()), settled)
