"""From where a key may be used, how another comes in its place, how it becomes a token, and how soon it is no good."""

import json
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import timedelta
from ipaddress import ip_address
from time import monotonic, sleep

import pytest
import time_machine
from django.http import HttpRequest
from django.test import Client

from accounts.models import ApiKey, User
from accounts.models.keys import KeyHasEnded
from directives.models import Event
from docs.keep_a_copy import Copy
from tests.actions.conftest import nothing_changes
from tests.edges.calling import Caller, with_key
from tests.edges.two_systems import AGENCY, World
from tests.history import in_thread
from tests.make import make_agency, make_key
from tracker import clock
from tracker.addresses import client_address
from tracker.api.tokens import SECONDS, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]
PROBLEM = "urn:dondoc:problem:"


def from_(caller: Caller, **meta: str) -> int:
    """The status of a look from there."""
    return caller.client.get("/api/v1/notices/", headers=caller.headers, **meta).status_code


def limited(*networks: str) -> Caller:
    row, plain = make_key(make_agency())
    ApiKey.objects.filter(pk=row.pk).update(networks=list(networks))
    return Caller(key=plain)


# --- from where

FROM = {
    "within": ("10.12.255.1", 200),
    "beside": ("10.13.0.1", 403),
    "the one address": ("203.113.131.5", 200),
    "the next one": ("203.113.131.6", 403),
    "within, by IPv6": ("2405:4800:1::7", 200),
    "beside, by IPv6": ("2405:4801::1", 403),
    "IPv4 within IPv6": ("::ffff:10.12.0.1", 200),
    "from a socket": ("", 403),
}


@pytest.mark.parametrize(("address", "status"), FROM.values(), ids=FROM)
def test_a_key_is_good_from_its_networks_alone(address, status):
    caller = limited("10.12.0.0/16", "203.113.131.5", "2405:4800::/32")
    assert from_(caller, REMOTE_ADDR=address) == status


def test_whoever_is_elsewhere_is_told_so_and_not_noted_as_a_user():
    caller = limited("10.12.0.0/16")
    with nothing_changes():
        answer = caller.get("notices/")
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["type"]) == (403, f"{PROBLEM}not-from-here")
    assert told["detail"] == "This key may not be used from 127.0.0.1."


BEHIND = {
    "no proxy, a made-up header": (0, "10.12.0.1", "203.0.113.9", "203.0.113.9"),
    "one proxy": (1, "203.0.113.9", "10.0.0.1", "203.0.113.9"),
    "one proxy, a made-up entry before its own": (1, "10.12.0.1, 203.0.113.9", "10.0.0.1", "203.0.113.9"),
    "two proxies": (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "10.0.0.1", "203.0.113.9"),
    "two proxies, one of which says nothing": (2, "203.0.113.9", "10.0.0.1", None),
    "a proxy that says nothing": (1, "", "10.0.0.1", None),
    "with its port": (1, "203.0.113.9:4711", "10.0.0.1", "203.0.113.9"),
    "IPv6 with its port": (1, "[2405:4800::7]:4711", "10.0.0.1", "2405:4800::7"),
    "no address": (1, "unknown", "10.0.0.1", None),
}


@pytest.mark.parametrize(("proxies", "said", "connection", "address"), BEHIND.values(), ids=BEHIND)
def test_only_what_our_own_proxies_say_is_believed(settings, proxies, said, connection, address):
    settings.PROXIES = proxies
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": connection, **({"HTTP_X_FORWARDED_FOR": said} if said else {})}
    assert client_address(request) == (ip_address(address) if address else None)


# --- another in its place


