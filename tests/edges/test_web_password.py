"""The page on which people change their own password: what it asks, what it refuses, and whose sessions end."""

import pytest
from django.test import Client
from django.utils.translation import override

from accounts.models import Role, User
from directives.models import Event
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import visit
from tests.make import PASSWORD, make_user

pytestmark = pytest.mark.django_db
PAGE = "/password/"
NEW = "Mat-khau-moi-cua-toi-2026"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def officer() -> User:
    return make_user(Role.OFFICER, password=PASSWORD)


@pytest.fixture
def client(officer) -> Client:
    """The officer's browser, which has been here for a moment."""
    client = visit(officer)
    client.get("/here/")
    return client


def typed(old: str = PASSWORD, new: str = NEW, again: str = "") -> dict[str, str]:
    return {"old_password": old, "new_password1": new, "new_password2": again or new}


def test_the_new_password_opens_the_door_and_history_tells_no_word_of_it(officer, client):
    assert client.post(PAGE, typed())["Location"] == PAGE
    officer.refresh_from_db()
    assert officer.check_password(NEW)
    event = Event.objects.get()
    assert (event.verb, event.by, event.subject) == ("change_password", officer, f"user:{officer.uuid}")
    assert (event.before, event.after, event.reason) == ({}, {}, "")


def test_this_session_goes_on_and_those_elsewhere_end(officer, client):
    elsewhere = visit(officer)
    assert elsewhere.get("/").status_code == 200
    client.post(PAGE, typed())
    assert client.get("/").status_code == 200
    assert elsewhere.get("/")["Location"] == "/login/?next=/"


WRONG = {
    "nothing": (
        {},
        {
            "old_password": ["Please write your present password."],
            "new_password1": ["Please write the new password."],
            "new_password2": ["Please write the new password once more."],
        },
    ),
    "not alike": (typed(again=f"{NEW}!"), {"new_password2": ["The two new passwords are not alike."]}),
    "too short": (typed(new="Ngan-2026"), {"new_password2": ["The password needs at least 14 characters."]}),
    "letters alone": (
        typed(new="matkhaumoicuatoi"),
        {"new_password2": ["The password needs a small letter, a capital letter, a digit and another sign."]},
    ),
    "the old one again": (
        typed(new=PASSWORD),
        {"new_password1": ["The new password is the one that you have. Choose another."]},
    ),
}


@pytest.mark.parametrize(("given", "told"), WRONG.values(), ids=WRONG)
def test_what_will_not_do_is_told_at_its_field_and_changes_nothing(client, given, told):
    with nothing_changes():
        answer = client.post(PAGE, given)
    assert (answer.status_code, answer.context["form"].errors) == (400, told)


def test_a_wrong_present_password_is_refused_and_the_fifth_locks_the_account(officer, client):
    with nothing_changes():
        answer = client.post(PAGE, typed(old="sai"))
    told = "This is not your present password. After five wrong tries log-in is locked."
    assert (answer.status_code, answer.context["form"].errors) == (400, {"old_password": [told]})
    answers = [client.post(PAGE, typed(old="sai")).status_code for _ in range(4)]
    assert answers == [400, 400, 400, 429]
    assert client.post(PAGE, typed()).status_code == 429
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_typed_passwords_are_never_sent_back(client):
    page = client.post(PAGE, typed(old="Sai-hoan-toan-1", again="Khac-hoan-toan-1")).content.decode()
    assert not [word for word in ("Sai-hoan-toan-1", NEW, "Khac-hoan-toan-1") if word in page]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SECRETARIAT])
def test_the_way_there_stands_with_what_is_one_s_own(role):
    browser = visit(make_user(role))
    assert f'href="{PAGE}"' in browser.get("/").content.decode()
    if role == Role.SECRETARIAT:
        assert f'href="{PAGE}"' in browser.get("/admin/").content.decode()
        assert browser.get("/admin/password_change/")["Location"] == PAGE
