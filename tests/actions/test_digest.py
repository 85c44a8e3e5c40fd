"""One digest for each person and working day: what it is written for, when it leaves, and when it does not."""

from datetime import date

from accounts.models import Role as Office
from directives.actions.reporting import hand_in, return_report
from directives.actions.weeding import weed
from directives.models import Assignment, Reminder, Rung
from directives.rules.working_days import local_day
from tests.make import at, make_absence, make_assignment, make_office, make_user
from tests.rounds import round_on

BEFORE_DUE = date(2024, 12, 30)


def digests(person) -> list[date]:
    """The days for which `person` has a digest by e-mail."""
    rows = person.deliveries.filter(kind="digest", channel="email").order_by("due_at")
    return [local_day(row.due_at) for row in rows]


def test_who_answers_for_overdue_work_has_a_digest_every_working_day_until_it_is_handed_in(house):
    head = make_user(Office.HEAD, house.lead)
    days = [date(2025, 2, 3 + number) for number in range(12)]  # Monday to the Friday after; no rung falls on any
    for day in days:
        round_on(day)
        if day == date(2025, 2, 12):
            hand_in(house.assignment, by=house.officer, at=at(day), text="Xong")
    worked = [day for day in days if day.weekday() < 5 and day <= date(2025, 2, 12)]
    assert (digests(house.officer), digests(head)) == (worked, worked)


def test_a_second_round_writes_no_second_digest(house):
    round_on(date(2025, 2, 3))
    round_on(date(2025, 2, 4))
    Assignment.objects.update(look_on=date(2025, 2, 4))
    round_on(date(2025, 2, 4))
    assert digests(house.officer) == [date(2025, 2, 3), date(2025, 2, 4)]


def test_a_digest_without_a_rung_leaves_as_long_as_something_is_overdue(house):
    round_on(date(2025, 2, 3))
    round_on(date(2025, 2, 4))
    message = house.officer.deliveries.filter(kind="digest", channel="email").first()
    assert (message.reminders.count(), weed(message, at=at(date(2025, 2, 4), 7, 30))) == (0, True)
    hand_in(house.assignment, by=house.officer, at=at(date(2025, 2, 4), 7), text="Xong")
    assert weed(message, at=at(date(2025, 2, 4), 7, 30)) is False


def test_what_came_back_today_is_in_the_digest_of_tomorrow(house):
    hand_in(house.assignment, by=house.officer, at=at(BEFORE_DUE), text="Xong")
    return_report(house.assignment, by=house.secretary, at=at(date(2025, 2, 10)), reason="Thiếu số liệu")
    round_on(date(2025, 2, 10))
    assert digests(house.officer) == []
    round_on(date(2025, 2, 11))
    assert digests(house.officer) == [date(2025, 2, 11)]


def test_whoever_takes_office_late_hears_the_escalations_that_spoke_to_nobody(house):
    house.officer.offices.update(ends_on=date(2024, 12, 1))
    type(house.secretary).objects.filter(pk=house.secretary.pk).update(is_active=False)
    for day in (date(2025, 1, 2), date(2025, 1, 6), date(2025, 1, 10), date(2025, 1, 22), date(2025, 2, 3)):
        assert round_on(day) == []
    late = make_user(Office.OFFICER, house.lead, starts_on=date(2025, 2, 4))
    assert [line for line in round_on(date(2025, 2, 4)) if line[2] == "planned"] == [
        (1, "officer", "planned"),
        (3, "officer", "planned"),
        (7, "officer", "planned"),
        (15, "officer", "planned"),
    ]
    assert digests(late) == [date(2025, 2, 4)]


def test_an_urgent_rung_goes_out_at_once_and_leaders_still_have_their_day(house):
    deputy = make_user(Office.STANDING_DEPUTY, house.committee)
    Rung.objects.filter(offset=7).update(urgent=True)
    round_on(date(2025, 1, 10))
    mine = Reminder.objects.filter(assignment=house.assignment, rung=7, channel="email")
    assert set(mine.values_list("recipient", "delivery__due_at")) == {
        (house.officer.pk, at(date(2025, 1, 10), 0, 5)),
        (house.secretary.pk, at(date(2025, 1, 10), 0, 5)),
        (deputy.pk, at(date(2025, 1, 13), 7, 30)),
    }


def sent(person, day: date) -> None:
    """Let the digest of `day` leave by every channel."""
    rows = person.deliveries.filter(kind="digest", due_at=at(day, 7, 30))
    assert rows.update(state="sent", sent_at=at(day, 7, 30), attempts=1) == 2


def test_what_comes_too_late_for_the_digest_of_the_day_is_in_that_of_the_next(house):
    round_on(BEFORE_DUE)
    sent(house.officer, BEFORE_DUE)
    new = make_assignment(house.lead, directive=house.directive, role="share", due_on=date(2024, 12, 31))
    Assignment.objects.filter(pk=new.pk).update(look_on=BEFORE_DUE)
    round_on(BEFORE_DUE)
    assert digests(house.officer) == [BEFORE_DUE, date(2024, 12, 31)]
    mail = house.officer.deliveries.get(channel="email", due_at=at(date(2024, 12, 31), 7, 30))
    assert list(mail.reminders.values_list("assignment", "rung")) == [(new.pk, -1)]
    round_on(date(2024, 12, 31))
    assert digests(house.officer) == [BEFORE_DUE, date(2024, 12, 31)]
    assert set(mail.reminders.values_list("assignment", "rung")) == {
        (new.pk, -1),
        (new.pk, 0),
        (house.assignment.pk, 0),
    }


def test_who_sits_on_both_sides_has_one_digest_and_one_message_of_what_is_escalated(house):
    make_office(house.officer, Office.SECRETARIAT, house.committee)
    day = date(2025, 1, 6)
    round_on(day)
    mails = house.officer.deliveries.filter(channel="email", due_at=at(day, 7, 30))
    assert sorted(mails.values_list("kind", flat=True)) == ["digest", "escalated"]
    said = {mail.kind: set(mail.reminders.values_list("assignment", flat=True)) for mail in mails}
    assert said == {"digest": {house.assignment.pk}, "escalated": {house.coordinating.pk}}


def test_a_substitute_for_two_has_one_digest(house):
    colleague, stand_in = make_user(Office.OFFICER, house.lead), make_user(Office.HEAD, house.lead)
    for person in (house.officer, colleague):
        make_absence(person, stand_in, date(2025, 2, 3))
    round_on(date(2025, 2, 3))
    assert digests(stand_in) == [date(2025, 2, 3)]
