"""Proposals: what a notice asks of whom by when, read from its text, for a person to confirm.

Nothing is decided here. Each proposal quotes the text it stands on, tells which words made each guess, and how
sure it is. The rules are written down in docs/reading.md.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from directives.rules.deadlines import Deadline, Kind
from directives.rules.notice_paragraphs import read_paragraphs
from directives.rules.reading.asks_nothing import orients
from directives.rules.reading.assembling import assemble
from directives.rules.reading.doubtful import binding
from directives.rules.reading.doubts import doubts_of, helpers_of, leads_of
from directives.rules.reading.drafts import Draft, Place
from directives.rules.reading.due import Due, chosen, undated
from directives.rules.reading.left_over import days_left_over, has_time_left_over, left_over
from directives.rules.reading.narrowed import is_for_some
from directives.rules.reading.outline import Block, blocks_of
from directives.rules.reading.products import product_in
from directives.rules.reading.references import Reference
from directives.rules.reading.register import Register, names_on

PARAGRAPHS = 1_200  # more than any notice has; what follows is not read
READ_LIMIT = 180_000  # characters, some 60 pages: more than any notice has


@dataclass(frozen=True)
class Ground:
    """Words of the notice, `text[start:end]`, and what was guessed from them: "lead", "coordinating" or "deadline"."""

    what: str
    start: int
    end: int


@dataclass(frozen=True)
class Addressee:
    """A lead or coordinating body as proposed; `code` of the register, "" where it is not known there.

    `is_open`: only some of a group are meant ("those concerned", "có rừng"), and nobody says who they are.
    """

    name: str
    code: str
    is_group: bool
    is_open: bool = False


@dataclass(frozen=True)
class Proposal:
    """A proposed directive. `text[start:end]` is its `quote`; `doubts` are sentences to translate, empty where sure."""

    paragraph: int
    start: int
    end: int
    quote: str
    leads: tuple[Addressee, ...]
    coordinating: tuple[Addressee, ...]
    deadline: Deadline
    product: str
    is_inherited: bool
    grounds: tuple[Ground, ...]
    doubts: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether nothing needs a second look."""
        return not self.doubts


@dataclass(frozen=True)
class ProposedParagraph:
    """How a paragraph is proposed to be handled: directive, target, orientation or information."""

    label: str
    start: int
    end: int
    handled_as: str
    reason: str
    is_sure: bool


