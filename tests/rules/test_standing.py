"""How an assignment stands with its date: each boundary a line of a table, and what holds whatever the dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.lifecycle import LIVE, WORKING, State
from directives.rules.standing import LABELS, Cell, Standing, cell, standing

TODAY = date(2025, 3, 14)  # a Friday
SOON = date(2025, 3, 25)  # seven working days later
DAY = timedelta(days=1)


@pytest.mark.parametrize("state", WORKING)
@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (TODAY - DAY, Standing.OVERDUE),
        (TODAY, Standing.DUE_SOON),
        (SOON, Standing.DUE_SOON),
        (SOON + DAY, Standing.ON_TRACK),
        (None, Standing.UNDATED),
    ],
    ids=["due yesterday", "due today", "the last day that is soon", "a day later", "no date"],
)
def test_open_work_stands_by_its_due_date(state, due_on, expected):
    assert standing(state, due_on, today=TODAY, soon_until=SOON) == expected


@pytest.mark.parametrize(
    ("done_on", "expected"),
    [(TODAY - DAY, Standing.DONE_ON_TIME), (TODAY, Standing.DONE_ON_TIME), (TODAY + DAY, Standing.DONE_LATE)],
    ids=["before", "on the day", "after"],
)
def test_done_work_stands_by_the_day_it_was_done(done_on, expected):
    much_later = TODAY + 100 * DAY
    assert standing(State.DONE, TODAY, today=much_later, soon_until=much_later, done_on=done_on) == expected


@pytest.mark.parametrize("due_on", [None, TODAY - DAY, TODAY, SOON])
def test_a_hand_in_waits_and_suspended_work_is_suspended_whatever_the_date(due_on):
    assert standing(State.HANDED_IN, due_on, today=TODAY, soon_until=SOON, handed_in_on=TODAY) == Standing.WAITING
    assert standing(State.SUSPENDED, due_on, today=TODAY, soon_until=SOON) == Standing.SUSPENDED


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN, State.REASSIGNED])
@pytest.mark.parametrize("due_on", [None, TODAY - DAY, SOON])
def test_what_was_declined_withdrawn_or_reassigned_is_outside(state, due_on):
    assert standing(state, due_on, today=TODAY, soon_until=SOON) == Standing.OUTSIDE
    assert cell(state, due_on, today=TODAY) is None


def test_done_without_a_date_is_undated():
    assert standing(State.DONE, None, today=TODAY, soon_until=SOON, done_on=TODAY) == Standing.UNDATED
    assert cell(State.DONE, None, today=TODAY, done_on=TODAY) == Cell.UNDATED


@pytest.mark.parametrize(
    ("state", "due_on", "handed_in_on", "expected"),
    [
        ("in_progress", TODAY, None, Cell.OPEN_IN_TIME),
        ("in_progress", TODAY - DAY, None, Cell.OPEN_OVERDUE),
        ("in_progress", TODAY - DAY, TODAY - 5 * DAY, Cell.OPEN_OVERDUE),
        ("handed_in", TODAY - 30 * DAY, TODAY - 30 * DAY, Cell.OPEN_IN_TIME),
        ("handed_in", TODAY - 30 * DAY, TODAY - 29 * DAY, Cell.OPEN_OVERDUE),
        ("suspended", TODAY - 30 * DAY, None, Cell.OPEN_IN_TIME),
        ("done", TODAY - 30 * DAY, TODAY - 30 * DAY, Cell.DONE_ON_TIME),
        ("done", TODAY - 30 * DAY, TODAY - 29 * DAY, Cell.DONE_LATE),
        ("assigned", None, None, Cell.UNDATED),
        ("suspended", None, None, Cell.UNDATED),
        ("handed_in", None, TODAY, Cell.UNDATED),
    ],
    ids=[
        "due today",
        "due yesterday",
        "returned, so that the old hand-in no longer counts",
        "handed in on the day, whoever is slow to verify",
        "handed in a day late",
        "suspended does not become overdue",
        "done on the day",
        "done a day late",
        "undated",
        "suspended and undated",
        "handed in and undated",
    ],
)
def test_the_official_cell(state, due_on, handed_in_on, expected):
    done_on = handed_in_on if state == "done" else None
    assert cell(state, due_on, today=TODAY, handed_in_on=handed_in_on, done_on=done_on) == expected


days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
states = st.sampled_from(State)
AGREES = {
    Standing.ON_TRACK: {Cell.OPEN_IN_TIME},
    Standing.DUE_SOON: {Cell.OPEN_IN_TIME},
    Standing.OVERDUE: {Cell.OPEN_OVERDUE},
    Standing.WAITING: {Cell.OPEN_IN_TIME, Cell.OPEN_OVERDUE, Cell.UNDATED},
    Standing.DONE_ON_TIME: {Cell.DONE_ON_TIME},
    Standing.DONE_LATE: {Cell.DONE_LATE},
    Standing.UNDATED: {Cell.UNDATED},
    Standing.SUSPENDED: {Cell.OPEN_IN_TIME, Cell.UNDATED},
    Standing.OUTSIDE: {None},
}


@given(states, st.none() | days, days, st.integers(0, 30), days, days)
def test_standing_and_cell_tell_the_same_story(state, due_on, today, soon, handed_in_on, done_on):
    known = {"today": today, "handed_in_on": handed_in_on, "done_on": done_on if state == State.DONE else None}
    stands = standing(state, due_on, soon_until=today + soon * DAY, **known)
    assert cell(state, due_on, **known) in AGREES[stands]
    assert (cell(state, due_on, **known) is None) == (state not in LIVE)


@given(st.sampled_from(WORKING), days, days)
def test_time_alone_never_makes_open_work_better(state, due_on, today):
    order = [Standing.ON_TRACK, Standing.DUE_SOON, Standing.OVERDUE]
    now, tomorrow = (standing(state, due_on, today=day, soon_until=day + 9 * DAY) for day in (today, today + DAY))
    assert order.index(tomorrow) >= order.index(now)


@given(st.sampled_from([State.DONE, State.HANDED_IN]), days, days, days, days)
def test_what_was_handed_in_never_changes_its_cell_by_waiting(state, due_on, handed_in_on, one_day, another):
    done_on = handed_in_on if state == State.DONE else None
    known = {"handed_in_on": handed_in_on, "done_on": done_on}
    assert cell(state, due_on, today=one_day, **known) == cell(state, due_on, today=another, **known)


def test_every_standing_has_its_name():
    assert set(LABELS) == set(Standing)
    assert all(stands.label == LABELS[stands] for stands in Standing)
