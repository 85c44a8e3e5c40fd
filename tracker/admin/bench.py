"""The split view of a draft: its paragraphs on the left, what belongs to the chosen one on the right."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.agencies import members_of
from accounts.models import Agency, AgencyGroup
from directives.models import Addressee, Directive, HandledAs, Notice, Paragraph
from tracker.admin.drafts import steps_of
from tracker.admin.six_points import hints, with_addressees

OPEN = "open"
OVERVIEW = "all"
SENTENCE_ENDS = re.compile(r"(?<=[.;:!?])\s+(?=\S)|\n+(?=\S)")
FIRST_WORDS = 60  # letters of a sentence that are shown where a cut is offered


@dataclass
class Line:
    """A directive with what it leaves open of the 6 rõ, and the members of the groups that it names."""

    directive: Directive
    hints: list[tuple[str, str]]
    addressees: list[tuple[Addressee, list[Agency]]]


@dataclass
class Row:
    """A paragraph with its directives."""

    paragraph: Paragraph
    lines: list[Line] = field(default_factory=list)

    @property
    def key(self) -> str:
        """How it was handled; one that is marked as a directive which nobody has entered is still open."""
        handled = self.paragraph.handled_as
        return (
            OPEN if handled == HandledAs.UNHANDLED or (handled == HandledAs.DIRECTIVE and not self.lines) else handled
        )

    @property
    def words(self) -> str:
        """The same in words, with how many directives there are."""
        if self.key == OPEN and self.paragraph.handled_as:
            return _("Directive, not entered yet")
        if len(self.lines) > 1:
            return _("%(n)d directives") % {"n": len(self.lines)}
        return str(HandledAs(self.paragraph.handled_as).label)

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

    @property
    def open(self) -> list[Row]:
        return [row for row in self.rows if row.key == OPEN]

    @property
    def lines(self) -> list[Line]:
        """The directives of the whole notice in their order."""
        found = [*self.loose, *(line for row in self.rows for line in row.lines)]
        return sorted(found, key=lambda line: line.directive.position)

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
    """The split view of a draft; six queries. `wanted` is a paragraph's id, or `OVERVIEW`; else the first open one."""
    rows = [Row(paragraph) for paragraph in notice.paragraphs.order_by("position")]
    by_paragraph = {row.paragraph.pk: row for row in rows}
    loose: list[Line] = []
    for line in _lines(notice):
        mine = by_paragraph.get(line.directive.paragraph_id or 0)
        (mine.lines if mine else loose).append(line)
    for row in rows:
        row.paragraph.notice = notice  # their words are cut from its text
    bench = Bench(notice, rows, loose, None)
    if str(wanted).isdigit():
        bench.chosen = by_paragraph.get(int(str(wanted)))
    elif wanted != OVERVIEW:
        bench.chosen = next(iter(bench.open), None)
    return bench


def _lines(notice: Notice) -> list[Line]:
    directives = with_addressees(notice)
    groups: dict[int, AgencyGroup] = {}
    for directive in directives:
        groups |= {row.group.pk: row.group for row in directive.addressees.all() if row.group}
    inside = members_of(groups.values(), notice.issued_on) if notice.issued_on and groups else defaultdict(list)
    return [
        Line(row, hints(row), [(to, inside[to.group_id] if to.group_id else []) for to in row.addressees.all()])
        for row in directives
    ]


def place(notice: Notice, paragraph: Paragraph | None) -> str:
    """The address of a paragraph in the split view; of the overview where there is none."""
    page = reverse("admin:notice_paragraphs", args=[notice.pk])
    return f"{page}?p={paragraph.pk}#p{paragraph.pk}" if paragraph else f"{page}?p={OVERVIEW}"


def onward(notice: Notice, paragraph: Paragraph) -> str:
    """Where to go on when this paragraph is done: the next open one, or the overview."""
    bench = bench_of(notice, paragraph.pk)
    found = bench.next_open
    return place(notice, found.paragraph if found else None)


def beside(request: HttpRequest, notice: Notice, wanted: Any, template: str) -> dict[str, Any]:
    """What each page of the split view shows; `template` is its right side."""
    return {
        "notice": notice,
        "bench": bench_of(notice, wanted),
        "beside": template,
        "steps": steps_of(notice),
        "step": "paragraphs",
    }
