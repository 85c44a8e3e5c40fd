"""Recurring work: its first periods with the notice, the next ones by themselves, once, and until it ends."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from directives.actions.assigning import assign, reassign
from directives.actions.drafting import To
from directives.actions.reporting import hand_in
from directives.models import Assignment, Delivery, Directive, Event, Role, Span
from tests.actions.conftest import nothing_changes
from tests.actions.recurring_work import (
    DECEMBER,
    DECEMBER_LEAD,
    ENTERED,
    JANUARY,
    JANUARY_LEAD,
    NOVEMBER_LEAD,
    WHY,
    issued,
    parts,
    tick,
)
from tests.make import at, make_agency, make_calendar, make_group, make_succession, make_user
from tests.rounds import round_on
from tracker.delivery.subjects import subjects


def test_issuing_gives_the_present_period_and_the_next(house):
    directive = issued(house)
    assert parts(directive, role="lead") == [NOVEMBER_LEAD, DECEMBER_LEAD]
    assert parts(directive, role="coordinating") == [
        ("2026-11", "Bộ Y tế", date(2026, 11, 25)),
        ("2026-12", "Bộ Y tế", date(2026, 12, 25)),
    ]
    assert tick(ENTERED) == 0


def test_whoever_gets_several_periods_with_a_notice_is_told_once(house):
    issued(house)
    told = house.officer.deliveries.filter(notice__number=412, kind="assigned")
    assert sorted(told.values_list("channel", flat=True)) == ["email", "in_app"]


def test_with_a_new_period_the_next_one_is_given_with_history_and_spans(house):
    directive = issued(house)
    assert tick(ENTERED) == 0
    assert tick(date(2026, 11, 30)) == 0
    assert tick(DECEMBER) == 2
    assert parts(directive, role="lead") == [NOVEMBER_LEAD, DECEMBER_LEAD, JANUARY_LEAD]
    (new,) = directive.assignments.filter(period="2027-01", role="lead")
    event = Event.objects.get(assignment=new)
    assert (event.verb, event.by, event.by_name, event.after["period"]) == ("assign", None, "", "2027-01")
    assert event.on_behalf_of == house.committee.name_vi
    assert list(Span.objects.filter(assignment=new).values_list("from_on", "to_on", "due_on")) == [
        (DECEMBER, None, date(2027, 1, 25))
    ]
    assert (new.assigned_on, new.original_due_on, new.version) == (DECEMBER, date(2027, 1, 25), 1)


def test_a_second_tick_adds_nothing(house):
    directive = issued(house)
    tick(DECEMBER)
    with nothing_changes():
        assert tick(DECEMBER) == 0
    Directive.objects.filter(pk=directive.pk).update(next_period_on=DECEMBER)  # as if the hint were lost
    before = [Assignment.objects.count(), Event.objects.count(), Delivery.objects.count()]
    assert tick(DECEMBER) == 0
    assert [Assignment.objects.count(), Event.objects.count(), Delivery.objects.count()] == before


def test_an_agency_hears_of_the_new_period_once_in_working_hours(house):
    directive = issued(house)
    tick(ENTERED)
    Delivery.objects.all().delete()
    tick(DECEMBER)
    mail = house.officer.deliveries.get(channel="email")
    assert (mail.kind, mail.notice, mail.due_at) == ("assigned", directive.notice, at(DECEMBER, 7, 30))
    (said,) = subjects([mail], DECEMBER).values()
    assert [Assignment.objects.get(pk=pk).period for pk in said.shown] == ["2027-01"]


def test_the_new_period_is_reminded_of_like_other_work(house):
    issued(house, addressees=[To(Role.LEAD, house.lead)])
    house.assignment.directive.assignments.update(look_on=None)
    assert round_on(date(2026, 11, 24)) == [(-3, "officer", "superseded"), (-1, "officer", "planned")]


def test_a_late_period_never_moves_the_next(house):
    directive = issued(house)
    tick(DECEMBER)
    november = directive.assignments.get(period="2026-11", role="lead")
    hand_in(november, by=house.officer, at=at(date(2027, 1, 14)), text="Báo cáo tháng 11")
    tick(JANUARY)
    tick(date(2027, 2, 1))
    assert parts(directive, role="lead")[3:] == [
        ("2027-02", "Bộ Công an", date(2027, 2, 25)),
        ("2027-03", "Bộ Công an", date(2027, 3, 25)),
    ]


def test_day_31_gives_the_last_day_of_each_month_and_a_holiday_moves_it(house):
    make_calendar(date(2026, 12, 31))
    directive = issued(house, recurrence_day=31, recurrence_shift="before")
    for day in (DECEMBER, JANUARY, date(2027, 2, 1), date(2027, 3, 1)):
        tick(day)
    assert [due_on for _period, _agency, due_on in parts(directive, role="lead")] == [
        date(2026, 11, 30),
        date(2026, 12, 30),
        date(2027, 1, 29),
        date(2027, 2, 26),
        date(2027, 3, 31),
        date(2027, 4, 30),
    ]


def test_a_notice_entered_after_the_periods_day_begins_with_the_next(house):
    directive = issued(house, recurrence_day=19)
    assert [period for period, _agency, _due in parts(directive, role="lead")] == ["2026-12"]
    tick(ENTERED)
    assert tick(DECEMBER) == 2


AHEAD = {
    0: ["2026-11"],
    1: ["2026-11", "2026-12"],
    3: ["2026-11", "2026-12", "2027-01", "2027-02"],
}


@pytest.mark.parametrize(("ahead", "periods"), AHEAD.items())
def test_issuing_gives_all_that_the_tick_would_and_the_tick_adds_nothing(house, ahead, periods):
    directive = issued(house, ahead=ahead)
    assert [period for period, _agency, _due in parts(directive, role="lead")] == periods
    assert tick(ENTERED, ahead=ahead) == 0
    assert tick(DECEMBER, ahead=ahead) == 2


def test_where_nothing_is_given_ahead_a_notice_entered_late_still_begins_with_the_next_period(house):
    directive = issued(house, ahead=0, recurrence_day=19)
    assert [period for period, _agency, _due in parts(directive, role="lead")] == ["2026-12"]
    assert tick(ENTERED, ahead=0) == tick(DECEMBER, ahead=0) == 0
    assert tick(JANUARY, ahead=0) == 2


def test_how_many_periods_lie_ahead_is_a_setting(house):
    directive = issued(house)
    assert tick(ENTERED, ahead=3) == 4
    assert [period for period, _agency, _due in parts(directive, role="lead")] == [
        "2026-11",
        "2026-12",
        "2027-01",
        "2027-02",
    ]


def test_after_months_without_a_tick_only_what_can_still_be_done_is_given(house):
    directive = issued(house)
    assert tick(date(2027, 6, 28)) == 2
    assert [period for period, _agency, _due in parts(directive, role="lead")] == ["2026-11", "2026-12", "2027-07"]


def test_what_was_given_to_another_agency_goes_on_there(house):
    directive = issued(house)
    for row in directive.assignments.filter(role="lead"):
        reassign(row, house.third, by=house.secretary, at=at(ENTERED), **WHY)
    tick(DECEMBER)
    assert parts(directive, role="lead", period="2027-01") == [("2027-01", "Bộ Tư pháp", date(2027, 1, 25))]


def test_an_agency_that_joins_later_begins_with_the_present_period_and_goes_on(house):
    directive = issued(house)
    tick(ENTERED)
    row = assign(directive, house.third, Role.COORDINATING, by=house.secretary, at=at(date(2026, 11, 23)))
    assert (row.period, row.due_on) == ("2026-11", date(2026, 11, 25))
    assert tick(date(2026, 11, 23)) == 1
    tick(DECEMBER)
    mine = parts(directive, agency=house.third)
    assert [period for period, _agency, _due in mine] == ["2026-11", "2026-12", "2027-01"]


def test_an_agency_that_is_no_more_is_followed_by_its_heir(house):
    directive = issued(house)
    heir = make_agency("Bộ Dân tộc và Tôn giáo")
    make_succession(house.other, heir, DECEMBER)
    type(heir).objects.filter(pk=house.other.pk).update(valid_to=date(2026, 11, 30))
    tick(DECEMBER)
    assert parts(directive, role="coordinating", period="2027-01") == [
        ("2027-01", "Bộ Dân tộc và Tôn giáo", date(2027, 1, 25))
    ]


def test_each_member_of_a_group_goes_on(house):
    group = make_group(house.lead, house.other, house.third)
    directive = issued(house, addressees=[To(Role.SHARE, group=group)])
    assert tick(ENTERED) == 0
    assert tick(DECEMBER) == 3
    assert {row.group for row in directive.assignments.filter(period="2027-01")} == {group}


@pytest.mark.parametrize("many", [1, 50])
def test_a_tick_costs_the_same_for_one_agency_and_for_fifty(house, many, django_assert_num_queries):
    group = make_group(*(make_agency() for _number in range(many)))
    directive = issued(house, addressees=[To(Role.SHARE, group=group)])
    tick(ENTERED)
    with django_assert_num_queries(18):
        assert tick(DECEMBER) == many
    assert directive.assignments.count() == 3 * many


def test_a_tick_with_nothing_to_do_asks_once(house, django_assert_num_queries):
    issued(house)
    tick(ENTERED)
    with django_assert_num_queries(1):
        assert tick(date(2026, 11, 25)) == 0


@pytest.mark.django_db(transaction=True)
def test_three_ticks_at_once_give_what_one_would(house):
    make_user("officer", house.other)
    directive = issued(house)
    tick(ENTERED)
    told = Delivery.objects.count()

    def one_tick(_number: int) -> int:
        try:
            return tick(DECEMBER)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        given = list(pool.map(one_tick, range(3)))
    assert sorted(given) == [0, 0, 2]
    assert directive.assignments.count() == 6
    assert Event.objects.filter(directive=directive, verb="assign").count() == 6
    assert Delivery.objects.count() == told + 2 * 3  # an officer of the lead, two of the other; two channels each


@pytest.mark.django_db(transaction=True)
def test_three_ticks_at_once_add_nothing_to_what_was_issued_ahead(house):
    directive = issued(house, ahead=3)
    told = Delivery.objects.count()

    def one_tick(_number: int) -> int:
        try:
            return tick(ENTERED, ahead=3)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(one_tick, range(3))) == [0, 0, 0]
    assert (directive.assignments.count(), Delivery.objects.count()) == (4 * 2, told)
