"""Recurring work: the periods of a year, and the day on which each is due.

A period is a week from Monday, a month, a quarter, half a year or a year, and is known by a label that sorts as it
runs: '2026-W48', '2026-11', '2026-Q4', '2026-H2', '2026'. Its due date follows from the period alone, so that a late
one never moves the next. All days are local dates in Viet Nam.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from directives.rules.deadlines import Every
from directives.rules.working_days import DAY, Calendar

WEEK = timedelta(7)
FRIDAY, SUNDAY, LAST_DAY, DECEMBER = 5, 7, 31, 12
AHEAD = 1  # periods that are given out beside the present one, until an installation says otherwise
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}
LABELS = {
    Every.WEEK: re.compile(r"(?P<year>\d{4})-W(?P<part>\d{2})"),
    Every.MONTH: re.compile(r"(?P<year>\d{4})-(?P<part>\d{2})"),
    Every.QUARTER: re.compile(r"(?P<year>\d{4})-Q(?P<part>[1-4])"),
    Every.HALF: re.compile(r"(?P<year>\d{4})-H(?P<part>[12])"),
    Every.YEAR: re.compile(r"(?P<year>\d{4})"),
}


class Shift(StrEnum):
    """What becomes of a due date on a day off: it stays, or moves to the working day before or after."""

    NONE = "none"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Rhythm:
    """How work recurs, and when it is due in each period.

    `day` is of the week (1 Monday to 7 Sunday; None: Friday), else of the period's last month (1 to 31; a shorter
    month ends earlier; None: its last day). `month` is for work that recurs each year (None: December).
    """

    every: Every
    day: int | None = None
    month: int | None = None
    shift: Shift = Shift.BEFORE


@dataclass(frozen=True)
class Period:
    """A stretch of days, both included, with its label."""

    first: date
    last: date
    label: str


def period_of(every: Every, day: date) -> Period:
    """The period in which `day` lies. Raises KeyError for what recurs in no period (every day)."""
    if every is Every.WEEK:
        monday = day - timedelta(day.weekday())
        year, week, _weekday = monday.isocalendar()
        return Period(monday, monday + WEEK - DAY, f"{year:04}-W{week:02}")
    months = MONTHS[every]
    part = (day.month - 1) // months
    first, last = part * months + 1, part * months + months
    sign = {Every.MONTH: f"-{first:02}", Every.QUARTER: f"-Q{part + 1}", Every.HALF: f"-H{part + 1}", Every.YEAR: ""}
    ends = monthrange(day.year, last)[1]
    return Period(date(day.year, first, 1), date(day.year, last, ends), f"{day.year:04}{sign[every]}")


def period_after(every: Every, period: Period) -> Period:
    """The next one."""
    return period_of(every, period.last + DAY)


def due_of(rhythm: Rhythm, period: Period, calendar: Calendar) -> date:
    """When the work of a period is due."""
    if rhythm.every is Every.WEEK:
        day = period.first + timedelta((rhythm.day or FRIDAY) - 1)
    else:
        month = (rhythm.month or DECEMBER) if rhythm.every is Every.YEAR else period.last.month
        day = _in_month(period.first.year, month, rhythm.day or LAST_DAY)
    if rhythm.shift is Shift.BEFORE:
        return calendar.shift(day, 0)
    return calendar.next_working(day) if rhythm.shift is Shift.AFTER else day


def periods_ahead(
    rhythm: Rhythm, *, today: date, until: date | None, ahead: int, calendar: Calendar
) -> list[tuple[Period, date]]:
    """The period of `today` and the `ahead` next ones with their due dates.

    Without those that were due before `today`, and those that begin after `until`.
    """
    period, found = period_of(rhythm.every, today), []
    for _turn in range(ahead + 1):
        due_on = due_of(rhythm, period, calendar)
        if due_on >= today and (until is None or period.first <= until):
            found.append((period, due_on))
        period = period_after(rhythm.every, period)
    return found


def first_periods(
    rhythm: Rhythm, *, today: date, until: date | None, ahead: int, calendar: Calendar
) -> list[tuple[Period, date]]:
    """What new work begins with: all that lies ahead, and at least one; the next period where the present is over."""
    found = periods_ahead(rhythm, today=today, until=until, ahead=ahead, calendar=calendar)
    return found or periods_ahead(rhythm, today=today, until=until, ahead=ahead + 1, calendar=calendar)


def period_missed(every: Every, *, last: date | None, today: date) -> Period | None:
    """The last period that was over before `today`, where nothing came in it or since (`last`); else None."""
    if every is Every.DAY:
        return None
    ended = period_of(every, period_of(every, today).first - DAY)
    return None if last is not None and last >= ended.first else ended


def next_turn(every: Every, *, today: date, until: date | None, ahead: int) -> date | None:
    """The first day on which another period lies ahead than on `today`; None where the last one does already."""
    period = period_after(every, period_of(every, today))
    newest = period
    for _turn in range(ahead):
        newest = period_after(every, newest)
    return period.first if until is None or newest.first <= until else None


def read_label(label: str) -> tuple[Every, int, int] | None:
    """The sort of period, the year and which of its weeks, months, quarters or halves; None for another text."""
    for every, pattern in LABELS.items():
        if found := pattern.fullmatch(label):
            return every, int(found["year"]), int(found.groupdict().get("part", 0))
    return None


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
