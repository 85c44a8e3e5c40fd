"""What an agency does next: the place of an assignment in its list, kept by the database from its state and dates.

Nothing here changes at midnight, so that an index serves the order and every stretch of it.
"""

from collections.abc import Iterable
from datetime import date
from enum import IntEnum
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Case, F, Q, Value, When
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.functions import Coalesce

from directives.models.kinds import Role
from directives.models.levels import BetweenLevels
from directives.rules.lifecycle import LIVE, WORKING, State
from directives.rules.standing import Standing

NO_DAY = date.max  # where nothing is due, behind all that is
COORDINATES = Q(role=Role.COORDINATING)


class Need(IntEnum):
    """What an agency looks at first."""

    RETURNED = 0
    TO_DO = 1
    WAITING = 2
    SUSPENDED = 3
    DONE_LATE = 4
    DONE = 5
    OUTSIDE = 6


RETURNED = Q(state__in=WORKING, returned_on__isnull=False)
# Its place, a smaller number before a larger.
NEED = Case(
    When(~Q(state__in=LIVE), then=Need.OUTSIDE),
    When(state=State.DONE, due_on__lt=F("done_on"), then=Need.DONE_LATE),
    When(state=State.DONE, then=Need.DONE),
    When(state=State.SUSPENDED, then=Need.SUSPENDED),
    When(state=State.HANDED_IN, then=Need.WAITING),
    When(returned_on__isnull=False, then=Need.RETURNED),
    default=Need.TO_DO,
    output_field=models.SmallIntegerField(),
)
# By which day, among those of one place: when it is due, what came back to be redone; since when it waits or is done.
NEXT_ON = Case(
    When(RETURNED & Q(redo_by__isnull=False), then=F("redo_by")),
    When(state=State.HANDED_IN, then=F("handed_in_on")),
    When(state=State.DONE, then=F("done_on")),
    default=Coalesce(F("due_on"), Value(NO_DAY, models.DateField())),
    output_field=models.DateField(),
)
ORDER = ("need", "next_on", "pk")
# An index for each tab: of the agency's own list, of a committee's, and of the lists of those who see everything.
LISTS = tuple(
    models.Index(fields=[*whose, "need", "next_on", "id"], name=name, condition=part, include=beside)
    for name, part, whose, beside in (
        ("led_by_agency", ~COORDINATES, ["agency"], ["due_on"]),
        ("coordinated_by_agency", COORDINATES, ["agency"], ["due_on"]),
        ("led_of_committee", ~COORDINATES, ["committee"], ["due_on", "agency"]),
        ("coordinated_of_committee", COORDINATES, ["committee"], ["due_on", "agency"]),
        ("led", ~COORDINATES, [], ["due_on", "agency"]),
        ("coordinated", COORDINATES, [], ["due_on", "agency"]),
    )
)


class ByNeed(BetweenLevels):
    """The words by which a list of assignments is put in order and cut."""

    def by_need(self) -> Self:
        """What came back first, then what must be done next, by date; what is finished last."""
        return self.order_by(*ORDER)

    def latest_first(self) -> Self:
        """The same order from its end, for what is finished."""
        return self.order_by(*(f"-{key}" for key in ORDER))

    def beyond(self, need: int, next_on: date, pk: int, *, backwards: bool = False) -> Self:
        """Those after a place in the order, or before it."""
        further = TupleLessThan if backwards else TupleGreaterThan
        return self.filter(further(Tuple(F("need"), F("next_on"), F("id")), (need, next_on, pk)))

    def in_standing(self, standing: str, today: date, soon_until: date) -> Self:
        """Those that stand so on the local date `today`: what `with_standing` would say, asked of an index."""
        return self.filter(_in_standing(Standing(standing), today, soon_until))

    def not_done(self) -> Self:
        """Live and not done, as `open`, asked of an index."""
        return self.filter(need__lte=Need.SUSPENDED)


def _in_standing(standing: Standing, today: date, soon_until: date) -> Q:
    to_do = Q(need__lte=Need.TO_DO)
    return {
        Standing.OVERDUE: to_do & Q(due_on__lt=today),
        Standing.DUE_SOON: to_do & Q(due_on__range=(today, soon_until)),
        Standing.ON_TRACK: to_do & Q(due_on__gte=today, due_on__gt=soon_until),
        Standing.UNDATED: Q(need__in=(Need.RETURNED, Need.TO_DO, Need.DONE), due_on__isnull=True),
        Standing.WAITING: Q(need=Need.WAITING),
        Standing.SUSPENDED: Q(need=Need.SUSPENDED),
        Standing.DONE_LATE: Q(need=Need.DONE_LATE),
        Standing.DONE_ON_TIME: Q(need=Need.DONE, due_on__isnull=False),
        Standing.OUTSIDE: Q(need=Need.OUTSIDE),
    }[standing]


def counted_up_to(most: int, lists: Iterable[models.QuerySet]) -> list[int]:
    """How many rows each of `lists` holds, none counted further than `most`; one query, which no length makes slow."""
    asked: list[tuple[str, tuple[Any, ...]]] = []
    for rows in lists:
        try:
            asked.append(rows.order_by().values("pk")[:most].query.sql_with_params())
        except EmptyResultSet:
            asked.append(("SELECT 1 WHERE false", ()))
    once = list(dict.fromkeys(asked))  # the same list may be asked for under several names
    counts = ", ".join(f"(SELECT count(*) FROM ({sql}) counted)" for sql, _words in once)  # noqa: S608 - the ORM's own
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}", [word for _sql, words in once for word in words])
        found = dict(zip(once, cursor.fetchone(), strict=True))
    return [found[one] for one in asked]
