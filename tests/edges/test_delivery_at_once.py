"""Several senders at the same queue, against a real SMTP server: each message leaves once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from accounts.models import Role
from directives.models import Delivery, DeliveryState
from tests.make import (
    at,
    make_assignment,
    make_delivery,
    make_reminder,
    make_user,
)
from tests.postbox import PATIENCE
from tracker.delivery.claiming import LEASE, claim
from tracker.delivery.deliver import deliver_waiting

pytestmark = pytest.mark.django_db(transaction=True)
TUESDAY = date(2025, 3, 4)
MORNING = at(TUESDAY, 7, 30)  # every message of these tests is due then


def in_a_thread(now: datetime) -> int:
    """One pass as another process would make it, with a connection of its own."""
    try:
        return deliver_waiting(now=now)
    finally:
        connection.close()


def test_a_slow_sender_whose_lease_ran_out_does_not_mark_the_row(postbox):
    officer = make_user(Role.OFFICER)
    row = make_delivery(officer, kind="digest")
    make_reminder(row, make_assignment(officer.offices.get().agency))
    later = MORNING + LEASE + timedelta(minutes=1)
    postbox.open.clear()
    with ThreadPoolExecutor(1) as slow:
        waiting = slow.submit(in_a_thread, MORNING)
        assert postbox.knocked.wait(PATIENCE)
        assert claim("email", at=later).rows == [row]
        postbox.open.set()
        assert waiting.result(PATIENCE) == 0
    row.refresh_from_db()
    assert (row.state, row.attempts, row.last_error) == (DeliveryState.WAITING, 2, "")
    assert (row.token, row.leased_until, row.sent_at) == (2, later + LEASE, None)


def test_eight_senders_at_once_send_each_message_once(postbox):
    people = [make_user(Role.OFFICER) for _person in range(20)]
    for person in people:
        assignment = make_assignment(person.offices.get().agency)
        for number in range(10):
            make_delivery(person, assignment=assignment, channel="in_app" if number % 2 else "email")
    with ThreadPoolExecutor(8) as senders:
        sent = list(senders.map(in_a_thread, [MORNING] * 8))
    assert sum(sent) == 200
    assert Counter(postbox.addresses) == {person.email: 5 for person in people}
    assert len({letter["Message-ID"] for letter in postbox.letters}) == 100
    assert set(Delivery.objects.values_list("state", "attempts", "token")) == {(DeliveryState.SENT, 1, 1)}
