"""Who hears a rung besides the officers: the head, the secretariat, and the leaders a working day later."""

from datetime import date

import pytest

from accounts.models import Role as Office
from directives.actions.reminding import remind_all
from directives.actions.sending import hold
from directives.models import Assignment, Delivery
from directives.rules.lifecycle import WrongMoment
from tests.make import at, make_assignment, make_ladder, make_user
from tests.rounds import look_again, round_on

MINUS_THREE = date(2024, 12, 26)  # a Thursday, three working days before Tuesday 31/12
EARLY = date(2024, 12, 24)  # five working days before the date


def test_leaders_wait_a_working_day_longer_than_the_others(house):
    deputy = make_user(Office.STANDING_DEPUTY, house.committee)
    seventh = date(2025, 1, 10)  # a Friday, seven working days after 31/12 with New Year off
    assert (7, "deputy", "planned") in round_on(seventh)
    when = dict(Delivery.objects.filter(channel="email").values_list("recipient", "due_at"))
    assert when[house.officer.pk] == at(seventh, 7, 30)
    assert when[deputy.pk] == at(date(2025, 1, 13), 7, 30)


def test_what_is_escalated_after_a_message_was_held_goes_in_a_message_of_its_own(house):
    deputy = make_user(Office.STANDING_DEPUTY, house.committee)
    seventh = date(2025, 1, 10)
    round_on(seventh)
    held = hold(deputy.deliveries.get(channel="email"), by=house.secretary, at=at(seventh, 9), reason="Chờ số liệu")
    another = make_assignment(house.lead, directive=house.directive, role="share", due_on=date(2024, 12, 31))
    Assignment.objects.filter(pk=another.pk).update(look_on=seventh)
    remind_all(now=at(seventh, 10), today=seventh)
    first = {house.assignment.pk, house.coordinating.pk}
    assert set(held.reminders.values_list("assignment", flat=True)) == first
    waiting = deputy.deliveries.get(channel="email", state="waiting")
    assert set(waiting.reminders.values_list("assignment", flat=True)) == {another.pk}


@pytest.mark.parametrize("urgent", [False, True])
def test_an_early_rung_waits_for_the_leaders_one_working_day_in_which_it_may_be_held(house, urgent):
    ladder = make_ladder(house.committee, ((-5, "chair", "courtesy"),))
    ladder.rungs.update(urgent=urgent)
    deputy, chair = (make_user(role, house.committee) for role in (Office.STANDING_DEPUTY, Office.CHAIR))
    look_again(EARLY)
    assert {(-5, "deputy", "planned"), (-5, "chair", "planned")} <= set(round_on(EARLY))
    for leader in (deputy, chair):
        message = leader.deliveries.get(channel="email")
        assert (message.kind, message.due_at) == ("escalated", at(date(2024, 12, 25), 7, 30))
        assert hold(message, by=house.secretary, at=at(EARLY, 16), reason="Đang xử lý").state == "held"
    early = house.secretary.deliveries.get(channel="email")
    assert early.due_at <= at(EARLY, 7, 30)
    with pytest.raises(WrongMoment, match="Only messages to the committee's leadership"):
        hold(early, by=house.secretary, at=at(EARLY, 0, 6), reason="Đang xử lý")


def test_the_ledger_says_who_hears_only_because_nobody_sits_at_the_agency(house):
    make_ladder(house.committee, ((-5, "secretariat", "courtesy"), (-3, "officer", "courtesy")))
    look_again(EARLY)
    round_on(EARLY)
    house.officer.offices.update(ends_on=EARLY)
    round_on(MINUS_THREE)
    rows = house.secretary.reminders.filter(assignment=house.assignment, channel="email")
    assert set(rows.values_list("rung", "audience", "for_nobody")) == {
        (-5, "secretariat", False),
        (-3, "secretariat", True),
    }


def test_where_nobody_sits_in_office_the_secretariat_hears_of_it(house):
    house.officer.offices.update(ends_on=date(2024, 12, 1))
    assert (-3, "secretariat", "planned") in round_on(MINUS_THREE)


def test_where_an_agency_has_a_head_alone_the_head_hears_what_is_for_officers(house):
    house.officer.offices.update(ends_on=date(2024, 12, 1))
    head = make_user(Office.HEAD, house.lead)
    assert (-3, "head", "planned") in round_on(MINUS_THREE)
    assert not house.secretary.deliveries.filter(kind="escalated", reminders__assignment=house.assignment).exists()
    assert head.deliveries.filter(kind="digest").count() == 2
