"""Recurring work as a rule: periods, their due dates, and which lie ahead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.deadlines import Every
from directives.rules.recurrence import (
    Period,
    Rhythm,
    Shift,
    due_of,
    first_periods,
    next_turn,
    period_after,
    period_missed,
    period_of,
    periods_ahead,
    read_label,
)
from directives.rules.working_days import Calendar

WEEKDAYS = Calendar()
TODAY = date(2026, 11, 22)  # a Sunday

PERIODS = {
    "a week": (Every.WEEK, TODAY, date(2026, 11, 16), date(2026, 11, 22), "2026-W47"),
    "a week over the new year": (Every.WEEK, date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3), "2026-W53"),
    "a month": (Every.MONTH, TODAY, date(2026, 11, 1), date(2026, 11, 30), "2026-11"),
    "a leap month": (Every.MONTH, date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29), "2028-02"),
    "a quarter": (Every.QUARTER, TODAY, date(2026, 10, 1), date(2026, 12, 31), "2026-Q4"),
    "half a year": (Every.HALF, date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30), "2026-H1"),
    "a year": (Every.YEAR, TODAY, date(2026, 1, 1), date(2026, 12, 31), "2026"),
}


@pytest.mark.parametrize(("every", "day", "first", "last", "label"), PERIODS.values(), ids=PERIODS)
def test_the_period_of_a_day(every, day, first, last, label):
    assert period_of(every, day) == Period(first, last, label)


def test_what_is_done_every_day_has_no_period():
    with pytest.raises(KeyError):
        period_of(Every.DAY, TODAY)


KEPT = {"shift": Shift.NONE}
DUE = {
    "of a week: Friday unless said": (Every.WEEK, TODAY, {}, date(2026, 11, 20)),
    "of a week: Tuesday": (Every.WEEK, TODAY, {"day": 2}, date(2026, 11, 17)),
    "of a week: Sunday is moved": (Every.WEEK, TODAY, {"day": 7}, date(2026, 11, 20)),
    "of a month": (Every.MONTH, TODAY, {"day": 25}, date(2026, 11, 25)),
    "of a month: its last day unless said": (Every.MONTH, TODAY, {}, date(2026, 11, 30)),
    "day 31 of November": (Every.MONTH, TODAY, {"day": 31, **KEPT}, date(2026, 11, 30)),
    "day 31 of December": (Every.MONTH, date(2026, 12, 1), {"day": 31, **KEPT}, date(2026, 12, 31)),
    "day 31 of February": (Every.MONTH, date(2027, 2, 3), {"day": 31, **KEPT}, date(2027, 2, 28)),
    "day 31 of a leap February": (Every.MONTH, date(2028, 2, 3), {"day": 31, **KEPT}, date(2028, 2, 29)),
    "of a quarter: in its last month": (Every.QUARTER, date(2026, 7, 1), {"day": 15}, date(2026, 9, 15)),
    "of half a year": (Every.HALF, date(2026, 1, 5), {"day": 10}, date(2026, 6, 10)),
    "of a year": (Every.YEAR, TODAY, {"day": 15, "month": 12}, date(2026, 12, 15)),
    "of a year: 31 December unless said": (Every.YEAR, TODAY, {}, date(2026, 12, 31)),
    "29 February in a common year": (Every.YEAR, TODAY, {"day": 29, "month": 2, **KEPT}, date(2026, 2, 28)),
    "29 February in a leap year": (Every.YEAR, date(2028, 5, 1), {"day": 29, "month": 2, **KEPT}, date(2028, 2, 29)),
    "a Sunday, before": (Every.MONTH, date(2026, 10, 1), {"day": 25}, date(2026, 10, 23)),
    "a Sunday, after": (Every.MONTH, date(2026, 10, 1), {"day": 25, "shift": Shift.AFTER}, date(2026, 10, 26)),
    "a Sunday, as it is": (Every.MONTH, date(2026, 10, 1), {"day": 25, **KEPT}, date(2026, 10, 25)),
}


@pytest.mark.parametrize(("every", "within", "rhythm", "due_on"), DUE.values(), ids=DUE)
def test_the_due_date(every, within, rhythm, due_on):
    assert due_of(Rhythm(every, **rhythm), period_of(every, within), WEEKDAYS) == due_on


def test_a_holiday_moves_the_due_date():
    tet = Calendar(off=frozenset({date(2026, 11, 25)}))
    period = period_of(Every.MONTH, TODAY)
    assert due_of(Rhythm(Every.MONTH, 25), period, tet) == date(2026, 11, 24)
    assert due_of(Rhythm(Every.MONTH, 25, shift=Shift.AFTER), period, tet) == date(2026, 11, 26)


def ahead(rhythm: Rhythm, today: date, until: date | None = None, ahead: int = 1) -> list[str]:
    found = periods_ahead(rhythm, today=today, until=until, ahead=ahead, calendar=WEEKDAYS)
    return [f"{period.label} {due_on:%d/%m}" for period, due_on in found]


BY_25 = Rhythm(Every.MONTH, 25)
AHEAD = {
    "the present one and the next": (TODAY, None, 1, ["2026-11 25/11", "2026-12 25/12"]),
    "on the due date": (date(2026, 11, 25), None, 1, ["2026-11 25/11", "2026-12 25/12"]),
    "not what was due": (date(2026, 11, 26), None, 1, ["2026-12 25/12"]),
    "the present one alone": (TODAY, None, 0, ["2026-11 25/11"]),
    "up to the period of the last day": (TODAY, date(2026, 12, 1), 3, ["2026-11 25/11", "2026-12 25/12"]),
    "not after the last day": (TODAY, date(2026, 11, 30), 1, ["2026-11 25/11"]),
    "nothing once it is over": (TODAY, date(2026, 10, 31), 1, []),
}


@pytest.mark.parametrize(("today", "until", "many", "labels"), AHEAD.values(), ids=AHEAD)
def test_which_periods_lie_ahead(today, until, many, labels):
    assert ahead(BY_25, today, until, many) == labels


FIRST = {
    "all that lies ahead": (TODAY, None, 2, ["2026-11", "2026-12", "2027-01"]),
    "the present one alone": (TODAY, None, 0, ["2026-11"]),
    "the next where the present one was due": (date(2026, 11, 26), None, 0, ["2026-12"]),
    "nothing once it is over": (date(2026, 11, 26), date(2026, 11, 30), 0, []),
}


@pytest.mark.parametrize(("today", "until", "many", "labels"), FIRST.values(), ids=FIRST)
def test_what_new_work_begins_with(today, until, many, labels):
    found = first_periods(BY_25, today=today, until=until, ahead=many, calendar=WEEKDAYS)
    assert [period.label for period, _due_on in found] == labels


def test_the_next_turn_comes_with_the_next_period_until_the_last():
    assert next_turn(Every.MONTH, today=TODAY, until=None, ahead=1) == date(2026, 12, 1)
    assert next_turn(Every.MONTH, today=TODAY, until=date(2027, 1, 15), ahead=1) == date(2026, 12, 1)
    assert next_turn(Every.MONTH, today=TODAY, until=date(2026, 12, 31), ahead=1) is None


days = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))
every_sort = st.sampled_from([Every.WEEK, Every.MONTH, Every.QUARTER, Every.HALF, Every.YEAR])
rhythms = st.builds(
    Rhythm,
    every=every_sort,
    day=st.none() | st.integers(1, 7),
    month=st.none() | st.integers(1, 12),
    shift=st.sampled_from(Shift),
)


@given(every=every_sort, day=days)
def test_periods_follow_one_another_without_a_gap_and_their_labels_sort(every, day):
    period = period_of(every, day)
    after = period_after(every, period)
    assert period.first <= day <= period.last
    assert after.first == period.last + timedelta(1)
    assert period.label < after.label
    assert period_of(every, period.first) == period_of(every, period.last) == period


@given(every=every_sort, day=days)
def test_a_label_says_what_it_is_of(every, day):
    said = read_label(period_of(every, day).label)
    assert said is not None
    assert said[0] is every


def test_another_text_is_no_label():
    assert read_label("") is None
    assert read_label("2026-W1") is None
    assert read_label("quý IV") is None


@given(rhythm=rhythms, start=days, turns=st.integers(1, 30), first_seen=st.integers(0, 400))
def test_the_due_date_of_a_period_does_not_depend_on_those_before_it(rhythm, start, turns, first_seen):
    walked = period_of(rhythm.every, start)
    for _turn in range(turns):
        walked = period_after(rhythm.every, walked)
    asked = period_of(rhythm.every, walked.first + timedelta(first_seen % ((walked.last - walked.first).days + 1)))
    assert due_of(rhythm, walked, WEEKDAYS) == due_of(rhythm, asked, WEEKDAYS)


@given(rhythm=rhythms, day=days)
def test_unmoved_the_due_date_lies_in_its_period(rhythm, day):
    period = period_of(rhythm.every, day)
    still = Rhythm(rhythm.every, rhythm.day, rhythm.month, Shift.NONE)
    assert period.first <= due_of(still, period, WEEKDAYS) <= period.last


@given(rhythm=rhythms, day=days, many=st.integers(1, 3))
def test_whoever_looks_at_each_turn_misses_no_period(rhythm, day, many):
    found, today = set(), day
    for _turn in range(6):
        lie_ahead = periods_ahead(rhythm, today=today, until=None, ahead=many, calendar=WEEKDAYS)
        found |= {period.label for period, _due_on in lie_ahead}
        today = next_turn(rhythm.every, today=today, until=None, ahead=many)
    period = period_of(rhythm.every, day)
    for _turn in range(6 + many):
        assert period.label in found or due_of(rhythm, period, WEEKDAYS) < day
        period = period_after(rhythm.every, period)


MISSED = [
    pytest.param(date(2025, 6, 30), date(2025, 7, 1), None, id="given on the quarter's last day"),
    pytest.param(date(2025, 4, 1), date(2025, 9, 30), None, id="given on its first, until the next is over"),
    pytest.param(date(2025, 4, 1), date(2025, 10, 1), "2025-Q3", id="and then no more"),
    pytest.param(None, date(2025, 7, 1), "2025-Q2", id="never given"),
    pytest.param(date(2025, 7, 1), date(2025, 7, 1), None, id="given since"),
]


@pytest.mark.parametrize(("last", "today", "label"), MISSED)
def test_a_quarter_is_missed_once_it_is_over_without_anything(last, today, label):
    missed = period_missed(Every.QUARTER, last=last, today=today)
    assert (missed and missed.label) == label


def test_what_is_given_every_day_misses_no_period():
    assert period_missed(Every.DAY, last=None, today=date(2025, 7, 1)) is None
