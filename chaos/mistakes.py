"""Wrong senders, made so on purpose: a storm that does not notice them proves nothing. `--mistake NAME`."""

from collections.abc import Callable, Sequence
from datetime import datetime

from directives.models import Delivery
from tracker.delivery import claiming, deliver


class NotesFirst(deliver.Sending):
    """Each message is noted as sent before it is: what a kill comes between is lost."""

    def _send_next(self) -> None:
        if self._written:
            row, message, packed = self._written.popleft()
            self._count_sent([(row, message)])
            self._channel.send(packed)


def note_first() -> None:
    deliver.Sending = NotesFirst  # type: ignore[misc]


def never_stop() -> None:
    """Nobody asks whether a message is still wanted."""

    def all_of_them(rows: Sequence[Delivery], *, at: datetime) -> set[int]:
        return {row.pk for row in rows}

    claiming.weed_all = all_of_them


MISTAKES: dict[str, Callable[[], None]] = {"note-first": note_first, "never-stop": never_stop}
