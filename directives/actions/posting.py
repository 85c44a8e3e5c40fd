"""The messages of a round: whatever it has to say to somebody for one hour and by one channel is one message."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from accounts.people import Holder
from directives.actions.recording import because
from directives.models import Delivery, DeliveryState


@dataclass(frozen=True)
class Envelope:
    """To whom a message goes, of which kind, for which hour in Hanoi, and by which channel."""

    holder: Holder
    kind: str
    due_at: datetime
    channel: str

    @property
    def key(self) -> str:
        """What is alike in it goes into one message."""
        return f"{self.kind}:{self.due_at:%Y-%m-%d %H:%M}:{self.holder.user.pk}:{self.channel}"


def post(envelopes: Mapping[str, Envelope], *, filled: Collection[str], now: datetime) -> dict[str, Delivery]:
    """See that there is a message for each envelope (by key); return those of the keys `filled`, their rows locked.

    A message that is being sent, was sent, or was held back as it stood takes nothing more: what is `filled` goes
    into another one. What is not needs none: the first has said it. Must run inside the round's transaction.
    """
    taking: dict[str, Delivery] = {}
    left, wave = sorted(envelopes), 0
    while left:
        # Always in one order, so that two rounds cannot wait for each other.
        keys = {f"{key}:{wave}": key for key in left}
        rows = [_row(envelopes[key], full_key, now) for full_key, key in keys.items()]
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        waiting = Delivery.objects.filter(key__in=keys, state=DeliveryState.WAITING, attempts=0)
        for row in waiting.select_for_update(no_key=True).order_by("pk"):
            taking[keys[row.key]] = row
        left = [key for key in sorted(filled) if key not in taking]
        wave += 1
    return taking


def _row(envelope: Envelope, key: str, now: datetime) -> Delivery:
    return Delivery(
        key=key,
        kind=envelope.kind,
        channel=envelope.channel,
        recipient=envelope.holder.user,
        because=because(envelope.holder),
        created_at=now,
        due_at=envelope.due_at,
    )
