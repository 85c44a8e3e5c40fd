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
    r"tích cực |cùng |tham gia(?:,| và)? ){0,3}phối hợp(?: chặt chẽ| tích cực| kịp thời| hiệu quả){0,2}"
    r"(?P<whom> (?:với|cùng(?: với)?) )?"
)
BESIDE = re.compile(
    r"[ ,]{0,2}(?:(?:để |cùng )?(?:tổ chức |triển khai |tham gia )?(?:triển khai|thực hiện|giải quyết)"
    r"(?: (?:các )?(?:nhiệm vụ|nội dung|việc|công việc) (?:này|trên|nêu trên|đó))?|"
    r"trong quá trình (?:triển khai|thực hiện|rà soát|xây dựng|xử lý)|"
    r"theo (?:chức năng|thẩm quyền|quy định|yêu cầu|đề nghị)(?:, nhiệm vụ)?(?: được giao)?|khi (?:có|được) (?:yêu cầu|"
    r"đề nghị)|để|hoàn thành|xong){0,3}[ .,;:/]{0,6}"
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
    if helps["whom"]:
        chain = block.bodies.chain_at(at)
        leads = {each.name for each in current.references}
        if chain is None or not {each.name for each in chain.references} <= leads:
            return []
        at = chain.end
    for due in dues:
        beside = BESIDE.match(low, at, end)
        if beside and at <= due.start <= beside.end() + 1:
            at = due.end
    if not BESIDE.fullmatch(low, at, end):
        return []
    return [Together(each, *said.named) for each in said.references]
