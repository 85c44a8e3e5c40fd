"""The whole path of an officer in a real browser, on a wide desk and a small phone, with and without scripts."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from icalendar import Calendar
from playwright.sync_api import Page, expect

from accounts.models import Role, User
from directives.actions.reporting import return_report
from directives.models import Assignment, Attachment, Report
from directives.rules.lifecycle import State
from tests.browser.conftest import SMALLEST, WIDEST, Opening
from tests.browser.looking import fits
from tests.browser.test_officer import PDF
from tests.edges.visiting import World, make_world
from tests.make import PASSWORD, make_user
from tracker import clock

pytestmark = pytest.mark.django_db(transaction=True)
DONE = "Đã tích hợp cả bốn tiện ích."
ASKED = "Thiếu số liệu của ba địa phương; đề nghị bổ sung."
SIZES = {"desk": WIDEST, "phone": SMALLEST}


@pytest.fixture
def world() -> World:
    return make_world(due_on=clock.today() + timedelta(days=30))


@pytest.fixture
def officer(world) -> User:
    return make_user(Role.OFFICER, world.agency, email="chuyen-vien@bca.example", password=PASSWORD)


@pytest.mark.parametrize("scripts", [True, False], ids=["", "without scripts"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_from_the_first_log_in_to_the_second_hand_in(world, officer, open_as: Opening, size, scripts):
    page = open_as(size=size, scripts=scripts, language="en")
    page.goto("/")
    log_in(page)
    expect(page.get_by_role("heading", name="What to do next")).to_be_visible()
    fits(page)
    acknowledge_and_start(page)
    report_with_a_file(page)
    hand_in_over_the_end_of_the_session(page, world, scripts=scripts)

    return_report(Assignment.objects.get(), by=world.secretary, at=clock.now(), reason=ASKED, redo_by=clock.today())
    page.goto("/")
    expect(page.locator(".work-row").first).to_contain_text(ASKED)
    fits(page)
    page.locator(".work-act").get_by_role("link").click()
    expect(page.get_by_text(ASKED).first).to_be_visible()
    page.get_by_label("Result").fill("Đã bổ sung.")
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator(".one-acts")).to_contain_text("Waiting for verification")
    fits(page)
    assert Assignment.objects.get().state == State.HANDED_IN
    told = [("progress", "submitted"), ("hand_in", "returned"), ("hand_in", "submitted")]
    assert list(Report.objects.order_by("pk").values_list("kind", "state")) == told
    assert Attachment.objects.get().name == PDF["name"]


def log_in(page: Page) -> None:
    page.get_by_label("E-mail").fill("chuyen-vien@bca.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def acknowledge_and_start(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Acknowledge")).click()
    expect(page.get_by_role("status")).to_have_text("Acknowledged.")
    page.get_by_role("link", name="Đưa tiện ích lên VNeID").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("status")).to_have_text("Work has begun.")
    fits(page)


def report_with_a_file(page: Page) -> None:
    page.get_by_role("link", name="Report progress").click()
    expect(page.get_by_role("heading", name="Report progress")).to_be_visible()
    fits(page)
    page.get_by_label("What was done").fill("Đã tích hợp 2 trong 4 tiện ích.")
    page.get_by_label("Percent done").fill("50")
    page.get_by_label("Difficulties").fill("Thiếu dữ liệu.")
    page.get_by_label("Files").set_input_files([PDF])
    page.get_by_role("button", name="Report progress").click()
    expect(page.get_by_role("status")).to_have_text("The report was sent.")
    expect(page.get_by_text("Đã tích hợp 2 trong 4 tiện ích.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=PDF["name"]).click()
    assert download.value.path().read_bytes() == PDF["buffer"]


def hand_in_over_the_end_of_the_session(page: Page, world: World, *, scripts: bool) -> None:
    """The session ends while the report is written; without scripts the log-in page carries it."""
    page.get_by_role("link", name="Hand in").click()
    page.get_by_label("Result").fill(DONE)
    Session.objects.all().delete()
    page.get_by_label("Number of the product's document").fill("1234/BCA-C06")
    page.get_by_role("button", name="Hand in").click()
    if scripts:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
    else:
        log_in(page)
        expect(page.get_by_label("Result")).to_have_value(DONE)
        page.get_by_role("button", name="Hand in").click()
    expect(page.locator(".one-acts")).to_contain_text("Waiting for verification")
    fits(page)
    report = Report.objects.get(kind="hand_in")
    assert (report.text, report.product_ref) == (DONE, "1234/BCA-C06")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_deadline_comes_into_a_calendar(world, officer, open_as: Opening, size):
    page = open_as(officer, size=size, language="en", scripts=False)
    page.goto("/calendar/")
    fits(page)
    page.get_by_role("button", name="Make the address").click()
    address = page.get_by_label("Address of the calendar").input_value()
    fits(page)
    path = urlsplit(address).path
    read = open_as().request.get(path)
    (entry,) = Calendar.from_ical(read.text()).events
    assert entry.start == world.assignment.due_on
    assert "Đưa tiện ích lên VNeID" in entry["SUMMARY"]
    page.goto("/calendar/")
    page.get_by_role("button", name="Revoke the address").click()
    assert open_as().request.get(path).status == 404
