"""Where targets stand on a day: from the readings known by then, through the rules, to what pages and reports say."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction

from directives.models import Indicator, Reading
from directives.rules.adding_up import AddedUp, add_up
from directives.rules.attainment import HUNDRED, Attained, Direction, Verdict, attained, is_met, verdict
from directives.rules.recurrence import Period, period_missed
from directives.rules.trend import Expected, Forecast, Point, Step, expected, forecast, step
from directives.rules.working_days import DAY, HANOI

Readings = Sequence[Reading]


@dataclass(frozen=True)
class Target:
    """All that can be said of a target on a local date. `readings` are those that speak for it, the latest first."""

    indicator: Indicator
    today: date
    readings: tuple[Reading, ...]
    sums: tuple[tuple[date, AddedUp], ...] = ()

    @property
    def latest(self) -> Reading | None:
        """The last reading; None without any."""
        return self.readings[0] if self.readings else None

    @property
    def direction(self) -> Direction:
        """Whether more is better, or less."""
        return Direction(self.indicator.direction)

    @property
    def worth(self) -> Fraction | None:
        """The last figure, in the unit."""
        return self.latest.figure.worth(in_percent=self.indicator.in_percent) if self.latest else None

    @property
    def wanted(self) -> Fraction | None:
        """The target; of what is so many of so many and has none the last denominator."""
        if self.indicator.target is not None:
            return Fraction(self.indicator.target)
        figure = self.latest.figure if self.latest else None
        return figure.whole if figure and figure.is_of and not self.indicator.in_percent else None

    @property
    def attained(self) -> Attained | None:
        """How far the last figure has come, with its parts."""
        if self.latest is None:
            return None
        return attained(
            self.latest.figure,
            self.indicator.target,
            in_percent=self.indicator.in_percent,
            direction=self.direction,
            baseline=self.indicator.baseline,
        )

    @property
    def verdict(self) -> Verdict:
        """Whether it is met, not yet, not at all, or cannot be told."""
        if self.latest is None:
            return Verdict.OPEN
        return verdict(
            self.worth,
            self.wanted,
            as_of=self.latest.as_of,
            due_on=self.indicator.due_on,
            today=self.today,
            direction=self.direction,
            bound=self.latest.figure.bound,
        )

    @property
    def points(self) -> list[Point]:
        """The readings as places on a line, the latest first; of each day the one that holds."""
        found: dict[date, Point] = {}
        for reading in self.readings:
            worth = reading.figure.worth(in_percent=self.indicator.in_percent)
            if worth is not None:
                of = reading.figure.whole if reading.figure.is_of else None
                found.setdefault(reading.as_of, Point(reading.as_of, worth, reading.figure.bound, of))
        return list(found.values())

    @property
    def step(self) -> Step | None:
        """From the last reading but one to the last; None before there are two."""
        points = self.points
        return step(points[1], points[0], direction=self.direction) if len(points) > 1 else None

    @property
    def start(self) -> Point | None:
        """Where the way to the target begins: at the dated baseline, else at the first reading."""
        if self.indicator.baseline is not None and self.indicator.baseline_on is not None:
            return Point(self.indicator.baseline_on, Fraction(self.indicator.baseline))
        points = self.points
        return points[-1] if points else None

    @property
    def starts_at_baseline(self) -> bool:
        """Whether that is the baseline."""
        return self.indicator.baseline is not None and self.indicator.baseline_on is not None

    @property
    def expected(self) -> Expected | None:
        """What an even way has reached today; None without a target, its day, or a place to begin."""
        if self.start is None or self.wanted is None or self.indicator.due_on is None:
            return None
        return expected(self.today, start=self.start, target=self.wanted, due_on=self.indicator.due_on)

    @property
    def is_behind(self) -> bool | None:
        """Whether the last figure lies behind what an even way had reached on its own day; None if nobody can say."""
        if self.expected is None or self.latest is None or self.worth is None or self.start is None:
            return None
        then = expected(self.latest.as_of, start=self.start, target=self.expected.target, due_on=self.expected.due_on)
        if then is None:
            return None
        ahead = is_met(self.worth, then.value, direction=self.direction, bound=self.latest.figure.bound)
        return None if ahead is None else not ahead

    @property
    def forecast(self) -> Forecast | None:
        """Where the readings' own pace leads by the target's day; None once it is over, and with too few readings."""
        due_on = self.indicator.due_on
        if self.wanted is None or due_on is None or due_on < self.today:
            return None
        within = (0, HUNDRED) if self.indicator.in_percent else None
        return forecast(self.points, target=self.wanted, due_on=due_on, direction=self.direction, within=within)

    @property
    def awaited(self) -> Period | None:
        """The last period that is over and has no figure, by how often one is given; None where none is missing."""
        if self.indicator.every is None:
            return None
        return period_missed(self.indicator.every, last=self.latest.as_of if self.latest else None, today=self.today)

    @property
    def warnings(self) -> list[tuple[date, AddedUp]]:
        """The days on which the parts do not add up to the total, or one of them has no figure."""
        return [(day, found) for day, found in self.sums if not found.agrees and (found.missing or found.disagreements)]


def targets(indicators: Iterable[Indicator], *, today: date) -> dict[int, Target]:
    """Where each stands, by id; two queries for any number of them."""
    wanted = list(indicators)
    parts: dict[int, list[Indicator]] = {}
    for part in Indicator.objects.filter(part_of__in=wanted).order_by("code", "pk"):
        parts.setdefault(part.part_of_id or 0, []).append(part)
    everybody = {one.pk for one in wanted} | {part.pk for below in parts.values() for part in below}
    read = _read(everybody, today)
    return {
        one.pk: Target(one, today, tuple(read.get(one.pk, ())), tuple(_sums(one, parts.get(one.pk, []), read)))
        for one in wanted
    }


def _read(indicators: set[int], today: date) -> Mapping[int, Readings]:
    """What was known of them at the end of the local date `today`: entered by then, and verified by then."""
    end = datetime.combine(today + DAY, time(), HANOI)
    rows = Reading.objects.of_all().filter(indicator__in=indicators, as_of__lte=today, at__lt=end)
    found: dict[int, list[Reading]] = {}
    for row in rows.select_related("agency", "by", "verified_by").order_by("-as_of", "-pk"):
        found.setdefault(row.indicator_id, []).append(as_known(row, end))
    return found


def as_known(reading: Reading, end: datetime) -> Reading:
    """A reading as it was known before `end`: what was verified later is not verified yet. It is not to be saved."""
    if reading.verified_at is not None and reading.verified_at >= end:
        reading.verified_by, reading.verified_at, reading.reason = None, None, ""
        reading.verified_value = reading.verified_numerator = reading.verified_denominator = None
        reading.verified_bound = ""
    return reading


def _sums(total: Indicator, parts: Sequence[Indicator], read: Mapping[int, Readings]) -> Iterable[tuple[date, AddedUp]]:
    """Total and parts of each day on which the total was read, the latest first."""
    if not parts:
        return
    by_day = {part.pk: _by_day(read.get(part.pk, ())) for part in parts}
    named = Counter(part.name for part in parts)
    names = {part.pk: part.name if named[part.name] == 1 else f"{part.name} ({part.code})" for part in parts}
    for day, reading in _by_day(read.get(total.pk, ())).items():
        of_day = {names[part.pk]: there.figure if (there := by_day[part.pk].get(day)) else None for part in parts}
        yield day, add_up(reading.figure, of_day, in_percent=total.in_percent)


def _by_day(readings: Readings) -> dict[date, Reading]:
    """Of each day the reading that holds: the one entered last."""
    found: dict[date, Reading] = {}
    for reading in readings:
        found.setdefault(reading.as_of, reading)
    return found
