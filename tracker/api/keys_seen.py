"""The keys that were looked at a moment ago: a system that reads many times a second is looked up twice in it."""

import time
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from accounts.models import ApiKey
from accounts.models.keys import key_hash

MOST = 1000  # keys
Look = Callable[[str, datetime], ApiKey | None]


class KeysSeen:
    """What a process remembers of live keys, for `KEY_REMEMBERED` milliseconds, and no longer than they last.

    So a revoked key, and one that reaches less far, is good for a moment more, for reading only.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        # Until when (monotonic seconds), by the hash of what was sent: no key stays in memory as it is.
        self._found: dict[str, tuple[float, ApiKey]] = {}

    def key_of(self, plain: str, now: datetime) -> ApiKey | None:
        """The live key that was sent, as it is or as it was a moment ago."""
        if not settings.KEY_REMEMBERED:
            return self._look(plain, now)
        name = key_hash(plain)
        until, key = self._found.get(name, (0.0, None))
        if key is not None and time.monotonic() < until and key.is_live(now):
            return key
        key = self._look(plain, now)
        if key is not None:
            self._remember(name, key)
        return key

    def _remember(self, name: str, key: ApiKey) -> None:
        if len(self._found) >= MOST:
            self._found.clear()
        self._found[name] = (time.monotonic() + settings.KEY_REMEMBERED / 1000, key)
