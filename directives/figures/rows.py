"""Which rows a figure counts: the spans behind each number, so that whoever reads it can look at them."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, cast

from directives.as_of import owed
from directives.figures.ageing import BOUNDS, late
from directives.figures.cells import Basis, By, told_apart
from directives.figures.delays import at_work, unheard_of
from directives.figures.scope import Scope
from directives.figures.shares import answering, finished, missing
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
    # No cell of the reports: what an agency is reminded of, coordinating work too (`as_of.owed`).
    OWED = "owed"
    # Nor are these: what agencies are at, what of it nobody has reported on for long, and who
    # answers for something, has done it, or is missing.
    AT_WORK = "at_work"
    STALE = "stale"
    ANSWERING = "answering"
    FINISHED = "finished"
    MISSING = "missing"


class Age(StrEnum):
    """For how many calendar days work is overdue. As `Ageing` names it."""

    UP_TO_30 = "up_to_30"
    UP_TO_60 = "up_to_60"
    UP_TO_120 = "up_to_120"
    MORE = "more"


DONE = (Cell.DONE_ON_TIME, Cell.DONE_LATE)
OPEN = (Cell.OPEN_IN_TIME, Cell.OPEN_OVERDUE)
TOGETHER: dict[Part, tuple[Cell, ...]] = {
    Part.TOTAL: tuple(Cell),
    Part.DATED: DONE + OPEN,
    Part.DONE: DONE,
    Part.OPEN: OPEN,
}
# More than so many calendar days, and so many at the most.
DAYS: dict[Age, tuple[int, int | None]] = dict(
    zip(Age, zip((0, *BOUNDS), (*BOUNDS, None), strict=True), strict=True),
)


# What is counted beside the cells, each by its own definition.
BESIDE: dict[Part, Callable[[SpanQuerySet, date], SpanQuerySet]] = {
    Part.OWED: owed,
    Part.AT_WORK: at_work,
    Part.STALE: unheard_of,
    Part.ANSWERING: answering,
    Part.FINISHED: finished,
    Part.MISSING: missing,
}


def rows_of(
    scope: Scope, part: Part, as_of: date, *, of: Mapping[By, Any] | None = None, basis: Basis = Basis.CURRENT
) -> SpanQuerySet:
    """The spans that a number counts at the end of a local date: of the `scope`, and in that of one agency, notice or
    field (`of`, keyed as `cells_by` keys them)."""
    narrowed = _narrowed(scope.spans(), of)
    if part in BESIDE:
        return BESIDE[part](narrowed, as_of)
    rows: Any = told_apart(narrowed.as_of(as_of), as_of, basis)
    if part is Part.COORDINATING:
        found = rows.filter(beside=True)
    elif part is Part.SUSPENDED:
        found = rows.filter(beside=False, rests=True)
    else:
        found = rows.filter(beside=False, cell__in=TOGETHER.get(part, (part.value,)))
    return cast("SpanQuerySet", found)


def rows_aged(scope: Scope, age: Age, as_of: date, *, of: Mapping[By, Any] | None = None) -> SpanQuerySet:
    """The spans of what is open and overdue by so many days, at the end of a local date."""
    more, most = DAYS[age]
    rows: Any = _narrowed(late(scope, as_of), of)
    found = rows.filter(days__gt=more) if most is None else rows.filter(days__gt=more, days__lte=most)
    return cast("SpanQuerySet", found)


def _narrowed(rows: SpanQuerySet, of: Mapping[By, Any] | None) -> SpanQuerySet:
    return rows.filter(**{by.value: key for by, key in (of or {}).items()})