@dataclass(frozen=True)
class Reading:
    """All that was read from a notice; of a longer text than any notice has, what stands before `unread_from`."""

    paragraphs: tuple[ProposedParagraph, ...]
    directives: tuple[Proposal, ...]
    unread_from: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The reading as JSON holds it: dates as ISO text, everything else as lists, objects, text and numbers."""
        return {
            "paragraphs": [asdict(paragraph) for paragraph in self.paragraphs],
            "directives": [_json(proposal) for proposal in self.directives],
            "unread_from": self.unread_from,
        }


TARGET = re.compile(r"(?:mục tiêu|chỉ tiêu|phấn đấu)[^.;]{0,200}(?:\d ?%|đạt|tỷ lệ)")


def read_notice(text: str, issued_on: date | None, register: Register) -> Reading:
    """Read what the notice `text`, issued on a day, asks of the agencies of `register`. Never raises."""
    spans = read_paragraphs(text[:READ_LIMIT])
    blocks = blocks_of(text, spans[:PARAGRAPHS], names_on(register, issued_on))
    assembly = assemble(blocks, issued_on)
    drafts = zip_longest(assembly.drafts, assembly.drafts[1:])
    directives = tuple(_proposal(text, blocks, draft, following, issued_on) for draft, following in drafts)
    taken = {at for draft in assembly.drafts for at in range(draft.begin.block, draft.finish.block + 1)}
    paragraphs = tuple(_paragraph(at, block, taken, assembly.chapeaux) for at, block in enumerate(blocks))
    unread_from = spans[PARAGRAPHS].start if len(spans) > PARAGRAPHS else READ_LIMIT
    return Reading(paragraphs, directives, unread_from if unread_from < len(text) else None)


def _paragraph(at: int, block: Block, taken: set[int], chapeaux: set[int]) -> ProposedParagraph:
    span = block.span
    handled, reason = "information", "report"
    if at in taken:
        handled, reason = "directive", "task"
    elif at in chapeaux and not TARGET.match(block.line.low, block.line.begin):
        handled, reason = "orientation", "chapeau"
    elif block.is_orientation or (block.pieces and orients(block.bodies, block.line.begin, block.pieces[0].clause)):
        handled, reason = "orientation", "outlook"
    elif block.is_heading:
        handled, reason = "information", "heading"
    elif TARGET.search(block.line.low):
        handled, reason = "target", "figure"
    elif block.is_assessment:
        handled, reason = "information", "assessment"
    return ProposedParagraph(
        span.label, span.start, span.end, handled, reason, is_sure=reason in ("task", "heading", "chapeau")
    )


def _proposal(
    text: str, blocks: list[Block], draft: Draft, following: Draft | None, issued_on: date | None
) -> Proposal:
    start = blocks[draft.begin.block].line.place(draft.begin.start, draft.begin.end)[0]
    end = blocks[draft.finish.block].line.place(draft.finish.start, draft.finish.end)[1]
    due, due_at = _due(blocks, draft, issued_on)
    line = blocks[draft.begin.block].line
    made = product_in(line.low, draft.begin.start, _end_in_its_block(blocks, draft))
    grounds = [_ground("lead", blocks, draft.named)] if draft.named else []
    grounds += [_ground("coordinating", blocks, Place(at, each.start, each.end)) for each, at in draft.together]
    grounds += [_ground("deadline", blocks, Place(due_at, due.start, due.end))] if due else []
    grounds += [_ground("product", blocks, Place(draft.begin.block, *made))] if made else []
    others = list(_left_over(blocks, draft, due))
    grounds += [_ground("other", blocks, place) for place, _is_asked in others]
    return Proposal(
        paragraph=draft.begin.block,
        start=start,
        end=end,
        quote=text[start:end],
        leads=tuple(_addressee(each, is_open=is_for_some(*place)) for each, place in leads_of(blocks, draft)),
        coordinating=tuple(_addressee(each, is_open=is_for_some(*place)) for each, place in helpers_of(blocks, draft)),
        deadline=due.understood if due else Deadline("", Kind.NONE),
        product=line.text[made[0] : made[1]] if made else "",
        is_inherited=draft.is_inherited,
        grounds=tuple(grounds),
        doubts=doubts_of(
            blocks,
            draft,
            following,
            due,
            is_left_over=any(is_asked for _place, is_asked in others),
            is_time_left=_has_time_left(blocks, draft, due, issued_on),
        ),
    )


def _left_over(blocks: list[Block], draft: Draft, due: Due | None) -> Iterator[tuple[Place, bool]]:
    """Where agencies and days are named that were given nothing, and whether something seems to be asked there."""
    places = [draft.named, *(Place(at, each.start, each.end) for each, at in draft.together)]
    known = {each.name for each in draft.references} | {each.reference.name for each, _at in draft.together}
    for at, piece in draft.pieces:
        start, end = piece.said.begins, piece.clause.end
        taken = [(place.start, place.end) for place in places if place and place.block == at]
        for mention, is_asked in left_over(blocks[at].bodies, start, end, taken, known):
            yield Place(at, mention.start, mention.end), is_asked
        spans = [(due.start, due.end)] if due else []
        for low, high in days_left_over(blocks[at].line.low, start, end, spans):
            yield Place(at, low, high), False


def _has_time_left(blocks: list[Block], draft: Draft, due: Due | None, issued_on: date | None) -> bool:
    """Whether a time to come is written in it that is no deadline of it; one that is half read is doubted elsewhere."""
    for at, piece in draft.pieces:
        start, end = piece.clause.start, piece.clause.end
        spans = [(each.start, each.end) for each, where in draft.dues if where == at and start <= each.start < end]
        spans += [(due.start, due.end)] if due else []
        if has_time_left_over(blocks[at].line.low, start, end, spans, issued_on):
            return True
    return False


def _due(blocks: list[Block], draft: Draft, issued_on: date | None) -> tuple[Due | None, int]:
    """The deadline that binds, and the block in which it stands; else what is said of time without a date."""
    due = chosen(binding(blocks, draft))
    if due:
        return due, next(at for each, at in draft.dues if each is due)
    line = blocks[draft.begin.block].line
    end = _end_in_its_block(blocks, draft)
    return undated(line.text, line.low, draft.begin.start, end, issued_on), draft.begin.block


def _end_in_its_block(blocks: list[Block], draft: Draft) -> int:
    """Where the draft ends in the paragraph in which it begins."""
    is_within = draft.begin.block == draft.finish.block
    return draft.finish.end if is_within else len(blocks[draft.begin.block].line.low)


def _ground(what: str, blocks: list[Block], place: Place) -> Ground:
    return Ground(what, *blocks[place.block].line.place(place.start, place.end))


def _addressee(reference: Reference, *, is_open: bool = False) -> Addressee:
    return Addressee(reference.name, reference.code, reference.is_group, is_open)


def _json(proposal: Proposal) -> dict[str, Any]:
    shown = asdict(proposal)
    deadline = shown["deadline"]
    deadline["due_on"] = deadline["due_on"].isoformat() if deadline["due_on"] else None
    return {**shown, "is_sure": proposal.is_sure}
