"""What was looked up a moment ago: a process whose callers read many times a second asks the same twice in it.

Each way to the database and back costs a process three times what the question alone does. Only for reading, and never
for whether a key is good any longer than a second after it was revoked.
"""

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.conf import settings

MOST = 1000  # values
Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Values by their names, each for `REMEMBERED` milliseconds; what was not found is looked for each time."""

    def __init__(self) -> None:
        # Until when, in monotonic seconds.
        self._found: dict[Hashable, tuple[float, Value]] = {}

    def get(self, name: Hashable, look: Callable[[], Value | None]) -> Value | None:
        """The value as it is, or as it was a moment ago."""
        if not settings.REMEMBERED:
            return look()
        now = time.monotonic()  # the moment in which it was asked for, however long the answer takes
        known = self._found.get(name)
        if known is not None and now < known[0]:
            return known[1]
        if (found := look()) is not None:
            if len(self._found) >= MOST:
                self._found.clear()
            self._found[name] = (now + settings.REMEMBERED / 1000, found)
        return found
