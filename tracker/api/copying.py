"""What a system that keeps a copy is shown of each kind: the lines of the lists, less what changes at midnight."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import get_language, override

from accounts.people import Reach
from accounts.prepared import Given, Statement
from directives.models import FeedChange, Shown
from tracker.api.answers import as_json
from tracker.api.assignments import Assignments
from tracker.api.assignments_said import copies_said, to_be_said
from tracker.api.callers import AnyEye, Eye, ShapeOfReach, shape_of_reach
from tracker.api.directives import Directives
from tracker.api.directory import Agencies, Committees
from tracker.api.notices import Notices
from tracker.api.resource import Resource

AT_ONCE = 1000  # rows
REPEATABLE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


# How rows are asked for: those that some changes touch, some by name, or some by their keys.
WHICH: dict[str, Callable[[str], Q]] = {
    "touched": lambda kind: Q(uuid__in=_touched(kind)),
    "named": lambda _kind: Q(uuid__among=Given("uuids", many=True)),
    "some": lambda _kind: Q(pk__among=Given("ids", many=True)),
}
LISTED: dict[str, type[Resource]] = {
    Shown.COMMITTEE: Committees,
    Shown.AGENCY: Agencies,
    Shown.NOTICE: Notices,
    Shown.DIRECTIVE: Directives,
    Shown.ASSIGNMENT: Assignments,
}


class Copyist:
    """What one caller is shown, as JSON, by kind and id; each look costs a fixed number of queries."""

    def __init__(self, caller: Eye) -> None:
        self._language = get_language()
        # A copy is of what is in force: a draft that came and went would leave no trace to tell.
        self._caller = caller.without_drafts()
        self._sight = shape_of_reach(self._caller.reach)
        self._given = {**self._caller.given(), "today": self._caller.today}

    def touched(self, kind: str, *, after: int, upto: int) -> dict[str, bytes]:
        """Of the rows that these changes touch, those that the caller sees now."""
        return self._said(kind, "touched", after=after, upto=upto)

    def some(self, kind: str, uuids: Collection[UUID]) -> dict[UUID, bytes]:
        """Of these rows, those that the caller sees now."""
        return {UUID(key): row for key, row in self._said(kind, "named", uuids=list(uuids)).items()}

    def all(self, kind: str) -> Iterator[bytes]:
        """All that the caller sees, `AT_ONCE` at a time."""
        last = 0
        while found := _behind(kind, self._sight).rows({**self._given, "last": last}):
            ids = [row["pk"] for row in found]
            yield from self._said(kind, "some", ids=ids).values()
            last = ids[-1]

    def _said(self, kind: str, which: str, **values: Any) -> dict[str, bytes]:
        rows = _asked_for(kind, self._sight, which).rows({**self._given, **values})
        # A long answer is written when its request is over, and with it the language of its reader.
        with override(self._language):
            if kind == Shown.ASSIGNMENT:
                return copies_said(rows)
            return {str(line["id"]): as_json(line) for line in LISTED[kind](self._caller).lines(rows)}


@cache
def _asked_for(kind: str, sight: ShapeOfReach, which: str) -> Statement:
    resource = LISTED[kind](AnyEye(sight))
    rows = resource.rows().filter(WHICH[which](kind))
    if kind == Shown.ASSIGNMENT:
        return Statement(to_be_said(rows).order_by("pk"), binary=True)
    return Statement(rows.values(*resource.COLUMNS).order_by("pk"))


@cache
def _behind(kind: str, sight: ShapeOfReach) -> Statement:
    """The next ids behind one."""
    rows = LISTED[kind](AnyEye(sight)).rows().filter(pk__gt=Given("last"))
    return Statement(rows.order_by("pk").values("pk")[:AT_ONCE])


def _touched(kind: str) -> QuerySet:
    changes = FeedChange.objects.filter(sequence__gt=Given("after"), sequence__lte=Given("upto"))
    return changes.filter(kind=str(kind)).values("uuid")


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read within is as of one moment; within somebody's transaction, as that transaction reads."""
    begins = not connection.in_atomic_block
    with transaction.atomic():
        if begins:
            with connection.cursor() as cursor:
                cursor.execute(REPEATABLE)
        yield


def rows_told_to(sight: Reach, wanted: Mapping[str, Collection[UUID]], *, today: date) -> dict[tuple[str, UUID], str]:
    """Of these rows, ids by kind, those that an eye sees that reaches so far: each as JSON, in the active language."""
    shown = Copyist(Eye(sight, today))
    return {
        (kind, uuid): told.decode() for kind, uuids in wanted.items() for uuid, told in shown.some(kind, uuids).items()
    }
