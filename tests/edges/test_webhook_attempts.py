"""How calls are made again, put off, given up and replayed; a real listener hears them."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from accounts.models import ApiKey, Role
from accounts.roles import NotAllowed
from directives.actions import replaying, subscriptions
from directives.actions.holding import hold_sending
from directives.actions.spreading import spread_changes
from directives.models import Attempt, Call, Delivery, Stop, Subscription, SubscriptionState
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid
from tests.edges.called import SECOND, call_all, calls, failing, states, subscribed, touch
from tests.listener import OK, listening, repeats
from tests.make import make_assignment, make_key, make_user
from tracker import clock
from tracker.webhooks.calling import attempt
from tracker.webhooks.claiming import LEASE, claim_call, claim_endpoint
from tracker.webhooks.connecting import Line
from tracker.webhooks.noting import note

pytestmark = pytest.mark.django_db


# --- when it is not taken


def test_ten_attempts_under_one_id_and_then_nobody_is_called_and_the_owner_told(listener, ministries):
    head, admin = make_user(Role.HEAD, ministries["ministry"]), make_user(Role.ADMINISTRATOR)
    row, _secret = subscribed(ministries["ministry"], listener, by=admin)
    touch(ministries["own"], 3)
    listener.reply = failing()
    begun = at = clock.now()
    for number in range(1, 11):
        call_all(at)
        call = calls(row)[0]
        assert (call.attempts, call.status) == (number, 500)
        at = max(call.due_at, Subscription.objects.get().rests_until)
    assert timedelta(hours=66) < at - begun < timedelta(hours=84)
    row.refresh_from_db()
    assert (row.state, row.stopped_because) == (SubscriptionState.STOPPED, Stop.FAILING)
    assert states(row) == ["dead", "waiting", "waiting"]
    told = [one for one in listener.changes if one.told["data"]["sequence"] == call.sequence]
    assert len({one.headers["webhook-id"] for one in told}) == 1
    assert len({one.headers["webhook-timestamp"] for one in told}) == 10
    readers = Delivery.objects.filter(kind="disconnected", subscription=row).values_list("recipient", flat=True)
    assert set(readers) == {head.pk, admin.pk}
    assert call_all(at + timedelta(days=1)) == {}
    listener.reply = repeats
    subscriptions.resume(row, by=admin, at=at)
    replaying.send_again(call, by=admin, at=at)
    assert call_all(at)["taken"] == 3
    assert states(row) == ["taken"] * 3


def test_the_owners_message_says_why_and_falls_when_it_goes_on(listener, ministries, postbox):
    head = make_user(Role.HEAD, ministries["ministry"], language="vi")
    row, _secret = subscribed(ministries["ministry"], listener, name="Cổng điều hành")
    listener.reply = failing(410)
    touch(ministries["own"])
    call_all(clock.now())
    row.refresh_from_db()
    assert (row.state, row.stopped_because) == (SubscriptionState.STOPPED, Stop.GONE)
    Delivery.objects.exclude(recipient=head, channel="email").delete()
    Delivery.objects.update(due_at=clock.now())
    call_command("tick", "deliver")
    (letter,) = postbox.letters
    assert "Cổng điều hành" in str(letter["Subject"])
    assert "410" in letter.get_body(("plain",)).get_content()


def test_a_message_of_what_goes_on_again_is_not_sent(listener, ministries, postbox):
    make_user(Role.HEAD, ministries["ministry"])
    subscribed(ministries["ministry"], listener)
    listener.reply = failing(410)
    touch(ministries["own"])
    call_all(now := clock.now())
    subscriptions.resume(Subscription.objects.get(), by=make_user(Role.ADMINISTRATOR), at=now)
    Delivery.objects.update(due_at=now)
    call_command("tick", "deliver")
    assert postbox.letters == []


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured(listener, ministries, status):
    row, _secret = subscribed(ministries["ministry"], listener)
    touch(ministries["own"], 2)
    listener.reply = failing(status, **{"Retry-After": "3600"})
    now = clock.now()
    call_all(now)
    listener.reply = repeats
    assert call_all(now + timedelta(minutes=59)) == {}
    assert len(listener.changes) == 1
    assert call_all(now + timedelta(minutes=61))["taken"] == 2
    assert states(row) == ["taken", "taken"]


def test_an_endpoint_that_was_away_gets_all_that_waits_at_once_when_it_is_back(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    touch(ministries["own"], 4)
    listener.reply = failing()
    at = clock.now()
    for _time in range(4):
        call_all(at)
        at = Subscription.objects.get().rests_until
    listener.reply = repeats
    assert call_all(at) + call_all(at + SECOND) == {"taken": 4}
    assert states(row) == ["taken"] * 4


def test_a_call_that_alone_is_refused_does_not_hold_up_the_others(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    touch(ministries["own"], 5)
    poison = row.cursor + 2
    listener.reply = lambda sent: failing(422)(sent) if sent.told["data"].get("sequence") == poison else OK
    at = clock.now()
    for _time in range(3):
        call_all(at)
        at += timedelta(seconds=30)
    assert states(row) == ["taken", "waiting", "taken", "taken", "taken"]


# --- once more, and not at all


def test_replay_by_id_and_by_time_sends_the_same_ids_again(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    by = make_user(Role.ADMINISTRATOR)
    touch(ministries["own"], 3)
    now = clock.now()
    call_all(now)
    first = [one.headers["webhook-id"] for one in listener.changes]
    replaying.send_again(calls(row)[1], by=by, at=now)
    call_all(now)
    assert [one.headers["webhook-id"] for one in listener.changes] == [*first, first[1]]
    Call.objects.filter(pk=calls(row)[0].pk).update(at=now - timedelta(days=2))
    assert replaying.replay(row, by=by, at=now, since=now - timedelta(days=1)) == 2
    call_all(now)
    assert [one.headers["webhook-id"] for one in listener.changes[4:]] == first[1:]
    with pytest.raises(Invalid):
        replaying.replay(row, by=by, at=now, since=now + SECOND)
    with pytest.raises(WrongMoment):
        replaying.send_again(Call.objects.get(sequence=None), by=by, at=now)


def test_while_it_is_paused_nothing_is_sent_and_nothing_lost(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    by, now = make_user(Role.ADMINISTRATOR), clock.now()
    subscriptions.pause(row, by=by, at=now)
    touch(ministries["own"], 3)
    assert call_all(now) == {}
    assert listener.changes == []
    subscriptions.resume(row, by=by, at=now)
    assert call_all(now)["taken"] == 3


def test_another_endpoint_has_to_answer_a_challenge_of_its_own(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    by, now = make_user(Role.ADMINISTRATOR), clock.now()
    with listening() as other, pytest.raises(Invalid):
        subscriptions.change(row, by=by, at=now, endpoint=other.address())
    subscriptions.change(row, by=by, at=now, endpoint=listener.address("/moi"))
    touch(ministries["own"])
    listener.reply = lambda _sent: OK
    call_all(now)
    assert [one.path for one in listener.requests] == ["/hook", "/moi"]
    subscriptions.challenge_again(Subscription.objects.get(), by=by, at=now)
    listener.reply = repeats
    call_all(now)
    call_all(now)
    assert [one.path for one in listener.changes] == ["/moi"]


def test_with_its_key_a_subscription_ends(listener, ministries):
    key, _plain = make_key(ministries["ministry"], scopes=("read", "subscribe"))
    row, _secret = subscribed(ministries["ministry"], listener, by=key.acting())
    touch(ministries["own"])
    ApiKey.objects.filter(pk=key.pk).update(revoked_at=clock.now())
    assert call_all(clock.now()) == {}
    row.refresh_from_db()
    assert (row.state, row.stopped_because) == (SubscriptionState.STOPPED, Stop.KEY)
    assert listener.changes == []


def test_nothing_leaves_while_sending_is_on_hold(listener, ministries):
    subscribed(ministries["ministry"], listener)
    hold_sending(who="admin", at=clock.now(), reason="Phục hồi dữ liệu")
    touch(ministries["own"])
    assert call_all(clock.now()) == {}
    assert listener.changes == []


def test_what_has_ended_is_called_no_more_and_its_secrets_are_gone(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    touch(ministries["own"])
    by, now = make_user(Role.ADMINISTRATOR), clock.now()
    subscriptions.end(row, by=by, at=now)
    assert call_all(now) == {}
    assert Subscription.objects.values_list("secret", "former_secret").get() == ("", "")
    with pytest.raises(WrongMoment):
        subscriptions.resume(row, by=by, at=now)


@pytest.mark.parametrize("role", [Role.HEAD, Role.OFFICER, Role.SECRETARIAT, Role.AUDITOR])
def test_only_an_administrator_and_a_key_with_the_scope_subscribe(listener, ministries, role):
    body = ministries["committee"] if role == Role.SECRETARIAT else ministries["ministry"]
    by = make_user(role) if role == Role.AUDITOR else make_user(role, body)
    with pytest.raises(NotAllowed):
        subscriptions.subscribe(body, by=by, at=clock.now(), name="x", endpoint=listener.address())
    key, _plain = make_key(ministries["ministry"], scopes=("read",))
    with pytest.raises(NotAllowed):
        subscriptions.subscribe(body, by=key.acting(), at=clock.now(), name="x", endpoint=listener.address())
    assert not Subscription.objects.exists()


# --- crashes


def test_a_sender_that_died_after_the_post_repeats_that_call_once_under_its_id(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    touch(ministries["own"], 2)
    now = clock.now()
    assert spread_changes(at=now) == 2
    died = claim_call(claim_endpoint(at=now), at=now)
    with Line() as line:
        attempt(died, at=now, line=line)
    assert call_all(now) == {}  # the lease of the dead sender
    assert call_all(now + LEASE + SECOND)["taken"] == 2
    assert [call.attempts for call in calls(row)] == [2, 1]
    assert [one.headers["webhook-id"] for one in listener.changes] == [
        died.call.message,
        died.call.message,
        calls(row)[1].message,
    ]


def test_whoever_lost_the_claim_notes_nothing_any_more(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    touch(ministries["own"])
    now = clock.now()
    spread_changes(at=now)
    late, later = claim_endpoint(at=now), now + LEASE + SECOND
    ready = claim_call(late, at=now)
    assert claim_endpoint(at=now) is None
    fresh = claim_endpoint(at=later)
    assert claim_call(late, at=later) is None
    with Line() as line:
        assert note(late, ready, attempt(ready, at=later, line=line)) is False
    assert states(row) == ["waiting"]
    assert claim_call(fresh, at=later).call.attempts == 2


def test_after_ten_deaths_a_call_is_given_up(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    touch(ministries["own"], 2)
    now = clock.now()
    spread_changes(at=now)
    Call.objects.filter(pk=calls(row)[0].pk).update(attempts=10)
    call_all(now)
    assert states(row) == ["dead", "taken"]


def test_old_calls_are_forgotten_with_what_was_sent_and_waiting_ones_are_kept(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    touch(ministries["own"], 2)
    now = clock.now()
    spread_changes(at=now)
    Call.objects.filter(pk=calls(row)[0].pk).update(state="taken")
    assert replaying.forget_calls(before=now + SECOND) == 2  # with the challenge
    assert states(row) == ["waiting"]
    assert not Attempt.objects.exists()


def test_the_log_keeps_what_was_sent_and_the_beginning_of_the_answer(listener, ministries):
    subscribed(ministries["ministry"], listener)
    listener.reply = lambda _sent: (500, b"\0" + "ố".encode() * 5000, {})
    work = make_assignment(ministries["ministry"])
    touch(work)
    call_all(clock.now())
    last = Attempt.objects.latest("pk")
    assert (last.status, last.endpoint) == (500, listener.address())
    assert json.loads(last.sent) == listener.changes[-1].told
    assert last.answer.startswith("\ufffdố")
    assert len(last.answer) <= 2000
