"""The parts of a notice: its head, its opening, its body and its foot, by their places in the text.

The layout is that of decree 30/2020/NĐ-CP, Appendix I, and of instruction 36-HD/VPTW for the
Party: issuer and motto, number, place and date, title, opening, body up to "./.", and recipients
beside the signature.
"""

import re
from dataclasses import dataclass

HEAD_SIZE = 6000
MOTTO = re.compile(r"CỘNG\s{1,9}HÒA\s{1,9}XÃ\s{1,9}HỘI|ĐẢNG\s{1,9}CỘNG\s{1,9}SẢN\s{1,9}VIỆT\s{1,9}NAM")
NUMBER_LINE = re.compile(r"^[ \t*_|]{0,20}(?:Số|SỐ)[ \t]{0,9}:?[ \t]{0,40}(?:\d|/)", re.MULTILINE)
TELEGRAM = re.compile(r"CHÍNH[ \n]{1,9}PHỦ[ \n]{1,9}điện[ *]{0,9}:")
LEAD_IN = re.compile(
    r"(?:sau(?:\s{1,9}đây)?|yêu\s{1,9}cầu|đề\s{1,9}nghị|chỉ\s{1,9}đạo|kết\s{1,9}luận|ý\s{1,9}kiến|"
    r"nhiệm\s{1,9}vụ|giải\s{1,9}pháp|nội\s{1,9}dung|QUYẾT\s{1,9}ĐỊNH|QUYẾT\s{1,9}NGHỊ|CHỈ\s{1,9}THỊ)"
    r"[ *]{0,9}:[ \t*]{0,20}$",
    re.MULTILINE,
)
NUMBERED = re.compile(r"^[ \t*#_|]{0,40}(?:[IVX]{1,6}|[A-H]|\d{1,2})\.[ *\n]|^[ \t*#_|]{0,40}\(?1\)[ *]", re.MULTILINE)
CLOSING = re.compile(r"(?:\.[ \n]{0,3}/[ \n]{0,3}\.?|/\.)[ \t*_|]{0,40}$", re.MULTILINE)
DATED = re.compile(r"ngày[ \n*_]{0,40}\d{0,2}[ \n*_]{0,40}(?:tháng|/)[^\n|]{0,40}")
TITLE = re.compile(
    r"^[ \t*_|]{0,80}(?:THÔNG BÁO|KẾT LUẬN|CHỈ THỊ|CÔNG ĐIỆN|QUYẾT ĐỊNH|NGHỊ QUYẾT|KẾ HOẠCH)[ \t*_|]{0,80}$",
    re.MULTILINE,
)
ADDRESSED = re.compile(r"^[ \t*_|]{0,80}Kính[ \n]{1,9}gửi", re.MULTILINE)
LISTED = re.compile(r"[ \t*_|]{0,80}(?:-|$)")
RECIPIENTS = re.compile(r"^[ \t*_|]{0,40}Nơi[ \n]{1,9}nhận", re.MULTILINE)
SIGNED_FOR = re.compile(
    r"^[ \t*_|]{0,200}(?:TM|KT|TL|TUQ|T/M|Q)\.[ *]{0,9}[A-ZĐÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯ]{2}", re.MULTILINE
)


@dataclass(frozen=True)
class Parts:
    """Where the head ends, and where the body begins and ends; the foot follows the body.

    A text without a head, such as a press report or an excerpt, is all body.
    """

    head_end: int
    body_start: int
    body_end: int


def parts_of(text: str) -> Parts:
    """The parts of a notice in folded `text`."""
    head_end = _head_end(text)
    body_start = _body_start(text, head_end) if head_end else 0
    return Parts(head_end, body_start, _body_end(text, body_start))


def _head_end(text: str) -> int:
    head = text[:HEAD_SIZE]
    found = (pattern.search(head) for pattern in (MOTTO, NUMBER_LINE, TELEGRAM))
    return max((each.end() for each in found if each), default=0)


def _body_start(text: str, head_end: int) -> int:
    """After the opening ("... kết luận như sau:"), where that comes before the first number; else after the head."""
    numbered = NUMBERED.search(text, head_end)
    lead_in = LEAD_IN.search(text, head_end, numbered.start() if numbered else head_end + HEAD_SIZE)
    if lead_in:
        return lead_in.end()
    return numbered.start() if numbered else _after_the_head(text, head_end)


def _after_the_head(text: str, head_end: int) -> int:
    """Where neither an opening nor a number tells: after those addressed, or after date, title and subject."""
    near = head_end + HEAD_SIZE // 4
    if addressed := ADDRESSED.search(text, head_end, near):
        at = _line_end(text, addressed.end())
        while at < len(text) and LISTED.match(text, at + 1, end := _line_end(text, at + 1)):
            at = end
        return at
    dated = DATED.search(text, head_end, near)
    title = TITLE.search(text, head_end, near)
    if title is None:
        return _line_end(text, max(head_end, dated.end() if dated else 0))
    subject_end = text.find("\n\n", title.end() + 2, title.end() + HEAD_SIZE // 4)
    return subject_end if subject_end > 0 else _line_end(text, title.end() + 1)


def _body_end(text: str, start: int) -> int:
    found = (pattern.search(text, start) for pattern in (CLOSING, RECIPIENTS, SIGNED_FOR))
    return min((each.start() for each in found if each), default=len(text))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
