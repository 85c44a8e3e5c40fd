"""The life of an assignment, verb by verb: who may, when, and what it leaves behind."""

from datetime import date

import pytest

from accounts.models import Role as Office
from accounts.roles import NotAllowed
from directives.actions.assigning import acknowledge, assign, decline, reassign, resume, start, suspend, withdraw
from directives.actions.extending import refuse_extension, request_extension
from directives.actions.issuing import withdraw_notice
from directives.actions.reporting import hand_in, report_progress, return_report, verify
from directives.models import Assignment, Delivery, Event, NoticeState, ReportState, Role, Span
from directives.rules.lifecycle import State, WrongMoment
from directives.rules.refusals import Invalid, Stale
from tests.actions.conftest import DUE, ISSUED, ask, nothing_changes
from tests.make import at, make_user

WEEK_LATER = at(date(2024, 8, 16))
BEFORE_DUE = date(2024, 12, 30)
AFTER_DUE = date(2025, 1, 2)


def reload(assignment: Assignment) -> Assignment:
    return Assignment.objects.get(pk=assignment.pk)


# --- what each verb leads to

VERBS = {
    "acknowledge": (lambda h: acknowledge(h.assignment, by=h.officer, at=WEEK_LATER), State.ACKNOWLEDGED),
    "start": (lambda h: start(h.assignment, by=h.officer, at=WEEK_LATER), State.IN_PROGRESS),
    "report": (lambda h: report_progress(h.assignment, by=h.officer, at=WEEK_LATER, text="Một nửa"), State.IN_PROGRESS),
    "hand in": (lambda h: hand_in(h.assignment, by=h.officer, at=WEEK_LATER, text="Xong"), State.HANDED_IN),
    "decline": (lambda h: decline(h.assignment, by=h.officer, at=WEEK_LATER, reason="Không đúng"), State.DECLINED),
    "suspend": (lambda h: suspend(h.assignment, by=h.secretary, at=WEEK_LATER, reason="Chờ luật"), State.SUSPENDED),
    "withdraw": (lambda h: withdraw(h.assignment, by=h.secretary, at=WEEK_LATER, reason="Trùng"), State.WITHDRAWN),
    "reassign": (
        lambda h: reassign(h.assignment, h.third, by=h.secretary, at=WEEK_LATER, reason="Sắp xếp"),
        State.REASSIGNED,
    ),
}


@pytest.mark.parametrize(("act", "state"), VERBS.values(), ids=VERBS)
def test_a_verb_moves_the_state_raises_the_version_and_is_remembered(house, act, state):
    act(house)
    row = reload(house.assignment)
    assert (row.state, row.version) == (state, 2)
    assert Event.objects.filter(assignment=row).order_by("pk").last().after["state"] == state
    assert Span.objects.get(assignment=row, to_on=None).state == state


@pytest.mark.parametrize("act", [act for act, _state in VERBS.values()], ids=VERBS)
def test_nobody_acts_on_what_was_withdrawn(house, act):
    withdraw(house.assignment, by=house.secretary, at=at(ISSUED), reason="Trùng nhiệm vụ")
    with nothing_changes(), pytest.raises(WrongMoment, match="was withdrawn"):
        act(house)


STRANGERS = {
    "another agency reports": lambda h: report_progress(h.assignment, by=h.stranger, at=WEEK_LATER, text="x"),
    "another agency hands in": lambda h: hand_in(h.assignment, by=h.stranger, at=WEEK_LATER, text="x"),
    "another agency declines": lambda h: decline(h.assignment, by=h.stranger, at=WEEK_LATER, reason="x"),
    "the secretariat reports": lambda h: report_progress(h.assignment, by=h.secretary, at=WEEK_LATER, text="x"),
    "the agency suspends": lambda h: suspend(h.assignment, by=h.officer, at=WEEK_LATER, reason="x"),
    "the agency withdraws": lambda h: withdraw(h.assignment, by=h.officer, at=WEEK_LATER, reason="x"),
    "the agency assigns": lambda h: assign(h.directive, h.lead, Role.SHARE, by=h.officer, at=WEEK_LATER),
    "the officer before taking office": lambda h: hand_in(
        h.assignment, by=h.officer, at=at(date(2021, 12, 31)), text="x"
    ),
}


@pytest.mark.parametrize("act", STRANGERS.values(), ids=STRANGERS)
def test_a_stranger_is_refused_and_nothing_changes(house, act):
    with nothing_changes(), pytest.raises(NotAllowed):
        act(house)


