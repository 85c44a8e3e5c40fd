"""What a withdrawal takes along: reminders and messages that wait, requests that nobody decides any more."""

from datetime import date

import pytest

from accounts.models import Role as Office
from accounts.roles import verbs_of
from directives.actions.assigning import decline, reassign, withdraw
from directives.actions.extending import grant_extension, request_extension
from directives.actions.issuing import withdraw_notice
from directives.actions.reminding import rehearse, remind_all
from directives.actions.reporting import hand_in, verify
from directives.models import Assignment, Delivery, DeliveryState, Reminder, ReminderState
from directives.rules.lifecycle import WrongMoment
from tests.actions.conftest import nothing_changes
from tests.make import at, make_user
from tracker.admin.seat import Seat
from tracker.admin.waiting import what_waits
from tracker.delivery.deliver import deliver

SEVENTH = date(2025, 1, 10)  # seven working days after the deadline
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
    "withdrawn": lambda h: withdraw(h.assignment, by=h.secretary, at=at(SEVENTH), **WHY),
    "moved": lambda h: reassign(h.assignment, h.third, by=h.secretary, at=at(SEVENTH), due_on=date(2025, 6, 30), **WHY),
    "done": lambda h: [
        hand_in(h.assignment, by=h.officer, at=at(SEVENTH), text="Xong"),
        verify(h.assignment, by=h.secretary, at=at(SEVENTH)),
    ],
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_request_for_work_that_is_no_longer_owed_waits_for_nobody(house, end):
    asked = {"asked_due_on": date(2025, 3, 31), "reason": "Cần thêm"}
    request = request_extension(house.assignment, by=house.officer, at=at(SEVENTH), **asked)
    assert piles(house)["extensions"] == 1
    end(house)
    with nothing_changes(), pytest.raises(WrongMoment):
        grant_extension(request, by=house.secretary, at=at(SEVENTH))
    assert piles(house)["extensions"] == 0


SETTLED = {
    "asked of nobody any more": lambda h: withdraw(h.assignment, by=h.secretary, at=at(SEVENTH), **WHY),
    "given to another agency": ENDS["moved"],
    "gone with its notice": lambda h: withdraw_notice(h.notice, by=h.secretary, at=at(SEVENTH), **WHY),
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


def piles(house) -> dict[str, int]:
    """How high each pile on the secretary's desk is."""
    return {
        pile.key: pile.total
        for pile in what_waits(Seat(house.secretary, SEVENTH, verbs_of(house.secretary, on=SEVENTH)))
    }
