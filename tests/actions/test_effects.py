"""What a changed ladder or calendar does to reminders: told before, and done after."""

from datetime import date

import pytest

from accounts.models import Role
from directives.actions.effects import Effect, Outlook
from directives.models import Assignment, CalendarDay, Delivery, Ladder, Reminder, Rung
from tests.make import make_assignment, make_calendar, make_ladder, make_user
from tests.rounds import look_again, round_on

MINUS_THREE = date(2024, 12, 26)
WEDNESDAY = date(2024, 12, 25)


def effect_of(change) -> Effect:
    """What the outlook says of `change` once it is written."""
    before = Outlook(today=MINUS_THREE)
    change()
    return before.effect()


def test_a_rung_more_is_a_reminder_more_for_each_open_assignment(house):
    ladder = Ladder.objects.get()
    assert effect_of(
        lambda: Rung.objects.create(ladder=ladder, offset=-5, audience="officer", kind="courtesy")
    ) == Effect(assignments=2, cancelled=0, added=2)


def test_a_rung_less_is_a_reminder_less_unless_it_has_spoken(house):
    make_assignment(house.third, directive=house.directive, role="share", due_on=date(2024, 12, 31))
    round_on(MINUS_THREE)  # look_on of the third is not set: only two were told
    Delivery.objects.update(state="sent", attempts=1)
    Reminder.objects.update(state="sent")
    assert effect_of(lambda: Rung.objects.filter(offset=-3).delete()) == Effect(1, cancelled=1, added=0)


def test_a_day_off_moves_every_rung_that_counts_over_it(house):
    assert effect_of(lambda: make_calendar(date(2024, 12, 27))) == Effect(2, cancelled=2 * 3, added=2 * 3)


def test_a_day_off_far_away_changes_nothing(house):
    assert not effect_of(lambda: make_calendar(date(2027, 12, 24)))


def test_a_committee_with_its_own_ladder_is_not_touched_by_the_default_one(house):
    make_ladder(house.committee, ((-2, "officer", "courtesy"),))
    assert not effect_of(lambda: Rung.objects.filter(ladder__committee=None, offset=-3).delete())
    assert effect_of(lambda: Ladder.objects.get(committee=house.committee).delete()) == Effect(2, 2, 2 * 8)


def test_of_another_committee_nothing_is_said(house):
    elsewhere = make_assignment(due_on=date(2025, 12, 31)).directive.notice.committee
    before = Outlook(today=MINUS_THREE, committee=elsewhere)
    Rung.objects.filter(offset=-3).delete()
    assert before.effect() == Effect(1, cancelled=1, added=0)


def test_what_waits_for_a_day_that_was_given_off_is_planned_for_the_new_day(house):
    round_on(MINUS_THREE)
    make_calendar(date(2024, 12, 30))
    look_again(MINUS_THREE)
    # With Monday off the third working day before the date is Wednesday: the rung was missed by a day.
    assert round_on(MINUS_THREE) == [(-3, "officer", "planned")]
    rows = Reminder.objects.filter(assignment=house.assignment, rung=-3)
    assert set(rows.values_list("rung_on", "state")) == {(WEDNESDAY, "planned")}


def test_what_waits_for_a_rung_that_is_no_more_is_not_sent(house):
    round_on(MINUS_THREE)
    Rung.objects.filter(offset=-3).delete()
    look_again(MINUS_THREE)
    assert not Reminder.objects.filter(rung=-3).exists()
    assert round_on(MINUS_THREE) == []


@pytest.mark.parametrize("state", ["sent", "held", "dead"])
def test_what_was_sent_or_held_back_stays_in_the_ledger(house, state):
    round_on(MINUS_THREE)
    Delivery.objects.update(state=state, attempts=1)
    kept = Reminder.objects.count()
    Rung.objects.filter(offset=-3).delete()
    look_again(MINUS_THREE)
    assert Reminder.objects.count() == kept


def test_looking_again_without_a_change_keeps_all_that_waits(house):
    round_on(MINUS_THREE)
    kept = list(Reminder.objects.values_list("pk", flat=True))
    look_again(MINUS_THREE)
    assert round_on(MINUS_THREE) == []
    assert list(Reminder.objects.values_list("pk", flat=True)) == kept


def test_an_outlook_costs_the_same_for_one_and_for_many(house, django_assert_num_queries):
    for number in range(30):
        make_assignment(house.lead, directive=house.directive, period=f"{number}", due_on=date(2024, 12, 31))
    with django_assert_num_queries(8):
        assert effect_of(lambda: CalendarDay.objects.filter(day=date(2025, 1, 1)).delete()).assignments == 32
    assert Assignment.objects.count() == 32


def test_a_rung_that_has_spoken_to_some_is_kept_for_the_leader_who_waits(house):
    deputy = make_user(Role.STANDING_DEPUTY, house.committee)
    seventh = date(2025, 1, 10)
    round_on(seventh)
    others = Delivery.objects.exclude(recipient=deputy)
    others.update(state="sent", attempts=1)
    Reminder.objects.filter(delivery__in=others).update(state="sent")
    make_calendar(date(2025, 1, 6))  # the seventh working day is now the Monday after
    look_again(seventh)
    waiting = Reminder.objects.filter(recipient=deputy, assignment=house.assignment, rung=7)
    assert set(waiting.values_list("state", flat=True)) == {"planned"}
