"""The sender: claim a batch of waiting messages, send one after another, note each outcome at once.

The row is the queue of record. A claim is one short transaction; the sending has no transaction open; the outcome is
noted only while the token still holds. Any number of senders may run at once, and any of them may die at any point:
its rows are ready again when the lease is over, and at most the one that was under way leaves twice.
"""

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import Error

from directives.models import Delivery, DeliveryState
from tracker import clock
from tracker.delivery.channels import Broken, Channel, ChannelDown, Message, NotNow, Refused, new_channel
from tracker.delivery.claiming import BATCH, Claimed, ask_again, claim, put_back
from tracker.delivery.noting import (
    FAILED,
    note_failed,
    note_on_oldest,
    note_refused,
    note_sent,
    note_superseded,
    note_untried,
)
from tracker.delivery.rendering import Letters, NothingToSay

# A sender asks again before each message once its claim is older: the world may have moved on.
CLAIM_IS_FRESH = timedelta(seconds=1)
FIRST_BATCH = 25  # messages that a pass claims at first; afterwards as many as it sends while their claim is fresh
AHEAD = 25  # messages that are put into words in a row
PASS_LASTS = timedelta(seconds=60)
TURN_LASTS = timedelta(seconds=5)
DOWN = "down"

Moment = Callable[[], datetime]
Written = tuple[Delivery, Message, Any]
log = structlog.get_logger(__name__)


def deliver_waiting(*, now: datetime, limit: int = 200, by: Collection[str] = ()) -> int:
    """Send what is due at `now`, at most `limit` messages by each channel of `by` (else by all); how many were sent."""
    return deliver(now=now, limit=limit, by=by)[DeliveryState.SENT]


def deliver(*, now: datetime, limit: int = 200, by: Collection[str] = ()) -> Counter[str]:
    """As `deliver_waiting`; how many messages were sent, superseded, dead, failed, and which channels are down."""
    moment, until = clock.running_from(now), now + PASS_LASTS
    wanted = [name for name in settings.DELIVERY_CHANNELS if not by or name in by]
    passes = [Pass(name, moment, limit) for name in _by_longest_wait(wanted, now)]
    with ExitStack() as stack:
        turns = deque(stack.enter_context(closing(one)) for one in passes)
        while turns and moment() < until:
            one = turns.popleft()
            if one.turn(until):
                turns.append(one)
    return sum((one.tally for one in passes), Counter())


def _by_longest_wait(channels: Iterable[str], now: datetime) -> list[str]:
    """Those of the channels for which something is ready, first the one whose oldest message has waited longest.

    So senders that die over one channel, again and again, do not starve the others.
    """
    oldest: dict[str, datetime] = {}
    for name in channels:
        ready = Delivery.objects.ready(now).filter(channel=name).order_by("due_at", "pk")
        for due_at in ready.values_list("due_at", flat=True)[:1]:
            oldest[name] = due_at
    return sorted(oldest, key=oldest.__getitem__)


