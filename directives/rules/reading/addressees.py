"""Whom a clause tells to do something: its lead agencies, and the words that say so."""

import re
from dataclasses import dataclass
from enum import StrEnum

from directives.rules.reading.asks_nothing import asks_nothing, consents
from directives.rules.reading.bodies import Bodies
from directives.rules.reading.body_words import APPOSITION, BRACKET
from directives.rules.reading.clauses import NUMBERED, Clause
from directives.rules.reading.following import holds_a_task, task_begins, which_of_them
from directives.rules.reading.inside_lists import is_inside, only_describes
from directives.rules.reading.narrowed import members_named
from directives.rules.reading.principals import ASKS, announced, may_assign, pleads
from directives.rules.reading.references import Mention, Reference
from directives.rules.reading.task_words import is_task
from directives.rules.reading.words import (
    ADJUNCT,
    ASSIGN,
    MODAL,
    OPENS,
    PRINCIPAL,
    REPORTS,
    TELLS_ONLY,
)

SPEAKS = 120  # letters between a principal and the word that assigns, at most
NAMED = 40  # letters of a principal's own name, at most
LATER = 1500  # letters of a clause before the one who is named, at most
PAST_REACH = 160  # letters of a clause in which its past tense is its own
PLEA = 400  # letters of a clause in which a plea makes it one
PLACES = re.compile(r"(?:^|[,:;] |\) | (?=giao |yêu cầu[ ,]|quyết nghị |đề nghị |đồng ý |chỉ đạo |phân công |lưu ý ))")
INSTEAD = re.compile(r"theo hướng:?|như sau:|bao gồm:|gồm:|trong đó có|thành phần")
CLAUSE_START = re.compile(
    r"(?:(?:trong đó|đồng thời|riêng|do vậy|do đó|vì vậy|vì thế|theo đó|bên cạnh đó|ngoài ra|cũng theo văn bản này|"
    r"mặt khác|cụ thể|trước hết|đặc biệt|và|còn|sau đó|trên cơ sở đó|cùng với đó|song song với đó|song song đó|tiếp đó|"
    r"tiếp theo|cuối cùng|từ đó),? ?|"
    r"(?:trước mắt|nay|trước tiên|tới đây|sắp tới|(?:trong )?thời gian tới|về lâu dài|nhất là|đáng chú ý|"
    r"từ nay đến cuối năm|về (?:vấn đề|việc|nội dung) (?:này|trên|nêu trên)|với tinh thần (?:đó|trên)|nhân dịp này), |"
    r"(?:nghị quyết|chỉ thị|công điện|văn bản|thông báo|công văn|kết luận|quyết định)[^,;:.]{0,60}? "
    r"(?:nêu rõ|nêu|ghi rõ|chỉ rõ|nhấn mạnh)[,:] )"
)

