"""Webhooks: other systems are told of each change that they may see, signed, and in no more than ten attempts."""

import json
import random
from datetime import timedelta

import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from accounts.models import Role
from directives.actions import subscriptions
from directives.models import Attempt, Event, Feed, Subscription, SubscriptionState, Trouble
from tests.edges.called import SECOND, call_all, calls, failing, states, subscribed, touch
from tests.edges.calling import with_key
from tests.edges.copies import Reader
from tests.listener import OK, Sent, listening, make_certificate, repeats, trust
from tests.make import make_user
from tracker import clock

pytestmark = pytest.mark.django_db
HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")
MUTATIONS = 1000


def verifies(secret: str, sent: Sent) -> bool:
    try:
        Webhook(secret).verify(sent.body, {name: sent.headers[name] for name in HEADERS})
    except (WebhookVerificationError, UnicodeDecodeError):
        return False
    return True


# --- who hears


def test_nothing_is_sent_before_the_endpoint_has_repeated_the_challenge(listener, ministries):
    listener.reply = lambda _sent: OK
    now, by = clock.now(), make_user(Role.ADMINISTRATOR)
    wanted = {"name": "Trung tâm", "endpoint": listener.address()}
    row, _secret = subscriptions.subscribe(ministries["ministry"], by=by, at=now, **wanted)
    for reply in (lambda _sent: OK, failing(404), failing(302), lambda _sent: (200, b'{"challenge": "x"}', {})):
        listener.reply = reply
        touch(ministries["own"])
        call_all(now)
        row.refresh_from_db()
        assert (row.state, row.cursor) == (SubscriptionState.UNVERIFIED, None)
        subscriptions.challenge_again(row, by=by, at=now)
    assert {one.told["type"] for one in listener.requests} == {"subscription.challenge"}
    assert len({one.told["data"]["challenge"] for one in listener.requests}) == 4
    assert list(Attempt.objects.order_by("pk").values_list("status", "trouble")) == [
        (204, Trouble.CHALLENGE),
        (404, Trouble.REFUSED),
        (302, Trouble.REDIRECT),
        (200, Trouble.CHALLENGE),
    ]
    listener.reply = repeats
    call_all(now)
    row.refresh_from_db()
    assert row.state == SubscriptionState.ACTIVE
    assert (listener.changes, calls(row)) == ([], [])


def test_a_change_is_told_as_the_feed_tells_it(listener, ministries):
    subscribed(ministries["ministry"], listener)
    reader = Reader(ministries["ministry"])
    reader.follow()
    touch(ministries["below"])
    call_all(clock.now())
    asked = {"epoch": reader.copy.epoch, "after": reader.copy.after}
    (change,) = reader.lists.read("changes/", **asked)["changes"]
    (sent,) = listener.changes
    assert sent.told == {"type": "assignment.changed", "timestamp": change["at"], "data": change}
    assert sent.headers["content-type"] == "application/json"


