"""A caller may ask so often in a minute, over all processes; each answer says what is left."""

import pytest
from django.test import Client

from tests.edges.calling import with_key
from tests.make import make_agency, make_key
from tracker.api import limits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]
POLICY = '"minute";q=3;w=60'


@pytest.fixture(autouse=True)
def three_a_minute(settings):
    settings.API_RATE = 3
    limits._counter.cache_clear()
    limits._away.until = 0.0
    yield
    limits._counter.cache_clear()
    limits._away.until = 0.0


def test_every_answer_says_what_is_left_and_the_fourth_is_refused(time_machine):
    caller = with_key(make_agency())
    answers = [caller.get("notices/") for _time in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer["RateLimit"] for answer in answers] == [f'"minute";r={left};t=60' for left in (2, 1, 0, 0)]
    assert {answer["RateLimit-Policy"] for answer in answers} == {POLICY}
    refusal = answers[-1]
    assert (refusal["Content-Type"], refusal["Retry-After"]) == ("application/problem+json", "60")
    assert refusal.json()["type"] == "urn:dondoc:problem:too-many-requests"
    assert with_key(make_agency()).get("notices/").status_code == 200
    time_machine.shift(60)
    assert caller.get("notices/").status_code == 200


def test_a_refusal_is_counted_and_a_stranger_is_not():
    caller = with_key(make_agency())
    assert caller.get("notices/?colour=red")["RateLimit"] == '"minute";r=2;t=60'
    caller.headers["authorization"] = "Bearer dd_unknown"
    assert "RateLimit" not in caller.get("notices/")


def ask_for_token(address: str, client: str = "dd_abcdefgh", secret: str = "dd_x"):
    body = f"grant_type=client_credentials&client_id={client}&client_secret={secret}"
    kind = "application/x-www-form-urlencoded"
    return Client().post("/api/v1/token/", body, content_type=kind, REMOTE_ADDR=address)


def test_so_many_attempts_to_get_a_token_may_fail_in_a_minute_from_one_address(settings, time_machine):
    settings.TOKEN_FAILURES = 2
    row, plain = make_key(make_agency())
    good = {"client": f"dd_{row.prefix}", "secret": plain}
    assert [ask_for_token("203.113.131.5", **good).status_code for _time in range(5)] == [200] * 5
    answers = [ask_for_token("203.113.131.5", client=f"dd_other{number}") for number in range(3)]
    assert [(one.status_code, one["RateLimit"]) for one in answers] == [
        (401, '"failed";r=1;t=60'),
        (401, '"failed";r=0;t=60'),
        (429, '"failed";r=0;t=60'),
    ]
    refusal = answers[-1]
    assert (refusal["Content-Type"], refusal["Retry-After"]) == ("application/problem+json", "60")
    assert refusal.json()["type"] == "urn:dondoc:problem:too-many-requests"
    assert refusal["RateLimit-Policy"] == '"failed";q=2;w=60'
    assert ask_for_token("203.113.131.5", **good).status_code == 429
    assert ask_for_token("203.113.131.6", **good).status_code == 200
    time_machine.shift(60)
    assert ask_for_token("203.113.131.5", **good).status_code == 200


def test_from_an_address_that_nobody_knows_attempts_are_counted_by_whom_they_name(settings):
    settings.TOKEN_FAILURES = 1
    assert [ask_for_token("", client=name).status_code for name in ("dd_one", "dd_one", "dd_two")] == [401, 429, 401]


def test_without_redis_nobody_is_counted_and_all_goes_on(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    caller = with_key(make_agency())
    answers = [caller.get("notices/") for _time in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    settings.TOKEN_FAILURES = 1
    answers += [ask_for_token("203.113.131.5") for _time in range(3)]
    assert {answer.status_code for answer in answers[5:]} == {401}
    assert not any("RateLimit" in answer for answer in answers)
