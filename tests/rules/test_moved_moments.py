"""A message that waits leaves at another hour where the calendar was changed: the rule alone."""

from datetime import date

import pytest

from directives.rules.escalation import moved_moment
from directives.rules.working_days import Calendar
from tests.make import at

THURSDAY, FRIDAY, SATURDAY, MONDAY, TUESDAY = (date(2024, 12, day) for day in (26, 27, 28, 30, 31))
AT_NIGHT = at(THURSDAY, 0, 5)

MOVED = {
    "a working day": (at(FRIDAY, 7, 30), AT_NIGHT, [], at(FRIDAY, 7, 30)),
    "a later hour of a working day": (at(FRIDAY, 10), AT_NIGHT, [], at(FRIDAY, 10)),
    "a day that was given off": (at(FRIDAY, 7, 30), AT_NIGHT, [FRIDAY], at(MONDAY, 7, 30)),
    "a later hour of a day off": (at(FRIDAY, 10), AT_NIGHT, [FRIDAY], at(MONDAY, 7, 30)),
    "several days off": (at(FRIDAY, 7, 30), AT_NIGHT, [FRIDAY, MONDAY], at(TUESDAY, 7, 30)),
}


@pytest.mark.parametrize(("due_at", "written_at", "off", "moved"), MOVED.values(), ids=MOVED)
@pytest.mark.parametrize("leads", [False, True])
def test_nothing_leaves_on_a_day_off(due_at, written_at, off, moved, leads):
    calendar = Calendar(off=frozenset(off))
    assert moved_moment(due_at, written_at=written_at, leads=leads, calendar=calendar) == moved


LEADING = {
    "the day that it waits": (at(FRIDAY, 7, 30), AT_NIGHT, [THURSDAY], at(MONDAY, 7, 30)),
    "the day that it waits from the evening on": (
        at(MONDAY, 7, 30),
        at(THURSDAY, 18),
        [FRIDAY],
        at(TUESDAY, 7, 30),
    ),
    "a day after it is over": (at(FRIDAY, 7, 30), AT_NIGHT, [MONDAY], at(FRIDAY, 7, 30)),
}


@pytest.mark.parametrize(("due_at", "written_at", "off", "moved"), LEADING.values(), ids=LEADING)
def test_leaders_still_wait_a_whole_working_day(due_at, written_at, off, moved):
    calendar = Calendar(off=frozenset(off))
    assert moved_moment(due_at, written_at=written_at, leads=True, calendar=calendar) == moved
    # For the others only the day itself counts.
    assert moved_moment(due_at, written_at=written_at, leads=False, calendar=calendar) == due_at


def test_a_working_saturday_is_left_as_it_is():
    calendar = Calendar(working=frozenset({SATURDAY}))
    due_at = at(SATURDAY, 7, 30)
    assert moved_moment(due_at, written_at=AT_NIGHT, leads=False, calendar=calendar) == due_at
