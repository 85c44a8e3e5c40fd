"""The ladders of all committees, as one piece of work reads them."""

from datetime import date

from directives.actions.moving import read_terms
from directives.models import Ladder
from directives.rules.nudges import Terms, monthly_day
from directives.rules.working_days import Calendar


class Ladders:
    """Every committee's ladder, read once."""

    def __init__(self) -> None:
        rows = Ladder.objects.prefetch_related("rungs")
        self._terms = {ladder.committee_id: read_terms(ladder) for ladder in rows}
        self.monthly = any(terms.monthly_by for terms in self._terms.values())

    def whose(self, committee_id: int) -> int | None:
        """The committee whose ladder it climbs: its own, else None for the default one."""
        return committee_id if committee_id in self._terms else None

    def of(self, committee_id: int | None) -> Terms:
        """What the committee's own ladder asks, else the default one; nothing where neither is set."""
        return self._terms.get(committee_id, self._terms.get(None, Terms()))

    def due_where_they_speak(self, day: date, calendar: Calendar) -> set[date] | None:
        """The deadlines from which a rung of some ladder falls on the local date `day`; None: any may be spoken of."""
        every = self._terms.values()
        if any(terms.monthly_by and monthly_day(day, terms.monthly_by, calendar) == day for terms in every):
            return None
        return {due for terms in every for rung in terms.rungs for due in calendar.shifted_to(day, rung.offset)}
