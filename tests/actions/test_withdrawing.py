"""What a withdrawal takes along: reminders and messages that wait, requests that nobody decides any more."""

from datetime import date

import pytest

from accounts.models import Role as Office
from accounts.roles import verbs_of
from directives.actions.assigning import decline, reassign, suspend, withdraw
from directives.actions.drafting import To
from directives.actions.extending import grant_extension, request_extension
from directives.actions.issuing import withdraw_notice
from directives.actions.reminding import rehearse, remind_all
from directives.actions.reporting import hand_in, report_progress, return_report, verify
from directives.models import (
    Assignment,
    Delivery,
    DeliveryState,
    Event,
    ExtensionRequest,
    Reminder,
    ReminderState,
    Span,
)
from directives.models import Role as Part
from directives.rules.lifecycle import WrongMoment
from tests.actions.conftest import nothing_changes
from tests.make import at, make_agency, make_extension, make_group, make_issued, make_user
from tracker.admin.seat import Seat
from tracker.admin.waiting import what_waits
from tracker.delivery.deliver import deliver

SEVENTH = date(2025, 1, 10)  # seven working days after the deadline
# However many assignments a notice has.
WITHDRAWAL = 18
WHY = {"reason": "Thay bằng thông báo khác"}


@pytest.fixture(autouse=True)
def _in_the_application(settings):
    settings.DELIVERY_CHANNELS = {"in_app": "tracker.delivery.channels.in_app.InAppChannel"}


def test_what_waits_for_a_notice_that_is_withdrawn_never_leaves(house):
    make_user(Office.STANDING_DEPUTY, house.committee)
    remind_all(now=at(SEVENTH, 0, 5), today=SEVENTH)
    planned = Reminder.objects.filter(state=ReminderState.PLANNED, channel="in_app")
    assert planned.count() == 12  # of each of two assignments: +1 to the officer, +3 to two, +7 to three
    withdraw_notice(house.notice, by=house.secretary, at=at(SEVENTH, 7), **WHY)
    deliver(now=at(date(2025, 1, 13), 7, 30))
    assert set(Delivery.objects.filter(channel="in_app").values_list("state", flat=True)) == {DeliveryState.SUPERSEDED}
    assert not planned.exists()
    assert remind_all(now=at(date(2025, 1, 22), 0, 5), today=date(2025, 1, 22)) == 0
    assert rehearse(start=date(2024, 8, 9), end=date(2025, 12, 31), notice=house.notice) == []
    assert set(Assignment.objects.values_list("look_on", flat=True)) == {None}


