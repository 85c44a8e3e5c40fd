"""Parts beside their total: whether they add up to it, and where not, by how much. As of one day, exact.

2.418 villages of one time and 1.506 of another are the 3.924 of both. Where the total says so many of so many and its
parts only how many there are, they are compared with the whole of the total.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from directives.rules.attainment import Bound, Figure


class Column(StrEnum):
    """What of the figures is added up."""

    NUMERATOR = "numerator"
    WHOLE = "whole"


@dataclass(frozen=True)
class Disagreement:
    """The parts do not add up: together they are `parts`, the total says `total`.

    `bound` is of the parts' sum beside the total: parts of at least so much may be more still, never less.
    """

    column: Column
    total: Fraction
    parts: Fraction
    bound: Bound = Bound.EXACT

    @property
    def lacking(self) -> Fraction:
        """What the parts lack of the total; negative where they exceed it."""
        return self.total - self.parts


@dataclass(frozen=True)
class AddedUp:
    """The sums that disagree, the names of parts without a figure, and whether anything was compared."""

    disagreements: tuple[Disagreement, ...] = ()
    missing: tuple[str, ...] = ()
    compared: bool = False

    @property
    def agrees(self) -> bool:
        """Whether all parts are there and add up."""
        return self.compared and not self.disagreements and not self.missing


def add_up(total: Figure, parts: Mapping[str, Figure | None], *, in_percent: bool = False) -> AddedUp:
    """Compare the parts, by name, with their total of the same day; None: a part without a figure on it.

    While one is missing nothing is compared. Nor are percentages without their numerators and denominators: shares of
    different wholes add up to nothing.
    """
    missing = tuple(name for name, figure in parts.items() if figure is None)
    figures = [figure for figure in parts.values() if figure is not None]
    if missing or not figures:
        return AddedUp(missing=missing)
    all_of = total.is_of and all(figure.is_of for figure in figures)
    if in_percent and not all_of:
        return AddedUp()
    columns = _columns(total, figures, all_of=all_of)
    return AddedUp(disagreements=tuple(one for one in columns if one is not None), compared=True)


def _columns(total: Figure, parts: list[Figure], *, all_of: bool) -> Iterator[Disagreement | None]:
    if all_of:
        counted = sum((Fraction(part.numerator or 0) for part in parts), Fraction(0))
        bounds = [part.bound for part in parts]
        yield _compared(Column.NUMERATOR, Fraction(total.numerator or 0), counted, total.bound, bounds)
    whole = sum((part.whole or Fraction(0) for part in parts), Fraction(0))
    # A denominator is known as it is; only a bare value may be a bound.
    bounds = [Bound.EXACT if part.is_of else part.bound for part in parts]
    bound = Bound.EXACT if total.is_of else total.bound
    yield _compared(Column.WHOLE, total.whole or Fraction(0), whole, bound, bounds)


def _compared(
    column: Column, total: Fraction, parts: Fraction, bound: Bound, bounds: list[Bound]
) -> Disagreement | None:
    """None where total and parts can be the same."""
    found = {bound for bound in bounds if bound is not Bound.EXACT}
    may_be_more = Bound.AT_LEAST in found or bound is Bound.AT_MOST
    may_be_less = Bound.AT_MOST in found or bound is Bound.AT_LEAST
    if parts == total or (parts < total and may_be_more) or (parts > total and may_be_less):
        return None
    return Disagreement(column, total, parts, found.pop() if len(found) == 1 else Bound.EXACT)
