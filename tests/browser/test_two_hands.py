"""Two secretaries at one directive and at one ladder: what goes together is joined, the rest is decided by keyboard."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Role
from directives.models import Directive, Notice
from tests.browser.conftest import DESK, PHONE, Opening
from tests.browser.test_admin import sound
from tests.edges.desk_of import directive_form, drafted, make_desk
from tests.make import make_user

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


def save(page: Page, button: str = "Lưu nhiệm vụ") -> None:
    """Press a button by keyboard."""
    page.get_by_role("button", name=button, exact=True).press("Enter")


@SIZES
def test_the_second_save_joins_what_goes_together_and_asks_about_the_rest(open_as: Opening, size):
    desk = make_desk(Client())
    lan = make_user(Role.SECRETARIAT, desk.committee, name="Chị Lan")
    notice = drafted(desk)
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    address = reverse("admin:directive_change", args=[notice.pk, Directive.objects.get().pk])
    mine, hers = open_as(desk.secretary, size=size), open_as(lan, size=size)

    mine.goto(address)
    hers.goto(address)
    hers.get_by_label("Sản phẩm").fill("Bốn tiện ích")
    save(hers)
    expect(hers.get_by_text("Đã lưu nhiệm vụ.").first).to_be_visible()
    mine.get_by_label("Nội dung nhiệm vụ").fill("Đưa bốn tiện ích lên VNeID")
    save(mine)
    expect(mine.get_by_text("Đã gộp với bản của bạn: Sản phẩm").first).to_contain_text("do Chị Lan sửa lúc")
    directive = Directive.objects.get()
    assert (directive.product, directive.wording) == ("Bốn tiện ích", "Đưa bốn tiện ích lên VNeID")

    mine.goto(address)
    hers.goto(address)
    hers.get_by_label("Nội dung nhiệm vụ").fill("Bản của chị Lan")
    hers.get_by_label("Sản phẩm").fill("Năm tiện ích")
    save(hers)
    expect(hers.get_by_text("Đã lưu nhiệm vụ.").first).to_be_visible()
    mine.get_by_label("Nội dung nhiệm vụ").fill("Bản của tôi")
    mine.get_by_label("Sản phẩm").fill("Sáu tiện ích")
    save(mine)
    expect(mine.get_by_text("Chưa có nội dung nào bị ghi đè.")).to_be_visible()
    sound(mine)
    assert mine.locator("form.both input:checked").count() == 0
    expect(mine.get_by_role("group", name="Nội dung nhiệm vụ")).to_contain_text("Đưa bốn tiện ích lên VNeID")
    expect(mine.locator(":focus")).to_have_attribute("value", "theirs")
    mine.keyboard.press("Space")
    mine.keyboard.press("Tab")
    mine.keyboard.press("ArrowDown")
    expect(mine.locator(":focus")).to_have_attribute("value", "mine")
    save(mine, "Lưu theo lựa chọn")
    expect(mine.get_by_text("Đã lưu nhiệm vụ.").first).to_be_visible()
    directive.refresh_from_db()
    assert {directive.wording, directive.product} & {"Bản của tôi", "Sáu tiện ích"}


def test_what_was_typed_is_there_when_the_draft_was_issued_meanwhile(open_as: Opening):
    desk = make_desk(Client())
    notice = drafted(desk)
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    page = open_as(desk.secretary, size=PHONE)
    page.goto(reverse("admin:directive_change", args=[notice.pk, Directive.objects.get().pk]))
    page.get_by_label("Nội dung nhiệm vụ").fill("Đã gõ rất lâu")
    notice = Notice.objects.get()
    desk.client.post(reverse("admin:notice_issue", args=[notice.pk]), {"version": notice.version, "unhandled_ok": "on"})
    save(page)
    expect(page.get_by_text("Đã gõ rất lâu")).to_be_visible()
    sound(page)
