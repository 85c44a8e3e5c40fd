"""Who works together with the lead: the bodies after "phối hợp với", "cùng với", "làm việc với"."""

import re
from dataclasses import dataclass
from itertools import islice

from directives.rules.reading.bodies import Bodies
from directives.rules.reading.in_brackets import helping_in
from directives.rules.reading.narrowed import members_named
from directives.rules.reading.references import Reference

WITH = re.compile(
    r"(?<!\w)(?:(?P<together>(?:chủ động, |tích cực, )?phối hợp(?: chặt chẽ| tích cực| đồng bộ| hiệu quả|"
    r" thường xuyên)?"
    r"(?:, (?:hướng dẫn|hỗ trợ|trao đổi|thống nhất|đôn đốc|chỉ đạo))?(?: với| cùng(?: với)?)?:? )|"
    r"(?P<along>cùng (?:với )?(?=bộ|các|ubnd|ủy ban|sở|lãnh đạo|tỉnh|thành phố|công an|ban |văn phòng|tập đoàn|"
    r"đồng chí))|"
    r"(?P<meeting>(?:làm việc|trao đổi|thống nhất)(?: cụ thể| trực tiếp| ngay| kỹ)?(?:, (?:trao đổi|thống nhất|"
    r"làm việc))?(?: với| cùng) ))"
)  # fmt: skip
# "Bộ A chủ trì, Bộ B phối hợp rà soát ...": he who helps stands before the word.
HELPING = re.compile(
    r"(?: liên quan)? (?:cùng |tích cực |chủ động )?phối hợp(?! (?:\w{1,7} \w{1,7} )?(?:với|cùng))(?!\w)"
)
# "Bộ A chủ trì, Bộ B phối hợp với Bộ C ...": where somebody leads, he helps too, and so does C.
LED = re.compile(r"(?<!\w)(?:chủ trì|làm đầu mối)(?!\w)")
HELPING_TOO = re.compile(r"(?: liên quan)? (?:cùng |tích cực |chủ động )?phối hợp(?!\w)")
COMMA = re.compile(r", (?:và |còn |đồng thời )?(?:giao |đề nghị |yêu cầu )?")
HELPED = 12  # times that it is looked for in a clause, at most
HELPING_REACH = 240  # letters of names before it, at most
# Firms and foreigners that one meets are no coordinators; those whom the register knows are.
PARTNERS = re.compile(
    r"(?:công ty|các tập đoàn|nhà đầu tư|các nhà|doanh nghiệp|nhà tài trợ|.{0,80}(?:trung quốc|nước ngoài|"
    r"quốc tế|thế giới))"
)
# "Yêu cầu đơn vị tổ chức sự kiện phối hợp với A": A helps that unit, not the lead.
OF_ANOTHER = re.compile(
    r"(?<!\w)(?:yêu cầu|đề nghị) (?:các )?(?:đơn vị|doanh nghiệp|nhà thầu|chủ đầu tư|nhà đầu tư)(?: [^\W_]{1,8}){0,6} $"
)


@dataclass(frozen=True)
class Together:
    """A coordinating body, and the letters of the line that name it after the words that say so."""

    reference: Reference
    start: int
    end: int


def together_in(bodies: Bodies, start: int, end: int, outside: list[tuple[int, int]]) -> list[Together]:
    """The bodies with which the task at letters `start`:`end` is done; in brackets only where those say just that."""
    found: list[Together] = []
    for cue in WITH.finditer(bodies.low, start, end):
        if any(opened <= cue.start() < closed for opened, closed in outside):
            continue
        chain = bodies.chain_at(cue.end())
        if chain is None or chain.start >= end:
            continue
        if OF_ANOTHER.search(bodies.low, max(start, cue.start() - 60), cue.start()):
            continue
        chain = members_named(bodies, chain, end) or chain
        found += [
            Together(reference, cue.start(), min(chain.end, end))
            for reference in _meant(bodies, chain.references, chain.end)
            if not (cue["meeting"] and _is_a_partner(reference))
        ]
    inside = helping_in(bodies, outside)
    found += [Together(each, chain.start, chain.end) for chain in inside for each in chain.references]
    return found + _named_before(bodies, start, end, outside)


def _named_before(bodies: Bodies, start: int, end: int, outside: list[tuple[int, int]]) -> list[Together]:
    """The bodies that are named behind a comma and before "phối hợp", within a task that others lead."""
    found: list[Together] = []
    led = LED.search(bodies.low, start, end)
    cues = HELPING_TOO.finditer(bodies.low, led.end(), end) if led else HELPING.finditer(bodies.low, start, end)
    for cue in islice(cues, HELPED):
        if any(opened <= cue.start() < closed for opened, closed in outside):
            continue
        for comma in COMMA.finditer(bodies.low, max(start, cue.start() - HELPING_REACH), cue.start()):
            chain = bodies.chain_at(comma.end())
            if chain and cue.start() <= chain.end <= cue.end() and chain.end <= end:
                found += [Together(each, comma.end(), chain.end) for each in chain.references]
                break
    return found


def list_reach(bodies: Bodies, start: int, end: int) -> int:
    """Where a list of helpers that begins in the clause `start`:`end` ends beyond it; 0 where none does."""
    reach = 0
    for cue in WITH.finditer(bodies.low, start, end):
        chain = bodies.chain_at(cue.end())
        reach = max(reach, chain.end) if chain else reach
    return reach if reach > end else 0


def _is_a_partner(reference: Reference) -> bool:
    return not reference.is_registered and bool(PARTNERS.match(reference.name.lower()))


def _meant(bodies: Bodies, references: tuple[Reference, ...], end: int) -> tuple[Reference, ...]:
    """ "Các địa phương (A, B)" are the two in brackets."""
    if references and references[-1].is_group and bodies.low.startswith(" (", end):
        inside = bodies.lists.names_in_brackets(end + 2)
        if inside:
            return (*references[:-1], *inside)
    return references
