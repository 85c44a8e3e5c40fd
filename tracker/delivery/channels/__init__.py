"""The ways out. One file is one channel: `sms.py` with a class `SmsChannel` that has a `label` is all that it takes.

A channel is opened for a batch, sends message by message, and is closed. It holds no state between batches. What goes
wrong is told by the exception: it decides whether the row is tried again, counted, or given up.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Enclosed:
    """A file that goes along: its name (plain letters), its type, its bytes."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Message:
    """What is sent to one person: rendered in that person's language."""

    uuid: UUID
    recipient: str
    # A messenger's address holds a secret: no log shows it.
    address: str = field(repr=False)
    language: str
    subject: str
    text: str
    html: str
    at: datetime
    enclosed: tuple[Enclosed, ...] = ()


class Refused(Exception):
    """The other side will never take this message for this recipient: a dead letter."""


class NotNow(Exception):
    """The other side did not take this message now: to be tried again later."""


class Broken(NotNow):
    """The connection broke over this message: it is tried again later, and the batch ends."""


class ChannelDown(Exception):
    """Nobody can be reached by this channel: no message is to blame, none is counted, the batch ends."""


class Channel:
    """What every channel does; of these only `send` must be its own."""

    # What people call it; the three that the rules know by name have theirs in `directives.models.channels`.
    label = ""
    # Whether messages leave the house: then each outcome is noted at once, else some together.
    outside = True

    def open(self) -> None:
        """Make ready for a batch. Raises ChannelDown."""

    def pack(self, message: Message) -> Any:
        """`message` as `send` wants it. Made some time before it is sent, and sometimes for nothing."""
        return message

    def announce(self, packed: Any) -> None:
        """Let the other side make ready for what will be sent next, without waiting for it.

        Nothing leaves yet. Never raises.
        """

    def send(self, packed: Any) -> None:
        """Hand a message over. Raises Refused, NotNow, Broken or ChannelDown; without any of them it was taken."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of everything. Never raises."""


def new_channel(name: str) -> Channel:
    """A new instance of the channel; its library is only loaded when the first message needs it."""
    return import_string(settings.DELIVERY_CHANNELS[name])()
