"""Working days: the state's calendar, with its holidays and its swapped Saturdays.

Saturdays and Sundays are off (decision 188/1999/QĐ-TTg) unless they are worked in exchange for
another day; holidays and days given in exchange are off. All days are local dates in Viet Nam.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """The days that differ from the plain week: `off` are not worked, `working` are worked weekends.

    A day named in both is off: nobody is held to a working day that was also declared a holiday.
    """

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        return day not in self.off and (day.weekday() < SATURDAY or day in self.working)

    def shift(self, day: date, n: int) -> date:
        """The working day `n` working days after `day`, before it where `n` is negative.

        A day off counts as the working day before it, which is also the answer for 0. Raises
        OverflowError where the answer lies beyond the years a date can hold.
        """
        return _shifted(self, day, n)

    def shifted_to(self, day: date, n: int) -> list[date]:
        """All days that `shift` moves to `day` by `n`: one that is worked and the days off behind it; none if off."""
        if not self.is_working(day):
            return []
        base = self.shift(day, -n)
        return [base + DAY * behind for behind in range((self.next_working(base + DAY) - base).days)]

    def count(self, a: date, b: date) -> int:
        """How many working days lie after `a` up to and with `b`; negative where `b` is before `a`.

        The inverse of `shift`: `count(day, shift(day, n)) == n`.
        """
        if b < a:
            return -self.count(b, a)
        return sum(map(self.is_working, _days_after(a, b)))

    def next_working(self, day: date) -> date:
        """`day` itself where it is worked, else the first working day after it."""
        while not self.is_working(day):
            day += DAY
        return day


@lru_cache(maxsize=100_000)  # a hundred thousand assignments stand on some hundreds of days
def _shifted(calendar: Calendar, day: date, n: int) -> date:
    while not calendar.is_working(day):
        day -= DAY
    step = DAY if n > 0 else -DAY
    for _ in range(abs(n)):
        day += step
        while not calendar.is_working(day):
            day += step
    return day


def local_day(at: datetime) -> date:
    """The day it is in Viet Nam at the aware moment `at`. Raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone belongs to no day")
    return at.astimezone(HANOI).date()


def _days_after(a: date, b: date) -> Iterator[date]:
    while a < b:
        a += DAY
        yield a
