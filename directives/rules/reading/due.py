"""Deadlines in a clause: which of the dates and periods that it names bind the task.

A date that belongs to a cited document, to an entry into force, to a plan's years or to a condition
binds nobody. What is written is read by `directives.rules.deadlines`.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from directives.rules.deadlines import ON_AN_EVENT, Deadline, Kind, understand
from directives.rules.lunar_new_year import TET

DAY = (
    r"\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?\d{2,4}|\d{4})?(?![\d/])|\d{1,2} tháng \d{1,2}(?:,? năm \d{4}|/\d{4})?|"
    r"\d{1,2} tháng này"
)
MONTH = r"tháng \d{1,2}(?: ?[/-] ?\d{4}|,? năm \d{4})?"
QUARTER = r"quý (?:iv|i{1,3}|[1-4])(?: ?[/-] ?\d{4}|,? năm \d{4}| \d{4})?"
HALF = r"(?:0?6|sáu) tháng (?:đầu|cuối) năm(?: \d{4})?"
YEAR = r"năm (?:\d{4}|nay)"
HOUR = r"(?:\d{1,2} ?(?:giờ|h|g) ?(?:\d{2}(?: phút)?)?,? ?(?:(?:sáng|trưa|chiều|tối|đêm),? )?)?"
DONE = r"(?:(?:hoàn thành|xong|kết thúc)(?: xong| dứt điểm)? )?"
BY = (
    r"(?:trước thời điểm |trước thời hạn |trước |chậm nhất (?:là |đến |trước |vào |trong )?|muộn nhất (?:là |"
    r"đến |trước |vào )?|"
    r"không (?:quá|muộn hơn|chậm hơn) |đến hết |đến trước |đến |hết |trong |vào |xong |hạn (?:cuối |"
    r"chót )?(?:là )?|thời hạn[^,;.]{0,30}? (?:là |trước |đến )?)"
)
OF = (
    r"(?:(?:cuối|hết|đầu|giữa|tháng (?:đầu|cuối)|"
    r"tuần (?:lễ )?(?:đầu(?: tiên)?|cuối(?: cùng)?|(?:thứ )?(?:nhất|hai|ba|tư|[1-4]))|"
    r"(?:thượng|trung|hạ) tuần|nửa đầu|nửa cuối)(?: của)? )?"
)
IN_QUARTER = (
    r"(?:của )?tháng (?:đầu|giữa|cuối|thứ (?:nhất|hai|ba))(?: tiên| cùng)?(?: của)? (?:(?:hằng|hàng|mỗi|từng|các) )?"
    r"quý(?! (?:iv|i{1,3}|[1-4])(?!\w))(?: (?:sau|tiếp theo|kế tiếp|liền kề|tới))?(?!\w)"
)
# "Trước ngày 05 của tháng sau": the one behind that which is reported of.
THE_NEXT = r" (?:của )?(?:tháng|quý) (?:sau|tiếp theo|kế tiếp|liền kề|tới)(?: liền kề)?(?!\w)"
DATED = re.compile(
    rf"{DONE}(?P<by>{BY}){{1,2}}{HOUR}(?:thứ [^\W\d]{{2,4}},? "
    rf")?{OF}(?:(?:ngày )?(?:mai|hôm nay)(?:,| -)? \(?)?(?:(?:ngày|cuối ngày|hết ngày) ){{0,2}}(?:{DAY})"
    rf"(?:[^\W\d]{{0,1}})"
)
ON_ITS_DAY = re.compile(rf"trước (?:ngày|khi|thời điểm) [^,;.()]{{3,80}} \((?:ngày |dự kiến )?(?:{DAY})\)")
PERIOD = re.compile(rf"{DONE}(?P<by>{BY}|tại kỳ họp |ngay ){{1,2}}{OF}(?:{MONTH}|{QUARTER}|{HALF})(?![\w/])")
IN_YEAR = re.compile(
    rf"{DONE}(?:(?:trong|hết|đến hết|cuối|trước|ngay trong|trong cả) {YEAR}|đến cuối {YEAR})(?![\w/])|"
    rf"(?:hoàn thành|thông xe[^,;.]{{0,20}}|"
    rf"theo chương trình công tác(?: của chính phủ)?) {YEAR}(?![\w/])"
)
N = r"\d{1,3}(?: ?\([^()]{2,30}\))?"  # "30 (ba mươi)"
PAPER = (
    r"(?:thông báo|công điện|chỉ thị|công văn|văn bản|quyết định|nghị quyết|kết luận|kế hoạch|thông tư|nghị định|luật)"
    r"(?: kết luận)?(?: số \d[^ ,;]{0,40})?(?: này)?"
)
# The day from which time is counted; behind it the sentence may go on without a comma.
BASE = (
    rf"(?:(?:ngày|khi|lúc|thời điểm) )?(?:(?:{DAY})|"
    rf"{PAPER}(?: (?:được (?:ban hành|ký|thông qua)|có hiệu lực)(?: thi hành)?)?|"
    rf"(?:ký ban hành|ban hành|ký|nhận được|công bố|phát hành)(?: {PAPER}| (?:đủ |đầy đủ )?hồ sơ(?: hợp lệ)?)?|"
    r"hôm nay|nay)(?!\w)"
)
COUNTED = re.compile(
    rf"(?:(?:chậm nhất |muộn nhất )?trong (?:vòng |thời hạn |thời gian |khoảng )?(?:tối đa |không quá )?|"
    rf"(?:chậm nhất |muộn nhất )(?:là )?(?:sau )?|không quá |sau ){N} (?:ngày làm việc|ngày|tuần|tháng)(?!\w)"
    rf"(?! (?:vừa )?qua| đầu| cuối| gần đây| trước)(?:,? (?:(?:kể|tính)? ?từ|sau) (?:{BASE}|[^,;.]{{0,80}}))?"
)
RECURS = re.compile(
    rf"(?:{BY})?{HOUR}(?:(?:ngày )?(?:thứ [^\W\d]{{2,4}}|"
    rf"\d{{1,2}}) )?(?:định kỳ )?(?:{IN_QUARTER}|(?<!ngân )(?<!đơn )(?<!mặt )(?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm)|"
    rf"mỗi (?:ngày|tuần|tháng|quý|năm)|"
    r"định kỳ(?: [^,;.]{0,20}(?:tuần|tháng|quý|năm))?)"
    rf"(?: \(?(?:trước|vào) ngày \d{{1,2}}(?: {IN_QUARTER}|{THE_NEXT})?\)?)?"
)
# "Trước ngày 30 tháng 6 và ngày 31 tháng 12 hằng năm": a day, or several, of each year.
EACH_YEAR = re.compile(
    rf"(?:{BY})?(?:ngày )?(?:{DAY})(?:(?:,| và|, và) (?:trước |chậm nhất )?(?:ngày )?(?:{DAY})){{0,3}},? "
    r"(?:(?:hằng|hàng|mỗi) năm)(?!\w)"
)
# "Hằng tháng tổng hợp, báo cáo trước ngày 25": the day stands further on in the sentence.
ITS_DAY = re.compile(
    r"(?:trước|chậm nhất|vào)(?: là)? ngày (?:mùng )?\d{1,2}(?! ?[/.-]? ?\d)(?! tháng \d)"
    rf"(?: {IN_QUARTER}|{THE_NEXT})?"
)
ITS_DAY_REACH = 200  # letters between how often and on which day, at most
EVENT = re.compile(
    r"(?:ngay )?sau khi [^,;.]{3,90}|để kịp [^,;.]{3,90}|trước (?:tết|kỳ họp|khi|mùa)[^,;.]{3,60}|"
    r"tại kỳ họp[^,;.]{3,60}|"
    r"(?<!kết luận )(?<!chỉ đạo )(?<!ý kiến )(?<!nêu )(?:tại|trước|vào|trong) (?:hội nghị|(?:phiên|cuộc|buổi|kỳ) họp)"
    r"[^,;.]{0,40}? (?:tiếp theo|gần nhất|sắp tới|tới|kế tiếp|lần sau)(?!\w)(?: của [^,;.]{2,60})?|"
    r"theo (?:tiến độ|lộ trình|kế hoạch) (?:được|đã)[^,;.]{3,40}|ngay sau (?:mưa|lũ|bão|thiên tai)[^,;.]{0,30}"
)
BEFORE_TET = re.compile(rf"(?:hoàn thành|xong|kết thúc|báo cáo|trình|ban hành)(?: [^\W\d]{{1,8}}){{0,4}}? trước {TET}")
ONGOING = re.compile(r"(?<!chi )thường xuyên|liên tục")
# "Kịp thời" and "cảnh báo sớm" say how, not by when.
URGENT = re.compile(
    r"khẩn trương|(?<!cảnh báo )(?<!dự báo )(?<!phát hiện )(?<!nhận diện )(?<!can thiệp )(?<!từ )sớm|ngay|đẩy nhanh"
)

# What stands before a date and takes it away from the task.
NOT_BEFORE = re.compile(
    r"(?:áp dụng|có hiệu lực|hiệu lực thi hành|kể|tính|bắt đầu|ban hành|đã ký|dịp|phê chuẩn|giai đoạn|thời kỳ|"
    r"tầm nhìn(?: đến)?|khai mạc|kỳ họp[^,;.]{0,30}|diễn ra[^,;.]{0,30}|so với|số liệu|tồn đọng|còn lại|"
    r"có kế hoạch|từ|từ ngày|(?:các|những|\d{1,2}) tháng|"
    r"không có khả năng giải ngân|từ nay) $"
)
# What is only supposed, planned, or done to something ("được giao trong năm").
CONDITION = re.compile(
    r"(?:có kế hoạch|dự kiến[^,;.]{0,40}|(?:được|sẽ) [^,;.]{0,20}|"
    r"không hoàn thành[^,;.]{0,60}|không giải ngân hết|chậm trễ[^,;.]{0,60}) $"
)
# "Không để chậm thêm như thời hạn ngày X đã cam kết": what was promised before.
AS_BEFORE = re.compile(r"(?:như|so với|quá|lỡ|trễ|theo) $")
MUST_BE = re.compile(r"(?<!\w)(?:phải|cần)(?: được)? [^,;.]{0,40} $")  # "phải được mở trước ngày X"
WHETHER = re.compile(r"(?:trường hợp (?:không|chưa)[^,;.]{0,120}|nếu (?!có)[^,;.]{0,100}) $")
# "Trường hợp vượt thẩm quyền, báo cáo Thủ tướng trước ngày X": the date of what may come.
IF = re.compile(r"(?:^|[,;:.] |(?:đồng thời|riêng|và) )(?:trong )?(?:trường hợp|nếu)(?! có[,)]| cần thiết,)(?!\w)")
# "Trên cơ sở báo cáo của các địa phương trước ngày X, xây dựng ...": the date of what comes before the task.
AFTER = re.compile(
    r"(?:^|[,;:.] |(?:và|đồng thời) )(?:(?:ngay )?(?:sau )?khi (?:nhận|có|được|tổng hợp|các|"
    r"cấp|quốc hội|chính phủ|thủ tướng)|"
    r"trên cơ sở (?:báo cáo|ý kiến|kết quả|đề xuất|số liệu|tổng hợp))[^,;:.]{0,200} $"
)
IF_REACH = 400  # letters between a condition and its date, at most
TOMORROW = re.compile(r"(?:mai|hôm nay)(?:,| -)? \(?", re.IGNORECASE)  # "ngày mai - 31/10" is 31/10
# "Đến năm 2030" names how far a plan looks ahead.
HORIZON = re.compile(r"(?:đến|trước) năm |đến (?:quý|tháng) ")
# "Không tăng giá trong năm 2025": for how long.
LASTING = re.compile(
    r"(?<!\w)(?:(?<!hàng )không|chưa|tạm dừng|tạm ngừng|duy trì|miễn|giữ nguyên)(?! để)(?! quá) [^,;.]{0,90} $"
)
CITED = re.compile(
    r"(?:/\S{0,30}[^\W\d]\S{0,30}|\bsố \d{1,5}|luật [^,;.]{0,60}|(?<!ban hành )văn bản) (?:ngày |năm )?$"
)


SAYS_BY = re.compile(r"(?:hoàn thành|xong|(?:ngay )?trong (?:tháng|quý)|trước|chậm nhất|muộn nhất|đến hết|không quá)")
CLOSING = re.compile(r"(?:hoàn thành|xong|chậm nhất|muộn nhất|kết thúc)")
CLOSED = re.compile(r"(?:hoàn thành|xong)[^,;.]{0,12} $")


REPORTED = re.compile(r"(?:^|[,;:] |và )(?:báo cáo|trình|gửi|hoàn thành|bàn giao|ban hành|xong)(?: [^,;]{0,90})? $")


# "Sau 03 tháng kể từ ngày ..., nếu không ...": what happens then.
OTHERWISE = re.compile(r"sau \d[^;.]{0,120}, (?:nếu|mà không|trường hợp)(?!\w)")
PATTERNS = (ON_ITS_DAY, DATED, PERIOD, IN_YEAR, COUNTED)
UNKNOWN_DAY = date(1, 1, 1)
BRACKET_REACH = 12  # letters between a bracket and the deadline that it holds, at most
LATE_DAYS = 45  # days that a deadline may be over when the notice comes out, at most
LONG_AGO = 1900  # years: no notice is older


@dataclass(frozen=True)
class Due:
    """A deadline at letters `start`:`end` of a line, `understood`; `closes` where it says by when the work is done.

    `reports` where it says by when something is reported, submitted or handed over; `on_condition` where it stands
    behind "trường hợp ..., " or "nếu ..., ".
    """

    start: int
    end: int
    understood: Deadline
    in_brackets: bool = False
    closes: bool = False
    reports: bool = False
    on_condition: bool = False


def dues_in(
    text: str, low: str, start: int, end: int, brackets: list[tuple[int, int]], issued_on: date | None
) -> list[Due]:
    """The deadlines that bind the task at letters `start`:`end`, dates and periods only, in their order."""
    found: list[Due] = []
    for pattern in PATTERNS:
        for match in pattern.finditer(low, start, end):
            if any(due.start < match.end() and match.start() < due.end for due in found):
                continue
            if any(each.start() < match.end() <= each.end() for each in EACH_YEAR.finditer(low, start, end)):
                continue
            understood = _understood(text[match.start() : match.end()], pattern, issued_on)
            if _is_over(match[0], understood, issued_on) or OTHERWISE.match(low, match.start()):
                continue
            if understood.due_on and (pattern is ON_ITS_DAY or binds(low, start, match)):
                at = match.start()
                closes = bool(CLOSING.match(match[0]) or CLOSED.search(low[max(start, at - 16) : at]))
                bracket = next((opened for opened, closed in brackets if opened <= at < closed), None)
                if bracket is None or at <= bracket + BRACKET_REACH:
                    reports = bool(REPORTED.search(low[max(start, at - 120) : at]))
                    words = low[max(start, at - IF_REACH, low.rfind(";", start, at)) : at]
                    supposed = bool(WHETHER.search(words[-140:]) or (not closes and IF.search(words)))
                    supposed = supposed or (low.startswith(",", match.end()) and bool(AFTER.search(words)))
                    found.append(Due(at, match.end(), understood, bracket is not None, closes, reports, supposed))
    return sorted(found, key=lambda due: due.start)


def _is_over(written: str, understood: Deadline, issued_on: date | None) -> bool:
    """Whether it tells when something took place: a day before the notice, "vào ngày" or long ago."""
    if issued_on is None or understood.due_on is None or understood.due_on >= issued_on:
        return False
    return written.startswith("vào ") or (issued_on - understood.due_on).days > LATE_DAYS


def binds(low: str, start: int, match: re.Match[str]) -> bool:
    """Whether the date is the task's own and not that of a document, a plan or a condition."""
    if match.start() and low[match.start() - 1].isalnum():
        return False
    before = low[max(start, match.start() - 140) : match.start()]
    written = match[0]
    if (CITED.search(before) and not SAYS_BY.match(written)) or HORIZON.match(written):
        return False
    if written.startswith("thời hạn ") and AS_BEFORE.search(before):
        return False
    if written.startswith(("trong ", "đến hết ", "hết ")) and LASTING.search(before):
        return False
    if written.startswith(("trước ngày", "chậm nhất", "muộn nhất", "hoàn thành", "xong")):
        return not CONDITION.search(before) or MUST_BE.search(before) is not None
    is_issued = before.endswith("ban hành ") and written.startswith("trong ")  # "..., ban hành trong tháng 12"
    is_supposed = CONDITION.search(before) is not None and MUST_BE.search(before) is None
    return (is_issued or not NOT_BEFORE.search(before)) and not is_supposed


