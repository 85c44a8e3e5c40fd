"""Recurring work comes to its end: after its last day, with its notice, or by the secretariat's word."""

from datetime import date

import pytest

from accounts.roles import NotAllowed
from directives.actions.assigning import decline, withdraw
from directives.actions.issuing import withdraw_notice
from directives.actions.recurring import end_recurrence
from directives.models import Event
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid
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
from tests.make import at


def test_it_ends_after_its_last_day(house):
    directive = issued(house, recurs_until=date(2026, 12, 31))
    assert [period for period, _agency, _due in parts(directive, role="lead")] == ["2026-11", "2026-12"]
    assert tick(ENTERED) == 0
    directive.refresh_from_db()
    assert directive.next_period_on is None
    assert tick(JANUARY) == 0


def test_it_ends_with_its_notice(house):
    directive = issued(house)
    withdraw_notice(directive.notice, by=house.secretary, at=at(ENTERED), reason="Ban hành nhầm")
    assert tick(DECEMBER) == 0
    directive.refresh_from_db()
    assert directive.next_period_on is None


def test_its_end_withdraws_the_periods_after_it_and_gives_no_more(house):
    directive = issued(house)
    ended = end_recurrence(directive, by=house.secretary, at=at(ENTERED), until=date(2026, 11, 21), **WHY)
    assert (ended.recurs_until, ended.version) == (date(2026, 11, 21), directive.version + 1)
    assert parts(directive, role="lead") == [NOVEMBER_LEAD]
    assert tick(ENTERED) == tick(DECEMBER) == 0
    event = Event.objects.get(verb="end_recurrence")
    assert (event.directive, event.by, event.reason) == (directive, house.secretary, WHY["reason"])
    assert (event.before, event.after) == ({"recurs_until": None}, {"recurs_until": "2026-11-21"})


def test_a_later_end_lets_it_go_on(house):
    directive = issued(house, recurs_until=date(2026, 12, 31))
    tick(ENTERED)
    end_recurrence(directive, by=house.secretary, at=at(ENTERED), until=date(2027, 1, 31), **WHY)
    assert tick(DECEMBER) == 2
    assert tick(JANUARY) == 0


EARLY_END = {
    "in the present period": (date(2026, 11, 21), [DECEMBER_LEAD]),
    "before all of its periods": (date(2026, 10, 31), [NOVEMBER_LEAD, DECEMBER_LEAD]),
}


@pytest.mark.parametrize(("until", "again"), EARLY_END.values(), ids=EARLY_END)
def test_an_end_set_too_early_takes_nothing_away_once_it_is_set_right(house, until, again):
    directive = issued(house)
    tick(ENTERED)
    end_recurrence(directive, by=house.secretary, at=at(ENTERED, 9), until=until, **WHY)
    assert tick(ENTERED) == 0
    end_recurrence(directive, by=house.secretary, at=at(ENTERED, 10), until=date(2027, 12, 31), **WHY)
    assert tick(ENTERED) == 2 * len(again)
    assert parts(directive, role="lead") == [NOVEMBER_LEAD, DECEMBER_LEAD]
    assert parts(directive, role="coordinating")[-1] == ("2026-12", "Bộ Y tế", date(2026, 12, 25))
    with nothing_changes():
        assert tick(ENTERED) == 0
    assert tick(DECEMBER) == 2
    assert parts(directive, role="lead") == [NOVEMBER_LEAD, DECEMBER_LEAD, JANUARY_LEAD]


def test_an_end_set_right_brings_back_nothing_that_was_taken_away_by_itself(house):
    directive = issued(house)
    tick(ENTERED)
    december = directive.assignments.get(period="2026-12", role="lead")
    withdraw(december, by=house.secretary, at=at(ENTERED, 9), **WHY)
    for until in (date(2026, 11, 21), date(2027, 12, 31)):
        end_recurrence(directive, by=house.secretary, at=at(ENTERED, 10), until=until, **WHY)
    assert tick(ENTERED) == 1
    assert parts(directive) == [
        NOVEMBER_LEAD,
        ("2026-11", "Bộ Y tế", date(2026, 11, 25)),
        ("2026-12", "Bộ Y tế", date(2026, 12, 25)),
    ]


def test_an_end_set_right_too_late_brings_back_only_what_can_still_be_done(house):
    directive = issued(house)
    end_recurrence(directive, by=house.secretary, at=at(ENTERED), until=date(2026, 11, 21), **WHY)
    end_recurrence(directive, by=house.secretary, at=at(date(2026, 12, 28)), until=date(2027, 12, 31), **WHY)
    assert tick(date(2026, 12, 28)) == 2
    assert parts(directive, role="lead") == [NOVEMBER_LEAD, JANUARY_LEAD]


NOT_ENDED = {
    "by the agency": (lambda h, d: {"by": h.officer}, NotAllowed),
    "without a reason": (lambda h, d: {"reason": " "}, Invalid),
    "in another age": (lambda h, d: {"until": date(206, 1, 1)}, Invalid),
    "of what does not recur": (lambda h, d: {"directive": h.directive}, WrongMoment),
}


@pytest.mark.parametrize(("asked", "refusal"), NOT_ENDED.values(), ids=NOT_ENDED)
def test_an_end_that_is_refused_changes_nothing(house, asked, refusal):
    directive = issued(house)
    given = {"directive": directive, "by": house.secretary, "at": at(ENTERED), "until": ENTERED, **WHY}
    with nothing_changes(), pytest.raises(refusal):
        end_recurrence(**given | asked(house, directive))


def test_what_was_declined_or_withdrawn_does_not_come_again(house):
    directive = issued(house)
    for row in directive.assignments.filter(role="lead"):
        decline(row, by=house.officer, at=at(ENTERED), **WHY)
    for row in directive.assignments.filter(role="coordinating"):
        withdraw(row, by=house.secretary, at=at(ENTERED), **WHY)
    assert tick(ENTERED) == tick(DECEMBER) == tick(JANUARY) == 0
