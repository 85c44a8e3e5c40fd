"""A secretary amends a notice in force: from the new text to its issue, the decisions by keyboard."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from directives.models import Assignment, Notice
from tests.actions.an_amendment import FIRST, FOURTH, SECOND, Desk
from tests.browser.conftest import PHONE, Opening
from tests.browser.looking import strike
from tests.browser.test_admin import sound

pytestmark = pytest.mark.django_db(transaction=True)
LATER_FIRST = FIRST.replace("31/12/2024", "31/03/2027")
NEW_TEXT = f"1. {LATER_FIRST}\n2. {SECOND}\n3. {FOURTH.replace('31/03/2025', '31/03/2027')}\n"


def test_a_notice_is_corrected_from_its_new_text_to_its_issue(open_as: Opening):
    desk = Desk()
    page = open_as(desk.secretary)
    page.goto(reverse("admin:directives_notice_change", args=[desk.notice.pk]))
    page.get_by_role("link", name="Sửa đổi, bổ sung").click()
    sound(page)
    page.get_by_label("Hoặc dán nội dung văn bản").fill(NEW_TEXT)
    page.get_by_role("button", name="Đối chiếu với văn bản hiện hành").click()
    expect(page.get_by_role("heading", name="Đối chiếu với 369/TB-VPCP")).to_be_visible()
    sound(page)
    strike(page, "2")
    expect(page.get_by_label("Thời hạn", exact=True)).to_have_value("31/03/2027")
    sound(page)
    page.get_by_role("button", name="Lưu nhiệm vụ").click()
    expect(page.locator("#next")).to_have_count(1)
    strike(page, "3")
    page.get_by_role("link", name="Tiếp: xem kết quả khi phát hành").click()
    expect(page.get_by_text("31/12/2024 → 31/03/2027")).to_have_count(2)
    sound(page)
    page.get_by_label("Các mục chưa đánh dấu").check()
    page.get_by_role("button", name="Phát hành nội dung sửa đổi").click()
    expect(page.get_by_role("link", name="Phiên bản 2")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Phiên bản 2").click()
    expect(page.locator(".diff-removed")).to_have_count(1)
    sound(page)
    assert Notice.objects.get(pk=desk.notice.pk).edition == 2
    assert {row.state for row in Assignment.objects.filter(agency=desk.police.agency)} == {"withdrawn"}


def test_the_pages_hold_on_a_phone(open_as: Opening):
    desk = Desk()
    draft = desk.correction(NEW_TEXT)
    page = open_as(desk.secretary, size=PHONE)
    for name, pk in (("notice_amend", desk.notice.pk), ("notice_compare", draft.pk), ("amendment_issue", draft.pk)):
        page.goto(reverse(f"admin:{name}", args=[pk]))
        sound(page)
    officer = open_as(desk.building.officer, size=PHONE)
    officer.goto(reverse("assignment", args=[desk.assignment(1, desk.building).uuid]))
    sound(officer)
