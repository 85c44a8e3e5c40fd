"""The report of a committee on a period, and the briefing before a session: what they say, whose they are, when not."""

import io
import re
from datetime import date, datetime, time

import docx
import openpyxl
import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from accounts.people import reach
from directives.actions.drafting import To
from directives.actions.handing_down import Units, hand_down
from directives.models import Role as Part
from directives.rules.refusals import Invalid
from tests.edges.test_papers import (
    DUE_ON,
    ISSUED_ON,
    TODAY,
    WORDING,
    fetched,
    text_of_docx,
    text_of_pdf,
    with_three_pieces,
)
from tests.edges.visiting import visit
from tests.make import (
    at,
    make_agency,
    make_committee,
    make_indicator,
    make_issued,
    make_reading,
    make_session,
    make_user,
)
from tests.office import as_pdfs
from tracker.paper_asking import AT_ONCE
from tracker.papers.form import KINDS
from tracker.papers.kinds import PAPERS, Asking, make_paper

pytestmark = pytest.mark.django_db
SENTENCES = [
    (
        "Đến hết ngày 24/03/2025, tổng số nhiệm vụ do Ủy ban Quốc gia về chuyển đổi số giao là 03 nhiệm vụ, trong "
        "đó: đã hoàn thành 01 nhiệm vụ (01 đúng hạn, 0 quá hạn); chưa hoàn thành 02 nhiệm vụ (01 trong hạn, 01 quá"
        " hạn); không có thời hạn 0 nhiệm vụ."
    ),
    (
        "tỷ lệ hoàn thành là 33,33 % (1/3), tỷ lệ quá hạn là 33,33 % (1/3); trên số đã hoàn thành, tỷ lệ đúng hạn là"
        " 100 % (1/1)."
    ),
    (
        "Từ ngày 01/03/2025 đến ngày 24/03/2025: 03 nhiệm vụ giao mới, 01 nhiệm vụ hoàn thành, 01 nhiệm vụ chuyển "
        "sang quá hạn."
    ),
    "So với ngày 28/02/2025, tổng số nhiệm vụ tăng 03, số đã hoàn thành tăng 01, số quá hạn tăng 01.",
    (
        "Có 02 cơ quan được giao chủ trì hoặc chủ trì phần mình, trong đó 01 cơ quan không có nhiệm vụ quá hạn. "
        "Nhiều nhiệm vụ quá hạn nhất: Bộ Công an (01)."
    ),
    "Từ ngày 01/03/2025 đến ngày 24/03/2025, 03 văn bản đã giao 03 nhiệm vụ.",
    (
        "Đến hết ngày 24/03/2025 có 01 nhiệm vụ quá hạn; trong đó quá hạn trên 30 ngày chiếm 0 % (0/1), quá hạn "
        "trên 120 ngày là 0 nhiệm vụ."
    ),
    "Đến hết ngày 24/03/2025, trong 01 chỉ tiêu có 0 chỉ tiêu đạt, 0 chỉ tiêu không đạt, 01 chỉ tiêu chưa đạt",
    "Từ ngày 24/03/2025 đến ngày 30/04/2025 không có nhiệm vụ đến thời hạn.",
    (
        "Trên đây là báo cáo của Ban Thư ký về tình hình thực hiện nhiệm vụ do Ủy ban Quốc gia về chuyển đổi số "
        "giao, kỳ tháng 3 năm 2025./."
    ),
]


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(at(TODAY), tick=False):
        yield


@pytest.fixture
def desk(client):
    """Three pieces of work, and a target with a figure."""
    desk = with_three_pieces(client)
    target = make_indicator(desk.committee, name_vi="Hồ sơ trực tuyến", target=80, due_on=date(2025, 12, 31))
    make_reading(target, as_of=date(2025, 3, 10), value=61)
    return desk


def report(desk, kind: str = "docx", **asked: str) -> bytes:
    return fetched(desk.client, "admin:period_paper", desk.committee.pk, kind, **asked)


def briefing(desk, kind: str = "docx", **asked: str) -> bytes:
    return fetched(desk.client, "admin:briefing_paper", desk.committee.pk, kind, **asked)


# --- the report on a period


def test_a_month_is_reported_in_the_sentences_of_an_office(desk):
    for said in (text_of_docx(report(desk)), text_of_pdf(report(desk, "pdf"))):
        assert "BÁO CÁO Tình hình thực hiện nhiệm vụ do Ủy ban Quốc gia về chuyển đổi số giao tháng 3 năm 2025" in said
        missing = [sentence for sentence in SENTENCES if sentence not in said]
        assert missing == []


