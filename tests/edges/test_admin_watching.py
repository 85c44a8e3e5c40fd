"""The desk that watches: what leaves next, what failed, what is tried again, who has not read; and giving up."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role
from directives.actions.holding import hold_sending
from directives.actions.rearming import note_change
from directives.models import Assignment, Delivery, DeliveryState, Event
from directives.rules.working_days import local_day
from tests.actions.conftest import nothing_changes
from tests.make import at, make_assignment, make_delivery, make_ladder, make_user
from tracker import clock

FORM = re.compile(r'<form[^>]* action="([^"]*)"')


@pytest.fixture
def desk(db, client):
    """An administrator's browser, in English."""
    client.force_login(make_user(Role.ADMINISTRATOR))
    client.cookies["django_language"] = "en"
    with override("en"):
        yield client


def watched(client) -> dict:
    return client.get(reverse("admin:watch")).context


def test_the_rungs_of_the_next_working_day_are_told_with_how_much_work_they_speak_of(desk):
    make_ladder()
    tomorrow: date = watched(desk)["tomorrow"]
    given = tomorrow - timedelta(days=30)
    work = make_assignment(due_on=tomorrow, assigned_on=given)
    make_assignment(directive=work.directive, role="share", due_on=tomorrow, assigned_on=given)
    make_assignment(
        directive=work.directive, role="coordinating", due_on=tomorrow, assigned_on=given, state="handed_in"
    )
    (saying,) = watched(desk)["sayings"]
    assert (saying.offset, saying.due_on, saying.many) == ("0", tomorrow, 2)
    assert saying.audiences == "Officers of the agency, Head of the agency"


def test_undated_work_that_will_be_asked_after_is_told_beside_the_rungs(desk):
    make_ladder()
    tomorrow: date = watched(desk)["tomorrow"]
    make_assignment(due_on=None, assigned_on=tomorrow - timedelta(days=30))
    make_assignment(due_on=None, assigned_on=tomorrow - timedelta(days=29))
    (saying,) = watched(desk)["sayings"]
    assert (saying.offset, saying.due_on, saying.many) == ("Review of undated work", None, 1)


def test_what_waits_is_counted_by_kind_and_channel(desk):
    person = make_user(Role.OFFICER)
    for number in range(3):
        make_delivery(person, key=f"cho-{number}", due_at=clock.now())
    make_delivery(person, key="sau", due_at=clock.now() + timedelta(days=30))
    (row,) = watched(desk)["leaving"]
    assert (row["kind"], str(row["channel"]), row["many"]) == ("New assignments", "E-mail", 3)


def test_failed_late_and_held_messages_stand_on_the_page_with_the_reason(desk):
    person = make_user(Role.OFFICER)
    make_delivery(person, key="chet", state="dead", last_error="550 no such user")
    make_delivery(person, key="lai", attempts=2, last_error="451 greylisted", due_at=clock.now())
    make_delivery(person, key="giu", state="held", held_reason="Chờ ý kiến")
    page = desk.get(reverse("admin:watch")).content.decode()
    assert all(words in page for words in ("550 no such user", "451 greylisted", "Chờ ý kiến", "2 attempts"))


def test_why_nothing_leaves_while_the_mail_server_is_away_stands_on_the_page(desk):
    sentence, since = "The mail server cannot be reached: Connection refused", at(date(2025, 3, 4), 7, 30)
    make_delivery(make_user(Role.OFFICER), due_at=since, last_error=sentence)
    make_delivery(make_user(Role.OFFICER), due_at=since)
    assert watched(desk)["late"][0] == 1
    page = desk.get(reverse("admin:watch")).content.decode()
    assert f"waiting since 04/03/2025 07:30, all others of its channel behind it · {sentence}" in page


def test_what_a_sender_just_holds_is_not_told_as_being_tried_again(desk):
    make_delivery(make_user(Role.OFFICER), attempts=1, due_at=clock.now())
    assert watched(desk)["late"][0] == 0


def test_who_has_not_read_is_named_with_the_oldest_message(desk):
    silent, reader = make_user(Role.OFFICER), make_user(Role.OFFICER)
    long_ago = clock.now() - timedelta(days=10)
    for person, seen_at in ((silent, None), (reader, clock.now())):
        make_delivery(person, channel="in_app", state="sent", sent_at=long_ago, seen_at=seen_at)
    make_delivery(reader, channel="in_app", state="sent", sent_at=clock.now())
    (row,) = watched(desk)["unread"]
    assert (row["name"], row["many"], local_day(row["oldest"])) == (silent.name, 1, local_day(long_ago))