WHEN = re.compile(
    r"(?:hằng|hàng|định kỳ|trước (?:ngày|\d)|chậm nhất|trong (?:tháng|quý|năm|ngày)|đến ngày|ngay sau|cùng với) ?"
)
SOURCE = re.compile(r"(?:\([^()]{2,20}\)|[A-ZĐ]{2,6}(?:\.VN)?) ?[-–] ")  # of a press report: "(PLVN) - ..."
# "Đối với Bộ A, cơ quan đầu mối, Thủ tướng yêu cầu Bộ này ...".
ASKED_OF_IT = re.compile(
    r"(?:yêu cầu|giao|đề nghị) (?:bộ|sở|ngành|cơ quan|đơn vị|địa phương|tỉnh|thành phố|tập đoàn|doanh nghiệp) này "
)
ASKED = re.compile(r"(?:, [^,;:]{3,80})? (?:cũng |đã )?(?:yêu cầu|đề nghị|giao) ")
LABELLED = re.compile(r"(?:đối với|về phía|(?:trách nhiệm|nhiệm vụ)(?: cụ thể)? (?:của|đối với)) ")
THE_SAME = re.compile(r" (?:này|nói trên|trên(?! (?:địa bàn|cả nước|toàn|tuyến|các)))(?!\w)")
TIMED = re.compile(r"(?:từ|trước|trong|đến|chậm nhất|định kỳ|hằng|hàng) [^,;:]{3,60}[,:] ")
BELONGING = re.compile(r" (?:trực thuộc|thuộc|trên địa bàn|của) [^,;:.()]{2,80}")
# "Giải phóng mặt bằng là nhiệm vụ trọng tâm": a statement, although it begins like a task.
IS_SOMETHING = re.compile(
    r"(?!xác định |coi |lấy )[^,;.:]{0,180} (?:là|có) (?:một |một trong những |những )?(?:nhiệm vụ|yêu cầu|"
    r"mục tiêu|vấn đề|chủ trương|"
    r"động lực|yếu tố|nền tảng|khâu|điều kiện|ý nghĩa|vai trò|vị trí)"
)
# What was done stands in the past; a noun's own past ("đã được phê duyệt") tells nothing.
PAST = re.compile(
    r"(?<!\w)(?:thời gian qua|vừa qua|đến nay|trong những năm qua|đã (?:tích cực|chủ động|triển khai|"
    r"hoàn thành|đạt|có nhiều|kịp thời|"
    r"cơ bản|ban hành (?:công văn|hai|các|nhiều)|nỗ lực|đề xuất|tham mưu|phối hợp|tập trung|bộc lộ|trở thành|"
    r"phân tích|tăng cường)|đạt (?:được )?(?:nhiều |những )?kết quả|ước đạt|so với cùng kỳ)(?!\w)"
)


class Kind(StrEnum):
    """What a clause does.

    It hands a task to bodies that it names, or names only a task, or only bodies ("Bộ A:"); says how something must
    be; pleads for something; tells what was or is; or does none of these.
    """

    ADDRESSED = "addressed"
    TASK = "task"
    DEMAND = "demand"
    PLEA = "plea"
    HEAD = "head"
    REPORT = "report"
    OTHER = "other"


@dataclass(frozen=True)
class Said:
    """What a clause says: its kind, to whom, where the names stand, and where the task begins."""

    kind: Kind
    references: tuple[Reference, ...] = ()
    named: tuple[int, int] = (0, 0)
    begins: int = 0
    assigned: tuple[int, int] | None = None


def said_in(clause: Clause, bodies: Bodies) -> Said:
    """What `clause` of the line of `bodies` says."""
    low = bodies.low
    start = _content(bodies.line.text, low, clause)
    if TELLS_ONLY.match(low, start) or asks_nothing(bodies, start, clause):
        return Said(Kind.REPORT, begins=start)
    if pleads(low[start : min(clause.end, start + PLEA)]):
        return Said(Kind.PLEA, begins=start)
    is_past = _is_past(low, clause)
    states = REPORTS.match(low, start) or IS_SOMETHING.match(low, start, clause.end)
    reports = is_past or bool(states) or consents(bodies, start, clause)
    is_name = bodies.taken(start) or bool(WHEN.match(low, start))
    if not reports and is_task(low, start) and not _hands_on(low, start) and not is_name:
        return Said(Kind.TASK, begins=start)
    if news := announced(low, start, clause.end):
        told, is_fresh = news
        return _in_the_news(low, start, told if is_fresh else clause.end, clause, bodies)
    said = None if reports else _subject_first(low, start, clause, bodies)
    said = said or _later(low, start, clause, bodies)
    if said and (said.assigned or said.kind is Kind.TASK or not is_past):
        return said
    if reports:
        return Said(Kind.REPORT, begins=start)
    timed = TIMED.match(low, start)
    if is_task(low, timed.end() if timed else start):
        return Said(Kind.TASK, begins=start)
    return Said(Kind.DEMAND if _modal_in(low, start, clause.end) else Kind.OTHER, begins=start)


def _in_the_news(low: str, start: int, news: int, clause: Clause, bodies: Bodies) -> Said:
    """ "Thủ tướng vừa ký công điện yêu cầu ...": it reports, unless single bodies are told to do something."""
    for assign in ASSIGN.finditer(low, news, clause.end):
        chain = bodies.chain_at(_after_words(low, assign.end()))
        said = _addressed(bodies, chain, clause, start, (assign.start(), assign.end())) if chain else None
        if said and said.kind is Kind.ADDRESSED and not all(each.is_group for each in said.references):
            return said
    return Said(Kind.REPORT, begins=start)


