"""Putting off one's own reminders: what falls silent and stands in the ledger with its reason, and what never does."""

from datetime import date

import pytest

from accounts.models import Role as Office
from accounts.roles import NotAllowed
from directives.actions.extending import grant_extension, request_extension
from directives.actions.reporting import hand_in
from directives.actions.snoozing import snooze, wake
from directives.actions.weeding import weed
from directives.models import Assignment, Event, Reminder, Snooze
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid
from tests.actions.conftest import DUE, nothing_changes
from tests.make import at, make_absence, make_office, make_user
from tests.rounds import round_on

MONDAY = date(2024, 12, 23)
MINUS_THREE = date(2024, 12, 26)
MINUS_ONE = date(2024, 12, 30)
PLUS_ONE = date(2025, 1, 2)
PUT_OFF = "put off by the recipient until 27/12/2024"


def put_off(house, until=date(2024, 12, 27), day=MONDAY, **who) -> Snooze:
    return snooze(house.assignment, by=who.get("by", house.officer), at=at(day, 6), until=until)


def ledger(house, person, **which) -> list[tuple[int, str, str]]:
    """What the ledger says of the person's rungs by e-mail, but for those that were overtaken."""
    rows = Reminder.objects.filter(assignment=house.assignment, recipient=person, channel="email", **which)
    rows = rows.exclude(state="superseded", why_not="")
    return list(rows.order_by("rung").values_list("rung", "state", "why_not"))


def test_a_rung_in_that_time_stands_in_the_ledger_with_its_reason_and_in_no_message(house):
    put_off(house)
    round_on(MINUS_THREE)
    assert ledger(house, house.officer) == [(-3, "superseded", PUT_OFF)]
    assert not Reminder.objects.filter(recipient=house.officer, delivery__isnull=False).exists()
    mail = house.officer.deliveries.get(channel="email")
    assert weed(mail, at=at(MINUS_THREE, 7, 30)) is False


def test_a_colleague_hears_as_before(house):
    colleague = make_user(Office.OFFICER, house.lead)
    put_off(house)
    round_on(MINUS_THREE)
    assert ledger(house, colleague) == [(-3, "planned", "")]


def test_other_work_of_the_same_person_is_reminded(house):
    make_office(house.officer, Office.OFFICER, house.other)
    put_off(house)
    round_on(MINUS_THREE)
    rows = Reminder.objects.filter(assignment=house.coordinating, recipient=house.officer, rung=-3)
    assert set(rows.values_list("state", flat=True)) == {"planned"}


def test_afterwards_reminders_come_again(house):
    put_off(house)
    round_on(MINUS_THREE)
    round_on(MINUS_ONE)
    assert ledger(house, house.officer) == [(-3, "superseded", PUT_OFF), (-1, "planned", "")]


def test_what_waits_already_is_taken_out_as_well(house):
    round_on(MINUS_THREE)
    put_off(house, day=MINUS_THREE)
    assert ledger(house, house.officer) == [(-3, "superseded", PUT_OFF)]


def test_what_is_being_sent_at_this_moment_is_left_alone(house):
    round_on(MINUS_THREE)
    house.officer.deliveries.update(attempts=1, leased_until=at(MINUS_THREE, 6, 1))
    put_off(house, day=MINUS_THREE)
    assert ledger(house, house.officer) == [(-3, "planned", "")]


def test_an_escalation_is_never_put_off(house):
    put_off(house, until=DUE)
    round_on(date(2024, 12, 31))
    round_on(PLUS_ONE)
    assert [line for line in ledger(house, house.officer) if line[0] == 1] == [(1, "planned", "")]
    assert ledger(house, house.officer, rung=0) == [(0, "superseded", "put off by the recipient until 31/12/2024")]


def test_a_moved_deadline_ends_it(house):
    put_off(house, until=DUE)
    request = request_extension(
        house.assignment, by=house.officer, at=at(MONDAY), asked_due_on=date(2025, 1, 15), reason="Chờ ý kiến"
    )
    grant_extension(request, by=house.secretary, at=at(MONDAY))
    round_on(date(2025, 1, 10))
    assert ledger(house, house.officer, rung=-3) == [(-3, "planned", "")]


def test_taken_back_reminders_come_from_the_next_one_on(house):
    put_off(house, until=DUE)
    wake(house.assignment, by=house.officer, at=at(MONDAY))
    round_on(MINUS_THREE)
    assert ledger(house, house.officer) == [(-3, "planned", "")]
    with nothing_changes():
        wake(house.assignment, by=house.officer, at=at(MINUS_THREE))


def test_a_second_choice_takes_the_place_of_the_first(house):
    put_off(house, until=DUE)
    put_off(house)
    assert list(Snooze.objects.values_list("user", "until")) == [(house.officer.pk, date(2024, 12, 27))]


def test_history_tells_who_put_off_what_and_until_when(house):
    put_off(house)
    wake(house.assignment, by=house.officer, at=at(MONDAY))
    events = Event.objects.filter(assignment=house.assignment, verb__in=("snooze", "wake")).order_by("pk")
    assert list(events.values_list("verb", "by", "before", "after")) == [
        ("snooze", house.officer.pk, {}, {"until": "2024-12-27"}),
        ("wake", house.officer.pk, {"until": "2024-12-27"}, {}),
    ]


def test_a_substitute_puts_off_only_for_themselves(house):
    stand_in = make_user(Office.OFFICER, house.third)
    make_absence(house.officer, stand_in, MONDAY, date(2025, 1, 3))
    put_off(house, by=stand_in)
    round_on(MINUS_THREE)
    assert ledger(house, stand_in) == [(-3, "superseded", PUT_OFF)]
    assert ledger(house, house.officer) == [(-3, "planned", "")]


@pytest.mark.parametrize("who", ["stranger", "secretary"])
def test_only_the_agency_s_own_people_may(house, who):
    with nothing_changes(), pytest.raises(NotAllowed, match="Only the officers and the head of Bộ Công an"):
        put_off(house, by=getattr(house, who))


@pytest.mark.parametrize("until", [date(2024, 12, 22), date(2025, 1, 1), date(1900, 1, 1)])
def test_a_day_that_will_not_do_changes_nothing(house, until):
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        put_off(house, until=until)
    assert refusal.value.field == "until"


def test_what_is_handed_in_overdue_or_undated_is_refused(house):
    with nothing_changes(), pytest.raises(WrongMoment, match="has passed"):
        put_off(house, day=PLUS_ONE, until=PLUS_ONE)
    hand_in(house.assignment, by=house.officer, at=at(MONDAY), text="Xong")
    with nothing_changes(), pytest.raises(WrongMoment, match="No reminder of this work is sent now"):
        put_off(house)
    Assignment.objects.filter(pk=house.assignment.pk).update(state="assigned", due_on=None)
    with nothing_changes(), pytest.raises(WrongMoment, match="no deadline"):
        put_off(house)
