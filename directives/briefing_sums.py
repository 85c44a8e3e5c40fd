"""What a briefing sums up: how often each change befell the work of each notice, and what the cells were before it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F

from directives.briefing_sql import Whose, situations_of
from directives.figures import Cells
from directives.models import Notice, Role
from directives.rules.changes import Change, Then, changes
from directives.rules.lifecycle import State
from directives.rules.standing import cell


class Stood(NamedTuple):
    """How an assignment stood at the end of a day."""

    state: str
    role: str
    due_on: date | None
    handed_in_on: date | None
    done_on: date | None

    def counted(self, day: date) -> list[str]:
        """The names of `Cells` that count it at the end of `day`."""
        found = cell(self.state, self.due_on, today=day, handed_in_on=self.handed_in_on, done_on=self.done_on)
        if found is None:
            return []
        if self.role == Role.COORDINATING:
            return ["coordinating"]
        return [found.value, *(["suspended"] if self.state == State.SUSPENDED else [])]


@dataclass(frozen=True)
class Situation:
    """How some assignments stood on both days, all alike; `was` is None where they were not assigned yet.

    `among` says how many of them each notice (id) has.
    """

    among: dict[int, int]
    was: Stood | None
    now: Stood
    changes: list[Change]

    @property
    def many(self) -> int:
        """How many assignments that are."""
        return sum(self.among.values())


def situations(asked: Mapping[str, Any], whose: Whose) -> list[Situation]:
    """All situations in which something changed or a date went by; the rule is asked once for each. One query.

    `asked` is what `briefing_sql` asks with.
    """
    with connection.cursor() as cursor:
        cursor.execute(situations_of(whose), asked)
        rows = cursor.fetchall()
    days = {"since": asked["since"], "until": asked["until"]}
    found = []
    for notices, many, returned, amended, was_state, was_role, state, role, *dates in rows:
        was, now = Stood(was_state, was_role, *dates[:3]) if was_state else None, Stood(state, role, *dates[3:])
        then = Then(was.state, was.due_on) if was else None
        told = changes(then, Then(now.state, now.due_on), returned=returned, amended=amended, **days)
        found.append(Situation(dict(zip(notices, many, strict=True)), was, now, told))
    return found


def by_notice(rows: Iterable[Situation]) -> dict[int, Counter[Change]]:
    """By notice (id), the newest first, how often each change befell its assignments. One query."""
    found: dict[int, Counter[Change]] = defaultdict(Counter)
    for row in rows:
        for change in row.changes:
            for notice, many in row.among.items():
                found[notice][change] += many
    order = Notice.objects.filter(pk__in=found).order_by(F("issued_on").desc(nulls_last=True), "-pk")
    return {pk: found[pk] for pk in order.values_list("pk", flat=True)}


def cells_before(now: Cells, rows: Iterable[Situation], *, since: date, until: date) -> Cells:
    """The cells at the end of `since`, told by those of `until` and what changed: all else stands where it stood."""
    told = asdict(now)
    for row in rows:
        many = row.many
        for name in row.now.counted(until):
            told[name] -= many
        for name in row.was.counted(since) if row.was else ():
            told[name] += many
    return Cells(**told)
