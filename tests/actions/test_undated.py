"""Undated work is asked after and missing monthly reports are asked for, by the round as it runs."""

from dataclasses import replace
from datetime import date

import pytest

from directives.actions.assigning import acknowledge, resume, suspend
from directives.actions.extending import grant_extension, request_extension
from directives.actions.reminding import rehearse
from directives.actions.reporting import hand_in, report_progress, return_report
from directives.actions.weeding import REPORTED, weed
from directives.models import Assignment, Delivery, Ladder, Reminder, Report
from tests.actions.conftest import House, nothing_changes
from tests.make import at, make_assignment, make_directive, make_issued, make_ladder, make_report
from tests.rounds import look_again, round_on

ISSUED = date(2024, 8, 9)
THIRTY = date(2024, 9, 8)  # a Sunday, thirty days after
SIXTY = date(2024, 10, 8)
MONTH_DAY = date(2024, 9, 25)


@pytest.fixture
def bare(house: House) -> House:
    """The house with one undated part of the lead, given on `ISSUED` by a notice of its own."""
    (part,) = make_issued(house.lead, committee=house.committee, issued_on=ISSUED, due_on=None)
    return replace(house, assignment=part)


def reported(house: House, on: date) -> None:
    report_progress(house.assignment, by=house.officer, at=at(on), text="Đã làm bước 1.")


def test_undated_work_without_a_report_is_asked_after_by_its_officers(bare):
    assert bare.assignment.look_on == THIRTY
    assert round_on(date(2024, 9, 7)) == []
    assert round_on(THIRTY) == [(1030, "officer", "planned")]
    row = Reminder.objects.filter(rung=1030).first()
    assert (row.kind, row.recipient, row.rung_on) == ("review", bare.officer, THIRTY)
    assert round_on(date(2024, 9, 9)) == []
    assert round_on(SIXTY) == [(1060, "officer", "planned")]


def test_a_report_lets_the_thirty_days_begin_anew(bare):
    round_on(THIRTY)
    reported(bare, date(2024, 9, 20))
    assert round_on(SIXTY) == []
    assert round_on(date(2024, 10, 20)) == [(1030, "officer", "planned")]


def test_a_report_takes_the_question_out_of_the_message_that_waits(bare):
    round_on(THIRTY)
    message = bare.officer.deliveries.get(kind="digest", channel="email")
    assert weed(message, at=at(THIRTY, 7, 30)) is True
    reported(bare, THIRTY)
    assert weed(message, at=at(THIRTY, 7, 30)) is False


def test_a_monthly_report_takes_the_question_out_of_the_message_that_waits(bare):
    monthly(bare)
    round_on(MONTH_DAY)
    message = bare.officer.deliveries.get(kind="digest", channel="email")
    reported(bare, MONTH_DAY)
    assert weed(message, at=at(MONTH_DAY, 7, 30)) is True
    assert message.reminders.get(state="cancelled").why_not == REPORTED
    left = message.reminders.filter(state="planned")
    assert [row.assignment.directive for row in left] == [bare.directive]


STOPPED = {
    "handed in": lambda h: hand_in(h.assignment, by=h.officer, at=at(date(2024, 9, 1)), text="Xong"),
    "suspended": lambda h: suspend(h.assignment, by=h.secretary, at=at(date(2024, 9, 1)), reason="Chờ luật"),
}


@pytest.mark.parametrize("stop", STOPPED.values(), ids=STOPPED)
def test_nobody_asks_after_work_that_is_not_owed(bare, stop):
    stop(bare)
    assert round_on(THIRTY) == []


def test_work_that_came_back_or_goes_on_is_asked_after_from_that_day(bare):
    round_on(THIRTY)
    STOPPED["handed in"](bare)
    return_report(bare.assignment, by=bare.secretary, at=at(date(2024, 9, 10)), reason="Thiếu")
    assert round_on(date(2024, 10, 10)) == [(1030, "officer", "planned")]
    suspend(bare.assignment, by=bare.secretary, at=at(date(2024, 10, 11)), reason="Chờ luật")
    resume(bare.assignment, by=bare.secretary, at=at(date(2024, 10, 20)), reason="Luật đã có")
    assert round_on(date(2024, 11, 10)) == []
    assert round_on(date(2024, 11, 19)) == [(1030, "officer", "planned")]


