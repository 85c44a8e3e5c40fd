"""Papers in official form: what they say, whose they are, and that every kind of file can be read by others."""

import io
from datetime import date, datetime, time

import docx
import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Committee, Role
from directives import as_of
from directives.actions.extending import refuse_extension, request_extension
from directives.actions.reporting import hand_in, report_progress, verify
from directives.figures import cells_as_of
from directives.models import Notice, Span
from tests.edges.desk_of import Desk, make_desk
from tests.edges.visiting import visit
from tests.make import at, make_issued, make_notice, make_user
from tracker.papers.form import KINDS

pytestmark = pytest.mark.django_db
ISSUED_ON, DUE_ON = date(2025, 3, 3), date(2025, 3, 14)
REPORTED_ON, TODAY = date(2025, 3, 12), date(2025, 3, 24)
WORDING = "Bộ Công an đưa tiện ích lên ứng dụng VNeID; đẩy mạnh xác thực, ưu tiên người dùng ở xã Ẳng Cang."


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(at(TODAY), tick=False):
        yield


@pytest.fixture
def desk(client):
    return with_three_pieces(client)


def with_three_pieces(client: Client) -> Desk:
    """A committee with three pieces of work: one done in time, one overdue with its reasons, one not due yet."""
    desk = make_desk(client)
    officer = make_user(Role.OFFICER, desk.lead)
    said = {
        "text": WORDING,
        "signer": "Trần Văn Sơn",
        "committee": desk.committee,
        "issuer": desk.office,
        "subject": "Kết luận",
    }
    done = make_issued(desk.lead, issued_on=ISSUED_ON, due_on=DUE_ON, number=369, **said)[0]
    hand_in(done, by=officer, at=at(REPORTED_ON), text="Đã đưa lên VNeID", product_ref="12/BCA-C06")
    verify(done, by=desk.secretary, at=at(TODAY))
    late = make_issued(desk.lead, issued_on=ISSUED_ON, due_on=DUE_ON, number=370, **said)[0]
    difficulties = {"text": "Đã nối 4 tỉnh", "percent": 40, "difficulties": "Thiếu kinh phí"}
    report_progress(late, by=officer, at=at(REPORTED_ON), **difficulties)
    more = request_extension(late, by=officer, at=at(REPORTED_ON), asked_due_on=date(2025, 6, 30), reason="Chờ vốn")
    refuse_extension(more, by=desk.secretary, at=at(date(2025, 3, 13)), reason="Đã gia hạn một lần")
    make_issued(desk.other, issued_on=ISSUED_ON, due_on=date(2025, 12, 31), number=371, **said)
    return desk


def fetched(client, name: str, *args: object, **query: str) -> bytes:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content)


def text_of_pdf(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def text_of_docx(content: bytes) -> str:
    body = docx.Document(io.BytesIO(content)).element.body
    return " ".join(" ".join(node.text or "" for node in body.iter("{*}t")).split())


def rows_of(content: bytes, sheet: int = -1) -> list[tuple]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return list(book.worksheets[sheet].iter_rows(values_only=True))


def notice_of(desk, number: int = 369) -> Notice:
    return Notice.objects.get(committee=desk.committee, number=number)


# --- what they say


def test_the_paper_of_a_notice_has_the_official_columns(desk):
    table = docx.Document(io.BytesIO(fetched(desk.client, "admin:notice_paper", notice_of(desk).pk, "docx"))).tables[2]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        [
            "STT",
            "Số TBKL (số, ngày, lãnh đạo ký)",
            "Trích yếu",
            "Nội dung nhiệm vụ giao",
            "Cơ quan",
            "Thời hạn",
            "Kết quả thực hiện",
            "Trạng thái",
        ],
        [
            "1",
            "369/TB-VPCP\n03/03/2025\nTrần Văn Sơn",
            "Kết luận",
            WORDING,
            "Bộ Công an\nChủ trì",
            "14/03/2025",
            "Đã đưa lên VNeID\nSản phẩm: 12/BCA-C06\nBáo cáo hoàn thành ngày 12/03/2025",
            "Đã hoàn thành\nHoàn thành đúng hạn",
        ],
    ]