ENDS = {
    "declined": lambda h: decline(h.assignment, by=h.officer, at=at(SEVENTH), **WHY),
    "gone with its notice": lambda h: withdraw_notice(h.notice, by=h.secretary, at=at(SEVENTH), **WHY),
    "withdrawn": lambda h: withdraw(h.assignment, by=h.secretary, at=at(SEVENTH), **WHY),
    "moved": lambda h: reassign(h.assignment, h.third, by=h.secretary, at=at(SEVENTH), due_on=date(2025, 6, 30), **WHY),
    "done": lambda h: [
        hand_in(h.assignment, by=h.officer, at=at(SEVENTH), text="Xong"),
        verify(h.assignment, by=h.secretary, at=at(SEVENTH)),
    ],
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_request_for_work_that_is_no_longer_owed_lapses(house, end):
    request = ask(house)
    assert piles(house)["extensions"] == 1
    end(house)
    request.refresh_from_db()
    assert (request.state, request.decided_by, request.decided_at.date()) == ("lapsed", None, SEVENTH)
    event = Event.objects.get(verb="lapse_extension", assignment=house.assignment)
    assert (event.before, event.after) == ({"extension": "open"}, {"extension": "lapsed"})
    with nothing_changes(), pytest.raises(WrongMoment):
        grant_extension(request, by=house.secretary, at=at(SEVENTH))
    assert piles(house)["extensions"] == 0


def test_a_request_outlives_a_hand_in_a_return_and_a_suspension(house):
    request = ask(house)
    hand_in(house.assignment, by=house.officer, at=at(SEVENTH), text="Xong")
    return_report(house.assignment, by=house.secretary, at=at(SEVENTH), reason="Thiếu")
    suspend(house.assignment, by=house.secretary, at=at(SEVENTH), reason="Chờ luật")
    request.refresh_from_db()
    assert request.state == "open"


TAKEN = {"alone": ENDS["withdrawn"], "with its notice": ENDS["gone with its notice"]}


@pytest.mark.parametrize("take", TAKEN.values(), ids=TAKEN)
def test_a_hand_in_of_work_that_is_withdrawn_waits_for_nobody(house, take):
    report_progress(house.assignment, by=house.officer, at=at(SEVENTH), text="Một nửa")
    hand_in(house.assignment, by=house.officer, at=at(SEVENTH), text="Xong")
    take(house)
    states = house.assignment.reports.order_by("pk").values_list("kind", "state", "decided_by")
    assert list(states) == [("progress", "submitted", None), ("hand_in", "lapsed", None)]
    assert Event.objects.filter(verb="lapse_report", assignment=house.assignment).count() == 1
    assert piles(house)["hand_ins"] == 0


@pytest.mark.parametrize("agencies", [1, 50])
def test_withdrawing_a_notice_costs_the_same_for_one_agency_and_for_fifty(agencies, db, django_assert_num_queries):
    secretary = make_user(Office.SECRETARIAT)
    committee = secretary.offices.get().committee
    group = make_group(*(make_agency() for _number in range(agencies)))
    work = make_issued(To(Part.SHARE, group=group), committee=committee)
    for assignment in work:
        make_extension(assignment)
    notice = work[0].directive.notice
    with django_assert_num_queries(WITHDRAWAL):
        withdraw_notice(notice, by=secretary, at=at(date(2025, 3, 10)), **WHY)
    assert {(row.state, row.version, row.look_on) for row in Assignment.objects.all()} == {("withdrawn", 2, None)}
    events = Event.objects.filter(verb="withdraw").exclude(assignment=None)
    told = events.values_list("before__state", "before__version", "after__state", "after__version", "reason")
    assert (events.count(), set(told)) == (agencies, {("assigned", 1, "withdrawn", 2, WHY["reason"])})
    assert set(events.values_list("assignment", "before__agency")) == {(one.pk, one.agency.code) for one in work}
    spans = Span.objects.filter(to_on=None).values_list("assignment", "state", "from_on")
    assert set(spans) == {(one.pk, "withdrawn", date(2025, 3, 10)) for one in work}
    assert set(ExtensionRequest.objects.values_list("state", flat=True)) == {"lapsed"}
    assert Event.objects.filter(verb="lapse_extension").count() == agencies


SETTLED = {
    "asked of nobody any more": lambda h: withdraw(h.assignment, by=h.secretary, at=at(SEVENTH), **WHY),
    "given to another agency": ENDS["moved"],
    "gone with its notice": ENDS["gone with its notice"],
}


@pytest.mark.parametrize("settle", SETTLED.values(), ids=SETTLED)
def test_what_was_declined_waits_for_the_secretariat_until_it_is_settled(house, settle):
    decline(house.assignment, by=house.officer, at=at(SEVENTH), reason="Không thuộc chức năng")
    assert piles(house)["declined"] == 1
    settle(house)
    assert piles(house)["declined"] == 0


def test_the_heir_of_declined_work_keeps_its_first_date(house):
    decline(house.assignment, by=house.officer, at=at(SEVENTH), reason="Không thuộc chức năng")
    heir = ENDS["moved"](house)
    assert (heir.agency, heir.original_due_on, heir.due_on) == (house.third, date(2024, 12, 31), date(2025, 6, 30))
    house.assignment.refresh_from_db()
    assert house.assignment.state == "reassigned"


def ask(house) -> ExtensionRequest:
    """The lead asks for three months more."""
    asked = {"asked_due_on": date(2025, 3, 31), "reason": "Cần thêm"}
    return request_extension(house.assignment, by=house.officer, at=at(SEVENTH), **asked)


def piles(house) -> dict[str, int]:
    """How high each pile on the secretary's desk is."""
    return {
        pile.key: pile.total
        for pile in what_waits(Seat(house.secretary, SEVENTH, verbs_of(house.secretary, on=SEVENTH)))
    }
