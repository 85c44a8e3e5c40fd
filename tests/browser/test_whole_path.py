"""From a file to a verified result: a secretary's whole path in a real browser, with a real worker; and by keyboard."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accounts.models import Agency, Role
from directives.actions.reporting import hand_in
from directives.models import Assignment, Directive, HandledAs, Notice, NoticeState, Proposal
from directives.models import Role as Part
from directives.rules.lifecycle import State
from tests.browser.conftest import DESK, Opening
from tests.browser.looking import strike
from tests.browser.test_admin import House, sound
from tests.browser.test_intake import LINES, house
from tests.make import make_user
from tests.neighbours import working
from tests.papers import make_docx
from tracker import clock
from tracker.intakes import read_waiting

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["house"]  # a fixture
DOUBTFUL = "4. Các bộ, cơ quan liên quan rà soát văn bản thuộc phạm vi quản lý."
TABS = 60  # more than any page of this path needs


def drop(page: Page, path: Path) -> None:
    """Let go of a file over the drop zone, as the system's file manager does."""
    box = page.get_by_label("Tệp").bounding_box()
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    carried = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, **place, "data": carried})
    session.detach()


def correct_first(page: Page) -> None:
    """The first proposal gets a product and better words, the second a date."""
    expect(page.get_by_role("heading", name="Nhiệm vụ đọc được, chờ xác nhận 3")).to_be_visible()
    sound(page)
    strike(page, "n")
    expect(page.locator("#chosen")).to_contain_text("II.1")  # what was proposed, before what only informs
    strike(page, "?")
    expect(page.get_by_text("danh sách này")).to_be_visible()
    sound(page)
    expect(page.locator(".work-text mark.ground-lead")).to_have_text("Bộ Công an")
    strike(page, "e")
    page.get_by_label("Sản phẩm").fill("Tiện ích trên VNeID")
    page.get_by_label("Nội dung nhiệm vụ").fill("Đưa tiện ích lên VNeID")
    strike(page, "Control+Enter")
    expect(page.locator("#chosen")).to_contain_text("II.2")
    strike(page, "e")
    _find_by_typing(page)
    page.get_by_label("Thời hạn theo văn bản").fill("trước ngày 30/11/2024")
    page.get_by_role("button", name="Đọc thời hạn").click()
    expect(page.get_by_label("Thời hạn", exact=True)).to_have_value("30/11/2024")
    strike(page, "Control+Enter")
    expect(page.locator("#chosen")).to_contain_text("II.3")


def _find_by_typing(page: Page) -> None:
    """Without marks, and back again: what is ticked stands on top."""
    helping = page.get_by_role("group", name="Phối hợp")
    helping.get_by_role("searchbox").fill("cong an")
    helping.get_by_role("searchbox").press("Enter")
    expect(helping.locator(".chosen-boxes")).to_have_text("Bộ Công an")
    expect(helping.get_by_label("Bộ Công an")).to_be_checked()
    sound(page)
    helping.get_by_label("Bộ Công an").uncheck()
    expect(helping.locator(".chosen-boxes label")).to_have_count(0)


