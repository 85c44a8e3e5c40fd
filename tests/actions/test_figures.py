"""The official cells: counted by one query, to the digit, today and as of a day."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Role as Seat
from directives.actions.recording import record
from directives.figures import Cells, cells, cells_as_of
from directives.models import Assignment, Role, Span
from directives.rules.lifecycle import LIVE, State
from directives.rules.standing import Cell, cell
from tests.make import at, make_agency, make_assignment, make_directive, make_notice, make_user

pytestmark = pytest.mark.django_db
GIVEN = date(2025, 1, 2)
TODAY = date(2025, 3, 14)  # a Friday
DAY = timedelta(days=1)

MANY = """
INSERT INTO directives_assignment
    (uuid, directive_id, agency_id, role, period, state, original_due_on, due_on, due_version, version, assigned_on,
     armed_on, handed_in_on, done_on, resume_to)
SELECT gen_random_uuid(), %(directive)s, %(agency)s, 'share', number, %(state)s, %(due_on)s, %(due_on)s,
       1, 1, %(given)s, %(given)s, %(done_on)s, %(done_on)s, ''
FROM generate_series(1, %(rows)s) number
"""


def make_many(rows, state, due_on, done_on=None):
    """So many rows alike, each for a period of its own of one more directive."""
    facts = {"directive": make_directive().pk, "agency": make_agency().pk, "given": GIVEN}
    with connection.cursor() as cursor:
        cursor.execute(MANY, {**facts, "rows": rows, "state": state, "due_on": due_on, "done_on": done_on})


def test_the_report_of_2017_comes_out_to_the_digit(django_assert_num_queries):
    """21,914 given = 16,051 done (14,068 + 1,983) + 5,863 open (5,640 + 223): report 1270/BC-TCTTTg, 27/12/2017."""
    make_many(14_068, State.DONE, TODAY, done_on=TODAY)
    make_many(1_983, State.DONE, TODAY - DAY, done_on=TODAY)
    make_many(5_640, State.IN_PROGRESS, TODAY)
    make_many(223, State.IN_PROGRESS, TODAY - DAY)
    with django_assert_num_queries(1):
        counted = cells(Assignment.objects.all(), TODAY)
    assert counted == Cells(done_on_time=14_068, done_late=1_983, open_in_time=5_640, open_overdue=223)
    assert (counted.total, counted.done, counted.total - counted.done) == (21_914, 16_051, 5_863)


def test_undated_work_is_a_column_of_its_own():
    make_many(3, State.IN_PROGRESS, None)
    make_many(2, State.DONE, None, done_on=TODAY)
    counted = cells(Assignment.objects.all(), TODAY)
    assert counted == Cells(undated=5)
    assert counted.total == 5


def test_suspended_work_is_open_in_time_and_shown_apart():
    make_many(2, State.SUSPENDED, TODAY - DAY)
    make_many(1, State.SUSPENDED, None)
    assert cells(Assignment.objects.all(), TODAY) == Cells(open_in_time=2, undated=1, suspended=3)


def test_coordinating_work_is_shown_apart_and_never_in_the_total():
    make_assignment(role=Role.COORDINATING, due_on=TODAY - DAY, assigned_on=GIVEN)
    make_assignment(role=Role.COORDINATING, due_on=TODAY, assigned_on=GIVEN, state=State.SUSPENDED)
    counted = cells(Assignment.objects.all(), TODAY)
    assert counted == Cells(coordinating=2)
    assert counted.total == 0


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN, State.REASSIGNED])
def test_what_is_no_longer_live_is_outside(state):
    make_many(2, state, TODAY)
    assert cells(Assignment.objects.all(), TODAY) == Cells()


def test_nothing_counts_as_nothing():
    assert cells(Assignment.objects.none(), TODAY) == Cells()


near = st.none() | st.integers(-40, 40).map(lambda n: TODAY + n * DAY)
near_days = st.integers(-40, 40).map(lambda n: TODAY + n * DAY)


@st.composite
def facts(draw):
    """What an assignment may be, as far as the database allows it."""
    state = draw(st.sampled_from(State))
    return {
        "state": state,
        "role": draw(st.sampled_from([Role.SHARE, Role.COORDINATING])),
        "due_on": draw(near),
        "handed_in_on": draw(near_days if state == State.HANDED_IN else near),
        "done_on": draw(near_days) if state == State.DONE else None,
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(facts(), max_size=30))
def test_four_cells_and_undated_are_always_the_total_and_what_the_rule_says(rows):
    directive, agency = make_directive(), make_agency()
    Assignment.objects.bulk_create(
        Assignment(directive=directive, agency=agency, period=str(n), assigned_on=GIVEN, armed_on=GIVEN, **row)
        for n, row in enumerate(rows)
    )
    counted = cells(Assignment.objects.filter(directive=directive), TODAY)
    own = [row for row in rows if row["state"] in LIVE and row["role"] != Role.COORDINATING]
    expected = Counter(
        cell(row["state"], row["due_on"], today=TODAY, handed_in_on=row["handed_in_on"], done_on=row["done_on"])
        for row in own
    )
    assert {each: getattr(counted, each) for each in Cell} == {each: expected[each] for each in Cell}
    assert counted.total == len(own)
    assert counted.suspended == sum(row["state"] == State.SUSPENDED for row in own)
    assert counted.coordinating == sum(row["state"] in LIVE for row in rows) - len(own)


# --- as of a day


def become(assignment, day, **facts):
    """The assignment changes on a day, and the register writes it down."""
    for fact, value in facts.items():
        setattr(assignment, fact, value)
    assignment.save()
    record(assignment, "report", by=None, at=at(day))


DUE = date(2024, 12, 31)
STORY = {
    date(2024, 8, 8): Cells(),
    date(2024, 8, 9): Cells(open_in_time=1),
    date(2024, 12, 30): Cells(open_in_time=1),
    date(2024, 12, 31): Cells(open_in_time=1),
    date(2025, 1, 1): Cells(open_in_time=1),
    date(2025, 1, 2): Cells(open_overdue=1),
    date(2025, 1, 3): Cells(open_overdue=1),
    date(2025, 1, 6): Cells(open_overdue=1),
    date(2025, 1, 7): Cells(done_late=1),
    date(2025, 12, 31): Cells(done_late=1),
}


def test_as_of_a_day_is_what_the_register_knew_at_its_end(django_assert_num_queries):
    """Handed in on 30/12, returned on 02/01, handed in again on 03/01 and verified on 07/01; due on 31/12."""
    one = make_assignment(due_on=DUE, assigned_on=date(2024, 8, 9))
    record(one, "assign", by=None, at=at(date(2024, 8, 9)))
    become(one, date(2024, 12, 30), state=State.HANDED_IN, handed_in_on=date(2024, 12, 30))
    become(one, date(2025, 1, 2), state=State.IN_PROGRESS, handed_in_on=None)
    become(one, date(2025, 1, 3), state=State.HANDED_IN, handed_in_on=date(2025, 1, 3))
    become(one, date(2025, 1, 7), state=State.DONE, done_on=date(2025, 1, 3))
    with django_assert_num_queries(len(STORY)):
        told = {day: cells_as_of(Span.objects.all(), day) for day in STORY}
    assert told == STORY
    assert cells(Assignment.objects.all(), date(2025, 1, 7)) == STORY[date(2025, 1, 7)]


def test_what_changes_twice_on_one_day_counts_as_it_was_at_its_end():
    one = make_assignment(due_on=DUE, assigned_on=date(2024, 8, 9))
    record(one, "assign", by=None, at=at(date(2024, 8, 9), 8))
    become(one, date(2024, 8, 9), state=State.SUSPENDED)
    assert cells_as_of(Span.objects.all(), date(2024, 8, 9)) == Cells(open_in_time=1, suspended=1)


def test_a_date_that_was_moved_later_counts_as_it_was_before():
    one = make_assignment(due_on=DUE, assigned_on=date(2024, 8, 9))
    record(one, "assign", by=None, at=at(date(2024, 8, 9)))
    become(one, date(2025, 1, 10), due_on=date(2025, 2, 28))
    assert cells_as_of(Span.objects.all(), date(2025, 1, 9)) == Cells(open_overdue=1)
    assert cells_as_of(Span.objects.all(), date(2025, 1, 10)) == Cells(open_in_time=1)


def test_as_of_a_day_can_be_asked_of_one_agency():
    mine, other = make_agency(), make_agency()
    for agency in (mine, other, other):
        one = make_assignment(agency, due_on=DUE, assigned_on=date(2024, 8, 9))
        record(one, "assign", by=None, at=at(date(2024, 8, 9)))
    assert cells_as_of(Span.objects.filter(agency=mine), DUE) == Cells(open_in_time=1)
    assert cells_as_of(Span.objects.all(), DUE) == Cells(open_in_time=3)


def test_events_of_a_notice_open_no_span():
    record(make_notice(), "issue", by=make_user(Seat.SECRETARIAT), at=at(TODAY))
    assert not Span.objects.exists()
