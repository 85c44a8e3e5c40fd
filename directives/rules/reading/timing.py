"""By when, said between the one who is named and the task: "Bộ A trong vòng 30 ngày kể từ ngày ký hoàn thành ..."."""

import re

from directives.rules.reading.due import PATTERNS

# "Trong vòng một tháng", "trong mười lăm ngày": it is seen where it stands, and its length is left to a person.
IN_WORDS = re.compile(
    r"trong (?:vòng |thời hạn |thời gian )?(?:(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|lăm|mốt|rưỡi|nửa) ){1,4}"
    r"(?:ngày làm việc|ngày|tuần|tháng)(?! (?:vừa )?qua)(?: tới)?(?!\w)"
)
SOON = re.compile(
    r"(?:ngay )?(?:trong|vào|đến|trước) (?:(?:đầu|giữa|cuối|hết) )?(?:thời gian (?:tới|này|(?:sớm|ngắn|nhanh) nhất)|"
    r"(?:tuần|tháng|quý|năm) (?:này|tới|sau|nay|đầu)|tuần)(?!\w)"
)
SEVERAL = 3  # times named one behind the other, at most


def after_the_time(low: str, at: int, end: int) -> int:
    """Where the words end that say by when, beginning at `at`; `at` where there are none."""
    for _turn in range(SEVERAL):
        found = next(filter(None, (pattern.match(low, at, end) for pattern in (*PATTERNS, SOON, IN_WORDS))), None)
        if found is None or not found[0]:
            break
        at = found.end()
        while at < end and low[at] in " ,:":
            at += 1
    return at
