"""Calls that are put into words together: each is still asked of anew, right before it leaves."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from standardwebhooks import Webhook

from accounts.models import Role
from directives.actions import subscriptions
from directives.actions.holding import hold_sending
from directives.actions.spreading import spread_changes
from directives.models import Subscription
from tests.edges.called import SECOND, call_all, calls, states, subscribed, touch
from tests.make import make_key, make_user
from tracker import clock
from tracker.webhooks import calling, claiming
from tracker.webhooks.claiming import Waiting, claim_call, claim_endpoint

pytestmark = pytest.mark.django_db


def test_twenty_are_put_into_words_together_and_go_over_one_connection(listener, ministries, monkeypatch):
    batches: list[int] = []
    worded = claiming.bodies_of
    monkeypatch.setattr(
        claiming, "bodies_of", lambda row, found, **how: batches.append(len(found)) or worded(row, found, **how)
    )
    row, _secret = subscribed(ministries["ministry"], listener)
    touch(ministries["own"], 45)
    batches.clear()
    opened = listener.connections
    assert call_all(clock.now())["taken"] == 45
    assert batches == [20, 20, 5, 0]
    assert listener.connections - opened == 1
    told = [one.told["data"]["sequence"] for one in listener.changes]
    assert told == sorted(told)
    assert set(states(row)) == {"taken"}
    assert {call.attempts for call in calls(row)} == {1}


def test_only_the_call_that_is_made_counts_as_attempted(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    touch(ministries["own"], 5)
    spread_changes(at=(now := clock.now()))
    waiting = Waiting()
    assert claim_call(claim_endpoint(at=now), waiting, at=now).call == calls(row)[0]
    assert len(waiting.bodies) == 4
    assert [call.attempts for call in calls(row)] == [1, 0, 0, 0, 0]


HAPPENS: dict[str, Callable[[Subscription], object]] = {
    "paused": lambda row: subscriptions.pause(row, by=make_user(Role.ADMINISTRATOR), at=clock.now()),
    "ended": lambda row: subscriptions.end(row, by=make_user(Role.ADMINISTRATOR), at=clock.now()),
    "its key revoked": lambda row: type(row.key).objects.filter(pk=row.key_id).update(revoked_at=clock.now()),
    "sending on hold": lambda _row: hold_sending(who="admin", at=clock.now(), reason="Phục hồi dữ liệu"),
    "another endpoint": lambda row: subscriptions.change(
        row, by=make_user(Role.ADMINISTRATOR), at=clock.now(), endpoint=row.endpoint.replace("/hook", "/moi")
    ),
}


@pytest.fixture
def amid(monkeypatch) -> Callable[[int, Callable[[], object]], None]:
    """Let something happen right after so many attempts, before anything is noted of the last."""
    made, real = count(1), calling.attempt

    def happen(many: int, what: Callable[[], object]) -> None:
        def attempt(*asked: Any, **how: Any) -> Any:
            outcome = real(*asked, **how)
            if next(made) == many:
                what()
            return outcome

        monkeypatch.setattr(calling, "attempt", attempt)

    return happen


@pytest.mark.parametrize("happens", HAPPENS.values(), ids=HAPPENS)
def test_what_happens_amid_a_batch_holds_from_the_next_call_on(listener, ministries, amid, happens):
    key, _plain = make_key(ministries["ministry"], scopes=("read", "subscribe"))
    row, _secret = subscribed(ministries["ministry"], listener, by=key.acting())
    touch(ministries["own"], 4)
    amid(2, lambda: happens(Subscription.objects.get(pk=row.pk)))
    call_all(clock.now())
    assert [one.path for one in listener.changes] == ["/hook", "/hook"]
    assert [call.attempts for call in calls(row)] == [1, 1, 0, 0]


def test_a_secret_that_is_in_wrong_hands_signs_not_one_more(listener, ministries, amid):
    row, first = subscribed(ministries["ministry"], listener)
    touch(ministries["own"], 3)
    turned: list[str] = []

    def turn() -> None:
        by = make_user(Role.ADMINISTRATOR)
        turned.append(subscriptions.rotate_secret(row, by=by, at=clock.now(), overlap_hours=0)[1])

    amid(1, turn)
    call_all(clock.now())
    for secret, sent in zip((first, turned[0], turned[0]), listener.changes, strict=True):
        Webhook(secret).verify(sent.body, sent.headers)


def test_what_was_seen_a_second_ago_and_is_no_more_is_not_told(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    touch(ministries["own"], 3)
    spread_changes(at=(now := clock.now()))
    mine, waiting = claim_endpoint(at=now), Waiting()
    assert claim_call(mine, waiting, at=now).call == calls(row)[0]
    work = ministries["own"]
    work.agency = ministries["foreign"].agency
    work.save(update_fields=["agency"])
    assert claim_call(mine, waiting, at=now + 2 * SECOND) is None
    assert states(row) == ["unneeded"] * 3


def test_a_call_among_many_costs_few_statements(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    touch(ministries["own"], 18)
    spread_changes(at=clock.now())
    with CaptureQueriesContext(connection) as one:
        call_all(clock.now())
    assert set(states(row)) == {"taken"}
    assert len(one.captured_queries) < 18 * 13  # with all that eighteen cost together, and their savepoints
