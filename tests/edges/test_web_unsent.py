"""What an officer types is not lost: kept by the page, by a button, and over the end of a session."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from accounts.models import Role
from directives.models import Report, Unsent
from directives.rules.lifecycle import State
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import MONDAY, make_world, visit
from tests.make import PASSWORD, at, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TYPED = {"text": "Đã tích hợp 2 trong 4 tiện ích.", "percent": "nửa"}
FETCH = {"X-Requested-With": "fetch"}


def place(world, act="report", more=""):
    return f"/assignments/{world.assignment.uuid}/{act}/{more}"


def keep(client, world, words=TYPED, version=0):
    return client.post(place(world, more="unsent/"), {**words, "unsent_version": version}, headers=FETCH)


def test_the_page_keeps_what_is_typed_and_shows_it_again(world):
    client = visit(world.officer)
    answer = keep(client, world)
    assert answer.json() == {"version": 1, "sentence": "Draft saved at 09:00 10/03/2025. Nothing was sent yet."}
    page = client.get(place(world)).content.decode()
    assert "This is your draft, saved at 09:00 10/03/2025." in page
    assert TYPED["text"] in page
    assert 'name="unsent_version" value="1"' in page
    assert not Report.objects.exists()


def test_another_window_is_told_what_was_kept_meanwhile(world):
    client = visit(world.officer)
    keep(client, world)
    with nothing_changes():
        answer = keep(client, world, {"text": "Khác."})
    assert answer.status_code == 409
    assert answer.json()["version"] == 1
    assert answer.json()["words"] == [["What was done", TYPED["text"]], ["Percent done", "nửa"]]


def test_the_button_keeps_and_goes_back(world):
    client = visit(world.officer)
    answer = client.post(place(world), {**TYPED, "keep": "1", "unsent_version": "0"}, follow=True)
    assert "The draft is saved. Nothing was sent yet." in answer.content.decode()
    assert Unsent.objects.get().words == TYPED


def test_the_button_in_another_window_shows_both(world):
    client = visit(world.officer)
    keep(client, world)
    other = {"text": "Khác.", "keep": "1", "unsent_version": "0"}
    with nothing_changes():
        answer = client.post(place(world), other)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "You saved another version of this text in another window." in page
    assert TYPED["text"] in page
    assert "Khác.</textarea>" in page.replace("\n", "")
    # The page now knows the other one: a second click is a decision.
    assert client.post(place(world), {**other, "unsent_version": "1"}).status_code == 302
    assert Unsent.objects.get().words == {"text": "Khác."}


def test_a_colleague_sees_that_somebody_writes_and_not_what(world):
    keep(visit(world.officer), world)
    colleague = make_user(Role.OFFICER, world.agency)
    page = visit(colleague).get(place(world)).content.decode()
    assert f"{world.officer.name} is writing for this too; last saved at 09:00 10/03/2025." in page
    assert TYPED["text"] not in page


@pytest.mark.parametrize("who", ["secretary", "auditor"])
@pytest.mark.parametrize("act", ["report", "hand-in"])
def test_whoever_may_not_write_does_not_learn_who_does(world, who, act):
    visit(world.officer).post(place(world, act), {"text": "Đã xong.", "keep": "1"})
    assert Unsent.objects.exists()
    answer = visit(getattr(world, who)).post(place(world, act), {"text": ""})
    assert "is writing for this too" not in answer.content.decode()
    assert answer.context["colleagues"] == []


def test_a_draft_can_be_thrown_away(world):
    client = visit(world.officer)
    keep(client, world)
    answer = client.post(place(world, more="unsent/drop/"), follow=True)
    assert "The draft was thrown away." in answer.content.decode()
    assert not Unsent.objects.exists()


def test_what_was_written_for_work_that_is_closed_can_still_be_copied(world):
    client = visit(world.officer)
    keep(client, world)
    world.assignment.state = State.WITHDRAWN
    world.assignment.save()
    answer = client.get(place(world))
    assert answer.status_code == 409
    assert "What you had written" in answer.content.decode()
    assert TYPED["text"] in answer.content.decode()


def test_what_is_too_long_to_keep_is_said_beside_its_field(world):
    client = visit(world.officer)
    with nothing_changes():
        told = keep(client, world, {"asks": "a" * 20_001})
        answer = client.post(place(world), {"asks": "a" * 20_001, "keep": "1"})
    assert (told.status_code, told.json()["field"]) == (400, "asks")
    assert answer.status_code == 400
    assert "This is too long: at most 20000 characters." in answer.content.decode()


@pytest.mark.parametrize("act", ["acknowledge", "start", "nothing"])
def test_nothing_is_kept_where_nobody_writes(world, act):
    client = visit(world.officer)
    with nothing_changes():
        answer = client.post(place(world, act, "unsent/"), TYPED, headers=FETCH)
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["stranger", "nobody", "secretary"])
def test_nobody_else_keeps_anything(world, who):
    client = visit(None if who == "nobody" else getattr(world, who))
    with nothing_changes():
        answer = keep(client, world)
    assert answer.status_code == {"stranger": 404, "nobody": 401, "secretary": 403}[who]


ENDINGS = {
    "nobody was here for an hour": lambda client, clock: clock.shift(timedelta(hours=1)),
    "logged out in another window": lambda client, clock: client.logout(),
}


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
def test_a_session_that_ended_gives_the_words_back_after_log_in(end):
    with time_machine.travel(at(MONDAY), tick=False) as clock:
        world = make_world()
        officer = make_user(Role.OFFICER, world.agency, email="cv@bca.example", password=PASSWORD)
        client = visit(officer)
        client.get(place(world))
        end(client, clock)
        client.cookies["django_language"] = "en"
        door = client.post(place(world), {**TYPED, "who": officer.uuid})
        assert door.status_code == 401
        page = door.content.decode()
        assert "Nothing was sent yet, and what you wrote is not lost" in page
        carried = unescape(re.search(r'name="typed" value="([^"]*)"', page)[1])
        who = {"username": "cv@bca.example", "password": PASSWORD, "next": place(world), "typed": carried}
        wrong = client.post("/login/", {**who, "password": "sai"})
        assert unescape(re.search(r'name="typed" value="([^"]*)"', wrong.content.decode())[1]) == carried
        back = client.post("/login/", who, follow=True)
    assert TYPED["text"] in back.content.decode()
    assert Unsent.objects.get().words == TYPED
    assert not Report.objects.exists()


def test_what_typing_sends_after_the_end_of_a_session_is_told_so():
    with time_machine.travel(at(MONDAY), tick=False) as clock:
        world = make_world()
        client = visit(world.officer)
        client.get(place(world))
        clock.shift(timedelta(hours=1))
        assert keep(client, world).status_code == 401
    assert not Unsent.objects.exists()


CHANGED_ON_THE_WAY = {
    "nothing": "",
    "torn": "{",
    "a list": "[]",
    "a figure": '{"text": 1}',
    "half a character": r'{"text": "\ud800"}',
    "deep": "[" * 100_000,
    "long": '{"text": "' + "a" * 200_001 + '"}',
}


@pytest.mark.parametrize("typed", CHANGED_ON_THE_WAY.values(), ids=CHANGED_ON_THE_WAY)
def test_what_a_log_in_page_cannot_have_carried_is_passed_over(world, typed):
    make_user(Role.OFFICER, world.agency, email="cv@bca.example", password=PASSWORD)
    who = {"username": "cv@bca.example", "password": PASSWORD, "next": place(world), "typed": typed}
    answer = visit().post("/login/", who)
    assert (answer.status_code, answer["Location"]) == (302, place(world))
    assert not Unsent.objects.exists()


def test_the_door_in_the_middle_of_a_page_gives_the_next_token(world):
    make_user(Role.OFFICER, world.agency, email="cv@bca.example", password=PASSWORD)
    client = visit()
    assert 'name="password"' in client.get("/login/again/").content.decode()
    wrong = client.post("/login/again/", {"username": "cv@bca.example", "password": "sai"})
    assert (wrong.status_code, "<html" in wrong.content.decode()) == (400, False)
    right = client.post("/login/again/", {"username": "cv@bca.example", "password": PASSWORD})
    assert len(right.json()["token"]) == 64
    assert keep(client, world).status_code == 200
