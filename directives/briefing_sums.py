"""What a briefing sums up: how often each change befell the work of each notice, and what the cells were before it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from directives.briefing_sql import SITUATIONS
from directives.figures import Cells
from directives.models import Role
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
    """So `many` assignments of a notice that stood alike on both days; `was` is None where they were not assigned."""

    notice: int
    many: int
    was: Stood | None
    now: Stood
    changes: list[Change]


def situations(asked: Mapping[str, Any]) -> list[Situation]:
    """All situations in which something changed or a date went by, those of the newest notice first. One query.

    `asked` is what `briefing_sql` asks with.
    """
    with connection.cursor() as cursor:
        cursor.execute(SITUATIONS, asked)
        rows = cursor.fetchall()
    known: dict[tuple[Any, ...], tuple[Stood | None, Stood, list[Change]]] = {}
    found = []
    for notice, many, *said in rows:
        if (key := tuple(said[:-6])) not in known:
            known[key] = _situation(asked, said)
        found.append(Situation(notice, many, *known[key]))
    return found


def _situation(asked: Mapping[str, Any], said: list[Any]) -> tuple[Stood | None, Stood, list[Change]]:
    """What is so of all rows that agree in what was said: the rule is asked once for them."""
    returned, amended, was_state, was_role, state, role = said[:6]
    was, now = Stood(was_state, was_role, *said[-6:-3]) if was_state else None, Stood(state, role, *said[-3:])
    then = Then(was.state, was.due_on) if was else None
    days = {"since": asked["since"], "until": asked["until"]}
    return was, now, changes(then, Then(state, now.due_on), returned=returned, amended=amended, **days)


def by_notice(rows: Iterable[Situation]) -> dict[int, Counter[Change]]:
    """By notice (id), in their order, how often each change befell its assignments."""
    found: dict[int, Counter[Change]] = defaultdict(Counter)
    for row in rows:
        for change in row.changes:
            found[row.notice][change] += row.many
    return found


def cells_before(now: Cells, rows: Iterable[Situation], *, since: date, until: date) -> Cells:
    """The cells at the end of `since`, told by those of `until` and what changed: all else stands where it stood."""
    told = asdict(now)
    for row in rows:
        for name in row.now.counted(until):
            told[name] -= row.many
        for name in row.was.counted(since) if row.was else ():
            told[name] += row.many
    return Cells(**told)
