"""The first day of work that recurs, as the table of proposals and the page before the issue name it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from directives.actions.proposing import fields_of
from directives.models import Directive, Proposal, load_calendar
from directives.models.periods import rhythm_name
from directives.rules.recurrence import Rhythm, Shift, due_of, first_periods, period_after, period_of
from directives.rules.working_days import Calendar
from tracker import clock

NO_DAYS_OFF = Calendar(off=frozenset(), working=frozenset())
RHYTHM = ("recurrence", "recurrence_day", "recurrence_month")


@dataclass(frozen=True)
class FirstTurn:
    """The first period that is given out of what recurs, by its label, and the day on which it is due."""

    rhythm: Rhythm
    period: str
    due_on: date

    @property
    def rhythm_name(self) -> str:
        return rhythm_name(self.rhythm)

    @property
    def moved_from(self) -> date | None:
        """The day on which it would be due, where that is no working day and the day was moved."""
        plain = replace(self.rhythm, shift=Shift.NONE)
        here = period_of(self.rhythm.every, self.due_on)  # it may have been moved into the next one, or the one before
        before = period_of(self.rhythm.every, here.first - timedelta(1))
        near = (here, period_after(self.rhythm.every, here), before)
        asked = next((due_of(plain, one, NO_DAYS_OFF) for one in near if one.label == self.period), self.due_on)
        return None if asked == self.due_on else asked


def first_turns(proposals: Iterable[Proposal]) -> dict[int, FirstTurn]:
    """By the ids of those proposals that recur, with what each would begin today; one query where any does."""
    found: dict[int, FirstTurn] = {}
    given = {row.pk: fields_of(row) for row in proposals}
    rhythms = {pk: Directive(**{name: fields[name] for name in RHYTHM}).rhythm for pk, fields in given.items()}
    calendar = load_calendar() if any(rhythms.values()) else NO_DAYS_OFF
    for pk, rhythm in rhythms.items():
        turns = rhythm and first_periods(rhythm, today=clock.today(), until=None, ahead=0, calendar=calendar)
        if rhythm and turns:
            period, due_on = turns[0]
            found[pk] = FirstTurn(rhythm, period.label, due_on)
    return found