def test_the_review_date_of_a_directive_counts_first(house):
    directive = make_directive(house.notice, due_on=None, review_on=date(2024, 8, 20))
    make_assignment(house.lead, directive=directive, due_on=None, look_on=ISSUED, armed_on=ISSUED)
    assert round_on(ISSUED) == []
    assert Assignment.objects.get(directive=directive).look_on == date(2024, 8, 20)
    assert round_on(date(2024, 8, 20)) == [(1011, "officer", "planned")]


def test_how_long_is_waited_is_the_ladders_to_say(bare):
    make_ladder(bare.committee, ((-2, "officer", "courtesy"),), review_days=10)
    look_again(date(2024, 8, 19), committee=bare.committee)
    assert round_on(date(2024, 8, 19)) == [(1010, "officer", "planned")]


def monthly(house: House) -> None:
    Ladder.objects.update(monthly_by=25, review_days=365)
    look_again(ISSUED)


def test_a_missing_monthly_report_is_asked_for_once_of_dated_and_undated_work(bare):
    monthly(bare)
    assert round_on(date(2024, 8, 23)) == [(12408, "officer", "planned")] * 2
    assert round_on(date(2024, 9, 24)) == []
    assert round_on(MONTH_DAY) == [(12409, "officer", "planned")] * 2
    with nothing_changes():
        assert round_on(MONTH_DAY) == []
    assert round_on(date(2024, 9, 30)) == []
    assert round_on(date(2024, 10, 25)) == [(12410, "officer", "planned")] * 2
    assert set(Reminder.objects.values_list("kind", flat=True)) == {"monthly"}


def test_a_month_that_was_asked_for_is_not_asked_for_again_after_an_extension(house):
    monthly(house)
    round_on(MONTH_DAY)
    Delivery.objects.update(state="sent", attempts=1)
    Reminder.objects.update(state="sent")
    asked = {"asked_due_on": date(2025, 3, 31), "reason": "Cần thêm"}
    request = request_extension(house.assignment, by=house.officer, at=at(MONTH_DAY), **asked)
    grant_extension(request, by=house.secretary, at=at(date(2024, 9, 26)))
    Assignment.objects.update(look_on=date(2024, 9, 27))
    assert round_on(date(2024, 9, 27)) == []


def test_a_month_that_ended_while_nobody_looked_is_noted_and_the_present_one_is_asked_for(bare):
    monthly(bare)
    round_on(date(2024, 8, 23))
    assert round_on(date(2024, 10, 2)) == [(12409, "officer", "superseded")] * 2
    rows = Reminder.objects.filter(rung=12409)
    assert set(rows.values_list("kind", "rung_on", "delivery")) == {("monthly", MONTH_DAY, None)}
    with nothing_changes():
        assert round_on(date(2024, 10, 2)) == []
    assert round_on(date(2024, 12, 2), notice=bare.assignment.directive.notice) == [
        (12410, "officer", "superseded"),
        (12411, "officer", "superseded"),
    ]


def test_a_month_with_a_report_is_not_missed_though_nobody_looked(bare):
    monthly(bare)
    round_on(date(2024, 8, 23))
    work = Assignment.objects.get(directive=bare.directive, role="lead")
    make_report(work, by=bare.officer, at=at(date(2024, 9, 30), 23))
    assert round_on(date(2024, 10, 2), notice=bare.notice) == []
    make_report(work, by=bare.officer, at=at(date(2024, 11, 1), 0, 5))
    assert round_on(date(2024, 11, 4), notice=bare.notice) == [(12410, "officer", "superseded")]


GIVEN_LATE = {
    "returned before its date": ("handed in", lambda h, day: return_report(h.assignment, by=h.secretary, **day)),
    "resumed before its date": ("suspended", lambda h, day: resume(h.assignment, by=h.secretary, **day)),
}


