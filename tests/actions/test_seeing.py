"""What is seen in the application need not come again: the same rung by another channel, and nothing beside it."""

from datetime import date

import pytest
from django.utils.translation import override

from accounts.models import Role as Office
from directives.actions.assigning import acknowledge
from directives.actions.seeing import see
from directives.actions.weeding import REPORTED, weed
from directives.models import Assignment, Delivery, Reminder
from directives.models.reminders import LEFT_OFFICE
from tests.actions.conftest import nothing_changes
from tests.make import at, make_assignment, make_user
from tests.rounds import round_on

MINUS_THREE = date(2024, 12, 26)
MINUS_ONE = date(2024, 12, 30)
PLUS_ONE = date(2025, 1, 2)
SEEN = "seen in the application"


def message_of(person, day=MINUS_THREE) -> Delivery:
    """The message of a day in the application, sent; its e-mail still waits."""
    row = person.deliveries.get(channel="in_app", due_at=at(day, 7, 30))
    row.reminders.update(state="sent")
    Delivery.objects.filter(pk=row.pk).update(state="sent", sent_at=at(day, 7, 30))
    return row


def mails_of(person, **which) -> list[tuple[int, str, str]]:
    rows = Reminder.objects.filter(recipient=person, channel="email", **which).exclude(state="superseded", why_not="")
    return list(rows.order_by("rung", "pk").values_list("rung", "state", "why_not"))


def test_the_same_rung_by_email_falls_and_says_why(house):
    round_on(MINUS_THREE)
    assert see(by=house.officer, at=at(MINUS_THREE, 8), message=message_of(house.officer)) == 1
    assert mails_of(house.officer) == [(-3, "superseded", SEEN)]
    mail = house.officer.deliveries.get(channel="email")
    assert weed(mail, at=at(MINUS_THREE, 8)) is False


def test_the_next_rung_comes_by_every_channel(house):
    round_on(MINUS_THREE)
    message_of(house.officer)
    see(by=house.officer, at=at(MINUS_THREE, 8))
    round_on(MINUS_ONE)
    assert mails_of(house.officer) == [(-3, "superseded", SEEN), (-1, "planned", "")]


def test_what_others_hear_of_the_rung_stays(house):
    head = make_user(Office.OFFICER, house.lead)
    round_on(MINUS_THREE)
    see(by=house.officer, at=at(MINUS_THREE, 8), message=message_of(house.officer))
    assert mails_of(head) == [(-3, "planned", "")]


def test_a_rung_of_other_work_stays(house):
    round_on(MINUS_THREE)
    message = message_of(house.officer)
    other = make_assignment(house.lead, directive=house.directive, role="share", due_on=date(2024, 12, 31))
    Assignment.objects.filter(pk=other.pk).update(look_on=MINUS_THREE)
    round_on(MINUS_THREE)
    see(by=house.officer, at=at(MINUS_THREE, 8), message=message)
    assert mails_of(house.officer, assignment=other, rung=-3) == [(-3, "planned", "")]


def test_a_digest_still_lists_what_is_overdue(house):
    round_on(PLUS_ONE)
    see(by=house.officer, at=at(PLUS_ONE, 8), message=message_of(house.officer, PLUS_ONE))
    mail = house.officer.deliveries.get(channel="email")
    assert (mail.reminders.filter(state="planned").count(), weed(mail, at=at(PLUS_ONE, 8))) == (0, True)


def test_what_is_being_sent_at_this_moment_is_left_alone(house):
    round_on(MINUS_THREE)
    house.officer.deliveries.filter(channel="email").update(attempts=1, leased_until=at(MINUS_THREE, 8, 1))
    see(by=house.officer, at=at(MINUS_THREE, 8), message=message_of(house.officer))
    assert mails_of(house.officer) == [(-3, "planned", "")]


def test_what_is_not_in_the_application_yet_cannot_be_seen(house):
    round_on(MINUS_THREE)
    with nothing_changes():
        assert see(by=house.officer, at=at(MINUS_THREE, 7)) == 0


def test_nobody_sees_for_another(house):
    round_on(MINUS_THREE)
    message = message_of(house.officer)
    with nothing_changes():
        assert see(by=house.stranger, at=at(MINUS_THREE, 8), message=message) == 0


def test_acknowledging_stops_nothing(house):
    round_on(MINUS_THREE)
    acknowledge(house.assignment, by=house.officer, at=at(MINUS_THREE, 8))
    assert mails_of(house.officer) == [(-3, "planned", "")]


@pytest.mark.parametrize("number", [1, 12])
def test_seeing_all_costs_the_same_for_any_number(house, number, django_assert_num_queries):
    for period in range(number - 1):
        make_assignment(house.lead, directive=house.directive, period=f"{period}", due_on=date(2024, 12, 31))
    Assignment.objects.update(look_on=MINUS_THREE)
    round_on(MINUS_THREE)
    message_of(house.officer)
    with django_assert_num_queries(6):  # two of them open and close the transaction
        see(by=house.officer, at=at(MINUS_THREE, 8))
    assert mails_of(house.officer) == [(-3, "superseded", SEEN)] * number


@pytest.mark.parametrize(
    ("why_not", "said"),
    [
        ("", ""),
        (SEEN, "đã xem trong hệ thống"),
        ("the account is closed", "tài khoản đã đóng"),
        (LEFT_OFFICE, "người nhận không còn giữ chức vụ hoặc thay chức vụ này"),
        (REPORTED, "đã có báo cáo của tháng"),
        ("put off by the recipient until 30/12/2024", "người nhận hoãn nhắc đến 30/12/2024"),
        ("a reason of another day", "a reason of another day"),
    ],
)
def test_the_ledger_says_its_reasons_in_the_language_of_the_reader(why_not, said):
    with override("vi"):
        assert Reminder(why_not=why_not).why_not_said == said
