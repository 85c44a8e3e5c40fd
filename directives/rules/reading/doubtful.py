"""What is doubted of a draft: dates on a condition, times that no rule understands, and fragments without an object."""

import re
from collections.abc import Sequence
from datetime import date

from directives.rules.deadlines import EACH_UNSAID, NO_INTERVAL, OTHER_MONTH, Kind
from directives.rules.reading.addressees import Kind as Says
from directives.rules.reading.drafts import Draft
from directives.rules.reading.due import DATED, Due
from directives.rules.reading.outline import Block
from directives.rules.reading.timing import IN_WORDS
from directives.rules.written_days import MISWRITTEN, PART_OF_PERIOD, dates

# What `understand` says of a deadline that may well be another one.
UNSURE = frozenset({PART_OF_PERIOD, MISWRITTEN, OTHER_MONTH, EACH_UNSAID, NO_INTERVAL})
SUPPOSED = re.compile(r"(?:trong )?(?:trường hợp|nếu)(?!\w)")
SOME_DAY = date(2001, 1, 1)  # in no leap year
UNREAD = re.compile(
    r"(?<!\w)(?:(?:(?:thượng|trung|hạ) tuần|tuần (?:đầu|cuối|thứ \w{2,4}|\d)|"
    r"(?:vào |từ |đến |trước |trong )(?:đầu|giữa|cuối))(?: của)? (?:tháng|quý|năm)|"
    r"(?:trong|trước|đến|hết|vào|ngay|chậm nhất|muộn nhất)(?: trong| vào| là)? (?:(?:đầu|giữa|cuối|hết) )?"
    r"(?:tuần|tháng|quý|năm) (?:này|tới|sau|nay|tiếp theo|kế tiếp)|(?:trong|cuối|đầu|hết|giữa) tuần|"
    r"(?:báo cáo|trình)[^;.]{0,80} tại (?:phiên|cuộc) họp[^,;.]{0,40} (?:tháng|quý|thường kỳ))(?!\w)"
)
TO = (
    r"(?:đồng chí )?(?:phó )?thủ tướng(?: chính phủ)?|chính phủ|văn phòng chính phủ|quốc hội|bộ chính trị|"
    r"(?:thường trực |lãnh đạo |chủ tịch )?(?:ban|ủy ban|ubnd|bộ|sở|hđnd|tỉnh ủy|thành ủy|cấp)(?: [^,;.]{1,60})?"
)
# "Báo cáo kết quả", "trình Thủ tướng Chính phủ": of what, only the words before it tell.
FRAGMENT = re.compile(
    r"[ ,.;:/]{0,4}(?:(?:và|đồng thời|định kỳ|sau đó|kịp thời|khẩn trương|sớm|tổng hợp)[ ,]{1,2}){0,3}"
    r"(?:báo cáo|gửi|trình|thông báo|hoàn thành|xong)"
    r"(?: (?:kết quả|tiến độ|tình hình|báo cáo|văn bản|nội dung|thực hiện|triển khai|nêu trên|việc này|cụ thể)){0,4}"
    rf"(?:[ ,]{{1,2}}(?:(?:để |và )?(?:báo cáo|gửi|trình|về|lên|cho|tới|đến|qua) )?(?:{TO})){{0,3}}[ ,.;:/]{{0,6}}"
)


def binding(blocks: Sequence[Block], draft: Draft) -> list[Due]:
    """The dates of a draft without those that hold on a condition, unless all of it does."""
    every = [due for due, _at in draft.dues]
    if draft.pieces:
        at, first = draft.pieces[0]
        if SUPPOSED.match(blocks[at].line.low, first.clause.start):
            return every
    return [due for due in every if not due.on_condition]


def is_unsure_of_time(blocks: Sequence[Block], draft: Draft, due: Due | None) -> bool:
    """Whether the deadline may be another one, or a time is written that was not read."""
    if due and due.understood.review in UNSURE:
        return True
    if due and due.understood.kind not in (Kind.URGENT_UNDATED, Kind.ONGOING):
        return False
    places = [(blocks[at].line.low, piece.clause.start, piece.clause.end) for at, piece in draft.pieces]
    return any(UNREAD.search(*place) or IN_WORDS.search(*place) or _names_no_day(*place) for place in places)


def _names_no_day(low: str, start: int, end: int) -> bool:
    """Whether a deadline is a day that does not exist: 31/6."""
    return any(each.day is None for found in DATED.finditer(low, start, end) for each in dates(found[0], SOME_DAY))


def is_fragment(blocks: Sequence[Block], draft: Draft, due: Due | None) -> bool:
    """Whether all that a draft says, beside by when, is that something is reported or done: "báo cáo kết quả"."""
    if draft.begin.block != draft.finish.block or not draft.pieces or draft.pieces[0][1].said.kind is Says.ADDRESSED:
        return False
    low, start, end = blocks[draft.begin.block].line.low, draft.begin.start, draft.finish.end
    spans = sorted(
        (each.start, each.end)
        for each, at in [*draft.dues, *([(due, draft.begin.block)] if due else [])]
        if at == draft.begin.block
    )
    words = ""
    for opened, closed in spans:
        words += low[start : max(start, opened)]
        start = max(start, closed)
    return FRAGMENT.fullmatch(words + low[start:end]) is not None
