"""The messages of a round: whatever it has to say to somebody for one hour and by one channel is one message."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from accounts.models import User
from accounts.people import Holder
from directives.actions.recording import because
from directives.models import Delivery, DeliveryState


@dataclass(frozen=True)
class Envelope:
    """To whom a message goes and why, of which kind, for which hour in Hanoi, and by which channel.

    What comes too late for that hour goes out at once in a message of its own, or at `next_at` where that is given:
    nobody has two digests on one day.
    """

    recipient: User
    why: Holder | str
    kind: str
    due_at: datetime
    channel: str
    next_at: datetime | None = None

    @property
    def key(self) -> str:
        """What is alike in it goes into one message."""
        return self._key(self.due_at)

    def tries(self) -> Iterator[tuple[str, datetime]]:
        """Key and hour of the messages that it may go into, one after the other."""
        yield f"{self.key}:0", self.due_at
        hour = self.next_at or self.due_at
        for number in count(0 if self.next_at else 1):
            yield f"{self._key(hour)}:{number}", hour

    def _key(self, hour: datetime) -> str:
        return f"{self.kind}:{hour:%Y-%m-%d %H:%M}:{self.recipient.pk}:{self.channel}"


def post(envelopes: Mapping[str, Envelope], *, filled: Collection[str], now: datetime) -> dict[str, Delivery]:
    """See that there is a message for each envelope (by key); return those of the keys `filled`, their rows locked.

    A message that is being sent, was sent, or was held back as it stood takes nothing more: what is `filled` goes
    into another one. What is not needs none: the first has said it. Must run inside the round's transaction.
    """
    taking: dict[str, Delivery] = {}
    tries = {key: envelope.tries() for key, envelope in envelopes.items()}
    left = sorted(envelopes)
    while left:
        # Always in one order, so that two rounds cannot wait for each other.
        turns = {key: next(tries[key]) for key in left}
        keys = {full_key: key for key, (full_key, _hour) in turns.items()}
        rows = [_row(envelopes[key], full_key, hour, now) for key, (full_key, hour) in turns.items()]
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        waiting = Delivery.objects.filter(key__in=keys, state=DeliveryState.WAITING, attempts=0)
        for row in waiting.select_for_update(no_key=True).order_by("pk"):
            taking[keys[row.key]] = row
        left = [key for key in sorted(filled) if key not in taking]
    return taking


def _row(envelope: Envelope, key: str, hour: datetime, now: datetime) -> Delivery:
    return Delivery(
        key=key,
        kind=envelope.kind,
        channel=envelope.channel,
        recipient=envelope.recipient,
        because=envelope.why if isinstance(envelope.why, str) else because(envelope.why),
        created_at=now,
        due_at=hour,
    )
