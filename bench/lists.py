"""A list of directives from its file to the register: read, checked, entered, changed, and taken along."""

import hashlib
import io
from datetime import date
from typing import Any

from django.core.management import call_command

from accounts.models import AgencyKind, Role
from bench.measuring import in_a_process
from directives.actions.list_reading import Row, Wishes
from directives.actions.listing import Source, check_list, enter_list
from directives.models import Directive, Notice, NoticeState
from directives.rules.lists.columns import Means
from tests.make import at, make_agency, make_committee, make_group, make_notice, make_user
from tracker.admin.list_words import LABELS, directive_columns
from tracker.admin.sheets import sent
from tracker.documents import workbook
from tracker.documents.tables import table_of

ISSUED_ON, TODAY = date(2024, 8, 9), date(2024, 8, 12)
AGENCIES = 134
COLUMNS = (Means.NUMBER, Means.WORDING, Means.LEAD, Means.COORDINATING, Means.DEADLINE, Means.PRODUCT, Means.NOTE)
DEADLINES = ("trước ngày 31/12/2024", "Quý III/2025", date(2024, 11, 30), "khẩn trương", "định kỳ hằng tháng, ngày 25")
WISHES = Wishes(annex=True)


def main(sizes: tuple[int, ...] = (5000, 20_000)) -> None:
    """Print seconds and peak memory for lists of so many rows, each in a notice of its own."""
    call_command("migrate", verbosity=0)
    committee = make_committee()
    by = make_user(Role.SECRETARIAT, committee)
    make_group(kinds=(AgencyKind.MINISTRY,), name="Các bộ, ngành")
    for number in range(AGENCIES):
        make_agency(f"Bộ Số {number} và Phần {number}", abbreviation=f"BS{number}")
    for size in sizes:
        notice = make_notice(committee, state=NoticeState.DRAFT, issued_on=ISSUED_ON, issuer=None, number=None)
        _compare(notice, by, size)


def _compare(notice: Notice, by: Any, size: int) -> None:
    first, second = _file(size, "Báo cáo"), _file(size, "Đề án")
    steps = {
        "read the file": lambda: table_of("a.xlsx", first),
        "read and check": lambda: _check(notice, by, first),
        "read, check and enter": lambda: _enter(notice, by, first),
        "the same again": lambda: _enter(notice, by, first),
        "with one column changed": lambda: _enter(notice, by, second),
        "take along as .xlsx": lambda: _take_along(notice),
    }
    for what, work in steps.items():
        took, peak = in_a_process(work)
        print(f"{size:,} rows, {what}: {took:.1f} s, {peak:.0f} MB", flush=True)


def _file(size: int, product: str) -> bytes:
    def row(number: int) -> list[Any]:
        words = f"Hoàn thành nhiệm vụ số {number} về chuyển đổi số của ngành theo Đề án đã được phê duyệt; " * 2
        lead, one, two = (f"bo so {n % AGENCIES} va phan {n % AGENCIES}" for n in range(number, number + 3))
        return [number, words, lead, f"{one}; {two}; các bộ, ngành", DEADLINES[number % 5], product, "Ghi chú"]

    file = io.BytesIO()
    headings = [workbook.Heading(str(LABELS[means])) for means in COLUMNS]
    workbook.write(file, title="Danh mục", headings=headings, rows=map(row, range(size)))
    return file.getvalue()


def _rows(content: bytes) -> list[Row]:
    table = table_of("a.xlsx", content)
    lines = enumerate(table.rows[1:], start=2)
    return [Row(number, dict(zip(COLUMNS, cells, strict=False))) for number, cells in lines]


def _check(notice: Notice, by: Any, content: bytes) -> str:
    return check_list(notice, _rows(content), WISHES, by=by, at=at(TODAY)).digest


def _enter(notice: Notice, by: Any, content: bytes) -> None:
    notice = Notice.objects.get(pk=notice.pk)
    source = Source("a.xlsx", hashlib.sha256(content).hexdigest())
    checked = {"version": notice.version, "digest": _check(notice, by, content), "source": source}
    enter_list(notice, _rows(content), WISHES, by=by, at=at(TODAY), **checked)


def _take_along(notice: Notice) -> None:
    rows = Directive.objects.filter(notice=notice).select_related("notice").defer("notice__text")
    rows = rows.prefetch_related("addressees__agency", "addressees__group").order_by("position")
    sent("Danh mục", directive_columns(), rows.iterator(chunk_size=1000)).close()
