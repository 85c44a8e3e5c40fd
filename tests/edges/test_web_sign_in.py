"""The door of the web pages: log in, log out, lock-out, idle time-out, language."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils.translation import get_language, override

from accounts.models import Role
from directives.models import Assignment
from tests.edges.visiting import MONDAY, make_world, visit
from tests.make import PASSWORD, at, make_committee, make_user

pytestmark = pytest.mark.django_db
MORNING = at(MONDAY)
EMAIL = "chuyen-vien@bca.example"


def log_in(client, password=PASSWORD, email=EMAIL, **more):
    return client.post("/login/", {"username": email, "password": password, **more})


@pytest.fixture
def officer():
    return make_user(Role.OFFICER, email=EMAIL, password=PASSWORD)


def test_an_officer_logs_in_by_email_and_lands_on_the_work(officer):
    client = visit()
    answer = log_in(client, email=EMAIL.upper())
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "first"), [({}, "/admin/"), ({"next": "/"}, "/admin/"), ({"next": "/notices/"}, "/notices/")]
)
def test_a_secretary_lands_at_the_desk_unless_another_page_was_asked_for(wanted, first):
    make_user(Role.SECRETARIAT, make_committee(), email=EMAIL, password=PASSWORD)
    assert log_in(visit(), **wanted)["Location"] == first


def test_a_page_asked_for_before_log_in_is_shown_after_it(officer):
    client = visit()
    assert client.get("/notices/")["Location"] == "/login/?next=/notices/"
    assert log_in(client, next="/notices/")["Location"] == "/notices/"


def test_log_in_leads_to_no_other_site(officer):
    assert log_in(visit(), next="https://example.org/")["Location"] == "/"


@pytest.mark.parametrize(
    ("email", "password"),
    [(EMAIL, "wrong"), ("nobody@bca.example", PASSWORD)],
    ids=["wrong password", "no such account"],
)
def test_a_refused_log_in_does_not_tell_whether_the_account_exists(officer, email, password):
    answer = log_in(visit(), password, email)
    assert answer.status_code == 400
    with override("en"):
        assert answer.context["form"].non_field_errors() == [
            "The e-mail or the password is not right. After five wrong tries log-in is locked."
        ]


def test_the_fifth_wrong_password_locks_the_account_and_says_for_how_long(officer):
    client = visit()
    assert [log_in(client, "wrong").status_code for _ in range(4)] == [400] * 4
    locked = log_in(client, "wrong", EMAIL.upper())
    assert locked.status_code == 429
    assert "Try again in 15 minutes." in locked.content.decode()
    assert log_in(visit()).status_code == 429


def test_the_lock_opens_by_itself(officer):
    with time_machine.travel(MORNING, tick=False) as time:
        for _ in range(5):
            log_in(visit(), "wrong")
        time.shift(timedelta(minutes=16))
        assert log_in(visit()).status_code == 302


def test_only_a_post_logs_out(officer):
    client = visit(officer)
    assert client.get("/logout/").status_code == 405
    assert client.get("/").status_code == 200
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    ("role", "minutes"), [(Role.OFFICER, 15), (Role.ADMINISTRATOR, 5)], ids=["an officer", "an administrator"]
)
def test_an_idle_session_ends_and_the_door_says_why(role, minutes):
    client = visit(make_user(role))
    with time_machine.travel(MORNING, tick=False) as time:
        client.get("/")
        time.shift(timedelta(minutes=minutes))
        assert client.get("/notices/").status_code == 200
        time.shift(timedelta(minutes=minutes, seconds=1))
        answer = client.get("/notices/")
        assert answer["Location"] == f"/login/?next=%2Fnotices%2F&idle={minutes}"
        door = client.get(answer["Location"]).content.decode()
    assert f"You were logged out after {minutes} minutes without activity" in door


def test_somebody_who_types_is_not_idle(officer):
    client = visit(officer)
    with time_machine.travel(MORNING, tick=False) as time:
        for _ in range(3):
            assert client.get("/here/").status_code == 204
            time.shift(timedelta(minutes=10))
        assert client.get("/").status_code == 200


def test_what_was_sent_after_the_time_out_changes_nothing():
    world = make_world()
    client = visit(world.officer)
    with time_machine.travel(MORNING, tick=False) as time:
        client.get("/")
        time.shift(timedelta(minutes=16))
        answer = client.post(f"/assignments/{world.assignment.uuid}/acknowledge/")
    assert answer["Location"].startswith("/login/?next=")
    assert Assignment.objects.get().state == "assigned"


def test_pages_speak_vietnamese_whatever_the_browser_prefers():
    answer = visit(language="").get("/login/", headers={"accept-language": "en-US,en;q=0.9"})
    assert answer["Content-Language"] == "vi"
    assert '<html lang="vi">' in answer.content.decode()


def test_the_language_chosen_is_kept_for_the_device_and_for_the_account(officer):
    client = visit(officer, language="vi")
    assert client.post("/language/", {"language": "en", "next": "/notices/"})["Location"] == "/notices/"
    assert '<html lang="en">' in client.get("/").content.decode()
    officer.refresh_from_db()
    assert officer.language == "en"
    assert '<html lang="en">' in visit(officer, language="").get("/").content.decode()


def test_a_language_that_is_not_spoken_changes_nothing(officer):
    client = visit(officer, language="vi")
    client.post("/language/", {"language": "xx"})
    officer.refresh_from_db()
    assert officer.language == "vi"


@pytest.mark.parametrize("address", ["/login/", "/", "/messages/", "/notices/", "/no-such-page/"])
def test_no_page_has_a_script_or_style_in_it(officer, address):
    answer = visit(officer if address != "/login/" else None).get(address)
    policy, page = answer["Content-Security-Policy"], answer.content.decode()
    assert "unsafe" not in policy
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', page) == []


def test_the_language_of_one_reader_is_not_left_to_the_next(officer):
    visit(officer, language="en").get("/")
    assert get_language() == "vi"