def test_every_kind_of_file_says_the_same(desk):
    pages = {kind: fetched(desk.client, "admin:notice_paper", notice_of(desk).pk, kind) for kind in KINDS}
    for said in (text_of_docx(pages["docx"]), text_of_pdf(pages["pdf"])):
        assert "Kết quả thực hiện nhiệm vụ giao tại Thông báo kết luận số 369/TB-VPCP ngày 03/03/2025" in said
        assert "(tính đến hết ngày 24/03/2025)" in said
        assert "Hoàn thành đúng hạn 1 100 % (1/1)" in said
    *_head, heads, row = rows_of(pages["xlsx"])
    told = dict(zip(heads, row, strict=True))
    assert (told["Ngày văn bản"], told["Thời hạn"]) == tuple(
        datetime.combine(day, time()) for day in (ISSUED_ON, DUE_ON)
    )
    assert (told["Số, ký hiệu văn bản"], told["Tình trạng thời hạn"]) == ("369/TB-VPCP", "Hoàn thành đúng hạn")


def test_an_earlier_day_is_told_as_it_was_known_then(desk):
    of_the_day = {"as_of": "2025-03-11"}
    said = text_of_docx(fetched(desk.client, "admin:notice_paper", notice_of(desk).pk, "docx", **of_the_day))
    assert "(tính đến hết ngày 11/03/2025)" in said
    assert "Chưa có báo cáo Đã giao Sắp đến hạn" in said
    assert "VNeID Sản phẩm" not in said


def test_what_is_overdue_comes_with_its_reasons_and_its_number_is_that_of_the_figures(desk):
    spans = Span.objects.filter(committee=desk.committee)
    content = fetched(desk.client, "admin:overdue_paper", desk.committee.pk, "xlsx")
    heads, *found = [row for row in rows_of(content) if row[1] is not None]
    told = dict(zip(heads, found[0], strict=True))
    assert len(found) == cells_as_of(spans, TODAY).open_overdue == 1
    assert (told["Cơ quan"], told["Số ngày quá hạn"]) == ("Bộ Công an", 10)
    assert told["Lý do, khó khăn, vướng mắc"] == (
        "Thiếu kinh phí (báo cáo ngày 12/03/2025)\n"
        "Đề nghị gia hạn đến 30/06/2025: Chờ vốn. Không được chấp thuận: Đã gia hạn một lần"
    )
    said = text_of_pdf(fetched(desk.client, "admin:overdue_paper", desk.committee.pk, "pdf"))
    assert "trong tổng số 03 phần việc do Ủy ban Quốc gia về chuyển đổi số giao có 01 phần việc" in said


def test_a_refusal_that_came_later_was_not_known_on_the_day(desk):
    work = next(
        as_of.work(
            Span.objects.as_of(REPORTED_ON).filter(assignment__directive__notice__number=370), REPORTED_ON, reasons=True
        )
    )
    assert (work.extension.state, work.extension.decision_reason, work.difficulties) == ("open", "", "Thiếu kinh phí")


def test_what_was_handed_in_late_is_overdue_until_it_is_verified_and_says_that_it_waits(desk):
    late = make_issued(desk.other, issued_on=ISSUED_ON, due_on=DUE_ON, committee=desk.committee)[0]
    hand_in(late, by=make_user(Role.OFFICER, desk.other), at=at(date(2025, 3, 19)), text="Xong")
    said = text_of_docx(fetched(desk.client, "admin:overdue_paper", desk.committee.pk, "docx"))
    assert "Bộ Y tế Chủ trì" in said
    assert "14/03/2025 5 Xong" in said
    assert "Đã báo cáo hoàn thành ngày 19/03/2025, chờ xác nhận" in said
    assert cells_as_of(Span.objects.filter(committee=desk.committee), TODAY).open_overdue == 2


def test_the_letter_names_what_is_owed_and_asks_for_an_answer_within_five_working_days(desk):
    said = text_of_pdf(fetched(desk.client, "admin:letter_paper", desk.committee.pk, desk.lead.pk, "pdf"))
    assert "V/v đôn đốc Bộ Công an thực hiện các nhiệm vụ quá hạn" in said
    assert "Kính gửi: Bộ Công an" in said
    assert "còn 01 nhiệm vụ do Ủy ban Quốc gia về chuyển đổi số giao" in said
    assert "quá hạn 10 ngày" in said
    assert "trước ngày 31/03/2025" in said
    assert "370/TB-VPCP" in said
    assert "369/TB-VPCP" not in said


def test_an_agency_that_owes_nothing_gets_no_letter(desk):
    answer = desk.client.get(reverse("admin:letter_paper", args=[desk.committee.pk, desk.other.pk, "docx"]))
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert "Bộ Y tế không có nhiệm vụ quá hạn" in answer.content.decode()