class Pass:
    """What one channel sends in a pass: some seconds at each of its turns, so that none waits for another's backlog.

    `tally` counts what came of the messages; at most `limit` are sent.
    """

    def __init__(self, name: str, moment: Moment, limit: int) -> None:
        self.tally: Counter[str] = Counter()
        self._name, self._moment, self._limit = name, moment, limit
        self._channel = new_channel(name)
        self._is_open = False
        self._batch = FIRST_BATCH

    def turn(self, until: datetime) -> bool:
        """Send batch after batch for `TURN_LASTS`, but not after `until`; whether there may be more."""
        until = min(until, self._moment() + TURN_LASTS)
        try:
            while there_is_more := self._send_batch(until):
                if self._moment() >= until:
                    break
            return there_is_more
        except ChannelDown as trouble:
            log.warning("channel down", channel=self._name, trouble=str(trouble))
            note_on_oldest(self._name, str(trouble), at=self._moment())
            self.tally[DOWN] += 1
        except Broken:
            self.tally[FAILED] += 1
        return False

    def close(self) -> None:
        self._channel.close()

    def _send_batch(self, until: datetime) -> bool:
        if not self._is_open:
            self._channel.open()
            self._is_open = True
        at = self._moment()
        claimed = claim(self._name, at=at, most=min(self._batch, BATCH, self._limit - self.tally.total()))
        if claimed.found:
            sending = Sending(claimed, self._channel, self._moment, self.tally, claimed_at=at)
            sending.run(until)
            # What a sender has claimed and not sent waits for the end of its lease when the sender dies.
            self._batch = max(1, self._batch // 2) if sending.grew_old else min(2 * self._batch, BATCH)
        return claimed.found and self.tally.total() < self._limit


class Sending:
    """One batch on its way out; what came of each message is counted in `tally`."""

    def __init__(
        self, claimed: Claimed, channel: Channel, moment: Moment, tally: Counter[str], *, claimed_at: datetime
    ) -> None:
        self._channel = channel
        self._moment = moment
        self._tally = tally
        self._written: deque[Written] = deque()
        # Whether the claim was not fresh any more before all was sent.
        self.grew_old = False
        self._begin(claimed, claimed_at)

    def run(self, until: datetime) -> None:
        """Send until nothing is left or it is `until`; what was not tried is given back.

        Raises ChannelDown and Broken, once the message is noted, for the pass to end.
        """
        try:
            while (self._written or self._left) and (at := self._moment()) < until:
                self._ask_again_when_old(at)
                if not self._written:
                    self._write_some()
                if self._channel.outside:
                    self._send_next()
                else:
                    self._show_written()
        finally:
            put_back(self._unsent())

    def _begin(self, claimed: Claimed, at: datetime) -> None:
        self._left = deque(claimed.rows)
        self._letters = Letters(claimed.rows, at=at)
        self._asked_at = at
        self._tally.update({DeliveryState.SUPERSEDED: claimed.superseded, DeliveryState.DEAD: claimed.dead})

    def _unsent(self) -> list[Delivery]:
        return [*(row for row, _message, _packed in self._written), *self._left]

    def _ask_again_when_old(self, at: datetime) -> None:
        if at - self._asked_at > CLAIM_IS_FRESH:
            self.grew_old = True
            again = ask_again(self._unsent(), at=at)
            self._written.clear()
            self._begin(again, at)

    def _write_some(self) -> None:
        """Put the next messages into words: some in a row, since one between two sendings takes three times as long."""
        for _message in range(min(AHEAD, len(self._left))):
            row = self._left.popleft()
            try:
                message = self._letters.write(row)
                self._written.append((row, message, self._channel.pack(message)))
            except NothingToSay:
                self._tally[note_superseded(row)] += 1
            except Error:
                # The database is in trouble: nothing can be noted. The lease brings the row back.
                raise
            except Exception as mistake:
                # One message that cannot be written never stops another.
                log.exception("message failed", delivery=str(row.uuid))
                self._count_failed(row, mistake)

    def _send_next(self) -> None:
        if not self._written:
            return
        row, message, packed = self._written.popleft()
        try:
            self._channel.send(packed)
        except (Refused, NotNow, ChannelDown) as answer:
            self._note(row, answer)
        except Exception as mistake:
            log.exception("message failed", delivery=str(row.uuid))
            self._count_failed(row, mistake)
        else:
            if self._written:
                # It makes ready while the database notes this one.
                self._channel.announce(self._written[0][2])
            self._count_sent([(row, message)])

    def _show_written(self) -> None:
        """Inside the house being noted is being sent. What was written while the claim grew old is written anew."""
        self._ask_again_when_old(self._moment())
        if not self._written:
            self._write_some()
        self._count_sent([(row, message) for row, message, _packed in self._written])
        self._written.clear()

    def _note(self, row: Delivery, answer: Exception) -> None:
        """Note what the channel answered. Raises `answer` where it ends the pass."""
        match answer:
            case ChannelDown():
                # Not this message's fault.
                note_untried(row)
                raise answer
            case Refused():
                outcome = note_refused(row, str(answer))
            case _:
                outcome = note_failed(row, str(answer), at=self._moment())
        if isinstance(answer, Broken):
            raise answer
        self._tally[outcome] += 1

    def _count_failed(self, row: Delivery, mistake: Exception) -> None:
        self._tally[note_failed(row, repr(mistake), at=self._moment())] += 1

    def _count_sent(self, sent: list[tuple[Delivery, Message]]) -> None:
        noted = note_sent(sent, at=self._moment())
        self._tally[DeliveryState.SENT] += noted
        self._tally[FAILED] += len(sent) - noted
