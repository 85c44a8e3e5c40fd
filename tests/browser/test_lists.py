"""A list of directives in a real browser: three steps, on a desk and on a telephone, and without any script."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from directives.models import Addressee, Directive, NoticeState
from tests.browser.conftest import DESK, PHONE, Opening
from tests.browser.test_admin import House, sound
from tests.make import make_notice, make_paragraph

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Kết quả thực hiện"]
ROWS = [
    ["I", "Về thể chế"],
    [1, "Trình đề án chuyển đổi số", "bo cong an", "Sở Y tế", date(2030, 3, 31)],
    [2, "Báo cáo kết quả", "Các bộ, ngành", None, "Quý I/2030"],
]
VIEWS = {"desk": (DESK, True), "telephone": (PHONE, True), "without scripts": (PHONE, False)}


def sheet(*rows: list) -> dict:
    """An .xlsx as a browser sends it."""
    made, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(file)
    return {"name": "danh-muc.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()}


def looked_at(page: Page, scripts: bool) -> None:
    if scripts:  # the rules run as a script of the page
        sound(page)


@pytest.mark.parametrize(("size", "scripts"), VIEWS.values(), ids=VIEWS)
def test_a_list_comes_in_by_three_steps(open_as: Opening, size, scripts):
    house = House()
    draft = make_notice(house.committee, state=NoticeState.DRAFT, text="1. Các nhiệm vụ tại phụ lục.", number=5)
    make_paragraph(draft)
    page = open_as(house.secretary, size=size, scripts=scripts)
    page.goto(reverse("admin:directives_notice_changelist"))
    page.get_by_role("link", name="Nhập danh mục").click()
    looked_at(page, scripts)
    page.get_by_label("Dự thảo").select_option(str(draft.pk))
    page.get_by_label("Tệp").set_input_files(sheet(["DANH MỤC NHIỆM VỤ"], [], HEAD, *ROWS))
    page.get_by_role("button", name="Xem các cột").click()
    looked_at(page, scripts)
    expect(page.get_by_label("Cơ quan chủ trì")).to_have_value("lead")
    page.get_by_label("Danh mục là phụ lục của thông báo").check()
    page.get_by_role("button", name="Kiểm tra từng dòng").click()
    looked_at(page, scripts)
    expect(page.get_by_role("alert")).to_contain_text("Chưa nhập được.")
    expect(page.get_by_role("button", name="Nhập đúng nội dung đã kiểm tra")).to_have_count(0)
    page.get_by_label("“Sở Y tế”").select_option(label="Bộ Y tế")
    page.get_by_role("button", name="Kiểm tra lại").click()
    looked_at(page, scripts)
    page.get_by_role("button", name="Nhập đúng nội dung đã kiểm tra").click()
    expect(page.get_by_text("Đã thêm 2 nhiệm vụ")).to_be_visible()
    assert list(Directive.objects.order_by("position").values_list("wording", "due_on")) == [
        ("Trình đề án chuyển đổi số", date(2030, 3, 31)),
        ("Báo cáo kết quả", date(2030, 3, 31)),
    ]
    assert set(Addressee.objects.values_list("role", flat=True)) == {"lead", "coordinating", "share"}


def test_a_list_is_taken_along(open_as: Opening):
    house = House()
    make_notice(house.committee, number=369)
    page = open_as(house.secretary)
    page.goto(reverse("admin:directives_notice_changelist"))
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải về dạng .xlsx").click()
    rows = list(openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes())).active.iter_rows(values_only=True))
    assert (rows[0][0], rows[1][0]) == ("Số, ký hiệu", "369/TB-VPCP")