def test_a_committee_whose_secretariat_is_an_agency_writes_in_its_name(desk):
    desk.office.abbreviation = "VPCP"
    desk.office.save()
    Committee.objects.filter(pk=desk.committee.pk).update(secretariat=desk.office)
    said = text_of_docx(fetched(desk.client, "admin:overdue_paper", desk.committee.pk, "docx"))
    assert said.startswith("VĂN PHÒNG CHÍNH PHỦ CỘNG HÒA")
    assert "/BC-VPCP" in said
    assert said.endswith("THỦ TRƯỞNG CƠ QUAN")


# --- an agency's own list


def test_an_agency_takes_along_what_its_filters_leave(desk):
    officer = visit(make_user(Role.OFFICER, desk.lead), language="vi")
    for query, numbers in (
        ({}, [370]),
        ({"standing": "all"}, [369, 370]),
        ({"standing": "done_on_time"}, [369]),
        ({"standing": "all", "notice": "370/TB-VPCP"}, [370]),
        ({"q": "khong co"}, []),
    ):
        rows = rows_of(fetched(officer, "own_paper", "xlsx", **query))
        found = [row[1] for row in rows if str(row[1]).endswith("/TB-VPCP")]
        assert sorted(found) == [f"{number}/TB-VPCP" for number in numbers], query


def test_the_list_of_an_earlier_day_has_what_was_open_then(desk):
    officer = visit(make_user(Role.OFFICER, desk.lead), language="vi")
    said = text_of_docx(fetched(officer, "own_paper", "docx", as_of="2025-03-11"))
    assert "369/TB-VPCP" in said
    assert "BỘ CÔNG AN CỘNG HÒA" in said


def test_a_reader_without_an_agency_has_no_own_list(desk):
    assert desk.client.get(reverse("own_paper", args=["pdf"])).status_code == 404


# --- who, and when not


def test_what_somebody_does_not_see_is_not_there(desk):
    other = make_issued(desk.lead, issued_on=ISSUED_ON)[0].directive.notice
    draft = make_notice(desk.committee, state="draft")
    for address in (
        reverse("admin:notice_paper", args=[other.pk, "pdf"]),
        reverse("admin:notice_paper", args=[draft.pk, "pdf"]),
        reverse("admin:overdue_paper", args=[other.committee_id, "pdf"]),
        reverse("admin:letter_paper", args=[other.committee_id, desk.lead.pk, "pdf"]),
        reverse("admin:overdue_paper", args=[desk.committee.pk, "odt"]),
    ):
        assert desk.client.get(address).status_code == 404, address


@pytest.mark.parametrize("written", ["2025-03-25", "2025-02-30", "hôm qua", "0"])
def test_a_day_that_has_not_come_or_is_none_is_refused(desk, written):
    officer = visit(make_user(Role.OFFICER, desk.lead), language="vi")
    addresses = reverse("admin:overdue_paper", args=[desk.committee.pk, "pdf"]), reverse("own_paper", args=["pdf"])
    for client, address in zip((desk.client, officer), addresses, strict=True):
        answer = client.get(address, {"as_of": written})
        assert (answer.status_code, answer["Content-Type"]) == (400, "text/html; charset=utf-8")


def test_the_page_offers_a_letter_for_each_agency_that_owes_something(desk):
    answer = desk.client.get(reverse("admin:papers"))
    assert [(one.agency, one.many, one.since) for one, _told in answer.context["owing"]] == [(desk.lead, 1, DUE_ON)]
    shown = answer.content.decode()
    for kind in KINDS:
        assert reverse("admin:letter_paper", args=[desk.committee.pk, desk.lead.pk, kind]) in shown
        assert reverse("admin:overdue_paper", args=[desk.committee.pk, kind]) in shown
    before = desk.client.get(reverse("admin:papers"), {"as_of": "2025-03-14"})
    assert before.context["owing"] == []
    assert desk.client.get(reverse("admin:papers"), {"as_of": "2025-03-25"}).status_code == 400


def test_a_paper_costs_the_same_queries_at_any_length(desk):
    def cost() -> list[int]:
        found = []
        for name, args in (("overdue_paper", ()), ("letter_paper", (desk.lead.pk,))):
            with CaptureQueriesContext(connection) as asked:
                fetched(desk.client, f"admin:{name}", desk.committee.pk, *args, "xlsx")
            found.append(len(asked))
        with CaptureQueriesContext(connection) as asked:
            fetched(officer, "own_paper", "xlsx")
        return [*found, len(asked)]

    officer = visit(make_user(Role.OFFICER, desk.lead))
    cost()  # what is read once for the process
    few = cost()
    for _ in range(11):
        make_issued(desk.lead, issued_on=ISSUED_ON, due_on=DUE_ON, committee=desk.committee)
    assert cost() == few