def test_both_keys_are_good_until_the_moment_that_was_chosen_and_act_under_one_name():
    world = World()
    old = ApiKey.objects.get(agency=world.ministry)
    world.do(world.agency, "acknowledge")
    first = world.agency.post(world.address("start"), {}, seen="*", name="bat-dau")
    until = clock.now() + timedelta(days=7)
    heir, plain = old.succeed(expires_at=until + timedelta(days=300), both_until=until, at=clock.now())
    new = Caller(key=plain)
    again = new.post(world.address("start"), {}, seen="*", name="bat-dau")
    assert (again["Idempotency-Replayed"], again.content) == ("true", first.content)
    world.do(new, "report", {"text": "Khóa mới"})
    assert [event.by.name for event in Event.objects.filter(verb__in=["start", "report"])] == [old.name] * 2
    assert User.objects.filter(is_system=True).count() == 1
    assert (heir.scopes, heir.agency, heir.networks) == (old.scopes, old.agency, old.networks)
    for caller, statuses in ((world.agency, [200, 401]), (new, [200, 200])):
        for moment, status in zip((until - timedelta(seconds=1), until), statuses, strict=True):
            with time_machine.travel(moment, tick=False):
                assert caller.get("notices/").status_code == status


ENDED: dict[str, Callable[[ApiKey], object]] = {
    "succeeded": lambda key: key.succeed(expires_at=key.expires_at, both_until=key.expires_at, at=clock.now()),
    "revoked": lambda key: ApiKey.objects.filter(pk=key.pk).update(revoked_at=clock.now()),
    "expired": lambda key: ApiKey.objects.filter(pk=key.pk).update(expires_at=clock.now()),
}


@pytest.mark.parametrize("end", ENDED.values(), ids=ENDED)
def test_a_key_that_has_ended_is_succeeded_by_none(end):
    row, _plain = make_key()
    end(row)
    with nothing_changes(), pytest.raises(KeyHasEnded):
        row.succeed(expires_at=row.expires_at, both_until=row.expires_at, at=clock.now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("remembered", [0, 500], ids=["looked at each time", "remembered"])
def test_a_revoked_key_is_no_good_within_a_second(remembered, settings):
    settings.REMEMBERED = remembered
    caller = with_key(make_agency())
    assert caller.get("notices/").status_code == 200
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(in_thread, lambda: ApiKey.objects.update(revoked_at=clock.now())).result()
    began = monotonic()
    while caller.get("notices/").status_code != 401:
        assert monotonic() - began < 1
        sleep(0.05)


def test_a_key_that_reads_is_remembered_for_a_moment_and_not_for_writing(settings):
    settings.REMEMBERED = 1000
    caller = with_key(make_agency())
    assert caller.get("agencies/").status_code == 200
    ApiKey.objects.update(revoked_at=clock.now())
    assert caller.get("agencies/").status_code == 200
    with nothing_changes():
        assert caller.post("bulk/", {}).status_code == 401


def test_a_key_is_remembered_no_longer_than_it_lasts(settings):
    settings.REMEMBERED = 1000
    caller = with_key(make_agency())
    with time_machine.travel(ApiKey.objects.get().expires_at - timedelta(seconds=1), tick=False) as moment:
        assert caller.get("agencies/").status_code == 200
        moment.shift(1)
        assert caller.get("agencies/").status_code == 401


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", [ENDED["revoked"], ENDED["expired"]], ids=["revoked", "expired"])
def test_a_snapshot_that_is_being_written_stops_within_a_second_after_its_key_and_says_so(end, monkeypatch):
    monkeypatch.setattr("tracker.api.snapshot.LOOKS_EVERY", 0.2)
    key, plain = make_key(make_agency())
    for _one in range(3):
        make_agency()
    lines = iter(Caller(key=plain).get("snapshot/"))
    told = [json.loads(next(lines)) for _line in range(2)]
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(in_thread, lambda: end(key)).result()
    sleep(0.2)
    told += [json.loads(line) for line in lines]
    assert [line.get("type", "") for line in told] == ["", "agency", ""]
    assert told[-1] == {"end": False, "rows": 1, "problem": f"{PROBLEM}unauthenticated"}
    with pytest.raises(ConnectionError, match="cut off"):
        Copy("http://x", "", open_with=lambda *_asked, **_how: nullcontext(map(json.dumps, told))).follow()


# --- a token


def ask_for_token(body: dict[str, str], *, basic: str = "", **meta: str):
    headers = {"authorization": f"Basic {b64encode(basic.encode()).decode()}"} if basic else {}
    form = "&".join(f"{name}={value}" for name, value in body.items())
    kind = "application/x-www-form-urlencoded"
    return Client().post(
        "/api/v1/token/", form, content_type=kind, headers={**headers, "accept-language": "en"}, **meta
    )


GRANT = {"grant_type": "client_credentials"}


def test_a_key_becomes_a_token_that_does_what_the_key_does():
    world = World()
    row, plain = make_key(world.ministry, scopes=AGENCY)
    for answer in (
        ask_for_token(GRANT, basic=f"dd_{row.prefix}:{plain}"),
        ask_for_token({**GRANT, "client_id": f"dd_{row.prefix}", "client_secret": plain, "scope": "read report"}),
    ):
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        told = answer.json()
        assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 600, "read report ask")
    system = Caller(key=told["access_token"])
    assert world.do(system, "acknowledge")["state"] == "acknowledged"
    row.refresh_from_db()
    assert row.account.name == row.name
    ApiKey.objects.filter(pk=row.pk).update(revoked_at=clock.now())
    assert system.get("notices/").status_code == 401


