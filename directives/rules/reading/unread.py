"""Names that were not read: behind "phối hợp với", and joined to those who are told to do something."""

import re
from collections.abc import Sequence

from directives.rules.reading.body_words import HEADS
from directives.rules.reading.coordinating import WITH
from directives.rules.reading.drafts import Draft
from directives.rules.reading.outline import Block
from directives.rules.reading.register import PROVINCE

SOME = re.compile(r"(?:các|một số|những|hai|ba) (?!bên(?!\w)|hình thức|biện pháp|giải pháp|nội dung|nhiệm vụ)")
JOINED = re.compile(r"(?:,| và|, và) (?=[^\W\d_])")


def has_unread_names(blocks: Sequence[Block], draft: Draft) -> bool:
    """Whether somebody is named who is to help, or to do it too, and no rule reads the name."""
    for at, piece in draft.pieces:
        low, bodies = blocks[at].line.low, blocks[at].bodies
        for cue in WITH.finditer(low, piece.said.begins, piece.clause.end):
            if cue["together"] and SOME.match(low, cue.end()) and bodies.chain_at(cue.end()) is None:
                return True
    return draft.named is not None and not draft.is_inherited and _goes_on(blocks[draft.named.block], draft.named.end)


def _goes_on(block: Block, end: int) -> bool:
    """Whether a body of no register is joined to the names that end at `end`."""
    joined = JOINED.match(block.line.low, end)
    if joined is None:
        return False
    at = joined.end()
    if not block.line.text[at].isupper():
        return False
    names = block.bodies.names
    return HEADS.match(block.line.low, at) is not None or names.find_short(block.line.low, at, PROVINCE) is not None
