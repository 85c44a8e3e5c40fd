"""How assignments stand with their dates, asked of the database."""

from datetime import date

from django.db.models import Case, CharField, DateField, Q, Value, When
from django.db.models.functions import Coalesce

from accounts.prepared import Given
from directives.rules.lifecycle import LIVE, WORKING, State
from directives.rules.standing import Standing


def overdue(today: date | Given) -> Q:
    """Past its date on the local date `today`, and still worked on: what a digest lists every working day."""
    return Q(state__in=WORKING, due_on__lt=today)


def standing_on(today: date, soon_until: date) -> Case:
    """The SQL twin of `rules.standing.standing` on the local date `today`, held to it by a test."""
    finished = Coalesce("done_on", "handed_in_on", Value(today, DateField()))
    return Case(
        When(~Q(state__in=LIVE), then=Value(Standing.OUTSIDE)),
        When(state=State.SUSPENDED, then=Value(Standing.SUSPENDED)),
        When(state=State.HANDED_IN, then=Value(Standing.WAITING)),
        When(due_on__isnull=True, then=Value(Standing.UNDATED)),
        When(Q(state=State.DONE) & Q(due_on__lt=finished), then=Value(Standing.DONE_LATE)),
        When(state=State.DONE, then=Value(Standing.DONE_ON_TIME)),
        When(due_on__lt=today, then=Value(Standing.OVERDUE)),
        When(due_on__lte=soon_until, then=Value(Standing.DUE_SOON)),
        default=Value(Standing.ON_TRACK),
        output_field=CharField(),
    )


def stands(standing: str, today: date | Given, soon_until: date | Given) -> Q:
    """Those of which `standing_on` would say so, asked of state and dates themselves, so that an index can answer."""
    finished = Coalesce("done_on", "handed_in_on", today if isinstance(today, Given) else Value(today, DateField()))
    works = Q(state__in=WORKING)
    return {
        Standing.OUTSIDE: ~Q(state__in=LIVE),
        Standing.SUSPENDED: Q(state=State.SUSPENDED),
        Standing.WAITING: Q(state=State.HANDED_IN),
        Standing.UNDATED: Q(state__in=(*WORKING, State.DONE), due_on__isnull=True),
        Standing.DONE_LATE: Q(state=State.DONE, due_on__lt=finished),
        Standing.DONE_ON_TIME: Q(state=State.DONE, due_on__gte=finished),
        Standing.OVERDUE: overdue(today),
        Standing.DUE_SOON: works & Q(due_on__gte=today, due_on__lte=soon_until),
        Standing.ON_TRACK: works & Q(due_on__gte=today, due_on__gt=soon_until),
    }[Standing(standing)]
