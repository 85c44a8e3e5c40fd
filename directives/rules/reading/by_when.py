"""Whether a time is set: what says so makes work of words that otherwise ask nothing."""

import re

from directives.rules.reading.due import BEFORE_TET, EACH_YEAR, ON_ITS_DAY, PATTERNS, binds

# "Trước 15 hằng tháng", "hằng quý báo cáo": it recurs by a day, or something is reported. "Hằng ngày" alone is not.
RECURS_AT = re.compile(
    r"(?<!\w)(?:(?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|quý)|định kỳ)(?!\w)[^;.]{0,60}(?:báo cáo|tổng hợp|gửi|trước|ngày)|"
    r"(?:báo cáo|tổng hợp|gửi|trước(?: ngày)? \d{1,2})[^;.]{0,60}(?:(?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|quý)|định kỳ)"
    r"(?!\w)"
)
LATEST = re.compile(r"(?<!\w)(?:(?:chậm|muộn) nhất|trước (?:ngày|\d)|(?:hoàn thành|xong) (?:trước|trong))(?!\w)")
ON_NO_DAY = (RECURS_AT, EACH_YEAR, BEFORE_TET, ON_ITS_DAY, LATEST)


def sets_a_time(low: str, start: int, end: int) -> bool:
    """Whether letters `start`:`end` say by when something is to be done; the date of a cited paper does not."""
    if any(pattern.search(low, start, end) for pattern in ON_NO_DAY):
        return True
    return any(binds(low, start, found) for pattern in PATTERNS for found in pattern.finditer(low, start, end))
