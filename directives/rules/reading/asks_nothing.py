"""What looks like a task and is none: consent, how all are to think, and to whom to turn in trouble.

Where a time is set, or a single agency is told to do something, it is a task all the same.
"""

import re
from collections.abc import Sequence

from directives.rules.reading.bodies import Bodies
from directives.rules.reading.by_when import sets_a_time
from directives.rules.reading.clauses import Clause
from directives.rules.reading.following import task_begins
from directives.rules.reading.references import Reference
from directives.rules.reading.words import ASSIGN

CONSENTS = re.compile(
    r"(?:về )?cơ bản (?:thống nhất|nhất trí|đồng ý|tán thành)(?![^;]{0,300}[ ,](?:giao|yêu cầu|đề nghị|phối hợp) )"
)
ORIENTS = re.compile(
    r"(?:các |toàn )[^;.:]{2,120}? (?:cần |phải |tiếp tục )?(?:quán triệt|nhận thức|thấm nhuần)"
    r"(?: (?:sâu sắc|đầy đủ|rõ|nghiêm túc|và|thực hiện|,)){0,4},? (?:các |những )?"
    r"(?:quan điểm|phương châm|tư tưởng|tinh thần|nguyên tắc|định hướng)(?!\w)"
)
OBSTACLES = re.compile(
    r"(?:trong quá trình [^,;.:]{3,60}, )?(?:các [^;.:]{3,80}? )?(?:nếu |khi |trường hợp )?(?:có|gặp|phát sinh)"
    r"(?: phải| những| các)?(?: khó khăn| vấn đề)?(?:,| và)? ?vướng mắc"
    r"[^;.:]{0,120}?(?:phản ánh|báo cáo|gửi|liên hệ|trao đổi|thông tin)(?!\w)[^;.:]{0,160} để (?:được |kịp thời )?"
    r"(?:hướng dẫn|giải đáp|tổng hợp|xem xét|giải quyết|tháo gỡ|xử lý|hỗ trợ|phối hợp)"
)
REPORTED = re.compile(r"(?<!\w)(?:báo cáo|hoàn thành)(?!\w)")
COMMA = re.compile(", ")
STOPS = re.compile(r"[;.](?: |$)")
REACH = 400  # letters of a sentence in which it may say by when, at most


def asks_nothing(bodies: Bodies, at: int, clause: Clause) -> bool:
    """Whether the clause, whose words begin at `at`, says how all are to think, or to whom to turn in trouble."""
    return orients(bodies, at, clause) or tells_whom_to_ask(bodies, at, clause)


def consents(bodies: Bodies, at: int, clause: Clause) -> bool:
    """ "Về cơ bản thống nhất với dự thảo": nobody is to do anything by a time."""
    return CONSENTS.match(bodies.low, at) is not None and not sets_a_time(bodies.low, at, clause.end)


def orients(bodies: Bodies, at: int, clause: Clause) -> bool:
    """ "Các bộ, ngành quán triệt quan điểm ...", with nothing for them to do by a time or to report on."""
    low = bodies.low
    if ORIENTS.match(low, at) is None:
        return False
    end = _until_another_is_named(bodies, clause)
    return not REPORTED.search(low, at, end) and not sets_a_time(low, at, end)


def tells_whom_to_ask(bodies: Bodies, at: int, clause: Clause) -> bool:
    """Whether a sentence of its own only says to whom to turn in trouble; behind a semicolon it is part of a task."""
    low = bodies.low
    if low[: clause.start].endswith((";", "; ")) or OBSTACLES.match(low, at, clause.end) is None:
        return False
    return not sets_a_time(low, at, clause.end) and not _tells_an_agency(bodies, at, clause.end)


def names_an_agency(references: Sequence[Reference]) -> bool:
    """Whether a single agency of the register is among those who are named."""
    return any(each.is_registered and not each.is_group for each in references)


def _until_another_is_named(bodies: Bodies, clause: Clause) -> int:
    """Where the sentence ends, or the clause of it before one that names somebody anew."""
    end = clause.end
    while bodies.low.startswith("; ", end) and end < clause.start + REACH and bodies.chain_at(end + 2) is None:
        stop = STOPS.search(bodies.low, end + 2)
        end = stop.start() if stop else len(bodies.low)
    return end


def _tells_an_agency(bodies: Bodies, start: int, end: int) -> bool:
    """Whether a single agency is told to do something behind a comma: "nếu có vướng mắc, Bộ A tổng hợp ..."."""
    low = bodies.low
    for comma in COMMA.finditer(low, start, end):
        at = comma.end()
        assign = ASSIGN.match(low, at)
        chain = bodies.chain_at(assign.end() if assign else at)
        span = assign.span() if assign else None
        if chain and names_an_agency(chain.references) and task_begins(low, chain.end, end, span, is_known=False):
            return True
    return False
