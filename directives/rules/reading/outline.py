"""The outline of a notice: each paragraph as a line with its clauses, and what it does in the notice."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from directives.rules.notice_paragraphs import ParagraphSpan
from directives.rules.reading.addressees import Kind, Said, said_in
from directives.rules.reading.bodies import Bodies
from directives.rules.reading.by_when import sets_a_time
from directives.rules.reading.clauses import Clause, clauses_of
from directives.rules.reading.line import Line, line_of
from directives.rules.reading.references import Reference
from directives.rules.reading.register import PROVINCE, Agency, Names
from directives.rules.reading.task_words import is_task

ASSESSES = re.compile(
    r"(?:về )?(?:đánh giá|kết quả (?:đạt|thực hiện)|tình hình|những (?:kết quả|tồn tại|hạn chế)|tồn tại|hạn chế|"
    r"về tình hình|một số kết quả)",
    re.IGNORECASE,
)
APPRAISAL = re.compile(r"(?:về )?đánh giá (?:chung|tình hình|kết quả|công tác|việc (?:triển khai|thực hiện))(?!\w)")
# "1. Đánh giá tình hình: Cơ bản thống nhất với báo cáo.": the title stands before its text, on the same line.
RUN_IN = re.compile(
    r"(?:về )?(?:đánh giá (?:chung|tình hình|kết quả)|tình hình|kết quả|những (?:kết quả|tồn tại|hạn chế)|tồn tại|"
    r"hạn chế)[^:;.]{0,60}: (?=\S)"
)
ORIENTING = re.compile(
    r"(?:về |một số |các )?(?:quan điểm|định hướng|tư tưởng|phương châm|nguyên tắc)(?!\w)"
    r"(?![^:.]{0,80}(?:nhiệm vụ|giải pháp|yêu cầu|thực hiện))"
)
RANKED = re.compile(r"(?<!\w)(?:tỉnh|thành phố) ")
ENOUGH = 2  # times that a province must be named for the notice to be about it
HEADING_LIMIT = 200  # letters of a heading, at most
TITLES = re.compile(
    r"(?:về )?(?:tổ chức thực hiện|công tác [^,;.:]{3,60}|một số [^,;.:]{3,60}|(?:các )?nhiệm vụ[^,;.:]{0,60}|"
    r"yêu cầu chung)"
)
ABOUT = re.compile(r"về (?:việc|kiến nghị|đề nghị|đề xuất|dự án|tiến độ|công tác|đầu tư|chủ trương)")
BARE_TITLE = re.compile(
    r"về (?:(?! (?:giao|yêu cầu|đề nghị|chủ trì|hoàn thành|báo cáo|phải|cần|trước ngày) )[^;.:]){3,200}"
)
NUMBERED = re.compile(r"(?:[^-+*¶]{0,20}\.)?[\dIVX]{1,5}(?: \(\d{1,3}\))?")  # a label that ends in a figure
# A heading may begin with these, although they are what is asked elsewhere: "4. Phát triển kinh tế số".
NAMES_A_FIELD = re.compile(
    r"(?:phát triển|bảo đảm|đảm bảo|hoàn thiện|tăng cường|nâng cao|đẩy mạnh|cải cách|cải thiện|đổi mới|chuyển đổi|"
    r"tổ chức|quản lý|phòng,? chống|hỗ trợ|thúc đẩy|đào tạo|bồi dưỡng|truyền thông|tuyên truyền|hợp tác|đầu tư|"
    r"kiểm tra|thanh tra|giám sát|đánh giá|thông tin|kết nối|chia sẻ|số hóa|khai thác|sử dụng|vận hành)(?!\w)"
)
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
    that only assesses. `is_over_text`: a heading over one paragraph without a mark.
    `is_orientation`: it stands below "Quan điểm chỉ đạo", tells nobody to do anything, and sets no date.
    """

    span: ParagraphSpan
    line: Line
    bodies: Bodies
    pieces: list[Piece]
    is_heading: bool
    introduces: bool
    is_over_text: bool = False
    is_assessment: bool = False
    is_orientation: bool = False

    @property
    def is_marked(self) -> bool:
        """Whether it has a number, a letter or a dash of its own."""
        return "¶" not in self.span.label


