"""From clauses to directives: one for each addressee and deadline, with what a head above hands down to it."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from directives.rules.reading.addressees import Kind, Said
from directives.rules.reading.clauses import brackets
from directives.rules.reading.coordinating import Together, together_in
from directives.rules.reading.drafts import Assembly, Draft, Head, Place
from directives.rules.reading.due import Due, dues_in
from directives.rules.reading.heads import Heads
from directives.rules.reading.helping import helpers, only_helps
from directives.rules.reading.in_brackets import lead_in
from directives.rules.reading.outline import Block, Piece, is_bare_title
from directives.rules.reading.pieces import (
    CLOSES,
    DESCRIBES,
    REPORTED_SENTENCES,
    are_the_same,
    follows_what_was,
    gives_a_task,
    joined,
    may_begin_anew,
    of_the_same,
    tells_only,
)
from directives.rules.reading.shared_dates import dated_behind, share_the_last_date
from directives.rules.reading.silent import asked_unclearly
from directives.rules.reading.words import MODAL


def assemble(blocks: Sequence[Block], issued_on: date | None) -> Assembly:
    """The directives in `blocks` of a notice that was issued on a day."""
    return _Assembler(blocks, issued_on).run()


class _Assembler:
    def __init__(self, blocks: Sequence[Block], issued_on: date | None) -> None:
        self.blocks = blocks
        self.issued_on = issued_on
        self.heads = Heads(blocks)
        self.result = Assembly()
        self.found_dues: dict[tuple[int, int], list[Due]] = {}

    def run(self) -> Assembly:
        at = 0
        while at < len(self.blocks):
            at = self._block(at)
        share_the_last_date(self.result, self.blocks, self._dues)
        return self.result

    def _block(self, at: int) -> int:
        """Read block `at`; the next block to read."""
        block = self.blocks[at]
        self.heads.leave(block)
        if block.is_assessment or block.is_orientation:
            self.result.headings.update({at} if block.is_heading else ())
            self.heads.carried = None
            return at + 1
        pieces = joined(block)
        if len(pieces) == 1 and pieces[0].said.kind is Kind.HEAD:
            self.heads.begin(at, pieces[0].said)
            self.result.chapeaux.add(at)
            return at + 1
        if self._is_title(block) or is_bare_title(block):
            self.result.headings.add(at)
            self.heads.carried = None
            return at + 1
        if block.introduces:
            return self._introducing(at, pieces)
        words = block.line.low[block.line.begin :].strip(" ./")
        if not (CLOSES.fullmatch(words) and (not block.is_marked or words.startswith("căn cứ"))):
            known = len(self.result.drafts)
            self._draft(at, pieces)
            for before, draft in pairwise(self.result.drafts[known:]):
                draft.only_helps = only_helps(block, draft, before, at)
            self._doubt_silence(at)
        return at + 1

    def _is_title(self, block: Block) -> bool:
        """A heading that tells nobody; below "3. Bộ A:" a line over a text of its own is for Bộ A to do."""
        tells = any(piece.said.kind is Kind.ADDRESSED for piece in block.pieces)
        above = self.heads.nearest if block.is_over_text else None
        return block.is_heading and not tells and not (above and above.is_named)

    def _doubt_silence(self, at: int) -> None:
        """A paragraph that begins with an agency's name and holds a task is asked about where nothing was read."""
        block = self.blocks[at]
        chain = asked_unclearly(block) if all(draft.finish.block != at for draft in self.result.drafts[-1:]) else None
        if chain:
            place = Place(at, block.pieces[0].clause.start, block.pieces[-1].clause.end)
            named = Place(at, chain.start, chain.end)
            self.result.drafts.append(Draft(place, place, chain.references, named, is_unclear=True))
            for piece in block.pieces:
                self.result.drafts[-1].dues += [(due, at) for due in self._dues(at, piece)]

    def _introducing(self, at: int, pieces: list[Piece]) -> int:
        """A paragraph that ends with a colon: it hands its addressees down, or takes a list of things in."""
        below = self._below(at)
        tells = pieces and pieces[-1].said.kind in (Kind.ADDRESSED, Kind.TASK)
        if below and tells and not any(map(gives_a_task, below)):
            return self._with_list(at, pieces, at + len(below))
        self.result.chapeaux.add(at)
        self._draft(at, pieces[:-1])
        if pieces and pieces[-1].said.references:
            self.heads.begin(at, pieces[-1].said)
        elif pieces and self.heads.lead_over(at, pieces[-1]):
            pass
        elif pieces[:-1] and self.result.drafts and self.result.drafts[-1].begin.block == at:
            self.heads.hand_down(at, self.result.drafts[-1])
        return at + 1

    def _with_list(self, at: int, pieces: list[Piece], last: int) -> int:
        """The directive of block `at` with the things that it lists up to block `last`; the next block to read."""
        self._draft(at, pieces)
        if not self.result.drafts:
            return last + 1
        draft = self.result.drafts[-1]
        listed, own = self._split_off(self.blocks[last])
        end = listed[-1].clause.end if own and listed else len(self.blocks[last].line.text)
        draft.finish = Place(last, 0, end)
        if own:
            self._draft(last, own)
        return last + 1

    def _split_off(self, block: Block) -> tuple[list[Piece], list[Piece]]:
        """The pieces that belong to a list, and those after it that address somebody anew."""
        pieces = joined(block)
        at = next((at for at, piece in enumerate(pieces) if at and piece.said.kind is Kind.ADDRESSED), len(pieces))
        return pieces[:at], pieces[at:]

    def _below(self, at: int) -> list[Block]:
        depth = self.blocks[at].span.depth
        found: list[Block] = []
        for block in self.blocks[at + 1 :]:
            if block.span.depth <= depth or not block.is_marked:
                break
            found.append(block)
        return found

    def _draft(self, at: int, pieces: list[Piece]) -> None:
        block = self.blocks[at]
        is_report = self._is_report(block, pieces)
        current: Draft | None = None
        tells = pleaded = False
        for number, said in enumerate(self._as_its_own(block, each) for each in pieces):
            goes_on = tells and (pieces[number - 1].clause.stop == ";" or pleaded)
            piece = of_the_same(block, said, current)
            tells = tells_only(block, piece, current) or (goes_on and not may_begin_anew(block, piece, is_plea=pleaded))
            pleaded = pleaded or piece.said.kind is Kind.PLEA
            if tells:
                current = current if piece.clause.stop == ";" else None
                continue
            if dated := dated_behind(self.result.drafts, self.blocks, at, piece, self._dues(at, piece)):
                current = dated
                self._take(dated, at, piece)
                continue
            helping = helpers(block, piece, current, self._dues(at, piece))
            if current and helping:
                self._take(current, at, piece, helping)
                continue
            if (
                current is None
                or self._begins_another(current, piece, at)
                or (is_report and self._is_next_sentence(current, piece))
            ):
                if not self._may_begin(block, piece, at):
                    continue
                current = self._begun(at, piece, current)
                current.is_unclear = follows_what_was(block, pieces, number)
                self.result.drafts.append(current)
            self._take(current, at, piece)
        following = self.blocks[at + 1 : at + 2]
        leads_on = block.is_marked or any(each.is_marked and each.span.depth > block.span.depth for each in following)
        if current and leads_on and not current.is_inherited:
            self.heads.hand_down(at, current)

    def _as_its_own(self, block: Block, piece: Piece) -> Piece:
        """ "Yêu cầu các doanh nghiệp ..." below "Bộ A:" is what Bộ A is to do."""
        said = piece.said
        head = self.heads.last
        words = block.line.low[said.begins :]
        is_handed_on = said.kind is Kind.ADDRESSED and words.startswith(("yêu cầu", "đề nghị", "chỉ đạo"))
        if is_handed_on and head and head.depth >= 1 and head.is_named and block.is_marked:
            return Piece(piece.clause, Said(Kind.TASK, begins=said.begins))
        return piece

    def _may_begin(self, block: Block, piece: Piece, at: int) -> bool:
        """Whether a directive may begin with the piece: with a task, or below a head with how something must be."""
        kind = piece.said.kind
        if kind in (Kind.ADDRESSED, Kind.HEAD):
            return True
        is_below = block.is_marked and self.heads.nearest is not None
        words = block.line.low[piece.said.begins : piece.clause.end]
        is_target = words.startswith(("phấn đấu", "quyết tâm phấn đấu")) and "%" in words
        if not is_below and (is_target or words.startswith("thống nhất")):
            return False  # a target or an approval: nobody is told to do anything
        if kind is Kind.TASK and not MODAL.match(words):
            return True
        if kind in (Kind.TASK, Kind.DEMAND):
            return (
                is_below or self.heads.carried is not None or any(not due.on_condition for due in self._dues(at, piece))
            )
        return is_below

    def _is_report(self, block: Block, pieces: list[Piece]) -> bool:
        """Whether it is a paragraph of a press report in which each sentence gives a task."""
        if block.is_marked:
            return False
        begun = [piece for before, piece in pairwise(pieces) if before.clause.stop == "."]
        return sum(piece.said.kind is Kind.TASK for piece in begun) + 1 >= REPORTED_SENTENCES

    def _begins_another(self, current: Draft, piece: Piece, at: int) -> bool:
        said = piece.said
        if said.kind is Kind.ADDRESSED and self._is_described(current, piece):
            return False
        if said.kind is Kind.ADDRESSED and not are_the_same(said.references, current.references):
            return True
        previous = current.pieces[-1][1].clause.stop
        own = [due for due in self._dues(at, piece) if not due.on_condition]
        days = {due.understood.due_on for due, _block in current.dues if not due.in_brackets or due.closes}
        new = {due.understood.due_on for due in own if not due.in_brackets or due.closes}
        if days and new and not days & new:
            return True
        if said.kind is Kind.DEMAND and new and previous == ".":
            return True
        last = current.dues[-1][0] if current.dues else None
        in_last = last is not None and last.start >= current.pieces[-1][1].clause.start
        return bool(in_last and last and last.closes and previous == ";" and said.kind is Kind.TASK and not new)

    def _is_described(self, current: Draft, piece: Piece) -> bool:
        """ "... đề án theo hướng: Bộ A chủ trì X; Bộ B chủ trì Y": what a draft is to say, not who is told to do it."""
        place, last = current.pieces[-1]
        words = self.blocks[place].line.low[last.said.begins : last.clause.end]
        goes_on = current.is_describing or bool(DESCRIBES.search(words))
        current.is_describing = goes_on and last.clause.stop == ";" and piece.said.assigned is None
        return current.is_describing

    def _is_next_sentence(self, current: Draft, piece: Piece) -> bool:
        return current.pieces[-1][1].clause.stop == "." and piece.said.kind is Kind.TASK

    def _begun(self, at: int, piece: Piece, before: Draft | None) -> Draft:
        said = piece.said
        place = Place(at, said.begins, piece.clause.end)
        if said.kind in (Kind.ADDRESSED, Kind.HEAD):
            draft = Draft(place, place, said.references, Place(at, *said.named))
            self.heads.carried = Head(0, said.references, (), Place(at, *said.named))
            return draft
        if before and said.kind is not Kind.DEMAND:
            helped = list(before.together) if said.kind is Kind.OTHER else []  # the same sentence goes on
            return Draft(
                place, place, before.references, before.named, is_inherited=before.is_inherited, together=helped
            )
        head = self.heads.nearest
        if head:
            draft = Draft(place, place, head.references, head.place, is_inherited=True)
            where = head.place.block if head.together_at is None else head.together_at
            draft.together = [(each, where) for each in head.together]
            return draft
        if self.heads.carried and not self.blocks[at].is_marked:
            return Draft(
                place,
                place,
                self.heads.carried.references,
                self.heads.carried.place,
                is_inherited=True,
                is_carried=True,
            )
        return Draft(place, place)

    def _take(self, draft: Draft, at: int, piece: Piece, helping: Sequence[Together] = ()) -> None:
        block = self.blocks[at]
        start, end = piece.said.begins, piece.clause.end
        inside = brackets(block.line, start, end)
        told = lead_in(block.bodies, inside) if draft.is_inherited or not draft.references else None
        if told:
            draft.references, draft.named = told.references, Place(at, told.start, told.end)
            draft.is_inherited = draft.is_carried = False
        names = {reference.name for reference in draft.references}
        draft.pieces.append((at, piece))
        draft.finish = Place(at, start, end)
        known = {each.reference.name for each, _block in draft.together} | names
        for each in helping or together_in(block.bodies, start, end, inside):
            if each.reference.name not in known:
                draft.together.append((each, at))
        draft.dues += [(due, at) for due in self._dues(at, piece)]

    def _dues(self, at: int, piece: Piece) -> list[Due]:
        start, end = piece.clause.start, piece.clause.end
        if (at, start) not in self.found_dues:
            line = self.blocks[at].line
            inside = brackets(line, start, end)
            self.found_dues[at, start] = dues_in(line.text, line.low, start, end, inside, self.issued_on)
        return self.found_dues[at, start]