@pytest.mark.parametrize(("stopped", "goes_on"), GIVEN_LATE.values(), ids=GIVEN_LATE)
def test_work_that_goes_on_before_its_date_is_asked_for_its_month(house, stopped, goes_on):
    monthly(house)
    round_on(date(2024, 8, 23))
    STOPPED[stopped](house)
    Report.objects.all().update(at=at(date(2024, 8, 30)))
    goes_on(house, {"at": at(date(2024, 9, 18)), "reason": "Đi tiếp"})
    house.assignment.refresh_from_db()
    facts = (house.assignment.armed_on, house.assignment.known_on, house.assignment.due_version)
    assert facts == (date(2024, 9, 18), ISSUED, 1)
    assert round_on(MONTH_DAY, notice=house.notice) == [(12409, "officer", "planned")]


def test_work_that_stood_still_is_not_asked_for_the_months_in_between(house):
    monthly(house)
    round_on(date(2024, 8, 23))
    suspend(house.assignment, by=house.secretary, at=at(date(2024, 9, 2)), reason="Chờ luật")
    resume(house.assignment, by=house.secretary, at=at(date(2024, 11, 4)), reason="Luật đã có")
    assert round_on(date(2024, 11, 5)) == []
    assert round_on(date(2024, 11, 25)) == [(12411, "officer", "planned")]


def test_acknowledging_does_not_hide_from_the_round_what_it_missed(bare):
    monthly(bare)
    round_on(date(2024, 8, 23))
    Assignment.objects.filter(pk=bare.assignment.pk).update(look_on=MONTH_DAY)
    acknowledge(bare.assignment, by=bare.officer, at=at(date(2024, 10, 1)))
    assert Assignment.objects.get(pk=bare.assignment.pk).look_on == MONTH_DAY
    only = {"notice": bare.assignment.directive.notice}
    assert round_on(date(2024, 10, 2), **only) == [(12409, "officer", "superseded")]


def test_whoever_reported_in_the_month_is_not_asked(bare):
    monthly(bare)
    reported(bare, date(2024, 9, 3))
    make_report(
        Assignment.objects.get(directive=bare.directive, role="lead"), by=bare.officer, at=at(date(2024, 8, 31), 23)
    )
    assert round_on(MONTH_DAY) == [(12409, "officer", "planned")]
    assert Reminder.objects.filter(assignment=bare.assignment).count() == 0


def test_what_was_given_nine_days_before_is_not_asked_for_yet(bare):
    monthly(bare)
    make_issued(bare.lead, committee=bare.committee, issued_on=date(2024, 9, 16), due_on=None)
    make_issued(bare.lead, committee=bare.committee, issued_on=date(2024, 9, 13), due_on=None)
    assert round_on(MONTH_DAY) == [
        *[(12408, "officer", "superseded"), (12409, "officer", "planned")] * 2,
        (12409, "officer", "planned"),
    ]


def test_a_rehearsal_tells_the_questions_too(bare):
    notice = bare.assignment.directive.notice
    Ladder.objects.update(monthly_by=25)
    with nothing_changes():
        lines = rehearse(start=ISSUED, end=date(2024, 10, 31), notice=notice)
    assert [(line.on, line.rung, line.kind) for line in lines] == [
        (date(2024, 8, 23), 12408, "monthly"),
        (THIRTY, 1030, "review"),
        (MONTH_DAY, 12409, "monthly"),
        (SIXTY, 1060, "review"),
        (date(2024, 10, 25), 12410, "monthly"),
    ]


@pytest.mark.parametrize("rows", [1, 50])
def test_a_round_costs_the_same_for_one_and_for_fifty(bare, rows, django_assert_num_queries):
    for number in range(rows - 1):
        make_assignment(bare.lead, directive=bare.directive, period=f"{number}", due_on=None, armed_on=ISSUED)
    monthly(bare)
    Assignment.objects.update(look_on=MONTH_DAY)
    with django_assert_num_queries(22):
        round_on(MONTH_DAY)
    assert Delivery.objects.filter(recipient=bare.officer, kind="digest").count() == 2
