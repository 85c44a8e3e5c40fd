"""What a calendar shows of an agency's work: a bounded number of deadlines, those around today first."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Case, DateField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Greatest

from directives.models.directives import Assignment
from directives.models.history import Event
from directives.models.need import RETURNED
from directives.rules.lifecycle import OPEN

# What is finished or fell stays for a while, so that a calendar program learns of it; what is open for a year.
CLOSED_FOR, OPEN_FOR = timedelta(days=60), timedelta(days=365)
MOST = 500
DAY = Case(When(RETURNED & Q(redo_by__isnull=False), then=F("redo_by")), default=F("due_on"), output_field=DateField())


def deadlines_of(agencies: Collection[int], today: date) -> QuerySet[Assignment]:
    """The dated work of these agencies (ids), at most `MOST`, with its `day` and when it was `changed_at` last.

    The day is the deadline, or the one by which it is to be redone. Where there are more, what is open and near to the
    local date `today` is taken. In order of the rows, which no change of others moves.
    """
    rows = Assignment.objects.filter(agency__in=agencies).annotate(day=DAY)
    is_open = Q(state__in=OPEN)
    near = rows.filter(is_open & Q(day__gte=today - OPEN_FOR) | ~is_open & Q(day__gte=today - CLOSED_FOR))
    now = Value(today, DateField())
    away = Greatest(F("day") - now, now - F("day"))
    chosen = near.order_by(Case(When(is_open, then=0), default=1), away, "pk")[:MOST]
    found = Assignment.objects.filter(pk__in=chosen.values("pk")).annotate(day=DAY, changed_at=_changed_at())
    with_it = ("directive__notice", "directive__paragraph", "directive__given_by")
    told = found.select_related("agency", *with_it).order_by("pk")
    return told.defer("directive__notice__text", "directive__quote")


def _changed_at() -> Greatest:
    """When something was last done with it, or with its directive as a whole; not with another agency's part."""
    own = Event.objects.filter(assignment=OuterRef("pk"))
    common = Event.objects.filter(directive=OuterRef("directive_id"), assignment=None)
    return Greatest(*(Subquery(events.order_by("-at").values("at")[:1]) for events in (own, common)))
