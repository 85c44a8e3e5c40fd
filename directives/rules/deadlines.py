"""Deadlines: what is written in a notice, and the date it is understood to mean.

What is written is kept. What is understood is a proposal: where a person should look again,
`review` says why. Time that is counted runs from the day after the one named (Civil Code 2015,
Article 147). All dates are local dates in Viet Nam.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from directives.rules import written_days
from directives.rules.lunar_new_year import eve_in
from directives.rules.refusals import N_
from directives.rules.working_days import Calendar

SEVERAL = N_("More than one date is written: the latest was taken.")
BEFORE_ISSUE = N_("The date is before the day the notice was issued.")
UNSETTLED = N_("It is urgent, but no date is written: a date is still to be settled.")
ON_AN_EVENT = N_("The deadline hangs on an event: give a date once it is known.")
FROM_ISSUE = N_("No day to count from is written: the day of issue was taken.")
NO_INTERVAL = N_("It recurs, but how often is not written.")
OTHER_MONTH = N_("It is due in another month than the last of each quarter: please check the day.")
LATER_MONTH = N_(
    "It is due in the month after the one it reports on; each period here is the month in which it is due."
)
EACH_UNSAID = N_("A day of a quarter's last month is written: please check whether it recurs.")
EVE_OF_TET = N_("The day before the first day of Tết was taken.")
SEVERAL_A_YEAR = N_("Several days of each year are written: please check how often it recurs.")
NOT_UNDERSTOOD = N_("The deadline was not understood.")


class Kind(StrEnum):
    """What sort of deadline it is."""

    DATE = "date"
    PERIOD = "period"
    RELATIVE = "relative"
    RECURRING = "recurring"
    ONGOING = "ongoing"
    URGENT_UNDATED = "urgent_undated"
    NONE = "none"


class Every(StrEnum):
    """How often a recurring directive comes due."""

    DAY = "daily"
    WEEK = "weekly"
    MONTH = "monthly"
    QUARTER = "quarterly"
    HALF = "half_yearly"
    YEAR = "yearly"


@dataclass(frozen=True)
class Recurrence:
    """A recurring deadline: `day` of the month, or of the week from 1 for Monday; `month` of the year."""

    every: Every
    day: int | None = None
    month: int | None = None


@dataclass(frozen=True)
class Deadline:
    """A deadline as written (`text`) and as understood; `due_on` is the last day on which it is kept."""

    text: str
    kind: Kind
    due_on: date | None = None
    review: str = ""
    recurrence: Recurrence | None = None


def understand(
    text: str,
    issued_on: date,
    *,
    before_counts: bool = True,
    calendar: Calendar = Calendar(),  # noqa: B008 - frozen, and the plain week is what is meant
) -> Deadline:
    """What the deadline phrase `text` of a notice issued on `issued_on` means. Never raises.

    "Trước ngày X" means X at the latest where `before_counts`, else the day before X. `calendar` is
    for deadlines counted in working days.
    """
    phrase = _Phrase(text, written_days.plain(text), issued_on, before_counts, calendar)
    if not phrase.plain:
        return Deadline(text, Kind.NONE)
    for read in READERS:
        if (deadline := read(phrase)) is not None:
            return _looked_at(deadline, issued_on)
    return Deadline(text, Kind.NONE, review=NOT_UNDERSTOOD)


@dataclass(frozen=True)
class _Phrase:
    text: str
    plain: str
    issued_on: date
    before_counts: bool
    calendar: Calendar

    def means(
        self, kind: Kind, due_on: date | None = None, review: str = "", recurrence: Recurrence | None = None
    ) -> Deadline:
        return Deadline(self.text, kind, due_on, review, recurrence)


HOURS = re.compile(r"\b\d{1,2} ?(?:giờ|g|h)(?: ?\d{2}(?: phút)?)?(?= |$)(?: ngày(?= (?:hằng|thứ)))?")
UNITS = {"ngày": Every.DAY, "tuần": Every.WEEK, "tháng": Every.MONTH, "quý": Every.QUARTER, "năm": Every.YEAR}
# "Ngân hàng năm 2025" and "đơn hàng tháng 9" recur no more than a shop does.
RECURS = re.compile(
    r"(?:(?<!ngân )(?<!cửa )(?<!đơn )(?<!mặt )hằng|mỗi|từng|định kỳ|lần) ?[ /]"
    r"(?:(?P<half>(?:0?6|sáu) tháng)|(?P<unit>ngày(?! \d)|tuần|tháng|quý|năm)\b)"
)
# "Ngày 20 tháng cuối (của) mỗi quý"; a month that is not the quarter's last cannot be kept.
OF_A_QUARTER = re.compile(
    r"\btháng (?P<month>đầu|giữa|cuối|thứ (?:nhất|hai|ba))(?: tiên| cùng)?(?: của)? (?P<each>(?:hằng|mỗi|từng|các) )?"
    r"quý\b(?! (?:iv|i{1,3}|[1-4])\b)"
)
NEXT_QUARTER = re.compile(r"\bquý (?:sau|tiếp|kế|liền|tới)\b")
NEXT_MONTH = re.compile(r"\btháng (?:sau|tiếp|kế|liền|tới)\b")
TWICE, JUNE_ENDS = 2, 30
WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6, "chủ nhật": 7}
WEEKDAY = re.compile(r"\bthứ (hai|ba|tư|năm|sáu|bảy)\b|\b(chủ nhật)\b")
DAY_OF_MONTH = re.compile(r"\bngày (?:mùng )?(\d{1,2})(?![\d/])")
UNIT = r"(?P<n>\d{1,3})(?: ?\([^()]{2,30}\))? (?P<unit>ngày làm việc|ngày|tuần|tháng|năm)"
COUNTED = re.compile(rf"\b{UNIT},? (?:kể từ|tính từ|từ|sau)\b(?P<base>.{{0,200}})")
WITHIN = re.compile(rf"\b(?:trong|vòng|thời hạn|thời gian|sau) {UNIT}$")
OF_ISSUE = re.compile(r"ban hành|ngày ký|(?:thông báo|công điện|chỉ thị|văn bản|kết luận) này")
FROM = re.compile(r"(?:^|\bkể )từ (?:\d{1,2} ?(?:giờ|h) )?(?:ngày )?$")
BEFORE = re.compile(r"\btrước (?:ngày )?$")
REACH = 30  # characters before a date, in which a word belongs to it
THIS = re.compile(
    r"\b(?:(?P<month>tháng này|(?:trong|hết|cuối) tháng$)|(?P<quarter>quý này|(?:trong|hết|cuối) quý$)"
    r"|(?P<year>năm nay|(?:trong|hết|cuối) năm$))"
)
EVENT = re.compile(r"\b(?:sau khi|khi|(?:kỳ|phiên|cuộc) họp|tết|theo tiến độ|theo kế hoạch|theo lộ trình|để kịp)\b")
ONGOING = re.compile(r"\b(?:thường xuyên|liên tục|lâu dài|kể từ)\b")
URGENT = re.compile(r"\b(?:khẩn trương|khẩn cấp|sớm|kịp thời|đẩy nhanh|tập trung|ngay|dứt điểm|hỏa tốc)\b")


def _recurring(phrase: _Phrase) -> Deadline | None:
    line = HOURS.sub(" ", phrase.plain)
    found = RECURS.search(line)
    if within := OF_A_QUARTER.search(line):
        return _quarterly(phrase, line, within, is_said=bool(found or within["each"] or "định kỳ" in line))
    if found is None:
        return phrase.means(Kind.RECURRING, review=NO_INTERVAL) if "định kỳ" in line else None
    every = Every.HALF if found["half"] else UNITS[found["unit"]]
    day = month = None
    if every is Every.WEEK and (weekday := WEEKDAY.search(line)):
        day = WEEKDAYS[weekday[1] or weekday[2]]
    elif every is Every.YEAR and (days := [written_days.parts(each)[:2] for each in written_days.DATE.finditer(line)]):
        if len(days) > 1:
            return _several_a_year(phrase, days)
        ((day, month),) = days
    elif every is not Every.DAY and (numbered := DAY_OF_MONTH.search(line)):
        day = int(numbered[1])
    is_later = every is Every.QUARTER and NEXT_QUARTER.search(line)
    review = OTHER_MONTH if is_later else LATER_MONTH if every is Every.MONTH and NEXT_MONTH.search(line) else ""
    return phrase.means(Kind.RECURRING, None, review, Recurrence(every, None if is_later else day, month))


def _several_a_year(phrase: _Phrase, days: list[tuple[int, int]]) -> Deadline:
    """ "30/6 và 31/12 hằng năm" is half-yearly; other days of a year are kept as written, and asked about."""
    (first, month), (last, other) = sorted(days, key=lambda each: each[1])[:2]
    if len(days) == TWICE and (month, other) == (6, 12):
        is_end = first == JUNE_ENDS and last >= JUNE_ENDS
        if is_end or first == last:
            return phrase.means(Kind.RECURRING, None, "", Recurrence(Every.HALF, None if is_end else first))
    return phrase.means(Kind.RECURRING, None, SEVERAL_A_YEAR)


def _quarterly(phrase: _Phrase, line: str, within: re.Match[str], *, is_said: bool) -> Deadline:
    """A day of one month of each quarter: kept where it is of the last month, else only asked about."""
    is_last = within["month"] in ("cuối", "thứ ba") and not NEXT_QUARTER.search(line)
    numbered = DAY_OF_MONTH.search(line) if is_last else None
    review = OTHER_MONTH if not is_last else "" if is_said else EACH_UNSAID
    return phrase.means(Kind.RECURRING, None, review, Recurrence(Every.QUARTER, int(numbered[1]) if numbered else None))


def _counted(phrase: _Phrase) -> Deadline | None:
    line = HOURS.sub(" ", phrase.plain)
    if found := WITHIN.search(line):
        return phrase.means(Kind.RELATIVE, _later(phrase.issued_on, found, phrase.calendar), FROM_ISSUE)
    if (found := COUNTED.search(line)) is None:
        return None
    if written := next(written_days.dates(found["base"], phrase.issued_on), None):
        due_on = written.day and _later(written.day, found, phrase.calendar)
        return phrase.means(Kind.RELATIVE, due_on, written.review)
    if OF_ISSUE.search(found["base"]):
        return phrase.means(Kind.RELATIVE, _later(phrase.issued_on, found, phrase.calendar))
    return phrase.means(Kind.RELATIVE, review=ON_AN_EVENT)


def _dated(phrase: _Phrase) -> Deadline | None:
    every = list(written_days.dates(phrase.plain, phrase.issued_on))
    if not every:
        return None
    ends = [each for each in every if not FROM.search(phrase.plain[max(0, each.start - REACH) : each.start])]
    if not ends:
        return phrase.means(Kind.ONGOING)
    latest = max(ends, key=lambda each: each.day or date.min)
    if latest.day is None:
        return phrase.means(Kind.NONE, review=latest.review)
    is_before = BEFORE.search(phrase.plain[max(0, latest.start - REACH) : latest.start])
    due_on = latest.day - timedelta(1) if is_before and not phrase.before_counts else latest.day
    return phrase.means(Kind.DATE, due_on, latest.review or (SEVERAL if len(ends) > 1 else ""))


def _period(phrase: _Phrase) -> Deadline | None:
    found = written_days.period(phrase.plain, phrase.issued_on)
    return phrase.means(Kind.PERIOD, found.day, found.review) if found else None


def _before_tet(phrase: _Phrase) -> Deadline | None:
    eve = eve_in(phrase.plain, phrase.issued_on)
    return phrase.means(Kind.DATE, eve, EVE_OF_TET) if eve else None


def _this_period(phrase: _Phrase) -> Deadline | None:
    found = THIS.search(phrase.plain)
    if found is None or EVENT.search(phrase.plain):
        return None
    year, month = phrase.issued_on.year, phrase.issued_on.month
    last = {"month": month, "quarter": (month + 2) // 3 * 3, "year": 12}[str(found.lastgroup)]
    return phrase.means(Kind.PERIOD, written_days.month_end(year, last))


def _whole_year(phrase: _Phrase) -> Deadline | None:
    found = written_days.whole_year(phrase.plain, phrase.issued_on)
    if found is None or EVENT.search(phrase.plain):
        return None
    return phrase.means(Kind.PERIOD, found.day, found.review)


def _ongoing(phrase: _Phrase) -> Deadline | None:
    return phrase.means(Kind.ONGOING) if ONGOING.search(phrase.plain) else None


def _on_an_event(phrase: _Phrase) -> Deadline | None:
    return phrase.means(Kind.RELATIVE, review=ON_AN_EVENT) if EVENT.search(phrase.plain) else None


def _urgent(phrase: _Phrase) -> Deadline | None:
    return phrase.means(Kind.URGENT_UNDATED, review=UNSETTLED) if URGENT.search(phrase.plain) else None


# The first that understands the phrase decides: "khẩn trương, trước ngày 10/9/2025" is a date.
READERS = (
    _recurring,
    _before_tet,
    _counted,
    _dated,
    _period,
    _this_period,
    _whole_year,
    _ongoing,
    _on_an_event,
    _urgent,
)


def _looked_at(deadline: Deadline, issued_on: date) -> Deadline:
    if deadline.due_on is None or deadline.due_on >= issued_on or deadline.review:
        return deadline
    return replace(deadline, review=BEFORE_ISSUE)


def _later(base: date, found: re.Match[str], calendar: Calendar) -> date:
    n, unit = int(found["n"]), found["unit"]
    if unit == "ngày làm việc":
        return calendar.shift(base, n)
    if unit in ("ngày", "tuần"):
        return base + timedelta(n if unit == "ngày" else 7 * n)
    ahead = base.month - 1 + n * (1 if unit == "tháng" else 12)
    year, month = base.year + ahead // 12, ahead % 12 + 1
    # A month counted from the 31st ends on the last day of a shorter month (Civil Code, Article 148).
    return min(date(year, month, 1) + timedelta(base.day - 1), written_days.month_end(year, month))
