"""Pieces of a paragraph beside one another: names before their task, what only tells, what only leads over."""

import re
from dataclasses import replace

from directives.rules.reading.addressees import Kind, Said
from directives.rules.reading.asks_nothing import asks_nothing, consents, names_an_agency
from directives.rules.reading.by_when import sets_a_time
from directives.rules.reading.coordinating import list_reach
from directives.rules.reading.drafts import Draft
from directives.rules.reading.outline import Block, Piece
from directives.rules.reading.references import Reference

ASSESSED = re.compile(r"\b(?:đã|đang|còn|vừa qua|thời gian qua)\b")
DESCRIBES = re.compile(r"(?:theo hướng|theo nguyên tắc|với nội dung|trong đó quy định)(?: là| rõ)? ?:")
LEADS_ON = re.compile(r"(?:(?:phó )?thủ tướng[^,;.:]{0,40} )?(?:lưu ý|trong đó|cụ thể|trước hết|tập trung)")
# What is said of all that stands above it.
FOR_ALL = re.compile(
    r"(?:báo cáo|kết quả|nội dung báo cáo|văn bản|ý kiến|thời gian (?:hoàn thành|thực hiện|báo cáo)|thời hạn|"
    r"các nội dung (?:nêu )?trên|"
    r"các nhiệm vụ (?:nêu )?trên)(?:[^.;]{0,80}(?:gửi|hoàn thành|xong|trước))"
)
# "Đề nghị các cơ quan, đơn vị triển khai thực hiện": how a letter closes.
CLOSES = re.compile(
    r"(?:căn cứ (?:ý kiến|nội dung)[^.;]{0,60}, )?(?:đề nghị |yêu cầu |giao )?[^.;]{0,200}(?:triển khai|tổ chức|"
    r"nghiêm túc|biết)[^.;]{0,20}thực hiện"
)
EACH = re.compile(r"(?:mỗi|từng) ")
REPORTED_SENTENCES = 3  # in a press report a paragraph with so many tasks holds one in each sentence


def joined(block: Block) -> list[Piece]:
    """The pieces of `block`, with names that a semicolon cut off from their task put before it."""
    whole_pieces: list[Piece] = []
    waiting: Piece | None = None
    for piece in _with_their_lists(block):
        whole = with_names_before(waiting, piece) if waiting else piece
        waiting = whole if whole.said.kind is Kind.HEAD and whole.clause.stop == ";" else None
        whole_pieces += [] if waiting else [whole]
    return whole_pieces


def _with_their_lists(block: Block) -> list[Piece]:
    """The pieces, each with what a semicolon cut off from its list of those who help ("phối hợp với A; B; C làm X")."""
    found: list[Piece] = []
    reach = 0
    for piece in block.pieces:
        if found and piece.clause.start < reach:
            whole = replace(found[-1].clause, end=piece.clause.end, stop=piece.clause.stop)
            found[-1] = replace(found[-1], clause=whole)
        else:
            found.append(piece)
        last = found[-1]
        told = last.said.kind in (Kind.ADDRESSED, Kind.TASK)
        beyond = list_reach(block.bodies, piece.clause.start, piece.clause.end) if told else 0
        reach = max(reach, beyond)
    return found


def with_names_before(names: Piece, piece: Piece) -> Piece:
    """The piece as addressed to those of `names` too, where it names somebody itself."""
    said, before = piece.said, names.said
    if said.kind not in (Kind.ADDRESSED, Kind.HEAD):
        return piece
    references = (*before.references, *(each for each in said.references if each not in before.references))
    whole = replace(
        said,
        references=references,
        named=(before.named[0], said.named[1]),
        begins=before.begins,
        assigned=before.assigned,
    )
    return Piece(replace(piece.clause, start=names.clause.start), whole)


def are_the_same(new: tuple[Reference, ...], old: tuple[Reference, ...]) -> bool:
    """Whether a sentence speaks to the same as the one before it; groups are said longer and shorter."""
    names, known = {each.name for each in new}, {each.name for each in old}
    groups = {each.name for each in (*new, *old) if each.is_group and each.is_registered}
    return names == known or bool(groups and names & known & groups and (names & groups == known & groups))


def of_the_same(block: Block, piece: Piece, current: Draft | None) -> Piece:
    """ "Bộ A, Bộ B ...; mỗi Bộ báo cáo ...": the piece as said to those of `current`, who are named there."""
    said = piece.said
    is_each = said.kind is Kind.ADDRESSED and EACH.match(block.line.low, said.named[0]) is not None
    if current is None or not is_each or any(each.is_group for each in (*current.references, *said.references[1:])):
        return piece
    return Piece(piece.clause, Said(Kind.TASK, begins=said.begins))


def tells_only(block: Block, piece: Piece, current: Draft | None) -> bool:
    """Whether the clause tells what was done, pleads, thanks or closes, and asks nothing."""
    kind = piece.said.kind
    if kind in (Kind.PLEA, Kind.REPORT):
        return True
    words = block.line.low[piece.said.begins : piece.clause.end]
    return (
        kind is Kind.OTHER and current is None and bool(ASSESSED.search(words[:120]) or words.startswith("văn phòng "))
    )


def may_begin_anew(block: Block, piece: Piece, *, is_plea: bool) -> bool:
    """Whether the clause asks something of its own behind one that only tells, or that pleads.

    It assigns; and behind what is no plea it tells a single agency, or says by when.
    """
    said = piece.said
    if said.assigned or is_plea:
        return said.assigned is not None
    if said.kind is Kind.ADDRESSED and names_an_agency(said.references):
        return True
    is_asked = said.kind in (Kind.ADDRESSED, Kind.TASK, Kind.DEMAND)
    return is_asked and sets_a_time(block.line.low, piece.clause.start, piece.clause.end)


def follows_what_was(block: Block, pieces: list[Piece], at: int) -> bool:
    """Whether piece `at` goes on, behind a semicolon, where a sentence tells what was: it may tell on."""
    if pieces[at].said.assigned:
        return False
    for piece in reversed(pieces[:at]):
        if piece.clause.stop != ";":
            return False
        place = (block.bodies, piece.said.begins, piece.clause)
        if piece.said.kind is Kind.REPORT and not asks_nothing(*place) and not consents(*place):
            return True
    return False


def gives_a_task(block: Block) -> bool:
    """Whether the first words of a listed paragraph give a task, not only name a thing."""
    first = block.pieces[0].said if block.pieces else None
    return first is not None and first.kind in (Kind.ADDRESSED, Kind.TASK, Kind.HEAD)
