"""The leaders' page as a whole: a fixed number of questions to the register, whatever it holds."""

from dataclasses import dataclass
from functools import cached_property

from directives.figures import By, Overdue, by_month, overdue, totals
from tracker.web.leaders.asked import Asked
from tracker.web.leaders.sections import MONTHS, Aged, Lines, Standing, Trend, aged
from tracker.web.leaders.targets import TargetLines
from tracker.web.leaders.words import Numbers


@dataclass(frozen=True)
class LeadersPage:
    """What stands on the page; each part asks once, and only when it is shown."""

    asked: Asked

    @cached_property
    def numbers(self) -> Numbers:
        """The cells of all together."""
        return Numbers(totals(self.asked.scope, self.asked.as_of), self.asked, {})

    @cached_property
    def standing(self) -> Standing:
        """The same, drawn."""
        return Standing(self.numbers)

    @cached_property
    def tables(self) -> list[Lines]:
        """By committee, by agency: each told with all its cells."""
        return [Lines.of(self.asked, way) for way in self.asked.ways]

    @cached_property
    def _overdue(self) -> Overdue:
        return overdue(self.asked.scope, self.asked.as_of)

    @cached_property
    def late(self) -> list[Lines]:
        """By notice, by agency, by field: where most is overdue."""
        notices = Lines.late_of(self.asked, By.NOTICE, self._overdue.by_notice)
        told = [table for table in self.tables if len(table) > 1]
        return [notices, *told, Lines.late_of(self.asked, By.FIELD, self._overdue.by_field)]

    @cached_property
    def ages(self) -> list[Aged]:
        """How long it is overdue."""
        return aged(self.asked, self._overdue.ageing)

    @cached_property
    def trend(self) -> Trend:
        """The months up to the day."""
        return Trend(self.asked, by_month(self.asked.scope, self.asked.as_of, months=MONTHS))

    @cached_property
    def targets(self) -> TargetLines:
        """Targets against readings."""
        return TargetLines(self.asked)
