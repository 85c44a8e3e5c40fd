"""The desk in a real browser: from a pasted text to a verified result, on a desk and on a telephone.

`test_desk_pages.py` looks at every page.
"""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Agency, Committee, Role, User
from directives.actions.extending import request_extension
from directives.actions.reporting import hand_in
from directives.models import Assignment, Notice, NoticeState
from directives.models import Role as Part
from directives.rules.lifecycle import State
from tests.browser.conftest import DESK, PHONE, Opening
from tests.browser.looking import fits
from tests.edges.desk_of import LEAD_SENTENCE, TEXT
from tests.make import (
    make_agency,
    make_committee,
    make_group,
    make_ladder,
    make_session,
    make_user,
)
from tracker import clock

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
LETTER = f"""VĂN PHÒNG CHÍNH PHỦ
Số: 369/TB-VPCP
Hà Nội, ngày 09 tháng 8 năm 2024

THÔNG BÁO
Kết luận Hội nghị về chuyển đổi số

Ngày 19 tháng 7 năm 2024, tại Hà Nội, {TEXT}"""


class House:
    """A committee with its secretary and the bodies that its notice names."""

    def __init__(self) -> None:
        make_ladder()
        self.committee: Committee = make_committee("Ủy ban Quốc gia về chuyển đổi số")
        self.secretary: User = make_user(Role.SECRETARIAT, self.committee, name="Ban Thư ký Ủy ban Quốc gia")
        self.lead: Agency = make_agency("Bộ Công an")
        make_agency("Bộ Y tế")
        make_agency("Văn phòng Chính phủ", aliases=["VĂN PHÒNG CHÍNH PHỦ"])
        make_group(self.lead, name="Các bộ, ngành")


def sound(page: Page) -> None:
    """Nothing makes the page wider than its window, and nothing shuts anybody out."""
    fits(page)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]] == [], page.url


