"""How figures are said: the words of the cells, numbers that lead to their rows, shares with their parts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from directives.figures import Age, By, Cells, Part
from directives.rules.attainment import share
from tracker.counted import counted
from tracker.printed import percent_of, plain
from tracker.web.leaders.asked import Asked

# In the order in which they are drawn and told.
CELLS: dict[Part, str | Promise] = {
    Part.DONE_ON_TIME: _("Done on time"),
    Part.DONE_LATE: _("Done late"),
    Part.OPEN_IN_TIME: _("Open, in time"),
    Part.OPEN_OVERDUE: _("Open, overdue"),
    Part.UNDATED: _("Undated"),
}
PARTS: dict[Part, str | Promise] = {
    Part.TOTAL: _("Total"),
    Part.DATED: _("With a deadline"),
    Part.DONE: _("Done"),
    Part.OPEN: _("Not done yet"),
    **CELLS,
    Part.SUSPENDED: _("Suspended"),
    Part.COORDINATING: _("Coordinating"),
    Part.OWED: _("Past its deadline and still worked on"),
    Part.AT_WORK: _("Worked on"),
    Part.STALE: _("Worked on, and not reported on for more than 7 days"),
    Part.ANSWERING: _("All that is asked"),
    Part.FINISHED: _("Done"),
    Part.MISSING: _("Missing"),
}
AGES: dict[Age, str | Promise] = {
    Age.UP_TO_30: _("30 days or less"),
    Age.UP_TO_60: _("31 to 60 days"),
    Age.UP_TO_120: _("61 to 120 days"),
    Age.MORE: _("More than 120 days"),
}
# What one of them is, all of them with their figures, and where most is overdue.
WAYS: dict[By, tuple[str | Promise, str | Promise, str | Promise]] = {
    By.AGENCY: (_("Agency"), _("By agency"), _("Overdue by agency")),
    By.COMMITTEE: (_("Committee"), _("By committee"), _("Overdue by committee")),
    By.NOTICE: (_("Notice"), _("By notice"), _("Overdue by notice")),
    By.FIELD: (_("Field"), _("By field"), _("Overdue by field")),
}
NO_FIELD = _("No field named")


@dataclass(frozen=True)
class Number:
    """How many, and the address of the rows that it counts; none where there are none."""

    value: int
    address: str

    def __str__(self) -> str:
        return plain(Decimal(self.value))

    @property
    def link(self) -> SafeString:
        """As it stands on the page."""
        return counted(self.value, self.address)


@dataclass(frozen=True)
class Share:
    """So many of so many, and the percentage that follows; it is never shown without them."""

    part: Number
    whole: Number

    @property
    def percent(self) -> str:
        """'71,75 %' in the reader's language; nothing where there is nothing to be a share of."""
        return percent_of(share(self.part.value, self.whole.value))

    @property
    def told(self) -> SafeString:
        """As it stands on the page: both numbers, and the percentage behind them."""
        both = format_html('{}<span class="of">/{}</span>', self.part.link, self.whole.link)
        found = self.percent
        return format_html('{} <span class="percent">= {}</span>', both, found) if found else both


@dataclass(frozen=True)
class Numbers:
    """The cells of something, each as a number that leads to its rows."""

    cells: Cells
    asked: Asked
    narrowed: dict[str, Any]

    def of(self, part: Part, **more: Any) -> Number:
        """One of them."""
        value = getattr(self.cells, part)
        address = self.asked.address("figure_rows", cell=part, **{**self.narrowed, **more}) if value else ""
        return Number(value, address)

    @property
    def named(self) -> list[tuple[Any, Number]]:
        """The five that make the total, in their order, each with its words."""
        return [(words, self.of(part)) for part, words in CELLS.items()]

    def share_of_total(self, part: Part) -> Share:
        """A cell of the total."""
        return Share(self.of(part), self.total)

    @property
    def total(self) -> Number:
        """All that is counted."""
        return self.of(Part.TOTAL)

    @property
    def overdue(self) -> Number:
        """Open and overdue."""
        return self.of(Part.OPEN_OVERDUE)

    @property
    def suspended(self) -> Number:
        """What of the total rests."""
        return self.of(Part.SUSPENDED)

    @property
    def coordinating(self) -> Number:
        """What stands beside the total."""
        return self.of(Part.COORDINATING)

    @property
    def done(self) -> Share:
        """Done, of all that has a deadline."""
        return Share(self.of(Part.DONE), self.of(Part.DATED))

    @property
    def in_time(self) -> Share:
        """Done in time, of all that is done and has a deadline."""
        return Share(self.of(Part.DONE_ON_TIME), self.of(Part.DONE))

    @property
    def late(self) -> Share:
        """Open and overdue, of all that has a deadline."""
        return Share(self.overdue, self.of(Part.DATED))
