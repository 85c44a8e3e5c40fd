"""A deadline as a person types it in place of the one that was read: "5/12", "31/12/2026", "quý IV", "hằng tháng"."""

import re
from datetime import date

from directives.rules.deadlines import NOT_UNDERSTOOD, SEVERAL_A_YEAR, Deadline, Kind, understand
from directives.rules.refusals import N_, Invalid
from directives.rules.typed_marks import with_marks
from directives.rules.working_days import Calendar
from directives.rules.written_days import NO_SUCH_DAY

APART = r"(?: ?[/.,-] ?| )"
DAY_ALONE = re.compile(rf"(?:ngày )?(\d{{1,2}}){APART}(\d{{1,2}})(?:{APART}(\d{{4}}|\d{{2}}))?", re.IGNORECASE)
THE_FIFTH = re.compile(r"(?<!ngày )(?<!\w)(?:mùng|mồng) (?=\d)", re.IGNORECASE)
# A figure that says neither how often nor which day of the year: "hằng tháng 5".
FIGURE = re.compile(r"(?<![\d/.-])\d{1,2}(?![\d/.-]| ?(?:tháng|lần|giờ|h|g|phút)\b)")
URGENT_ALONE = re.compile(
    r"(?:(?:khẩn trương|khẩn cấp|sớm|kịp thời|đẩy nhanh(?: tiến độ)?|tập trung|ngay(?: lập tức)?|dứt điểm|hỏa tốc|"
    r"càng|nhất|tốt|yêu cầu|thực hiện|hoàn thành|triển khai|xử lý|chưa xác định(?: thời hạn)?|và)[ ,;()]{0,3}){1,8}\.?",
    re.IGNORECASE,
)
TOO_EARLY = N_("The deadline lies before the issue date.")
NO_DEADLINE = re.compile(
    r"\s*(?:(?:không|chưa xác định)(?: có)?(?: thời hạn| hạn)?|none|no deadline)?\s*", re.IGNORECASE
)
NOT_A_DEADLINE = N_(
    "Type a day (5/12 or 31/12/2026), a month, a quarter, or how often it recurs (hằng tháng, 6 tháng một lần)."
)
# "6 tháng một lần", "sáu tháng", "nửa năm/lần": how often, without a word for "each".
EVERY = re.compile(
    r"^\s*(?:mỗi |định kỳ )?(?:(?P<half>(?:0?6|sáu) tháng|nửa năm)|(?P<quarter>(?:0?3|ba) tháng)|"
    r"(?P<one>(?:một|1) (?P<unit>tuần|tháng|quý|năm)|(?P<bare>tuần|tháng|quý|năm)))"
    r"(?P<once> ?(?:một|1|/) ?lần)?(?=\s*(?:,|$))",
    re.IGNORECASE,
)


def typed_deadline(words: str, issued_on: date, *, calendar: Calendar = Calendar()) -> Deadline:  # noqa: B008 - frozen
    """What was typed, understood for a notice issued on a day; a day without a year is the next one.

    Nothing, or words that say so, is no deadline.

    Raises Invalid('due_on') where nothing was understood, there is no such day, or it lies before the day of issue.
    """
    words = with_marks(words)
    if NO_DEADLINE.fullmatch(words):
        return Deadline("", Kind.NONE)
    if day := DAY_ALONE.fullmatch(words):
        words = "/".join(filter(None, day.groups()))
    said = f"ngày {words}" if day else THE_FIFTH.sub("ngày ", EVERY.sub(_each, words))
    found = understand(said, issued_on, calendar=calendar)
    if found.review == NO_SUCH_DAY:
        raise Invalid("due_on", NO_SUCH_DAY)
    if found.kind is Kind.NONE or found.review in (NOT_UNDERSTOOD, SEVERAL_A_YEAR) or _is_half_read(said, found):
        raise Invalid("due_on", NOT_A_DEADLINE)
    if found.due_on and found.due_on < issued_on:
        raise Invalid("due_on", TOO_EARLY)
    return Deadline(words, found.kind, found.due_on, "", found.recurrence)


def _is_half_read(said: str, found: Deadline) -> bool:
    """Whether a figure was typed that is in nothing that was understood, or urgency beside words of another sense."""
    if found.kind is Kind.URGENT_UNDATED:
        return URGENT_ALONE.fullmatch(said) is None
    if found.recurrence:
        return found.recurrence.day is None and FIGURE.search(said) is not None
    return found.kind is Kind.ONGOING and any(letter.isdigit() for letter in said)


def _each(found: re.Match[str]) -> str:
    """The same as notices say it: "định kỳ 6 tháng"."""
    if found["half"]:
        return "định kỳ 6 tháng"
    if found["quarter"] and found["once"]:
        return "hằng quý"
    unit = found["unit"] or found["bare"]
    return f"hằng {unit}" if unit and found["once"] else found[0]
