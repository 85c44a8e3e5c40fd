"""Sentences that refer back: "Việc này phải hoàn thành trước ngày X" dates what stands before it."""

import re
from collections.abc import Sequence

from directives.rules.reading.addressees import Kind
from directives.rules.reading.drafts import Draft
from directives.rules.reading.due import Due
from directives.rules.reading.outline import Block, Piece

NUMBER = r"(?:hai|ba|bốn|năm|sáu|0?[2-9])"
THING = (
    r"(?:việc|nhiệm vụ|công việc|phần việc|đầu việc|nội dung|công tác|yêu cầu|báo cáo|văn bản|kế hoạch|đề án|phương án|"
    r"hồ sơ|dự thảo|danh mục|kết quả|tờ trình|nghị định|thông tư|quyết định|quy định|quy trình|chương trình|dự án|"
    r"công trình|hạng mục|gói thầu|cơ sở dữ liệu|hệ thống|phần mềm|khoản|số liệu|phần)"
)
THESE = r"(?:này|trên|nêu trên|nói trên|kể trên|trên đây|vừa nêu|đó|ấy)"
# "Việc này", "nhiệm vụ nêu trên", "dự thảo Nghị định này"; "cả hai việc", "các nhiệm vụ trên", "tất cả".
BACK = re.compile(
    rf"(?:(?:riêng|trong đó|và|đồng thời),? )?(?:toàn bộ )?"
    rf"(?:(?P<several>(?:(?:cả|tất cả|toàn bộ|các|những|mọi)(?: {NUMBER}| các| những)?|{NUMBER}) {THING}"
    rf"(?: [^\W\d]{{1,10}}){{0,4}}? {THESE}|(?:cả|tất cả) {NUMBER}(?: {THING})?|{NUMBER} {THING}|"
    rf"(?:tất cả|toàn bộ)(?: (?:các )?{THING})?"
    rf"(?= (?:đều |phải |cần |được ){{0,2}}(?:hoàn thành|xong|kết thúc|báo cáo|trình|gửi)))|"
    rf"{THING}(?: [^\W\d]{{1,10}}){{0,4}}? {THESE})(?!\w)"
)
# "Thời gian hoàn thành: ...", "Thời hạn báo cáo chậm nhất ...", "Hạn cuối là ...".
TIME = re.compile(
    r"(?:về )?(?:thời gian|thời hạn|thời điểm|hạn cuối|hạn chót|hạn|mốc|tiến độ|yêu cầu tiến độ)"
    r"(?: (?:hoàn thành|thực hiện|báo cáo|trình|gửi|xong|nộp|ban hành|cuối|cùng|kết quả|các|nhiệm vụ|việc|công việc|"
    r"nội dung|này|trên|nêu trên|yêu cầu)){0,6}"
    r"(?: ?[:,-] | là | (?=chậm nhất|muộn nhất|trước|trong|đến|không quá|xong|ngày))"
)
# "Việc rà soát phải hoàn thành trước ngày X": what it speaks of may have been said before it.
OF_A_TASK = re.compile(
    r"(?:việc|công tác|kết quả|báo cáo|nội dung)(?: [^\W_]{1,12}){1,14}? (?:phải|cần|được|đều)?(?: được)? ?"
    r"(?:hoàn thành|xong|kết thúc|báo cáo|gửi|trình)(?!\w)"
)
PAIR = re.compile(r"(?:(?:cả|tất cả) )?(?:hai|0?2)(?!\w)")
MANY = 20  # directives that one sentence dates, at most
# All that such a sentence says beside its date.
ONLY_THAT = re.compile(
    r"[ ,:.;/-]{0,4}(?:(?:phải|cần|được|đều|sẽ|có thể|cùng|cơ bản|là|yêu cầu|đề nghị|cố gắng|phấn đấu|khẩn trương|"
    r"dứt điểm|toàn bộ|thực hiện|triển khai|làm|giải quyết|xử lý|và|"
    r"hoàn thành|hoàn tất|xong|kết thúc|báo cáo|trình|gửi|ban hành|kết quả|về|lên|cho|"
    r"(?:phó )?thủ tướng(?: chính phủ)?|chính phủ|văn phòng chính phủ|ban chỉ đạo)[ ,:.;/-]{0,3}){0,12}"
)


def refers_back(block: Block, piece: Piece) -> str:
    """How the piece speaks of what stands before it: "one", "several", "perhaps" or "" where it does not.

    One that tells somebody else what to do does not.
    """
    said, low = piece.said, block.line.low
    if said.kind in (Kind.ADDRESSED, Kind.HEAD):
        return ""
    begins = piece.clause.start
    if back := BACK.match(low, begins, piece.clause.end):
        return "several" if back["several"] else "one"
    if TIME.match(low, begins, piece.clause.end):
        return "one"
    return "perhaps" if OF_A_TASK.match(low, begins, piece.clause.end) else ""


def names_a_time(block: Block, piece: Piece) -> bool:
    """Whether a sentence that refers back is there to say by when: "Thời hạn: ..."."""
    return TIME.match(block.line.low, piece.clause.start, piece.clause.end) is not None


def only_dates(block: Block, piece: Piece, dues: Sequence[Due]) -> bool:
    """Whether a sentence that refers back says nothing but by when it is done."""
    low, end = block.line.low, piece.clause.end
    found = BACK.match(low, piece.clause.start, end) or TIME.match(low, piece.clause.start, end)
    at, words = (found.end() if found else piece.clause.start), ""
    for due in dues:
        words += low[at : max(at, due.start)]
        at = max(at, due.end)
    return ONLY_THAT.fullmatch(words + low[at:end]) is not None


def drafts_meant(drafts: Sequence[Draft], blocks: Sequence[Block], at: int, piece: Piece, how: str) -> list[Draft]:
    """The drafts of which a piece of block `at` says by when, the last one last; empty where it dates none of them.

    In its own paragraph those of the paragraph, or the last two for "cả hai"; at the beginning of a paragraph of its
    own those right above it that the same head hands down.
    """
    last = drafts[-1] if drafts else None
    if last is None:
        return []
    block = blocks[at]
    is_within = last.finish.block == at and last.finish.start < piece.clause.start
    begins = piece.clause.start == block.pieces[0].clause.start
    is_listed = block.is_marked and block.span.depth <= blocks[last.begin.block].span.depth
    if not is_within and not (last.finish.block == at - 1 and begins and how != "perhaps"):
        return []
    if how != "several" and (is_within or not is_listed):
        return [last]
    beside = [each for each in drafts if (each.begin.block == at if is_within else each.named == last.named)]
    both = PAIR.match(block.line.low, piece.clause.start)
    return [*[each for each in beside if each is not last], last][-2 if both else -MANY :]
