"""Words that were typed and could not be sent: they come back to whoever wrote them, and to nobody else."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse

from accounts.models import Role
from directives.models import Report, Unsent
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import visit
from tests.make import PASSWORD, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
WORDS = "Đã tích hợp 2 trong 4 tiện ích."


def place(world):
    return reverse("report", args=[world.assignment.uuid])


def one(world):
    """The form of one report."""
    return place(world), {"text": WORDS, "percent": "nửa", "who": world.officer.uuid}


def several(world):
    """The form of a sitting."""
    prefix = world.assignment.uuid.hex
    said = {f"{prefix}-text": WORDS, f"{prefix}-percent": "nửa", f"{prefix}-kind": "hand_in"}
    return reverse("sitting"), {**said, "a": [world.assignment.uuid], "who": world.officer.uuid}


FORMS = pytest.mark.parametrize("form", [one, several])


def hidden(page, name):
    """What a page carries in a hidden field."""
    return unescape(re.findall(rf'name="{name}" value="([^"]*)"', page.content.decode())[-1])


def with_an_old_page(user):
    """A browser in which the token of a page has grown old."""
    client = visit(user)
    client.handler.enforce_csrf_checks = True
    client.get("/password/")
    return client


def sent(client, page, button, **more):
    """Press a button of `page`, a form with what it carries."""
    words = {"next": hidden(page, "next"), "typed": hidden(page, "typed"), **more}
    return client.post(button, {**words, "csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken")}, follow=True)


@FORMS
def test_a_page_that_has_grown_old_keeps_the_words_for_a_draft(world, form):
    address, typed = form(world)
    client = with_an_old_page(world.officer)
    with nothing_changes():
        old = client.post(address, {**typed, "csrfmiddlewaretoken": "a" * 64})
    assert old.status_code == 403
    assert WORDS in old.content.decode()
    back = sent(client, old, reverse("carried"))
    assert back.status_code == 200
    assert WORDS in back.content.decode()
    assert 'value="nửa"' in back.content.decode()
    kept = Unsent.objects.get()
    assert (kept.user, kept.words["text"], kept.words["percent"]) == (world.officer, WORDS, "nửa")
    assert not Report.objects.exists()


def test_a_page_without_words_says_that_it_has_grown_old(world):
    answer = with_an_old_page(world.officer).post(place(world), {"text": " ", "csrfmiddlewaretoken": "a" * 64})
    assert answer.status_code == 403
    assert "This page has grown old" in answer.content.decode()
    assert "typed" not in answer.content.decode()


@FORMS
def test_another_person_at_the_old_page_gets_nothing_of_it_and_its_writer_all(world, form):
    address, typed = form(world)
    world.officer.set_password(PASSWORD)
    world.officer.save()
    other = make_user(Role.OFFICER, world.agency)
    client = with_an_old_page(other)
    with nothing_changes():
        answer = client.post(address, {**typed, "csrfmiddlewaretoken": "a" * 64})
    assert answer.status_code == 409
    assert "Somebody else wrote this" in answer.content.decode()
    assert f"<p>{WORDS}" not in answer.content.decode()
    door = sent(client, answer, reverse("log_out"))
    assert not Unsent.objects.exists()
    back = sent(client, door, reverse("log_in"), username=world.officer.email, password=PASSWORD)
    assert WORDS in back.content.decode()
    assert Unsent.objects.get().user == world.officer


@FORMS
def test_whoever_logs_in_with_somebody_elses_words_is_told_and_keeps_nothing(world, form):
    address, typed = form(world)
    other = make_user(Role.OFFICER, world.agency, email="khac@bca.example", password=PASSWORD)
    client = visit()
    door = client.post(address, typed)
    assert door.status_code == 401
    who = {"username": other.email, "password": PASSWORD}
    told = client.post(reverse("log_in"), {**who, "next": hidden(door, "next"), "typed": hidden(door, "typed")})
    assert (told.status_code, "Somebody else wrote this" in told.content.decode()) == (409, True)
    assert not Unsent.objects.exists()
    assert json.loads(hidden(told, "typed"))["who"] == str(world.officer.uuid)


@FORMS
def test_a_form_that_another_person_filled_in_is_neither_sent_nor_kept(world, form):
    address, typed = form(world)
    client = visit(make_user(Role.OFFICER, world.agency))
    with nothing_changes():
        assert client.post(address, typed).status_code == 409
        assert client.post(address, {**typed, "keep": "1"}).status_code == 409
        quiet = reverse("keep_sitting") if form is several else f"{address}unsent/"
        assert client.post(quiet, typed).status_code == 403


def test_a_door_that_was_passed_in_another_window_keeps_what_it_carries(world):
    world.officer.set_password(PASSWORD)
    world.officer.save()
    client = visit()
    door = client.post(place(world), one(world)[1])
    client.force_login(world.officer, "django.contrib.auth.backends.ModelBackend")
    carried = {"next": hidden(door, "next"), "typed": hidden(door, "typed")}
    who = {"username": world.officer.email, "password": PASSWORD}
    client.post(reverse("log_in"), {**who, **carried})
    assert Unsent.objects.get().words["text"] == WORDS
    Unsent.objects.all().delete()
    client.handler.enforce_csrf_checks = True
    old = client.post(reverse("log_in"), {**who, **carried, "csrfmiddlewaretoken": "a" * 64})
    assert (old.status_code, WORDS in old.content.decode()) == (403, True)
