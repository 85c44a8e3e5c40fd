"""Tết Nguyên đán: its first day, and a deadline that is said by it ("trước Tết Nguyên đán Đinh Mùi năm 2027")."""

import re
from datetime import date, timedelta

# The first day of Tết by the calendar of Viet Nam (UTC+7), which in 2030 is a day before that of Beijing.
FIRST_DAYS = {
    year: date(year, month, day)
    for year, month, day in (
        (2019, 2, 5), (2020, 1, 25), (2021, 2, 12), (2022, 2, 1), (2023, 1, 22), (2024, 2, 10), (2025, 1, 29),
        (2026, 2, 17), (2027, 2, 6), (2028, 1, 26), (2029, 2, 13), (2030, 2, 2), (2031, 1, 23), (2032, 2, 11),
        (2033, 1, 31), (2034, 2, 19), (2035, 2, 8),
    )
}  # fmt: skip
STEMS = ("canh", "tân", "nhâm", "quý", "giáp", "ất", "bính", "đinh", "mậu", "kỷ")
BRANCHES = ("thân", "dậu", "tuất", "hợi", "tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi")
SIGN = rf"(?P<stem>{'|'.join(STEMS)}) (?P<branch>{'|'.join(BRANCHES)}|tị|tí|mẹo|mui)"
TET = rf"tết (?:nguyên đán|âm lịch|cổ truyền)(?:,? (?:năm )?{SIGN})?(?:,?(?: năm)? \(?(?P<tet>[12]\d{{3}})\)?)?(?!\w)"
BEFORE = re.compile(rf"\btrước {TET}")


def eve_in(plain: str, issued_on: date) -> date | None:
    """The last day before the Tết that the line names, or before the next one; None where its day is not known."""
    found = BEFORE.search(plain)
    if found is None:
        return None
    year = int(found["tet"]) if found["tet"] else _next_year(issued_on)
    if found["stem"] and STEMS[year % 10] != found["stem"]:
        return None
    return FIRST_DAYS[year] - timedelta(1) if year in FIRST_DAYS else None


def _next_year(day: date) -> int:
    """The year of the first Tết that lies behind the day."""
    first = FIRST_DAYS.get(day.year)
    return day.year + (first is None or first <= day)
