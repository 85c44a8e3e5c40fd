"""What all builders share: days, moments and running numbers."""

from datetime import date, datetime
from itertools import count

from directives.rules.working_days import HANOI

OFFICES_SINCE = date(2022, 1, 1)
ISSUED_ON = date(2025, 3, 3)  # a Monday
DUE_ON = date(2025, 3, 14)  # a Friday, nine working days later
FAR_FUTURE = datetime(2099, 1, 1, tzinfo=HANOI)
PASSWORD = "Mat-khau-thu-nghiem-2025"
# The default ladder: offset in working days, the highest audience, the kind.
DEFAULT_RUNGS = (
    (-15, "officer", "courtesy"),
    (-7, "officer", "courtesy"),
    (-3, "officer", "courtesy"),
    (-1, "officer", "courtesy"),
    (0, "head", "courtesy"),
    (1, "head", "escalation"),
    (3, "secretariat", "escalation"),
    (7, "deputy", "escalation"),
    (15, "chair", "escalation"),
)
numbers = count(1)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a local day in Hanoi; nine in the morning if nothing else is said."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HANOI)
