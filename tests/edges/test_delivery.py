"""The queue of messages against a real SMTP server: nothing lost, nothing twice, nothing after it should stop."""

from collections import Counter
from datetime import date, timedelta

import pytest

from accounts.models import Role, User
from directives.actions.reminding import remind_all
from directives.actions.reporting import hand_in
from directives.models import Delivery, DeliveryState, Reminder, ReminderState
from directives.rules.lifecycle import State
from tests.make import (
    at,
    make_agency,
    make_assignment,
    make_calendar,
    make_delivery,
    make_ladder,
    make_reminder,
    make_user,
)
from tests.postbox import CUT, Postbox, listening
from tracker.delivery.claiming import LEASE, MOST_ATTEMPTS, claim
from tracker.delivery.deliver import deliver, deliver_waiting

pytestmark = pytest.mark.django_db
TUESDAY = date(2025, 3, 4)
MORNING = at(TUESDAY, 7, 30)  # every message of these tests is due then
AFTERWARDS = MORNING + timedelta(days=1)


@pytest.fixture
def officer() -> User:
    return make_user(Role.OFFICER, make_agency("Bộ Công an"))


def state_of(row: Delivery) -> tuple[str, int, str]:
    """State, attempts and last error as they stand in the database."""
    row.refresh_from_db()
    return row.state, row.attempts, row.last_error


def digest(recipient: User, **fields: object) -> Delivery:
    """A digest with one reminder of the recipient's agency's work."""
    row = make_delivery(recipient, kind="digest", **fields)
    make_reminder(row, make_assignment(recipient.offices.get().agency))
    return row


# --- what leaves, and what does not


def test_a_due_message_leaves_once(postbox, officer):
    row = digest(officer)
    assert [deliver_waiting(now=MORNING), deliver_waiting(now=AFTERWARDS)] == [1, 0]
    assert postbox.addresses == [officer.email]
    assert state_of(row) == (DeliveryState.SENT, 1, "")
    assert (row.leased_until, row.subject != "", row.body != "") == (None, True, True)
    assert [reminder.state for reminder in row.reminders.all()] == [ReminderState.SENT]


def test_nothing_leaves_before_its_hour(postbox, officer):
    row = digest(officer)
    assert deliver_waiting(now=MORNING - timedelta(seconds=1)) == 0
    assert state_of(row) == (DeliveryState.WAITING, 0, "")
    assert postbox.connections == 0


@pytest.mark.parametrize("state", [State.HANDED_IN, State.DONE, State.DECLINED, State.SUSPENDED, State.WITHDRAWN])
def test_what_is_no_longer_owed_is_not_sent(postbox, officer, state):
    row = digest(officer)
    assignment = row.reminders.get().assignment
    assignment.state = state
    assignment.handed_in_on = assignment.done_on = assignment.due_on if state in (State.DONE, State.HANDED_IN) else None
    assignment.done_on = assignment.due_on if state == State.DONE else None
    assignment.save()
    assert deliver_waiting(now=MORNING) == 0
    assert postbox.letters == []
    assert state_of(row) == (DeliveryState.SUPERSEDED, 0, "")
    assert row.reminders.get().state == ReminderState.CANCELLED


def test_a_hand_in_between_planning_and_sending_stops_what_was_planned(postbox, officer):
    make_calendar()
    make_ladder()
    assignment = make_assignment(officer.offices.get().agency, due_on=TUESDAY, look_on=TUESDAY)
    remind_all(now=at(TUESDAY, 0, 5), today=TUESDAY)
    planned = Reminder.objects.filter(state=ReminderState.PLANNED, channel="email")
    assert list(planned.values_list("rung", "recipient")) == [(0, officer.pk)]
    hand_in(assignment, by=officer, at=at(TUESDAY, 7, 29), text="Đã hoàn thành.")
    assert deliver_waiting(now=MORNING) == 0
    assert postbox.letters == []
    assert set(Delivery.objects.filter(kind="digest").values_list("channel", "state")) == {
        ("email", DeliveryState.SUPERSEDED),
        ("in_app", DeliveryState.SUPERSEDED),
    }


