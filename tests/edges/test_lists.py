"""A list of directives through the pages: columns guessed, every row checked, what was checked entered."""

import csv
import io
from datetime import date

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AgencyKind, Role
from directives.models import Addressee, Delivery, Directive, Event, Notice, NoticeState
from tests.edges.desk_of import DUE_ON, ENTERED_ON, drafted, issued, make_desk
from tests.make import at, make_agency, make_notice, make_user

pytestmark = pytest.mark.django_db
TITLE = ["DANH MỤC NHIỆM VỤ"]
HEAD = ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm", "Kết quả thực hiện"]
NUMBERS = ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"]
SECTION = ["I", "Về chuyển đổi số"]
FIRST = [
    1,
    "Kết nối hệ thống thông tin",
    "bo cong an",
    "Bộ Y tế; các địa phương",
    "trước ngày 31/12/2024",
    "Báo cáo",
    "x",
]
SECOND = [2, "Trình đề án", "Bo Y te", None, date(2024, 11, 30), None, None]


@pytest.fixture(autouse=True)
def _on_the_day(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with time_machine.travel(at(ENTERED_ON), tick=False):
        yield


@pytest.fixture
def desk(client):
    return make_desk(client)


def book(*rows: list) -> bytes:
    """An .xlsx of these rows."""
    made, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(file)
    return file.getvalue()


def send(desk, notice: Notice, content: bytes, name: str = "danh-muc.xlsx"):
    """Choose a file on the notice's page, and come to its columns."""
    upload = SimpleUploadedFile(name, content)
    return desk.client.post(reverse("admin:notice_list", args=[notice.pk]), {"file": upload}, follow=True)


def typed(answer, **changed) -> dict:
    """The form of the columns as the page shows it."""
    form = answer.context["form"]
    shown = {field.name: field.value() for field in form}
    given = {name: "on" if value is True else value for name, value in shown.items() if value not in (None, False)}
    return {**given, **changed}


def check(desk, notice: Notice, answer, **changed):
    """Send the columns to the check."""
    return desk.client.post(page(answer, notice, "check"), typed(answer, **changed))


def page(answer, notice: Notice, step: str) -> str:
    return reverse(f"admin:notice_list_{step}", args=[notice.pk, answer.context["source"].sha256])


def enter(desk, notice: Notice, checked):
    """Enter what was checked."""
    return desk.client.post(page(checked, notice, "enter"), {"token": checked.context["token"]}, follow=True)


def take_in(desk, notice: Notice, content: bytes, name: str = "danh-muc.xlsx", **changed):
    """All three steps."""
    return enter(desk, notice, check(desk, notice, send(desk, notice, content, name), **changed))


def told(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


LIST = book(TITLE, [], HEAD, NUMBERS, SECTION, FIRST, SECOND)


def test_columns_are_guessed_below_a_title_and_the_unknown_are_listed(desk):
    notice = drafted(desk)
    answer = send(desk, notice, LIST)
    form = answer.context["form"]
    guessed = {letter: field.value() for field, letter, _examples in form.columns()}
    assert guessed == {
        "A": "number",
        "B": "wording",
        "C": "lead",
        "D": "coordinating",
        "E": "due_on",
        "F": "product",
        "G": "",
    }
    assert form.initial["heading"] == 3
    assert form.unread() == ["Kết quả thực hiện"]


def test_a_list_is_checked_and_entered(desk):
    notice = drafted(desk)
    checked = check(desk, notice, send(desk, notice, LIST), annex="on")
    assert checked.context["counts"] == {"new": 2, "changed": 0, "same": 0, "rows": 2}
    assert (checked.context["sections"], checked.context["faults"]) == ([5], [])
    answer = enter(desk, notice, checked)
    assert told(answer) == ["Đã thêm 2 nhiệm vụ, sửa 0, giữ nguyên 0."]
    first, second = Directive.objects.order_by("position")
    assert (first.due_on, first.product, second.due_on) == (DUE_ON, "Báo cáo", date(2024, 11, 30))
    named = Addressee.objects.filter(directive=first).values_list("role", "agency", "group")
    assert set(named) == {
        ("lead", desk.lead.pk, None),
        ("coordinating", desk.other.pk, None),
        ("coordinating", None, desk.provinces.pk),
    }


def test_the_same_list_again_changes_nothing(desk):
    notice = drafted(desk)
    take_in(desk, notice, LIST, annex="on")
    events, version = Event.objects.count(), Notice.objects.get().version
    answer = take_in(desk, notice, LIST, annex="on")
    assert told(answer) == ["Danh mục không có gì mới: không có gì thay đổi."]
    assert (Event.objects.count(), Notice.objects.get().version) == (events, version)


def test_what_was_taken_along_comes_back_without_a_change(desk):
    notice = drafted(desk)
    recurring = [3, "Báo cáo tình hình", "BCA", None, "định kỳ hằng tháng, trước ngày 25", None, None]
    undated = [4, "Làm ngay", "Các địa phương", None, "khẩn trương", None, None]
    relative = [5, "Hướng dẫn", None, "Bộ Công an", "trong vòng 30 ngày kể từ ngày ban hành", "=1+1", None]
    desk.lead.abbreviation = "BCA"
    desk.lead.name_en = "Ministry of Public Security"
    desk.lead.save()
    take_in(desk, notice, book(HEAD, FIRST, SECOND, recurring, undated, relative), annex="on")
    assert Directive.objects.count() == 5
    before, events = list(Directive.objects.order_by("pk").values()), Event.objects.count()
    for language in ("vi", "en"):
        desk.client.cookies["django_language"] = language
        sheet = desk.client.get(reverse("admin:notice_directives_sheet", args=[notice.pk]))
        content = b"".join(sheet.streaming_content)
        checked = check(desk, notice, send(desk, notice, content, "ve.xlsx"))
        assert checked.context["counts"] == {"new": 0, "changed": 0, "same": 5, "rows": 5}, checked.context["told"]
        assert checked.context["unread"] == []
        enter(desk, notice, checked)
    assert (list(Directive.objects.order_by("pk").values()), Event.objects.count()) == (before, events)


def test_all_faults_are_shown_with_row_and_column_and_nothing_can_be_entered(desk):
    notice = drafted(desk)
    rows = [[1, "Việc A", "Bộ Lạ"], [2, "Việc B", "Bộ Lạ"], [3, None, "Bộ Công an"], [4, "Việc D", "Bộ Y tế"]]
    bad = [[5, "Việc E", "Bộ Công an", None, "31/02/2025"]]
    checked = check(desk, notice, send(desk, notice, book(HEAD, *rows, *bad)), annex="on")
    shown = [(fault.column, fault.said, fault.rows) for fault in checked.context["faults"]]
    assert shown == [
        ("Chủ trì", "Bộ Lạ", "2–3"),
        ("Nội dung nhiệm vụ", "", "4"),
        ("Thời hạn", "31/02/2025", "6"),
    ]
    assert checked.context["token"] == ""
    desk.client.post(page(checked, notice, "enter"), {"token": ""})
    assert not Directive.objects.exists()


def test_an_unclear_name_is_asked_and_the_answer_entered(desk):
    notice = drafted(desk)
    other = make_agency("Bộ Y tế", kind=AgencyKind.OTHER)
    answer = send(desk, notice, book(HEAD, [1, "Việc A", "bo y te"]))
    asked = check(desk, notice, answer, annex="on")
    (field,) = asked.context["questions"]
    keys = [key for key, _name in field.field.choices]
    assert keys == ["", "nobody", f"agency:{desk.other.pk}", f"agency:{other.pk}"]
    sure = check(desk, notice, answer, annex="on", **{field.name: f"agency:{other.pk}"})
    enter(desk, notice, sure)
    assert Addressee.objects.get().agency == other


def test_of_several_leads_the_secretary_is_asked_beside_the_names(desk):
    notice = drafted(desk)
    answer = send(desk, notice, book(HEAD, [1, "Việc A", "Bộ Công an; Bộ Y tế"]))
    asked = check(desk, notice, answer, annex="on")
    assert list(asked.context["questions"].fields) == ["several_leads"]
    assert [(fault.column, fault.said) for fault in asked.context["faults"]] == [("Chủ trì", "Bộ Công an; Bộ Y tế")]
    enter(desk, notice, check(desk, notice, answer, annex="on", several_leads="first"))
    assert sorted(Addressee.objects.values_list("role", flat=True)) == ["coordinating", "lead"]


def test_a_text_without_paragraphs_is_to_be_split_first(desk):
    notice = drafted(desk)
    assert send(desk, notice, LIST).context["has_paragraphs"] is True
    notice.paragraphs.all().delete()
    assert "tách" in send(desk, notice, LIST).content.decode()


def test_a_check_writes_nothing_and_nobody_is_told(desk):
    notice = drafted(desk)
    before = Event.objects.count(), Delivery.objects.count(), Notice.objects.get().version
    check(desk, notice, send(desk, notice, LIST), annex="on")
    assert (Event.objects.count(), Delivery.objects.count(), Notice.objects.get().version) == before
    assert not Directive.objects.exists()


def test_what_was_not_checked_is_not_entered(desk):
    notice = drafted(desk)
    checked = check(desk, notice, send(desk, notice, LIST), annex="on")
    other = send(desk, notice, book(HEAD, FIRST))
    desk.client.post(page(other, notice, "enter"), {"token": checked.context["token"]})
    desk.client.post(page(other, notice, "enter"), {"token": checked.context["token"] + "x"})
    assert not Directive.objects.exists()


def test_a_draft_that_changed_since_the_check_is_looked_at_again(desk):
    notice = drafted(desk)
    checked = check(desk, notice, send(desk, notice, LIST), annex="on")
    Notice.objects.update(version=99)
    answer = enter(desk, notice, checked)
    assert (answer.status_code, Directive.objects.exists()) == (412, False)


def test_another_person_does_not_come_to_the_file(desk, client):
    notice = drafted(desk)
    answer = send(desk, notice, LIST)
    desk.client.force_login(make_user(Role.SECRETARIAT, desk.committee))
    again = desk.client.get(page(answer, notice, "columns"), follow=True)
    assert told(again) == ["Không còn lưu tệp này. Hãy chọn lại tệp."]


def test_a_file_that_nobody_came_back_for_is_let_go(desk, tmp_path):
    notice = drafted(desk)
    send(desk, notice, LIST)
    with time_machine.travel(at(date(2099, 1, 3)), tick=False):
        send(desk, notice, book(HEAD, SECOND))
    assert len(list((tmp_path / "lists").iterdir())) == 2  # the file and its name


def test_two_columns_that_mean_the_same_are_refused(desk):
    notice = drafted(desk)
    answer = check(desk, notice, send(desk, notice, LIST), c2="coordinating")
    assert (answer.status_code, set(answer.context["form"].errors)) == (400, {"c2", "c3"})


def test_another_heading_row_is_guessed_anew(desk):
    notice = drafted(desk)
    answer = send(desk, notice, book(["Việc", "Ai"], HEAD[:3], FIRST[:3]))
    moved = check(desk, notice, answer, heading="1")
    assert (moved.status_code, moved.context["form"].initial["heading"]) == (200, 1)
    assert [examples for _field, _letter, examples in moved.context["form"].columns()][1][0] == "Nội dung nhiệm vụ"


def test_from_the_list_of_notices_a_draft_is_chosen(desk):
    notice = drafted(desk)
    make_notice(make_user(Role.SECRETARIAT).offices.get().committee, state=NoticeState.DRAFT)
    shown = desk.client.get(reverse("admin:list_choose"))
    assert list(shown.context["form"].fields["notice"].queryset) == [notice]
    sent = desk.client.post(
        reverse("admin:list_choose"), {"notice": notice.pk, "file": SimpleUploadedFile("a.xlsx", LIST)}
    )
    assert sent.url.startswith(f"/admin/directives/notice/{notice.pk}/list/")


def test_what_was_issued_takes_no_list_and_is_taken_along(desk):
    notice = issued(desk)
    answer = desk.client.post(
        reverse("admin:notice_list", args=[notice.pk]), {"file": SimpleUploadedFile("a.xlsx", LIST)}
    )
    assert answer.status_code == 409
    assert desk.client.get(reverse("admin:notice_directives_sheet", args=[notice.pk])).status_code == 200


def test_a_csv_without_marks_is_read_too(desk):
    notice = drafted(desk)
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(["TT", "NOI DUNG", "DON VI CHU TRI", "THOI GIAN HOAN THANH", "GHI CHU"])
    writer.writerow(["1", "Trình đề án", "Bo Cong an", "31/12/2024", "Gấp"])
    take_in(desk, notice, file.getvalue().encode("utf-8-sig"), "danh muc.csv", annex="on")
    directive = Directive.objects.get()
    assert (directive.due_on, directive.note, directive.addressees.get().agency) == (DUE_ON, "Gấp", desk.lead)


def test_a_file_that_cannot_be_read_says_why_and_stays_at_the_form(desk):
    notice = drafted(desk)
    answer = send(desk, notice, b"%PDF-1.7", "danh-muc.xlsx")
    assert answer.status_code == 400
    assert answer.context["form"].errors["file"] == ["Tệp này không phải là tệp .xlsx như tên gọi."]
