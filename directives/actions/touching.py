"""Which directives of an issued notice the draft of a corrected text, or of an amending notice, touches.

The two texts are laid beside each other each time; only what a person decides is kept.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives.actions.drafts import count_change, locked_draft
from directives.actions.recording import record
from directives.models import (
    Addressee,
    Amendment,
    Assignment,
    Directive,
    HandledAs,
    Notice,
    Outcome,
    Paragraph,
    Proposal,
)
from directives.rules.aligning import Steps
from directives.rules.anchoring import Anchor, Anchors, Found, bags_of, resembling
from directives.rules.comparing import Comparison, Span, compare, stretches
from directives.rules.lifecycle import OPEN
from directives.rules.notice_text import read_paragraphs
from directives.rules.refusals import Invalid

SEARCHES = 60_000  # paragraphs looked at for sentences that the comparison did not find


@dataclass(frozen=True)
class Touch:
    """One directive of the amended notice: where its sentence stands now, and what was decided on it."""

    directive: Directive
    anchor: Anchor
    is_open: bool  # somebody still works on it
    is_silent: bool  # the draft only names what it changes: what it does not speak of goes on
    decision: Amendment | None
    read: Proposal | None  # what the reading found in the sentence as it is now

    @property
    def found(self) -> Found:
        return self.anchor.found

    @property
    def is_stale(self) -> bool:
        """Whether it was decided on a directive that somebody has changed since."""
        return self.decision is not None and self.decision.seen_version != self.directive.version

    @property
    def outcome(self) -> str:
        """What becomes of it; empty while a person has to decide."""
        if self.decision is not None and not self.is_stale:
            return self.decision.outcome
        return "" if self.needs_decision else str(Outcome.KEEP)

    @property
    def needs_decision(self) -> bool:
        """Whether it may not simply go on as it is."""
        gone = self.found is Found.GONE and not self.is_silent
        goes_on = self.is_open or self.directive.next_period_on is not None  # in its next period
        return self.is_stale or (goes_on and (self.found is Found.CHANGED or gone))


@dataclass(frozen=True)
class Compared:
    """A draft beside the notice that it amends."""

    draft: Notice
    amended: Notice
    comparison: Comparison
    touches: tuple[Touch, ...]

    @cached_property
    def undecided(self) -> list[Touch]:
        return [touch for touch in self.touches if not touch.outcome]

    @property
    def is_correction(self) -> bool:
        """Whether the draft is the notice's own next version."""
        return self.draft.corrects_id is not None

    def words(self, touch: Touch) -> str:
        """The sentence of a directive as the draft has it; empty where it is gone."""
        return self.draft.text[touch.anchor.start : touch.anchor.end]


def compare_draft(draft: Notice) -> Compared:
    """Lay a draft beside the notice that it amends; a fixed number of queries. Raises Invalid where it amends none."""
    amended = draft.amended
    if amended is None:
        raise Invalid("amends", _("This draft amends no notice."))
    spans = _spans(draft)
    comparison = compare(amended.text, _spans(amended), draft.text, spans)
    directives = _present(amended)
    anchors = _anchors(directives, comparison, draft.text, spans)
    open_ones = Assignment.objects.filter(directive__in=directives, state__in=OPEN).order_by()
    worked_on = set(open_ones.values_list("directive_id", flat=True).distinct())
    stated = Prefetch("successor__addressees", Addressee.objects.select_related("agency", "group").order_by("pk"))
    rows = draft.amendments.select_related("successor__paragraph", "by").prefetch_related(stated)
    decided = {row.directive_id: row for row in rows}
    proposals = list(draft.proposals.select_related("paragraph"))
    for row in proposals:
        row.notice = draft
    touches = [
        Touch(
            directive=one,
            anchor=anchors[one.pk],
            is_open=one.pk in worked_on,
            is_silent=draft.amends_id is not None,
            decision=decided.get(one.pk),
            read=_read(proposals, anchors[one.pk]),
        )
        for one in directives
    ]
    return Compared(draft, amended, comparison, tuple(touches))


@transaction.atomic
def settle(draft: Notice, *, by: User, at: datetime) -> int:
    """Take what is known already out of what is proposed of an amending draft; how many sentences those are.

    What the reading proposes of a sentence whose directive was issued before is set aside, and a paragraph in which
    nothing else is proposed is marked as known. Raises NotAllowed, WrongMoment, or Invalid where it amends none.
    """
    draft = locked_draft(draft, by=by, at=at)
    found = [touch.anchor for touch in compare_draft(draft).touches if touch.found is not Found.GONE]
    proposals = list(draft.proposals.open())
    known = [row.pk for row in proposals if any(_mostly(row, anchor) for anchor in found)]
    Proposal.objects.filter(pk__in=known).update(set_aside=True)
    new = {row.paragraph_id for row in proposals if row.pk not in known}
    rows = draft.paragraphs.filter(handled_as=HandledAs.UNHANDLED).exclude(pk__in=new)
    there = [row.pk for row in rows if any(_meets(row, anchor) for anchor in found)]
    Paragraph.objects.filter(pk__in=there).update(handled_as=HandledAs.KNOWN)
    count_change(draft)
    told = {"notice": str(draft.amended), "directives": len(found)}
    record(draft, "compare", by=by, at=at, on_behalf_of=draft.committee.name_vi, after=told)
    return len(found)


def _present(amended: Notice) -> list[Directive]:
    """Its directives whose sentence stands in its present text, with whom they name."""
    named = Prefetch("addressees", Addressee.objects.select_related("agency", "group").order_by("pk"))
    own = amended.directives.filter(edition=amended.edition, given_by=None)
    rows = list(own.prefetch_related(named).order_by("position"))
    for row in rows:
        row.notice = amended
    return rows


def _spans(notice: Notice) -> Sequence[Span]:
    rows: list[Any] = list(notice.paragraphs.order_by("position"))
    return rows or read_paragraphs(notice.text)


def _anchors(
    directives: Sequence[Directive], comparison: Comparison, text: str, spans: Sequence[Span]
) -> dict[int, Anchor]:
    anchors, steps = Anchors(comparison), Steps(SEARCHES)
    paragraphs = stretches(text, spans)
    bags: list[Counter[str]] | None = None
    found = {}
    for one in directives:
        found[one.pk] = anchors.of(one.quote_start, one.quote_end)
        if found[one.pk].found is Found.GONE:
            bags = bags_of(paragraphs) if bags is None else bags
            found[one.pk] = resembling(one.quote, paragraphs, bags, steps)
    return found


def _read(proposals: Sequence[Proposal], anchor: Anchor) -> Proposal | None:
    if anchor.found is Found.GONE:
        return None
    return next((row for row in proposals if _mostly(row, anchor)), None)


def _mostly(row: Proposal, anchor: Anchor) -> bool:
    """Whether most of what is proposed lies in the sentence, or the other way round."""
    common = min(row.end, anchor.end) - max(row.start, anchor.start)
    return common * 2 > min(row.end - row.start, anchor.end - anchor.start)


def _meets(row: Paragraph, anchor: Anchor) -> bool:
    return row.start < anchor.end and row.end > anchor.start
