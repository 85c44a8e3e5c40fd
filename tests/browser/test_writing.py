"""What somebody writes is never lost: in a real browser, over the end of a session, and in two windows."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from accounts.models import Role
from directives.models import Attachment, Report, Unsent
from tests.browser.conftest import PHONE, Opening
from tests.edges.visiting import World, make_world
from tests.make import PASSWORD, make_user
from tests.neighbours import until
from tracker import clock

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Đã tích hợp 2 trong 4 tiện ích."
PDF = {"name": "Báo cáo.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 evidence"}


@pytest.fixture
def world() -> World:
    return make_world(due_on=clock.today() + timedelta(days=30))


@pytest.fixture
def officer(world):
    return make_user(Role.OFFICER, world.agency, email="cv@bca.example", password=PASSWORD)


def report(world: World) -> str:
    return f"/assignments/{world.assignment.uuid}/report/"


def log_in(page: Page) -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_a_session_that_ends_asks_in_place_and_the_report_goes_out_with_its_file(world, officer, open_as: Opening):
    page = open_as(officer, size=PHONE, language="en")
    page.goto(report(world))
    page.get_by_label("What was done").press_sequentially(TEXT[:12])
    expect(page.get_by_role("status").filter(has_text="Draft saved at")).to_be_visible()
    assert Unsent.objects.get().words["text"] == TEXT[:12]

    Session.objects.all().delete()
    page.get_by_label("What was done").fill(TEXT)
    page.get_by_label("Files").set_input_files([PDF])
    expect(page.get_by_role("dialog", name="Log in again")).to_be_visible()
    log_in(page)
    expect(page.get_by_role("dialog")).to_be_hidden()
    until(lambda: Unsent.objects.get().words["text"] == TEXT)

    Session.objects.all().delete()
    page.get_by_role("button", name="Report progress").click()
    log_in(page)
    expect(page.get_by_role("status").filter(has_text="The report was sent.")).to_be_visible()
    assert page.url.endswith(f"/assignments/{world.assignment.uuid}/")
    assert Report.objects.get().text == TEXT
    assert Attachment.objects.get().name == "Báo cáo.pdf"
    assert not Unsent.objects.exists()


def test_what_is_typed_before_the_script_has_come_is_kept_too(world, officer, open_as: Opening):
    page, held = open_as(officer, size=PHONE, language="en"), []
    page.route("**/writing*.js", lambda route: held.append(route))
    page.goto(report(world), wait_until="commit")
    page.get_by_label("What was done").fill(TEXT)
    assert not Unsent.objects.exists()
    for script in held:
        script.continue_()
    until(lambda: Unsent.objects.filter(words__text=TEXT).exists())


def test_without_scripts_the_log_in_page_carries_what_was_written(world, officer, open_as: Opening):
    page = open_as(officer, size=PHONE, language="en", scripts=False)
    page.goto(report(world))
    page.get_by_label("What was done").fill(TEXT)
    Session.objects.all().delete()
    page.get_by_role("button", name="Report progress").click()
    page.get_by_label("E-mail").fill("cv@bca.example")
    log_in(page)
    expect(page.get_by_label("What was done")).to_have_value(TEXT)
    page.get_by_role("button", name="Report progress").click()
    expect(page.get_by_role("status")).to_have_text("The report was sent.")


def test_a_log_in_in_another_window_does_not_part_this_one_from_its_words(world, officer, open_as: Opening):
    first = open_as(officer, language="en")
    first.goto(report(world))
    second = first.context.new_page()
    second.goto(report(world))
    Session.objects.all().delete()
    second.get_by_label("Difficulties").fill("Thiếu dữ liệu.")
    log_in(second)
    expect(second.get_by_role("status").filter(has_text="Draft saved at")).to_be_visible()
    Unsent.objects.all().delete()
    first.get_by_label("What was done").fill(TEXT)
    first.get_by_role("button", name="Report progress").click()
    expect(first.get_by_role("status").filter(has_text="The report was sent.")).to_be_visible()
    assert Report.objects.get().text == TEXT


def test_two_windows_never_overwrite_one_another_silently(world, officer, open_as: Opening):
    first = open_as(officer, language="en")
    first.goto(report(world))
    second = first.context.new_page()
    second.goto(report(world))
    first.get_by_label("What was done").fill(TEXT)
    expect(first.get_by_role("status").filter(has_text="Draft saved at")).to_be_visible()
    second.get_by_label("What was done").fill("Bản thứ hai.")
    met = second.get_by_role("alert")
    expect(met).to_contain_text(TEXT)
    assert Unsent.objects.get().words == {"text": TEXT}
    met.get_by_role("button", name="Keep what stands here instead").click()
    until(lambda: Unsent.objects.get().words == {"text": "Bản thứ hai."})
    expect(met).to_be_hidden()