def _understood(phrase: str, pattern: re.Pattern[str], issued_on: date | None) -> Deadline:
    phrase = TOMORROW.sub("", phrase)
    meant = "trong năm" + phrase.lower().rsplit("năm", 1)[1] if pattern is IN_YEAR else phrase
    deadline = understand(meant, issued_on or UNKNOWN_DAY)
    if deadline.due_on and deadline.due_on.year < UNKNOWN_DAY.year + LONG_AGO:
        return Deadline(phrase, Kind.NONE)  # without a day of issue the nearest year is not known
    return replace(deadline, text=phrase)


def chosen(dues: list[Due]) -> Due | None:
    """The deadline of a directive that names several: outside brackets first, then by when it is reported or done."""
    outside = [due for due in dues if not due.in_brackets] or dues
    binding = [due for due in outside if due.closes or due.reports]
    return next(iter(binding or outside), None)


def undated(text: str, low: str, start: int, end: int, issued_on: date | None) -> Due | None:
    """What the clause says of time without a date: it recurs, hangs on an event, is lasting, or is urgent."""
    if counted := _from_an_event(text, low, start, end, issued_on):
        return counted
    if tet := _before_tet(text, low, start, end, issued_on):
        return tet
    for pattern, kind in (
        (EACH_YEAR, Kind.RECURRING),
        (RECURS, Kind.RECURRING),
        (EVENT, Kind.RELATIVE),
        (ONGOING, Kind.ONGOING),
        (URGENT, Kind.URGENT_UNDATED),
    ):
        if match := pattern.search(low, start, end):
            until = _with_its_day(low, match, end) if kind is Kind.RECURRING else match.end()
            written = text[match.start() : until]
            deadline = understand(written, issued_on or UNKNOWN_DAY)
            if deadline.kind is not kind or deadline.due_on:
                deadline = Deadline(written, kind, review=ON_AN_EVENT if kind is Kind.RELATIVE else "")
            return Due(match.start(), until, deadline)
    return None


