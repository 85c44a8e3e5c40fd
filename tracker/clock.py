"""The clock: the only place that asks what time it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment, aware."""
    return timezone.now()


def today() -> date:
    """The day it is in Viet Nam, whatever the server's time zone (local date)."""
    return now().astimezone(HANOI).date()
