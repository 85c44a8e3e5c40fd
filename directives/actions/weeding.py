"""Stop means stop: just before a message leaves, what is no longer wanted is taken out of it."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import Office
from accounts.people import AUDIENCE_ROLE
from directives.models import (
    Assignment,
    Delivery,
    DeliveryKind,
    NoticeState,
    Reminder,
    ReminderState,
)
from directives.rules.escalation import may_send
from directives.rules.lifecycle import LIVE, State
from directives.rules.working_days import local_day

NO_LONGER_OWED = "the work is no longer owed by this date"


def weed(delivery: Delivery, *, at: datetime) -> bool:
    """Cancel what may no longer be sent; return whether anything is left. Runs in the claim's transaction.

    A reminder falls when the work was handed in, done, declined, withdrawn, suspended or extended, or when the
    person left the office; other news when what it tells has passed.
    """
    if not delivery.recipient.is_active:
        _reminders(delivery).update(state=ReminderState.CANCELLED, why_not="the account is closed")
        return False
    if delivery.kind in (DeliveryKind.DIGEST, DeliveryKind.ESCALATED):
        return _weed_reminders(delivery, at=at)
    if delivery.kind == DeliveryKind.RETURNED:
        return delivery.assignment is not None and delivery.assignment.state == State.IN_PROGRESS
    if delivery.kind == DeliveryKind.ASSIGNED:
        return _still_assigned(delivery)
    return True


def _weed_reminders(delivery: Delivery, *, at: datetime) -> bool:
    offices = list(Office.objects.of(delivery.recipient, local_day(at)))
    seats = {(office.role, office.agency_id, office.committee_id) for office in offices}
    left, gone = 0, []
    for reminder in _reminders(delivery).select_related("assignment__directive__notice"):
        assignment = reminder.assignment
        in_office = _seat(reminder, assignment) in seats
        if may_send(
            state=assignment.state,
            due_version=assignment.due_version,
            reminded_version=reminder.due_version,
            in_office=in_office,
        ):
            left += 1
        else:
            gone.append(reminder.pk)
    Reminder.objects.filter(pk__in=gone).update(state=ReminderState.CANCELLED, why_not=NO_LONGER_OWED)
    return left > 0


def _reminders(delivery: Delivery) -> QuerySet[Reminder]:
    return Reminder.objects.filter(delivery=delivery, state=ReminderState.PLANNED)


def _seat(reminder: Reminder, assignment: Assignment) -> tuple[str, int | None, int | None]:
    role = AUDIENCE_ROLE[reminder.audience]
    if reminder.audience in ("officer", "head"):
        return role, assignment.agency_id, None
    return role, None, assignment.directive.notice.committee_id


def _still_assigned(delivery: Delivery) -> bool:
    if delivery.assignment is not None:
        return delivery.assignment.state in LIVE
    return delivery.notice is not None and delivery.notice.state == NoticeState.ISSUED
