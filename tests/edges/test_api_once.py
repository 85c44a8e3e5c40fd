"""A request that names itself is done once, however often it is sent, at once or after a crash."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from accounts.models import SentOnce
from directives.models import Event, Report
from tests.actions.conftest import nothing_changes
from tests.edges.calling import Caller
from tests.edges.two_systems import World
from tests.history import in_thread
from tracker.api import verbs, writing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]
MANY = 100
BODY = {"text": "Đã kết nối 40 tỉnh"}


@pytest.fixture
def world() -> World:
    return World()


def test_a_request_that_named_itself_is_done_once_and_answered_alike(world):
    tag = world.tag
    first = world.agency.post(world.address("report"), {"text": "Lần 1"}, seen=tag, name="r-1")
    again = world.agency.post(world.address("report"), {"text": "Lần 1"}, seen=tag, name="r-1")
    assert Report.objects.count() == 1
    assert (again.status_code, again.content, again["ETag"]) == (200, first.content, first["ETag"])
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"


def test_the_name_of_another_request_is_refused(world):
    world.agency.post(world.address("report"), {"text": "Lần 1"}, seen=world.tag, name="r-1")
    with nothing_changes():
        answer = world.agency.post(world.address("report"), {"text": "Lần 2"}, seen=world.tag, name="r-1")
        other = world.agency.post(world.address("start"), seen=world.tag, name="r-1")
    assert {answer.status_code, other.status_code} == {422}
    assert answer.json()["type"] == "urn:dondoc:problem:another-request"


def test_a_refusal_does_not_use_up_the_name(world):
    assert world.agency.post(world.address("report"), {"text": " "}, seen="*", name="r-1").status_code == 400
    assert world.agency.post(world.address("report"), {"text": "Xong"}, seen="*", name="r-1").status_code == 200


def test_two_systems_may_use_the_same_name(world):
    world.agency.post(world.address("hand-in"), {"text": "Xong"}, seen="*", name="1")
    assert world.desk.post(world.address("verify"), {}, seen="*", name="1").status_code == 200
    assert Event.objects.filter(verb="verify").count() == 1


@pytest.mark.parametrize("name", ["có dấu", "x" * 256, "a b"])
def test_a_name_that_cannot_be_one_is_refused(world, name):
    answer = world.agency.post(world.address("acknowledge"), seen="*", name=name)
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"Idempotency-Key"})
    assert world.state() == "assigned"


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_under_one_name_make_one_report(world):
    address, tag = world.address("report"), world.tag

    def send(_number: int) -> tuple[int, bytes]:
        caller = Caller(key=world.agency.headers["authorization"].removeprefix("Bearer "))
        answer = in_thread(lambda: caller.post(address, BODY, seen=tag, name="r-1"))
        return answer.status_code, answer.content

    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(send, range(MANY)))
    assert len(answers) == 1
    assert answers.pop()[0] == 200
    assert Report.objects.count() == 1


def dies_before(owner: object, name: str) -> Callable[[], None]:
    """The process is gone when it comes there."""
    return lambda: setattr(owner, name, lambda *_given, **_named: os._exit(9))


def dies_after(owner: object, name: str) -> Callable[[], None]:
    """The process is gone once that is done."""
    act = getattr(owner, name)

    def done(*given: object, **named: object) -> None:
        act(*given, **named)
        os._exit(9)

    return lambda: setattr(owner, name, done)


POINTS = {
    "before its name is kept": dies_before(writing, "_begin"),
    "once its name is kept": dies_after(writing, "_begin"),
    "before the answer is made": dies_before(verbs, "answer_of"),
    "once the answer is kept": dies_after(SentOnce, "save"),
    "once all is committed": dies_after(verbs, "once"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("die", POINTS.values(), ids=POINTS)
def test_a_request_that_died_on_its_way_is_sent_again_and_done_once(world, die):
    address, tag = world.address("report"), world.tag
    connections.close_all()
    child = os.fork()
    if child == 0:
        die()
        world.agency.post(address, BODY, seen=tag, name="r-1")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert world.agency.post(address, BODY, seen=tag, name="r-1").status_code == 200
    assert Report.objects.count() == Event.objects.filter(verb="report").count() == SentOnce.objects.count() == 1
