"""Papers fetched by hand: a secretary takes a letter and a report of an earlier day, an officer takes the own list."""

from pathlib import Path

import docx
import pytest
from playwright.sync_api import Locator, Page
from pypdf import PdfReader

from accounts.models import Role
from directives.actions.reporting import report_progress
from tests.browser.conftest import PHONE, Opening
from tests.browser.looking import bring_axe, wrong
from tests.make import at, make_agency, make_committee, make_issued, make_ladder, make_user
from tests.make.days import DUE_ON, ISSUED_ON

pytestmark = pytest.mark.django_db(transaction=True)


def fetched(page: Page, press: Locator) -> Path:
    """The file that comes when the button or link is pressed."""
    with page.expect_download() as coming:
        press.click()
    return coming.value.path()


def test_papers_are_fetched_where_somebody_looks_for_them(open_as: Opening):
    committee, agency = make_committee("Ủy ban Quốc gia về chuyển đổi số"), make_agency("Bộ Công an")
    secretary, officer = make_user(Role.SECRETARIAT, committee), make_user(Role.OFFICER, agency)
    make_ladder()
    work = make_issued(agency, committee=committee, number=369, subject="Kết luận phiên họp")[0]
    report_progress(work, by=officer, at=at(DUE_ON), text="Đã nối 4 tỉnh", percent=40, difficulties="Thiếu kinh phí")

    page = bring_axe(open_as(secretary))
    page.goto("/admin/")
    page.locator("#content").get_by_role("link", name="Văn bản, báo cáo").click()
    assert wrong(page) == []
    letter = PdfReader(fetched(page, page.locator(".pile-rows a", has_text=".pdf")))
    assert "Kính gửi: Bộ Công an" in letter.pages[0].extract_text()

    page.goto(f"/admin/directives/notice/{work.directive.notice.pk}/change/")
    page.get_by_label("Đến cuối ngày").fill(ISSUED_ON.isoformat())
    report = docx.Document(str(fetched(page, page.get_by_role("button", name=".docx"))))
    assert "(tính đến hết ngày 03/03/2025)" in "\n".join(paragraph.text for paragraph in report.paragraphs)

    phone = open_as(officer, size=PHONE)
    phone.goto("/")
    phone.get_by_text("Tải danh sách này").click()
    own = PdfReader(fetched(phone, phone.get_by_role("button", name=".pdf")))
    assert "Đã nối 4 tỉnh" in own.pages[0].extract_text()
