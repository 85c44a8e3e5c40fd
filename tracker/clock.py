"""The clock: the only place that asks what time it is."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment, aware."""
    return timezone.now()


def today() -> date:
    """The day it is in Viet Nam, whatever the server's time zone (local date)."""
    return now().astimezone(HANOI).date()


def running_from(now: datetime) -> Callable[[], datetime]:
    """A clock that shows `now` at this moment and runs on from there, even when the machine's clock is set anew."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)
