"""The stretch of days on which a report speaks: a month, a quarter, a half-year, a year, or from one day to another."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from directives.rules.deadlines import Every
from directives.rules.recurrence import MONTHS, Period, period_after, period_of, read_label
from directives.rules.refusals import N_, Invalid
from directives.rules.working_days import DAY

# The stretches that are named by how often they come.
KINDS = {"month": Every.MONTH, "quarter": Every.QUARTER, "half": Every.HALF, "year": Every.YEAR}
BETWEEN = ".."
# Beyond these no report is meant, and no day before and after can be counted.
EARLIEST, LATEST = date(1945, 9, 2), date(2199, 12, 31)
NO_STRETCH = N_("This is no period. Write it as 2026-11, 2026-Q4, 2026-H2, 2026 or 2026-01-05..2026-03-20.")
NOT_BEGUN = N_("This period has not begun on that day.")


@dataclass(frozen=True)
class Stretch:
    """Local dates from `first` to `last`, both included; `label` ('2026-Q4') where it is a period of the year."""

    first: date
    last: date
    label: str = ""

    @property
    def day_before(self) -> date:
        """The last day of what came before it."""
        return self.first - DAY

    def end(self, on: date) -> date:
        """As of which day it is told on the local date `on`: its last day, or `on` while it is not over."""
        return min(self.last, on)

    def next_last(self) -> date:
        """The last day of the stretch that follows: the next such period, or as many days again."""
        read = read_label(self.label)
        if read is None:
            return self.last + (self.last - self.day_before)
        return period_after(read[0], Period(self.first, self.last, self.label)).last


def read_stretch(written: str, on: date) -> Stretch:
    """The stretch that is written: 'month', 'quarter', 'half' or 'year' is the one in which `on` lies.

    Raises Invalid('period') where it is none, or begins after `on`.
    """
    if every := KINDS.get(written):
        return _of(period_of(every, on))
    found = _between(written) if BETWEEN in written else _labelled(written)
    if found is None or not EARLIEST <= found.first <= found.last <= LATEST:
        raise Invalid("period", NO_STRETCH)
    if found.first > on:
        raise Invalid("period", NOT_BEGUN)
    return found


def _of(period: Period) -> Stretch:
    return Stretch(period.first, period.last, period.label)


def _between(written: str) -> Stretch | None:
    first, _between, last = written.partition(BETWEEN)
    with suppress(ValueError):
        return Stretch(date.fromisoformat(first), date.fromisoformat(last))
    return None


def _labelled(label: str) -> Stretch | None:
    read = read_label(label)
    if read is None or read[0] not in MONTHS:
        return None
    every, year, part = read
    with suppress(ValueError):
        return _of(period_of(every, date(year, MONTHS[every] * max(part - 1, 0) + 1, 1)))
    return None
