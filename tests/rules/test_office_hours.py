"""News waits for the office to open, unless it is urgent."""

from datetime import UTC, date, datetime

import pytest

from directives.rules.office_hours import in_office_hours, news_moment
from directives.rules.working_days import HANOI, Calendar

# Thursday 1 May 2025 and Friday 2 May are off; Saturday 26 April was worked in exchange.
CALENDAR = Calendar(off=frozenset({date(2025, 5, 1), date(2025, 5, 2)}), working=frozenset({date(2025, 4, 26)}))


def hanoi(day: int, hour: int, minute: int = 0, *, month: int = 4) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        (hanoi(28, 9), hanoi(28, 9)),
        (hanoi(28, 7, 30), hanoi(28, 7, 30)),
        (hanoi(28, 17, 30), hanoi(28, 17, 30)),
        (hanoi(28, 7, 29), hanoi(28, 7, 30)),
        (hanoi(28, 17, 31), hanoi(29, 7, 30)),
        (hanoi(26, 10), hanoi(26, 10)),
        (hanoi(27, 10), hanoi(28, 7, 30)),
        (hanoi(30, 20), hanoi(5, 7, 30, month=5)),
        (datetime(2025, 4, 28, 23, 0, tzinfo=UTC), hanoi(29, 7, 30)),
    ],
    ids=[
        "in the morning",
        "as offices open",
        "as they close",
        "a minute too early",
        "a minute too late",
        "a Saturday that is worked",
        "a Sunday",
        "before a long holiday",
        "another time zone",
    ],
)
def test_news_leaves_while_offices_work(now, leaves):
    assert news_moment(now=now, urgent=False, calendar=CALENDAR) == leaves
    assert in_office_hours(now, CALENDAR) == (leaves == now)
    assert news_moment(now=now, urgent=True, calendar=CALENDAR) == now
