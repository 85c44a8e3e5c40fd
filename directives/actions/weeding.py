"""Stop means stop: just before a message leaves, what is no longer wanted is taken out of it."""

from collections.abc import Iterable
from datetime import date, datetime

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
from directives.models.directives import overdue
from directives.rules.escalation import may_send
from directives.rules.lifecycle import LIVE, State
from directives.rules.working_days import local_day

NO_LONGER_OWED = "the work is no longer owed by this date"


def weed(delivery: Delivery, *, at: datetime) -> bool:
    """Cancel what may no longer be sent; return whether anything is left. Runs in the claim's transaction.

    A reminder falls when the work was handed in, done, declined, withdrawn, suspended or extended, or when the
    person left the office; other news when what it tells has passed, or the person left. A digest without reminders
    still lists what is overdue.
    """
    if not delivery.recipient.is_active:
        _reminders(delivery).update(state=ReminderState.CANCELLED, why_not="the account is closed")
        return False
    offices = list(Office.objects.of(delivery.recipient, local_day(at)))
    if delivery.kind == DeliveryKind.DIGEST:
        return _weed_reminders(delivery, offices) or _lists_overdue(offices, local_day(at))
    if delivery.kind == DeliveryKind.ESCALATED:
        return _weed_reminders(delivery, offices)
    if delivery.assignment is not None and delivery.assignment.agency_id not in _agencies(offices):
        return False
    if delivery.kind == DeliveryKind.RETURNED:
        return delivery.assignment is not None and delivery.assignment.state == State.IN_PROGRESS
    if delivery.kind == DeliveryKind.ASSIGNED:
        return _still_assigned(delivery)
    return True


def _weed_reminders(delivery: Delivery, offices: Iterable[Office]) -> bool:
    seats = {(office.role, office.agency_id, office.committee_id) for office in offices}
    left, gone = 0, []
    rows = _reminders(delivery).select_related("assignment__directive__notice")
    for reminder in rows.defer("assignment__directive__notice__text"):
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


def _lists_overdue(offices: Iterable[Office], day: date) -> bool:
    return Assignment.objects.filter(overdue(day), agency__in=_agencies(offices)).exists()


def _agencies(offices: Iterable[Office]) -> set[int]:
    return {office.agency_id for office in offices if office.agency_id}


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
