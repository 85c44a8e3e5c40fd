"""The cells at the end of any day, from the summary by day: months are added up, then days, then what is not summed.

Where a scope is told by more than committee and agency, the spans themselves are counted. By notice and field the
present is summed up, and days past are counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db import connection

from directives.figures.ageing import Overdue, overdue_counted
from directives.figures.cells import Basis, By, Cells, cells_as_of, cells_by
from directives.figures.present import cells_now, overdue_now, stands_now
from directives.figures.scope import Scope

DAY = timedelta(days=1)
KEYS = {By.AGENCY: "agency_id", By.COMMITTEE: "committee_id"}

_WHOSE = """
    basis = %(basis)s AND (%(committees)s::bigint[] IS NULL OR committee_id = ANY(%(committees)s::bigint[]))
    AND (%(agencies)s::bigint[] IS NULL OR agency_id = ANY(%(agencies)s::bigint[]))
"""
_UP_TO = f"""
SELECT {{key}} AS key, cell, many FROM directives_tally
WHERE {_WHOSE} AND by_month AND from_on < %(month)s
UNION ALL
SELECT {{key}}, cell, many FROM directives_tally
WHERE {_WHOSE} AND NOT by_month AND from_on >= %(month)s AND from_on <= %(day)s
UNION ALL
SELECT {{key}}, cell, many FROM directives_tallyentry
WHERE {_WHOSE} AND from_on <= %(day)s
"""  # noqa: S608 - nothing of a reader's stands in it
AT_THE_END = f"SELECT key, cell, sum(many) FROM ({_UP_TO}) told GROUP BY 1, 2"  # noqa: S608
BY_MONTH = f"""
SELECT month, cell, sum(many) FROM (
    SELECT from_on AS month, cell, many FROM directives_tally
    WHERE {_WHOSE} AND by_month AND from_on < %(month)s
    UNION ALL
    SELECT %(month)s::date, cell, many FROM directives_tally
    WHERE {_WHOSE} AND NOT by_month AND from_on >= %(month)s AND from_on <= %(day)s
    UNION ALL
    SELECT date_trunc('month', from_on)::date, cell, many FROM directives_tallyentry
    WHERE {_WHOSE} AND from_on <= %(day)s
) told GROUP BY 1, 2
"""  # noqa: S608 - nothing of a reader's stands in it


def totals(scope: Scope, as_of: date, *, basis: Basis = Basis.CURRENT) -> Cells:
    """The cells of all that `scope` counts, at the end of the local date `as_of`. One query."""
    if not scope.is_plain:
        return cells_as_of(scope.spans(), as_of, basis=basis)
    return _cells_by_key("NULL", scope, as_of, basis).get(None, Cells())


def totals_by(scope: Scope, by: By, as_of: date, *, basis: Basis = Basis.CURRENT) -> dict[Any, Cells]:
    """The cells of each agency (id), committee (id), notice (id) or field (words) that has any. Two queries at most."""
    if by in KEYS and scope.is_plain:
        return _cells_by_key(KEYS[by], scope, as_of, basis)
    if by not in KEYS and stands_now(scope, as_of):
        return cells_now(scope, by, as_of, basis=basis)
    return cells_by(scope, by, as_of, basis=basis)


def overdue(scope: Scope, as_of: date) -> Overdue:
    """What is open and overdue at the end of the local date `as_of`, told apart in three ways. Two queries at most."""
    return (overdue_now if stands_now(scope, as_of) else overdue_counted)(scope, as_of)


def by_month(scope: Scope, as_of: date, *, months: int = 12, basis: Basis = Basis.CURRENT) -> list[tuple[date, Cells]]:
    """The cells at the end of each of the last `months` months, the present one up to `as_of`: `(last day, cells)`.

    One query; one for each month where the scope is not told by committee and agency alone.
    """
    lasts = list(_lasts(as_of, months))
    if not scope.is_plain:
        return [(last, totals(scope, last, basis=basis)) for last in lasts]
    changes: dict[date, Counter[str]] = defaultdict(Counter)
    for month, cell, many in _asked(BY_MONTH, scope, as_of, basis):
        changes[month][cell] += many
    standing: Counter[str] = Counter()
    at_the_end: dict[date, Cells] = {}
    for month in sorted({*changes, *(last.replace(day=1) for last in lasts)}):
        standing.update(changes.get(month, {}))
        at_the_end[month] = Cells(**standing)
    return [(last, at_the_end[last.replace(day=1)]) for last in lasts]


def _lasts(as_of: date, months: int) -> Iterable[date]:
    found = [as_of]
    while len(found) < months:
        found.append(found[-1].replace(day=1) - DAY)
    return reversed(found)


def _cells_by_key(key: str, scope: Scope, as_of: date, basis: Basis) -> dict[Any, Cells]:
    found: dict[Any, dict[str, int]] = defaultdict(dict)
    for whose, cell, many in _asked(AT_THE_END.replace("{key}", key), scope, as_of, basis):
        if many:
            found[whose][cell] = many
    return {whose: Cells(**counts) for whose, counts in found.items()}


def _asked(sql: str, scope: Scope, as_of: date, basis: Basis) -> Iterator[tuple[Any, str, int]]:
    whose = {"committees": scope.committees, "agencies": scope.agencies}
    lists = {name: None if ids is None else sorted(ids) for name, ids in whose.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql, {**lists, "basis": basis.value, "day": as_of, "month": as_of.replace(day=1)})
        yield from ((key, cell, int(many)) for key, cell, many in cursor.fetchall())
