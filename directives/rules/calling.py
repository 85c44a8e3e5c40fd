"""When a system that could not be told is called again: ten attempts over 75 hours, and rests between the calls."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

# Waits after each failed attempt but the last; together 75 hours and a half, as Standard Webhooks counsels.
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
MOST_ATTEMPTS = len(WAITS) + 1
# A tenth more or less, so that what failed together does not come back together.
SPREAD = 0.1
FIRST_REST, LONGEST_REST = timedelta(seconds=5), timedelta(minutes=5)
# Nobody keeps us waiting longer than this by asking.
LONGEST_ASKED = timedelta(hours=24)
LONGEST_NUMBER = 9  # digits


def wait_after(attempts: int, chance: float) -> timedelta | None:
    """How long to wait after so many failed attempts; None after the last. `chance` lies between 0 and 1."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return WAITS[max(attempts, 1) - 1] * (1 - SPREAD + 2 * SPREAD * chance)


def rest_after(failures: int, chance: float) -> timedelta:
    """For how long an endpoint is left alone that failed so many times in a row; `chance` lies between 0 and 1."""
    rest = min(FIRST_REST * (1 << min(failures - 1, 10)), LONGEST_REST)
    return rest * (1 - SPREAD + 2 * SPREAD * chance)


def asked_to_wait(written: str, now: datetime) -> timedelta:
    """What `Retry-After` asks for (RFC 9110, 10.2.3): seconds or a date; nothing where it says neither."""
    written = written.strip()
    if written.isascii() and written.isdigit():
        seconds = int(written) if len(written) <= LONGEST_NUMBER else 10**LONGEST_NUMBER
        return min(timedelta(seconds=seconds), LONGEST_ASKED)
    try:
        moment = parsedate_to_datetime(written)
    except ValueError:
        return timedelta()
    if moment.tzinfo is None:  # "-0000": of no zone in particular
        return timedelta()
    return min(max(moment - now, timedelta()), LONGEST_ASKED)
