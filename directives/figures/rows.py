"""Which rows a figure counts: the spans behind each number, so that whoever reads it can look at them."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Q

from directives.figures.cells import Basis, By, told_apart
from directives.figures.scope import Scope
from directives.models.history import SpanQuerySet
from directives.rules.standing import Cell


class Part(StrEnum):
    """What of the work a number counts: a cell, cells together, or what is shown apart. As `Cells` names it."""

    TOTAL = "total"
    DATED = "dated"
    DONE = "done"
    OPEN = "open"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"
    UNDATED = "undated"
    SUSPENDED = "suspended"
    COORDINATING = "coordinating"


class Age(StrEnum):
    """For how many calendar days work is overdue."""

    UP_TO_30 = "30"
    UP_TO_60 = "60"
    UP_TO_120 = "120"
    LONGER = "more"


DONE = (Cell.DONE_ON_TIME, Cell.DONE_LATE)
OPEN = (Cell.OPEN_IN_TIME, Cell.OPEN_OVERDUE)
TOGETHER: dict[Part, tuple[Cell, ...]] = {
    Part.TOTAL: tuple(Cell),
    Part.DATED: DONE + OPEN,
    Part.DONE: DONE,
    Part.OPEN: OPEN,
}
# More than so many calendar days, and so many at the most.
DAYS: dict[Age, tuple[int, int | None]] = {
    Age.UP_TO_30: (0, 30),
    Age.UP_TO_60: (30, 60),
    Age.UP_TO_120: (60, 120),
    Age.LONGER: (120, None),
}


def rows_of(
    scope: Scope,
    part: Part,
    as_of: date,
    *,
    of: Mapping[By, Any] | None = None,
    age: Age | None = None,
    basis: Basis = Basis.CURRENT,
) -> SpanQuerySet:
    """The spans that a number counts as of a local date: of the `scope`, and in that of one agency, notice or field
    (`of`, as `cells_by` names them), or of what is overdue by so many days (`age`)."""
    rows = told_apart(scope.spans().as_of(as_of).filter(**dict(of or {})), as_of, basis)
    if age is not None:
        rows = rows.filter(_overdue_by(age, as_of, basis))
    if part is Part.COORDINATING:
        return rows.filter(beside=True)
    counted = rows.filter(beside=False)
    if part is Part.SUSPENDED:
        return counted.filter(rests=True)
    return counted.filter(cell__in=TOGETHER.get(part, (part.value,)))


def _overdue_by(age: Age, as_of: date, basis: Basis) -> Q:
    more, most = DAYS[age]
    older = Q(**{f"{basis}__lt": as_of - timedelta(days=more)})
    return older if most is None else older & Q(**{f"{basis}__gte": as_of - timedelta(days=most)})