REASONLESS = {
    "decline": lambda h: decline(h.assignment, by=h.officer, at=WEEK_LATER, reason=" "),
    "suspend": lambda h: suspend(h.assignment, by=h.secretary, at=WEEK_LATER, reason=""),
    "withdraw": lambda h: withdraw(h.assignment, by=h.secretary, at=WEEK_LATER, reason=""),
    "ask for more time": lambda h: request_extension(
        h.assignment, by=h.officer, at=WEEK_LATER, asked_due_on=date(2025, 3, 31), reason=""
    ),
    "withdraw the notice": lambda h: withdraw_notice(h.notice, by=h.secretary, at=WEEK_LATER, reason=""),
}


@pytest.mark.parametrize("act", REASONLESS.values(), ids=REASONLESS)
def test_what_needs_a_reason_is_refused_without_one(house, act):
    with nothing_changes(), pytest.raises(Invalid, match="reason") as refusal:
        act(house)
    assert refusal.value.field == "reason"


# --- handing in, returning, verifying


def test_done_is_the_day_of_the_hand_in_once_verified(house):
    hand_in(house.assignment, by=house.officer, at=at(BEFORE_DUE), text="Xong")
    verify(house.assignment, by=house.secretary, at=at(date(2025, 1, 7)))
    row = reload(house.assignment)
    assert (row.state, row.done_on, row.due_on) == (State.DONE, BEFORE_DUE, DUE)


def test_a_returned_report_reopens_the_work_and_keeps_its_date(house):
    hand_in(house.assignment, by=house.officer, at=at(BEFORE_DUE), text="Xong")
    return_report(
        house.assignment, by=house.secretary, at=at(AFTER_DUE), reason="Thiếu số liệu", redo_by=date(2025, 1, 6)
    )
    row = reload(house.assignment)
    assert (row.state, row.due_on, row.redo_by) == (State.IN_PROGRESS, DUE, date(2025, 1, 6))
    assert (row.handed_in_on, row.returned_on) == (None, AFTER_DUE)
    assert row.reports.get().state == ReportState.RETURNED


def test_a_hand_in_is_decided_once(house):
    hand_in(house.assignment, by=house.officer, at=at(BEFORE_DUE), text="Xong")
    verify(house.assignment, by=house.secretary, at=at(AFTER_DUE))
    with nothing_changes(), pytest.raises(WrongMoment, match="verified as done"):
        return_report(house.assignment, by=house.secretary, at=at(AFTER_DUE), reason="Thiếu")


def test_an_older_copy_is_stale(house):
    acknowledge(house.assignment, by=house.officer, at=WEEK_LATER)
    with nothing_changes(), pytest.raises(Stale):
        report_progress(house.assignment, by=house.officer, at=WEEK_LATER, text="Một nửa", version=1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"text": "x", "percent": 101}, "percent"),
        ({"text": "x", "percent": -1}, "percent"),
    ],
    ids=["no text", "too long", "more than all", "less than nothing"],
)
def test_a_report_that_cannot_be_read_is_refused(house, fields, field):
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        report_progress(house.assignment, by=house.officer, at=WEEK_LATER, **fields)
    assert refusal.value.field == field


# --- giving work and taking it back


def test_a_second_lead_is_refused_by_name(house):
    with nothing_changes(), pytest.raises(Invalid, match="Bộ Công an leads already"):
        assign(house.directive, house.third, Role.LEAD, by=house.secretary, at=WEEK_LATER)


def test_a_date_before_the_day_of_assignment_is_refused(house):
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        assign(house.directive, house.third, Role.SHARE, by=house.secretary, at=WEEK_LATER, due_on=ISSUED)
    assert refusal.value.field == "due_on"


def test_after_a_decline_another_agency_may_lead(house):
    decline(house.assignment, by=house.officer, at=WEEK_LATER, reason="Không thuộc chức năng")
    row = assign(house.directive, house.third, Role.LEAD, by=house.secretary, at=WEEK_LATER)
    assert (row.state, row.due_on) == (State.ASSIGNED, DUE)


def test_the_heir_of_reassigned_work_keeps_the_first_date(house):
    heir = reassign(
        house.assignment,
        house.third,
        by=house.secretary,
        at=at(AFTER_DUE),
        reason="Chuyển chức năng",
        due_on=date(2025, 2, 28),
    )
    assert (heir.due_on, heir.original_due_on, heir.role) == (date(2025, 2, 28), DUE, Role.LEAD)


