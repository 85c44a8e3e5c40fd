"""Every wrong input at the desk gets a sentence where it belongs, keeps what was typed, and changes nothing."""

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from directives.models import Directive, Notice, NoticeState
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import (
    ENTERED_ON,
    TEXT,
    Desk,
    as_shown,
    directive_form,
    drafted,
    errors,
    header,
    issued,
    make_desk,
)
from tests.make import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_entry():
    with time_machine.travel(at(ENTERED_ON), tick=False), override("en"):
        yield


@pytest.fixture
def desk(client) -> Desk:
    client.cookies["django_language"] = "en"
    return make_desk(client)


HEADERS = {
    "classified": (
        {"secrecy": "secret"},
        "secrecy",
        "A classified document must not be entered here. Follow it up on paper.",
    ),
    "met after it was issued": (
        {"met_on": "2024-08-10"},
        "met_on",
        "The meeting cannot be after the notice was issued.",
    ),
    "issued tomorrow": ({"issued_on": "2024-08-13"}, "issued_on", "The issue date lies in the future."),
    "amends what is not there": (
        {"amends": "1/TB-XYZ"},
        "amends",
        "No notice with this number and symbol is in sight.",
    ),
}


@pytest.mark.parametrize(("changed", "field", "sentence"), HEADERS.values(), ids=HEADERS)
def test_a_wrong_header_is_told_at_its_field(desk, changed, field, sentence):
    with nothing_changes():
        answer = desk.client.post(reverse("admin:directives_notice_add"), header(desk, **changed))
    assert errors(answer) == {field: [sentence]}
    assert answer.context["adminform"].form["subject"].value() == "Kết luận Hội nghị về chuyển đổi số"


def test_a_number_is_entered_once_for_an_issuer_and_year(desk):
    desk.client.post(reverse("admin:directives_notice_add"), header(desk))
    with nothing_changes():
        answer = desk.client.post(reverse("admin:directives_notice_add"), header(desk))
    assert answer.status_code == 400
    assert errors(answer) == {"number": ["369/TB-VPCP of 2024 by Văn phòng Chính phủ is in the register already."]}


def test_a_draft_that_somebody_else_saved_is_not_overwritten(desk):
    notice = drafted(desk)
    page = reverse("admin:directives_notice_change", args=[notice.pk])
    shown = as_shown(desk.client, page)
    desk.client.post(page, header(desk, subject="Bản của người thứ nhất") | shown)
    with nothing_changes():
        answer = desk.client.post(page, header(desk, subject="Bản của người thứ hai") | shown)
    assert answer.status_code == 412
    assert [one.versions for one in answer.context["asked"]] == [
        ("Kết luận Hội nghị về chuyển đổi số", "Bản của người thứ nhất", "Bản của người thứ hai")
    ]


def test_the_text_that_directives_quote_is_not_changed(desk):
    notice = drafted(desk)
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    notice.refresh_from_db()
    page = reverse("admin:directives_notice_change", args=[notice.pk])
    with nothing_changes():
        answer = desk.client.post(page, header(desk, text=TEXT + "Thêm.") | as_shown(desk.client, page))
    assert errors(answer) == {"text": ["Directives quote this text. Remove them before you change it."]}


def test_the_text_is_not_changed_by_going_through_the_form_unchanged(desk):
    notice = drafted(desk)
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    notice.refresh_from_db()
    page = reverse("admin:directives_notice_change", args=[notice.pk])
    desk.client.post(page, header(desk, subject="Trích yếu mới") | as_shown(desk.client, page))
    notice.refresh_from_db()
    assert (notice.subject, notice.text) == ("Trích yếu mới", TEXT)


def test_after_the_issue_neither_text_nor_paragraphs_nor_directives_change(desk):
    notice = issued(desk)
    directive = notice.directives.get()
    tries = {
        reverse("admin:directives_notice_change", args=[notice.pk]): header(desk, text="Khác"),
        reverse("admin:notice_split", args=[notice.pk]): {},
        reverse("admin:notice_paragraphs", args=[notice.pk]): {"rest": "information"},
        reverse("admin:directive_add", args=[notice.pk]): directive_form(desk, notice),
        reverse("admin:directive_change", args=[notice.pk, directive.pk]): directive_form(desk, notice, wording="Khác"),
        reverse("admin:directive_remove", args=[notice.pk, directive.pk]): {},
        reverse("admin:notice_issue", args=[notice.pk]): {"version": notice.version},
    }
    with nothing_changes():
        statuses = [desk.client.post(page, typed).status_code for page, typed in tries.items()]
    assert statuses == [200, 409, 409, 409, 409, 409, 409]  # the notice's own page only reads


