"""Webhooks with several senders: none sends what another has in hand, and no endpoint waits for one that hangs."""

import os
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, connections

from directives.models import Call, CallState, Subscription
from soak.webhooks import Size, measure
from tests.chaos.processes import FORK
from tests.edges.called import calls, states, subscribed, touch
from tests.listener import OK, listening, repeats, trust
from tests.make import make_agency, make_issued
from tracker import clock
from tracker.webhooks.calling import call_waiting
from tracker.webhooks.claiming import LEASE

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 30  # seconds


def send() -> Counter[str]:
    try:
        return call_waiting(now=clock.now(), lanes=3)
    finally:
        connections.close_all()


def test_four_senders_send_each_call_once():
    with listening() as first, listening() as second:
        trust(first, second)
        agency = make_agency()
        (work,) = make_issued(agency)
        for listener in (first, second):
            subscribed(agency, listener)
        touch(work, 20)
        with ThreadPoolExecutor(4) as senders:
            done = [senders.submit(send) for _sender in range(4)]
            tallies = sum((one.result() for one in done), Counter())
    assert tallies == {CallState.TAKEN: 40}
    for listener in (first, second):
        told = [one.told["data"]["sequence"] for one in listener.changes]
        assert told == sorted(told)
        assert len(set(told)) == 20
    assert set(Call.objects.values_list("state", "attempts")) == {(CallState.TAKEN, 1)}


def test_a_sender_that_is_killed_loses_nothing_and_repeats_one_call_under_its_id():
    knocked, open_again = Event(), Event()

    def hang_once(sent):
        if "challenge" not in sent.told["data"] and not knocked.is_set():
            knocked.set()
            open_again.wait(PATIENCE)
        return repeats(sent)

    with listening() as listener:
        trust(listener)
        agency = make_agency()
        (work,) = make_issued(agency)
        row, _secret = subscribed(agency, listener)
        listener.reply = hang_once
        touch(work, 3)
        connection.close()
        sender = FORK.Process(target=send)
        sender.start()
        assert knocked.wait(PATIENCE)
        os.kill(sender.pid, signal.SIGKILL)
        sender.join()
        open_again.set()
        assert states(row) == ["waiting"] * 3
        assert send() == {}  # the lease of the dead
        Subscription.objects.update(leased_until=clock.now() - LEASE)
        assert send() == {CallState.TAKEN: 3}
    ids = [one.headers["webhook-id"] for one in listener.changes]
    assert ids == [calls(row)[0].message, *(call.message for call in calls(row))]


def test_an_endpoint_that_hangs_keeps_no_other_waiting():
    outcome = measure(Size(hanging=30, calls=20, a_second=10, hangs_for=1.5))
    assert outcome.taken == 20
    assert outcome.p99 < 5


def test_a_pass_ends_by_itself(monkeypatch):
    with listening() as listener:
        trust(listener)
        agency = make_agency()
        (work,) = make_issued(agency)
        subscribed(agency, listener)
        listener.reply = lambda _sent: OK
        touch(work)
        begun = time.monotonic()
        assert send() == {CallState.TAKEN: 1}
        assert time.monotonic() - begun < 5
