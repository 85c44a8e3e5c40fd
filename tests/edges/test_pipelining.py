"""A mail server that takes several commands at once hears of the next mail while the last one is being noted."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta

import pytest

from accounts.models import Role, User
from directives.models import Assignment, Delivery, DeliveryState
from directives.rules.lifecycle import State
from tests.make import at, make_assignment, make_delivery, make_reminder, make_user
from tests.postbox import CUT, Postbox, listening
from tracker.delivery.channels.email import EmailChannel
from tracker.delivery.claiming import LEASE, claim
from tracker.delivery.deliver import Sending, deliver

pytestmark = pytest.mark.django_db
MORNING = at(date(2025, 3, 4), 7, 30)
HELD_UP = MORNING + timedelta(seconds=2)


@pytest.fixture
def postbox(smtp_port: int) -> Iterator[Postbox]:
    with listening(Postbox(pipelining=True), smtp_port) as postbox:
        yield postbox


@pytest.fixture
def officers() -> list[User]:
    return [make_user(Role.OFFICER) for _officer in range(3)]


@pytest.fixture
def digests(officers) -> list[Delivery]:
    """One for each officer, each with one reminder."""
    rows = [make_delivery(officer, kind="digest") for officer in officers]
    for row in rows:
        make_reminder(row, make_assignment(row.recipient.offices.get().agency))
    return rows


@pytest.mark.parametrize(("offered", "told_at_once"), [(True, 3), (False, 0)], ids=["offered", "not offered"])
def test_commands_are_only_sent_at_once_to_a_server_that_offers_to_take_them(
    smtp_port, officers, digests, offered, told_at_once
):
    with listening(Postbox(pipelining=offered), smtp_port) as plain:
        assert deliver(now=MORNING) == Counter(sent=3)
    assert plain.addresses == sorted(officer.email for officer in officers)
    assert (plain.interrupted, plain.connections) == (told_at_once, 1)


def states() -> list[tuple[str, int, str]]:
    return list(Delivery.objects.order_by("pk").values_list("state", "attempts", "last_error"))


def test_all_mails_arrive_over_one_connection(postbox, officers, digests):
    assert deliver(now=MORNING) == Counter(sent=3)
    assert [letter["X-RcptTo"] for letter in postbox.letters] == [officer.email for officer in officers]
    assert [letter["X-MailFrom"] for letter in postbox.letters] == ["dondoc@vpcp.example"] * 3
    assert all(letter["Subject"] and letter.get_body(("plain",)).get_content() for letter in postbox.letters)
    assert postbox.connections == 1


@pytest.mark.parametrize("asks_for_text_anyway", [False, True])
@pytest.mark.parametrize("refused", [0, 1, 2])
def test_a_refused_recipient_is_a_dead_letter_and_stops_nobody_else(
    postbox, officers, digests, refused, asks_for_text_anyway
):
    postbox.to_recipient[officers[refused].email] = ["550 No such mailbox"]
    if asks_for_text_anyway:
        postbox.asks_for_text_anyway = True
        postbox.to_text = ["250 OK"] * refused + ["554 No valid recipients"]
    assert deliver(now=MORNING) == Counter(sent=2, dead=1)
    assert states()[refused] == (DeliveryState.DEAD, 1, "550 No such mailbox")
    assert postbox.addresses == sorted(officer.email for officer in officers if officer != officers[refused])
    assert postbox.connections == 1


def test_a_server_that_does_not_take_our_sender_costs_no_attempt(postbox, digests):
    postbox.to_sender = ["530 Log in first"]
    assert deliver(now=MORNING) == Counter(down=1)
    assert [state[:2] for state in states()] == [(DeliveryState.WAITING, 0)] * 3
    assert "530 Log in first" in states()[0][2]


@pytest.mark.parametrize("answer", ["421 Too many messages on this connection", CUT])
def test_a_server_that_ends_the_connection_between_messages_gets_a_new_one(postbox, digests, answer):
    postbox.to_sender = ["250 OK", answer]
    assert deliver(now=MORNING) == Counter(sent=3)
    assert (len(postbox.letters), postbox.connections) == (3, 2)


@pytest.mark.parametrize("answer", ["421 Shutting down", CUT])
def test_a_connection_that_breaks_over_a_message_costs_only_that_one_an_attempt(postbox, digests, answer):
    postbox.to_text = ["250 OK", answer]
    assert deliver(now=MORNING) == Counter(sent=1, failed=1)
    assert [(state, attempts) for state, attempts, _error in states()] == [
        (DeliveryState.SENT, 1),
        (DeliveryState.WAITING, 1),
        (DeliveryState.WAITING, 0),
    ]
    assert deliver(now=MORNING + timedelta(minutes=2)) == Counter(sent=2)


class Stopping(EmailChannel):
    """The work of one officer is suspended just when the server has been told of the mail to them."""

    def __init__(self, officer: User) -> None:
        super().__init__()
        self.officer = officer

    def announce(self, packed: tuple[str, bytes]) -> None:
        super().announce(packed)
        if packed[0] == self.officer.email:
            agencies = self.officer.offices.values("agency")
            Assignment.objects.filter(agency__in=agencies).update(state=State.SUSPENDED)


def test_whoever_was_announced_gets_nothing_when_it_is_stopped_then(postbox, officers, digests):
    claimed = claim("email", at=MORNING)
    until_the_first_is_noted = iter([MORNING, MORNING])
    tally: Counter[str] = Counter()
    with closing(Stopping(officers[1])) as channel:
        sending = Sending(claimed, channel, lambda: next(until_the_first_is_noted, HELD_UP), tally, claimed_at=MORNING)
        sending.run(HELD_UP + LEASE)
    assert +tally == Counter(sent=2, superseded=1)
    assert postbox.addresses == sorted([officers[0].email, officers[2].email])
    assert all(letter["Subject"] for letter in postbox.letters)
    assert postbox.connections == 2


@pytest.mark.parametrize("address", ["a@b.example>\r\nRCPT TO:<ai@do.example", "ở@dondoc.example", "a@.example"])
def test_what_cannot_stand_in_a_command_is_not_put_on_the_wire(postbox, officers, digests, address):
    User.objects.filter(pk=officers[1].pk).update(email=address)
    assert deliver(now=MORNING) == Counter(sent=2, failed=1)
    assert states()[1][:2] == (DeliveryState.WAITING, 1)
    assert postbox.addresses == sorted([officers[0].email, officers[2].email])