def test_its_sections_are_numbered_and_its_annexes_named(desk):
    document = docx.Document(io.BytesIO(report(desk)))
    said = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert [one for one in said if one.split(".")[0] in ("I", "II", "III", "IV", "V", "VI", "VII")] == [
        "I. KẾT QUẢ CHUNG",
        "II. THEO CƠ QUAN",
        "III. VĂN BẢN GIAO NHIỆM VỤ TRONG KỲ",
        "IV. NHIỆM VỤ QUÁ HẠN",
        "V. CHỈ TIÊU",
        "VI. DIỄN BIẾN THEO THÁNG",
        "VII. NHIỆM VỤ ĐẾN HẠN KỲ TỚI",
    ]
    assert [one for one in said if one.startswith(("Phụ lục", "Chi tiết"))] == [
        "Chi tiết tại Phụ lục I kèm theo.",
        "Chi tiết tại Phụ lục II kèm theo.",
        "Chi tiết tại Phụ lục III kèm theo.",
        "Phụ lục I",
        "Phụ lục II",
        "Phụ lục III",
    ]
    assert [one for one in said if one.startswith("Biểu đồ")] == [
        "Biểu đồ 1: Phần việc theo tình trạng thời hạn",
        "Biểu đồ 2: Các cơ quan có nhiều nhiệm vụ quá hạn nhất",
        "Biểu đồ 3: Phần việc quá hạn theo số ngày quá hạn",
        "Biểu đồ 4: Phần việc theo tình trạng thời hạn vào cuối mỗi tháng",
    ]
    assert len(document.inline_shapes) == 4


def test_an_agency_has_its_cells_its_shares_with_their_parts_and_its_rank(desk):
    book = openpyxl.load_workbook(io.BytesIO(report(desk, "xlsx")))
    _heads, *found = [row for row in book["Kết quả thực hiện theo cơ quan"].iter_rows(values_only=True) if row[1]]
    assert found == [
        (1, "Bộ Công an", 2, 1, 0, 0, 1, 0, 1, 2, 0.5, 1, 2, 0.5, 2),
        (2, "Bộ Y tế", 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1),
    ]


def test_what_is_overdue_is_listed_with_its_reasons(desk):
    said = text_of_docx(report(desk))
    assert "Thiếu kinh phí (báo cáo ngày 12/03/2025)" in said
    assert "Đã gia hạn một lần" in said
    assert said.count(WORDING) == 1


def test_a_period_that_is_over_is_told_as_of_its_end(desk):
    said = text_of_docx(report(desk, period="2025-02"))
    assert "giao tháng 2 năm 2025" in said
    assert "(tính đến hết ngày 28/02/2025)" in said
    assert "Đến hết ngày 28/02/2025, không có nhiệm vụ do Ủy ban Quốc gia về chuyển đổi số giao." in said


@pytest.mark.parametrize(
    ("asked", "named", "compared", "ahead"),
    [
        ({"period": "quarter"}, "quý I năm 2025", "31/12/2024", "30/06/2025"),
        ({"period": "2025-H1"}, "6 tháng đầu năm 2025", "31/12/2024", "31/12/2025"),
        ({"period": "year"}, "năm 2025", "31/12/2024", "31/12/2026"),
        ({"period": "2025-03-05..2025-03-24"}, "từ ngày 05/03/2025 đến ngày 24/03/2025", "04/03/2025", "13/04/2025"),
    ],
)
def test_any_period_is_compared_with_the_day_before_it_and_looks_to_the_end_of_the_next(
    desk, asked, named, compared, ahead
):
    said = text_of_docx(report(desk, **asked))
    assert f"giao {named} (tính đến hết ngày 24/03/2025)" in said
    assert f"So với ngày {compared}, " in said
    assert f"Từ ngày 24/03/2025 đến ngày {ahead} " in said


@pytest.mark.parametrize("asked", [{"period": "2025-04"}, {"period": "tháng 3"}, {"as_of": "2025-03-25"}])
def test_what_is_no_period_yet_is_refused_in_a_sentence(desk, asked):
    for answer in (
        desk.client.get(reverse("admin:period_paper", args=[desk.committee.pk, "pdf"]), asked),
        visit(make_user(Role.CHAIR, desk.committee)).get(
            reverse("report_paper", args=[desk.committee.uuid, "pdf"]), asked
        ),
    ):
        assert (answer.status_code, answer["Content-Type"]) == (400, "text/html; charset=utf-8")


