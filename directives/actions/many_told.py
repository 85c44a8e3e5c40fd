"""A change of many has ended: each person whose agency it touched is told once, with all that it changed."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q

from accounts.people import seats
from accounts.roles import Verb
from directives.actions.assigning import workers
from directives.actions.recording import tell
from directives.models import BulkChange, BulkRow, DeliveryKind, RowState
from directives.models.notices import Urgency
from directives.rules.working_days import local_day


@transaction.atomic
def end_next(*, at: datetime, change: BulkChange | None = None) -> bool:
    """End a change of which nothing waits any more, and tell of it; False where there is none. One transaction."""
    waiting = BulkRow.objects.filter(change=OuterRef("pk"), state=RowState.WAITING)
    under_way = BulkChange.objects.filter(~Exists(waiting), started_at__isnull=False, ended_at=None)
    if change is not None:
        under_way = under_way.filter(pk=change.pk)
    found = under_way.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("pk").first()
    if found is None:
        return False
    sums = {"changed": Q(state=RowState.CHANGED), "refused": Q(state=RowState.REFUSED)}
    counted = found.rows.aggregate(**{name: Count("pk", filter=which) for name, which in sums.items()})
    found.ended_at, found.changed, found.refused = at, counted["changed"], counted["refused"]
    found.save(update_fields=["ended_at", "changed", "refused"])
    _tell(found, at=at)
    return True


def _tell(change: BulkChange, *, at: datetime) -> None:
    """One message for each officer and head, by each channel: the key is the change's and the person's.

    Who got work is told so first; whoever sits on both sides hears it once.
    """
    rows = change.rows.filter(state=RowState.CHANGED).order_by()
    had = set(rows.values_list("assignment__agency_id", flat=True).distinct())
    gained = {change.wanted["to_agency"]} if change.verb == Verb.REASSIGN and had else set()
    urgent = rows.exclude(assignment__directive__notice__urgency=Urgency.NORMAL).exists()
    found = seats(agencies=had | gained, committees=[], on=local_day(at))
    for kind, agencies in ((DeliveryKind.ASSIGNED, gained), (DeliveryKind.CHANGED, had)):
        people = [person for agency in sorted(agencies) for person in workers(found, agency)]
        tell(people, kind, key=f"many:{change.uuid}", at=at, change=change, urgent=urgent)
