"""A device that its user marked as own, when the network is away, and when it is somebody else's turn."""

import re

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from accounts.models import User
from tests.browser.conftest import PHONE, Opening
from tests.edges.visiting import make_world
from tests.make import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = """async () => [
    ...(await caches.keys()), ...(await indexedDB.databases()).map(one => one.name), ...Object.keys(localStorage)]"""
KEPT_LIST = """async (words) => {
    for (let tries = 0; tries < 100; tries += 1) {
        const copy = await (await caches.match('/device/list/'))?.text();
        if (copy?.includes(words)) return true;
        await new Promise(wake => setTimeout(wake, 100));
    }
}"""


def log_in(page: Page, user: User) -> None:
    page.goto("/login/")
    page.locator("#id_username").fill(user.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/")
    page.wait_for_load_state()


def switch(page: Page, *, own: bool) -> None:
    page.goto("/device/")
    page.get_by_label("Đây là thiết bị của riêng tôi").set_checked(own)
    page.get_by_role("button", name="Lưu lựa chọn").click()
    expect(page.locator("main [role=status]:visible")).to_contain_text("Đã ghi nhận")


def see_list(page: Page, context: BrowserContext) -> None:
    """Without network the list is shown, with its moment, whatever page is asked for; and with it the page again."""
    context.set_offline(True)
    for address in ("/", "/messages/"):
        page.goto(address)
        expect(page.get_by_role("heading", name="Đưa tiện ích lên VNeID")).to_be_visible()
        expect(page.get_by_role("status")).to_contain_text("Ngoại tuyến, số liệu lúc ")
        assert page.locator("form, main a:not([href='/'])").count() == 0
        assert page.evaluate(
            "document.fonts.check('16px \"Be Vietnam Pro\"', 'ạ') && innerWidth >= document.body.scrollWidth"
        )
    context.set_offline(False)
    expect(page.get_by_text("Ngoại tuyến")).to_be_hidden()
    page.wait_for_load_state()


def see_nothing(page: Page, context: BrowserContext) -> None:
    assert page.evaluate(KEPT) == []
    context.set_offline(True)
    with pytest.raises(Error, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        page.goto("/")
    context.set_offline(False)


def test_an_own_device_shows_the_last_list_and_forgets_it_when_its_person_leaves(open_as: Opening):
    world = make_world(due_on=None)
    for user in (world.officer, world.stranger):
        user.set_password(PASSWORD)
        user.save()
    page = open_as(size=PHONE)
    context = page.context
    log_in(page, world.officer)
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    see_nothing(page, context)
    page.goto("/")

    switch(page, own=True)
    page.goto("/")
    assert page.evaluate(KEPT_LIST, "Đưa tiện ích lên VNeID")
    see_list(page, context)

    # A form does not leave, or says that it could not, and nothing has changed.
    page.goto(f"/assignments/{world.assignment.uuid}/")
    context.set_offline(True)
    page.get_by_role("button", name="Tiếp nhận").click()
    expect(page.locator("#no-network")).to_be_focused()
    page.locator("form[action$='/acknowledge/']").evaluate("form => form.submit()")
    expect(page.get_by_role("heading", name="Chưa gửi được gì")).to_be_visible()
    context.set_offline(False)
    world.assignment.refresh_from_db()
    assert world.assignment.state == "assigned"

    # Taking the mark away, and logging out, leave nothing.
    switch(page, own=False)
    see_nothing(page, context)
    switch(page, own=True)
    page.goto("/")
    assert page.evaluate(KEPT_LIST, "Đưa tiện ích lên VNeID")
    page.locator("details.who summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/login/")
    see_nothing(page, context)

    # The mark stays for its person; whoever comes instead finds nothing of the first, and no mark.
    log_in(page, world.officer)
    assert page.evaluate(KEPT_LIST, "Đưa tiện ích lên VNeID")
    context.clear_cookies(name="dondoc_session")
    log_in(page, world.stranger)
    see_nothing(page, context)
    assert "dondoc_device" not in {cookie["name"] for cookie in context.cookies()}
    page.goto("/device/")
    expect(page.get_by_label("Đây là thiết bị của riêng tôi")).not_to_be_checked()

    # So it is where the browser has lost the mark in between.
    switch(page, own=True)
    page.goto("/")
    assert page.evaluate(KEPT_LIST, "Danh sách không có việc nào")
    context.clear_cookies(name=re.compile("dondoc_"))
    log_in(page, world.officer)
    see_nothing(page, context)