def test_the_leaders_have_the_same_report_in_their_language(desk):
    chair, english = (visit(make_user(Role.CHAIR, desk.committee), language=one) for one in ("vi", "en"))
    address = "report_paper", desk.committee.uuid, "docx"
    assert text_of_docx(fetched(chair, *address)) == text_of_docx(report(desk))
    said = text_of_docx(fetched(english, *address))
    assert "was 03 assignments: 01 done (01 on time, 0 late), 02 not done yet (01 in time, 01 overdue)" in said


def test_a_sheet_that_is_too_long_is_offered_to_a_worker_and_the_paper_comes_at_once(desk, monkeypatch):
    monkeypatch.setitem(AT_ONCE, "xlsx", 2)
    chair = visit(make_user(Role.CHAIR, desk.committee), language="vi")
    sheet, paper = (chair.get(reverse("report_paper", args=[desk.committee.uuid, kind])) for kind in ("xlsx", "pdf"))
    assert "Văn bản này có hơn 2 dòng" in sheet.content.decode()
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")


def test_a_report_costs_the_same_queries_at_any_length(desk):
    def cost() -> list[int]:
        found = []
        for make in (report, briefing):
            with CaptureQueriesContext(connection) as asked:
                make(desk, "xlsx", **({"since": "2025-02-28"} if make is briefing else {}))
            found.append(len(asked))
        return found

    cost()  # what is read once for the process
    few = cost()
    for _ in range(11):
        make_issued(desk.lead, issued_on=ISSUED_ON, due_on=DUE_ON, committee=desk.committee)
    assert cost() == few


# --- of an agency


def test_an_agency_has_the_same_report_of_its_own_and_of_what_it_handed_down(desk):
    unit = make_agency("Cục A05", parent=desk.lead)
    head, officer = make_user(Role.HEAD, desk.lead), make_user(Role.OFFICER, unit)
    (whole,) = make_issued(desk.lead, issued_on=ISSUED_ON, due_on=date(2025, 12, 31), committee=desk.committee)
    hand_down(whole, by=head, at=at(TODAY), wording="Nối hệ thống", to=Units([unit]), due_on=date(2025, 6, 30))
    for kind, person, expected in (
        ("agency_period", head, "tổng số nhiệm vụ được giao của Bộ Công an là 03 nhiệm vụ"),
        ("handed_down", head, "tổng số nhiệm vụ do Bộ Công an giao cấp dưới là 01 nhiệm vụ"),
    ):
        address = "agency_report_paper", desk.lead.uuid, kind
        reader = visit(person, language="vi")
        for form, said in (("docx", text_of_docx), ("pdf", text_of_pdf)):
            assert expected in said(fetched(reader, *address, form)), (kind, form)
        for stranger in (visit(officer), visit(make_user(Role.HEAD, desk.other)), desk.client):
            assert stranger.get(reverse("agency_report_paper", args=[desk.lead.uuid, kind, "docx"])).status_code == 404
    said = text_of_docx(
        fetched(visit(head, language="vi"), "agency_report_paper", desk.lead.uuid, "agency_period", "docx")
    )
    assert "II. THEO BAN CHỈ ĐẠO" in said
    assert "Bộ Công an báo cáo tình hình thực hiện các nhiệm vụ được giao của Bộ Công an, kỳ tháng 3 năm 2025" in said
    page = visit(head).get(reverse("figures")).content.decode()
    assert reverse("agency_report_paper", args=[desk.lead.uuid, "agency_period", "xlsx"]) in page


# --- the briefing


def test_a_briefing_tells_what_changed_since_the_last_session(desk):
    make_session(desk.committee, held_on=date(2025, 3, 4))
    book = openpyxl.load_workbook(io.BytesIO(briefing(desk, "xlsx")))
    assert book.sheetnames[1:] == ["Nội dung thay đổi", "Phát sinh quá hạn 01 phần việc", "Đã hoàn thành 01 phần việc"]
    assert [row for row in book.worksheets[2].iter_rows(values_only=True) if row[0] == 1] == [
        (1, WORDING, "370/TB-VPCP", "Bộ Công an", "Chủ trì", None, datetime.combine(DUE_ON, time()), None)
    ]
    for said in (text_of_docx(briefing(desk)), text_of_pdf(briefing(desk, "pdf"))):
        assert "(từ hết ngày 04/03/2025 đến hết ngày 24/03/2025)" in said
        assert "II. PHÁT SINH QUÁ HẠN" in said
        assert (
            "So với ngày 04/03/2025, tổng số nhiệm vụ không đổi, số đã hoàn thành tăng 01, số quá hạn tăng 01." in said
        )


