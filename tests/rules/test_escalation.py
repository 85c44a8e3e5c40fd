"""The ladder as a rule: rungs, void rungs, catching up, and the next day to look."""

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.escalation import Rung, digest_moment, due_rungs, leadership_moment, may_send, moved_moment, steps
from directives.rules.lifecycle import State
from directives.rules.working_days import Calendar
from tests.make import DEFAULT_RUNGS, at

LADDER = tuple(Rung(*rung) for rung in DEFAULT_RUNGS)
NEW_YEAR = Calendar(off=frozenset({date(2025, 1, 1)}), working=frozenset())
DUE = date(2024, 12, 31)  # a Tuesday
ARMED = date(2024, 8, 9)


def plan(today: date, *, sent: tuple[int, ...] = (), due_on: date = DUE, armed_on: date = ARMED):
    """The plan of a day as (offsets to send, offsets overtaken, next look)."""
    said = due_rungs(
        due_on=due_on, armed_on=armed_on, ladder=LADDER, sent=frozenset(sent), today=today, calendar=NEW_YEAR
    )
    return [s.rung.offset for s in said.send], [s.rung.offset for s in said.superseded], said.look_on


CASES = {
    "long before": (date(2024, 10, 1), (), [], [], date(2024, 12, 10)),
    "the first rung": (date(2024, 12, 10), (), [-15], [], date(2024, 12, 20)),
    "between two rungs": (date(2024, 12, 12), (-15,), [], [], date(2024, 12, 20)),
    "the due date": (DUE, (-15, -7, -3, -1), [0], [], date(2025, 1, 2)),
    "a holiday after it": (date(2025, 1, 1), (-15, -7, -3, -1, 0), [], [], date(2025, 1, 2)),
    "the first working day after it": (date(2025, 1, 2), (-15, -7, -3, -1, 0), [1], [], date(2025, 1, 3)),
    "the last rung": (date(2025, 1, 22), (-15, -7, -3, -1, 0, 1, 3, 7), [15], [], date(2025, 1, 23)),
    "all is said": (date(2025, 3, 1), (-15, -7, -3, -1, 0, 1, 3, 7, 15), [], [], date(2025, 3, 3)),
    "missed courtesies collapse into the latest": (date(2024, 12, 27), (), [-3], [-15, -7], date(2024, 12, 30)),
    "a courtesy after which a later one was sent": (date(2024, 12, 27), (-15, -3), [], [-7], date(2024, 12, 30)),
    "escalations are never skipped": (date(2025, 1, 7), (-15,), [1, 3], [-7, -3, -1, 0], date(2025, 1, 8)),
}


@pytest.mark.parametrize(("today", "sent", "send", "superseded", "look_on"), CASES.values(), ids=CASES)
def test_what_the_ladder_says(today, sent, send, superseded, look_on):
    assert plan(today, sent=sent) == (send, superseded, look_on)


def test_rungs_before_the_assignment_are_void():
    assert plan(date(2024, 12, 27), armed_on=date(2024, 12, 27)) == ([], [], date(2024, 12, 30))


def test_a_due_date_on_a_day_off_is_reminded_on_the_working_day_before():
    sunday = date(2024, 12, 29)
    assert [
        s.on for s in steps(due_on=sunday, armed_on=ARMED, ladder=[Rung(0, "head", "courtesy")], calendar=NEW_YEAR)
    ] == [date(2024, 12, 27)]


def test_after_a_return_past_the_date_escalations_count_from_the_return():
    assert plan(date(2025, 2, 11), armed_on=date(2025, 2, 10)) == ([1], [], date(2025, 2, 12))


def test_a_later_rung_includes_the_earlier_audiences():
    assert Rung(7, "deputy", "escalation").audiences == ("officer", "head", "secretariat", "deputy")


@pytest.mark.parametrize("state", list(State), ids=str)
def test_a_reminder_goes_out_only_while_the_agency_works(state):
    working = state in (State.ASSIGNED, State.ACKNOWLEDGED, State.IN_PROGRESS)
    assert may_send(state=state, due_version=1, reminded_version=1, in_office=True) is working


def test_a_reminder_of_an_older_date_or_to_somebody_who_left_stays():
    assert not may_send(state=State.ASSIGNED, due_version=2, reminded_version=1, in_office=True)
    assert not may_send(state=State.ASSIGNED, due_version=1, reminded_version=1, in_office=False)


def test_a_rung_of_the_very_day_of_arming_speaks():
    assert plan(date(2024, 12, 26), armed_on=date(2024, 12, 26)) == ([-3], [], date(2024, 12, 30))


def test_the_digest_of_work_that_came_back_late_begins_the_day_after():
    assert plan(date(2025, 1, 6), armed_on=date(2025, 2, 10)) == ([], [], date(2025, 2, 11))


