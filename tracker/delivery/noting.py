"""Outcomes: what came of a claimed message is noted in its row, if the claim's token still holds."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F

from directives.models import Delivery, DeliveryState
from tracker.delivery.channels import Message
from tracker.delivery.claiming import MOST_ATTEMPTS
from tracker.delivery.statements import execute_prepared

# Waits after a failed attempt: 1, 3, 9, 27, 81 minutes, then 4 and 6 hours; the tenth failure comes after a day.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
FAILED = "failed"

# A row and its reminders in one statement, which is one trip and one commit.
SENT = """
WITH done AS (
    UPDATE directives_delivery
    SET state = 'sent', sent_at = %s, subject = %s, body = %s, leased_until = NULL, last_error = ''
    WHERE id = %s AND token = %s AND state = 'waiting'
    RETURNING id
), reminded AS (
    UPDATE directives_reminder SET state = 'sent'
    WHERE state = 'planned' AND delivery_id IN (SELECT id FROM done)
)
SELECT FROM done
"""


def note_sent(sent: Iterable[tuple[Delivery, Message]], *, at: datetime) -> int:
    """Note that these left, all of them in one commit; of how many the token still held."""
    told = [(at, message.subject, message.text, row.pk, row.token) for row, message in sent]
    return execute_prepared(SENT, told)


def note_superseded(row: Delivery) -> str:
    """Nothing is left of what it was to tell."""
    _finish(row, state=DeliveryState.SUPERSEDED, last_error="")
    return DeliveryState.SUPERSEDED


def note_refused(row: Delivery, answer: str) -> str:
    """The other side will never take it."""
    _finish(row, state=DeliveryState.DEAD, last_error=answer)
    return DeliveryState.DEAD


def note_failed(row: Delivery, trouble: str, *, at: datetime) -> str:
    """Put it back for later, or give it up after the last attempt."""
    if row.attempts >= MOST_ATTEMPTS:
        return note_refused(row, trouble)
    _finish(row, due_at=at + wait_after(row.attempts), last_error=trouble)
    return FAILED


def note_untried(row: Delivery) -> None:
    """Nobody could be reached: the attempt does not count."""
    _finish(row, attempts=F("attempts") - 1)


def note_on_oldest(channel: str, trouble: str, *, at: datetime) -> None:
    """Say on the message that has waited longest why it waits; the others wait behind it."""
    oldest = Delivery.objects.ready(at).filter(channel=channel).order_by("due_at", "pk").values("pk")[:1]
    Delivery.objects.filter(pk__in=oldest).update(last_error=trouble)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts; a fifth more or less, so that they do not come back together."""
    return min(FIRST_WAIT * 3 ** (attempts - 1), LONGEST_WAIT) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret


def _finish(row: Delivery, **outcome: object) -> None:
    mine = Delivery.objects.filter(pk=row.pk, token=row.token, state=DeliveryState.WAITING)
    mine.update(leased_until=None, **outcome)