def _hands_on(low: str, at: int) -> bool:
    """Whether the clause begins by assigning; "chỉ đạo" without a principal is itself the task of a lead."""
    return bool(ASSIGN.match(low, at)) and not low.startswith("chỉ đạo", at)


def _is_past(low: str, clause: Clause) -> bool:
    return bool(PAST.search(low, clause.start, min(clause.end, clause.start + PAST_REACH)))


def _content(text: str, low: str, clause: Clause) -> int:
    start = clause.start
    if source := SOURCE.match(text, start):
        start = source.end()
    if (numbered := NUMBERED.match(low, start)) and numbered.end() < clause.end:
        start = numbered.end()
    while (found := CLAUSE_START.match(low, start)) and found.end() < clause.end:
        start = found.end()
    return start


def _modal_in(low: str, start: int, end: int) -> bool:
    """Whether something "phải" or "cần" be done, although nobody is named."""
    found = re.search(r" (?:phải|cần)(?! thiết)(?!\w)", low[start : min(end, start + 160)])
    return found is not None and not re.search(r"\b(?:đang|chưa)\b", low[start : start + found.start()])


def _subject_first(low: str, start: int, clause: Clause, bodies: Bodies) -> Said | None:
    """ "Bộ A chủ trì ...", "Giao Bộ A ...", "Bộ A:"; also "Thủ tướng yêu cầu Bộ A ..."."""
    if labelled := LABELLED.match(low, start):
        return _labelled(low, start, labelled, clause, bodies)
    if assign := ASSIGN.match(low, start):
        if chain := bodies.chain_at(_after_words(low, assign.end())):
            return _addressed(bodies, chain, clause, start, (start, assign.end()))
        if assign[0].startswith(("đồng ý", "nhất trí", "thống nhất")):
            return Said(Kind.REPORT, begins=start)  # an approval that gives nobody anything to do
        hands_on = low.startswith("và ", assign.end()) or is_task(low, _after_words(low, assign.end()))
        return Said(Kind.TASK, begins=start) if hands_on else None
    chain = bodies.chain_at(start) or _excepted(low, start, clause, bodies)
    if chain is None:
        return None
    if assigned := _assigned_by(low, chain, clause, bodies):
        return assigned
    return _addressed(bodies, chain, clause, start, None)


def _excepted(low: str, start: int, clause: Clause, bodies: Bodies) -> Mention | None:
    """ "Riêng Hà Nội và Đà Nẵng ...": provinces by their bare names, behind the word that takes them out of all."""
    if not low[clause.start : start].endswith("riêng "):
        return None
    references, end = bodies.lists.provinces_at(start)
    return Mention(start, end, tuple(references)) if references else None


def _labelled(low: str, start: int, labelled: re.Match[str], clause: Clause, bodies: Bodies) -> Said | None:
    """ "Đối với Bộ A: ...", "Nhiệm vụ của Sở B: ..."."""
    chain = bodies.chain_at(labelled.end())
    is_asked = chain and labelled[0] == "đối với " and low.startswith(", ", chain.end)
    comma = bool(chain and is_asked and is_task(low, chain.end + 2))
    again = ASKED_OF_IT.search(low, chain.end, clause.end) if chain else None
    own = bodies.mention_at(labelled.end())
    if own and again and is_task(low, again.end()):
        return Said(Kind.ADDRESSED, own.references, (own.start, own.end), start, again.span())
    is_told = chain and (comma or low.startswith(":", chain.end) or MODAL.match(low, chain.end + 1))
    return _addressed(bodies, chain, clause, start, None) if chain and is_told else None


def _after_words(low: str, at: int) -> int:
    for word in ("đối với ", "cho ", ": ", ", ", "và "):
        if low.startswith(word, at):
            at += len(word)
    timed = TIMED.match(low, at)
    return timed.end() if timed else at


