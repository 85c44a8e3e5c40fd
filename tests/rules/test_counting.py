"""How working days were counted: what was left out is named, and the sum is the calendar's."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.counting import Counted, NamedDay, Stretch, counted
from directives.rules.working_days import Calendar

TET = [NamedDay(date(2025, 1, 27) + timedelta(days=n), "Tết Nguyên đán") for n in range(5)]
SWAP = [NamedDay(date(2025, 4, 26), "Làm bù ngày 02/5", working=True), NamedDay(date(2025, 5, 2), "Nghỉ bù")]
VICTORY = [NamedDay(date(2025, 4, 30), "Ngày Chiến thắng"), NamedDay(date(2025, 5, 1), "Quốc tế Lao động")]
MONDAY, FRIDAY = date(2025, 1, 20), date(2025, 4, 25)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (MONDAY, MONDAY, Counted(0, 0, 0, (), ())),
        (MONDAY, date(2025, 1, 24), Counted(4, 4, 0, (), ())),
        (MONDAY, date(2025, 2, 3), Counted(14, 5, 4, (Stretch("Tết Nguyên đán", TET[0].day, TET[4].day, 5),), ())),
        (
            FRIDAY,
            date(2025, 5, 5),
            Counted(
                10,
                4,
                3,
                (
                    Stretch("Ngày Chiến thắng", date(2025, 4, 30), date(2025, 4, 30), 1),
                    Stretch("Quốc tế Lao động", date(2025, 5, 1), date(2025, 5, 1), 1),
                    Stretch("Nghỉ bù", date(2025, 5, 2), date(2025, 5, 2), 1),
                ),
                (Stretch("Làm bù ngày 02/5", date(2025, 4, 26), date(2025, 4, 26), 1),),
            ),
        ),
    ],
    ids=["the same day", "a plain week", "over Tết", "swapped days"],
)
def test_what_is_left_out_is_named(a, b, expected):
    assert counted(a, b, [*TET, *SWAP, *VICTORY]) == expected


def test_a_holiday_over_a_weekend_is_one_stretch():
    days = [NamedDay(date(2025, 8, 29), "Quốc khánh"), NamedDay(date(2025, 9, 1), "Quốc khánh")]
    assert counted(date(2025, 8, 28), date(2025, 9, 1), days).off == (
        Stretch("Quốc khánh", date(2025, 8, 29), date(2025, 9, 1), 2),
    )


days = st.dates(date(2024, 1, 1), date(2025, 12, 31))
named = st.lists(st.builds(NamedDay, days, st.sampled_from(["Tết", "Nghỉ bù"]), st.booleans()), max_size=40)


@given(days, days, named)
def test_the_sum_is_the_calendar_s(one, other, named):
    a, b = sorted([one, other])
    off = frozenset(day.day for day in named if not day.working)
    calendar = Calendar(off, frozenset(day.day for day in named if day.working))
    found = counted(a, b, named)
    assert found.working == calendar.count(a, b)
    left_out = sum(stretch.days for stretch in found.off)
    assert found.days == found.working + found.weekend + left_out