def test_what_the_body_does_not_see_is_never_sent(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    for name in ("own", "below", "foreign"):
        touch(ministries[name])
    call_all(clock.now())
    assert [one.told["data"]["id"] for one in listener.changes] == [
        str(ministries[name].uuid) for name in ("own", "below")
    ]
    # It moves away while a call waits: what is told then is that it is gone, and nothing of it.
    listener.reply = failing()
    touch(ministries["own"])
    call_all(now := clock.now())
    ministries["own"].agency = ministries["foreign"].agency
    ministries["own"].save(update_fields=["agency"])
    listener.requests.clear()
    listener.reply = repeats
    later = now + timedelta(minutes=10)
    call_all(later)
    told = [one.told for one in listener.changes if one.told["data"]["id"] == str(ministries["own"].uuid)]
    assert [one["type"] for one in told] == ["assignment.gone"]
    assert told[0]["data"].keys() == {"sequence", "at", "type", "id", "verb", "gone"}
    assert "unneeded" in states(row)


def test_only_what_was_asked_for_is_told(listener, ministries):
    subscribed(ministries["ministry"], listener, events=["assignment.acknowledge", "notice.*"])
    system = with_key(ministries["ministry"], "read", "report")
    touch(ministries["own"])
    tag = system.get(f"assignments/{ministries['own'].uuid}/").headers["ETag"]
    assert system.post(f"assignments/{ministries['own'].uuid}/acknowledge/", seen=tag).status_code == 200
    call_all(clock.now())
    assert [one.told["type"] for one in listener.changes] == ["assignment.acknowledge"]


def test_a_subscription_whose_changes_were_forgotten_is_told_to_begin_anew(listener, ministries):
    row, _secret = subscribed(ministries["ministry"], listener)
    touch(ministries["own"], 3)
    Feed.objects.update(forgotten=row.cursor + 2)
    call_all(clock.now())
    types = [one.told["type"] for one in listener.requests[1:]]
    assert types == ["subscription.gap", "assignment.changed"]


# --- signatures


def test_every_request_verifies_and_no_altered_one_does(listener, ministries):
    _row, secret = subscribed(ministries["ministry"], listener)
    touch(ministries["own"], 20)
    call_all(clock.now())
    assert len(listener.requests) == 21
    assert all(verifies(secret, one) for one in listener.requests)
    assert len({one.headers["webhook-id"] for one in listener.requests}) == 21
    chance = random.Random(7)
    taken = sum(verifies(secret, altered(one, chance)) for one in chance.choices(listener.requests, k=MUTATIONS))
    assert taken == 0


def altered(sent: Sent, chance: random.Random) -> Sent:
    """One letter of the body, the id, the moment or the signature is another.

    Not the signature's last: of its six bits two say nothing, so that another letter may be the same signature.
    """
    headers, body = dict(sent.headers), bytearray(sent.body)
    name = chance.choice([*HEADERS, "body"])
    if name == "body":
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(7)
    else:
        first, beyond = (3, len(headers[name]) - 2) if name == "webhook-signature" else (0, len(headers[name]))
        place = chance.randrange(first, beyond)
        other = chance.choice([letter for letter in "0123456789" if letter != headers[name][place]])
        headers[name] = headers[name][:place] + other + headers[name][place + 1 :]
    return Sent(sent.path, headers, bytes(body))


def test_two_secrets_sign_while_one_follows_the_other(listener, ministries):
    row, first = subscribed(ministries["ministry"], listener)
    now, by = clock.now(), make_user(Role.ADMINISTRATOR)
    row, second = subscriptions.rotate_secret(row, by=by, at=now, overlap_hours=24)
    touch(ministries["own"])
    call_all(now)
    assert [verifies(secret, listener.changes[-1]) for secret in (first, second)] == [True, True]
    assert len(listener.changes[-1].headers["webhook-signature"].split()) == 2
    row.former_until = now
    row.save(update_fields=["former_until"])
    touch(ministries["own"])
    call_all(now + SECOND)
    assert [verifies(secret, listener.changes[-1]) for secret in (first, second)] == [False, True]
    row.refresh_from_db()
    _row, third = subscriptions.rotate_secret(row, by=by, at=now, overlap_hours=0)
    touch(ministries["own"])
    call_all(now + SECOND)
    assert [verifies(secret, listener.changes[-1]) for secret in (first, second, third)] == [False, False, True]


def test_a_secret_lies_encrypted_and_in_no_history(listener, ministries, settings):
    row, secret = subscribed(ministries["ministry"], listener)
    kept = json.dumps(list(Subscription.objects.values("secret", "former_secret", "challenge")))
    kept += json.dumps(list(Event.objects.values("before", "after", "reason")))
    assert secret.startswith("whsec_")
    assert secret not in kept
    assert secret.removeprefix("whsec_") not in kept
    first = row.secrets(clock.now())
    settings.SECRETS_KEYS = ["another key", *settings.SECRETS_KEYS]
    assert row.secrets(clock.now()) == first


def test_an_encrypted_endpoint_is_called(ministries, tmp_path, settings):
    settings.WEBHOOK_CA_FILE = make_certificate(tmp_path)
    with listening(settings.WEBHOOK_CA_FILE) as safe:
        trust(safe)
        _row, secret = subscribed(ministries["ministry"], safe)
        touch(ministries["own"])
        call_all(clock.now())
    assert [verifies(secret, one) for one in safe.changes] == [True]
