"""How long overdue what is overdue has been, in calendar days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Case, Count, DateField, F, Func, IntegerField, Q, Value, When

from directives.figures.scope import Scope
from directives.models import Role
from directives.models.history import SpanQuerySet
from directives.rules.lifecycle import WORKING, State

# The last calendar day of each stretch, as official reports ask for them.
BOUNDS = (30, 60, 120)


class Days(Func):
    """The calendar days from the second date to the first."""

    arg_joiner = " - "
    template = "(%(expressions)s)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Ageing:
    """How many lead and share assignments are open and overdue, by how many calendar days; `total` is that cell."""

    up_to_30: int = 0
    up_to_60: int = 0
    up_to_120: int = 0
    more: int = 0

    @property
    def total(self) -> int:
        """All that is open and overdue."""
        return self.up_to_30 + self.up_to_60 + self.up_to_120 + self.more


def late(scope: Scope, as_of: date) -> SpanQuerySet:
    """The spans of what is open and overdue at the end of the local date `as_of`, lead and share.

    Each has `days`: how many calendar days it is late by; what was handed in, by the day it was.
    """
    waits = Q(state=State.HANDED_IN, due_on__lt=F("handed_in_on"))
    # The first line says no more than the second, but in the words of the index.
    rows = scope.spans().as_of(as_of).filter(state__in=(*WORKING, State.HANDED_IN), due_on__lt=as_of)
    rows = rows.filter(Q(state__in=WORKING) | waits)
    until = Case(When(state=State.HANDED_IN, then=F("handed_in_on")), default=Value(as_of, DateField()))
    return rows.exclude(role=Role.COORDINATING).annotate(days=Days(until, F("due_on")))


STRETCHES = Case(*(When(days__lte=bound, then=Value(f"up_to_{bound}")) for bound in BOUNDS), default=Value("more"))
SUMS = """
SELECT grouping(notice, field, stretch), notice, field, stretch, count(*) FROM ({late}) late (notice, field, stretch)
GROUP BY GROUPING SETS ((notice), (field), (stretch))
"""
# Which of the three a row of `SUMS` is grouped by: the bits of those that it is not.
NOTICE, FIELD, STRETCH = 0b011, 0b101, 0b110


@dataclass(frozen=True)
class Overdue:
    """What is open and overdue: by how long, by notice (id), and by field (words)."""

    ageing: Ageing
    by_notice: dict[int, int]
    by_field: dict[str, int]


def overdue_counted(scope: Scope, as_of: date) -> Overdue:
    """What is open and overdue at the end of the local date `as_of`, counted from the spans by one query."""
    rows = late(scope, as_of).order_by().annotate(stretch=STRETCHES)
    sql, words = rows.values_list("directive__notice", "directive__field", "stretch").query.sql_with_params()
    found: dict[int, dict[Any, int]] = {NOTICE: {}, FIELD: {}, STRETCH: {}}
    with connection.cursor() as cursor:
        cursor.execute(SUMS.format(late=sql), words)
        for told_by, notice, field, stretch, many in cursor.fetchall():
            found[told_by][{NOTICE: notice, FIELD: field, STRETCH: stretch}[told_by]] = many
    return Overdue(Ageing(**found[STRETCH]), found[NOTICE], found[FIELD])


def ageing(scope: Scope, as_of: date) -> Ageing:
    """What is open and overdue at the end of the local date `as_of`, by how long. One query."""
    rows = late(scope, as_of).order_by().annotate(stretch=STRETCHES)
    return Ageing(**dict(rows.values_list("stretch").annotate(Count("pk"))))
