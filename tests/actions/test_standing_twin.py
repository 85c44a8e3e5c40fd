"""The rule of standing and its SQL twin agree on every case, wherever the servers think they are."""

import time
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.db import connection

from directives.figures import Cells, cells
from directives.models import Assignment, Role
from directives.models.standing import stands
from directives.rules.lifecycle import State
from directives.rules.standing import Standing, cell, standing
from directives.rules.working_days import local_day
from tests.make import make_agency, make_assignment, make_directive

pytestmark = pytest.mark.django_db
GIVEN = date(2025, 1, 2)
TODAY = date(2025, 3, 14)  # a Friday
SOON = date(2025, 3, 25)  # seven working days later
DUE = [None, *(TODAY + timedelta(days=n) for n in (-2, -1, 0, 1)), *(SOON + timedelta(days=n) for n in (-1, 0, 1))]
# A hand-in before, on and after the due date, and around today where there is no due date.
AROUND = (-1, 0, 1)
ZONES = ["UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles"]


@pytest.fixture(params=ZONES)
def zone(request, monkeypatch):
    """The time zone of this process and of its sessions in the database."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', %s, true), current_setting('TimeZone')", [request.param])
        assert cursor.fetchone() == (request.param, request.param)
    yield request.param
    monkeypatch.undo()
    time.tzset()


def every_case():
    """All states, with all dates that matter to them and that the database allows."""
    for state, due_on in product(State, DUE):
        days = [(due_on or TODAY) + timedelta(days=n) for n in AROUND]
        handed_in = days if state == State.HANDED_IN else [None, *days]
        for handed_in_on, done_on in product(handed_in, days if state == State.DONE else [None]):
            yield {"state": state, "due_on": due_on, "handed_in_on": handed_in_on, "done_on": done_on}


def make_every_case():
    """One row for each case; periods tell them apart."""
    directive, agency = make_directive(), make_agency()
    given = {"directive": directive, "agency": agency, "role": Role.SHARE, "assigned_on": GIVEN, "armed_on": GIVEN}
    return Assignment.objects.bulk_create(
        Assignment(period=str(number), **given, **case) for number, case in enumerate(every_case())
    )


def test_there_is_a_case_for_every_state_and_date():
    assert len(list(every_case())) == len(DUE) * (7 * 4 + 3 + 4 * 3)


def test_the_twin_says_what_the_rule_says(zone):
    make_every_case()
    rows = Assignment.objects.with_standing(TODAY, SOON)
    assert {row.pk: row.standing for row in rows} == {
        row.pk: standing(
            row.state,
            row.due_on,
            today=TODAY,
            soon_until=SOON,
            handed_in_on=row.handed_in_on,
            done_on=row.done_on,
        )
        for row in rows
    }


def test_each_standing_is_found_by_its_place_in_the_list_and_by_state_and_dates(zone):
    make_every_case()
    rows = list(Assignment.objects.with_standing(TODAY, SOON))
    for one in Standing:
        found = Assignment.objects.in_standing(one, TODAY, SOON).values_list("pk", flat=True)
        assert (one, set(found)) == (one, {row.pk for row in rows if row.standing == one})
        asked = Assignment.objects.filter(stands(one, TODAY, SOON)).values_list("pk", flat=True)
        assert (one, set(asked)) == (one, set(found))
    assert set(Assignment.objects.not_done()) == set(Assignment.objects.open())


def test_the_cells_count_what_the_rule_says(zone):
    make_every_case()
    for row in Assignment.objects.all():
        counted = cells(Assignment.objects.filter(pk=row.pk), TODAY)
        known = {"today": TODAY, "handed_in_on": row.handed_in_on, "done_on": row.done_on}
        where = cell(row.state, row.due_on, **known)
        assert counted == Cells(**({where: 1} if where else {}), suspended=int(row.state == State.SUSPENDED))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2024, 12, 31, 16, 59, 59, tzinfo=UTC), "due_soon"),
        (datetime(2024, 12, 31, 17, 0, 0, tzinfo=UTC), "overdue"),
    ],
    ids=["23:59:59 in Hanoi", "00:00 in Hanoi"],
)
def test_work_due_on_31_december_is_overdue_from_midnight_in_hanoi(zone, moment, expected):
    make_assignment(due_on=date(2024, 12, 31), assigned_on=date(2024, 8, 9))
    today = local_day(moment)
    (row,) = Assignment.objects.with_standing(today, today + timedelta(days=9))
    assert row.standing == expected
