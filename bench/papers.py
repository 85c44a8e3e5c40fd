"""Papers in official form: 100,000 rows as an .xlsx, and as many as a paper may hold as a .docx and a .pdf."""

import tempfile
from datetime import date
from itertools import islice

from django.core.management import call_command
from django.db import connection
from django.utils.translation import override

from accounts.models import Agency, Role
from bench.measuring import in_a_process
from directives import as_of
from directives.models import Span
from tests.make import make_committee, make_ladder, make_user
from tests.make.crowd import make_crowd
from tracker import clock
from tracker.documents import workbook
from tracker.papers.answering import FORMS
from tracker.papers.form import MOST_LINES
from tracker.papers.own_list import paper_of_own_list

COLUMNS = 9


def main(many: int = 100_000, lines: int = MOST_LINES) -> None:
    """Print seconds and peak memory; a bare sheet of as many short rows, which reads nothing, stands beside."""
    call_command("migrate", verbosity=0)
    make_ladder()
    committee = make_committee("Ủy ban Quốc gia về chuyển đổi số")
    today = clock.today()
    make_crowd(many, committee, make_user(Role.SECRETARIAT, committee), today=today, mark="p")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    _tell(f"{many:,} rows, a bare sheet", *in_a_process(_bare, many))
    _tell(f"{many:,} rows, .xlsx", *in_a_process(_paper, many, "xlsx", today))
    for kind in ("docx", "pdf"):
        _tell(f"{lines:,} rows, .{kind}", *in_a_process(_paper, lines, kind, today))


def _tell(what: str, took: float, peak: float) -> None:
    print(f"{what}: {took:.1f} s, {peak:.0f} MB", flush=True)


def _bare(many: int) -> None:
    headings = [workbook.Heading(str(column)) for column in range(COLUMNS)]
    with open("/dev/null", "wb") as nowhere:  # noqa: PTH123 - no path is built
        workbook.write(nowhere, title="Danh mục", headings=headings, rows=(["Nhiệm vụ"] * COLUMNS for _ in range(many)))


def _paper(many: int, kind: str, today: date) -> None:
    """The list of an agency that has the work of them all."""
    rows = as_of.listed(Span.objects.all(), today)
    if many < rows.count():
        rows = Span.objects.filter(pk__in=list(islice(rows.values_list("pk", flat=True), many)))
    with override("vi"):
        paper = paper_of_own_list(Agency.objects.all()[0], rows, on=today, today=today)
        with tempfile.TemporaryFile() as file:
            FORMS[kind].write(paper, file)
