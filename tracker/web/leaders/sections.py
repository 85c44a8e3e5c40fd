"""The parts of the leaders' page: the cells, what is overdue by notice, agency and field, its age, and the months."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Agency, Committee
from directives.figures import Ageing, By, Cells, Part, totals_by
from directives.models import Notice
from tracker.charts import Column, Columns, Piece, bar, columns, length
from tracker.printed import plain
from tracker.web.leaders.asked import Asked
from tracker.web.leaders.words import AGES, CELLS, NO_FIELD, WAYS, Number, Numbers

# What a page draws: the rest is one step away.
TOP = 8
ROWS = 20
MONTHS = 12
BAR = 1000, 56
TREND = 720, 420
# A figure of a label, and what is left free around it, in units of the bar.
FIGURE, FREE = 22, 16


@dataclass(frozen=True)
class Line:
    """An agency, committee, notice or field: its name, its own page if it has one, its numbers, and its bar."""

    name: str
    note: str
    address: str
    numbers: Numbers
    bar: int


class Lines:
    """All of one kind, most overdue first; names are read for those alone that are shown."""

    def __init__(self, asked: Asked, by: By, found: Mapping[Any, Cells]) -> None:
        self.asked, self.by = asked, by
        self.what, self.title, self.overdue_title = WAYS[by]
        counted = [(key, cells) for key, cells in found.items() if cells.total or cells.coordinating]
        self._order = sorted(counted, key=lambda one: (-one[1].open_overdue, -one[1].total, str(one[0])))

    @classmethod
    def of(cls, asked: Asked, by: By) -> "Lines":
        """All that have any work, with all their cells; one query."""
        return cls(asked, by, totals_by(asked.scope, by, asked.as_of))

    @classmethod
    def late_of(cls, asked: Asked, by: By, found: Mapping[Any, int]) -> "Lines":
        """Those that have anything overdue, with that cell alone."""
        return cls(asked, by, {key: Cells(open_overdue=many) for key, many in found.items()})

    def __len__(self) -> int:
        return len(self._order)

    @property
    def address(self) -> str:
        """Of the page with all of them."""
        return self.asked.address("figures_by", self.by.name.lower())

    @property
    def address_late(self) -> str:
        """Of the page with those that have anything overdue."""
        return self.asked.address("figures_by", self.by.name.lower(), only="overdue")

    @cached_property
    def first(self) -> list[Line]:
        """Those that the page shows whole."""
        return self.between(0, ROWS)

    @cached_property
    def late(self) -> list[Line]:
        """Those with most that is overdue."""
        return [line for line in self.between(0, TOP) if line.numbers.cells.open_overdue]

    @property
    def many_late(self) -> int:
        """How many have anything overdue."""
        return sum(1 for _key, cells in self._order if cells.open_overdue)

    @property
    def more_late(self) -> bool:
        """Whether more have something overdue than are shown."""
        return self.many_late > TOP

    @property
    def more(self) -> bool:
        """Whether there are more than are shown."""
        return len(self) > ROWS

    def between(self, begin: int, end: int) -> list[Line]:
        """Those from one place to another; one query at most."""
        chosen = self._order[begin:end]
        most = self._order[0][1].open_overdue if self._order else 0
        things = self._things([key for key, _cells in chosen])
        return [self._line(things.get(key, key), cells, most) for key, cells in chosen]

    def _things(self, keys: list[Any]) -> dict[Any, Any]:
        rows: dict[By, QuerySet] = {
            By.AGENCY: Agency.objects.all(),
            By.COMMITTEE: Committee.objects.all(),
            By.NOTICE: Notice.objects.defer("text"),
        }
        return dict(rows[self.by].in_bulk(keys)) if keys and self.by in rows else {}

    def _line(self, thing: Any, cells: Cells, most: int) -> Line:
        name, note, address, narrowed = self._told(thing)
        return Line(name, note, address, Numbers(cells, self.asked, narrowed), length(cells.open_overdue, most))

    def _told(self, thing: Any) -> tuple[str, str, str, dict[str, Any]]:
        """Its name, what stands beside that, where its page lies, and what narrows rows to it."""
        if self.by is By.FIELD:
            return str(thing or NO_FIELD), "", "", {"field": thing}
        if self.by is By.NOTICE:
            page = reverse("notice", args=[thing.uuid]) if self.asked.sees_notices else ""
            return thing.reference or thing.subject, thing.subject, page, {"notice": thing.uuid}
        if self.by is By.COMMITTEE:
            narrowed = {"committee": thing.uuid}
            return thing.name, "", self.asked.address(**narrowed), narrowed
        if self.asked.handed_down:
            page = self.asked.address(agency=thing.uuid, handed_down="")
            return thing.name, "", page, {"unit": thing.uuid}
        return thing.name, "", self.asked.address(agency=thing.uuid), {"agency": thing.uuid}


@dataclass(frozen=True)
class Label:
    """The number that stands on a part of the bar, and the plate behind it."""

    words: str
    middle: int
    width: int

    @property
    def left(self) -> int:
        """Where the plate begins."""
        return self.middle - self.width // 2


@dataclass(frozen=True)
class Month:
    """The end of a month, or the day asked for in the last one."""

    label: str
    on: date
    numbers: Numbers


class Trend:
    """The cells at the end of each month, drawn as columns and told as a table."""

    def __init__(self, asked: Asked, months: list[tuple[date, Cells]]) -> None:
        self.months = [
            Month(f"{on:%m/%y}", on, Numbers(cells, asked, {"as_of": "" if on == asked.desk.today else on.isoformat()}))
            for on, cells in months
        ]
        self.width, self.height = TREND

    @cached_property
    def drawn(self) -> Columns:
        """The columns, from left to right."""
        series = [[(part.value, getattr(month.numbers.cells, part)) for part in CELLS] for month in self.months]
        return columns(series, left=84, top=34, right=self.width, bottom=self.height - 36)

    @property
    def columns(self) -> list[tuple[Month, Column, int]]:
        """Each month with its column, and where the number above that stands."""
        return [(month, one, one.top - 8) for month, one in zip(self.months, self.drawn.columns, strict=True)]

    @property
    def ticks(self) -> list[tuple[str, int]]:
        """The numbers at the lines, and where those lie."""
        return [(plain(Decimal(tick.value)), tick.y) for tick in self.drawn.ticks]

    @property
    def foot(self) -> int:
        """Where the names of the months stand."""
        return self.height - 6

    @property
    def latest_first(self) -> list[Month]:
        """As the table tells them."""
        return self.months[::-1]


@dataclass(frozen=True)
class Aged:
    """What is overdue for so long, and its bar."""

    words: Any
    number: Number
    bar: int


def aged(asked: Asked, found: Ageing) -> list[Aged]:
    """What is overdue by its age, the youngest first."""
    most = max(getattr(found, age) for age in AGES)
    lines = []
    for age, words in AGES.items():
        many = getattr(found, age)
        address = asked.address("figure_rows", cell=Part.OPEN_OVERDUE, age=age) if many else ""
        lines.append(Aged(words, Number(many, address), length(many, most)))
    return lines


@dataclass(frozen=True)
class Standing:
    """The cells as one bar."""

    numbers: Numbers

    @property
    def pieces(self) -> list[Piece]:
        """The parts of the bar, from left to right."""
        parts = [(part.value, getattr(self.numbers.cells, part)) for part in CELLS]
        return bar(parts, width=BAR[0], height=BAR[1])

    @property
    def labels(self) -> list[Label]:
        """The numbers on the parts that have room for one."""
        found = [(piece, plain(Decimal(piece.value))) for piece in self.pieces]
        labels = [(piece, Label(words, piece.middle, FIGURE * len(words) + FREE)) for piece, words in found]
        return [label for piece, label in labels if label.width + FREE <= piece.width]

    @property
    def told(self) -> list[tuple[str, Any, Any]]:
        """Each cell: its name, its words, its share of the total."""
        return [(part.value, words, self.numbers.share_of_total(part)) for part, words in CELLS.items()]
