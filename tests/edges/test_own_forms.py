"""Own forms of agencies, and of sheets: a head and a foot with named places, written anew; whose, and who may."""

import io
from datetime import date

import openpyxl
import pytest
import time_machine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role
from directives.models import PaperTemplate, TemplateState
from directives.rules.refusals import Invalid
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import errors, make_desk
from tests.edges.test_paper_templates import template, with_part
from tests.edges.test_papers import text_of_docx
from tests.edges.visiting import visit
from tests.make import at, make_issued, make_user
from tracker.papers import templates
from tracker.papers.xlsx_templates import USUAL, checked, write

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 24)


def sheet(*rows: str, **cells: str) -> bytes:
    """A sheet with these words in its first column, and others by their address."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        for at_row, words in enumerate(rows):
            page.write_string(at_row, 0, words)
        for address, words in cells.items():
            page.write(address, words)
    return file.getvalue()


def usual() -> bytes:
    file = io.BytesIO()
    write(USUAL, file)
    return file.getvalue()


@pytest.fixture
def desk(client, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with time_machine.travel(at(TODAY), tick=False):
        desk = make_desk(client)
        told = {"issued_on": date(2025, 3, 3), "due_on": date(2025, 3, 14), "committee": desk.committee}
        for number in (370, 371):
            make_issued(desk.lead, number=number, **told)
        yield desk


def page(desk, name: str = "bring_template", form: str = "xlsx") -> str:
    return reverse(f"admin:{name}", args=[desk.committee.pk, "overdue", form])


def overdue(desk):
    answer = desk.client.get(reverse("admin:overdue_paper", args=[desk.committee.pk, "xlsx"]))
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


WRONG = {
    "a missing place": (sheet("{{CO_QUAN}}", "{{NOI_DUNG}}"), "The place {{TRICH_YEU}} is missing."),
    "no place for the table": (sheet("{{CO_QUAN}}", "{{TRICH_YEU}}"), "The place {{NOI_DUNG}} is missing."),
    "two tables": (sheet("{{CO_QUAN}} {{TRICH_YEU}}", "{{NOI_DUNG}}", "{{NOI_DUNG}}"), "stands once, in a cell"),
    "a table in a sentence": (sheet("{{CO_QUAN}} {{TRICH_YEU}}", "Gồm {{NOI_DUNG}}"), "{{NOI_DUNG}} is missing"),
    "a neighbour of the table": (sheet("{{CO_QUAN}} {{TRICH_YEU}}", "{{NOI_DUNG}}", B2="x"), "stands once, in a cell"),
    "an unknown place": (sheet("{{CO_QUAN}} {{TRICH_YEU}} {{MA}}", "{{NOI_DUNG}}"), "no place called {{MA}}"),
    "too many rows": (sheet(*["{{CO_QUAN}} {{TRICH_YEU}}"] * 31, "{{NOI_DUNG}}"), "at most 30 rows"),
    "too many columns": (sheet("{{CO_QUAN}} {{TRICH_YEU}}", "{{NOI_DUNG}}", AZ1="x"), "30 columns"),
    "macros": (with_part(usual(), "xl/vbaProject.bin", b"x"), "macros"),
    "a bomb": (with_part(usual(), "xl/bomb.xml", b" " * (110 * 1024 * 1024)), "unpacks to more than"),
    "no sheet": (b"PK\x03\x04 nothing", "damaged"),
    "too large": (usual() + b"\0" * templates.LARGEST, "at most 2 MB"),
}


@pytest.mark.parametrize(("content", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_no_plain_head_is_refused_with_the_reason(content, sentence):
    with override("en"), pytest.raises(Invalid) as refusal:
        checked(content)
    with override("en"):
        told = str(refusal.value)
    assert sentence in told


def test_formulas_links_and_colours_are_left_out_and_looks_are_kept():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        given = book.add_worksheet()
        given.merge_range("A1:C1", "{{CO_QUAN}}", book.add_format({"bold": True, "font_size": 14, "align": "center"}))
        given.write_formula("A2", '=WEBSERVICE("http://evil.example")', value="{{TRICH_YEU}}")
        given.write_url("B2", "http://evil.example", string="đường dẫn")
        given.write_string("A3", "{{NOI_DUNG}}")
        given.write_string("B5", "=1+1")
    kept = openpyxl.load_workbook(io.BytesIO(checked(file.getvalue()))).active
    assert (kept["A1"].value, kept["A1"].font.b, kept["A1"].font.sz) == ("{{CO_QUAN}}", True, 14)
    assert kept["A1"].alignment.horizontal == "center"
    assert [str(one) for one in kept.merged_cells.ranges] == ["A1:C1"]
    assert (kept["A2"].value, kept["A2"].data_type, kept["B2"].hyperlink) == ("{{TRICH_YEU}}", "s", None)
    assert (kept["B5"].value, kept["B5"].data_type) == ("=1+1", "s")


def test_a_sheet_has_the_head_and_the_foot_that_were_brought_around_its_table(desk):
    before = overdue(desk).worksheets[-1]["A1"].value
    given = sheet("{{CO_QUAN}}", "Kính trình: {{TRICH_YEU}}", "Bảng {{TEN_BANG}}", "{{NOI_DUNG}}", "", "{{CHUC_VU}}")
    assert desk.client.post(page(desk), {"file": SimpleUploadedFile("mau.xlsx", given)}).status_code == 302
    row = PaperTemplate.objects.get()
    assert overdue(desk).worksheets[-1]["A1"].value == before  # not before somebody says so
    looked_at = desk.client.get(reverse("admin:look_at_template", args=[row.uuid]))
    looked_at = openpyxl.load_workbook(io.BytesIO(b"".join(looked_at.streaming_content)))
    desk.client.post(reverse("admin:use_template", args=[row.uuid]))
    book = overdue(desk)
    assert [page.title for page in looked_at] == [page.title for page in book]
    for found in book:
        said = [line[0] for line in found.iter_rows(values_only=True)]
        assert said[0] == "BAN THƯ KÝ"
        assert said[1].startswith("Kính trình: Tình hình nhiệm vụ quá hạn do Ủy ban Quốc gia về chuyển đổi số giao")
        assert said[-1] == "TRƯỞNG BAN THƯ KÝ"
        assert not [words for words in said if "{{" in str(words)]
    assert [line[0] for line in book.worksheets[-1].iter_rows(values_only=True)][4:6] == [1, 2]
    desk.client.post(page(desk, "use_built_in"))
    assert overdue(desk).worksheets[-1]["A1"].value == before


def test_the_sheet_to_begin_with_comes_back_as_it_was_given(desk):
    given = b"".join(desk.client.get(page(desk, "present_template")).streaming_content)
    assert desk.client.post(page(desk), {"file": SimpleUploadedFile("mau.xlsx", given)}).status_code == 302
    desk.client.post(reverse("admin:use_template", args=[PaperTemplate.objects.get().uuid]))
    assert overdue(desk).worksheets[-1]["A2"].value == "BAN THƯ KÝ"


def test_a_wrong_sheet_changes_nothing_and_is_told_beside_the_field(desk):
    with nothing_changes():
        answer = desk.client.post(page(desk), {"file": SimpleUploadedFile("mau.xlsx", sheet("{{NOI_DUNG}}"))})
    assert (answer.status_code, list(errors(answer))) == (400, ["file"])


def test_the_head_of_an_agency_brings_the_form_of_its_own_list_and_nobody_else_does(desk):
    head, officer = make_user(Role.HEAD, desk.lead), make_user(Role.OFFICER, desk.lead)
    whose = [desk.lead.pk, "own_list", "docx"]
    bring, listed = reverse("bring_template", args=whose), reverse("paper_templates", args=[desk.lead.pk])
    content = template("Bộ Công an kính trình")
    for person in (officer, make_user(Role.HEAD, desk.other), desk.secretary):
        stranger = visit(person)
        with nothing_changes():
            assert stranger.post(bring, {"file": SimpleUploadedFile("mau.docx", content)}).status_code == 404
            assert stranger.get(listed).status_code == 404
    reader = visit(head, language="vi")
    assert reader.post(bring, {"file": SimpleUploadedFile("mau.docx", content)}).status_code == 302
    row = PaperTemplate.objects.get()
    assert (row.agency, row.committee, row.state) == (desk.lead, None, TemplateState.BROUGHT)
    assert "Danh mục nhiệm vụ của cơ quan" in reader.get(listed).content.decode()
    reader.post(reverse("use_template", args=[row.uuid]))
    own = reverse("own_paper", args=["docx"])
    for person, has in ((officer, True), (make_user(Role.OFFICER, desk.other), False)):
        said = text_of_docx(b"".join(visit(person, language="vi").get(own).streaming_content))
        assert ("Bộ Công an kính trình" in said) is has
    reader.post(reverse("use_built_in", args=whose))
    assert "kính trình" not in text_of_docx(b"".join(reader.get(own).streaming_content))
