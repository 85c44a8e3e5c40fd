"""A caller may ask so often in a minute, over all processes; each answer says what is left."""

import pytest

from tests.edges.calling import with_key
from tests.make import make_agency
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


def test_without_redis_nobody_is_counted_and_all_goes_on(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    caller = with_key(make_agency())
    answers = [caller.get("notices/") for _time in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert not any("RateLimit" in answer for answer in answers)