def _before_tet(text: str, low: str, start: int, end: int, issued_on: date | None) -> Due | None:
    """ "Hoàn thành trước Tết Nguyên đán": a day, where it says by when the work is done and not what it is for."""
    found = BEFORE_TET.search(low, start, end)
    if found is None or issued_on is None:
        return None
    deadline = understand(text[found.start() : found.end()], issued_on)
    return Due(found.start(), found.end(), deadline) if deadline.due_on else None


def _from_an_event(text: str, low: str, start: int, end: int, issued_on: date | None) -> Due | None:
    """ "Trong 10 ngày kể từ ngày nhận được hồ sơ": time that is counted from a day nobody knows yet."""
    found = COUNTED.search(low, start, end)
    if found is None or OTHERWISE.match(low, found.start()) or (found.start() and low[found.start() - 1].isalnum()):
        return None
    deadline = understand(text[found.start() : found.end()], issued_on or UNKNOWN_DAY)
    is_open = deadline.kind is Kind.RELATIVE and deadline.due_on is None
    return Due(found.start(), found.end(), deadline) if is_open else None


def _with_its_day(low: str, recurs: re.Match[str], end: int) -> int:
    """Where the words of what recurs end, with the day of the month where one is named later in the clause."""
    if re.search(r"\d|ngày$|tuần$", recurs[0]):
        return recurs.end()
    day = ITS_DAY.search(low, recurs.end(), min(end, recurs.end() + ITS_DAY_REACH))
    return day.end() if day else recurs.end()
