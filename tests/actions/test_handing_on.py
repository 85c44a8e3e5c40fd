"""Who leaves an office while a message waits hands the rung on to whoever comes."""

from datetime import date, timedelta

import pytest
from django.db import connection

from accounts.models import Role as Seat
from directives.actions.reminding import remind_all
from directives.actions.reporting import hand_in
from directives.actions.weeding import weed
from directives.models import Delivery, Reminder
from tests.make import at, make_user
from tests.rounds import round_on

FIFTEENTH = date(2025, 1, 22)  # the fifteenth working day after 31/12/2024: the chair hears
NEXT = date(2025, 1, 23)
AFTER = date(2025, 1, 24)


@pytest.fixture
def chair(house):
    """The chair, whose message waits a working day; in the night before it leaves the office has passed on."""
    chair = make_user(Seat.CHAIR, house.committee)
    for day in (date(2025, 1, 2), date(2025, 1, 6), date(2025, 1, 10), FIFTEENTH):
        round_on(day)
    chair.offices.update(ends_on=FIFTEENTH)
    return chair


def to_the_chair(person) -> list[tuple[str, str]]:
    rows = Reminder.objects.filter(recipient=person, rung=15, assignment__role="lead", channel="email")
    return list(rows.values_list("state", "audience"))


def falls(person) -> None:
    for message in Delivery.objects.filter(recipient=person, kind="escalated"):
        assert weed(message, at=at(NEXT, 7, 30)) is False


def look(day: date) -> int:
    return remind_all(now=at(day, 8), today=day)


def test_the_new_chair_hears_what_the_old_one_was_not_told_and_has_a_working_day_too(house, chair):
    new = make_user(Seat.CHAIR, house.committee, starts_on=NEXT)
    falls(chair)
    look(NEXT)
    assert to_the_chair(chair) == [("cancelled", "chair")]
    assert to_the_chair(new) == [("planned", "chair")]
    message = Delivery.objects.get(recipient=new, kind="escalated", channel="email")
    assert message.due_at == at(AFTER, 7, 30)


def test_it_is_handed_on_once(house, chair):
    make_user(Seat.CHAIR, house.committee, starts_on=NEXT)
    falls(chair)
    look(NEXT)
    assert (look(NEXT), look(AFTER)) == (0, 0)


def test_an_empty_office_waits_for_its_holder_and_costs_nothing(house, chair):
    falls(chair)
    look(NEXT)
    assert look(AFTER) == 0
    new = make_user(Seat.CHAIR, house.committee, starts_on=AFTER)
    assert look(AFTER) > 0
    assert to_the_chair(new) == [("planned", "chair")]


def test_a_second_chair_who_was_told_is_enough(house):
    first, second = (make_user(Seat.CHAIR, house.committee) for _ in range(2))
    round_on(FIFTEENTH)
    first.offices.update(ends_on=FIFTEENTH)
    new = make_user(Seat.CHAIR, house.committee, starts_on=NEXT)
    falls(first)
    look(NEXT)
    assert to_the_chair(second) == [("planned", "chair")]
    assert to_the_chair(new) == []


def test_work_that_was_handed_in_meanwhile_is_not_spoken_of(house, chair):
    new = make_user(Seat.CHAIR, house.committee, starts_on=NEXT)
    falls(chair)
    hand_in(house.assignment, by=house.officer, at=at(NEXT, 7, 45), text="Xong")
    look(NEXT)
    assert to_the_chair(new) == []


def test_a_closed_account_hands_on_as_well_and_a_month_later_nobody_digs_it_up(house, chair):
    chair.offices.update(ends_on=None)
    type(chair).objects.filter(pk=chair.pk).update(is_active=False)
    falls(chair)
    late = make_user(Seat.CHAIR, house.committee, starts_on=NEXT)
    long_after = FIFTEENTH + timedelta(30)
    look(long_after)
    assert to_the_chair(late) == []
    Reminder.objects.filter(recipient=chair).update(planned_on=long_after)
    look(long_after)
    assert to_the_chair(late) == [("planned", "chair")]


def test_what_fell_is_found_by_an_index_of_its_own(house, chair):
    falls(chair)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT 1 FROM directives_reminder WHERE state = 'cancelled' AND planned_on > '2025-01-01' AND "
            "why_not IN ('the recipient no longer holds or fills the office', 'the account is closed')"
        )
        assert "reminders_of_who_left" in "".join(line for (line,) in cursor.fetchall())
