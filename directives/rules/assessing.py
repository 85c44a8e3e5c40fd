"""Self-assessment by a set of criteria: what counts as reached, and the totals: 41 of 72, 61,5 of 100 points."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from directives.rules.attainment import Direction, Number, is_met, share


class Kind(StrEnum):
    """How a criterion is answered."""

    YES_NO = "yes_no"
    SCORED = "scored"
    INDICATOR = "indicator"


@dataclass(frozen=True)
class Asked:
    """What a criterion asks for. Yes is 1 and no is 0.

    Of a scored one `full` are all the points and `enough` those from which it counts as reached (None: all); of an
    indicator it is its target.
    """

    kind: Kind
    full: Number | None = None
    enough: Number | None = None
    target: Number | None = None
    direction: Direction = Direction.UP


def can_be(asked: Asked, given: Number) -> bool:
    """Whether the criterion can be answered so."""
    if asked.kind is Kind.YES_NO:
        return given in (0, 1)
    return asked.kind is Kind.INDICATOR or 0 <= given <= (asked.full or 0)


def is_reached(asked: Asked, given: Number | None) -> bool | None:
    """Whether the criterion is reached; None where nothing is given, or the indicator has no target."""
    if given is None:
        return None
    if asked.kind is Kind.YES_NO:
        return given == 1
    if asked.kind is Kind.SCORED:
        enough = asked.full if asked.enough is None else asked.enough
        return None if enough is None else given >= enough
    return None if asked.target is None else is_met(given, asked.target, direction=asked.direction)


@dataclass(frozen=True)
class Tally:
    """How many criteria are reached, missed and open (not answered, or without a target), and the points."""

    reached: int = 0
    missed: int = 0
    open: int = 0
    points: Fraction = Fraction(0)
    full: Fraction = Fraction(0)

    @property
    def total(self) -> int:
        """All criteria: reached, missed and open."""
        return self.reached + self.missed + self.open

    @property
    def share(self) -> Fraction | None:
        """Reached of all; None of an empty set."""
        return share(self.reached, self.total)


def tally(answers: Iterable[tuple[Asked, Number | None]]) -> Tally:
    """The totals of what is given for each criterion."""
    reached = missed = left = 0
    points = full = Fraction(0)
    for asked, given in answers:
        said = is_reached(asked, given)
        reached, missed, left = reached + (said is True), missed + (said is False), left + (said is None)
        if asked.kind is Kind.SCORED:
            points, full = points + Fraction(given or 0), full + Fraction(asked.full or 0)
    return Tally(reached, missed, left, points, full)
