"""Dates said in a sentence or a paragraph of their own: of the one before it, of several, of all above."""

from collections.abc import Callable, Sequence

from directives.rules.reading.drafts import Assembly, Draft
from directives.rules.reading.due import Due
from directives.rules.reading.outline import Block, Piece
from directives.rules.reading.pieces import FOR_ALL
from directives.rules.reading.referring_back import drafts_meant, names_a_time, only_dates, refers_back

LAST = 3  # paragraphs at the end of a notice, one of which may date all above it


def share_the_last_date(
    assembly: Assembly, blocks: Sequence[Block], dues_of: Callable[[int, Piece], list[Due]]
) -> None:
    """ "Báo cáo gửi về ... trước ngày X": a last paragraph without a task of its own dates all above it."""
    for at, block in enumerate(blocks[-LAST:], start=max(0, len(blocks) - LAST)):
        if not is_for_all(blocks, at):
            continue
        dues = [due for piece in block.pieces for due in dues_of(at, piece)]
        assembly.drafts = [draft for draft in assembly.drafts if draft.begin.block != at]
        for draft in assembly.drafts:
            if dues and not draft.dues:
                draft.dues, draft.shared_due = [(dues[0], at)], True


def is_for_all(blocks: Sequence[Block], at: int) -> bool:
    """Whether block `at`, one of the last, says something of all that stands above it."""
    block = blocks[at]
    is_last = not block.is_marked and at >= len(blocks) - LAST
    return is_last and FOR_ALL.match(block.line.low, block.line.begin) is not None


def dated_behind(
    drafts: Sequence[Draft], blocks: Sequence[Block], at: int, piece: Piece, dues: Sequence[Due]
) -> Draft | None:
    """ "Việc này phải hoàn thành trước ngày X": the directive before it, to which the piece of block `at` belongs.

    Those beside it which it dates too are dated, and doubted. None where the piece is no such sentence.
    """
    how = refers_back(blocks[at], piece)
    if not how or (how == "perhaps" and not dues) or is_for_all(blocks, at):
        return None
    meant = drafts_meant(drafts, blocks, at, piece, how)
    if not meant or (how == "perhaps" and meant[-1].dues):
        return None
    *beside, last = meant
    for draft in beside:
        draft.of_several = draft.of_several or (bool(dues) and not draft.dues)
        draft.dues = draft.dues or [(due, at) for due in dues]
    last.of_several = last.of_several or how == "several" or bool(beside)
    last.is_perhaps_dated = bool(dues) and (how == "perhaps" or not only_dates(blocks[at], piece, dues))
    last.is_untimed = last.is_untimed or (not dues and names_a_time(blocks[at], piece))
    return last
