"""What a paper holds, whatever file it becomes; the parts and their order are those of Decree 30/2020, annex I."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import chain, islice

from directives.rules.refusals import N_, Invalid
from tracker.papers.drawing import Drawing

KINDS = ("docx", "pdf", "xlsx")  # of files, in the order in which they are offered
MOST_LINES = 10_000  # of a table on paper: some 2,000 pages; docs/benchmarks.md says what they take
MOST_AT_ONCE = 1000  # of a table on paper that somebody waits for
TOO_LONG = N_("A paper holds at most %(limit)s rows. Take the .xlsx, or fewer rows.")


class Kind(StrEnum):
    """What a column holds, and so how it is written, put in order and added up."""

    TEXT = "text"
    WHOLE = "whole"
    DAY = "day"
    SHARE = "share"


@dataclass(frozen=True)
class Share:
    """A percentage with its parts, which are never told apart: 7.892 of 9.831."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """Between 0 and 1, to the hundredth of a percent; None of nothing."""
        return round(self.part / self.whole, 4) if self.whole else None


Leaf = str | int | date | Share | None
# Of a column that is made of several, the value of each.
Cell = Leaf | tuple[Leaf, ...]


@dataclass(frozen=True)
class Column:
    """A column: its head, and how wide it is on paper, in millimetres.

    Where it is made `of` others, they stand below one another in its cell on paper, and beside one another in a sheet.
    """

    head: str
    width: float
    kind: Kind = Kind.TEXT
    of: tuple["Column", ...] = ()
    added_up: bool = False

    @property
    def leaves(self) -> tuple["Column", ...]:
        """The columns of a sheet that it becomes."""
        return self.of or (self,)


@dataclass
class Table:
    """A table. Its rows are read once, from their first to their last; `numbered` gives each its place (STT)."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    title: str = ""
    numbered: bool = True
    # What stands in place of rows where there are none.
    nothing: str = ""
    # How many rows there are at most, where that can be asked before they are read.
    count: Callable[[], int] | None = None
    # Of a list that goes on, how many of its rows stand on paper; a sheet has all of them.
    first: int | None = None
    # What reading them showed: whether there are more than stand on paper, and how many do.
    goes_on: bool = field(default=False, init=False)
    read: int = field(default=0, init=False)
    # What stands below it in smaller letters.
    note: str = ""
    # What a sheet has in its place, where paper says several rows in one.
    in_full: "Table | None" = None

    @property
    def rest(self) -> int:
        """How many rows do not stand on paper, where it shows only the first and somebody counted them."""
        return max(self.count() - self.first, 0) if self.first is not None and self.count else 0

    def most_in(self, form: str) -> int | None:
        """How many of its rows a file of this kind has at the most; None where all of them."""
        return None if form == "xlsx" else self.first

    def lines(self) -> list[Sequence[Cell]]:
        """The rows of a page: all, or the first. Raises Invalid('rows') where they are more than a paper can hold."""
        most = MOST_LINES if self.first is None else self.first
        found = list(islice(self.rows, most + 1))
        if self.first is None and len(found) > most:
            raise Invalid("rows", TOO_LONG, limit=most)
        self.goes_on = len(found) > most
        self.read = min(len(found), most)
        return found[:most]


@dataclass(frozen=True)
class Text:
    """A paragraph of running text."""

    words: str


@dataclass(frozen=True)
class Heading:
    """The head of a section."""

    words: str


@dataclass(frozen=True)
class Chart:
    """A chart: its drawing, what it is called, and what it shows in words, for whoever does not see it."""

    drawing: Drawing
    title: str
    told: str


Part = Text | Heading | Table | Chart


@dataclass(frozen=True)
class Issuer:
    """Whose paper it is: the body, the one above it (or none), and the symbol in which its numbers end."""

    name: str
    above: str = ""
    symbol: str = ""
    place: str = ""


@dataclass(frozen=True)
class Signature:
    """Who signs: in whose name (TM., TL.), by which title; the name is often not known yet."""

    title: str
    authority: str = ""
    name: str = ""


@dataclass
class Annex:
    """What goes with a paper on pages of its own."""

    title: str
    parts: Sequence[Part]
    label: str = ""
    note: str = ""
    landscape: bool = False

    @property
    def shown(self) -> list[Part]:
        """Its parts below its title, which no table says once more."""
        return [
            replace(part, title="") if isinstance(part, Table) and part.title == self.title else part
            for part in self.parts
        ]


@dataclass
class Paper:
    """A paper of an office.

    `kind` is its name (BÁO CÁO); an official letter has none, but says whom it is `to` and what it is about.
    `number` stays empty until the clerk gives one; `file` is the name of its file, without what follows the dot.
    """

    issuer: Issuer
    kind: str
    about: str
    day: date
    file: str
    parts: Sequence[Part]
    symbol: str = ""
    number: str = ""
    to: Sequence[str] = ()
    recipients: Sequence[str] = ()
    signature: Signature | None = None
    annexes: Sequence[Annex] = field(default_factory=tuple)
    landscape: bool = False
    # The body's own form of a kind of file, asked for when that is written; None for the built-in one.
    template: Callable[[str], bytes | None] | None = None

    def tables(self, form: str) -> list[Table]:
        """All tables that a file of this kind has, in their order."""
        every = [*self.parts, *(part for annex in self.annexes for part in annex.parts)]
        found = [part for part in every if isinstance(part, Table)]
        return [table.in_full or table for table in found] if form == "xlsx" else found

    def is_longer_than(self, most: int, form: str) -> bool:
        """Whether a file of this kind has more rows of its tables together. What is read of them for that stands
        before the others again."""
        for table in self.tables(form):
            rows, here = iter(table.rows), table.most_in(form)
            begin = list(islice(rows, most + 1 if here is None else min(here, most + 1)))
            table.rows = chain(begin, rows)
            most -= len(begin)
            if most < 0:
                return True
        return False
