"""Who is named in a directive and was given nothing; doubted where work seems to be asked of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from directives.rules.deadlines import understand
from directives.rules.lunar_new_year import TET
from directives.rules.reading.bodies import Bodies
from directives.rules.reading.due import CITED, DAY, MONTH, QUARTER
from directives.rules.reading.references import Mention
from directives.rules.reading.task_words import is_task
from directives.rules.written_days import DATE

CAPITAL = re.compile(r"(?<![^\W_])(?=[^\W\d_])")
# Behind these a name begins what somebody else is to do or to help with.
BEGINS = re.compile(r"(?:[,;:.(–-] |[,;:(]|(?<!\w)(?:và|còn|cùng|do|giao|yêu cầu|đề nghị)) ?$")
WITH = re.compile(r"(?:phối hợp|cùng|tham gia của|phối hợp của|chủ trì)(?: \w{1,12}){0,2} ?:? ?$")
DOES = re.compile(
    r"(?: liên quan)?(?:,? (?:có trách nhiệm|chủ động|tích cực|cùng|khẩn trương|tham gia|kịp thời|chịu trách nhiệm))"
    r"{0,4} "
    r"(?:phối hợp|chủ trì|tham gia|hỗ trợ|hướng dẫn|thẩm định|cung cấp|rà soát|xây dựng|bố trí|có ý kiến|làm đầu mối|"
    r"báo cáo|tổng hợp|đôn đốc|kiểm tra|hoàn thành|triển khai|tổ chức|thực hiện|bảo đảm|cho ý kiến|chịu trách nhiệm)"
    r"(?!\w)"
)
DAY_WORD = re.compile(r"(?:ngày|trước|đến|hết) $")
# A day, a month or a quarter of a year that is named, or Tết.
TIME = re.compile(rf"(?<![\d/])(?:{DAY})(?!\d)|(?<!\w)(?:{MONTH}|{QUARTER}|{TET})(?!\w)")
HAS_YEAR = re.compile(r"\d{4}|tết ")
# Days that tell of a plan's years, an entry into force, or what somebody else has fixed.
OF_OTHERS = re.compile(
    r"(?:giai đoạn|thời kỳ|nhiệm kỳ|hiệu lực|áp dụng|thi hành|tầm nhìn|kỳ họp|phiên họp|diễn ra|khai mạc|khởi công|"
    r"khánh thành|dịp|kế hoạch|dự toán|số liệu|chương trình|niên độ|được giao|đã|dự kiến|ngành|năm học|kỳ thi|đại hội|"
    r"cuộc họp|hội nghị|ngày lễ|kỷ niệm|chào mừng|phục vụ)[^,;.]{0,60}$"
)
BEFORE = 40  # letters before a name that are looked at
MOST = 60  # mentions of a directive that are looked at


def left_over(
    bodies: Bodies, start: int, end: int, taken: Iterable[tuple[int, int]], known: Iterable[str]
) -> Iterator[tuple[Mention, bool]]:
    """Each agency of the register that is named at letters `start`:`end` outside `taken` and is none of the `known`.

    With it whether it seems to be asked to do something or to help.
    """
    spans, names, at = sorted(taken), set(known), start
    for _turn in range(MOST):
        mention = _next(bodies, at, end, spans)
        if mention is None:
            return
        at = mention.end
        if any(each.is_registered and not each.is_group and each.name not in names for each in mention.references):
            yield mention, _is_asked(bodies, mention, end)


def _next(bodies: Bodies, at: int, end: int, spans: Sequence[tuple[int, int]]) -> Mention | None:
    for place in CAPITAL.finditer(bodies.line.text, at, end):
        here = place.start()
        if here < at or not bodies.line.text[here].isupper():
            continue
        inside = next((high for low, high in spans if low <= here < high), None)
        if inside is not None:
            at = inside
            continue
        chain = bodies.chain_at(here) if bodies.taken(here) else None
        if chain and chain.end <= end:
            return chain
    return None


def _is_asked(bodies: Bodies, mention: Mention, end: int) -> bool:
    low = bodies.low
    before = low[max(0, mention.start - BEFORE) : mention.start]
    if WITH.search(before):
        return True
    after = mention.end
    does = DOES.match(low, after, end) is not None or (low.startswith(" ", after) and is_task(low, after + 1))
    return does and BEGINS.search(before) is not None


def days_left_over(low: str, start: int, end: int, taken: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where days are written at letters `start`:`end` that are no deadline of it, those of cited documents apart."""
    spans = list(taken)
    for found in DATE.finditer(low, start, end):
        at = found.start()
        is_taken = any(opened <= at < closed for opened, closed in spans)
        if (
            not is_taken
            and DAY_WORD.search(low, max(start, at - 6), at)
            and not CITED.search(low[max(start, at - BEFORE) : at])
        ):
            yield at, found.end()


def has_time_left_over(
    low: str, start: int, end: int, taken: Iterable[tuple[int, int]], issued_on: date | None
) -> bool:
    """Whether a day that is still to come is named at letters `start`:`end`, outside `taken`, and is no deadline.

    Those of cited documents, of plans and of what others have fixed are none either.
    """
    spans = list(taken)
    if issued_on is None:
        return False
    for found in TIME.finditer(low, start, end):
        at = found.start()
        before = low[max(start, at - 2 * BEFORE) : at]
        is_taken = any(opened < found.end() and at < closed for opened, closed in spans)
        if is_taken or not HAS_YEAR.search(found[0]) or CITED.search(before) or OF_OTHERS.search(before):
            continue
        day = understand(f"trước {found[0]}", issued_on).due_on
        if day is not None and day >= issued_on:
            return True
    return False
