"""What is doubted of a draft: dates on a condition, times that no rule understands, and fragments without an object."""

import re
from collections.abc import Sequence
from datetime import date

from directives.rules.deadlines import (
    EACH_UNSAID,
    FROM_ISSUE,
    LATER_MONTH,
    NO_INTERVAL,
    OTHER_MONTH,
    SEVERAL_A_YEAR,
    Kind,
)
from directives.rules.reading.addressees import Kind as Says
from directives.rules.reading.asks_nothing import tells_whom_to_ask
from directives.rules.reading.by_when import RECURS_AT
from directives.rules.reading.drafts import Draft
from directives.rules.reading.due import DATED, Due
from directives.rules.reading.following import holds_a_task
from directives.rules.reading.outline import Block
from directives.rules.reading.referring_back import BACK, TIME
from directives.rules.reading.timing import IN_WORDS
from directives.rules.written_days import MISWRITTEN, PART_OF_PERIOD, dates

# What `understand` says of a deadline that may well be another one.
UNSURE = frozenset({PART_OF_PERIOD, MISWRITTEN, OTHER_MONTH, LATER_MONTH, EACH_UNSAID, NO_INTERVAL, SEVERAL_A_YEAR})
CLOSING_WORDS = re.compile(r"(?:xin |trân trọng |văn phòng [^,;.]{2,60} )?(?:thông báo|báo) (?:để|đến|tới)")
TELLS_OF = re.compile(r"(?<!\w)(?:đã|đang|vừa|đánh giá cao|ghi nhận|hoan nghênh|biểu dương|là)(?!\w)")
SUPPOSED = re.compile(r"(?:trong )?(?:trường hợp|nếu)(?!\w)")
# "Hoàn thành trước ngày X. Báo cáo kết quả ...": a sentence about what stands before it.
CLOSES_IT = re.compile(
    r"(?:(?:tổng hợp|định kỳ|kịp thời|và|đồng thời|khẩn trương)[, ]{1,2}){0,3}(?:hoàn thành|xong|báo cáo|kết thúc|"
    r"trình|gửi|chậm nhất|trước|trong)(?!\w)"
)
SENTENCES = 2
SOME_DAY = date(2001, 1, 1)  # in no leap year
UNREAD = re.compile(
    r"(?<!\w)(?:(?:(?:thượng|trung|hạ) tuần|tuần (?:đầu|cuối|thứ \w{2,4}|\d)|"
    r"(?:vào |từ |đến |trước |trong )(?:đầu|giữa|cuối))(?: của)? (?:tháng|quý|năm)|"
    r"(?:trong|trước|đến|hết|vào|ngay|chậm nhất|muộn nhất)(?: trong| vào| là)? (?:(?:đầu|giữa|cuối|hết) )?"
    r"(?:tuần|tháng|quý|năm) (?:này|tới|sau|nay|tiếp theo|kế tiếp)|(?:trong|cuối|đầu|hết|giữa) tuần|"
    r"ngày (?:mùng )?\d{1,2} (?:của )?(?:tháng|quý) (?:sau|tới|tiếp theo|kế tiếp|liền kề)|"
    r"(?:báo cáo|trình)[^;.]{0,80} tại (?:phiên|cuộc) họp[^,;.]{0,40} (?:tháng|quý|thường kỳ))(?!\w)"
)
TO = (
    r"(?:đồng chí )?(?:phó )?thủ tướng(?: chính phủ)?|chính phủ|văn phòng chính phủ|quốc hội|bộ chính trị|"
    r"cấp (?:có )?thẩm quyền(?:,? (?:xem xét|quyết định|phê duyệt|ban hành|cho ý kiến)){0,3}|"
    r"(?:thường trực |lãnh đạo |chủ tịch )?(?:ban|ủy ban|ubnd|bộ|sở|hđnd|tỉnh ủy|thành ủy|cấp(?! (?:có )?thẩm quyền))"
    r"(?: [^,;.]{1,60})?"
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
            named = draft.named.start if draft.named and draft.named.block == at else 0
            return [due for due, where in draft.dues if where != at or due.start > named]
    return [due for due in every if not due.on_condition]


def is_unsure_of_time(blocks: Sequence[Block], draft: Draft, due: Due | None) -> bool:
    """Whether the deadline may be another one, or a time is written that was not read."""
    is_untimed = draft.is_untimed and (due is None or due.understood.kind is not Kind.RECURRING)
    if is_untimed or (due and (due.understood.review in UNSURE or _begins_unsaid(due))):
        return True
    if (
        due
        and due.understood.kind is Kind.RELATIVE
        and not due.understood.due_on
        and "tết " in due.understood.text.lower()
    ):
        return True
    if due and due.understood.kind not in (Kind.URGENT_UNDATED, Kind.ONGOING):
        return False
    places = [(blocks[at].line.low, piece.clause.start, piece.clause.end) for at, piece in draft.pieces]
    return any(UNREAD.search(*place) or IN_WORDS.search(*place) or _names_no_day(*place) for place in places)


def _begins_unsaid(due: Due) -> bool:
    """ "Sau 03 tháng thí điểm": from when it counts is not said."""
    return due.understood.review == FROM_ISSUE and due.understood.text.lower().startswith("sau ")


def recurs_beside(blocks: Sequence[Block], draft: Draft, due: Due | None) -> bool:
    """Whether it also recurs, beside its date: "trước ngày 05/11/2026 và trước ngày 05 hằng tháng tiếp theo"."""
    if due is None or due.understood.kind is Kind.RECURRING:
        return False
    places = ((blocks[at].line.low, piece.said.begins, piece.clause.end) for at, piece in draft.pieces)
    return any(RECURS_AT.search(*place) for place in places)


def goes_on(blocks: Sequence[Block], draft: Draft, following: Draft | None) -> bool:
    """Whether a task stands behind it in its paragraph that neither it nor the next directive holds."""
    block = blocks[draft.finish.block]
    after = following is not None and following.begin.block == draft.finish.block
    end = following.begin.start if following and after else len(block.line.low)
    for piece in block.pieces:
        if piece.clause.start > draft.finish.end and piece.clause.end <= end:
            begins = piece.said.begins
            told = CLOSING_WORDS.match(block.line.low, begins) or TELLS_OF.search(block.line.low, begins, begins + 90)
            is_advice = tells_whom_to_ask(block.bodies, begins, piece.clause)
            if not told and not is_advice and holds_a_task(block.line.low, begins, piece.clause.end):
                return True
    return False


def next_names_a_day(blocks: Sequence[Block], draft: Draft, following: Draft | None, due: Due | None) -> bool:
    """Whether it has no date, and the next sentence of its paragraph, which names nobody, has."""
    if following is None or not following.pieces or following.begin.block != draft.finish.block:
        return False
    at, piece = following.pieces[0]
    is_its_own = piece.said.kind is Says.ADDRESSED and not BACK.match(blocks[at].line.low, piece.clause.start)
    is_bare = piece.said.kind is not Says.TASK or is_fragment(blocks, following, None)
    dated = due is not None and due.understood.kind in (Kind.DATE, Kind.PERIOD, Kind.RECURRING)
    return not is_its_own and is_bare and not dated and bool(following.dues)


def is_dated_later(blocks: Sequence[Block], draft: Draft, due: Due | None) -> bool:
    """Whether only a later sentence of it, with a task of its own, says by when: what stands first may not be meant."""
    if due is None or due.understood.due_on is None or len(draft.pieces) < SENTENCES:
        return False
    (at, first), *later = draft.pieces
    stops = [piece.clause.stop for _at, piece in draft.pieces]
    if "." not in stops[:-1] or any(where == at and each.start < first.clause.end for each, where in draft.dues):
        return False
    begins = stops.index(".") + 1
    if any(each.start < draft.pieces[begins][1].clause.start for each, where in draft.dues if where == at):
        return False
    if any(_only_times(blocks, draft, each, where) for each, where in draft.dues):
        return False
    where, sentence = draft.pieces[begins]
    low = blocks[where].line.low
    begun = sentence.clause.start
    is_closing = CLOSES_IT.match(low, sentence.said.begins) or BACK.match(low, begun) or TIME.match(low, begun)
    return bool(later) and sentence.said.kind in (Says.TASK, Says.ADDRESSED) and not is_closing


def _only_times(blocks: Sequence[Block], draft: Draft, due: Due, where: int) -> bool:
    """Whether a sentence that is there to say by when holds the date: "Thời hạn hoàn thành: ..."."""
    held = (piece for at, piece in draft.pieces if at == where and piece.clause.start <= due.start < piece.clause.end)
    return any(TIME.match(blocks[where].line.low, piece.clause.start) for piece in held)


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
