"""What follows those who are named: a task, or only what was, is or will be."""

import re

from directives.rules.reading.clauses import NUMBERED
from directives.rules.reading.task_words import TASK, is_half, is_task
from directives.rules.reading.timing import after_the_time
from directives.rules.reading.words import ADJUNCT, STOP, TELLS

REACH = 260  # letters between the one who is named and the task, at most
# "Các bộ được giao xây dựng nghị định khẩn trương ...", and "các cơ quan này".
GIVEN = re.compile(
    r"được (?:giao|phân công)(?! chủ trì) [^,;.:]{3,200}(?:khẩn trương|tập trung|tiếp tục|chủ động|có trách nhiệm|"
    r"phải|cần|báo cáo)"
)
# "UBND các xã có cụm công nghiệp rà soát ...": which of the group.
WHICH = re.compile(
    r" (?:có (?!nhiều|những|các|sự|chuyển|trách|văn bản|phương án|kế hoạch|giải pháp|ý kiến|biện pháp|hướng dẫn|"
    r"báo cáo|liên quan)|"
    r"nằm (?:trong|trên)|nơi có )[^,;.:]{3,60}?(?= (?:phải|cần|khẩn trương|tiếp tục|chủ động|chịu trách nhiệm|"
    r"rà soát|tổ chức|"
    r"phối hợp|chỉ đạo|thực hiện|triển khai|tập trung|tăng cường|báo cáo|xây dựng|hoàn thành|bố trí|kiểm tra|"
    r"bảo đảm|đẩy|sớm|theo ))"
)
# "Các địa phương chưa giải ngân hết phải kiểm điểm": which of them, where it is said what they must do.
WHICH_MUST = re.compile(
    r" (?:chưa|không|còn|để|bị|thuộc|được|đã|đang) [^,;.:]{3,90}?(?= (?:phải|cần|có trách nhiệm|chịu trách nhiệm|"
    r"khẩn trương|nghiêm túc) )"
)
# "Các tỉnh bị thiệt hại do bão khẩn trương thống kê": which of them, where nothing is told of what they did.
WHICH_SUFFER = re.compile(
    r" (?:bị|chịu (?!trách)|được giao|được phân công|thuộc diện|nằm|giáp|dọc|ven) "
    r"(?:(?! (?:đã|đang|sẽ|vẫn|còn|mới|chưa|là|và) )[^,;.:]){3,70}? "
    r"(?=(?:phải|cần(?! thiết)|khẩn trương|tiếp tục|chủ động|chịu trách nhiệm|rà soát|tổ chức|phối hợp|chỉ đạo|"
    r"thực hiện|triển khai|tập trung|tăng cường|báo cáo|xây dựng|hoàn thành|bố trí|kiểm tra|bảo đảm|đẩy|sớm|thống kê|"
    r"huy động|khắc phục|hoàn thiện|ban hành|trình|đề xuất|tổng hợp) )"
)
# "Các bộ đang được giao quản lý dự án tồn đọng rà soát ...": what they hold now, and then what they are to do.
WHICH_HOLD = re.compile(
    r" (?:hiện |hiện nay )?đang (?:được (?:giao|phân công)(?: nhiệm vụ)? |"
    r"(?=(?:quản lý|sử dụng|phụ trách|nắm giữ|làm chủ) ))"
    r"(?:(?! (?:đã|đang|sẽ|vẫn|còn|mới|chưa|là|và|trong đó) )[^;.:]){12,90}? "
    r"(?=(?:phải|cần(?! thiết)|khẩn trương|tiếp tục|chủ động|chịu trách nhiệm|rà soát|kiểm tra|kiểm kê|thống kê|"
    r"báo cáo|tập trung|đẩy nhanh|hoàn thành|hoàn thiện|tổng hợp|sớm|đề xuất)(?!\w))"
)

# "Bộ A hoàn thành trước ngày X", "riêng tỉnh B trước ngày X": of what, the words before it tell.
TIMED_ONLY = re.compile(
    r"(?:(?:phải|cần|cơ bản) )?(?:hoàn thành|hoàn tất|xong|kết thúc|báo cáo|trình|gửi|chậm nhất|muộn nhất|trước)(?!\w)"
)
ALSO = re.compile(r"cũng (?!đã|đang|sẽ|là|có)|được (?:giao|phân công|yêu cầu|lưu ý|đề nghị)(?: nhiệm vụ)? (?!chủ trì)")


def which_of_them(low: str, after: int) -> int:
    """Where the words end that tell which of a group that ends at `after` are meant; `after` where there are none."""
    found = WHICH.match(low, after) or WHICH_MUST.match(low, after)
    if found:
        return found.end()
    suffers = WHICH_SUFFER.match(low, after) or WHICH_HOLD.match(low, after)
    return suffers.end() - 1 if suffers else after


def task_begins(
    low: str, after: int, end: int, assigned: tuple[int, int] | None, *, is_known: bool, is_subject: bool = False
) -> bool:
    """Whether a task follows the names that end at `after`, perhaps after by what right they do it.

    `is_subject`: the sentence begins with the names, so that a time alone is theirs too.
    """
    at = after
    while at < end and low[at] in " ,:":
        at += 1
    if numbered := NUMBERED.match(low, at):
        at = numbered.end()
    if GIVEN.match(low, at):
        return holds_a_task(low, at + len("được giao "), min(end, after + REACH))
    if also := ALSO.match(low, at):
        at = also.end()
    named, at = at, after_the_time(low, at, end)
    if tells(low, at, is_assigned=assigned is not None):
        return False
    if is_task(low, at) or (is_subject and at > named and _is_only_timed(low, named, at, end)):
        return True
    if at > named or ADJUNCT.match(low, after) or ADJUNCT.match(low, at):
        return holds_a_task(low, at + 1, min(end, after + REACH))
    is_word = at < end and low[at : at + 1].isalpha()
    return is_word and (assigned is not None or (is_known and not STOP.match(low, at) and not is_half(low, at)))


def _is_only_timed(low: str, named: int, at: int, end: int) -> bool:
    """Whether a sentence says nothing but by when, in letters `named`:`at`."""
    return not low[at:end].strip(" .,;") and TIMED_ONLY.match(low, named) is not None


def tells(low: str, at: int, *, is_assigned: bool = False) -> bool:
    """Whether what stands at `at` tells what has been, is or will be; who was assigned may be told his role."""
    is_role = is_assigned and low.startswith(("là cơ quan", "là đầu mối"), at)
    return bool(TELLS.match(low, at)) and not is_role and not low.startswith("đang triển khai thi công", at)


def holds_a_task(low: str, start: int, end: int) -> bool:
    """Whether a task word stands at letters `start`:`end`."""
    found = (each.start() for each in TASK.finditer(low, start, end) if not low[each.start() - 1].isalnum())
    return any(is_task(low, at) for at in found)
