"""On which days a scheduled paper goes out: each week or month, or so long before a session; always a working day."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from directives.rules.working_days import DAY, HANOI, Calendar

LONGEST_BREAK = timedelta(days=21)  # days off in a row, with room to spare
LOOKED_AHEAD = timedelta(days=62)  # within so long every month has had its day


class Rhythm(StrEnum):
    """What the day is counted by."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    SESSION = "session"


# The numbers that each takes: Monday to Friday; the day of the month; working days before the session.
NUMBERS = {Rhythm.WEEKLY: range(1, 6), Rhythm.MONTHLY: range(1, 32), Rhythm.SESSION: range(31)}


@dataclass(frozen=True)
class When:
    """By what, which day of it, and at which full hour in Hanoi."""

    rhythm: Rhythm
    number: int
    hour: int


def days_between(
    when: When, first: date, last: date, calendar: Calendar, sessions: Iterable[date] = ()
) -> Iterator[date]:
    """The days from `first` to `last` (local dates, both included) on which it goes out, in order.

    A day off is put off to the next working day; a month that is too short has its last day.
    """
    if when.rhythm is Rhythm.SESSION:
        named = {calendar.shift(held_on, -when.number) for held_on in sessions}
    else:
        reach = ((last - first) + LONGEST_BREAK).days + 1
        every = (first - LONGEST_BREAK + DAY * n for n in range(reach))
        named = {calendar.next_working(day) for day in every if _is_named(when, day)}
    yield from sorted(day for day in named if first <= day <= last)


def latest_day(when: When, after: datetime, now: datetime, calendar: Calendar, sessions: Iterable[date]) -> date | None:
    """The last day whose moment lies after `after` and not after `now`; None where there is none.

    What an outage left behind collapses into it: nobody gets last month's reports in a heap.
    """
    first, last = after.astimezone(HANOI).date(), now.astimezone(HANOI).date()
    days = days_between(when, max(first, last - LOOKED_AHEAD), last, calendar, sessions)
    passed = [day for day in days if after < moment_of(when, day) <= now]
    return passed[-1] if passed else None


def next_day(when: When, now: datetime, calendar: Calendar, sessions: Iterable[date]) -> date | None:
    """The first day whose moment lies after `now`; None where no session is entered."""
    first = now.astimezone(HANOI).date()
    last = max([first + LOOKED_AHEAD, *sessions])
    days = days_between(when, first, last, calendar, sessions)
    return next((day for day in days if moment_of(when, day) > now), None)


def moment_of(when: When, day: date) -> datetime:
    """When it goes out on that day."""
    return datetime.combine(day, time(when.hour), HANOI)


def _is_named(when: When, day: date) -> bool:
    if when.rhythm is Rhythm.WEEKLY:
        return day.isoweekday() == when.number
    return day.day == min(when.number, monthrange(day.year, day.month)[1])
