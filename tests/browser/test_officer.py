"""What an officer does in a real browser beside the path of `test_officers_path`, with and without scripts."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Request, expect

from directives.models import Assignment, Delivery, ExtensionRequest, Report
from tests.browser.conftest import PHONE, SMALLEST, WIDEST, Opening
from tests.browser.looking import fits
from tests.edges.visiting import World, make_world
from tracker import clock

pytestmark = pytest.mark.django_db(transaction=True)
PDF = {"name": "Báo cáo tiến độ.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 evidence"}
PLACES = pytest.mark.parametrize(
    ("size", "scripts"),
    [(WIDEST, True), (SMALLEST, True), (SMALLEST, False)],
    ids=["desk", "phone", "phone without scripts"],
)


@pytest.fixture
def world() -> World:
    return make_world(due_on=clock.today() + timedelta(days=30))


@PLACES
def test_an_extension_is_asked_for(world, open_as: Opening, size, scripts):
    page = open_as(world.officer, size=size, scripts=scripts, language="en")
    page.goto(f"/assignments/{world.assignment.uuid}/")
    page.get_by_role("link", name="Ask for an extension").click()
    until = clock.today() + timedelta(days=60)
    page.get_by_label("New deadline asked for").fill(until.isoformat())
    page.get_by_label("Reason").fill("Chờ dữ liệu của 12 địa phương.")
    page.get_by_role("button", name="Ask for an extension").click()
    expect(page.get_by_role("heading", name="Extension asked for")).to_be_visible()
    fits(page)
    assert ExtensionRequest.objects.get().asked_due_on == until


@PLACES
def test_what_was_typed_stays_when_it_is_refused(world, open_as: Opening, size, scripts):
    page = open_as(world.officer, size=size, scripts=scripts, language="en")
    page.goto(f"/assignments/{world.assignment.uuid}/report/")
    page.get_by_label("What was done").fill("Đã làm được một nửa.")
    page.get_by_label("Percent done").fill("101")
    page.get_by_role("button", name="Report progress").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was changed; what you wrote is still here.")
    expect(page.get_by_label("What was done")).to_have_value("Đã làm được một nửa.")
    expect(page.get_by_label("Percent done")).to_have_accessible_description(
        re.compile("The percentage lies between 0 and 100.")
    )
    fits(page)
    assert not Report.objects.exists()


def _sends(request: Request, form: str) -> bool:
    """Whether this request sends the form itself: what is typed is kept at an address of its own."""
    return request.method == "POST" and request.url.endswith(form)


def test_a_file_that_is_too_large_is_named_before_anything_is_sent(world, open_as: Opening, tmp_path):
    large = tmp_path / "Phụ lục.pdf"
    with large.open("wb") as file:
        file.truncate(25 * 1024 * 1024 + 1)
    page = open_as(world.officer, size=PHONE, language="en")
    sent: list[str] = []
    form = f"/assignments/{world.assignment.uuid}/report/"
    page.on("request", lambda request: sent.append(request.url) if _sends(request, form) else None)
    page.goto(form)
    page.get_by_label("What was done").fill("Một nửa.")
    page.get_by_label("Files").set_input_files(large)
    expect(page.get_by_role("alert")).to_have_text("Phụ lục.pdf is too large: a file may have at most 25 MB.")
    page.get_by_role("button", name="Report progress").click()
    expect(page.get_by_label("Files")).to_be_focused()
    expect(page.get_by_label("What was done")).to_have_value("Một nửa.")
    assert sent == []
    page.get_by_label("Files").set_input_files([PDF])
    page.get_by_role("button", name="Report progress").click()
    expect(page.get_by_role("status")).to_have_text("The report was sent.")


def test_a_refused_form_opens_at_what_is_wrong(world, open_as: Opening):
    page = open_as(world.officer, size=PHONE, language="en")
    page.goto(f"/assignments/{world.assignment.uuid}/report/")
    page.get_by_label("What was done").fill("Một nửa.")
    page.get_by_label("Percent done").fill("140")
    page.get_by_role("button", name="Report progress").click()
    expect(page.get_by_label("Percent done")).to_be_focused()
    expect(page.get_by_text("The percentage lies between 0 and 100.")).to_be_in_viewport()


def test_a_second_click_without_scripts_sends_once_too(world, open_as: Opening):
    page = open_as(world.officer, language="en", scripts=False)
    page.goto(f"/assignments/{world.assignment.uuid}/report/")
    page.get_by_label("What was done").fill("Một lần.")
    page.get_by_role("button", name="Report progress").dblclick()
    expect(page.get_by_role("status").first).to_have_text("The report was sent.")
    assert Report.objects.count() == 1


def test_whoever_was_overtaken_is_told_and_can_send_again(world, open_as: Opening):
    page = open_as(world.officer, language="en")
    page.goto(f"/assignments/{world.assignment.uuid}/report/")
    page.get_by_label("What was done").fill("Bản của tôi.")
    Assignment.objects.update(version=2)
    page.get_by_role("button", name="Report progress").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody else changed this in the meantime.")
    page.get_by_role("button", name="Report progress").click()
    expect(page.get_by_role("status")).to_have_text("The report was sent.")
    assert Report.objects.get().text == "Bản của tôi."


def test_a_double_click_sends_once(world, open_as: Opening):
    page = open_as(world.officer, language="en")
    page.goto(f"/assignments/{world.assignment.uuid}/report/")
    page.get_by_label("What was done").fill("Một lần.")
    page.get_by_role("button", name="Report progress").dblclick()
    expect(page.get_by_role("status")).to_have_text("The report was sent.")
    assert Report.objects.count() == 1


def test_the_way_back_after_a_hand_in_hands_in_nothing_else(world, open_as: Opening):
    page = open_as(world.officer, size=PHONE, language="en", scripts=False)
    page.goto(f"/assignments/{world.assignment.uuid}/hand-in/")
    page.get_by_label("Result").fill("Đã hoàn thành.")
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator(".one-acts")).to_contain_text("Waiting for verification")
    page.go_back()
    expect(page.get_by_text("the assignment was handed in and waits for verification")).to_be_visible()
    expect(page.get_by_label("Result")).to_have_count(0)
    assert Report.objects.get().text == "Đã hoàn thành."


def test_a_search_swaps_the_list_and_stands_in_the_address(world, open_as: Opening):
    page = open_as(world.officer, language="en")
    page.goto("/")
    page.evaluate("window.stayed = true")
    page.get_by_role("searchbox").fill("tien ich vneid")
    page.get_by_role("button", name="Find").click()
    page.wait_for_url("**/?q=tien+ich+vneid")
    expect(page.get_by_role("link", name="Đưa tiện ích lên VNeID")).to_be_visible()
    page.get_by_role("link", name="remove this filter").click()
    page.wait_for_url("**/?")


@PLACES
def test_filters_are_chosen_kept_and_taken_away(world, open_as: Opening, size, scripts):
    page = open_as(world.officer, size=size, scripts=scripts, language="en")
    page.goto("/")
    page.locator(".why summary").click()
    expect(page.get_by_text("Counted from")).to_be_visible()
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Notice number").fill("999/TB-VPCP")
    page.get_by_role("button", name="Narrow the list").click()
    expect(page.get_by_role("heading", name="Nothing here for these filters")).to_be_visible()
    assert page.url.endswith("/?notice=999%2FTB-VPCP")
    fits(page)
    page.get_by_label("Keep this list").fill("Của 999")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("status")).to_have_text("The view is kept.")
    page.get_by_role("link", name="Remove all filters").first.click()
    expect(page.get_by_role("link", name="Đưa tiện ích lên VNeID")).to_be_visible()
    page.get_by_role("link", name="Của 999").click()
    assert page.url.endswith("/?notice=999%2FTB-VPCP")
    fits(page)


def test_typing_is_a_sign_of_life_once_a_minute(world, open_as: Opening):
    page = open_as(world.officer, language="en")
    signs: list[str] = []
    page.on("request", lambda request: signs.append(request.url) if request.url.endswith("/here/") else None)
    page.clock.install()
    page.goto(f"/assignments/{world.assignment.uuid}/report/")
    page.get_by_label("What was done").type("Đang viết")
    assert signs == []
    page.clock.fast_forward(61_000)
    page.get_by_label("What was done").type(" báo cáo dài")
    expect(page.get_by_label("What was done")).to_have_value("Đang viết báo cáo dài")
    assert len(signs) == 1


def test_the_keyboard_reaches_the_content_first_and_the_menu_closes(world, open_as: Opening):
    page = open_as(world.officer, language="en")
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    account = page.locator("details.who summary")
    account.click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Log out")).to_be_hidden()
    expect(account).to_be_focused()


def test_the_bell_counts_and_the_language_changes(world, open_as: Opening):
    now = clock.now()
    Delivery.objects.create(
        key="1", kind="digest", channel="in_app", recipient=world.officer, state="sent",
        created_at=now, due_at=now, sent_at=now, subject="Việc sắp đến hạn", body="Còn 3 ngày làm việc.",
    )  # fmt: skip
    page = open_as(world.officer, language="en")
    page.goto("/")
    page.get_by_role("link", name="Messages, 1 unread").click()
    page.get_by_role("button", name=re.compile("^Mark as read")).click()
    expect(page.get_by_role("link", name="Messages, 0 unread")).to_be_visible()
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    assert page.url.endswith("/messages/")
