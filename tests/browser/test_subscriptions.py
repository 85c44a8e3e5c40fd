"""Another system subscribes at the desk: made, challenged, called, paused, and given a new secret."""

import pytest
from playwright.sync_api import Page, expect
from standardwebhooks import Webhook

from accounts.models import Role
from tests.browser.conftest import PHONE, Opening
from tests.browser.looking import bring_axe, wrong
from tests.edges.called import call_all, touch
from tests.listener import Listener, listening, trust
from tests.make import make_agency, make_issued, make_user
from tracker import clock

CHANGED = "Phần việc: thay đổi theo nội dung khác"
pytestmark = pytest.mark.django_db(transaction=True)


def made(page: Page, listener: Listener) -> str:
    """Make the subscription as an administrator does; its secret, which is shown once."""
    page.goto("/admin/directives/subscription/")
    page.get_by_role("link", name="Thêm").click()
    page.locator("[name=name]").fill("Trung tâm điều hành")
    page.locator("[name=agency]").select_option(label="Bộ Công an")
    page.locator("[name=endpoint]").fill(listener.address())
    page.locator("[name=events][value='assignment.*']").check()
    page.get_by_role("button", name="Lưu").first.click()
    secret = page.locator(".plain-key").inner_text()
    page.get_by_role("link", name="Tôi đã chép khóa").click()
    expect(page.locator("body")).not_to_contain_text(secret)
    return secret


def stands(page: Page, state: str, *calls: str) -> None:
    """The page says how it stands, and in words what was told last, the newest first."""
    page.wait_for_load_state()
    page.goto(page.url)
    expect(page.locator("h1 .tag")).to_have_text(state)
    expect(page.locator("section[aria-labelledby=calls] li strong")).to_have_text(calls)
    assert wrong(page) == []


def test_a_subscription_is_made_challenged_called_paused_and_given_a_new_secret(open_as: Opening):
    agency, administrator = make_agency("Bộ Công an"), make_user(Role.ADMINISTRATOR)
    (work,) = make_issued(agency)
    page = bring_axe(open_as(administrator))
    with listening() as listener:
        trust(listener)
        secret = made(page, listener)
        stands(page, "Chưa xác minh", "Yêu cầu xác minh")
        call_all(clock.now())
        touch(work)
        call_all(clock.now())
        stands(page, "Đang nhận thay đổi", CHANGED, "Yêu cầu xác minh")
        page.get_by_role("button", name="Cấp khóa bí mật mới").click()
        newer = page.locator(".plain-key").inner_text()
        page.get_by_role("link", name="Tôi đã chép khóa").click()
        touch(work)
        call_all(clock.now())
    for sent, known in ((listener.changes[0], secret), (listener.changes[1], secret), (listener.changes[1], newer)):
        Webhook(known).verify(sent.body, sent.headers)
    page.get_by_role("button", name="Tạm dừng").click()
    stands(page, "Tạm dừng gửi", CHANGED, CHANGED, "Yêu cầu xác minh")
    phone = bring_axe(open_as(administrator, size=PHONE, language="en"))
    phone.goto(page.url)
    stands(phone, "Paused", *["Assignments: changed along with something else"] * 2, "Challenge")
    phone.get_by_role("link", name="Challenge").click()
    expect(phone.locator("h1")).to_contain_text("Challenge")
    assert wrong(phone) == []
