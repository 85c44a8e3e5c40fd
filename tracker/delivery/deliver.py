"""The sender: claim a waiting message, ask whether it is still wanted, send it, note the outcome.

The row is the queue of record. A claim is one short transaction that raises the token and sets a lease; the sending
has no transaction open; the outcome is noted only while the token still holds. Any number of senders may run at once,
and any of them may die at any point: its row is ready again when the lease is over.
"""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta

import structlog
from django.db import Error, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from directives.actions.weeding import weed
from directives.models import Delivery, DeliveryState, ReminderState
from tracker import clock
from tracker.delivery.channels import Broken, Channel, ChannelDown, NotNow, Refused, channels
from tracker.delivery.rendering import NothingToSay, render

LEASE = timedelta(seconds=60)
# A sender that was held up asks again before it sends: the world may have moved on.
CLAIM_IS_FRESH = timedelta(seconds=1)
PASS_LASTS = timedelta(seconds=60)
MOST_ATTEMPTS = 10
# Waits after a failed attempt: 1, 3, 9, 27, 81 minutes, then 4 and 6 hours; the tenth failure comes after a day.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
FAILED = "failed"
DOWN = "down"

Moment = Callable[[], datetime]
log = structlog.get_logger(__name__)


def deliver_waiting(*, now: datetime, limit: int = 200) -> int:
    """Send what is due at `now`, at most `limit` messages by each channel; how many were sent."""
    return deliver(now=now, limit=limit)[DeliveryState.SENT]


def deliver(*, now: datetime, limit: int = 200) -> Counter[str]:
    """As `deliver_waiting`; how many messages were sent, superseded, dead, failed, and which channels are down."""
    moment = clock.running_from(now)
    tally: Counter[str] = Counter()
    for name, channel in channels():
        if Delivery.objects.ready(now).filter(channel=name).exists():
            tally += _one_pass(name, channel, moment=moment, until=now + PASS_LASTS, limit=limit)
    return tally


def _one_pass(name: str, channel: Channel, *, moment: Moment, until: datetime, limit: int) -> Counter[str]:
    tally: Counter[str] = Counter()
    with closing(channel):
        try:
            channel.open()
            while tally.total() < limit and (at := moment()) < until and (row := claim(name, at=at)):
                tally[_outcome(row, channel, moment, claimed_at=at)] += 1
        except ChannelDown as trouble:
            log.warning("channel down", channel=name, trouble=str(trouble))
            _note_on_oldest(name, str(trouble), at=moment())
            tally[DOWN] += 1
        except Broken:
            tally[FAILED] += 1
    return tally


@transaction.atomic
def claim(channel: str, *, at: datetime) -> Delivery | None:
    """Take the oldest message that is ready at `at`, for as long as the lease lasts; None where none is ready.

    The row comes back superseded when nobody wants it any more, and dead when ten senders died over it.
    """
    ready = Delivery.objects.ready(at).filter(channel=channel).select_related("recipient").order_by("due_at", "pk")
    row = ready.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    if row is None:
        return None
    row.token += 1
    if row.attempts >= MOST_ATTEMPTS:
        row.state = DeliveryState.DEAD
        row.last_error = row.last_error or _("Every attempt to send this message was cut off.")
    elif not weed(row, at=at):
        row.state = DeliveryState.SUPERSEDED
    else:
        row.attempts += 1
    row.leased_until = at + LEASE if row.state == DeliveryState.WAITING else None
    row.save(update_fields=["token", "attempts", "state", "leased_until", "last_error"])
    return row


def _outcome(row: Delivery, channel: Channel, moment: Moment, *, claimed_at: datetime) -> str:
    """Send a claimed row and note what came of it; which is also the answer.

    Raises ChannelDown and Broken, once the row is noted, for the pass to end.
    """
    if row.state != DeliveryState.WAITING:
        return row.state
    try:
        return _send(row, channel, moment, claimed_at=claimed_at)
    except (NothingToSay, Refused, NotNow, ChannelDown) as answer:
        return _note(row, answer, at=moment())
    except Error:
        # The database is in trouble: nothing can be noted. The lease brings the row back.
        raise
    except Exception as mistake:
        # One message that cannot be rendered never stops another.
        log.exception("message failed", delivery=str(row.uuid))
        return _try_later(row, repr(mistake), at=moment())


def _note(row: Delivery, answer: Exception, *, at: datetime) -> str:
    """Note what the channel answered."""
    match answer:
        case NothingToSay():
            _finish(row, state=DeliveryState.SUPERSEDED)
            return DeliveryState.SUPERSEDED
        case Refused():
            _finish(row, state=DeliveryState.DEAD, last_error=str(answer))
            return DeliveryState.DEAD
        case ChannelDown():
            # Not this message's fault: the attempt does not count.
            _finish(row, attempts=F("attempts") - 1)
            raise answer
        case Broken():
            _try_later(row, str(answer), at=at)
            raise answer
        case _:
            return _try_later(row, str(answer), at=at)


def _send(row: Delivery, channel: Channel, moment: Moment, *, claimed_at: datetime) -> str:
    message = render(row, at=moment())
    if moment() - claimed_at > CLAIM_IS_FRESH and not _still_wanted(row, at=moment()):
        return DeliveryState.SUPERSEDED
    channel.send(message)
    done = _finish(row, state=DeliveryState.SENT, sent_at=moment(), subject=message.subject, body=message.text)
    return DeliveryState.SENT if done else FAILED


@transaction.atomic
def _still_wanted(row: Delivery, *, at: datetime) -> bool:
    """Ask again under lock, and begin the lease anew. False also where another sender has taken the row over."""
    mine = (
        Delivery.objects.select_for_update(no_key=True)
        .filter(pk=row.pk, token=row.token, state=DeliveryState.WAITING)
        .first()
    )
    if mine is None:
        return False
    if weed(mine, at=at):
        return _finish(row, leased_until=at + LEASE)
    _finish(row, state=DeliveryState.SUPERSEDED)
    return False


@transaction.atomic
def _finish(row: Delivery, **outcome: object) -> bool:
    """Note the outcome, if the token still holds; the lease ends with it. Whether it did hold."""
    outcome = {"leased_until": None, "last_error": "", **outcome}
    mine = Delivery.objects.filter(pk=row.pk, token=row.token, state=DeliveryState.WAITING)
    if not mine.update(**outcome):
        return False
    if outcome.get("state") == DeliveryState.SENT:
        row.reminders.filter(state=ReminderState.PLANNED).update(state=ReminderState.SENT)
    return True


def _try_later(row: Delivery, trouble: str, *, at: datetime) -> str:
    """Put the row back for later, or give it up after the last attempt."""
    if row.attempts >= MOST_ATTEMPTS:
        _finish(row, state=DeliveryState.DEAD, last_error=trouble)
        return DeliveryState.DEAD
    _finish(row, due_at=at + wait_after(row.attempts), last_error=trouble)
    return FAILED


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts; a fifth more or less, so that they do not come back together."""
    return min(FIRST_WAIT * 3 ** (attempts - 1), LONGEST_WAIT) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret


def _note_on_oldest(channel: str, trouble: str, *, at: datetime) -> None:
    """Say on the message that has waited longest why it waits; the others wait behind it."""
    oldest = Delivery.objects.ready(at).filter(channel=channel).order_by("due_at", "pk").values("pk")[:1]
    Delivery.objects.filter(pk__in=oldest).update(last_error=trouble)
