"""Every wrong input at the desk gets a sentence where it belongs, keeps what was typed, and changes nothing."""

from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role
from directives.actions.extending import request_extension
from directives.actions.reporting import hand_in
from directives.models import Assignment, Directive, Notice, NoticeState
from directives.models import Role as Part
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import (
    DUE_ON,
    ENTERED_ON,
    TEXT,
    Desk,
    directive_form,
    do,
    drafted,
    header,
    issued,
    make_desk,
)
from tests.make import at, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_entry():
    with time_machine.travel(at(ENTERED_ON), tick=False), override("en"):
        yield


@pytest.fixture
def desk(client) -> Desk:
    client.cookies["django_language"] = "en"
    return make_desk(client)


def errors(answer: Any) -> dict[str, list[str]]:
    """The sentences of the page's form, by field."""
    context = answer.context
    form = context["adminform"].form if "adminform" in context else context["form"]
    return {name: [str(sentence) for sentence in sentences] for name, sentences in form.errors.items()}


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
    desk.client.post(page, header(desk, subject="Bản của người thứ nhất", seen_version=notice.version))
    with nothing_changes():
        answer = desk.client.post(page, header(desk, subject="Bản của người thứ hai", seen_version=notice.version))
    assert answer.status_code == 412
    assert answer.context["adminform"].form["subject"].value() == "Bản của người thứ hai"


def test_the_text_that_directives_quote_is_not_changed(desk):
    notice = drafted(desk)
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    notice.refresh_from_db()
    page = reverse("admin:directives_notice_change", args=[notice.pk])
    with nothing_changes():
        answer = desk.client.post(page, header(desk, text=TEXT + "Thêm.", seen_version=notice.version))
    assert errors(answer) == {"text": ["Directives quote this text. Remove them before you change it."]}


def test_the_text_is_not_changed_by_going_through_the_form_unchanged(desk):
    notice = drafted(desk)
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    notice.refresh_from_db()
    page = reverse("admin:directives_notice_change", args=[notice.pk])
    desk.client.post(page, header(desk, subject="Trích yếu mới", seen_version=notice.version))
    notice.refresh_from_db()
    assert (notice.subject, notice.text) == ("Trích yếu mới", TEXT)


def test_after_the_issue_neither_text_nor_paragraphs_nor_directives_change(desk):
    notice = issued(desk)
    directive = notice.directives.get()
    tries = {
        reverse("admin:directives_notice_change", args=[notice.pk]): header(desk, text="Khác", seen_version=1),
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
    "no kind of deadline": ({"deadline_kind": ""}, "deadline_kind", "This field is required."),
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
    desk.client.post(page, directive_form(desk, notice, wording="Một", version=1))
    with nothing_changes():
        answer = desk.client.post(page, directive_form(desk, notice, wording="Hai", version=1))
    assert answer.status_code == 412


def test_nothing_is_issued_while_the_header_is_incomplete_or_paragraphs_are_open(desk):
    desk.client.post(reverse("admin:directives_notice_add"), header(desk, number=""))
    notice = Notice.objects.get()
    page = reverse("admin:notice_issue", args=[notice.pk])
    assert desk.client.get(page).context["preview"].in_the_way == ["Still missing: number."]
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


def test_a_second_lead_is_refused(desk):
    notice = issued(desk)
    page = reverse("admin:directive_assign", args=[notice.pk, notice.directives.get().pk])
    with nothing_changes():
        answer = desk.client.post(page, {"role": "lead", "agency": desk.office.pk})
    assert errors(answer) == {"agency": ["Bộ Công an leads already: a directive has one lead."]}


WITHOUT_REASON = ["suspend", "withdraw", "reassign"]


@pytest.mark.parametrize("verb", WITHOUT_REASON)
def test_a_verb_that_needs_a_reason_says_so(desk, verb):
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    given = {"to_agency": desk.office.pk} if verb == "reassign" else {}
    with nothing_changes():
        answer = do(desk, assignment, verb, reason=" ", **given)
    offered = {offer.verb.verb.value: offer.form for offer in answer.context["offers"]}
    assert answer.status_code == 400
    assert offered[verb].errors == {"reason": ["Please give a reason."]}


def test_a_report_is_not_returned_without_a_reason_or_to_a_day_gone_by(desk):
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    hand_in(assignment, by=make_user(Role.OFFICER, desk.lead), at=at(ENTERED_ON), text="Đã xong")
    with nothing_changes():
        bare = do(desk, assignment, "return", reason="")
        past = do(desk, assignment, "return", reason="Thiếu", redo_by="2024-08-01")
    forms = [
        next(offer.form for offer in answer.context["offers"] if offer.verb.verb == "return") for answer in (bare, past)
    ]
    assert forms[0].errors == {"reason": ["Please give a reason."]}
    assert forms[1].errors == {"redo_by": ["The date to redo it by has passed already."]}
    assert forms[1]["reason"].value() == "Thiếu"


def test_nothing_is_verified_that_was_not_handed_in(desk):
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    with nothing_changes():
        assert do(desk, assignment, "verify").status_code == 409


def test_a_decision_on_an_older_state_of_the_page_is_refused(desk):
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    hand_in(assignment, by=make_user(Role.OFFICER, desk.lead), at=at(ENTERED_ON), text="Đã xong")
    page = reverse("admin:assignment_verb", args=[assignment.pk, "verify"])
    with nothing_changes():
        assert desk.client.post(page, {"verify-version": 1}).status_code == 412


def test_an_extension_to_a_day_before_the_deadline_or_without_a_reason_is_refused(desk):
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    asked = request_extension(
        assignment,
        by=make_user(Role.OFFICER, desk.lead),
        at=at(ENTERED_ON),
        asked_due_on=DUE_ON.replace(year=2025),
        reason="Chờ văn bản",
    )
    with nothing_changes():
        early = desk.client.post(
            reverse("admin:extension_decide", args=[asked.pk, "grant"]),
            {"grant-version": assignment.version, "grant-due_on": DUE_ON.isoformat()},
        )
        bare = desk.client.post(
            reverse("admin:extension_decide", args=[asked.pk, "refuse"]), {"refuse-version": assignment.version}
        )
        old = desk.client.post(
            reverse("admin:extension_decide", args=[asked.pk, "refuse"]),
            {"refuse-version": assignment.version + 1, "refuse-reason": "Không"},
        )
    assert early.context["grant_form"].errors == {
        "due_on": ["The new deadline must lie after the present one and not in the past."]
    }
    assert bare.context["refuse_form"].errors == {"reason": ["Please give a reason."]}
    assert old.status_code == 412


def test_nobody_reassigns_to_an_agency_that_is_gone(desk):
    issued(desk)
    gone = make_agency("Bộ Thông tin và Truyền thông", valid_to=DUE_ON.replace(year=2020))
    with nothing_changes():
        answer = do(desk, Assignment.objects.get(role=Part.LEAD), "reassign", to_agency=gone.pk, reason="Sắp xếp")
    assert answer.status_code == 400


FILES = {
    "a picture": ("anh.png", b"\x89PNG\r\n\x1a\n", "Only .txt, .docx and .pdf can be read."),
    "nothing in it": ("rong.txt", b" ", "This file is empty."),
    "stamped as secret": (
        "mat.txt",
        "BỘ CÔNG AN\nMẬT\nSố: 12/TB-BCA\nHà Nội, ngày 01 tháng 8 năm 2024\nTHÔNG BÁO\nKết luận".encode(),
        "This document is stamped as a state secret. It must not be entered here: follow it up on paper.",
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
