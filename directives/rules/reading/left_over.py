"""Who is named in a directive and was given nothing; doubted where work seems to be asked of them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from directives.rules.reading.bodies import Bodies
from directives.rules.reading.due import CITED
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
