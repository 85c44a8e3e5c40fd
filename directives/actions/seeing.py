"""Somebody has seen a message in the application: the same rungs need not come again by another channel."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from directives.actions.silencing import silence
from directives.models import Channel, Delivery, Reminder
from directives.models.reminders import SEEN


@transaction.atomic
def see(*, by: User, at: datetime, message: Delivery | None = None) -> int:
    """Note that `by` has seen the message, or all that were sent to them; return how many were new to them.

    Silences the repeats of the rungs in it that still wait by another channel, and nothing else: neither later rungs
    nor what others hear of them. What is being sent at this moment is left alone.
    """
    unread = Delivery.objects.unread_by(by)
    if message is not None:
        unread = unread.filter(pk=message.pk)
    # Locked in the order of every other sender, so that nobody waits in a circle.
    seen = list(unread.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=seen).update(seen_at=at)
    _silence(seen, by=by, at=at)
    return len(seen)


def _silence(seen: list[int], *, by: User, at: datetime) -> None:
    """Take out of other messages what those seen (ids) have said."""
    there = Reminder.objects.filter(
        delivery__in=seen,
        assignment=OuterRef("assignment"),
        due_version=OuterRef("due_version"),
        rung=OuterRef("rung"),
    )
    elsewhere = Reminder.objects.filter(Exists(there), recipient=by).exclude(channel=Channel.IN_APP)
    silence(elsewhere, why_not=SEEN, at=at)
