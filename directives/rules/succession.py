"""When agencies merge: which open work passes to the successor, which joins other work, and which a person decides.

An agency that comes to hold two parts of one directive keeps the weightiest, as when a notice is issued.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from directives.rules.lifecycle import OPEN, State

PRECEDENCE = ("lead", "share", "coordinating")


class Fate(StrEnum):
    """What becomes of one part when its agency's work passes on."""

    MOVED = "moved"  # to the successor, as it is
    JOINED = "joined"  # the successor does the same, or more, in another part: this one ends
    LEFT = "left"  # nobody may decide it by rule: it stays, and is shown


@dataclass(frozen=True)
class Holding:
    """One live part of a directive that a merging agency, or their successor, holds."""

    key: int
    duty: Hashable  # directive and period
    role: str
    state: str
    of_successor: bool


def fates(holdings: Iterable[Holding]) -> dict[int, Fate]:
    """By key, what becomes of each open part; a part that stays as it is with the successor has none.

    What the successor has done already takes nothing in, and what waits for verification is not ended: such work is
    LEFT where the same part cannot be held twice.
    """
    duties: dict[Hashable, list[Holding]] = defaultdict(list)
    for holding in holdings:
        duties[holding.duty].append(holding)
    return {key: fate for held in duties.values() for key, fate in _of_one(held).items()}


def _of_one(held: list[Holding]) -> dict[int, Fate]:
    finished = {holding.role for holding in held if holding.of_successor and holding.state not in OPEN}
    taken: set[str] = set(finished)
    found: dict[int, Fate] = {}
    kept = False
    for holding in sorted((holding for holding in held if holding.state in OPEN), key=_weight):
        if not holding.of_successor and holding.role in finished:
            found[holding.key] = Fate.LEFT
        elif kept and holding.state != State.HANDED_IN:
            found[holding.key] = Fate.JOINED
        elif not holding.of_successor:
            found[holding.key] = Fate.LEFT if holding.role in taken else Fate.MOVED
            taken.add(holding.role)
        else:
            taken.add(holding.role)
        kept = kept or holding.key not in found or found[holding.key] == Fate.MOVED
    return found


def _weight(holding: Holding) -> tuple[int, bool, int]:
    """The weightiest part first, of equal ones the successor's own, then the older."""
    return PRECEDENCE.index(holding.role), not holding.of_successor, holding.key
