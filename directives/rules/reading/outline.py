"""The outline of a notice: each paragraph as a line with its clauses, and what it does in the notice."""

import re
from dataclasses import dataclass

from directives.rules.notice_paragraphs import ParagraphSpan
from directives.rules.reading.addressees import Kind, Said, said_in
from directives.rules.reading.bodies import Bodies
from directives.rules.reading.clauses import Clause, clauses_of
from directives.rules.reading.line import Line, line_of
from directives.rules.reading.register import Names

ASSESSES = re.compile(
    r"(?:về )?(?:đánh giá|kết quả (?:đạt|thực hiện)|tình hình|những (?:kết quả|tồn tại|hạn chế)|tồn tại|hạn chế|"
    r"về tình hình|một số kết quả)",
    re.IGNORECASE,
)
HEADING_LIMIT = 200  # letters of a heading, at most
CAPTION = re.compile(r"\(hình từ internet\)|^https?:|\?$|ảnh internet|^>>>|^xem (?:chi tiết|thêm)")


@dataclass(frozen=True)
class Piece:
    """A clause and what it says."""

    clause: Clause
    said: Said


@dataclass(frozen=True)
class Block:
    """A paragraph with its line and clauses.

    `is_heading`: a title over others. `introduces`: it ends with a colon. `is_assessment`: it stands below a heading
    that only assesses.
    """

    span: ParagraphSpan
    line: Line
    bodies: Bodies
    pieces: list[Piece]
    is_heading: bool
    introduces: bool
    is_assessment: bool
    is_marked: bool


def blocks_of(notice: str, spans: list[ParagraphSpan], names: Names) -> list[Block]:
    """The blocks of the notice in their order."""
    found: list[Block] = []
    assessing: int | None = None
    for at, span in enumerate(spans):
        line = line_of(notice, span.start, span.end)
        following = spans[at + 1] if at + 1 < len(spans) else None
        is_heading = _is_heading(line, span, following)
        if assessing is not None and is_heading and span.depth <= assessing:
            assessing = None
        if is_heading and ASSESSES.match(line.low, line.begin):
            assessing = span.depth
        bodies = Bodies(line, names)
        pieces = [Piece(clause, said_in(clause, bodies)) for clause in clauses_of(line)]
        is_assessment = assessing is not None or bool(CAPTION.search(line.low.strip()))
        introduces = line.low.rstrip().endswith(":")
        is_marked = "¶" not in span.label
        found.append(Block(span, line, bodies, pieces, is_heading, introduces, is_assessment, is_marked))
    return found


def _is_heading(line: Line, span: ParagraphSpan, following: ParagraphSpan | None) -> bool:
    """A line in capitals, or one without a stop that has others below it."""
    words = line.text[line.begin :].strip()
    if not words or len(words) > HEADING_LIMIT:
        return False
    if words.isupper():
        return True
    return words[-1].isalnum() and following is not None and following.depth > span.depth


def is_head(block: Block) -> bool:
    """Whether the paragraph only names those to whom what follows is said."""
    return len(block.pieces) == 1 and block.pieces[0].said.kind is Kind.HEAD
