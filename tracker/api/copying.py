"""What a system that keeps a copy is shown of each kind: the lines of the lists, less what changes at midnight."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import get_language, override

from directives.models import Shown
from tracker.api import directory
from tracker.api.assignments import Assignments
from tracker.api.callers import Caller
from tracker.api.directives import Directives
from tracker.api.notices import Notices
from tracker.api.paging import Row

Line = dict[str, Any]
AT_ONCE = 1000  # rows
REPEATABLE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class AssignmentsAsStored(Assignments):
    """Without their standing, which no change tells: the reader counts it from the dates, as docs/feed.md says."""

    AS_STORED = tuple(name for name in Assignments.AS_STORED if name != "standing")
    COLUMNS = tuple(name for name in Assignments.COLUMNS if name != "standing")

    def rows(self) -> QuerySet:
        return self.caller.assignments()


class Copyist:
    """What one caller is shown, by kind: the rows with their columns, and the lines made of them."""

    def __init__(self, caller: Caller) -> None:
        self._language = get_language()
        resources = {
            Shown.NOTICE: Notices(caller),
            Shown.DIRECTIVE: Directives(caller),
            Shown.ASSIGNMENT: AssignmentsAsStored(caller),
        }
        self._shown: dict[str, tuple[QuerySet, Callable[[list[Row]], list[Line]]]] = {
            Shown.COMMITTEE: (directory.committees(), directory.committee_lines),
            Shown.AGENCY: (directory.agencies(), directory.agency_lines),
            **{kind: (one.rows().values(*one.COLUMNS), one.lines) for kind, one in resources.items()},
        }

    def some(self, kind: str, ids: Collection[UUID]) -> dict[UUID, Line]:
        """The lines of those of `ids` that the caller sees now, in a fixed number of queries."""
        return {line["id"]: line for line in self._lines(kind, uuid__in=ids)} if ids else {}

    def all(self, kind: str) -> Iterator[Line]:
        """All that the caller sees, `AT_ONCE` at a time."""
        rows, _lines = self._shown[kind]
        last = 0
        while found := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
            yield from self._lines(kind, pk__in=found)
            last = found[-1]

    def _lines(self, kind: str, **which: object) -> list[Line]:
        rows, lines = self._shown[kind]
        # A long answer is written when its request is over, and with it the language of its reader.
        with override(self._language):
            return lines(list(rows.filter(**which).order_by("pk")))


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read within is as of one moment; within somebody's transaction, as that transaction reads."""
    begins = not connection.in_atomic_block
    with transaction.atomic():
        if begins:
            with connection.cursor() as cursor:
                cursor.execute(REPEATABLE)
        yield
