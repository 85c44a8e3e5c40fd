"""The daily round: what is planned, when it stops, and that twice is the same as once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from accounts.models import Role as Office
from directives.actions.assigning import acknowledge, suspend, withdraw
from directives.actions.extending import grant_extension, refuse_extension, request_extension
from directives.actions.reminding import rehearse, remind_all
from directives.actions.reporting import hand_in, return_report
from directives.actions.weeding import NO_LONGER_OWED, weed
from directives.models import Assignment, Delivery, Reminder
from directives.models.reminders import ACCOUNT_CLOSED, LEFT_OFFICE
from tests.actions.conftest import nothing_changes
from tests.make import at, make_absence, make_assignment, make_ladder, make_user
from tests.rounds import look_again, round_on

MINUS_THREE = date(2024, 12, 26)  # a Thursday, three working days before Tuesday 31/12
BEFORE_DUE = date(2024, 12, 30)


def test_a_round_plans_the_rung_of_the_day_and_overtakes_the_missed_courtesies(house):
    assert round_on(MINUS_THREE) == [
        (-15, "officer", "superseded"),
        (-7, "officer", "superseded"),
        (-3, "officer", "planned"),
    ]


def test_a_second_round_adds_nothing(house):
    round_on(MINUS_THREE)
    with nothing_changes():
        assert round_on(MINUS_THREE) == []


def test_a_day_between_two_rungs_says_nothing(house):
    round_on(MINUS_THREE)
    assert round_on(date(2024, 12, 27)) == []


def test_what_is_planned_goes_out_at_half_past_seven_in_one_message_a_channel(house):
    make_assignment(house.lead, directive=house.directive, role="share", due_on=date(2024, 12, 31))
    Assignment.objects.update(look_on=MINUS_THREE)
    round_on(MINUS_THREE)
    mine = Delivery.objects.filter(recipient=house.officer).order_by("channel")
    assert list(mine.values_list("channel", "kind", "due_at")) == [
        ("email", "digest", at(MINUS_THREE, 7, 30)),
        ("in_app", "digest", at(MINUS_THREE, 7, 30)),
    ]
    assert Reminder.objects.filter(delivery=mine[0], rung=-3).count() == 2


def test_a_round_at_the_weekend_waits_for_monday(house):
    remind_all(now=at(date(2024, 12, 28), 9), today=date(2024, 12, 28))
    due = Delivery.objects.filter(recipient=house.officer).values_list("due_at", flat=True)
    assert set(due) == {at(date(2024, 12, 30), 7, 30)}


def test_escalations_are_never_skipped(house):
    round_on(date(2025, 1, 10))
    rungs = Reminder.objects.filter(assignment=house.assignment, recipient=house.officer, channel="email")
    assert list(rungs.order_by("rung").values_list("rung", "state")) == [
        (-15, "superseded"),
        (-7, "superseded"),
        (-3, "superseded"),
        (-1, "superseded"),
        (0, "superseded"),
        (1, "planned"),
        (3, "planned"),
        (7, "planned"),
    ]


def test_acknowledging_stops_no_reminder(house):
    acknowledge(house.assignment, by=house.officer, at=at(date(2024, 8, 12)))
    assert (-3, "officer", "planned") in round_on(MINUS_THREE)


STOPS = {
    "handed in": lambda h: hand_in(h.assignment, by=h.officer, at=at(MINUS_THREE, 7), text="Xong"),
    "suspended": lambda h: suspend(h.assignment, by=h.secretary, at=at(MINUS_THREE, 7), reason="Chờ"),
    "withdrawn": lambda h: withdraw(h.assignment, by=h.secretary, at=at(MINUS_THREE, 7), reason="Trùng"),
    "extended": lambda h: grant_extension(
        request_extension(
            h.assignment, by=h.officer, at=at(MINUS_THREE, 6), asked_due_on=date(2025, 3, 31), reason="Cần thêm"
        ),
        by=h.secretary,
        at=at(MINUS_THREE, 7),
    ),
    "the officer left": lambda h: h.officer.offices.update(ends_on=date(2024, 12, 25)),
    "the account was closed": lambda h: type(h.officer).objects.filter(pk=h.officer.pk).update(is_active=False),
}


@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS)
def test_stop_means_stop_even_after_planning(house, stop):
    round_on(MINUS_THREE)
    stop(house)
    message = Delivery.objects.get(recipient=house.officer, channel="email", kind="digest")
    assert weed(message, at=at(MINUS_THREE, 7, 30)) is False
    assert set(message.reminders.values_list("state", flat=True)) == {"cancelled"}


REASONS = {
    "handed in": NO_LONGER_OWED,
    "extended": NO_LONGER_OWED,
    "the officer left": LEFT_OFFICE,
    "the account was closed": ACCOUNT_CLOSED,
}


@pytest.mark.parametrize(("stop", "reason"), REASONS.items(), ids=REASONS)
def test_the_ledger_says_why_a_planned_reminder_was_not_sent(house, stop, reason):
    round_on(MINUS_THREE)
    STOPS[stop](house)
    message = Delivery.objects.get(recipient=house.officer, channel="email", kind="digest")
    weed(message, at=at(MINUS_THREE, 7, 30))
    assert set(message.reminders.values_list("why_not", flat=True)) == {reason}


NEWS = {
    "of a return": lambda h: return_report(h.assignment, by=h.secretary, at=at(MINUS_THREE), reason="Thiếu"),
    "of a decision": lambda h: refuse_extension(h.request, by=h.secretary, at=at(MINUS_THREE), reason="Không lùi"),
}


@pytest.mark.parametrize("news", NEWS.values(), ids=NEWS)
def test_news_is_not_for_whoever_left_office(house, news):
    asked = {"asked_due_on": date(2025, 3, 31), "reason": "Cần thêm"}
    vars(house)["request"] = request_extension(house.assignment, by=house.officer, at=at(MINUS_THREE), **asked)
    hand_in(house.assignment, by=house.officer, at=at(MINUS_THREE), text="Xong")
    news(house)
    message = house.officer.deliveries.get(channel="email", kind__in=["returned", "extension_decided"])
    assert weed(message, at=at(MINUS_THREE, 10)) is True
    house.officer.offices.update(ends_on=MINUS_THREE)
    assert weed(message, at=at(date(2024, 12, 27), 10)) is False


def test_what_is_still_owed_is_left_in_the_message(house):
    round_on(MINUS_THREE)
    message = Delivery.objects.get(recipient=house.officer, channel="email", kind="digest")
    assert weed(message, at=at(MINUS_THREE, 7, 30)) is True
    assert set(message.reminders.values_list("state", flat=True)) == {"planned"}


@pytest.mark.parametrize("stop", [STOPS["handed in"], STOPS["suspended"], STOPS["withdrawn"]])
def test_no_round_speaks_of_what_is_not_owed(house, stop):
    stop(house)
    assert round_on(date(2025, 1, 10)) == []


def test_a_new_date_starts_the_ladder_anew(house):
    round_on(MINUS_THREE)
    STOPS["extended"](house)
    assert round_on(date(2025, 1, 10)) == []
    assert round_on(date(2025, 3, 26)) == [
        (-15, "officer", "superseded"),
        (-7, "officer", "superseded"),
        (-3, "officer", "planned"),
    ]


def test_after_a_return_past_the_date_escalations_count_from_the_return(house):
    hand_in(house.assignment, by=house.officer, at=at(BEFORE_DUE), text="Xong")
    return_report(house.assignment, by=house.secretary, at=at(date(2025, 2, 10)), reason="Thiếu số liệu")
    assert round_on(date(2025, 2, 10)) == []
    assert round_on(date(2025, 2, 11)) == [(1, "officer", "planned")]
    assert round_on(date(2025, 2, 12)) == []
    assert (3, "secretariat", "planned") in round_on(date(2025, 2, 13))


def test_a_substitute_gets_the_message_and_both_rows_say_so(house):
    stand_in = make_user(Office.OFFICER, house.third)
    make_absence(house.officer, stand_in, date(2024, 12, 23), date(2025, 1, 3))
    round_on(MINUS_THREE)
    rows = Reminder.objects.filter(assignment=house.assignment, rung=-3, channel="email")
    assert set(rows.values_list("recipient", "substitutes")) == {(house.officer.pk, False), (stand_in.pk, True)}


def test_a_committee_climbs_its_own_ladder(house):
    make_ladder(house.committee, ((-2, "officer", "courtesy"),))
    Assignment.objects.update(look_on=date(2024, 12, 27))
    assert round_on(date(2024, 12, 27)) == [(-2, "officer", "planned")]


def test_a_name_too_long_for_its_line_keeps_nobody_from_being_reminded(house):
    type(house.lead).objects.filter(pk=house.lead.pk).update(name_vi="Ủy ban " * 35)
    stand_in = make_user(Office.OFFICER, house.third)
    make_absence(house.officer, stand_in, date(2024, 12, 23), date(2025, 1, 3))
    type(house.officer).objects.filter(pk=house.officer.pk).update(name="Chuyên viên " * 16)
    round_on(MINUS_THREE)
    assert len(stand_in.deliveries.get(channel="email").because) == 300


def test_a_rehearsal_tells_the_rungs_and_writes_nothing(house):
    with nothing_changes():
        lines = rehearse(start=date(2024, 12, 1), end=date(2025, 1, 31), notice=house.notice)
    mine = [(line.on, line.rung) for line in lines if line.recipient == house.officer]
    assert mine == [
        (date(2024, 12, 10), -15),
        (date(2024, 12, 20), -7),
        (date(2024, 12, 26), -3),
        (date(2024, 12, 30), -1),
        (date(2024, 12, 31), 0),
        (date(2025, 1, 2), 1),
        (date(2025, 1, 6), 3),
        (date(2025, 1, 10), 7),
        (date(2025, 1, 22), 15),
    ]


def test_a_round_costs_the_same_for_one_and_for_many(house, django_assert_max_num_queries):
    for _number in range(40):
        make_assignment(house.lead, directive=house.directive, period=f"{_number}", due_on=date(2024, 12, 31))
    Assignment.objects.update(look_on=MINUS_THREE)
    with django_assert_max_num_queries(20):
        remind_all(now=at(MINUS_THREE, 0, 5), today=MINUS_THREE)
    assert Reminder.objects.count() == (41 + 1) * 3 * 2


@pytest.mark.django_db(transaction=True)
def test_eight_rounds_at_once_write_what_one_would(house):
    for number in range(60):
        make_assignment(house.lead, directive=house.directive, period=f"{number}", due_on=date(2024, 12, 31))
    Assignment.objects.update(look_on=MINUS_THREE)

    def one_round(_number: int) -> int:
        try:
            return remind_all(now=at(MINUS_THREE, 0, 5), today=MINUS_THREE)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        planned = list(pool.map(one_round, range(8)))
    assert sum(planned) == (61 + 1) * 3 * 2
    assert Reminder.objects.filter(assignment__role="lead", rung=-3).count() == 61 * 2
    assert Delivery.objects.filter(kind="digest", recipient=house.officer).count() == 2


@pytest.mark.django_db(transaction=True)
def test_after_the_calendar_or_a_ladder_changed_the_work_it_reaches_is_looked_at_again(house):
    elsewhere = make_assignment()
    done = make_assignment(directive=house.directive, state="done", role="share")
    Assignment.objects.exclude(pk=done.pk).update(look_on=date(2025, 6, 2))
    assert look_again(MINUS_THREE, committee=house.committee) == 2
    assert look_again(MINUS_THREE) == 1
    assert look_again(MINUS_THREE) == 0
    assert set(Assignment.objects.values_list("pk", "look_on")) == {
        (house.assignment.pk, MINUS_THREE),
        (house.coordinating.pk, MINUS_THREE),
        (elsewhere.pk, date(2025, 3, 5)),
        (done.pk, None),
    }
