"""Clauses that only name who helps: "Bộ A chủ trì X; Bộ B, Bộ C phối hợp; báo cáo trước ngày Y"."""

import re
from collections.abc import Sequence

from directives.rules.reading.addressees import Kind
from directives.rules.reading.coordinating import Together
from directives.rules.reading.drafts import Draft
from directives.rules.reading.due import Due
from directives.rules.reading.outline import Block, Piece

# All that such a clause says beside names and dates; another verb ("phối hợp cung cấp số liệu") is a task of its own.
HELPS = re.compile(
    r"[ ,:]{0,3}(?:(?:theo|trong phạm vi) chức năng(?:, nhiệm vụ)?(?: được giao)?,? )?(?:có trách nhiệm |chủ động |"
    r"tích cực |cùng |tham gia(?:,| và)? ){0,3}(?:phối hợp|hỗ trợ)(?:,? (?:và )?(?:hỗ trợ|phối hợp)| chặt chẽ|"
    r" tích cực| kịp thời| hiệu quả| kỹ thuật| chuyên môn| nghiệp vụ| về| mặt| trong việc){0,4}"
    r"(?P<whom> (?:với|cùng(?: với)?) )?"
)
# "Bố trí đủ nhân lực, kinh phí": what helping takes.
MEANS = (
    r"(?:(?:và )?(?:chủ động )?(?:bố trí|bảo đảm|chuẩn bị|cử)(?: đủ| đầy đủ)?(?:(?:,| và)? (?:nhân lực|kinh phí|"
    r"nguồn lực|cán bộ|con người|phương tiện|điều kiện)){1,4}[ ,]{0,2}(?:tham gia |để |cần thiết ){0,2})"
)
BESIDE = re.compile(
    rf"[ ,]{{0,2}}(?:{MEANS}|(?:để |cùng )?(?:tổ chức |triển khai |tham gia )?(?:triển khai|thực hiện|giải quyết)"
    r"(?: (?:các )?(?:nhiệm vụ|nội dung|việc|công việc) (?:này|trên|nêu trên|đó))?|"
    r"trong quá trình (?:triển khai|thực hiện|rà soát|xây dựng|xử lý)|"
    r"theo (?:chức năng|thẩm quyền|quy định|yêu cầu|đề nghị)(?:, nhiệm vụ)?(?: được giao)?|khi (?:có|được) (?:yêu cầu|"
    r"đề nghị)|để|hoàn thành|xong){0,4}[ .,;:/]{0,6}"
)

# "Giao Bộ A chủ trì; Bộ B phối hợp với Bộ C thẩm định": what A leads is only said with those who help.
ONLY_LEADS = re.compile(
    r"(?: là (?:cơ quan |đơn vị |đầu mối )?| làm | chịu trách nhiệm )? ?chủ trì(?: thực hiện)?[ ,.;]{0,6}"
)


def helpers(block: Block, piece: Piece, current: Draft | None, dues: Sequence[Due]) -> list[Together]:
    """Those whom a clause behind the directive `current` only names as helping with it; none where it does more."""
    said, end = piece.said, piece.clause.end
    if current is None or said.kind is not Kind.ADDRESSED:
        return []
    low = block.line.low
    helps = HELPS.match(low, said.named[1], end)
    if helps is None:
        return []
    at = helps.end()
    chain = block.bodies.chain_at(at) if helps["whom"] else None
    themselves = [Together(each, *said.named) for each in said.references]
    if _only_leads(block, current):
        return themselves + ([Together(each, chain.start, chain.end) for each in chain.references] if chain else [])
    if helps["whom"]:
        leads = {each.name for each in current.references}
        if chain is None or not {each.name for each in chain.references} <= leads:
            return []
        at = chain.end
    return themselves if _says_no_more(low, at, end, dues) else []


def only_helps(block: Block, draft: Draft, before: Draft | None, at: int) -> bool:
    """Whether a draft only begins with who helps ("Bộ B phối hợp ..."), in the paragraph `at` of the one before it."""
    if before is None or not draft.pieces or before.finish.block != at or draft.dues:
        return False
    said = draft.pieces[0][1].said
    is_named = said.kind is Kind.ADDRESSED and draft.pieces[0][0] == at
    return is_named and HELPS.match(block.line.low, said.named[1]) is not None


def _says_no_more(low: str, at: int, end: int, dues: Sequence[Due]) -> bool:
    """Whether letters `at`:`end` say nothing of their own but by when."""
    for due in dues:
        beside = BESIDE.match(low, at, end)
        if beside and at <= due.start <= beside.end() + 1:
            at = due.end
    return BESIDE.fullmatch(low, at, end) is not None


def _only_leads(block: Block, current: Draft) -> bool:
    """Whether all that a directive of the same paragraph says so far is that somebody leads."""
    first = current.pieces[0][1] if len(current.pieces) == 1 else None
    if first is None or first not in block.pieces:
        return False
    return ONLY_LEADS.fullmatch(block.line.low, first.said.named[1], first.clause.end) is not None