def test_a_token_ends_by_itself_and_cannot_be_made_up(time_machine):
    row, _plain = make_key()
    token = token_of(row)
    assert Caller(key=token).get("notices/").status_code == 200
    assert Caller(key=f"{token[:-1]}{'A' if token[-1] != 'A' else 'B'}").get("notices/").status_code == 401
    assert Caller(key="ddt_x~y~z").get("notices/").status_code == 401
    time_machine.shift(SECONDS + 1)
    assert Caller(key=token).get("notices/").status_code == 401


NO_TOKEN = {
    "another secret": (GRANT, lambda row, plain: f"dd_{row.prefix}:{plain[:-1]}!", 401, "invalid_client"),
    "another's name": (GRANT, lambda row, plain: f"dd_xxxxxxxx:{plain}", 401, "invalid_client"),
    "nobody": (GRANT, lambda row, plain: "", 401, "invalid_client"),
    "another grant": ({"grant_type": "password"}, lambda row, plain: None, 400, "unsupported_grant_type"),
    "more than it has": ({**GRANT, "scope": "read verify"}, lambda row, plain: None, 400, "invalid_scope"),
    "a secret twice": ({**GRANT, "client_secret": "x"}, lambda row, plain: None, 400, "invalid_request"),
}


@pytest.mark.parametrize(("body", "basic", "status", "error"), NO_TOKEN.values(), ids=NO_TOKEN)
def test_who_gets_no_token_is_told_why_in_the_words_of_the_standard(body, basic, status, error):
    row, plain = make_key()
    given = basic(row, plain)
    answer = ask_for_token(body, basic=f"dd_{row.prefix}:{plain}" if given is None else given)
    told = answer.json()
    assert (answer.status_code, told["error"], told["status"]) == (status, error, status)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.headers.get("WWW-Authenticate") == ('Basic realm="dondoc"' if status == 401 else None)


def test_a_token_is_asked_for_and_used_from_its_keys_networks_alone():
    row, plain = make_key()
    ApiKey.objects.filter(pk=row.pk).update(networks=["10.12.0.0/16"])
    assert ask_for_token(GRANT, basic=f"dd_{row.prefix}:{plain}").status_code == 401
    token = ask_for_token(GRANT, basic=f"dd_{row.prefix}:{plain}", REMOTE_ADDR="10.12.0.1").json()["access_token"]
    assert [from_(Caller(key=token), REMOTE_ADDR=address) for address in ("10.12.0.1", "10.13.0.1")] == [200, 403]
