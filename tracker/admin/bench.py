"""The split view of a draft: its paragraphs on the left, what belongs to the chosen one on the right."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.agencies import members_of
from accounts.models import Agency, AgencyGroup
from directives.models import Addressee, Directive, HandledAs, Notice, Paragraph
from tracker.admin.checking import Check, checks_of
from tracker.admin.drafts import steps_of
from tracker.admin.proposed import Card, Piece, cards_of, pieces
from tracker.admin.six_points import hints, with_addressees

OPEN = "open"
OVERVIEW = "all"
ID_ENDS = 18  # digits: no id has so many
SENTENCE_ENDS = re.compile(r"(?<=[.;:!?])\s+(?=\S)|\n+(?=\S)")
HEADING_WORDS = 25  # more than these are read, even above other paragraphs
FIRST_WORDS = 60  # letters of a sentence that are shown where a cut is offered


@dataclass
class Line:
    """A directive with what it leaves open of the 6 rõ, and the members of the groups that it names."""

    directive: Directive
    hints: list[tuple[str, str]]
    addressees: list[tuple[Addressee, list[Agency]]]


@dataclass
class Row:
    """A paragraph with its directives, and with what is proposed of it."""

    paragraph: Paragraph
    lines: list[Line] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    is_quoted: bool = False  # by a directive of a paragraph before, whose sentence goes on here
    leads_over: bool = False  # a heading, or what only introduces the paragraphs below it
    next_ends: int = 0  # where the following paragraph ends, which may be joined with it

    @property
    def key(self) -> str:
        """How it was handled; open, too, with a proposal to decide on, or as a directive which nobody has entered."""
        handled = self.paragraph.handled_as
        not_entered = handled == HandledAs.DIRECTIVE and not self.lines
        return OPEN if handled == HandledAs.UNHANDLED or not_entered or self.open_cards else handled

    @property
    def words(self) -> str:
        """The same in words, with how many directives there are."""
        if self.open_cards:
            return _("Directive proposed")
        if self.key == OPEN and self.proposed:
            return _("Unhandled; proposed: %(mark)s") % {"mark": self.proposed}
        if self.key == OPEN and self.paragraph.handled_as:
            return _("Directive, not entered yet")
        if len(self.lines) > 1:
            return _("%(n)d directives") % {"n": len(self.lines)}
        return str(HandledAs(self.paragraph.handled_as).label)

    @property
    def proposed(self) -> str:
        """What it is, as it was read, where that is no directive."""
        mark = self.paragraph.proposed_as
        return "" if mark in (HandledAs.UNHANDLED, HandledAs.DIRECTIVE) else str(HandledAs(mark).label)

    @property
    def seen(self) -> str:
        """What whoever marks, cuts or joins it has seen of it."""
        return seen_of(self.paragraph, self.next_ends)

    @property
    def open_cards(self) -> list[Card]:
        """The proposals on which nobody has decided."""
        return [card for card in self.cards if card.is_open]

    @property
    def aside(self) -> list[Card]:
        """The proposals that were set aside."""
        return [card for card in self.cards if card.proposal.set_aside]

    def pieces(self) -> list[Piece]:
        """Its words, those apart on which the open proposals rest."""
        row = self.paragraph
        return pieces(row.notice.text, row.start, row.end, [card.proposal for card in self.open_cards])

    def cuts(self) -> list[tuple[int, str]]:
        """Where the paragraph may be cut: before each of its further sentences, by its first words."""
        text, start = self.paragraph.text, self.paragraph.start
        return [
            (start + found.end(), text[found.end() : found.end() + FIRST_WORDS])
            for found in SENTENCE_ENDS.finditer(text.rstrip())
        ]


@dataclass
class Bench:
    """All of it. `chosen` is None on the overview."""

    notice: Notice
    rows: list[Row]
    loose: list[Line]
    chosen: Row | None
    ticked: frozenset[int] | None = None  # proposals by their ids, where somebody ticked them before; else what is sure

    @property
    def open(self) -> list[Row]:
        return [row for row in self.rows if row.key == OPEN]

    @property
    def lines(self) -> list[Line]:
        """The directives of the whole notice in their order."""
        found = [*self.loose, *(line for row in self.rows for line in row.lines)]
        return sorted(found, key=lambda line: line.directive.position)

    @property
    def cards(self) -> list[Card]:
        """The proposals of the whole notice on which nobody has decided."""
        return [card for row in self.rows for card in row.open_cards]

    @property
    def checks(self) -> list[Check]:
        """The same in few words each, the doubtful ones first."""
        return checks_of(self.cards, self.ticked)

    @property
    def others(self) -> list[Row]:
        """What is still to be handled and of which nothing is proposed, but for headings."""
        return [row for row in self.open if not row.open_cards and not row.leads_over]

    @property
    def headings(self) -> list[Row]:
        """What is still to be handled and only leads over to the paragraphs below it."""
        return [row for row in self.open if not row.open_cards and row.leads_over]

    @property
    def sure(self) -> list[Card]:
        return [card for card in self.cards if card.is_sure]

    @property
    def takeable(self) -> bool:
        """Whether one of them can be taken over as it stands."""
        return any(card.is_whole for card in self.cards)

    @property
    def first_open(self) -> Row | None:
        """Where to begin: what was read with doubts, else the first that nobody has handled."""
        rows = self.open
        return next((row for row in rows if row.open_cards), rows[0] if rows else None)

    @property
    def markable(self) -> list[Row]:
        """The paragraphs that can be marked as they are proposed."""
        return [row for row in self.rows if not row.paragraph.handled_as and not row.open_cards and row.proposed]

    @property
    def ticks(self) -> int:
        """How many rows are ticked."""
        return sum(check.is_ticked and check.card.is_whole for check in self.checks)

    @property
    def all_ticked(self) -> bool:
        """Whether every row that can be ticked is."""
        return all(check.is_ticked for check in self.checks if check.card.is_whole)

    def _beside(self, rows: list[Row], step: int) -> Row | None:
        """The nearest of `rows` behind (or before) the chosen one; from the ends it goes round."""
        others = [row for row in rows if row is not self.chosen]
        if self.chosen is None or not others:
            return (others[0] if step > 0 else others[-1]) if others else None
        here = self.chosen.paragraph.position
        ahead = [row for row in others if (row.paragraph.position - here) * step > 0]
        return min(ahead or others, key=lambda row: (row.paragraph.position - here) * step)

    @property
    def next(self) -> Row | None:
        return self._beside(self.rows, 1)

    @property
    def previous(self) -> Row | None:
        return self._beside(self.rows, -1)

    @property
    def next_open(self) -> Row | None:
        return self._beside(self.open, 1)

    @property
    def previous_open(self) -> Row | None:
        return self._beside(self.open, -1)

    @property
    def is_last(self) -> bool:
        return self.chosen is None or self.chosen is self.rows[-1]


def bench_of(notice: Notice, wanted: str | int | None = None) -> Bench:
    """The split view of a draft; a fixed number of queries.

    `wanted` is a paragraph's id, or `OVERVIEW`; else what is to be seen first is chosen.
    """
    rows = [Row(paragraph) for paragraph in notice.paragraphs.order_by("position")]
    by_paragraph = {row.paragraph.pk: row for row in rows}
    loose: list[Line] = []
    cards = cards_of(notice)
    lines = _lines(notice, cards)
    for line in lines:
        mine = by_paragraph.get(line.directive.paragraph_id or 0)
        (mine.lines if mine else loose).append(line)
    for card in cards:
        mine = by_paragraph[card.proposal.paragraph_id]
        card.paragraph = mine.paragraph
        mine.cards.append(card)
    for row in rows:
        row.paragraph.notice = notice  # their words are cut from its text
    for row, following in pairwise(rows):
        row.next_ends = following.paragraph.end
        row.leads_over = _leads_over(row, following)
    for row in rows:
        row.is_quoted = any(_quotes(line.directive, row.paragraph) for line in lines)
    bench = Bench(notice, rows, loose, None)
    if str(wanted).isdigit():
        bench.chosen = by_paragraph.get(int(str(wanted)))
    elif wanted != OVERVIEW:
        bench.chosen = None if bench.sure else next(iter(bench.open), None)
    return bench


def _leads_over(row: Row, following: Row) -> bool:
    """Whether a paragraph is a short line above paragraphs of its own, and was read as no directive."""
    label = row.paragraph.label
    is_above = bool(label) and following.paragraph.label.startswith((f"{label}.", f"{label}¶", f"{label}-"))
    return is_above and bool(row.proposed) and len(row.paragraph.text.split()) <= HEADING_WORDS


def seen_of(paragraph: Paragraph, next_ends: int) -> str:
    """Its mark, where it lies, and where the following one ends (0 where there is none)."""
    return f"{paragraph.handled_as}:{paragraph.start}:{paragraph.end}:{next_ends}"


def _lines(notice: Notice, cards: list[Card]) -> list[Line]:
    """The directives; and both they and the proposals get the members of the groups that they name."""
    directives = with_addressees(notice)
    groups: dict[int, AgencyGroup] = {to.group.pk: to.group for card in cards for to in card.to if to.group}
    for directive in directives:
        groups |= {row.group.pk: row.group for row in directive.addressees.all() if row.group}
    inside = members_of(groups.values(), notice.issued_on) if notice.issued_on and groups else {}
    for card in cards:
        card.members = inside
    return [
        Line(row, hints(row), [(to, inside.get(to.group_id or 0, [])) for to in row.addressees.all()])
        for row in directives
    ]


def _quotes(directive: Directive, paragraph: Paragraph) -> bool:
    return directive.quote_start < paragraph.end and directive.quote_end > paragraph.start


def place(notice: Notice, paragraph: Paragraph | None) -> str:
    """The address of a paragraph in the split view; of the overview where there is none."""
    page = reverse("admin:notice_paragraphs", args=[notice.pk])
    return f"{page}?p={paragraph.pk}#p{paragraph.pk}" if paragraph else f"{page}?p={OVERVIEW}"


def table(notice: Notice, ticked: Iterable[int]) -> str:
    """The address of the table of proposals, with these still ticked and no others."""
    return f"{place(notice, None)}&ticked={'-'.join(map(str, ticked))}"


def onward(notice: Notice, paragraph: Paragraph) -> str:
    """Where to go on when this paragraph is done: the next open one, or the overview."""
    bench = bench_of(notice, paragraph.pk)
    found = bench.next_open
    return place(notice, found.paragraph if found else None)


def beside(request: HttpRequest, notice: Notice, wanted: Any, template: str) -> dict[str, Any]:
    """What each page of the split view shows; `template` is its right side."""
    bench = bench_of(notice, wanted)
    if "ticked" in request.GET:
        given = request.GET["ticked"].split("-")
        bench.ticked = frozenset(int(pk) for pk in given if pk.isdecimal() and len(pk) < ID_ENDS)
    return {
        "notice": notice,
        "bench": bench,
        "beside": template,
        "steps": steps_of(notice),
        "step": "paragraphs",
    }
