"""On which days a scheduled paper goes out."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.paper_days import NUMBERS, Rhythm, When, days_between, latest_day, moment_of, next_day
from directives.rules.working_days import HANOI, Calendar

# Tết 2026: off from Monday 16/02 to Friday 20/02; Saturday 28/02 is worked.
TET = Calendar(off=frozenset(date(2026, 2, day) for day in range(16, 21)), working=frozenset({date(2026, 2, 28)}))
MONDAYS, FIRSTS, ENDS = When(Rhythm.WEEKLY, 1, 8), When(Rhythm.MONTHLY, 1, 8), When(Rhythm.MONTHLY, 31, 8)
BEFORE = When(Rhythm.SESSION, 5, 8)
SESSION = date(2026, 2, 25)


def at(day: date, hour: int = 0) -> datetime:
    return datetime.combine(day, time(hour), HANOI)


@pytest.mark.parametrize(
    ("when", "days"),
    [
        (MONDAYS, [(2, 2), (2, 9), (2, 23), (3, 2)]),  # the Monday of Tết falls on the next one
        (FIRSTS, [(2, 2), (3, 2)]),  # the 1st of February and of March are Sundays
        (When(Rhythm.MONTHLY, 16, 8), [(2, 23)]),
        (ENDS, [(2, 2), (2, 28)]),  # January's last day is a Saturday; February's is one that is worked
        (BEFORE, [(2, 11)]),  # Wednesday: five working days before, of which none lies in Tết
    ],
    ids=["weekly", "monthly", "in the holidays", "the last of a month", "before a session"],
)
def test_the_days_of_a_month_with_holidays(when, days):
    found = days_between(when, date(2026, 2, 1), date(2026, 3, 2), TET, [SESSION])
    assert [(day.month, day.day) for day in found] == days


def test_what_an_outage_left_behind_collapses_into_the_last_day():
    set_up = at(date(2026, 3, 2), 9)  # a Monday, after the hour: that one is not made up for
    assert latest_day(MONDAYS, set_up, at(date(2026, 3, 9), 7), TET, []) is None
    assert latest_day(MONDAYS, set_up, at(date(2026, 3, 9), 8), TET, []) == date(2026, 3, 9)
    assert latest_day(MONDAYS, set_up, at(date(2026, 3, 27), 8), TET, []) == date(2026, 3, 23)


def test_without_a_session_nothing_is_due():
    assert next_day(BEFORE, at(date(2026, 2, 1)), TET, []) is None
    assert next_day(BEFORE, at(date(2026, 2, 1)), TET, [SESSION]) == date(2026, 2, 11)
    assert next_day(BEFORE, at(date(2026, 2, 11), 9), TET, [SESSION]) is None


WAYS = st.sampled_from([Rhythm.WEEKLY, Rhythm.MONTHLY]).flatmap(
    lambda rhythm: st.builds(When, st.just(rhythm), st.sampled_from(list(NUMBERS[rhythm])), st.integers(0, 23))
)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: at(date(2025, 1, 1)) + timedelta(minutes=minutes))


@given(when=WAYS, now=MOMENTS, later=st.timedeltas(timedelta(0), timedelta(days=40)))
def test_the_next_day_is_the_latest_one_once_it_has_come(when, now, later):
    day = next_day(when, now, TET, [])
    assert day is not None
    assert TET.is_working(day)
    assert moment_of(when, day) > now
    assert latest_day(when, now, moment_of(when, day), TET, []) == day
    before = latest_day(when, now, now + later, TET, [])
    assert (before is None) == (now + later < moment_of(when, day))
