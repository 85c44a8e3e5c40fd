"""A list of the desk as an .xlsx: what its filters leave, days and figures as such, and no text that runs."""

import io
import subprocess
import sys
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from directives.models import NoticeState
from tests.edges.desk_of import make_administrator, make_desk
from tests.make import (
    at,
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_indicator,
    make_notice,
    make_reading,
    make_report,
    make_user,
)
from tracker.documents import workbook

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 10)


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(at(TODAY), tick=False):
        yield


@pytest.fixture
def desk(client):
    return make_desk(client)


def sheet(client, room: str, query: str = "") -> list[list]:
    """The rows of the list's sheet with its head, as another program reads them."""
    answer = client.get(reverse(f"admin:{room}_sheet") + query)
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def day(year: int, month: int, number: int) -> datetime:
    """A day as sheets know it: the beginning of it, without a zone."""
    return datetime.combine(date(year, month, number), time.min)


def written(*rows: list) -> list[list]:
    """Cells after they were written and read again, each with its type: s text, n figure, d day, f formula."""
    file = io.BytesIO()
    workbook.write(file, title="Thử", headings=[workbook.Heading("A")], rows=rows)
    read = openpyxl.load_workbook(io.BytesIO(file.getvalue())).active
    return [[(cell.data_type, cell.value) for cell in row] for row in read.iter_rows(min_row=2)]


def test_a_list_of_assignments_has_real_days_and_figures(desk):
    notice = make_notice(desk.committee, number=369, signer="Nguyễn Văn An", subject="Kết luận")
    directive = make_directive(notice, "Kết nối hệ thống", product="Báo cáo", deadline_text="trước ngày 14/3/2025")
    make_report(make_assignment(desk.lead, directive=directive), percent=40, text="Đã kết nối 4 tỉnh")
    head, row = sheet(desk.client, "directives_assignment")
    told = dict(zip(head, row, strict=True))
    assert told["Số, ký hiệu"] == "369/TB-VPCP"
    assert (told["Thời hạn"], told["Ngày ban hành"]) == (day(2025, 3, 14), day(2025, 3, 3))
    assert (told["Cơ quan"], told["Nhiệm vụ"]) == ("Bộ Công an", "Kết nối hệ thống")
    assert 40 in row
    assert "Đã kết nối 4 tỉnh" in row


def test_filters_and_search_of_the_page_are_those_of_the_sheet(desk):
    for state in ("assigned", "declined", "declined"):
        make_assignment(directive=make_directive(make_notice(desk.committee)), state=state)
    assert len(sheet(desk.client, "directives_assignment")) == 4
    assert len(sheet(desk.client, "directives_assignment", "?state__exact=declined")) == 3
    assert len(sheet(desk.client, "directives_assignment", "?q=khong-co")) == 1


def test_a_sheet_holds_every_page_of_the_list(desk):
    notice = make_notice(desk.committee)
    for _ in range(60):  # a page shows 50
        make_assignment(directive=make_directive(notice))
    assert len(sheet(desk.client, "directives_assignment", "?p=2")) == 61


def test_what_a_person_does_not_see_is_not_in_the_sheet(desk):
    make_assignment(directive=make_directive(make_notice(make_committee())))
    make_notice(make_committee(), state=NoticeState.DRAFT)
    own = make_notice(desk.committee, state=NoticeState.DRAFT, number=7)
    assert sheet(desk.client, "directives_assignment")[1:] == []
    assert [row[0] for row in sheet(desk.client, "directives_notice")[1:]] == [own.reference]


def test_the_reports_on_what_the_filters_leave_are_taken_along_too(desk):
    for state, text in (("assigned", "Đang làm"), ("declined", "Không thuộc")):
        make_report(make_assignment(directive=make_directive(make_notice(desk.committee)), state=state), text=text)
    make_report(text="của ban khác")
    answer = desk.client.get(reverse("admin:reports_sheet") + "?state__exact=assigned")
    rows = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True)
    head, *found = list(rows)
    assert [row[head.index("Việc đã làm")] for row in found] == ["Đang làm"]


def test_a_filter_that_is_none_leads_back_to_the_list(desk):
    answer = desk.client.get(reverse("admin:directives_assignment_sheet") + "?nothing__exact=1")
    assert (answer.status_code, answer.url) == (302, reverse("admin:directives_assignment_changelist"))


