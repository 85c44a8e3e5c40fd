"""What a device is given to keep, for whom, and when it is told to forget."""

import json
import struct
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Role
from tests.drawing import DRAWN
from tests.edges.visiting import visit
from tests.make import PASSWORD, make_assignment, make_user
from tracker.web.own_device import COOKIE, WIPE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
COPY, DEVICE = "/device/list/", "/device/"
QUERIES = 13


def own(user) -> Client:
    """A browser on a device that `user` has marked."""
    browser = visit(user)
    browser.post(DEVICE, {"own": "yes"})
    return browser


def test_only_a_marked_device_gets_the_copy_and_only_its_person(world):
    browser = visit(world.officer)
    assert (browser.get(COPY).status_code, "worker.js" in browser.get("/").content.decode()) == (404, False)
    marked = browser.post(DEVICE, {"own": "yes"})
    assert (marked["Location"], marked["Clear-Site-Data"], bool(marked.cookies[COOKIE]["httponly"])) == (
        DEVICE,
        WIPE,
        True,
    )
    copy = browser.get(COPY)
    assert (copy.status_code, copy["Cache-Control"], copy["X-Kept-Until"]) == (200, "no-store", "1742176800000")
    assert [("X-Own-Device" in one.get("/").headers) for one in (browser, visit(world.officer))] == [True, False]
    assert 'data-worker-url="/worker.js"' in browser.get("/").content.decode()
    stolen = visit(world.stranger)
    stolen.cookies[COOKIE] = browser.cookies[COOKIE].value
    assert stolen.get(COPY).status_code == 404


def test_the_copy_is_the_list_that_was_seen_with_its_moment_and_nothing_to_press(world):
    make_assignment(world.agency, role="coordinating")
    page = own(world.officer).get(f"{COPY}?tab=coordinating").content.decode()
    assert "Without network, as it stood at 09:00 on 10/03/2025." in page
    assert "Đưa tiện ích lên VNeID" not in page
    page = own(world.officer).get(COPY).content.decode()
    assert "Đưa tiện ích lên VNeID" in page
    assert [word for word in ("<form", "csrf", str(world.assignment.uuid)) if word in page] == []


def test_logging_out_at_either_door_wipes_and_keeps_the_mark(world):
    for door in ("/logout/", "/admin/logout/"):
        browser = own(world.officer)
        answer = browser.post(door)
        assert (answer["Clear-Site-Data"], COOKIE in answer.cookies) == (WIPE, False)
    assert "Clear-Site-Data" not in visit(world.officer).post("/logout/")


def test_whoever_comes_instead_wipes_what_was_kept_and_the_mark(world):
    stranger = make_user(Role.OFFICER, password=PASSWORD)
    browser = own(world.officer)
    del browser.cookies[settings.SESSION_COOKIE_NAME]
    assert "Clear-Site-Data" not in browser.get("/login/")
    entered = browser.post("/login/", {"username": stranger.email, "password": PASSWORD})
    # A worker cannot read where a form leads to: the page behind it says it once more, and takes the mark.
    assert (entered.status_code, entered["Clear-Site-Data"], COOKIE in entered.cookies) == (302, WIPE, False)
    page = browser.get("/")
    assert (page["Clear-Site-Data"], page.cookies[COOKIE].value, "worker.js" in page.content.decode()) == (
        WIPE,
        "",
        False,
    )
    del browser.cookies[COOKIE]
    assert "Clear-Site-Data" not in browser.get("/")


def test_the_mark_is_taken_away_again(world):
    browser = own(world.officer)
    answer = browser.post(DEVICE, {})
    assert (answer["Clear-Site-Data"], answer.cookies[COOKIE].value) == (WIPE, "")
    assert browser.get(COPY).status_code == 404


def test_the_worker_and_the_manifest_name_only_what_is_there(world):
    browser = visit()
    worker = browser.get("/worker.js")
    assert (worker["Content-Type"], worker["Cache-Control"]) == ("text/javascript; charset=utf-8", "no-cache")
    known = json.loads(worker.content.decode().partition("const KNOWN = ")[2].partition(";\n")[0])
    assert known["wipedBy"] == ["/logout/", "/admin/logout/", DEVICE]
    manifest = browser.get("/manifest.webmanifest")
    assert manifest["Content-Type"] == "application/manifest+json"
    icons = [icon["src"] for icon in manifest.json()["icons"]]
    assert {browser.get(address).status_code for address in (*known["shell"], known["notSent"], *icons)} == {200}
    policy = browser.get("/login/")["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy


@pytest.mark.parametrize("name", DRAWN)
def test_icons_are_drawn_in_their_size(name):
    content = (Path(settings.BASE_DIR) / "tracker/static/tracker/img" / name).read_bytes()
    assert struct.unpack(">II", content[16:24]) == (DRAWN[name][0],) * 2


@pytest.mark.parametrize("rows", [1, 12])
def test_the_copy_costs_the_same_for_any_length(rows, django_assert_num_queries):
    officer = make_user()
    browser = own(officer)
    for _number in range(rows):
        make_assignment(officer.offices.get().agency)
    with django_assert_num_queries(QUERIES):
        assert browser.get(COPY).content.decode().count("<li class") == rows
