"""What people do with a message: hold it back, let it go after all, send it again, give it up."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, User
from accounts.roles import Verb, require
from directives.actions.fitting import fit_text
from directives.actions.moving import REASON_MISSING
from directives.actions.recording import record_all
from directives.models import Delivery, DeliveryState, Reminder, ReminderState
from directives.models.outbox import LONGEST_REASON
from directives.rules.escalation import LEADERSHIP
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

REASON_TOO_LONG = _("The reason is longer than %(most)s characters.")
ONLY_LEADERSHIP = _("Only messages to the committee's leadership can be held back.")
BEING_SENT = _("This cannot be done now: the message is being sent.")
HOLD_IS_OVER = _("The working day in which this message could be held back is over.")
NOW_IT_IS = {
    DeliveryState.WAITING: _("This cannot be done now: the message is waiting to be sent."),
    DeliveryState.SENT: _("This cannot be done now: the message was sent."),
    DeliveryState.SUPERSEDED: _("This cannot be done now: the message is no longer needed."),
    DeliveryState.HELD: _("This cannot be done now: the message is held back."),
    DeliveryState.DEAD: _("This cannot be done now: the message could not be delivered."),
    DeliveryState.GIVEN_UP: _("This cannot be done now: the message was given up."),
}


def _to_leadership(reminder: Reminder) -> bool:
    """Whether it goes to the committee's leadership; of work that was handed down it goes to the agency's own head."""
    return reminder.audience in LEADERSHIP and reminder.assignment.directive.given_by_id is None


@transaction.atomic
def hold(delivery: Delivery, *, by: User, at: datetime, reason: str) -> Delivery:
    """The secretariat keeps a message from the committee's leadership, within the day that it waits for this.

    Raises NotAllowed, Invalid (no reason) or WrongMoment.
    """
    row, reminders = _locked(delivery)
    _require(row, reminders, Verb.HOLD_MESSAGE, by=by, at=at)
    _reason(reason)
    if not any(_to_leadership(reminder) for reminder in reminders):
        raise WrongMoment(ONLY_LEADERSHIP)
    _expect(row, DeliveryState.WAITING)
    if row.leased_until is not None and row.leased_until >= at:
        raise WrongMoment(BEING_SENT)
    if row.due_at <= at:
        raise WrongMoment(HOLD_IS_OVER)
    row.state, row.held_reason = DeliveryState.HELD, reason
    row.save(update_fields=["state", "held_reason"])
    _record(row, reminders, "hold_message", by=by, at=at, reason=reason)
    return row


@transaction.atomic
def release(delivery: Delivery, *, by: User, at: datetime) -> Delivery:
    """The secretariat lets a held message go: at its hour, or at once where that has passed.

    Raises NotAllowed or WrongMoment. Whether it is still wanted is asked when it is sent.
    """
    row, reminders = _locked(delivery)
    _require(row, reminders, Verb.HOLD_MESSAGE, by=by, at=at)
    _expect(row, DeliveryState.HELD)
    row.state, row.held_reason, row.due_at = DeliveryState.WAITING, "", max(row.due_at, at)
    row.save(update_fields=["state", "held_reason", "due_at"])
    _record(row, reminders, "release_message", by=by, at=at)
    return row


@transaction.atomic
def send_again(delivery: Delivery, *, by: User, at: datetime) -> Delivery:
    """Give a message that could not be delivered a new set of attempts, from now on.

    Raises NotAllowed or WrongMoment. Whether it is still wanted is asked when it is sent.
    """
    row, reminders = _locked(delivery)
    _require(row, reminders, Verb.SEND_AGAIN, by=by, at=at)
    _expect(row, DeliveryState.DEAD)
    row.state, row.attempts, row.due_at = DeliveryState.WAITING, 0, at
    row.save(update_fields=["state", "attempts", "due_at"])
    _record(row, reminders, "send_again", by=by, at=at)
    return row


@transaction.atomic
def give_up(delivery: Delivery, *, by: User, at: datetime, reason: str) -> Delivery:
    """Leave a message that could not be delivered as it is, with a reason: nobody need look at it any more.

    Raises NotAllowed, Invalid (no reason) or WrongMoment.
    """
    row, reminders = _locked(delivery)
    _require(row, reminders, Verb.SEND_AGAIN, by=by, at=at)
    _expect(row, DeliveryState.DEAD)
    row.state, row.held_reason = DeliveryState.GIVEN_UP, _reason(reason)
    row.save(update_fields=["state", "held_reason"])
    _record(row, reminders, "give_up", by=by, at=at, reason=reason)
    return row


def _reason(reason: str) -> str:
    """The reason as it can be kept. Raises Invalid where there is none, or it is too long."""
    if not reason.strip():
        raise Invalid("reason", REASON_MISSING)
    fit_text("reason", reason)
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason", REASON_TOO_LONG, most=LONGEST_REASON)
    return reason


def _locked(delivery: Delivery) -> tuple[Delivery, list[Reminder]]:
    """The message as it is now, its row locked until the transaction ends, with what it still has to say."""
    row = Delivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
    planned = row.reminders.filter(state=ReminderState.PLANNED)
    planned = planned.select_related("assignment__directive__notice__committee")
    return row, list(planned.defer("assignment__directive__notice__text").order_by("pk"))


def _require(row: Delivery, reminders: Sequence[Reminder], verb: Verb, *, by: User, at: datetime) -> None:
    """Ask for every committee of whose work the message speaks; without any, only an administrator may."""
    committees: dict[int, Committee] = {}
    notices = [reminder.assignment.directive.notice for reminder in reminders]
    for notice in [row.notice, *notices]:
        if notice is not None:
            committees.setdefault(notice.committee_id, notice.committee)
    for committee in committees.values() or [None]:
        require(by, verb, committee, on=local_day(at))


def _expect(row: Delivery, state: DeliveryState) -> None:
    if row.state != state:
        raise WrongMoment(NOW_IT_IS[DeliveryState(row.state)])


def _record(
    row: Delivery, reminders: Sequence[Reminder], verb: str, *, by: User, at: datetime, reason: str = ""
) -> None:
    """One event for each reminder, so that each assignment's history tells it; else one for the message."""
    told = {"message": str(row.uuid), "recipient": row.recipient.name, "channel": row.channel}
    record_all(reminders or [row], verb, by=by, at=at, after=told, reason=reason)
