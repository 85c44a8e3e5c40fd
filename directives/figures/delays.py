"""How long the secretariat takes, and who has not reported for long."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from directives.figures.scope import Scope
from directives.models import Notice, NoticeState, Report, load_calendar
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
    rows = Notice.objects.filter(issued_on__range=(first, last)).exclude(state=NoticeState.DRAFT)
    if scope.committees is not None:
        rows = rows.filter(committee__in=scope.committees)
    entered = TruncDate("entered_at", tzinfo=HANOI)
    return _counted(rows.order_by().annotate(on=entered).values_list("issued_on", "on").annotate(Count("pk")), bound)


def response_times(scope: Scope, *, first: date, last: date, bound: int = 3) -> Delays:
    """How many working days the secretariat took to verify or return, of what it decided from `first` to `last`.

    Counted from the day the result was handed in. One query and the calendar.
    """
    begin, end = (datetime.combine(day, time(), HANOI) for day in (first, last + NEXT_DAY))
    rows = Report.objects.filter(kind="hand_in", decided_at__gte=begin, decided_at__lt=end)
    rows = rows.filter(assignment__in=scope.spans().filter(to_on=None).values("assignment"))
    said, decided = TruncDate("at", tzinfo=HANOI), TruncDate("decided_at", tzinfo=HANOI)
    return _counted(rows.order_by().annotate(x=said, y=decided).values_list("x", "y").annotate(Count("pk")), bound)


def stale(scope: Scope, as_of: date, *, days: int = 7) -> tuple[int, int]:
    """Of the work that agencies are at, how much has not been reported on for more than `days` calendar days.

    `(stale, all)` at the end of the local date `as_of`; what was given less than that ago is not stale. One query.
    """
    end = datetime.combine(as_of + NEXT_DAY, time(), HANOI)
    since = end - timedelta(days=days)
    heard = Report.objects.filter(assignment=OuterRef("assignment"), at__gte=since, at__lt=end)
    old = Q(assignment__assigned_on__lte=as_of - timedelta(days=days))
    rows = scope.spans().as_of(as_of).filter(state__in=WORKING).annotate(heard=Exists(heard))
    found = rows.aggregate(stale=Count("pk", filter=old & Q(heard=False)), all=Count("pk"))
    return found["stale"], found["all"]


def _counted(pairs: Iterable[tuple[date, date, int]], bound: int) -> Delays:
    calendar: Calendar = load_calendar()
    by_days: dict[int, int] = {}
    for begin, end, many in pairs:
        days = max(calendar.count(begin, end), 0)
        by_days[days] = by_days.get(days, 0) + many
    return Delays(by_days, bound)
