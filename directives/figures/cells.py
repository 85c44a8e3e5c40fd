"""The official cells, counted from the rows themselves: each of them asked once, by one query."""

from collections import Counter, defaultdict
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from directives.figures.scope import Scope
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
        return self.done + self.open + self.undated

    @property
    def done(self) -> int:
        """Done in time or late; what is done and undated stands with the undated."""
        return self.done_on_time + self.done_late

    @property
    def open(self) -> int:
        """Open in time or overdue; what is open and undated stands with the undated."""
        return self.open_in_time + self.open_overdue

    @property
    def dated(self) -> int:
        """All that has a date: the four cells."""
        return self.done + self.open

    def __add__(self, other: "Cells") -> "Cells":
        """Both together, cell by cell."""
        return Cells(*(getattr(self, cell.name) + getattr(other, cell.name) for cell in fields(self)))


class Basis(StrEnum):
    """Against which date it is said whether work is in time: the one that holds, or the one first given."""

    CURRENT = "due_on"
    ORIGINAL = "original_due_on"


class By(StrEnum):
    """What the cells are told apart by; each value leads from a span there."""

    AGENCY = "agency"
    COMMITTEE = "committee"
    NOTICE = "directive__notice"
    FIELD = "directive__field"


def cells(assignments: QuerySet[Assignment], today: date) -> Cells:
    """Count `assignments` as they stand on the local date `today`."""
    return _counted(assignments, today, Basis.CURRENT).get(None, Cells())


def cells_as_of(spans: SpanQuerySet, day: date, *, basis: Basis = Basis.CURRENT) -> Cells:
    """Count what the register knew at the end of the local date `day`, from the spans given."""
    return _counted(spans.as_of(day), day, basis).get(None, Cells())


def cells_by(scope: Scope, by: By, as_of: date, *, basis: Basis = Basis.CURRENT) -> dict[Any, Cells]:
    """The cells of each agency (id), committee (id), notice (id) or field (words) that has any, as of a local date.

    The field of a directive is told as it reads today, whatever it was called then.
    """
    return _counted(scope.spans().as_of(as_of), as_of, basis, by)


def _counted(rows: QuerySet, today: date, basis: Basis, by: By | None = None) -> dict[Any, Cells]:
    """By key; in groups of what a cell is told by, so that the rule is asked once for each row, not for each cell."""
    alike = told_apart(rows, today, basis).annotate(key=F(by) if by else Value(None, CharField()))
    found: dict[Any, Counter[str]] = defaultdict(Counter)
    for key, cell, beside, rests, many in alike.values_list("key", "cell", "beside", "rests").annotate(Count("pk")):
        found[key]["coordinating" if beside else cell] += many
        found[key]["suspended"] += many if rests and not beside else 0
    return {key: Cells(**counts) for key, counts in found.items()}


def told_apart(rows: QuerySet, today: date, basis: Basis) -> QuerySet:
    """Of `rows` those that are live: each with its `cell` on a local date, whether it stands `beside` (coordinating),
    and whether it `rests` (suspended)."""
    live = rows.filter(state__in=LIVE).order_by().annotate(cell=_cell(today, basis))
    return live.annotate(beside=Q(role=Role.COORDINATING), rests=Q(state=State.SUSPENDED))


def _cell(today: date, basis: Basis) -> Case:
    """The SQL twin of `rules.standing.cell` for live rows, held to it by a test."""
    now = Value(today, DateField())
    handed_in, done = Coalesce("handed_in_on", now), Coalesce("done_on", "handed_in_on", now)
    no_date, before = Q(**{basis: None}), f"{basis}__lt"
    return Case(
        When(no_date, then=Value(Cell.UNDATED)),
        When(state=State.DONE, **{before: done}, then=Value(Cell.DONE_LATE)),
        When(state=State.DONE, then=Value(Cell.DONE_ON_TIME)),
        When(state=State.SUSPENDED, then=Value(Cell.OPEN_IN_TIME)),
        When(state=State.HANDED_IN, **{before: handed_in}, then=Value(Cell.OPEN_OVERDUE)),
        When(state=State.HANDED_IN, then=Value(Cell.OPEN_IN_TIME)),
        When(**{before: now}, then=Value(Cell.OPEN_OVERDUE)),
        default=Value(Cell.OPEN_IN_TIME),
        output_field=CharField(),
    )
