"""What a system that keeps a copy is shown of each kind: the lines of the lists, less what changes at midnight."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import get_language, override

from accounts.people import Reach
from directives.models import FeedChange, Shown
from tracker.api.assignments_said import assignments_said, said
from tracker.api.callers import Eye
from tracker.api.directives import Directives
from tracker.api.directory import Agencies, Committees
from tracker.api.notices import Notices
from tracker.api.resource import Resource

AT_ONCE = 1000  # rows
REPEATABLE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class Copyist:
    """What one caller is shown, as JSON, by kind and id; each look costs a fixed number of queries."""

    def __init__(self, caller: Eye) -> None:
        self._language = get_language()
        # A copy is of what is in force: a draft that came and went would leave no trace to tell.
        caller = caller.without_drafts()
        self._shown: dict[str, tuple[QuerySet, Callable[[QuerySet], dict[UUID, str]]]] = {
            Shown.COMMITTEE: _as_listed(Committees(caller)),
            Shown.AGENCY: _as_listed(Agencies(caller)),
            Shown.NOTICE: _as_listed(Notices(caller)),
            Shown.DIRECTIVE: _as_listed(Directives(caller)),
            Shown.ASSIGNMENT: (caller.assignments(), assignments_said),
        }

    def touched(self, kind: str, *, after: int, upto: int) -> dict[UUID, str]:
        """Of the rows that these changes touch, those that the caller sees now."""
        changes = FeedChange.objects.filter(kind=kind, sequence__gt=after, sequence__lte=upto)
        return self._said(kind, uuid__in=changes.values("uuid"))

    def some(self, kind: str, uuids: Collection[UUID]) -> dict[UUID, str]:
        """Of these rows, those that the caller sees now."""
        return self._said(kind, uuid__in=uuids)

    def all(self, kind: str) -> Iterator[str]:
        """All that the caller sees, `AT_ONCE` at a time."""
        rows, _say = self._shown[kind]
        last = 0
        while found := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
            yield from self._said(kind, pk__in=found).values()
            last = found[-1]

    def _said(self, kind: str, **which: object) -> dict[UUID, str]:
        rows, say = self._shown[kind]
        # A long answer is written when its request is over, and with it the language of its reader.
        with override(self._language):
            return say(rows.filter(**which).order_by("pk"))


def _as_listed(kind: Resource) -> tuple[QuerySet, Callable[[QuerySet], dict[UUID, str]]]:
    """All that its list shows, and what the list says of them."""
    return kind.rows().values(*kind.COLUMNS), lambda rows: {line["id"]: said(line) for line in kind.lines(list(rows))}


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
    return {(kind, uuid): told for kind, uuids in wanted.items() for uuid, told in shown.some(kind, uuids).items()}