DIRECTIVES = {
    "not a sentence of the text": (
        {"quote": "Bộ Công an làm việc khác."},
        "quote",
        "This sentence does not stand in the text like that.",
    ),
    "due before the issue": (
        {"due_on": "2024-08-08"},
        "due_on",
        "The deadline lies before the issue date.",
    ),
    "a date without a day": ({"due_on": ""}, "due_on", "This kind of deadline needs a date."),
    "a day for the undated": (
        {"deadline_kind": "urgent_undated"},
        "due_on",
        "This kind of deadline has no date. Choose another kind or clear the date.",
    ),
    "no kind of deadline": ({"deadline_kind": "", "due_on": ""}, "deadline_kind", "Please choose."),
    "lead and coordinating at once": ({"twice": True}, "lead", "The same agency is named twice."),
}


@pytest.mark.parametrize(("changed", "field", "sentence"), DIRECTIVES.values(), ids=DIRECTIVES)
def test_a_wrong_directive_is_told_at_its_field(desk, changed, field, sentence):
    notice = drafted(desk)
    if changed == {"twice": True}:
        changed = {"coordinating": [f"agency:{desk.lead.pk}"]}
    with nothing_changes():
        answer = desk.client.post(
            reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice, **changed)
        )
    assert errors(answer) == {field: [sentence]}
    assert answer.context["form"]["product"].value() == "Tiện ích trên VNeID"


def test_a_directive_that_somebody_else_saved_is_not_overwritten(desk):
    notice = drafted(desk)
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    page = reverse("admin:directive_change", args=[notice.pk, Directive.objects.get().pk])
    shown = as_shown(desk.client, page)
    desk.client.post(page, directive_form(desk, notice, wording="Một") | shown)
    with nothing_changes():
        answer = desk.client.post(page, directive_form(desk, notice, wording="Hai") | shown)
    assert answer.status_code == 412


def test_nothing_is_issued_while_the_header_is_incomplete_or_paragraphs_are_open(desk):
    desk.client.post(reverse("admin:directives_notice_add"), header(desk, number=""))
    notice = Notice.objects.get()
    page = reverse("admin:notice_issue", args=[notice.pk])
    nothing = "The notice gives no directive. Add one, or mark its paragraphs as what they are: target, orientation, "
    told = ["Still missing: number.", f"{nothing}information."]
    assert desk.client.get(page).context["preview"].in_the_way == told
    with nothing_changes():
        assert desk.client.post(page, {"version": notice.version}).status_code == 400
    assert Notice.objects.get().state == NoticeState.DRAFT


def test_open_paragraphs_must_be_left_on_purpose(desk):
    notice = drafted(desk)
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    notice.refresh_from_db()
    with nothing_changes():
        answer = desk.client.post(reverse("admin:notice_issue", args=[notice.pk]), {"version": notice.version})
    sentence = "Some paragraphs are not handled yet. Mark them, or say that this is intended."
    assert errors(answer) == {"__all__": [sentence]}


FILES = {
    "a picture": ("anh.png", b"\x89PNG\r\n\x1a\n", "Only .txt, .docx and .pdf can be read."),
    "nothing in it": ("rong.docx", b" ", "This is not a .docx file, although its name says so."),
    "a picture that calls itself a PDF": (
        "anh.pdf",
        b"\x89PNG\r\n\x1a\n",
        "This is not a .pdf file, although its name says so.",
    ),
}


@pytest.mark.parametrize(("name", "content", "sentence"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_come_in_is_told_why(desk, name, content, sentence):
    typed = {"committee": desk.committee.pk, "file": SimpleUploadedFile(name, content)}
    with nothing_changes():
        answer = desk.client.post(reverse("admin:notice_read"), typed)
    assert errors(answer) == {"file": [sentence]}


def test_neither_file_nor_text_is_told(desk):
    with nothing_changes():
        answer = desk.client.post(reverse("admin:notice_read"), {"committee": desk.committee.pk, "text": " "})
    assert errors(answer) == {"file": ["Choose a file or paste the text."]}


def test_a_refused_page_opens_at_what_is_wrong(desk):
    typed = header(desk, met_on="2024-08-10", amends="1/TB-XYZ")
    for wrong, field in ((typed, "amends"), (header(desk, met_on="2024-08-10"), "met_on")):
        page = desk.client.post(reverse("admin:directives_notice_add"), wrong).content.decode()
        (widget,) = re.findall(r"<(?:input|select|textarea)[^>]*\sautofocus[^>]*>", page)
        assert f'name="{field}"' in widget
