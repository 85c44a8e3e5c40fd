"""Attainment: how far a figure has come towards its target, in exact arithmetic.

Figures are decimals as printed; shares are fractions (1 is the whole), rounded only when they are
shown. A figure may be known only as a bound: "hơn 97 %" is at least 97.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Number = Decimal | int
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
    scaled = abs(part) * HUNDRED * 10**places
    rounded = int(scaled + Fraction(1, 2))
    return Decimal(rounded if part >= 0 else -rounded).scaleb(-places)


def gap(parts: Sequence[Number], total: Number) -> Decimal:
    """What the parts lack of the total; negative where they exceed it, 0 where they reconcile.

    Exact for figures of up to 18 digits, which is what is stored.
    """
    return Decimal(total) - sum((Decimal(part) for part in parts), Decimal(0))
