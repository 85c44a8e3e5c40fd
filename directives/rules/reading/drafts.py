"""Drafts: directives in the making, and the heads under which they stand."""

from dataclasses import dataclass, field

from directives.rules.reading.coordinating import Together
from directives.rules.reading.due import Due
from directives.rules.reading.outline import Piece
from directives.rules.reading.references import Reference


@dataclass(frozen=True)
class Place:
    """Letters `start`:`end` of the line of block `block`."""

    block: int
    start: int
    end: int


@dataclass(frozen=True)
class Head:
    """Those to whom what stands below is said, and those with whom; where the words are."""

    depth: float
    references: tuple[Reference, ...]
    together: tuple[Together, ...]
    place: Place
    is_named: bool = False
    together_at: int | None = None


@dataclass
class Draft:
    """A directive in the making: its words from `begin` to `finish`, its addressees and what it says of time.

    `is_unclear`: it begins with a name and holds a task, but was not read as a directive. `of_several`: its deadline
    is said of several; `is_perhaps_dated`: a sentence behind it may date something else;
    `only_helps`: it says that somebody helps, beside one who leads; `is_untimed`: it says by when in words that no
    rule reads.
    """

    begin: Place
    finish: Place
    references: tuple[Reference, ...] = ()
    named: Place | None = None
    is_inherited: bool = False
    is_carried: bool = False
    together: list[tuple[Together, int]] = field(default_factory=list)
    dues: list[tuple[Due, int]] = field(default_factory=list)
    pieces: list[tuple[int, Piece]] = field(default_factory=list)
    shared_due: bool = False
    is_describing: bool = False
    is_unclear: bool = False
    of_several: bool = False
    is_perhaps_dated: bool = False
    is_untimed: bool = False
    only_helps: bool = False


@dataclass
class Assembly:
    """The drafts of a notice, and the blocks that only lead over to others."""

    drafts: list[Draft] = field(default_factory=list)
    chapeaux: set[int] = field(default_factory=set)
    headings: set[int] = field(default_factory=set)
