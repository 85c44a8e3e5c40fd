"""The heads under which a paragraph stands, and what they hand down to it."""

from collections.abc import Sequence
from dataclasses import replace

from directives.rules.reading.addressees import Kind, Said
from directives.rules.reading.coordinating import together_in
from directives.rules.reading.drafts import Draft, Head, Place
from directives.rules.reading.outline import Block, Piece
from directives.rules.reading.pieces import LEADS_ON


class Heads:
    """The open heads above the paragraph that is read, and the addressee that the last paragraph carries over."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.open: list[Head] = []
        self.carried: Head | None = None

    @property
    def last(self) -> Head | None:
        """The head right above."""
        return self.open[-1] if self.open else None

    @property
    def nearest(self) -> Head | None:
        """The nearest head above that names anybody."""
        return next((head for head in reversed(self.open) if head.references), None)

    def leave(self, block: Block) -> None:
        """Close the heads under which `block` no longer stands."""
        depth = block.span.depth
        if block.is_heading:
            self.open = [head for head in self.open if head.depth <= depth - 1]
        elif block.is_marked:
            self.open = [head for head in self.open if head.depth < depth]
        else:
            self.open = [head for head in self.open if head.depth <= depth]

    def begin(self, at: int, said: Said) -> None:
        """Those whom `said` names are the addressees of what stands below block `at`."""
        block = self.blocks[at]
        depth = block.span.depth - (0 if block.is_marked else 0.5)
        self.open = [head for head in self.open if head.depth < depth]
        end = len(block.line.low)
        together = together_in(block.bodies, said.named[1], end, [])
        names = {reference.name for reference in said.references}
        self.open.append(
            Head(
                depth,
                said.references,
                tuple(each for each in together if each.reference.name not in names),
                Place(at, *said.named),
                is_named=said.kind is Kind.HEAD or said.assigned is None,
            )
        )
        self.carried = None

    def lead_over(self, at: int, piece: Piece) -> bool:
        """A paragraph below a head leads over to others ("- Chủ trì, phối hợp với B:"): the same are meant below it."""
        block = self.blocks[at]
        head = self.nearest
        if piece.said.kind is Kind.TASK and block.is_marked and head:
            names = {each.name for each in head.references}
            together = together_in(block.bodies, piece.said.begins, piece.clause.end, [])
            own = tuple(each for each in together if each.reference.name not in names)
            place = replace(head.place)
            self.open.append(
                Head(
                    block.span.depth,
                    head.references,
                    own or head.together,
                    place,
                    together_at=at if own else head.together_at,
                )
            )
            return True
        if self.carried and not block.is_marked and LEADS_ON.match(block.line.low, block.line.begin):
            self.open.append(replace(self.carried, depth=block.span.depth - 0.5))
            return True
        return False

    def hand_down(self, at: int, draft: Draft) -> None:
        """What `draft` of block `at` asks is asked of the same in the paragraphs below it."""
        block = self.blocks[at]
        depth = block.span.depth - (0 if block.is_marked else 0.5)
        self.open = [head for head in self.open if head.depth < depth]
        if draft.named:
            self.open.append(Head(depth, draft.references, (), draft.named))