def test_figures_of_targets_are_figures(desk):
    indicator = make_indicator(desk.committee, target=Decimal("71.75"))
    make_reading(indicator, value=Decimal("40.5"), as_of=date(2025, 2, 1))
    _head, row = sheet(desk.client, "directives_indicator")
    assert 71.75 in row
    assert 40.5 in row
    assert day(2025, 2, 1) in row


def test_heads_and_choices_are_in_the_language_of_the_reader(desk):
    make_assignment(directive=make_directive(make_notice(desk.committee)))
    desk.client.cookies["django_language"] = "en"
    head, row = sheet(desk.client, "directives_assignment")
    assert ("Agency" in head, "Lead" in row) == (True, True)


ROOMS = (
    "directives_session",
    "directives_extensionrequest",
    "directives_delivery",
    "directives_event",
    "directives_seal",
    "directives_reading",
    "directives_calendarday",
    "directives_ladder",
    "accounts_agency",
    "accounts_agencygroup",
    "accounts_committee",
    "accounts_user",
    "accounts_office",
    "accounts_apikey",
)


@pytest.mark.parametrize("room", ROOMS)
def test_every_list_has_its_sheet(client, room):
    make_administrator(client)
    make_assignment()
    shown = client.get(reverse(f"admin:{room}_changelist"))
    assert reverse(f"admin:{room}_sheet") in shown.content.decode()
    assert len(sheet(client, room)) == 1 + shown.context["cl"].result_count


def test_cells_of_other_lists_hold_words_and_no_markup(client):
    make_administrator(client)
    make_agency("Bộ Y tế", abbreviation="BYT", valid_from=date(1945, 8, 27))
    rows = sheet(client, "accounts_agency")
    assert ["Bộ Y tế", "Ministry", day(1945, 8, 27)] == [
        next(row for row in rows if row[0] == "Bộ Y tế")[at] for at in (0, 3, 5)
    ]


@pytest.mark.parametrize("rows", [1, 30])
def test_a_sheet_costs_the_same_queries_for_any_length(client, rows):
    committee = make_committee()
    client.force_login(make_user(Role.SECRETARIAT, committee))
    notice = make_notice(committee)
    for _ in range(rows):
        make_report(make_assignment(directive=make_directive(notice)))
    with CaptureQueriesContext(connection) as queries:
        sheet(client, "directives_assignment")
    assert len(queries) == 14  # session, seat, filters, and the rows by a cursor


HARMFUL = ("=1+1", "+84 24 3", "-5", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "{=1}", "http://example.vn", "007")


@pytest.mark.parametrize("text", HARMFUL)
def test_no_text_runs_as_a_formula_or_turns_into_something_else(text):
    assert written([text]) == [[("s", text)]]


def test_each_kind_of_value_stays_what_it_is():
    row = [1, Decimal("71.7500"), date(2025, 3, 14), at(TODAY, 9, 30), None, True, Decimal("12345678901234.5678")]
    assert written(row) == [
        [
            ("n", 1),
            ("n", 71.75),
            ("d", day(2025, 3, 14)),
            ("d", at(TODAY, 9, 30).replace(tzinfo=None)),
            ("n", None),
            ("s", "True"),
            ("s", "12345678901234.5678"),
        ]
    ]


def test_a_text_that_is_too_long_for_a_cell_is_cut_and_says_so():
    ((_kind, text),) = written(["x" * 40_000])[0]
    assert (len(text), text[-1]) == (32_767, "…")


def test_letters_that_a_sheet_cannot_hold_do_not_break_it():
    assert written(["a\x0bb\r\nc"])[0][0][1].replace("_x000B_", "\x0b") == "a\x0bb\nc"


LONG_LIST = """
import io, resource, sys
from datetime import date
from tracker.documents import workbook
row = ["369/TB-VPCP", date(2025, 3, 14), "Hoàn thành kết nối hệ thống thông tin " * 5, "Bộ Công an", 71.5, "Chủ trì"]
headings = [workbook.Heading(str(n)) for n in range(6)]
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak()
with open(sys.argv[1], "wb") as file:
    count = workbook.write(file, title="Thử", headings=headings, rows=(row for _ in range(100_000)))
print(count, (peak() - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is asked of Linux")
def test_a_hundred_thousand_rows_need_no_more_memory_than_a_few(tmp_path):
    run = [sys.executable, "-c", LONG_LIST, str(tmp_path / "long.xlsx")]
    rows, grown = subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()
    assert rows == "100000"
    assert int(grown) < 20  # MB
