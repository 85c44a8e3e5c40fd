"""Where the figures of a target go: from one reading to the next, by the straight line to it, and by their own pace.

All is exact (fractions); a figure that is known only as a bound says what it can and nothing more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from directives.rules.attainment import Bound, Direction, Number, is_met

# Readings on different days without which a pace is not spoken of.
FEWEST = 3


@dataclass(frozen=True)
class Point:
    """A figure, in the unit of its indicator, as of a local date; `of` is its denominator, where it has one."""

    on: date
    value: Fraction
    bound: Bound = Bound.EXACT
    of: Fraction | None = None


class Way(StrEnum):
    """Which way the figure went, seen from the target."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    OPEN = "open"  # the bounds leave it open


@dataclass(frozen=True)
class Step:
    """From a reading to the next: the difference (None where the bounds leave it open) and the way it went."""

    since: date
    difference: Fraction | None
    bound: Bound
    way: Way
    was_of: Fraction | None = None
    is_of: Fraction | None = None

    @property
    def other_whole(self) -> bool:
        """Whether the denominator is another than before, so that the figures are not of the same things."""
        return self.was_of is not None and self.is_of is not None and self.was_of != self.is_of


def step(before: Point, after: Point, *, direction: Direction = Direction.UP) -> Step:
    """What changed between two readings of a target."""
    difference = after.value - before.value
    bound = _bound_of(before.bound, after.bound)
    return Step(
        since=before.on,
        difference=None if bound is None else difference,
        bound=bound or Bound.EXACT,
        way=_way(difference, bound, direction),
        was_of=before.of,
        is_of=after.of,
    )


def _bound_of(before: Bound, after: Bound) -> Bound | None:
    """How the difference is known: more is at least as much more where the later figure is at least, the earlier at
    most; None where it can be anything."""
    least = before is not Bound.AT_LEAST and after is not Bound.AT_MOST
    most = before is not Bound.AT_MOST and after is not Bound.AT_LEAST
    if least and most:
        return Bound.EXACT
    if least:
        return Bound.AT_LEAST
    return Bound.AT_MOST if most else None


def _way(difference: Fraction, bound: Bound | None, direction: Direction) -> Way:
    if bound is Bound.EXACT and difference == 0:
        return Way.SAME
    rises = difference > 0 and bound in (Bound.EXACT, Bound.AT_LEAST)
    falls = difference < 0 and bound in (Bound.EXACT, Bound.AT_MOST)
    if not rises and not falls:
        return Way.OPEN
    return Way.BETTER if rises == (direction is Direction.UP) else Way.WORSE


@dataclass(frozen=True)
class Expected:
    """The figure that a straight line has reached on a day, and where that line begins and ends."""

    value: Fraction
    start: Point
    target: Fraction
    due_on: date


def expected(day: date, *, start: Point, target: Number, due_on: date) -> Expected | None:
    """What should be reached on a local date if the way from `start` to the target is walked evenly, day by day.

    After the target's date it is the target; None before the start, and where no day lies between start and target.
    """
    if day < start.on or due_on <= start.on:
        return None
    gone = Fraction((min(day, due_on) - start.on).days, (due_on - start.on).days)
    value = start.value + (Fraction(target) - start.value) * gone
    return Expected(value=value, start=start, target=Fraction(target), due_on=due_on)


@dataclass(frozen=True)
class Forecast:
    """What the readings' own pace leads to on the target's date, and on which day it reaches the target, if ever.

    `pace` is in units for a day. `readings` says on how many it rests.
    """

    value: Fraction
    misses: bool
    reached_on: date | None
    pace: Fraction
    readings: int


def forecast(
    points: Sequence[Point],
    *,
    target: Number,
    due_on: date,
    direction: Direction = Direction.UP,
    within: tuple[Number, Number] | None = None,
) -> Forecast | None:
    """The line that lies nearest to all exact readings (least squares), carried on to the target's date.

    None with fewer than `FEWEST` readings on different days, and once there is one of the target's date or later.
    Bounds are left out: nobody knows where in them the figure lies. `within`: what the figure can be at all, as 0 to
    100 per cent.
    """
    exact = {point.on: point for point in sorted(points, key=lambda one: one.on) if point.bound is Bound.EXACT}
    if len(exact) < FEWEST or any(point.on >= due_on for point in points):
        return None
    middle, height, pace = _line(list(exact.values()))
    value = height + pace * (due_on.toordinal() - middle)
    if within is not None:
        value = min(max(value, Fraction(within[0])), Fraction(within[1]))
    return Forecast(
        value=value,
        misses=not is_met(value, target, direction=direction),
        reached_on=_reached(Fraction(target), middle, height, pace, direction, after=max(exact)),
        pace=pace,
        readings=len(exact),
    )


def _line(points: Sequence[Point]) -> tuple[Fraction, Fraction, Fraction]:
    """The middle day, the line's height there, and its slope for a day."""
    many = len(points)
    middle = Fraction(sum(point.on.toordinal() for point in points), many)
    height = sum((point.value for point in points), Fraction(0)) / many
    spread = sum(((point.on.toordinal() - middle) ** 2 for point in points), Fraction(0))
    along = sum(((point.on.toordinal() - middle) * (point.value - height) for point in points), Fraction(0))
    return middle, height, along / spread


def _reached(
    target: Fraction, middle: Fraction, height: Fraction, pace: Fraction, direction: Direction, *, after: date
) -> date | None:
    """The first day after the last reading on which the line is at the target or past it; None if never."""
    now = height + pace * (after.toordinal() - middle)
    if is_met(now, target, direction=direction):
        return after
    if pace == 0 or (pace > 0) != (direction is Direction.UP):
        return None
    days = -((now - target) // -abs(pace)) if direction is Direction.DOWN else -((target - now) // -abs(pace))
    last = date.max.toordinal() - after.toordinal()
    return after + timedelta(int(days)) if days <= last else None
