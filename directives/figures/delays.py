"""How long the secretariat takes, and who has not reported for long."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate

from directives.figures.scope import Scope
from directives.models import Notice, NoticeState, Report, load_calendar
from directives.models.history import SpanQuerySet
from directives.rules.lifecycle import WORKING
from directives.rules.working_days import HANOI, Calendar

NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Delays:
    """How many took how many working days, within the bound and in all."""

    by_days: Mapping[int, int]
    bound: int

    @property
    def within(self) -> int:
        """How many took no longer than the bound."""
        return sum(many for days, many in self.by_days.items() if days <= self.bound)

    @property
    def total(self) -> int:
        """All that were asked about."""
        return sum(self.by_days.values())

    @property
    def middle(self) -> int | None:
        """So many working days or fewer took at least half of them; None where there were none."""
        seen = 0
        for days in sorted(self.by_days):
            seen += self.by_days[days]
            if 2 * seen >= self.total:
                return days
        return None


def entry_delays(scope: Scope, *, first: date, last: date, bound: int = 1) -> Delays:
    """How many working days after its issue each notice was entered, of those issued from `first` to `last`.

    `bound`: what the committee wants to keep, in working days (DOMAIN 1.3 believes one). One query and the calendar.
    """
    rows: Any = entered(scope, first=first, last=last).order_by()
    return _counted(rows.values_list("begun_on", "ended_on").annotate(Count("pk")), bound)


def entered(scope: Scope, *, first: date, last: date) -> QuerySet[Notice]:
    """The notices that were issued from `first` to `last`: when they were issued (`begun_on`), entered (`ended_on`)."""
    rows = Notice.objects.filter(issued_on__range=(first, last)).exclude(state=NoticeState.DRAFT)
    if scope.committees is not None:
        rows = rows.filter(committee__in=scope.committees)
    return rows.annotate(begun_on=F("issued_on"), ended_on=TruncDate("entered_at", tzinfo=HANOI))


def response_times(scope: Scope, *, first: date, last: date, bound: int = 3) -> Delays:
    """How many working days the secretariat took to verify or return, of what it decided from `first` to `last`.

    Counted from the day the result was handed in. One query and the calendar.
    """
    rows: Any = decided(scope, first=first, last=last).order_by()
    return _counted(rows.values_list("begun_on", "ended_on").annotate(Count("pk")), bound)


def decided(scope: Scope, *, first: date, last: date) -> QuerySet[Report]:
    """The hand-ins on which somebody decided from `first` to `last`: when they came (`begun_on`), and were decided
    (`ended_on`)."""
    begin, end = (datetime.combine(day, time(), HANOI) for day in (first, last + NEXT_DAY))
    rows = Report.objects.filter(kind="hand_in", decided_at__gte=begin, decided_at__lt=end)
    rows = rows.filter(assignment__in=scope.spans().filter(to_on=None).values("assignment"))
    return rows.annotate(begun_on=TruncDate("at", tzinfo=HANOI), ended_on=TruncDate("decided_at", tzinfo=HANOI))


def slow(rows: QuerySet[Any], bound: int) -> QuerySet[Any]:
    """Of rows that begin and end on days those that took more than `bound` working days. Two queries."""
    calendar = load_calendar()
    pairs = rows.order_by().values_list("begun_on", "ended_on").distinct()
    latest: dict[date, date] = {}  # by the day of the end, the last beginning that is too early
    for begun, ended in pairs:
        if calendar.count(begun, ended) > bound:
            latest[ended] = max(begun, latest.get(ended, begun))
    if not latest:
        return rows.none()
    too_early = Case(*(When(ended_on=ended, then=Value(begun)) for ended, begun in latest.items()), default=None)
    return rows.alias(too_early=too_early).filter(begun_on__lte=F("too_early"))


def stale(scope: Scope, as_of: date, *, days: int = 7) -> tuple[int, int]:
    """Of the work that agencies are at, how much has not been reported on for more than `days` calendar days.

    `(stale, all)` at the end of the local date `as_of`; what was given less than that ago is not stale. One query.
    """
    rows = at_work(scope.spans(), as_of).annotate(heard=Exists(_heard(as_of, days)))
    found = rows.aggregate(stale=Count("pk", filter=_old(as_of, days) & Q(heard=False)), all=Count("pk"))
    return found["stale"], found["all"]


def at_work(spans: SpanQuerySet, as_of: date) -> SpanQuerySet:
    """Of `spans` the work that agencies are at, at the end of a local date."""
    return spans.as_of(as_of).filter(state__in=WORKING)


def unheard_of(spans: SpanQuerySet, as_of: date, *, days: int = 7) -> SpanQuerySet:
    """Of that what is stale: given, and not reported on, for more than `days` calendar days."""
    return at_work(spans, as_of).filter(_old(as_of, days), ~Exists(_heard(as_of, days)))


def _heard(as_of: date, days: int) -> QuerySet[Report]:
    end = datetime.combine(as_of + NEXT_DAY, time(), HANOI)
    return Report.objects.filter(assignment=OuterRef("assignment"), at__gte=end - timedelta(days=days), at__lt=end)


def _old(as_of: date, days: int) -> Q:
    return Q(assignment__assigned_on__lte=as_of - timedelta(days=days))


def _counted(pairs: Iterable[tuple[date, date, int]], bound: int) -> Delays:
    calendar: Calendar = load_calendar()
    by_days: dict[int, int] = {}
    for begin, end, many in pairs:
        days = max(calendar.count(begin, end), 0)
        by_days[days] = by_days.get(days, 0) + many
    return Delays(by_days, bound)
