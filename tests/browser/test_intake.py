"""A file comes in and is cut into paragraphs: in a real browser, by selecting words, and without any script.

`test_whole_path.py` goes from the file to the verified result.
"""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import AgencyKind
from directives.models import Notice
from tests.browser.conftest import DESK, PHONE, Opening
from tests.browser.looking import strike
from tests.browser.test_admin import House, sound
from tests.make import make_agency, make_group
from tests.papers import make_docx
from tracker import clock
from tracker.intakes import read_waiting

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = "Bộ Công an chủ trì, phối hợp với Bộ Y tế đưa tiện ích lên ứng dụng VNeID, hoàn thành trước ngày 31/12/2024."
SECOND = "Bộ Y tế rà soát hồ sơ sức khỏe điện tử và báo cáo kết quả."
THIRD = "Các địa phương khẩn trương kết nối hệ thống thông tin của mình."
LINES = (
    "VĂN PHÒNG CHÍNH PHỦ\nSố: 369/TB-VPCP",
    "Hà Nội, ngày 09 tháng 8 năm 2024",
    "THÔNG BÁO\nKết luận Hội nghị về chuyển đổi số",
    "Thủ tướng Chính phủ đã chủ trì Hội nghị về chuyển đổi số và kết luận như sau:",
    "I. ĐÁNH GIÁ CHUNG",
    "1. Chuyển đổi số đã có kết quả ở nhiều nơi.",
    "II. NHIỆM VỤ",
    f"1. {FIRST}",
    f"2. {SECOND}",
    f"3. {THIRD}",
)


@pytest.fixture
def house(settings, tmp_path) -> House:
    settings.MEDIA_ROOT = tmp_path
    found = House()
    for name in ("Hà Nội", "Huế"):
        make_agency(name, kind=AgencyKind.PROVINCE)
    make_group(kinds=(AgencyKind.PROVINCE,), name="Các địa phương")
    return found


def dropped(page: Page, *, look: Callable[[Page], None] = sound, scripts: bool = True) -> None:
    """The file is handed over and read at once; the page goes on to what it asks by itself."""
    page.goto(reverse("admin:notice_read"))
    look(page)
    paper = {"name": "369.docx", "mimeType": "application/octet-stream", "buffer": make_docx(*LINES)}
    page.get_by_label("Tệp").set_input_files(paper)
    if not scripts:
        page.get_by_role("button", name="Đọc thành dự thảo").click()
    expect(page.get_by_role("heading", name="Đang đọc văn bản")).to_be_visible()
    look(page)
    assert read_waiting(now=clock.now()) == 1
    expect(page.get_by_role("heading", name="Nhiệm vụ đọc được, chờ xác nhận 3")).to_be_visible()
    expect(page.get_by_role("heading", name="369/TB-VPCP")).to_be_visible()


def test_selected_words_become_a_directive_and_a_place_to_cut(house: House, open_as: Opening):
    page = open_as(house.secretary, size=DESK)
    dropped(page)
    notice = Notice.objects.get()
    paragraph = notice.paragraphs.get(label="II.1")
    page.goto(f"{reverse('admin:notice_paragraphs', args=[notice.pk])}?p={paragraph.pk}")
    select(page, paragraph.pk, "đưa tiện ích lên ứng dụng VNeID, hoàn thành trước ngày 31/12/2024")
    strike(page, "d")
    expect(page.get_by_label("Câu trích nguyên văn")).to_have_value(
        "đưa tiện ích lên ứng dụng VNeID, hoàn thành trước ngày 31/12/2024"
    )
    expect(page.get_by_label("Thời hạn", exact=True)).to_have_value("31/12/2024")
    expect(page.locator(".site-header, .work")).to_have_count(2)
    _is_not_left_without_a_word(page)
    select(page, paragraph.pk, "hoàn thành trước ngày")
    strike(page, "s")
    expect(page.locator(".paragraph[aria-current] .paragraph-text")).to_have_text(
        "1. Bộ Công an chủ trì, phối hợp với Bộ Y tế đưa tiện ích lên ứng dụng VNeID,"
    )
    strike(page, "m")
    expect(page.locator(".paragraph[aria-current] .paragraph-text")).to_have_text(f"1. {FIRST}")
    paragraph.refresh_from_db()
    assert notice.text[paragraph.start : paragraph.end].strip() == f"1. {FIRST}"


def _is_not_left_without_a_word(page: Page) -> None:
    """A click on the text leaves no form, and what was typed is only given up by whoever says so."""
    asked: list[str] = []
    page.once("dialog", lambda box: (asked.append(box.message), box.dismiss()))
    page.get_by_label("Sản phẩm").fill("Tiện ích")
    page.locator(".paragraph-text").first.click()
    page.get_by_role("link", name="II.2 Đề xuất là nhiệm vụ").click()
    expect(page.get_by_label("Sản phẩm")).to_have_value("Tiện ích")
    assert asked == ["Nội dung vừa sửa trong biểu mẫu chưa được lưu. Vẫn rời biểu mẫu?"]
    page.once("dialog", lambda box: (asked.append(box.message), box.dismiss()))
    page.go_back()
    expect(page.get_by_label("Sản phẩm")).to_have_value("Tiện ích")
    page.once("dialog", lambda box: (asked.append(box.message), box.accept()))
    page.get_by_role("link", name="II.1 Đề xuất là nhiệm vụ").click()
    expect(page.locator("#chosen")).to_contain_text("II.1")
    assert len(asked) == 3


def test_the_file_is_taken_over_without_scripts_on_a_telephone(house: House, open_as: Opening):
    page = open_as(house.secretary, size=PHONE, scripts=False)
    dropped(page, look=lambda _page: None, scripts=False)  # axe is a script
    page.get_by_role("link", name="Sửa thông tin văn bản").click()
    expect(page.get_by_label("Số", exact=True)).to_have_value("369")
    page.get_by_role("button", name="Lưu và sang bước tách mục").click()
    page.get_by_role("button", name=re.compile("^Nhận 3 nhiệm vụ")).click()
    expect(page.get_by_text("Đã nhận 3 nhiệm vụ từ đề xuất.")).to_be_visible()
    page.get_by_role("link", name="Sang bước phát hành").click()
    page.get_by_role("button", name="Phát hành thông báo").click()
    expect(page.get_by_text("Đã phát hành 369/TB-VPCP: giao 5 phần việc.")).to_be_visible()


def select(page: Page, paragraph: int, words: str) -> None:
    """Select `words` in a paragraph as a mouse would."""
    page.evaluate(
        """([id, words]) => {
            const text = document.querySelector(`#p${id} .paragraph-text`);
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            const at = text.textContent.indexOf(words), range = document.createRange();
            let passed = 0, begun = false;
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const end = passed + node.length;
                if (!begun && at < end) { range.setStart(node, at - passed); begun = true; }
                if (begun && at + words.length <= end) { range.setEnd(node, at + words.length - passed); break; }
                passed = end;
            }
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        [paragraph, words],
    )
