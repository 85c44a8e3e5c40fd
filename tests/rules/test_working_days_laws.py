"""What holds for working days whatever the calendar."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from directives.rules.working_days import Calendar

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
days = st.dates(FIRST, LAST)
holidays = st.frozensets(days, max_size=60)
weekends = [d for n in range((LAST - FIRST).days + 1) if (d := FIRST + timedelta(n)).weekday() >= 5]
calendars = st.builds(Calendar, off=holidays, working=st.frozensets(st.sampled_from(weekends), max_size=20))
steps = st.integers(-120, 120)


@given(calendars, days, st.integers(1, 120), days)
def test_adding_a_holiday_never_makes_a_forward_count_earlier(calendar, start, n, holiday):
    more = Calendar(calendar.off | {holiday}, calendar.working)
    assert more.shift(start, n) >= calendar.shift(start, n)


@given(calendars, days, st.integers(0, 120), days)
def test_adding_a_holiday_never_makes_a_backward_count_later(calendar, start, n, holiday):
    more = Calendar(calendar.off | {holiday}, calendar.working)
    assert more.shift(start, -n) <= calendar.shift(start, -n)


@given(calendars, days, steps)
def test_one_more_working_day_is_later(calendar, start, n):
    assert calendar.shift(start, n + 1) > calendar.shift(start, n)


@given(calendars, days, steps)
def test_count_is_the_inverse_of_shift(calendar, start, n):
    end = calendar.shift(start, n)
    assert calendar.count(start, end) == n
    assert calendar.count(end, start) == -n


@given(calendars, days, steps, steps)
def test_shifts_add_up(calendar, start, n, m):
    assert calendar.shift(calendar.shift(start, n), m) == calendar.shift(start, n + m)


@given(calendars, days, days, days)
def test_counts_add_up(calendar, a, b, c):
    assert calendar.count(a, b) + calendar.count(b, c) == calendar.count(a, c)


@given(calendars, days, steps)
def test_a_shift_always_lands_on_a_working_day(calendar, start, n):
    assert calendar.is_working(calendar.shift(start, n))


@given(calendars, days, steps)
def test_the_days_that_are_shifted_to_a_day_are_just_those(calendar, start, n):
    day = calendar.shift(start, n)
    found = calendar.shifted_to(day, n)
    around = [found[0] + timedelta(beside) for beside in range(-3, len(found) + 3)]
    assert start in found
    assert found == [one for one in around if calendar.shift(one, n) == day]


@given(calendars, days)
def test_the_next_working_day_is_the_first_one_not_before(calendar, start):
    end = calendar.next_working(start)
    assert end >= start
    assert calendar.is_working(end)
    assert not any(calendar.is_working(start + timedelta(n)) for n in range((end - start).days))


@given(calendars, days)
def test_three_years_of_working_days_are_no_further_than_their_weeks_and_holidays(calendar, start):
    assert (calendar.shift(start, 750) - start).days <= (750 + len(calendar.off)) * 7 // 5 + 7