def test_who_has_not_read_is_found_by_an_index_of_its_own(desk):
    with CaptureQueriesContext(connection) as asked:
        watched(desk)
    (unread,) = [query["sql"] for query in asked.captured_queries if '"last_login")' in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {unread}")
        plan = "".join(line for (line,) in cursor.fetchall())
    assert "deliveries_unread on directives_delivery" in plan


def test_a_secretariat_watches_what_speaks_of_its_own_notices(client, db):
    make_ladder()
    mine, other = make_assignment(), make_assignment()
    client.force_login(make_user(Role.SECRETARIAT, mine.directive.notice.committee))
    for row in (mine, other):
        make_delivery(make_user(Role.OFFICER, row.agency), assignment=row, notice=row.directive.notice, state="dead")
    many, rows, _address = watched(client)["failed"]
    assert (many, [row.assignment_id for row in rows]) == (1, [mine.pk])


def test_the_page_costs_the_same_for_one_message_and_for_many(desk):
    make_ladder()
    person = make_user(Role.OFFICER)
    make_delivery(person, state="dead")
    watched(desk)  # whatever is read only once is read
    with CaptureQueriesContext(connection) as few:
        watched(desk)
    for number in range(30):
        make_delivery(person, key=f"chet-{number}", state="dead")
        make_delivery(person, key=f"chua-doc-{number}", channel="in_app", state="sent", sent_at=clock.now())
    with CaptureQueriesContext(connection) as many:
        watched(desk)
    assert len(few) == len(many) <= 25


def test_what_is_given_up_leaves_the_pile_with_its_reason(desk):
    message = make_delivery(make_user(Role.OFFICER), state="dead", last_error="550")
    address = reverse("admin:delivery_verb", args=[message.pk, "give-up"])
    assert desk.post(address, {"reason": "Địa chỉ không còn dùng"}).status_code == 302
    message.refresh_from_db()
    assert (message.state, message.held_reason) == (DeliveryState.GIVEN_UP, "Địa chỉ không còn dùng")
    assert Event.objects.get(verb="give_up").reason == "Địa chỉ không còn dùng"
    assert watched(desk)["failed"][0] == 0


REFUSED = {
    "without a reason": ({"state": "dead"}, "", "Please give a reason."),
    "what still waits": ({"state": "waiting"}, "Thôi", "the message is waiting to be sent"),
    "what was sent": ({"state": "sent"}, "Thôi", "the message was sent"),
}


@pytest.mark.parametrize(("fields", "reason", "sentence"), REFUSED.values(), ids=REFUSED)
def test_giving_up_is_refused(desk, fields, reason, sentence):
    message = make_delivery(make_user(Role.OFFICER), **fields)
    with nothing_changes():
        answer = desk.post(reverse("admin:delivery_verb", args=[message.pk, "give-up"]), {"reason": reason})
    assert sentence in answer.content.decode()
    assert (Delivery.objects.count(), Assignment.objects.count()) == (1, 1)


def test_an_auditor_watches_everything_and_acts_on_nothing(client, db):
    dead = make_delivery(make_user(Role.OFFICER), state="dead", last_error="550 no such user")
    client.force_login(make_user(Role.AUDITOR))
    assert "550 no such user" in client.get(reverse("admin:watch")).content.decode()
    pages = [reverse("admin:watch"), reverse("admin:directives_delivery_change", args=[dead.pk])]
    forms = [action for page in pages for action in FORM.findall(client.get(page).content.decode())]
    assert set(forms) == {reverse("set_language"), reverse("admin:logout")}
    with nothing_changes():
        assert client.post(reverse("admin:delivery_verb", args=[dead.pk, "send-again"])).status_code == 403


def test_a_changed_calendar_that_is_still_worked_off_is_told_with_its_hour(desk):
    assert "being planned anew" not in desk.get(reverse("admin:watch")).content.decode()
    note_change(at=at(date(2025, 3, 4), 9, 15))
    note_change(at=at(date(2025, 3, 4), 9, 40))
    assert (
        "Since 04/03/2025 09:15 the reminders are being planned anew"
        in desk.get(reverse("admin:watch")).content.decode()
    )


def test_a_hold_on_sending_is_told_where_one_looks_for_what_waits(desk):
    hold_sending(who="root@may-chu", at=at(date(2025, 3, 4), 9), reason="Khôi phục sau sự cố.")
    page = desk.get(reverse("admin:watch")).content.decode()
    assert "Sending is on hold since 04/03/2025 09:00, by root@may-chu: Khôi phục sau sự cố." in page
