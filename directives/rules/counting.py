"""How working days were counted: which days were left out, and why, so that nobody need take it on trust."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

SATURDAY = 5


@dataclass(frozen=True)
class NamedDay:
    """A day that differs from the plain week; `working` where a weekend is worked in exchange."""

    day: date
    name: str
    working: bool = False


@dataclass(frozen=True)
class Stretch:
    """Days of one name, of which none lies further than a weekend from the next."""

    name: str
    first: date
    last: date
    days: int


@dataclass(frozen=True)
class Counted:
    """The days after `a` up to and with `b`: how many there are, and what became of those that do not count."""

    days: int
    working: int
    weekend: int
    off: tuple[Stretch, ...]
    worked: tuple[Stretch, ...]


def counted(a: date, b: date, named: Iterable[NamedDay]) -> Counted:
    """How the working days after `a` up to and with `b` (not before `a`) are counted.

    `weekend` are the Saturdays and Sundays that are off, `off` the other days off by their names, `worked` the weekend
    days that are worked. A day named twice is off, as in the calendar.
    """
    between = sorted((day for day in named if a < day.day <= b), key=lambda day: day.day)
    idle = {day.day for day in between if not day.working}
    off = {day.day: day for day in between if not day.working and not _at_weekend(day.day)}
    worked = {day.day: day for day in between if day.working and _at_weekend(day.day) and day.day not in idle}
    weekend = _weekend_days(a, b) - len(worked)
    days = (b - a).days
    return Counted(days, days - weekend - len(off), weekend, _stretches(off.values()), _stretches(worked.values()))


def _at_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


def _weekend_days(a: date, b: date) -> int:
    """Saturdays and Sundays after `a` up to and with `b`, without looking at each day."""
    weeks, rest = divmod((b - a).days, 7)
    return 2 * weeks + sum(_at_weekend(b - timedelta(days=back)) for back in range(rest))


def _stretches(days: Iterable[NamedDay]) -> tuple[Stretch, ...]:
    """Those of one name that follow one another, over a weekend too, as one."""
    found: list[Stretch] = []
    for name, alike in groupby(days, key=lambda day: day.name):
        for one in alike:
            last = found[-1] if found else None
            if last and last.name == name and _next(last.last, one.day):
                found[-1] = Stretch(name, last.first, one.day, last.days + 1)
            else:
                found.append(Stretch(name, one.day, one.day, 1))
    return tuple(found)


def _next(day: date, later: date) -> bool:
    return all(_at_weekend(day + timedelta(days=n)) for n in range(1, (later - day).days))