@SIZES
def test_from_a_pasted_text_to_a_verified_result(open_as: Opening, size):
    house = House()
    page = open_as(house.secretary, size=size)
    page.goto(reverse("admin:index"))
    sound(page)
    page.get_by_role("link", name="Nhập thông báo").click()
    sound(page)
    page.get_by_label("Hoặc dán nội dung văn bản").fill(LETTER)
    page.get_by_role("button", name="Đọc thành dự thảo").click()

    expect(page.get_by_role("heading", name="Nhiệm vụ đọc được, chờ xác nhận 2")).to_be_visible()
    page.get_by_role("link", name="Sửa thông tin văn bản").click()
    expect(page.get_by_label("Số", exact=True)).to_have_value("369")
    expect(page.get_by_label("Ngày họp")).to_have_value("19/07/2024")
    sound(page)
    page.get_by_role("button", name="Lưu và sang bước tách mục").click()
    expect(page.get_by_role("heading", name="Nhiệm vụ đọc được, chờ xác nhận 2")).to_be_visible()
    sound(page)
    page.get_by_text("Hiện toàn văn").click()
    page.get_by_role("link", name="II.1 Đề xuất là nhiệm vụ").click()
    expect(page.get_by_role("heading", name="Mục II.1 Đề xuất là nhiệm vụ")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Sửa rồi nhận").click()
    expect(page.get_by_label("Câu trích nguyên văn")).to_have_value(LEAD_SENTENCE)
    page.get_by_label("Thời hạn theo văn bản").fill("trước ngày 31/12/2024")
    page.get_by_role("button", name="Đọc thời hạn").click()
    expect(page.get_by_label("Thời hạn", exact=True)).to_have_value("31/12/2024")
    page.get_by_label("Chủ trì", exact=False).first.select_option(label="Bộ Công an")
    expect(page.get_by_role("group", name="Phối hợp").get_by_label("Bộ Y tế")).to_be_checked()
    sound(page)
    page.get_by_role("button", name="Lưu nhiệm vụ").click()
    expect(page.get_by_role("heading", name="Nhiệm vụ đọc được, chờ xác nhận 1")).to_be_visible()
    page.get_by_text("Hiện toàn văn").click()
    page.get_by_role("link", name=re.compile(r"^II\.1 ")).first.click()
    expect(page.get_by_text("Rõ sản phẩm")).to_be_visible()
    sound(page)

    page.get_by_role("link", name="Mục chưa xử lý kế tiếp").click()
    expect(page.get_by_text("Cần xem kỹ:")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Không phải nhiệm vụ").click()
    expect(page.get_by_text("Đề xuất đã loại")).to_be_visible()
    page.get_by_role("link", name="Tất cả nhiệm vụ").click()
    page.get_by_label("Tất cả mục chưa đánh dấu").select_option("information")
    page.get_by_role("button", name="Đánh dấu tất cả").click()
    expect(page.get_by_text("Tất cả các mục đã được xử lý.").first).to_be_visible()
    sound(page)

    page.get_by_role("link", name="Sang bước phát hành").click()
    sound(page)
    page.get_by_role("button", name="Phát hành thông báo").click()
    expect(page.get_by_text("Đã phát hành 369/TB-VPCP: giao 2 phần việc.")).to_be_visible()
    sound(page)
    assert Notice.objects.get().state == NoticeState.ISSUED

    assignment = Assignment.objects.get(role=Part.LEAD)
    hand_in(assignment, by=make_user(Role.OFFICER, house.lead), at=clock.now(), text="Đã xong")
    page.goto(reverse("admin:index"))
    sound(page)
    page.get_by_role("region", name="Chờ xác nhận hoàn thành").get_by_role("link", name="Xử lý lần lượt").click()
    sound(page)
    page.get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(page.get_by_text("Đã xác nhận kết quả của")).to_be_visible()
    assert Assignment.objects.get(pk=assignment.pk).state == State.DONE
    sound(page)


@SIZES
def test_a_refusal_stands_at_its_field_and_what_was_typed_is_still_there(open_as: Opening, size):
    house = House()
    page = open_as(house.secretary, size=size)
    page.goto(reverse("admin:directives_notice_add"))
    page.get_by_label("Trích yếu").fill("Kết luận Hội nghị")
    page.get_by_label("Độ mật").select_option("secret")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Không được nhập văn bản mật vào hệ thống này. Việc theo dõi")).to_be_visible()
    expect(page.get_by_label("Trích yếu")).to_have_value("Kết luận Hội nghị")
    assert not Notice.objects.exists()
    sound(page)


def test_the_desk_reads_in_english_and_in_the_dark_too(open_as: Opening):
    house = House()
    make_session(house.committee)
    page = open_as(house.secretary, language="en", scheme="dark")
    for room in ("index", "directives_notice_add", "notice_read", "directives_session_changelist"):
        page.goto(reverse(f"admin:{room}"))
        expect(page.locator("html")).to_have_attribute("lang", "en")
        sound(page)


def test_a_request_for_more_time_is_granted_on_the_page(open_as: Opening):
    house = House()
    page = open_as(house.secretary, scripts=False)
    page.goto(reverse("admin:notice_read"))
    page.get_by_label("Hoặc dán nội dung văn bản").fill(LETTER)
    page.get_by_role("button", name="Đọc thành dự thảo").click()
    page.goto(reverse("admin:directive_add", args=[Notice.objects.get().pk]))
    page.get_by_label("Câu trích nguyên văn").fill(LEAD_SENTENCE)
    page.get_by_label("Thời hạn theo văn bản").fill("trước ngày 31/12/2099")
    page.get_by_role("button", name="Đọc thời hạn").click()
    page.get_by_label("Chủ trì", exact=False).first.select_option(label="Bộ Công an")
    page.get_by_role("button", name="Lưu nhiệm vụ").click()
    page.get_by_role("link", name="Sang bước phát hành").click()
    page.get_by_label("Các mục chưa đánh dấu được để lại có chủ ý").check()
    page.get_by_role("button", name="Phát hành thông báo").click()
    assignment = Assignment.objects.get()
    request_extension(
        assignment,
        by=make_user(Role.OFFICER, house.lead),
        at=clock.now(),
        asked_due_on=date(2100, 1, 31),
        reason="Chờ văn bản",
    )
    page.goto(reverse("admin:directives_assignment_change", args=[assignment.pk]))
    page.get_by_role("button", name="Đồng ý gia hạn").click()
    expect(page.get_by_text("Đã báo quyết định cho cơ quan.")).to_be_visible()
    assert Assignment.objects.get().due_on == date(2100, 1, 31)
