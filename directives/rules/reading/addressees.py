"""Whom a clause tells to do something: its lead agencies, and the words that say so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from directives.rules.reading.bodies import BRACKET, Bodies, Mention, Reference
from directives.rules.reading.clauses import Clause
from directives.rules.reading.words import ADJUNCT, ASSIGN, NOT_A_TASK, OPENS, PLEADS, PRINCIPAL, REPORTS, TASK, TELLS

REACH = 260  # letters between the one who is named and the task, at most
PLEA = 400  # letters of a clause in which a plea makes it one
PLACES = re.compile(r"(?:^|[,:;] |\) | (?=giao |yêu cầu |đề nghị |đồng ý |chỉ đạo |phân công ))")
INSTEAD = re.compile(r"theo hướng:?|như sau:|bao gồm:|gồm:|trong đó có|thành phần")
CLAUSE_START = re.compile(
    r"(?:trong đó|đồng thời|riêng|do vậy|do đó|vì vậy|theo đó|bên cạnh đó|ngoài ra|cũng theo văn bản này|mặt khác|"
    r"cụ thể|trước hết|đặc biệt|và|còn|sau đó|trên cơ sở đó|cùng với đó),? ?"
)


class Kind(StrEnum):
    """What a clause does: hands a task to bodies that it names, names a task only, names bodies only, or neither."""

    ADDRESSED = "addressed"
    TASK = "task"
    HEAD = "head"
    REPORT = "report"


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
    start = _content(low, clause)
    if _pleads(low[start : min(clause.end, start + PLEA)]):
        return Said(Kind.REPORT, begins=start)
    if _is_task(low, start) and not ASSIGN.match(low, start):
        return Said(Kind.TASK, begins=start)
    reports = bool(REPORTS.match(low, start))
    said = None if reports else _subject_first(low, start, clause, bodies)
    if said := said or _later(low, start, clause, bodies):
        return said
    is_task = not reports and (_is_task(low, start) or _modal_in(low, start, clause.end))
    return Said(Kind.TASK if is_task else Kind.REPORT, begins=start)


def _pleads(words: str) -> bool:
    """Whether somebody asks the Prime Minister for something; what he then says is another matter."""
    plea = PLEADS.search(words)
    return bool(
        plea and not words.startswith(("giao", "yêu cầu", "về ")) and not _principal_speaks(words[: plea.start()])
    )


def _content(low: str, clause: Clause) -> int:
    start = clause.start
    while (found := CLAUSE_START.match(low, start)) and found.end() < clause.end:
        start = found.end()
    return start


def _is_task(low: str, at: int) -> bool:
    return bool(TASK.match(low, at)) and not NOT_A_TASK.match(low, at)


def _modal_in(low: str, start: int, end: int) -> bool:
    """Whether something "phải" or "cần" be done, although nobody is named."""
    found = re.search(r" (?:phải|cần)(?! thiết)(?!\w)", low[start : min(end, start + 160)])
    return found is not None and not re.search(r"\b(?:đã|đang|chưa)\b", low[start : start + found.start()])


def _principal_speaks(before: str) -> bool:
    return bool(re.search(r"thủ tướng(?: chính phủ)?[^,;]{0,60}(?:yêu cầu|giao|chỉ đạo|đề nghị)", before))


def _subject_first(low: str, start: int, clause: Clause, bodies: Bodies) -> Said | None:
    """ "Bộ A chủ trì ...", "Giao Bộ A ...", "Bộ A:"; also "Thủ tướng yêu cầu Bộ A ..."."""
    if assign := ASSIGN.match(low, start):
        if chain := bodies.chain_at(_after_words(low, assign.end())):
            return _addressed(low, chain, clause, start, (start, assign.end()))
        return None
    chain = bodies.chain_at(start)
    if chain is None:
        return None
    if assigned := _assigned_by(low, chain, clause, bodies):
        return assigned
    return _addressed(low, chain, clause, start, None)


def _after_words(low: str, at: int) -> int:
    for word in ("đối với ", "cho ", ": ", "và "):
        if low.startswith(word, at):
            at += len(word)
    return at


def _assigned_by(low: str, chain: Mention, clause: Clause, bodies: Bodies) -> Said | None:
    """A principal who speaks: "Chủ tịch UBND tỉnh yêu cầu Sở A ..."."""
    if not PRINCIPAL.match(low, chain.start):
        return None
    found = ASSIGN.search(low, chain.end, min(clause.end, chain.end + 120))
    if found is None:
        return None
    below = bodies.chain_at(_after_words(low, found.end()))
    if below is None:
        return None
    return _addressed(low, below, clause, chain.start, (found.start(), found.end()))


def _addressed(low: str, chain: Mention, clause: Clause, begins: int, assigned: tuple[int, int] | None) -> Said | None:
    """The clause as one that addresses `chain`, where a task or nothing follows it."""
    place = (chain.start, min(chain.end, clause.end))
    after = chain.end
    while found := BRACKET.match(low, after):
        after = found.end()
    rest = low[after : clause.end].strip(" .,;")
    if not rest or rest == ":":
        return Said(Kind.HEAD, chain.references, place, begins, assigned)
    if _task_begins(low, after, clause.end, assigned):
        return Said(Kind.ADDRESSED, chain.references, place, begins, assigned)
    if rest.endswith(":") and ADJUNCT.match(low, after):
        return Said(Kind.HEAD, chain.references, place, begins, assigned)
    return None


def _task_begins(low: str, after: int, end: int, assigned: tuple[int, int] | None) -> bool:
    """Whether a task follows the names that end at `after`, perhaps after by what right they do it."""
    at = after
    while at < end and low[at] in " ,:":
        at += 1
    if TELLS.match(low, at):
        return False
    if _is_task(low, at):
        return True
    if ADJUNCT.match(low, after):
        limit = min(end, after + REACH)
        return any(not NOT_A_TASK.match(low, found.start()) for found in _tasks(low, at + 1, limit))
    return assigned is not None and at < end and low[at : at + 1].isalpha()


def _tasks(low: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for found in TASK.finditer(low, start, end):
        if not low[found.start() - 1].isalnum():
            yield found


def _later(low: str, start: int, clause: Clause, bodies: Bodies) -> Said | None:
    """The one who is named after what the clause speaks of: "Về X: giao Bộ A ...", "Để B, Bộ A ..."."""
    if not OPENS.match(low, start) and ":" not in low[start : clause.end]:
        return None
    instead = INSTEAD.search(low, start, clause.end)
    for found in PLACES.finditer(low, start + 1, instead.start() if instead else clause.end):
        if said := _named_at(low, start, found.end(), clause, bodies):
            return said
    return None


def _named_at(low: str, start: int, at: int, clause: Clause, bodies: Bodies) -> Said | None:
    """What is said at `at` of a clause that begins at `start`, where a body is named or a task assigned there."""
    assign = ASSIGN.match(low, at)
    if assign and _is_pleading(low, start, at):
        return None
    chain = bodies.chain_at(_after_words(low, assign.end()) if assign else at)
    if chain is None:
        speaks = assign and PRINCIPAL.match(low, start) and _is_task(low, assign.end())
        return Said(Kind.TASK, begins=assign.end()) if assign and speaks else None
    colon = low.rfind(": ", start, at)
    begins = colon + 2 if colon >= 0 else start
    if assign:
        return _addressed(low, chain, clause, begins, (at, assign.end()))
    said = _assigned_by(low, chain, clause, bodies) or _addressed(low, chain, clause, begins, None)
    return said if said and said.kind is Kind.ADDRESSED else None


def _is_pleading(low: str, start: int, at: int) -> bool:
    """ "Về kiến nghị giao Bộ A ...": what was asked, not what was decided."""
    before = low[max(start, at - 40) : at]
    return bool(re.search(r"(?:kiến nghị|đề xuất|đề nghị|được|đã|việc) $", before))