def test_whoever_left_office_gets_nothing_more(postbox, officer):
    row = digest(officer)
    officer.offices.update(ends_on=date(2025, 3, 3))
    assert deliver_waiting(now=MORNING) == 0
    assert postbox.letters == []
    assert state_of(row)[0] == DeliveryState.SUPERSEDED


def test_an_extended_date_silences_the_reminder_of_the_old_one(postbox, officer):
    row = digest(officer)
    assignment = row.reminders.get().assignment
    assignment.due_version += 1
    assignment.save()
    assert deliver_waiting(now=MORNING) == 0
    assert (postbox.letters, state_of(row)[0]) == ([], DeliveryState.SUPERSEDED)


def test_news_of_work_that_was_taken_back_is_not_sent(postbox, officer):
    agency = officer.offices.get().agency
    assignment = make_assignment(agency)
    row = make_delivery(officer, notice=assignment.directive.notice)
    assignment.state = State.WITHDRAWN
    assignment.save()
    assert deliver_waiting(now=MORNING) == 0
    assert (postbox.letters, state_of(row)[0]) == ([], DeliveryState.SUPERSEDED)


def test_a_message_in_the_application_is_its_row(officer, postbox):
    row = digest(officer, channel="in_app")
    assert [deliver_waiting(now=MORNING), deliver_waiting(now=AFTERWARDS)] == [1, 0]
    assert list(Delivery.objects.unread_by(officer)) == [row]
    row.refresh_from_db()
    assert "http" not in row.body
    assert postbox.connections == 0


# --- failures


def test_a_refusal_for_now_is_tried_again_later(postbox, officer):
    postbox.to_recipient[officer.email] = ["451 Try again later"]
    row = digest(officer)
    assert deliver(now=MORNING) == Counter(failed=1)
    assert state_of(row) == (DeliveryState.WAITING, 1, "451 Try again later")
    assert timedelta(seconds=48) <= row.due_at - MORNING <= timedelta(seconds=75)
    assert row.leased_until is None
    assert deliver_waiting(now=MORNING + timedelta(seconds=40)) == 0
    assert deliver_waiting(now=MORNING + timedelta(seconds=80)) == 1
    assert state_of(row) == (DeliveryState.SENT, 2, "")


@pytest.mark.parametrize("stage", ["recipient", "text"])
def test_a_refusal_for_good_is_a_dead_letter_and_stops_nobody_else(postbox, officer, stage):
    if stage == "recipient":
        postbox.to_recipient[officer.email] = ["550 No such mailbox"]
    else:
        postbox.to_text = ["550 No such mailbox"]
    other = make_user(Role.OFFICER)
    dead, fine = digest(officer), digest(other)
    assert deliver(now=MORNING) == Counter(dead=1, sent=1)
    assert state_of(dead) == (DeliveryState.DEAD, 1, "550 No such mailbox")
    assert state_of(fine)[0] == DeliveryState.SENT
    assert postbox.addresses == [other.email]
    assert postbox.connections == 1


def test_the_tenth_failure_is_the_last(postbox, officer):
    postbox.to_recipient[officer.email] = ["451 Later"] * MOST_ATTEMPTS
    row, now = digest(officer), MORNING
    for _attempt in range(MOST_ATTEMPTS):
        deliver(now=now)
        row.refresh_from_db()
        now = max(now, row.due_at)
    assert state_of(row) == (DeliveryState.DEAD, 10, "451 Later")
    assert timedelta(hours=16) < now - MORNING < timedelta(hours=30)
    assert deliver_waiting(now=now + timedelta(days=30)) == 0


def test_a_server_that_is_down_costs_no_attempt_and_loses_nothing(smtp_port, officer):
    rows = [digest(make_user(Role.OFFICER)) for _row in range(3)]
    for minute in range(MOST_ATTEMPTS + 2):
        assert deliver(now=MORNING + timedelta(minutes=minute)) == Counter(down=1)
    assert [state_of(row)[:2] for row in rows] == [(DeliveryState.WAITING, 0)] * 3
    assert rows[0].last_error != ""
    with listening(Postbox(), smtp_port) as postbox:
        assert deliver_waiting(now=MORNING + timedelta(hours=1)) == 3
    assert len(postbox.letters) == 3
    assert [state_of(row) for row in rows] == [(DeliveryState.SENT, 1, "")] * 3


