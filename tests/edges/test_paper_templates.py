"""A secretariat's own form of the .docx papers: named places alone, hostile files refused, versions, the way back."""

import io
import zipfile
from datetime import date

import docx
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn

from accounts.models import Role
from directives.models import Event, PaperTemplate, TemplateState
from directives.rules.refusals import Invalid
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import errors, make_desk
from tests.edges.test_papers import text_of_docx, text_of_pdf
from tests.edges.visiting import visit
from tests.make import at, make_committee, make_issued, make_user
from tests.office import as_pdfs
from tests.papers import saved
from tracker.papers import templates
from tracker.papers.templates import checked

TODAY = date(2025, 3, 24)
DOCUMENT_RELATIONS = "word/_rels/document.xml.rels"


def template(*more: str, without: str = "", body: str = "{{NOI_DUNG}}") -> bytes:
    """A short form with all places but one; `more` are further paragraphs."""
    document = docx.Document()
    heads = [name for name in templates.MUST if name not in (without, "NOI_DUNG")]
    for words in (*(f"{{{{{name}}}}}" for name in heads), "Kính trình:", body, *more):
        if words:
            document.add_paragraph(words)
    return saved(document)


def with_part(content: bytes, name: str, told: bytes) -> bytes:
    """The same archive with one part more, or another one."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, told)
    return kept.getvalue()


def with_relation(target: str, kind: str) -> bytes:
    content = template()
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        told = old.read(DOCUMENT_RELATIONS).decode()
    where = f'<Relationship Id="rX" Type="http://x/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return with_part(content, DOCUMENT_RELATIONS, told.replace("</Relationships>", where).encode())


def with_field(words: str) -> bytes:
    document = docx.Document(io.BytesIO(template()))
    told = OxmlElement("w:instrText")
    told.text = words
    document.paragraphs[0].add_run()._r.append(told)
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), "PAGE")
    document.paragraphs[0]._p.append(simple)
    return saved(document)


def with_footnote(words: str) -> bytes:
    """A part that python-docx does not read."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    told = (
        f'<w:footnotes xmlns:w="{nsmap["w"]}"><w:footnote w:id="2"><w:p><w:r><w:instrText>{words}</w:instrText></w:r>'
        "</w:p></w:footnote></w:footnotes>"
    )
    content = with_part(template(), "word/footnotes.xml", told.encode())
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        types, relations = (old.read(name).decode() for name in ("[Content_Types].xml", DOCUMENT_RELATIONS))
    types = types.replace("</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{word}"/></Types>')
    where = '<Relationship Id="rY" Type="http://x/footnotes" Target="footnotes.xml"/></Relationships>'
    content = with_part(content, "[Content_Types].xml", types.encode())
    return with_part(content, DOCUMENT_RELATIONS, relations.replace("</Relationships>", where).encode())


HOSTILE = {
    "a missing place": (template(without="SO_KY_HIEU"), "The place {{SO_KY_HIEU}} is missing."),
    "an unknown place": (template("{{ config.items() }}"), "There is no place called {{config.items()}}."),
    "no place for the text": (template(body=""), "The place {{NOI_DUNG}} is missing."),
    "the text within a sentence": (template(body="Gửi {{NOI_DUNG}}"), "stands once, in a paragraph of its own"),
    "the text twice": (template("{{NOI_DUNG}}"), "stands once, in a paragraph of its own"),
    "macros": (with_part(template(), "word/vbaProject.bin", b"x"), "holds macros"),
    "a picture": (with_part(template(), "word/media/a.png", b"x"), "words only"),
    "an embedded document": (with_part(template(), "word/embeddings/a.xlsx", b"x"), "words only"),
    "a template elsewhere": (with_relation("http://evil.example/t.dotm", "attachedTemplate"), "outside itself"),
    "a picture elsewhere": (with_relation("http://evil.example/p.png", "image"), "outside itself"),
    "a field that fetches": (with_field('INCLUDETEXT "/etc/passwd"'), "(INCLUDETEXT)"),
    "a field that runs": (with_field("DDEAUTO cmd"), "(DDEAUTO)"),
    "a field that runs, in a footnote": (with_footnote("DDEAUTO cmd"), "(DDEAUTO)"),
    "entities": (
        with_part(template(), "word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><w>&b;</w>'),
        "instructions that a notice has no need of",
    ),
    "a bomb": (with_part(template(), "word/bomb.xml", b" " * (80 * 1024 * 1024)), "unpacks to more than"),
    "no document": (b"PK\x03\x04 nothing", "damaged"),
    "too large": (template() + b"\0" * templates.LARGEST, "at most 2 MB"),
}


@pytest.mark.parametrize(("content", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_not_a_plain_template_is_refused_with_the_reason(content, sentence):
    with override("en"), pytest.raises(Invalid) as refusal:
        checked(content)
    with override("en"):
        assert sentence in str(refusal.value)


def test_page_numbers_and_links_may_stand_in_it():
    assert checked(with_field(" PAGE "))
    assert checked(with_footnote(" PAGE "))
    assert checked(with_relation("https://chinhphu.vn/", "hyperlink"))


@pytest.fixture
def desk(client, settings, tmp_path, db):
    settings.MEDIA_ROOT = str(tmp_path)
    with time_machine.travel(at(TODAY), tick=False):
        desk = make_desk(client)
        told = {"issued_on": date(2025, 3, 3), "due_on": date(2025, 3, 14), "committee": desk.committee}
        make_issued(desk.lead, number=370, **told)
        yield desk


def page(desk, name: str = "bring_template", kind: str = "overdue", form: str = "docx") -> str:
    return reverse(f"admin:{name}", args=[desk.committee.pk, kind, form])


def bring(desk, content: bytes):
    return desk.client.post(page(desk), {"file": SimpleUploadedFile("mau.docx", content)})


def paper(desk, form: str = "docx") -> bytes:
    answer = desk.client.get(reverse("admin:overdue_paper", args=[desk.committee.pk, form]))
    return b"".join(answer.streaming_content)


def test_a_template_is_brought_looked_at_put_into_use_and_set_aside(desk, tmp_path):
    built_in = text_of_docx(paper(desk))
    assert bring(desk, template("{{NOI_NHAN}}")).status_code == 302
    row = PaperTemplate.objects.get()
    assert (row.state, row.number, row.name) == (TemplateState.BROUGHT, 1, "mau.docx")
    assert text_of_docx(paper(desk)) == built_in  # not before somebody says so
    looked_at = b"".join(desk.client.get(reverse("admin:look_at_template", args=[row.uuid])).streaming_content)
    desk.client.post(reverse("admin:use_template", args=[row.uuid]))
    said = text_of_docx(paper(desk))
    assert said == text_of_docx(looked_at)
    assert "Kính trình: " in said
    assert "370/TB-VPCP" in said
    assert "{{" not in said
    assert "Kính trình" not in text_of_pdf(paper(desk, "pdf"))  # as the page says
    assert "Danh sách phần việc quá hạn" in text_of_pdf(as_pdfs(tmp_path, {"own.docx": looked_at})["own.docx"])
    bring(desk, template("Bản hai"))
    second = PaperTemplate.objects.get(number=2)
    desk.client.post(reverse("admin:use_template", args=[second.uuid]))
    assert text_of_docx(paper(desk)).endswith("Bản hai")
    desk.client.post(page(desk, "use_built_in"))
    assert text_of_docx(paper(desk)) == built_in
    assert set(PaperTemplate.objects.values_list("state", flat=True)) == {TemplateState.SET_ASIDE}
    verbs = ["bring_template", "use_template", "bring_template", "use_template", "set_template_aside"]
    assert list(Event.objects.filter(verb__contains="template").order_by("pk").values_list("verb", flat=True)) == verbs


def test_the_built_in_form_with_named_places_comes_back_as_it_was_given(desk):
    given = b"".join(desk.client.get(page(desk, "present_template")).streaming_content)
    before = text_of_docx(paper(desk))
    assert bring(desk, given).status_code == 302
    desk.client.post(reverse("admin:use_template", args=[PaperTemplate.objects.get().uuid]))
    assert text_of_docx(paper(desk)).split() == before.split()


def test_a_hostile_file_changes_nothing_and_is_told_beside_the_field(desk):
    with nothing_changes():
        answer = bring(desk, template("{{BI_MAT}}"))
    assert (answer.status_code, errors(answer)) == (400, {"file": ["Không có vị trí nào tên là {{BI_MAT}}."]})


def test_what_people_wrote_is_never_a_place(desk):
    desk.committee.name_vi = "Ủy ban {{NOI_DUNG}} {{CO_QUAN}}"
    desk.committee.save()
    bring(desk, template())
    desk.client.post(reverse("admin:use_template", args=[PaperTemplate.objects.get().uuid]))
    assert "{ {NOI_DUNG}} { {CO_QUAN}}" in text_of_docx(paper(desk))


def test_only_the_committees_own_secretariat_comes_to_its_templates(desk):
    bring(desk, template())
    row = PaperTemplate.objects.get()
    for person in (make_user(Role.SECRETARIAT, make_committee()), make_user(Role.AUDITOR)):
        browser = visit(person)
        with nothing_changes():
            assert browser.get(reverse("admin:paper_templates", args=[desk.committee.pk])).status_code == 404
            assert browser.get(reverse("admin:look_at_template", args=[row.uuid])).status_code == 404
            assert browser.post(reverse("admin:use_template", args=[row.uuid])).status_code == 404
            assert browser.post(page(desk, "use_built_in")).status_code == 404
