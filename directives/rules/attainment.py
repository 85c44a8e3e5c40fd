"""Attainment: how far a figure has come towards its target, in exact arithmetic.

Figures are decimals as printed; shares are fractions (1 is the whole), rounded only when they are
shown. A figure may be known only as a bound: "hơn 97 %" is at least 97.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Number = Decimal | Fraction | int
HUNDRED = 100


class Direction(StrEnum):
    """Whether a target is to be reached from below or from above."""

    UP = "up"
    DOWN = "down"


class Bound(StrEnum):
    """How a figure was given: as it is, or only its least or greatest value."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


def share(numerator: Number, denominator: Number) -> Fraction | None:
    """`numerator` of `denominator`, 41 of 72; None where there is nothing to be a share of."""
    return Fraction(numerator) / Fraction(denominator) if denominator else None


def is_met(
    value: Number, target: Number, *, direction: Direction = Direction.UP, bound: Bound = Bound.EXACT
) -> bool | None:
    """Whether the target is reached; None where the bound leaves it open ("hơn 97" for a target of 100)."""
    reached = value >= target if direction is Direction.UP else value <= target
    surely_reached = Bound.AT_LEAST if direction is Direction.UP else Bound.AT_MOST
    if bound is Bound.EXACT:
        return reached
    if bound is surely_reached:
        return True if reached else None
    # The figure is no better than this: missed for certain, or open.
    return None if reached else False


def attainment(
    value: Number, target: Number, *, direction: Direction = Direction.UP, baseline: Number | None = None
) -> Fraction | None:
    """The share of the way to the target that is covered; below 0 where the figure went the wrong way.

    With a baseline the way begins there: from 40 to 80, a figure of 60 is one half. Without one it
    begins at nothing, and a target to be reached from above is met in full by any figure not above
    it, else by the share target / value. None where there is no way: the baseline is the target, or
    the target is 0 and to be reached from below.
    """
    if baseline is not None:
        way = Fraction(target) - Fraction(baseline)
        return (Fraction(value) - Fraction(baseline)) / way if way else None
    if direction is Direction.UP:
        return share(value, target)
    return Fraction(1) if value <= target else share(target, value)


def percent(part: Fraction, places: int = 2) -> Decimal:
    """A share as a percentage rounded half up to `places` decimals, as official reports print it."""
    return rounded(part * HUNDRED, places)


def rounded(number: Fraction, places: int = 4) -> Decimal:
    """A figure rounded half up to `places` decimals; four are all that is kept of one."""
    whole = int(abs(number) * 10**places + Fraction(1, 2))
    return Decimal(whole if number >= 0 else -whole).scaleb(-places)


def gap(parts: Sequence[Decimal | int], total: Decimal | int) -> Decimal:
    """What the parts lack of the total; negative where they exceed it, 0 where they reconcile.

    Exact for figures of up to 18 digits, which is what is stored.
    """
    return Decimal(total) - sum((Decimal(part) for part in parts), Decimal(0))


@dataclass(frozen=True)
class Figure:
    """What a reading says: a value, or so many (`numerator`) of so many (`denominator`).

    The bound is of the value or of the numerator: "hơn 900/3.000" is at least 900 of just 3,000.
    """

    value: Number | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    bound: Bound = Bound.EXACT

    @property
    def is_of(self) -> bool:
        """Whether it is so many of so many."""
        return self.numerator is not None and bool(self.denominator)

    def worth(self, *, in_percent: bool) -> Fraction | None:
        """The figure in the unit of its indicator: 41 of 72 criteria is 41, of an indicator in per cent 56,94…

        None where nothing is said.
        """
        if self.value is not None:
            return Fraction(self.value)
        if not self.is_of:
            return None
        counted = Fraction(self.numerator or 0)
        return counted * HUNDRED / Fraction(self.denominator or 1) if in_percent else counted

    @property
    def whole(self) -> Fraction | None:
        """Of how many it speaks: the denominator, else the value."""
        if self.is_of:
            return Fraction(self.denominator or 0)
        return None if self.value is None else Fraction(self.value)


class Verdict(StrEnum):
    """What can be said of a target today."""

    MET = "met"
    NOT_YET = "not_yet"  # and its day has not come
    NOT_MET = "not_met"
    OPEN = "open"  # it cannot be told


@dataclass(frozen=True)
class Attained:
    """How far a figure has come: `covered` of the `way`, both in the unit; the share of them is the attainment.

    `bound` is the share's: a figure of at least 97 has come at least so far where more is better, at most so far where
    less is.
    """

    covered: Fraction
    way: Fraction
    share: Fraction
    bound: Bound


def attained(
    figure: Figure,
    target: Number | None,
    *,
    in_percent: bool,
    direction: Direction = Direction.UP,
    baseline: Number | None = None,
) -> Attained | None:
    """The attainment with its parts; None where nothing can be said.

    Without a target, what is so many of so many is measured by its own denominator, as that stood on its day.
    """
    if target is None and figure.is_of and not in_percent:
        target = figure.denominator
    value = figure.worth(in_percent=in_percent)
    if value is None or target is None:
        return None
    part = attainment(value, target, direction=direction, baseline=baseline)
    if part is None:
        return None
    begun = Fraction(baseline or 0)
    way = Fraction(target) - begun
    upwards = way > 0 if baseline is not None else direction is Direction.UP
    bound = figure.bound if upwards else _TURNED[figure.bound]
    return Attained(covered=value - begun, way=way, share=part, bound=bound)


_TURNED = {Bound.EXACT: Bound.EXACT, Bound.AT_LEAST: Bound.AT_MOST, Bound.AT_MOST: Bound.AT_LEAST}


def verdict(
    value: Number | None,
    target: Number | None,
    *,
    as_of: date | None,
    due_on: date | None,
    today: date,
    direction: Direction = Direction.UP,
    bound: Bound = Bound.EXACT,
) -> Verdict:
    """Whether the target is met by the figure of the local date `as_of`, as one knows on the local date `today`.

    A figure that missed it before its day says nothing of that day: once the day is over without a later one, it cannot
    be told. So it is where a bound leaves it open, and where there is no figure or no target.
    """
    if value is None or target is None or as_of is None:
        return Verdict.OPEN
    met = is_met(value, target, direction=direction, bound=bound)
    if met is None:
        return Verdict.OPEN
    if met:
        return Verdict.MET
    if due_on is not None and as_of >= due_on:
        return Verdict.NOT_MET
    return Verdict.NOT_YET if due_on is None or today <= due_on else Verdict.OPEN