def test_a_server_that_does_not_take_our_sender_costs_no_attempt(postbox, officer):
    postbox.to_sender = ["530 Log in first"]
    row = digest(officer)
    assert deliver(now=MORNING) == Counter(down=1)
    assert state_of(row)[:2] == (DeliveryState.WAITING, 0)
    assert "530 Log in first" in row.last_error


@pytest.mark.parametrize("answer", ["421 Too many messages on this connection", CUT])
def test_a_server_that_ends_the_connection_between_messages_gets_a_new_one(postbox, officer, answer):
    postbox.to_sender = ["250 OK", answer]
    for _row in range(3):
        digest(make_user(Role.OFFICER))
    assert deliver_waiting(now=MORNING) == 3
    assert (len(postbox.letters), postbox.connections) == (3, 2)


@pytest.mark.parametrize("answer", ["421 Shutting down", CUT])
def test_a_connection_that_breaks_over_a_message_costs_only_that_one_an_attempt(postbox, officer, answer):
    postbox.to_text = [answer]
    rows = [digest(make_user(Role.OFFICER)) for _row in range(3)]
    assert deliver(now=MORNING) == Counter(failed=1)
    assert [state_of(row)[1] for row in rows] == [1, 0, 0]
    assert deliver_waiting(now=MORNING + timedelta(minutes=2)) == 3


def test_a_message_that_cannot_be_rendered_stops_nobody_else(postbox, officer):
    broken, fine = make_delivery(officer, kind="unheard_of"), digest(make_user(Role.OFFICER))
    assert deliver(now=MORNING) == Counter(failed=1, sent=1)
    assert state_of(broken) == (DeliveryState.WAITING, 1, "TemplateDoesNotExist('messages/unheard_of-subject.txt')")
    assert state_of(fine)[0] == DeliveryState.SENT


# --- leases and tokens


def test_a_claim_is_one_senders_until_its_lease_is_over(officer):
    row = digest(officer)
    (claimed,) = claim("email", at=MORNING).rows
    assert (claimed, claimed.token, claimed.attempts) == (row, 1, 1)
    assert claim("email", at=MORNING + LEASE).found is False
    (again,) = claim("email", at=MORNING + LEASE + timedelta(seconds=1)).rows
    assert (again, again.token, again.attempts) == (row, 2, 2)


def test_what_a_sender_died_over_twice_comes_alone(officer):
    rows = [digest(officer, due_at=MORNING - timedelta(hours=3 - number)) for number in range(3)]
    for turn, sizes in enumerate([[3], [3], [1, 1, 1]]):
        at = MORNING + turn * (LEASE + timedelta(seconds=1))
        claims = [claim("email", at=at).rows for _claim in sizes]
        assert [len(claimed) for claimed in claims] == sizes
        assert [row for claimed in claims for row in claimed] == rows


def test_a_message_over_which_ten_senders_died_is_a_dead_letter(officer, postbox):
    row = digest(officer)
    Delivery.objects.filter(pk=row.pk).update(attempts=MOST_ATTEMPTS)
    assert deliver(now=MORNING) == Counter(dead=1)
    state, attempts, error = state_of(row)
    assert (state, attempts, error != "") == (DeliveryState.DEAD, MOST_ATTEMPTS, True)
    assert postbox.letters == []


def test_a_repeat_after_a_crash_has_the_same_message_id(postbox, officer):
    row = make_delivery(officer)
    deliver_waiting(now=MORNING)
    # The sender died after the server had taken the mail and before the outcome was noted.
    Delivery.objects.filter(pk=row.pk).update(state=DeliveryState.WAITING, leased_until=MORNING + LEASE)
    assert deliver_waiting(now=MORNING + LEASE) == 0
    assert deliver_waiting(now=MORNING + LEASE + timedelta(seconds=1)) == 1
    first, second = postbox.letters
    assert first["Message-ID"] == second["Message-ID"] == f"<{row.uuid}@vpcp.example>"
