"""A sender that is killed while it sends: nothing is lost, and only the message under way may leave twice."""

import os
import signal
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from accounts.models import Role
from directives.models import Delivery, DeliveryState
from tests.chaos.processes import FORK
from tests.make import make_delivery, make_user
from tests.postbox import PATIENCE
from tracker import clock
from tracker.delivery.claiming import LEASE
from tracker.delivery.deliver import deliver

MESSAGES = 10


@pytest.mark.django_db(transaction=True)
def test_a_sender_that_is_killed_over_a_message_loses_none_and_repeats_one(postbox):
    people = [make_user(Role.OFFICER) for _person in range(MESSAGES)]
    rows = [make_delivery(person, due_at=clock.now()) for person in people]
    now = clock.now()
    postbox.open.clear()  # the server has the text and has not answered
    connection.close()
    sender = FORK.Process(target=deliver, kwargs={"now": now})
    sender.start()
    assert postbox.knocked.wait(PATIENCE)
    os.kill(sender.pid, signal.SIGKILL)
    sender.join()
    postbox.open.set()
    assert set(Delivery.objects.values_list("state", "attempts")) == {(DeliveryState.WAITING, 1)}
    assert deliver(now=now + LEASE) == Counter()
    assert deliver(now=now + LEASE + timedelta(seconds=30)) == Counter(sent=MESSAGES)
    left = Counter(letter["Message-ID"] for letter in postbox.letters)
    assert sorted(left) == sorted(f"<{row.uuid}@vpcp.example>" for row in rows)
    # Whether the server still took the letter of a sender that was gone is the server's affair.
    assert sorted(left.values()) in ([1] * MESSAGES, [1] * (MESSAGES - 1) + [2])
    assert set(Delivery.objects.values_list("state", "attempts")) == {(DeliveryState.SENT, 2)}


@pytest.mark.django_db(transaction=True)
def test_a_message_over_which_senders_die_takes_no_other_with_it(postbox):
    first, *others = [make_delivery(make_user(Role.OFFICER), due_at=clock.now()) for _row in range(5)]
    now = clock.now()
    # Ten senders died, each over the first, the first of them with all in its claim.
    died = {"leased_until": now, "token": 1}
    Delivery.objects.update(attempts=1, **died)
    Delivery.objects.filter(pk=first.pk).update(attempts=10, token=10)
    tally = deliver(now=now + timedelta(seconds=1))
    assert tally == Counter(sent=len(others), dead=1)
    first.refresh_from_db()
    assert first.state == DeliveryState.DEAD
