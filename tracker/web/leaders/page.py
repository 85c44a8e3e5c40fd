"""The leaders' page as a whole: a fixed number of questions to the register, whatever it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count

from directives.figures import By, Cells, cells_as_of
from directives.figures.rows import DAYS, Age, Part, rows_of
from tracker.web.leaders.asked import Asked
from tracker.web.leaders.sections import MONTHS, Aged, Lines, Standing, Trend, aged, lines_by
from tracker.web.leaders.targets import Target, targets_of
from tracker.web.leaders.words import Numbers


@dataclass(frozen=True)
class LeadersPage:
    """What stands on the page; each part asks once, and only when it is shown."""

    asked: Asked

    @cached_property
    def numbers(self) -> Numbers:
        """The cells of all together."""
        return Numbers(cells_as_of(self.asked.scope.spans(), self.asked.as_of), self.asked, {})

    @cached_property
    def standing(self) -> Standing:
        """The same, drawn."""
        return Standing(self.numbers)

    @cached_property
    def tables(self) -> list[Lines]:
        """By committee, by agency: each told with all its cells."""
        return [lines_by(self.asked, way) for way in self.asked.ways]

    @cached_property
    def late(self) -> list[Lines]:
        """By notice, by agency, by field: where most is overdue."""
        return [lines_by(self.asked, By.NOTICE), *self.tables, lines_by(self.asked, By.FIELD)]

    @cached_property
    def ages(self) -> list[Aged]:
        """How long it is overdue."""
        return aged(self.asked, _ageing(self.asked))

    @cached_property
    def trend(self) -> Trend:
        """The months up to the day."""
        return Trend(self.asked, _by_month(self.asked))

    @cached_property
    def targets(self) -> Sequence[Target]:
        """Targets against readings."""
        return targets_of(self.asked)


def _by_month(asked: Asked) -> list[tuple[date, Cells]]:
    lasts = [asked.as_of]
    while len(lasts) < MONTHS:
        lasts.append(lasts[-1].replace(day=1) - timedelta(days=1))
    return [(last, cells_as_of(asked.scope.spans(), last)) for last in reversed(lasts)]


def _ageing(asked: Asked) -> dict[Age, int]:
    found = rows_of(asked.scope, Part.OPEN_OVERDUE, asked.as_of).values_list("due_on").annotate(Count("pk"))
    counts = dict.fromkeys(Age, 0)
    for due_on, many in found:
        late = (asked.as_of - due_on).days
        counts[next(age for age, (_, most) in DAYS.items() if most is None or late <= most)] += many
    return counts