def blocks_of(notice: str, spans: list[ParagraphSpan], names: Names) -> list[Block]:
    """The blocks of the notice in their order."""
    found: list[Block] = []
    assessing: int | None = None
    orienting: int | None = None
    lines = [line_of(notice, span.start, span.end) for span in spans]
    place = _place_of(lines, names)
    for at, (span, line) in enumerate(zip(spans, lines, strict=True)):
        following = spans[at + 1] if at + 1 < len(spans) else None
        is_heading = _is_heading(line, span, following)
        is_over_text = not is_heading and _is_over_text(line, span, following)
        if is_over_text and is_task(line.low, line.begin):
            is_over_text = _is_title(line) or _names_a_field(line, Bodies(lines[at + 1], names, place))
        is_heading = is_heading or is_over_text
        if assessing is not None and is_heading and span.depth <= assessing:
            assessing = None
        if is_heading and ASSESSES.match(line.low, line.begin):
            assessing = span.depth
        bodies = Bodies(line, names, place)
        pieces = [Piece(clause, said_in(clause, bodies)) for clause in clauses_of(line)]
        block = Block(span, line, bodies, pieces, is_heading, line.low.rstrip().endswith(":"), is_over_text)
        if orienting is not None and block.is_marked and span.depth <= orienting:
            orienting = None
        is_orientation = orienting is not None and not _asks(block)
        found.append(replace(block, is_assessment=_assesses(block, assessing), is_orientation=is_orientation))
        if (is_heading or block.introduces) and ORIENTING.match(line.low, line.begin):
            orienting = span.depth
    return found


def _is_title(line: Line) -> bool:
    """Whether a line that begins like a task is one of the usual titles: "Đánh giá chung", "Tổ chức thực hiện"."""
    words = line.low[line.begin :].strip()
    return bool(APPRAISAL.match(words) or TITLES.fullmatch(words))


def _names_a_field(line: Line, below: Bodies) -> bool:
    """Whether a line that begins like a task only names what the text below it tells somebody to do."""
    told = (said_in(clause, below) for clause in clauses_of(below.line))
    return NAMES_A_FIELD.match(line.low, line.begin) is not None and any(each.kind is Kind.ADDRESSED for each in told)


def _asks(block: Block) -> bool:
    """Whether it tells somebody what to do, or by when."""
    low = block.line.low
    return sets_a_time(low, block.line.begin, len(low)) or any(
        piece.said.kind is Kind.ADDRESSED for piece in block.pieces
    )


def _assesses(block: Block, assessing: int | None) -> bool:
    """Whether it only assesses: below a heading that does, by the title before its text, or as a caption."""
    line = block.line
    is_titled = RUN_IN.match(line.low, line.begin) is not None and not _asks(block)
    return assessing is not None or is_titled or CAPTION.search(line.low.strip()) is not None


def _place_of(lines: list[Line], names: Names) -> Reference | None:
    """The one province that the notice is about, where it names no other nearly as often."""
    named: Counter[Agency] = Counter()
    for line in lines:
        for rank in RANKED.finditer(line.low):
            found = names.find(line.text, line.low, rank.start())
            if found and found.agency.kind == PROVINCE and found.existed:
                named[found.agency] += 1
    most = named.most_common(2)
    if not most or most[0][1] < ENOUGH or (len(most) > 1 and most[1][1] * 2 > most[0][1]):
        return None
    return Reference(most[0][0].name, most[0][0].code, is_registered=True)


def is_bare_title(block: Block) -> bool:
    """ "3. Về kiến nghị của các bộ": numbered, without a stop, and about something; nobody is told to do it."""
    words = block.line.low[block.line.begin :].strip()
    is_whole = 0 < len(words) <= HEADING_LIMIT and words[-1].isalnum()
    return block.is_marked and is_whole and BARE_TITLE.fullmatch(words) is not None


def _is_heading(line: Line, span: ParagraphSpan, following: ParagraphSpan | None) -> bool:
    """A line in capitals, or one without a stop that has others below it."""
    words = line.text[line.begin :].strip()
    if not words or len(words) > HEADING_LIMIT:
        return ABOUT.match(line.low, line.begin) is not None and words.endswith(":")
    if words.isupper() or TITLES.fullmatch(line.low[line.begin :].strip()):
        return True
    if following is None or not words[-1].isalnum():
        return ABOUT.match(line.low, line.begin) is not None and words.endswith(":")
    return following.depth > span.depth or "¶" in span.label


def _is_over_text(line: Line, span: ParagraphSpan, following: ParagraphSpan | None) -> bool:
    """ "4. An ninh mạng": a numbered line without a stop or a time, over a paragraph without a mark."""
    words = line.text[line.begin :].strip()
    is_over = following is not None and following.label == f"{span.label}¶2" and NUMBERED.fullmatch(span.label)
    is_whole = 0 < len(words) <= HEADING_LIMIT and words[-1].isalnum()
    return bool(is_over) and is_whole and not sets_a_time(line.low, line.begin, len(line.low))
