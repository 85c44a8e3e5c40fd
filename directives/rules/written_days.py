"""Written days: the dates and periods in a line of Vietnamese, and the days they stand for.

Dates are written as decree 30/2020/NĐ-CP, Appendix I, has them ("ngày 09 tháng 8 năm 2024") and as
running text has them (9/8/2024, 30/6). Lines are `plain`; all dates are local dates in Viet Nam.
"""

import calendar as months
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from directives.rules.refusals import N_
from directives.rules.spelling import one_tone, squeeze

NO_YEAR = N_("The year is not written: the nearest one after the notice was taken.")
NO_SUCH_DAY = N_("The deadline names a day that does not exist.")
MISWRITTEN = N_("The date is written wrongly: please check what was understood.")
PART_OF_PERIOD = N_("Only a part of the period is meant: its last day was taken.")
EVE_OF_PERIOD = N_("The deadline is before a period: its eve was taken.")

DATE = re.compile(
    r"(?<![\d/])(?<!tuần )(?P<d>\d{1,2})(?:"
    r"(?P<sep>[/.-])(?P<m>\d{1,2})(?:(?P=sep)(?P<y>[12]\d{3}|\d{2})|(?P<glued>[12]\d{3}))?(?![/-]?\d)"
    r"| tháng (?P<mw>\d{1,2})(?!\d)(?:(?:,? năm |/)(?P<yw>[12]\d{3}))?)"
)
BEFORE_A_DATE = re.compile(r"\b(?:trước|ngày|đến|hết|hạn|vào|từ|là) $")
# "Thông báo số 09/TB-VPCP ngày 11 tháng 01 năm 2024" names a document, not a day to do something.
CITED = re.compile(r"/\S{0,30}[^\W\d]\S{0,30} ngày $")
YEAR = r"(?:(?: ?[/-] ?| năm | )(?P<year>[12]\d{3})(?!\d))?"
HALF = re.compile(rf"\b(?:(?:0?6|sáu) tháng|nửa) (?P<half>đầu|cuối) năm{YEAR}")
QUARTER = re.compile(rf"\bquý (?P<quarter>iv|i{{1,3}}|[1-4])\b{YEAR}")
MONTH = re.compile(rf"\btháng (?P<month>1[0-2]|0?[1-9])(?!\d){YEAR}")
WHOLE_YEAR = re.compile(r"(?:^|\b(?:trong|hết|đến|cuối|công tác|thành|xong) )năm (?P<year>[12]\d{3})(?!\d)")
# Weeks of a month are counted from its first day; the last one ends with the month, and a "tuần" of ten days too.
PART_OF_MONTH = re.compile(
    r"(?:^|[^\w])(?:tuần (?:lễ )?(?P<week>đầu|cuối|(?:thứ )?(?:nhất|hai|ba|tư|[1-4]))(?: tiên| cùng)?|"
    r"(?P<third>thượng|trung|hạ) tuần|nửa (?P<half>đầu|cuối))(?: của)? $"
)
WEEKS = {"đầu": 7, "nhất": 7, "1": 7, "hai": 14, "2": 14, "ba": 21, "3": 21, "tư": 28, "4": 28}
THIRDS = {"thượng": 10, "trung": 20}
HALF_MONTH, LAST_DAY = 15, 31
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def plain(text: str) -> str:
    """One line of lower-case NFC text without the stars of bold type; one spelling of hằng and quý."""
    line = one_tone(unicodedata.normalize("NFC", squeeze(text)).lower())
    for other, one in (("hàng ", "hằng "), ("quí ", "quý ")):
        line = line.replace(other, one)
    return line


@dataclass(frozen=True)
class Written:
    """A date or period found at `start` of the line: its last day, None where no such day exists."""

    start: int
    day: date | None
    review: str = ""


def parts(found: re.Match[str]) -> tuple[int, int, int | None]:
    """Day, month and, where written, year of a match of `DATE`."""
    year = found["y"] or found["glued"] or found["yw"]
    return int(found["d"]), int(found["m"] or found["mw"]), _full(year) if year else None


def dates(line: str, issued_on: date) -> Iterator[Written]:
    """The dates in `line` in their order, without those of cited documents.

    Where no year is written it is the first in which the day is not before `issued_on`.
    """
    for found in DATE.finditer(line):
        before = line[max(0, found.start() - 60) : found.start()]
        is_fraction = found["sep"] and not parts(found)[2] and not BEFORE_A_DATE.search(before)
        if not is_fraction and not CITED.search(before):
            yield _written(found, issued_on)


def period(line: str, issued_on: date) -> Written | None:
    """The half-year, quarter or month in `line`, or the part of a month, by its last day.

    The weeks of a month are its days 1-7, 8-14, 15-21 and 22-28, whatever weekday it begins with; "tuần cuối" ends with
    the month. "Thượng tuần", "trung tuần" and "hạ tuần" are days 1-10, 11-20 and the rest; "nửa đầu tháng" is 1-15.
    """
    for pattern in (HALF, QUARTER, MONTH):
        if found := pattern.search(line):
            return _ending(line, found, *_months(found), issued_on)
    return None


def whole_year(line: str, issued_on: date) -> Written | None:
    """The year by which something is to be done, not one that only names a plan."""
    found = WHOLE_YEAR.search(line)
    return _ending(line, found, 1, 12, issued_on) if found else None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, months.monthrange(year, month)[1])


def _full(year: str) -> int:
    return int(year) + (2000 if len(year) == 2 else 0)


def _written(found: re.Match[str], issued_on: date) -> Written:
    day, month, year = parts(found)
    try:
        if year:
            return Written(found.start(), date(year, month, day), MISWRITTEN if found["glued"] else "")
        nearest = date(issued_on.year, month, day)
        if nearest < issued_on:
            nearest = date(issued_on.year + 1, month, day)
        return Written(found.start(), nearest, NO_YEAR)
    except ValueError:
        return Written(found.start(), None, NO_SUCH_DAY)


def _months(found: re.Match[str]) -> tuple[int, int]:
    which = found.groupdict()
    if half := which.get("half"):
        return (1, 6) if half == "đầu" else (7, 12)
    if quarter := which.get("quarter"):
        number = QUARTERS.get(quarter) or int(quarter)
        return number * 3 - 2, number * 3
    return int(which["month"]), int(which["month"])


def _ending(line: str, found: re.Match[str], first: int, last: int, issued_on: date) -> Written:
    year, review = int(found["year"] or 0), ""
    if not year:
        year, review = issued_on.year, NO_YEAR
        year += month_end(year, last) < issued_on
    before = line[: found.start()]
    if before.endswith("trước "):
        return Written(found.start(), date(year, first, 1) - timedelta(1), EVE_OF_PERIOD)
    part = PART_OF_MONTH.search(before) if first == last else None
    if part and not before[: part.start() + 1].rstrip().endswith("trước"):
        ends = month_end(year, last)
        return Written(found.start(), ends.replace(day=min(_until(part), ends.day)), review)
    if part or before.endswith(("đầu ", "giữa ", "đầu của ", "giữa của ")):
        review = PART_OF_PERIOD
    return Written(found.start(), month_end(year, last), review)


def _until(part: re.Match[str]) -> int:
    """The day with which a part of a month ends; 31 where it ends with the month."""
    if week := part["week"]:
        return WEEKS.get(week.removeprefix("thứ "), LAST_DAY)
    if third := part["third"]:
        return THIRDS.get(third, LAST_DAY)
    return HALF_MONTH if part["half"] == "đầu" else LAST_DAY
