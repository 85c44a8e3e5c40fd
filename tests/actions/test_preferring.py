"""Which messages people want by which channels: chosen for oneself, kept by rounds and news, never against a duty."""

from datetime import date

import pytest

from accounts.models import Role as Office
from directives.actions.assigning import assign
from directives.actions.preferring import choose_preferences
from directives.models import Event, Preference, Reminder, wishes_of
from directives.rules.duties import KEEPS_ALL, OFFICE_OWES
from directives.rules.refusals import Invalid
from tests.actions.conftest import nothing_changes
from tests.make import at, make_agency, make_user
from tests.rounds import round_on

MINUS_THREE = date(2024, 12, 26)
NOW = at(date(2024, 12, 2))
NO_MAIL = {("assigned", "email"): False}


def test_news_comes_by_the_channels_that_are_wanted(house):
    other = make_user(Office.OFFICER, house.third)
    mine = make_user(Office.OFFICER, house.third)
    choose_preferences(NO_MAIL, by=mine, at=NOW)
    assign(house.directive, house.third, "coordinating", by=house.secretary, at=NOW)
    assert list(mine.deliveries.values_list("kind", "channel")) == [("assigned", "in_app")]
    assert set(other.deliveries.values_list("channel", flat=True)) == {"email", "in_app"}


def test_a_choice_is_noted_once_and_taken_back(house):
    [row] = choose_preferences(NO_MAIL | {("returned", "email"): True}, by=house.officer, at=NOW)
    assert (row.kind, row.channel, row.wanted) == ("assigned", "email", False)
    with nothing_changes():
        assert choose_preferences(NO_MAIL, by=house.officer, at=NOW) == []
    choose_preferences({("assigned", "email"): True}, by=house.officer, at=NOW)
    assert list(Preference.objects.values_list("kind", "channel", "wanted")) == [("assigned", "email", True)]


def test_history_tells_what_was_chosen(house):
    choose_preferences(NO_MAIL, by=house.officer, at=NOW)
    event = Event.objects.get(verb="choose_preferences")
    assert (event.by, event.before, event.after) == (
        house.officer,
        {"assigned:email": True},
        {"assigned:email": False},
    )


@pytest.mark.parametrize(
    ("box", "sentence"),
    [
        (("digest", "in_app"), KEEPS_ALL),
        (("digest", "email"), OFFICE_OWES),
        (("escalated", "email"), OFFICE_OWES),
        (("gossip", "email"), "There is no such message or channel."),
        (("assigned", "pigeon"), "There is no such message or channel."),
        (("", ""), "There is no such message or channel."),
    ],
)
def test_a_duty_or_an_unknown_box_is_refused_and_nothing_is_noted(house, box, sentence):
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        choose_preferences(NO_MAIL | {box: False}, by=house.officer, at=NOW)
    assert (refusal.value.field, str(refusal.value)) == ("box", sentence)


def test_a_round_reminds_by_every_channel_of_duty_whatever_stands_in_the_table(house):
    for channel in ("email", "in_app"):
        Preference.objects.create(user=house.officer, kind="digest", channel=channel, wanted=False)
    round_on(MINUS_THREE)
    mine = Reminder.objects.filter(assignment=house.assignment, rung=-3, recipient=house.officer)
    assert set(mine.values_list("channel", flat=True)) == {"email", "in_app"}


@pytest.mark.parametrize("people", [1, 12])
def test_the_wishes_of_many_are_read_in_one_query(db, people, django_assert_num_queries):
    agency = make_agency()
    users = [make_user(Office.OFFICER, agency) for _ in range(people)]
    for user in users:
        Preference.objects.create(user=user, kind="assigned", channel="email", wanted=False)
    with django_assert_num_queries(1):
        wishes = wishes_of(user.pk for user in users)
        assert [wishes.channels(user.pk, "assigned") for user in users] == [["in_app"]] * people
