"""Every number that a page, a report or another system shows, counted once, by one query."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, DateField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from directives.models import Assignment, Role
from directives.models.history import SpanQuerySet
from directives.rules.lifecycle import LIVE, State
from directives.rules.standing import Cell


@dataclass(frozen=True)
class Cells:
    """The official cells of live lead and share work: four and undated make the total.

    Shown apart: how much of the total is suspended, and live coordinating work, which is not in the total.
    """

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    undated: int = 0
    suspended: int = 0
    coordinating: int = 0

    @property
    def total(self) -> int:
        """All that is counted."""
        return sum(getattr(self, cell) for cell in Cell)

    @property
    def done(self) -> int:
        """Done in time or late; what is done and undated stands with the undated."""
        return self.done_on_time + self.done_late


def cells(assignments: QuerySet[Assignment], today: date) -> Cells:
    """Count `assignments` as they stand on the local date `today`."""
    return _counted(assignments, today)


def cells_as_of(spans: SpanQuerySet, day: date) -> Cells:
    """Count what the register knew at the end of the local date `day`, from the spans given."""
    return _counted(spans.as_of(day), day)


def _counted(rows: QuerySet, today: date) -> Cells:
    """In groups of what a cell is told by, so that the rule is asked once for each row, not once for each cell."""
    live = rows.filter(state__in=LIVE).order_by().annotate(cell=_cell(today))
    alike = live.annotate(beside=Q(role=Role.COORDINATING), rests=Q(state=State.SUSPENDED))
    found: Counter[str] = Counter()
    for cell, beside, rests, many in alike.values_list("cell", "beside", "rests").annotate(many=Count("pk")):
        found["coordinating" if beside else cell] += many
        found["suspended"] += many if rests and not beside else 0
    return Cells(**found)


def _cell(today: date) -> Case:
    """The SQL twin of `rules.standing.cell` for live rows, held to it by a test."""
    now = Value(today, DateField())
    handed_in, done = Coalesce("handed_in_on", now), Coalesce("done_on", "handed_in_on", now)
    return Case(
        When(due_on=None, then=Value(Cell.UNDATED)),
        When(state=State.DONE, due_on__lt=done, then=Value(Cell.DONE_LATE)),
        When(state=State.DONE, then=Value(Cell.DONE_ON_TIME)),
        When(state=State.SUSPENDED, then=Value(Cell.OPEN_IN_TIME)),
        When(state=State.HANDED_IN, due_on__lt=handed_in, then=Value(Cell.OPEN_OVERDUE)),
        When(state=State.HANDED_IN, then=Value(Cell.OPEN_IN_TIME)),
        When(due_on__lt=now, then=Value(Cell.OPEN_OVERDUE)),
        default=Value(Cell.OPEN_IN_TIME),
        output_field=CharField(),
    )
