"""From clauses to directives: one for each addressee and deadline, with what a head above hands down to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from directives.rules.reading.addressees import Kind, Said
from directives.rules.reading.bodies import Reference
from directives.rules.reading.clauses import brackets
from directives.rules.reading.coordinating import Together, together_in
from directives.rules.reading.due import Due, dues_in
from directives.rules.reading.outline import Block, Piece, is_head
from directives.rules.reading.words import REPORTS

PAST = re.compile(r"\b(?:đã|đang|vừa qua|thời gian qua)\b")
REPORTED_SENTENCES = 3  # in a press report a paragraph with so many tasks holds one in each sentence


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


@dataclass
class Draft:
    """A directive in the making: its words from `begin` to `finish`, its addressees and what it says of time."""

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


@dataclass
class Assembly:
    """The drafts of a notice, and the blocks that only lead over to others."""

    drafts: list[Draft] = field(default_factory=list)
    chapeaux: set[int] = field(default_factory=set)
    headings: set[int] = field(default_factory=set)


def assemble(blocks: Sequence[Block], issued_on: date | None) -> Assembly:
    """The directives in `blocks` of a notice that was issued on a day."""
    return _Assembler(blocks, issued_on).run()


class _Assembler:
    def __init__(self, blocks: Sequence[Block], issued_on: date | None) -> None:
        self.blocks = blocks
        self.issued_on = issued_on
        self.heads: list[Head] = []
        self.carried: Head | None = None
        self.result = Assembly()

    def run(self) -> Assembly:
        at = 0
        while at < len(self.blocks):
            at = self._block(at)
        return self.result

    def _block(self, at: int) -> int:
        """Read block `at`; the next block to read."""
        block = self.blocks[at]
        self._leave(block)
        if block.is_assessment:
            self.result.headings.update({at} if block.is_heading else ())
            self.carried = None
            return at + 1
        if is_head(block):
            self._open(at, block.pieces[0].said)
            self.result.chapeaux.add(at)
            return at + 1
        if block.is_heading and not any(piece.said.kind is Kind.ADDRESSED for piece in block.pieces):
            self.result.headings.add(at)
            self.carried = None
            return at + 1
        if block.introduces:
            return self._introducing(at)
        self._draft(at, self._joined(block))
        return at + 1

    def _leave(self, block: Block) -> None:
        """Close the heads under which `block` no longer stands."""
        depth = block.span.depth
        if block.is_heading:
            self.heads = [head for head in self.heads if head.depth <= depth - 1]
        elif block.is_marked:
            self.heads = [head for head in self.heads if head.depth < depth]
        else:
            self.heads = [head for head in self.heads if head.depth <= depth]

    def _open(self, at: int, said: Said) -> None:
        block = self.blocks[at]
        depth = block.span.depth - (0 if block.is_marked else 0.5)
        self.heads = [head for head in self.heads if head.depth < depth]
        end = len(block.line.low)
        together = together_in(block.bodies, said.named[1], end, [])
        names = {reference.name for reference in said.references}
        self.heads.append(
            Head(
                depth,
                said.references,
                tuple(each for each in together if each.reference.name not in names),
                Place(at, *said.named),
            )
        )
        self.carried = None

    def _introducing(self, at: int) -> int:
        """A paragraph that ends with a colon: it hands its addressees down, or takes a list of things in."""
        block = self.blocks[at]
        pieces = self._joined(block)
        below = self._below(at)
        if (
            below
            and pieces
            and pieces[-1].said.kind in (Kind.ADDRESSED, Kind.TASK)
            and not any(map(_gives_a_task, below))
        ):
            self._draft(at, pieces, until=at + len(below))
            return at + len(below) + 1
        if pieces and pieces[-1].said.references:
            self._open(at, pieces[-1].said)
        self.result.chapeaux.add(at)
        self._draft(at, pieces[:-1])
        return at + 1

    def _below(self, at: int) -> list[Block]:
        depth = self.blocks[at].span.depth
        found: list[Block] = []
        for block in self.blocks[at + 1 :]:
            if block.span.depth <= depth or not block.is_marked:
                break
            found.append(block)
        return found

    def _joined(self, block: Block) -> list[Piece]:
        """The pieces of `block`, with names that a semicolon cut off from their task put before it."""
        joined: list[Piece] = []
        waiting: Piece | None = None
        for piece in block.pieces:
            whole = _with_names_before(waiting, piece) if waiting else piece
            waiting = whole if whole.said.kind is Kind.HEAD and whole.clause.stop == ";" else None
            joined += [] if waiting else [whole]
        return joined

    def _draft(self, at: int, pieces: list[Piece], until: int | None = None) -> None:
        block = self.blocks[at]
        is_report = self._is_report(block, pieces)
        current: Draft | None = None
        for piece in pieces:
            if _only_reports(block, piece):
                current = None
                continue
            if (
                current is None
                or self._begins_another(current, piece, at)
                or (is_report and self._is_next_sentence(current, piece))
            ):
                if piece.said.kind is Kind.REPORT and current is None and not self._is_under_a_head(block):
                    continue
                current = self._begun(at, piece, current)
                self.result.drafts.append(current)
            self._take(current, at, piece)
        if until and current:
            last = self.blocks[until]
            current.finish = Place(until, 0, len(last.line.text))
            for below in range(at + 1, until + 1):
                self.result.chapeaux.discard(below)

    def _is_report(self, block: Block, pieces: list[Piece]) -> bool:
        if block.is_marked:
            return False
        sentences = sum(piece.clause.stop == "." and piece.said.kind is Kind.TASK for piece in pieces)
        return sentences + 1 >= REPORTED_SENTENCES

    def _is_under_a_head(self, block: Block) -> bool:
        return block.is_marked and any(head.references for head in self.heads)

    def _begins_another(self, current: Draft, piece: Piece, at: int) -> bool:
        said = piece.said
        if said.kind is Kind.ADDRESSED and {r.name for r in said.references} != {r.name for r in current.references}:
            return True
        previous = current.pieces[-1][1].clause.stop
        own = self._dues(at, piece)
        days = {due.understood.due_on for due, _block in current.dues if not due.in_brackets or due.closes}
        new = {due.understood.due_on for due in own if not due.in_brackets or due.closes}
        if days and new and not days & new:
            return True
        last = current.dues[-1][0] if current.dues else None
        in_last = last is not None and last.start >= current.pieces[-1][1].clause.start
        return bool(in_last and last and last.closes and previous == ";" and said.kind is Kind.TASK and not new)

    def _is_next_sentence(self, current: Draft, piece: Piece) -> bool:
        return current.pieces[-1][1].clause.stop == "." and piece.said.kind is Kind.TASK

    def _begun(self, at: int, piece: Piece, before: Draft | None) -> Draft:
        said = piece.said
        place = Place(at, said.begins, piece.clause.end)
        if said.kind in (Kind.ADDRESSED, Kind.HEAD):
            draft = Draft(place, place, said.references, Place(at, *said.named))
            self.carried = Head(0, said.references, (), Place(at, *said.named))
            return draft
        if before:
            return Draft(place, place, before.references, before.named, is_inherited=before.is_inherited)
        head = next((head for head in reversed(self.heads) if head.references), None)
        if head:
            draft = Draft(place, place, head.references, head.place, is_inherited=True)
            draft.together = [(each, head.place.block) for each in head.together]
            return draft
        if self.carried and not self.blocks[at].is_marked:
            return Draft(place, place, self.carried.references, self.carried.place, is_inherited=True, is_carried=True)
        return Draft(place, place)

    def _take(self, draft: Draft, at: int, piece: Piece) -> None:
        block = self.blocks[at]
        start, end = piece.said.begins, piece.clause.end
        inside = brackets(block.line, start, end)
        names = {reference.name for reference in draft.references}
        draft.pieces.append((at, piece))
        draft.finish = Place(at, start, end)
        known = {each.reference.name for each, _block in draft.together} | names
        for each in together_in(block.bodies, start, end, inside):
            if each.reference.name not in known:
                draft.together.append((each, at))
        draft.dues += [(due, at) for due in self._dues(at, piece)]

    def _dues(self, at: int, piece: Piece) -> list[Due]:
        line = self.blocks[at].line
        start, end = piece.clause.start, piece.clause.end
        return dues_in(line.text, line.low, start, end, brackets(line, start, end), self.issued_on)


def _with_names_before(names: Piece, piece: Piece) -> Piece:
    """The piece as addressed to those of `names` too, where it names somebody itself."""
    said, before = piece.said, names.said
    if said.kind not in (Kind.ADDRESSED, Kind.HEAD):
        return piece
    references = (*before.references, *(each for each in said.references if each not in before.references))
    whole = replace(
        said,
        references=references,
        named=(before.named[0], said.named[1]),
        begins=before.begins,
        assigned=before.assigned,
    )
    return Piece(replace(piece.clause, start=names.clause.start), whole)


def _only_reports(block: Block, piece: Piece) -> bool:
    """Whether the clause tells what was done, thanks or closes, and asks nothing."""
    if piece.said.kind is not Kind.REPORT:
        return False
    words = block.line.low[piece.said.begins : piece.clause.end]
    return bool(REPORTS.match(words) or PAST.search(words[:120]) or words.startswith("văn phòng "))


def _gives_a_task(block: Block) -> bool:
    return any(piece.said.kind in (Kind.ADDRESSED, Kind.TASK, Kind.HEAD) for piece in block.pieces[:1])