def test_every_number_of_a_briefing_is_counted_by_the_rows_of_its_sheet(desk):
    many = [To(Part.SHARE, make_agency()) for _ in range(15)]
    make_issued(*many, desk.lead, issued_on=TODAY, due_on=date(2025, 6, 30), committee=desk.committee)
    book = openpyxl.load_workbook(io.BytesIO(briefing(desk, "xlsx")))
    told = book.worksheets[1].iter_rows(max_col=2, values_only=True)
    counts = {name: many for name, many in told if isinstance(many, int) and many}
    assert counts["Mới giao"] == 3 + 15 + 1
    for sheet, many in zip(book.worksheets[2:], counts.values(), strict=True):
        rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
        assert (len(rows), rows[-1][0]) == (many, many), sheet.title
        assert len({row[1:5] for row in rows}) == many, sheet.title
    assert "và 4 cơ quan khác" in text_of_docx(briefing(desk))


def test_without_a_session_a_briefing_goes_back_a_month_and_a_day_may_be_named(desk):
    assert "(từ hết ngày 22/02/2025 đến hết ngày 24/03/2025)" in text_of_docx(briefing(desk))
    assert "MỚI GIAO" in text_of_docx(briefing(desk))
    assert "(từ hết ngày 10/03/2025 đến hết ngày 24/03/2025)" in text_of_docx(briefing(desk, since="2025-03-10"))


@pytest.mark.parametrize("since", ["2025-03-24", "2025-03-25", "hôm qua", "0001-01-01"])
def test_a_briefing_that_begins_too_late_is_refused(desk, since):
    answer = desk.client.get(reverse("admin:briefing_paper", args=[desk.committee.pk, "pdf"]), {"since": since})
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert ("một ngày trước ngày cuối kỳ" in answer.content.decode()) == since.startswith("2025")


# --- the page, the table of kinds, another program


def test_the_page_offers_both_with_what_was_chosen(desk):
    chosen = {"as_of": "2025-03-20", "period": "since", "since": "2025-03-05"}
    shown = desk.client.get(reverse("admin:papers"), chosen).content.decode().replace("&amp;", "&")
    for kind in KINDS:
        period, brief = (
            reverse(f"admin:{name}_paper", args=[desk.committee.pk, kind]) for name in ("period", "briefing")
        )
        assert f'href="{period}?as_of=2025-03-20&period=2025-03-05..2025-03-20"' in shown
        assert f'href="{brief}?as_of=2025-03-20&since=2025-03-04"' in shown
    assert str(PAPERS["period"].says) in shown


def test_the_last_day_that_the_page_takes_is_a_day_of_which_there_are_papers(desk):
    chosen = {"as_of": "2025-03-24", "period": "since", "since": "2025-03-24"}
    shown = desk.client.get(reverse("admin:papers"), chosen).content.decode().replace("&amp;", "&")
    offered = re.findall(r'href="(/admin/papers/[^"]*(?:period|briefing)\.docx\?[^"]*)"', shown)
    assert [desk.client.get(address).status_code for address in offered] == [200, 200]


@pytest.mark.parametrize(
    "chosen", [{"period": "since"}, {"period": "decade"}, {"period": "since", "since": "2025-03-25"}]
)
def test_the_page_says_what_is_missing(desk, chosen):
    answer = desk.client.get(reverse("admin:papers"), chosen)
    assert answer.status_code == 400
    assert answer.context["offers"] == []


def test_a_kind_of_paper_is_told_what_it_needs_and_no_more(desk):
    asking = Asking(reach(desk.secretary, TODAY), TODAY, TODAY)
    committee = str(desk.committee.uuid)
    for kind, given, field in (
        ("poem", {}, "kind"),
        ("period", {}, "committee"),
        ("period", {"committee": committee, "since": "2025-03-05"}, "since"),
    ):
        with pytest.raises(Invalid) as refusal:
            make_paper(kind, given, asking)
        assert refusal.value.field == field
    for unseen in (str(make_committee().uuid), "nothing"):
        with pytest.raises(ObjectDoesNotExist):
            make_paper("period", {"committee": unseen}, asking)


def test_another_office_program_opens_both(desk, tmp_path):
    files = {"report.docx": report(desk), "sheets.xlsx": report(desk, "xlsx"), "briefing.docx": briefing(desk)}
    made = {name: text_of_pdf(content) for name, content in as_pdfs(tmp_path, files).items()}
    assert set(made) == set(files)
    assert all("Bộ Công an" in said for said in made.values())
    assert SENTENCES[3] in made["report.docx"]
