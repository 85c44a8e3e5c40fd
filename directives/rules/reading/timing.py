"""By when, said between the one who is named and the task: "Bộ A trong vòng 30 ngày kể từ ngày ký hoàn thành ..."."""

import re

from directives.rules.reading.due import PATTERNS

SOON = re.compile(
    r"(?:ngay )?(?:trong|vào|đến|trước) (?:(?:đầu|giữa|cuối|hết) )?(?:thời gian (?:tới|này|(?:sớm|ngắn|nhanh) nhất)|"
    r"(?:tuần|tháng|quý|năm) (?:này|tới|sau|nay|đầu)|tuần)(?!\w)"
)
SEVERAL = 3  # times named one behind the other, at most


def after_the_time(low: str, at: int, end: int) -> int:
    """Where the words end that say by when, beginning at `at`; `at` where there are none."""
    for _turn in range(SEVERAL):
        found = next(filter(None, (pattern.match(low, at, end) for pattern in (*PATTERNS, SOON))), None)
        if found is None or not found[0]:
            break
        at = found.end()
        while at < end and low[at] in " ,:":
            at += 1
    return at
