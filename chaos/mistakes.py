"""Wrong senders, made so on purpose: a storm that does not notice them proves nothing. `--mistake NAME`."""

from collections.abc import Callable, Sequence
from datetime import datetime

from directives.models import Delivery
from tracker.delivery import claiming
from tracker.delivery.deliver import Sending


def note_first() -> None:
    """Each mail is noted as sent before it is: what a kill comes between is lost."""

    def send_next(self: Sending) -> None:
        if self._written:
            row, message, packed = self._written.popleft()
            self._count_sent([(row, message)])
            self._channel.send(packed)

    Sending._send_next = send_next  # type: ignore[method-assign]


def never_stop() -> None:
    """Nobody asks whether a message is still wanted."""

    def all_of_them(rows: Sequence[Delivery], *, at: datetime) -> set[int]:
        return {row.pk for row in rows}

    claiming.weed_all = all_of_them


MISTAKES: dict[str, Callable[[], None]] = {"note-first": note_first, "never-stop": never_stop}