def test_overdue_work_is_not_handed_to_somebody_without_a_new_date(house):
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        reassign(house.assignment, house.third, by=house.secretary, at=at(AFTER_DUE), reason="Chuyển")
    assert refusal.value.field == "due_on"


@pytest.mark.parametrize("part", ["assignment", "coordinating"])
def test_work_is_not_moved_to_where_it_is(house, part):
    row = getattr(house, part)
    with nothing_changes(), pytest.raises(Invalid, match="has this part already") as refusal:
        reassign(row, row.agency, by=house.secretary, at=WEEK_LATER, reason="Lùi thời hạn", due_on=date(2025, 6, 30))
    assert refusal.value.field == "agency"


BEGUN = {
    State.ASSIGNED: [],
    State.ACKNOWLEDGED: [acknowledge],
    State.IN_PROGRESS: [start],
}


@pytest.mark.parametrize(("state", "steps"), BEGUN.items(), ids=list(BEGUN))
def test_resumed_work_goes_on_from_where_it_was(house, state, steps):
    for step in steps:
        step(house.assignment, by=house.officer, at=WEEK_LATER)
    suspend(house.assignment, by=house.secretary, at=WEEK_LATER, reason="Chờ luật")
    resume(house.assignment, by=house.secretary, at=at(date(2024, 10, 1)), reason="Luật đã có")
    row = reload(house.assignment)
    assert (row.state, row.resume_to) == (state, "")
    assert (row.armed_on, row.due_version) == (date(2024, 10, 1), 1)


def test_withdrawing_a_notice_withdraws_what_is_open_and_leaves_what_is_done(house):
    hand_in(house.assignment, by=house.officer, at=WEEK_LATER, text="Xong")
    verify(house.assignment, by=house.secretary, at=WEEK_LATER)
    withdraw_notice(house.notice, by=house.secretary, at=WEEK_LATER, reason="Thay bằng thông báo khác")
    house.notice.refresh_from_db()
    assert house.notice.state == NoticeState.WITHDRAWN
    assert reload(house.assignment).state == State.DONE
    assert reload(house.coordinating).state == State.WITHDRAWN


# --- who is told at once


def test_each_person_is_told_once_of_a_new_notice(house):
    head = make_user(Office.HEAD, house.lead)
    told = Delivery.objects.filter(kind="assigned")
    assert list(told) == []  # nobody sat in office when it was issued
    officer = make_user(Office.OFFICER, house.third)
    assign(house.directive, house.third, Role.SHARE, by=house.secretary, at=WEEK_LATER)
    assert sorted(told.values_list("recipient", "channel")) == [(officer.pk, "email"), (officer.pk, "in_app")]
    assert not told.filter(recipient=head).exists()


def test_the_officers_are_told_at_once_of_a_return_and_of_a_decision(house):
    request = ask(house)
    refuse_extension(request, by=house.secretary, at=at(date(2024, 12, 23)), reason="Không lùi")
    hand_in(house.assignment, by=house.officer, at=at(BEFORE_DUE), text="Xong")
    return_report(house.assignment, by=house.secretary, at=at(AFTER_DUE), reason="Thiếu")
    told = Delivery.objects.filter(channel="email").order_by("pk").values_list("kind", "recipient", "due_at")
    assert list(told) == [
        ("extension_decided", house.officer.pk, at(date(2024, 12, 23))),
        ("returned", house.officer.pk, at(AFTER_DUE)),
    ]


# --- the register as of a date


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2024, 8, 8), None),
        (ISSUED, State.ASSIGNED),
        (date(2024, 8, 15), State.ASSIGNED),
        (date(2024, 8, 16), State.HANDED_IN),
        (date(2024, 8, 19), State.DONE),
        (date(2030, 1, 1), State.DONE),
    ],
    ids=str,
)
def test_the_register_knows_what_it_knew_at_the_end_of_each_day(house, day, state):
    acknowledge(house.assignment, by=house.officer, at=at(date(2024, 8, 16), 8))
    hand_in(house.assignment, by=house.officer, at=at(date(2024, 8, 16), 16), text="Xong")
    verify(house.assignment, by=house.secretary, at=at(date(2024, 8, 19)))
    known = Span.objects.as_of(day).filter(assignment=house.assignment).values_list("state", flat=True)
    assert list(known) == ([state] if state else [])
