"""A new deadline that the secretariat sets: earlier or later, with its reason, and the agency is told once."""

from datetime import date

import pytest

from accounts.roles import NotAllowed
from directives.actions.redating import set_deadline
from directives.actions.reminding import remind_all
from directives.models import Assignment, Delivery, Event, ExtensionState, Reminder, ReminderState, Span
from directives.rules.lifecycle import State
from directives.rules.refusals import Invalid, Stale
from tests.actions.conftest import DUE, ask, nothing_changes
from tests.make import at, make_assignment, make_directive
from tracker.delivery.rendering import Letters

MONDAY = date(2024, 12, 23)
SOONER, LATER = date(2024, 12, 27), date(2025, 3, 31)
WHY = "Phó Thủ tướng yêu cầu"


def set_to(house, due_on: date = LATER, work: Assignment | None = None, **more) -> Assignment:
    told = {"by": house.secretary, "at": at(MONDAY), "reason": WHY, **more}
    return set_deadline(work or house.assignment, due_on=due_on, **told)


FIRST_RUNG = {SOONER: date(2024, 12, 24), LATER: date(2025, 3, 10), MONDAY: MONDAY}


@pytest.mark.parametrize("due_on", FIRST_RUNG, ids=["earlier", "later", "today"])
def test_the_date_moves_either_way_and_the_first_stays_on_record(house, due_on):
    set_to(house, due_on)
    row = Assignment.objects.get(pk=house.assignment.pk)
    assert (row.due_on, row.original_due_on, row.due_version, row.version) == (due_on, DUE, 2, 2)
    assert (row.state, row.armed_on, row.look_on) == (State.ASSIGNED, MONDAY, FIRST_RUNG[due_on])
    event = Event.objects.get(verb="set_deadline")
    assert (event.before["due_on"], event.after["due_on"]) == (DUE.isoformat(), due_on.isoformat())
    assert (event.reason, event.on_behalf_of) == (WHY, house.committee.name_vi)
    assert Span.objects.get(assignment=row, to_on=None).due_on == due_on


def test_undated_work_is_given_a_date_and_keeps_that_it_had_none(house):
    undated = make_assignment(house.lead, directive=make_directive(house.notice), due_on=None)
    set_to(house, work=undated)
    row = Assignment.objects.get(pk=undated.pk)
    assert (row.due_on, row.original_due_on, row.due_version) == (LATER, None, 2)


def test_reminders_of_the_old_date_fall_and_the_ladder_counts_anew(house):
    remind_all(now=at(MONDAY, 6), today=MONDAY)
    old = set(
        Reminder.objects.filter(assignment=house.assignment, state="planned").values_list("due_version", flat=True)
    )
    assert old == {1}
    set_to(house, date(2025, 1, 3))
    tuesday = date(2024, 12, 24)
    remind_all(now=at(tuesday, 6), today=tuesday)
    planned = Reminder.objects.filter(assignment=house.assignment, state=ReminderState.PLANNED, due_version=2)
    assert {(reminder.rung, reminder.rung_on) for reminder in planned} == {(-7, tuesday)}


REFUSED = {
    "no reason": ({"reason": " "}, Invalid, "Please give a reason."),
    "a date gone by": ({"due_on": date(2024, 12, 22)}, Invalid, "The new deadline must not lie in the past."),
    "the present date": ({"due_on": DUE}, Invalid, "This is the present deadline already."),
    "no such year": ({"due_on": date(2925, 1, 1)}, Invalid, "Please look at the year: a date lies between"),
    "another version": ({"version": 7}, Stale, "Somebody else changed this in the meantime."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_new_deadline_is_refused_and_nothing_changes(house, case):
    given, refusal, sentence = REFUSED[case]
    with nothing_changes(), pytest.raises(refusal, match=f"^{sentence}"):
        set_to(house, **given)


def test_the_agency_does_not_set_its_own_deadline(house):
    with nothing_changes(), pytest.raises(NotAllowed, match="Only the secretariat of"):
        set_to(house, by=house.officer)


@pytest.mark.parametrize(("due_on", "state"), [(LATER, ExtensionState.LAPSED), (SOONER, ExtensionState.OPEN)])
def test_a_request_lapses_where_the_new_date_gives_what_it_asked(house, due_on, state):
    request = ask(house, LATER)
    set_to(house, due_on)
    request.refresh_from_db()
    assert request.state == state
    assert Event.objects.filter(verb="lapse_extension").exists() == (state == ExtensionState.LAPSED)


def test_the_agency_is_told_of_both_dates_and_why(house):
    set_to(house)
    row = Delivery.objects.select_related("recipient", "notice", "assignment").get(kind="changed", channel="email")
    assert (row.recipient, row.assignment) == (house.officer, house.assignment)
    assert row.due_at == at(MONDAY)
    house.officer.language = "vi"
    row.recipient.language = "vi"
    letter = Letters([row], at=at(MONDAY)).write(row)
    assert letter.subject == f"Thời hạn mới 31/03/2025: {house.directive.wording}"
    lines = [line for line in letter.text.splitlines() if line.startswith(("Thời hạn", "Lý do"))]
    assert lines == ["Thời hạn cũ: 31/12/2024", "Thời hạn mới: 31/03/2025", f"Lý do: {WHY}"]
    for channel in ("email", "in_app"):
        assert Delivery.objects.filter(kind="changed", channel=channel).count() == 1


def test_who_is_told_by_somebody_else_is_not_told_twice(house):
    set_to(house, quietly=True)
    assert not Delivery.objects.filter(kind="changed").exists()