def test_a_courtesy_of_the_day_of_an_escalation_that_has_spoken_is_overtaken():
    # Given back on Monday 06/01: the second working day after it is the fifth after the deadline.
    ladder = (Rung(2, "head", "escalation"), Rung(5, "officer", "courtesy"))
    facts = {"due_on": DUE, "armed_on": date(2025, 1, 6), "ladder": ladder, "calendar": NEW_YEAR}
    day = date(2025, 1, 8)
    assert [step.on for step in steps(**facts)] == [day, day]
    said = due_rungs(**facts, sent=frozenset({2}), today=day)
    assert (said.send, [step.rung.offset for step in said.superseded]) == ((), [5])


MOMENTS = {
    "at the very end of the day": (at(date(2025, 1, 2), 17, 30), date(2025, 1, 2), at(date(2025, 1, 2), 7, 30)),
    "in the night before work": (at(date(2025, 1, 2), 0, 5), date(2025, 1, 2), at(date(2025, 1, 2), 7, 30)),
    "in the course of the day": (at(date(2025, 1, 2), 15), date(2025, 1, 2), at(date(2025, 1, 2), 7, 30)),
    "in the evening": (at(date(2025, 1, 2), 20), date(2025, 1, 2), at(date(2025, 1, 3), 7, 30)),
    "on Friday evening": (at(date(2025, 1, 3), 20), date(2025, 1, 3), at(date(2025, 1, 6), 7, 30)),
    "on a Saturday": (at(date(2025, 1, 4), 9), date(2025, 1, 4), at(date(2025, 1, 6), 7, 30)),
    "on a holiday": (at(date(2025, 1, 1), 9), date(2025, 1, 1), at(date(2025, 1, 2), 7, 30)),
}


@pytest.mark.parametrize(("now", "today", "moment"), MOMENTS.values(), ids=MOMENTS)
def test_when_a_digest_leaves(now, today, moment):
    assert digest_moment(now=now, today=today, calendar=NEW_YEAR) == moment


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles"])
def test_the_evening_is_ha_nois_wherever_the_server_stands(zone, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        evening = datetime(2025, 1, 2, 13, 0, tzinfo=UTC)  # 20:00 in Ha Noi
        assert digest_moment(now=evening, today=date(2025, 1, 2), calendar=NEW_YEAR) == at(date(2025, 1, 3), 7, 30)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_leaders_hear_a_working_day_later():
    friday = date(2025, 1, 3)
    assert leadership_moment(now=at(friday, 0, 5), today=friday, calendar=NEW_YEAR) == at(date(2025, 1, 6), 7, 30)


SATURDAY, MONDAY = date(2025, 1, 4), date(2025, 1, 6)
THURSDAY, FRIDAY = date(2025, 1, 2), date(2025, 1, 3)
MOVED = {
    "a working day stays, to the minute": (at(FRIDAY, 9, 41), at(THURSDAY), False, at(FRIDAY, 9, 41)),
    "a day off gives way to the next working morning": (at(SATURDAY, 9, 41), at(FRIDAY), False, at(MONDAY, 7, 30)),
    "leaders keep the working day since it was written": (at(FRIDAY, 9), at(FRIDAY, 6), True, at(MONDAY, 7, 30)),
    "a day off in between counts for nobody": (at(SATURDAY, 7, 30), at(FRIDAY, 20), True, at(date(2025, 1, 7), 7, 30)),
    "what leaders may have later stays later": (at(date(2025, 1, 8), 9), at(THURSDAY), True, at(date(2025, 1, 8), 9)),
}


@pytest.mark.parametrize(("due_at", "written_at", "leads", "moment"), MOVED.values(), ids=MOVED)
def test_what_waits_for_a_day_off_leaves_on_the_next_morning(due_at, written_at, leads, moment):
    assert moved_moment(due_at, written_at=written_at, leads=leads, calendar=NEW_YEAR) == moment


def test_a_moment_given_in_another_zone_is_moved_by_its_day_in_ha_noi():
    saturday_there = datetime(2025, 1, 3, 18, tzinfo=UTC)  # 01:00 on Saturday
    written = datetime(2025, 1, 2, 18, tzinfo=UTC)  # 01:00 on Friday
    facts = {"written_at": written, "calendar": NEW_YEAR}
    assert moved_moment(saturday_there, leads=False, **facts) == at(MONDAY, 7, 30)
    assert moved_moment(saturday_there, leads=True, **facts) == at(MONDAY, 7, 30)


days = st.dates(min_value=date(2024, 1, 1), max_value=date(2026, 12, 31))


@given(due_on=days, armed_on=days, first=days, second=days)
def test_stepping_day_by_day_says_every_rung_once_and_none_twice(due_on, armed_on, first, second):
    sent: set[int] = set()
    for today in sorted({first, second, date(2028, 1, 1)}):
        said = due_rungs(
            due_on=due_on, armed_on=armed_on, ladder=LADDER, sent=frozenset(sent), today=today, calendar=NEW_YEAR
        )
        new = [step.rung.offset for step in (*said.send, *said.superseded)]
        assert not sent & set(new)
        assert len(new) == len(set(new))
        assert said.look_on is not None
        assert said.look_on > today
        sent |= set(new)
    every = {s.rung.offset for s in steps(due_on=due_on, armed_on=armed_on, ladder=LADDER, calendar=NEW_YEAR)}
    assert sent == every