def _assigned_by(low: str, chain: Mention, clause: Clause, bodies: Bodies) -> Said | None:
    """A principal who speaks: "Chủ tịch UBND tỉnh yêu cầu Sở A ..."."""
    if not PRINCIPAL.match(low, chain.start) and not ASKS.match(low, chain.end):
        return None
    found = ASSIGN.search(low, chain.end, min(clause.end, chain.end + SPEAKS))
    if found is None or not may_assign(low, chain.start, found.start(), is_principal=True):
        return None
    below = bodies.chain_at(_after_words(low, found.end()))
    if below is None:
        speaks = found.start() <= chain.end + NAMED and is_task(low, found.end()) and not found[0].startswith("chỉ đạo")
        return Said(Kind.TASK, begins=found.end()) if speaks else None
    return _addressed(bodies, below, clause, chain.start, (found.start(), found.end()))


def _addressed(
    bodies: Bodies, chain: Mention, clause: Clause, begins: int, assigned: tuple[int, int] | None
) -> Said | None:
    """The clause as one that addresses `chain`, where a task or nothing follows it."""
    low = bodies.low
    chain = members_named(bodies, chain, clause.end) or chain
    place = (chain.start, min(chain.end, clause.end))
    after = chain.end
    if chain.references[-1].is_group:
        after = which_of_them(low, after)
    while found := BRACKET.match(low, after) or APPOSITION.match(low, after):
        after = found.end()
    if THE_SAME.match(low, after):
        return Said(Kind.TASK, begins=begins)
    rest = low[after : clause.end].strip(" .,;")
    asks = ASSIGN.fullmatch(rest.rstrip(": ") + " ") or (assigned is None and ASKED.match(low, chain.end))
    if asks and PRINCIPAL.match(low, chain.start):
        return None
    whose = BELONGING.fullmatch(low[after : clause.end].rstrip(" .,;:"))
    if not rest or rest == ":" or (whose and not holds_a_task(low, after, clause.end)):
        return Said(Kind.HEAD, chain.references, place, begins, assigned)
    timed = TIMED.match(low, clause.start)
    is_first = chain.start in (clause.start, timed.end() if timed else clause.start)
    is_known = is_first and chain.references[-1].is_whole
    is_subject = begins == chain.start or assigned is not None
    if task_begins(low, after, clause.end, assigned, is_known=is_known, is_subject=is_subject):
        return Said(Kind.ADDRESSED, chain.references, place, begins, assigned)
    if rest.endswith(":") and ADJUNCT.match(low, after):
        return Said(Kind.HEAD, chain.references, place, begins, assigned)
    return None


def _later(low: str, start: int, clause: Clause, bodies: Bodies) -> Said | None:
    """The one who is named after what the clause speaks of: "Về X: giao Bộ A ...", "Để B, Bộ A ..."."""
    if not OPENS.match(low, start) and ":" not in low[start : clause.end]:
        return None
    instead = INSTEAD.search(low, start, clause.end)
    limit = min(start + LATER, instead.start() if instead else clause.end)
    for found in PLACES.finditer(low, start + 1, limit):
        if said := _named_at(low, start, found.end(), clause, bodies):
            return said
    return None


def _named_at(low: str, start: int, at: int, clause: Clause, bodies: Bodies) -> Said | None:
    """What is said at `at` of a clause that begins at `start`, where a body is named or a task assigned there."""
    assign = ASSIGN.match(low, at)
    if assign and not may_assign(low, start, at):
        return None
    chain = bodies.chain_at(_after_words(low, assign.end()) if assign else at)
    colon = low.rfind(": ", start, at)
    begins = colon + 2 if colon >= 0 else start
    if chain is None:
        told = _after_words(low, assign.end()) if assign else at
        is_consent = assign is not None and assign[0].startswith("đồng ý")
        speaks = assign and not is_consent and low[at - 2 : at] not in (", ", ") ") and is_task(low, told)
        return Said(Kind.TASK, begins=told) if speaks else None
    if assign:
        return _addressed(bodies, chain, clause, begins, (at, assign.end()))
    is_told_of = is_inside(bodies, start, at) or only_describes(low, start, chain.end)
    if is_told_of or not chain.references[0].is_certain:
        return None
    said = _assigned_by(low, chain, clause, bodies) or _addressed(bodies, chain, clause, begins, None)
    return said if said and said.kind is Kind.ADDRESSED else None
