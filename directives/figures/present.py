"""What stands now by notice and by field, from their summary: no row of an assignment is read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from django.db import connection

from directives.figures.ageing import BOUNDS, Ageing, Overdue
from directives.figures.cells import Basis, By, Cells
from directives.figures.scope import Scope
from directives.models import Span

KEYS = {By.NOTICE: "notice_id", By.FIELD: "field"}
# Of work in hand that has a date ("open"), what is due before the day that is asked about is overdue, the rest in time.
MADE_OF = {
    "open_in_time": "sum(many * CASE cell WHEN 'due' THEN -1 ELSE 1 END) "
    "FILTER (WHERE cell IN ('open_in_time', 'open', 'due'))",
    "open_overdue": "sum(many) FILTER (WHERE cell IN ('open_overdue', 'due'))",
}
NAMES = [cell.name for cell in fields(Cells)]
_SUMS = ", ".join(
    f"coalesce({MADE_OF.get(name) or f'sum(many) FILTER (WHERE cell = {name!r})'}, 0)::integer" for name in NAMES
)

_WHOSE = "basis = %(basis)s AND (%(committees)s::bigint[] IS NULL OR committee_id = ANY(%(committees)s::bigint[]))"
CELLS = f"""
SELECT key, {_SUMS} FROM (
    SELECT {{key}}, cell, many FROM directives_nowtally
    WHERE {_WHOSE} AND cell = ANY(%(names)s) AND {{key}} IS NOT NULL
    UNION ALL
    SELECT {{key}}, cell, many FROM directives_nowtally
    WHERE {_WHOSE} AND cell = 'due' AND due_on < %(day)s AND {{key}} IS NOT NULL
    UNION ALL
    SELECT {{key}}, cell, many FROM directives_nowtallyentry WHERE {_WHOSE}
    UNION ALL
    SELECT {{key}}, 'due', many FROM directives_nowtallyentry WHERE {_WHOSE} AND cell = 'open' AND due_on < %(day)s
) told (key, cell, many) GROUP BY 1
"""  # noqa: S608 - nothing of a reader's stands in it
_STRETCH = " ".join(f"WHEN days <= {bound} THEN 'up_to_{bound}'" for bound in BOUNDS)
LATE = f"""
SELECT notice, field, stretch, sum(many) FROM (
    SELECT notice, field, CASE WHEN field IS NOT NULL THEN CASE {_STRETCH} ELSE 'more' END END, many FROM (
        SELECT notice_id, field, days, many FROM directives_nowtally WHERE {_WHOSE} AND cell = 'open_overdue'
        UNION ALL
        SELECT notice_id, field, %(day)s - due_on, many FROM directives_nowtally
        WHERE {_WHOSE} AND cell = 'due' AND due_on < %(day)s
        UNION ALL
        SELECT place.notice_id, place.field, coalesce(days, %(day)s - due_on), many FROM directives_nowtallyentry entry
        CROSS JOIN LATERAL (VALUES (entry.notice_id, NULL), (NULL, entry.field)) place (notice_id, field)
        WHERE {_WHOSE} AND (cell = 'open_overdue' OR cell = 'open' AND due_on < %(day)s)
    ) late (notice, field, days, many)
) told (notice, field, stretch, many)
GROUP BY 1, 2, 3 HAVING sum(many) <> 0
"""  # noqa: S608 - nothing of a reader's stands in it


def stands_now(scope: Scope, as_of: date) -> bool:
    """Whether the summary answers for this scope and day: for whole committees, where nothing has changed since.

    One query at most. A span that ends on a later day is followed by one that begins on it.
    """
    plain = scope.is_plain and scope.agencies is None
    return plain and not Span.objects.filter(from_on__gt=as_of).exists()


def cells_now(scope: Scope, by: By, as_of: date, *, basis: Basis = Basis.CURRENT) -> dict[Any, Cells]:
    """The cells of each notice (id) or field (words) that has any; on a day that `stands_now`. One query."""
    told = _asked(CELLS.format(key=KEYS[by]), scope, as_of, basis)
    return {key: Cells(*counts) for key, *counts in told if any(counts)}


def overdue_now(scope: Scope, as_of: date) -> Overdue:
    """What is open and overdue, on a day that `stands_now`. One query."""
    stretches: Counter[str] = Counter()
    by_notice: dict[int, int] = {}
    by_field: Counter[str] = Counter()
    for notice, field, stretch, many in _asked(LATE, scope, as_of, Basis.CURRENT):
        if notice:
            by_notice[notice] = int(many)
        else:
            by_field[field] += int(many)
            stretches[stretch] += int(many)
    return Overdue(Ageing(**stretches), by_notice, dict(by_field))


def _asked(sql: str, scope: Scope, as_of: date, basis: Basis) -> Iterable[tuple[Any, ...]]:
    committees = None if scope.committees is None else sorted(scope.committees)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"committees": committees, "basis": basis.value, "day": as_of, "names": [*NAMES, "open"]})
        return list(cursor.fetchall())
