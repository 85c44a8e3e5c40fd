"""What a change of a ladder or of the calendar does to the reminders that have not gone out, told before it is kept."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Committee
from directives.actions.ladders import Ladders
from directives.actions.prospects import open_work, still_said
from directives.models import load_calendar


@dataclass(frozen=True)
class Effect:
    """What changes: assignments whose reminders move, and reminders (one rung of one assignment) that go and come."""

    assignments: int = 0
    cancelled: int = 0
    added: int = 0

    def __bool__(self) -> bool:
        return self.assignments > 0

    def __add__(self, other: "Effect") -> "Effect":
        return Effect(self.assignments + other.assignments, self.cancelled + other.cancelled, self.added + other.added)


class Outlook:
    """What ladders and calendar have still to say of open work, as they stand when it is made.

    Made before a change, it tells the change's `effect()` once that is written, in the same transaction. It costs one
    pass over the open work of `committee` (None: of all) and asks the rule once for each distinct situation.
    """

    def __init__(self, *, today: date, committee: Committee | None = None) -> None:
        self._open = open_work([committee.pk] if committee else None)
        self._today = today
        self._ladders, self._calendar = Ladders(), load_calendar()

    def effect(self) -> Effect:
        """What has changed since: the whole of it, and nothing where all stays as it was."""
        ladders, calendar = Ladders(), load_calendar()
        found = Effect()
        for row in self._open:
            before = still_said(row, self._ladders, self._calendar, today=self._today)
            after = still_said(row, ladders, calendar, today=self._today)
            if before != after:
                gone, new = len(before - after), len(after - before)
                found += Effect(row.many, row.many * gone, row.many * new)
        return found