def test_a_dropped_file_becomes_directives_and_the_result_of_one_is_verified(
    house: House, open_as: Opening, tmp_path: Path
):
    path = tmp_path / "369.docx"
    path.write_bytes(make_docx(*LINES))
    page = open_as(house.secretary, size=DESK)
    page.goto(reverse("admin:notice_read"))
    sound(page)
    with working(tmp_path, MEDIA_ROOT=str(tmp_path)):
        drop(page, path)
        expect(page.get_by_role("heading", name="369/TB-VPCP")).to_be_visible(timeout=60_000)
    correct_first(page)
    strike(page, "a")
    expect(page.locator("#chosen", has_text="II.3")).to_have_count(0)
    strike(page, "r")
    expect(page.get_by_text("Tất cả các mục đã được xử lý.").first).to_be_visible()
    expect(page.get_by_role("heading", name="Nhiệm vụ 3")).to_be_visible()
    sound(page)
    strike(page, "g")
    expect(page.get_by_text("cơ quan chưa có đầu mối, sẽ không nhận được thông báo")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Phát hành thông báo").click()
    expect(page.get_by_text("Đã phát hành 369/TB-VPCP: giao 5 phần việc.")).to_be_visible()
    _is_issued_as_corrected(house)

    assignment = Assignment.objects.get(agency=house.lead, role=Part.LEAD)
    agency = open_as(make_user(Role.OFFICER, house.lead), size=DESK)
    agency.goto(reverse("hand_in", args=[assignment.uuid]))
    agency.get_by_label("Kết quả thực hiện").fill("Tiện ích đã lên VNeID.")
    agency.get_by_role("button", name="Báo cáo hoàn thành").click()
    expect(agency.get_by_text("Tiện ích đã lên VNeID.")).to_be_visible()

    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="Xử lý lần lượt").first.click()
    expect(page.get_by_text("Tiện ích đã lên VNeID.")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(page.get_by_text("Đã xác nhận kết quả của")).to_be_visible()
    assignment.refresh_from_db()
    assert assignment.state == State.DONE


def _is_issued_as_corrected(house: House) -> None:
    assert Notice.objects.get().state == NoticeState.ISSUED
    first, second, third = Directive.objects.order_by("quote_start")
    assert (first.wording, first.product) == ("Đưa tiện ích lên VNeID", "Tiện ích trên VNeID")
    assert second.due_on == date(2024, 11, 30)
    leads = Assignment.objects.filter(role=Part.LEAD).order_by("directive__quote_start")
    assert [row.agency for row in leads] == [house.lead, Agency.objects.get(name_vi="Bộ Y tế")]
    assert third.assignments.count() == 2


def reach(page: Page, wanted: Locator) -> None:
    """Go on by the tabulator until the thing has the focus, which can be seen."""
    for _step in range(TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{wanted} is not reached by {TABS} steps of the tabulator")


def press(page: Page, wanted: Locator) -> None:
    reach(page, wanted)
    page.keyboard.press("Enter")


def _decide_by_keys(page: Page) -> None:
    """In the table the doubtful one stands first: it is no directive, and its paragraph is handled with it.

    The way on leads to it while it is open; what is no directive is marked as the others are taken.
    """
    rows = page.locator(".checks tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("Cần xem kỹ:")
    expect(rows.nth(1)).to_contain_text("Bộ Công an +1 phối hợp: Bộ Y tế")
    expect(rows.nth(1).locator(".check-when")).to_have_text("31/12/2024")
    sound(page)
    strike(page, "g")
    expect(page.get_by_role("status").filter(has_text="Còn mục chưa xử lý")).to_be_visible()
    expect(rows.first.locator(".cell").first).to_be_focused()
    strike(page, "x")
    expect(page.get_by_text("Đã bỏ: “Các bộ, cơ quan liên quan rà soát văn bản …”.")).to_be_visible()
    expect(page.get_by_text("Mục II.4: đã xác định không phải nhiệm vụ.")).to_be_visible()
    assert Proposal.objects.get(set_aside=True).paragraph.handled_as == HandledAs.INFORMATION
    _leave_one_for_later(page)
    expect(page.locator('[data-key="g"]')).to_be_focused()
    expect(page.get_by_text("Tất cả các mục đã được xử lý.").first).to_be_visible()


def _leave_one_for_later(page: Page) -> None:
    """A row that is unticked is not taken with the others, nor by the next key; `x` refuses it, which is taken back."""
    box = page.locator(".checks tbody tr").nth(1).get_by_role("checkbox")
    expect(page.locator(".take-bar")).to_contain_text("Nhận 3 nhiệm vụ đã chọn")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator(".take-bar")).to_contain_text("Nhận 2 nhiệm vụ đã chọn")
    strike(page, "a")
    expect(page.get_by_text("Đã nhận 2 nhiệm vụ từ đề xuất.")).to_be_in_viewport()
    expect(page.locator("#proposals")).to_be_focused()
    left = page.locator(".checks tbody tr").get_by_role("checkbox")
    expect(left).not_to_be_checked()
    expect(page.locator(".take-bar button")).to_be_disabled()
    expect(page.locator(".take-bar button")).to_contain_text("Chưa chọn nhiệm vụ nào")
    left.focus()
    strike(page, "x")
    expect(page.get_by_text("đã xác định không phải nhiệm vụ.")).to_be_visible()
    refused = Proposal.objects.filter(set_aside=True).earliest("start")
    page.goto(f"{reverse('admin:notice_paragraphs', args=[refused.notice_id])}?p={refused.paragraph_id}")
    press(page, page.locator("summary", has_text="Đề xuất đã loại"))
    press(page, page.get_by_role("button", name="Lấy lại"))
    expect(page.get_by_text("đã đưa đề xuất trở lại để quyết định.").first).to_be_visible()
    strike(page, "a")
    expect(page.get_by_text("Đã lưu nhiệm vụ.").first).to_be_visible()
    strike(page, "v")


def test_the_whole_path_is_walked_without_a_mouse(house: House, open_as: Opening, tmp_path: Path):
    path = tmp_path / "369.docx"
    path.write_bytes(make_docx(*LINES, DOUBTFUL))
    page = open_as(house.secretary, size=DESK)
    complaints: list[str] = []  # of the browser: a style or script that the policy forbids, an error of a script
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(reverse("admin:index"))
    press(page, page.get_by_role("link", name="Nhập thông báo"))
    page.wait_for_url("**" + reverse("admin:notice_read"))
    with page.expect_file_chooser() as chosen:
        press(page, page.get_by_label("Tệp"))
    chosen.value.set_files(path)
    expect(page.get_by_role("heading", name="Đang đọc văn bản")).to_be_visible()
    assert read_waiting(now=clock.now()) == 1
    expect(page.get_by_role("heading", name="369/TB-VPCP")).to_be_visible()
    _decide_by_keys(page)
    strike(page, "g")
    expect(page.get_by_role("button", name="Phát hành thông báo")).to_be_visible()
    strike(page, "Control+Enter")
    expect(page.get_by_text("Đã phát hành 369/TB-VPCP: giao 5 phần việc.")).to_be_visible()

    assignment = Assignment.objects.get(agency=house.lead, role=Part.LEAD)
    hand_in(assignment, by=make_user(Role.OFFICER, house.lead), at=clock.now(), text="Đã xong")
    page.goto(reverse("admin:index"))
    press(page, page.get_by_role("link", name="Xử lý lần lượt").first)
    expect(page.get_by_text("Đã xong")).to_be_visible()
    strike(page, "v")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã xác nhận kết quả của")).to_be_visible()
    assert complaints == []
    assert Assignment.objects.get(pk=assignment.pk).state == State.DONE
