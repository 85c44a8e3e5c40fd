"""How a sender behaves: no transaction while it sends, asking again when it was held up, and the operator's command."""

from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from itertools import chain, count, repeat

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils.translation import override

from accounts.models import Role
from directives.models import Delivery, DeliveryState
from directives.rules.lifecycle import State
from tests.make import at, make_agency, make_assignment, make_delivery, make_reminder, make_user
from tracker import clock, tasks
from tracker.delivery import deliver
from tracker.delivery.channels import Channel, Message, new_channel
from tracker.delivery.channels.email import EmailChannel
from tracker.delivery.channels.in_app import InAppChannel
from tracker.delivery.claiming import LEASE, Claimed, claim
from tracker.delivery.deliver import Sending, deliver_waiting
from tracker.delivery.noting import wait_after

pytestmark = pytest.mark.django_db
MORNING = at(date(2025, 3, 4), 7, 30)
HELD_UP = MORNING + timedelta(seconds=2)


class Witness(Channel):
    """A channel that notes whether a transaction was open when it was handed a message."""

    in_transaction: list[bool] = []

    def open(self) -> None:
        self.in_transaction.clear()

    def send(self, packed: Message) -> None:
        self.in_transaction.append(connection.in_atomic_block)


@pytest.fixture
def digest() -> Delivery:
    """A digest for an officer, with one reminder."""
    officer = make_user(Role.OFFICER, make_agency("Bộ Công an"))
    row = make_delivery(officer, kind="digest")
    make_reminder(row, make_assignment(officer.offices.get().agency))
    return row


def outcome_when_held_up(claimed: Claimed) -> Counter[str]:
    """What becomes of a claim that is two seconds old when its sender goes on."""
    tally: Counter[str] = Counter()
    with closing(EmailChannel()) as channel:
        Sending(claimed, channel, lambda: HELD_UP, tally, claimed_at=MORNING).run(HELD_UP + LEASE)
    return tally


def test_no_channel_waits_for_the_backlog_of_another(monkeypatch, postbox, digest):
    """Each has some seconds by turns; in the application more waits than a pass has time for."""
    monkeypatch.setattr(deliver, "BATCH", 2)
    officer = digest.recipient
    for _row in range(20):
        make_delivery(officer, channel="in_app", due_at=MORNING - timedelta(hours=1))
    seconds = chain.from_iterable(repeat(timedelta(seconds=second), 8) for second in count(0, 10))
    monkeypatch.setattr(clock, "running_from", lambda now: lambda: now + next(seconds))
    tally = deliver.deliver(now=MORNING)
    assert len(postbox.letters) == 1
    assert 0 < Delivery.objects.filter(channel="in_app", state=DeliveryState.WAITING).count() < 20
    assert tally[DeliveryState.SENT] == Delivery.objects.filter(state=DeliveryState.SENT).count()


def test_the_channel_that_waited_longest_comes_first(monkeypatch, postbox, digest):
    """So that senders who die over the mails of one channel do not starve the others."""
    officer = digest.recipient
    for channel, hours in (("in_app", 1), ("messenger", 3)):
        make_delivery(officer, channel=channel, due_at=MORNING - timedelta(hours=hours))
    opened = []
    monkeypatch.setattr(deliver, "new_channel", lambda name: opened.append(name) or new_channel(name))
    deliver.deliver(now=MORNING)
    assert opened == ["messenger", "in_app", "email"]


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_message_is_sent(settings, digest):
    settings.DELIVERY_CHANNELS = {"email": "tests.edges.test_senders.Witness"}
    assert deliver_waiting(now=MORNING) == 1
    assert Witness.in_transaction == [False]


def test_a_sender_that_was_held_up_asks_again_and_renews_its_lease(postbox, digest):
    assert outcome_when_held_up(claim("email", at=MORNING)) == Counter(sent=1)
    assert len(postbox.letters) == 1


def test_a_sender_that_was_held_up_sends_nothing_after_a_stop(postbox, digest):
    claimed = claim("email", at=MORNING)
    assignment = digest.reminders.get().assignment
    assignment.state, assignment.handed_in_on = State.HANDED_IN, assignment.due_on
    assignment.save()
    assert outcome_when_held_up(claimed) == Counter(superseded=1)
    assert postbox.letters == []
    digest.refresh_from_db()
    assert (digest.state, digest.leased_until) == (DeliveryState.SUPERSEDED, None)


def test_a_sender_that_was_held_up_shows_nothing_in_the_application_after_a_stop(digest):
    Delivery.objects.update(channel="in_app")
    claimed = claim("in_app", at=MORNING)
    digest.reminders.get().assignment.directive.assignments.update(state=State.SUSPENDED)
    # The claim was fresh when the message was written; then the sender lay still.
    moments = chain([MORNING], repeat(HELD_UP))
    tally: Counter[str] = Counter()
    Sending(claimed, InAppChannel(), lambda: next(moments), tally, claimed_at=MORNING).run(HELD_UP + LEASE)
    assert +tally == Counter(superseded=1)
    digest.refresh_from_db()
    assert (digest.state, digest.body, digest.sent_at) == (DeliveryState.SUPERSEDED, "", None)


def test_a_sender_that_was_held_up_leaves_alone_what_another_has_taken(postbox, digest):
    claimed = claim("email", at=MORNING)
    (other,) = claim("email", at=MORNING + LEASE + timedelta(seconds=1)).rows
    assert outcome_when_held_up(claimed) == Counter()
    assert postbox.letters == []
    digest.refresh_from_db()
    assert (digest.state, digest.token, digest.leased_until) == (
        DeliveryState.WAITING,
        other.token,
        other.leased_until,
    )


def test_waits_grow_and_end_at_six_hours():
    minutes = [1, 3, 9, 27, 81, 243, 360, 360, 360]
    for attempts, expected in enumerate(minutes, start=1):
        waits = {wait_after(attempts) for _try in range(20)}
        assert len(waits) > 1  # so that they do not come back together
        assert all(timedelta(minutes=expected * 0.8) <= wait <= timedelta(minutes=expected * 1.2) for wait in waits)


def test_the_command_makes_one_pass_and_says_what_came_of_it(postbox, digest, capsys):
    postbox.to_recipient["dead@dondoc.example"] = ["550 No such mailbox"]
    make_delivery(make_user(Role.OFFICER, email="dead@dondoc.example"))
    make_delivery(make_user(Role.OFFICER), due_at=clock.now() + timedelta(days=1))
    with override("en"):
        call_command("deliver")
    assert capsys.readouterr().out.splitlines() == [
        "1 sent, 0 no longer needed, 0 to be tried again, 1 given up.",
        "1 still wait, 1 could not be delivered.",
    ]


def test_the_command_says_why_a_channel_is_down(smtp_port, digest, capsys):
    with override("en"):
        call_command("deliver")
    assert "A channel is down: The mail server cannot be reached: " in capsys.readouterr().out


def test_a_tick_delivers_what_waits(postbox, digest):
    assert tasks.deliver() == 1
    assert len(postbox.letters) == 1
