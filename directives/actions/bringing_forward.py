"""An earlier deadline of the whole brings forward what was handed down from it."""

from datetime import datetime

from django.db.models import Q

from accounts.models import User
from accounts.roles import Verb
from directives.actions.addressing import who_is_told
from directives.actions.following import keep_parts, lock_parts
from directives.actions.moving import arm, next_looks
from directives.actions.recording import tell
from directives.models import Assignment, DeliveryKind
from directives.rules.lifecycle import OPEN, WORKING
from directives.rules.working_days import local_day


def bring_forward_parts(whole: Assignment, *, by: User, at: datetime, reason: str) -> None:
    """After the deadline of the whole has become an earlier one: nothing under it is due later, or without a date.

    The units are told, each person once.
    """
    if whole.due_on is None:
        return
    due_on, day = whole.due_on, local_day(at)
    later = Q(due_on=None) | Q(due_on__gt=due_on)
    rows, before = lock_parts(Assignment.objects.below([whole]).filter(later, state__in=OPEN))
    for row in rows:
        row.due_on = max(due_on, row.assigned_on)
        arm(row, day, anew=True)
    working = [row for row in rows if row.state in WORKING]
    if working:
        next_looks(working, working[0].directive.notice.committee_id)
    keep_parts(rows, before, Verb.SET_DEADLINE, by=by, at=at, reason=reason)
    people = who_is_told({row.agency_id for row in rows}, on=day) if rows else {}
    about = {holder: row for row in rows for holder in people[row.agency_id]}
    key = f"bring_forward:{whole.uuid}:{whole.due_version}"
    tell(about, DeliveryKind.CHANGED, key=key, at=at, notice=whole.directive.notice, about=about)
