"""The secretariat's way through the real forms: from a text to issued assignments, and back to verified results."""

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from directives.actions.extending import request_extension
from directives.actions.reporting import hand_in
from directives.models import Assignment, Directive, Event, ExtensionRequest, Notice, NoticeState, ReportState
from directives.models import Role as Part
from directives.rules.lifecycle import State
from tests.edges.desk_of import (
    DUE_ON,
    ENTERED_ON,
    ISSUED_ON,
    LEAD_SENTENCE,
    MET_ON,
    TEXT,
    as_shown,
    directive_form,
    do,
    drafted,
    header,
    issued,
    make_desk,
)
from tests.make import at, make_committee, make_session, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_entry():
    with time_machine.travel(at(ENTERED_ON), tick=False):
        yield


@pytest.fixture
def desk(client):
    return make_desk(client)


def test_a_notice_is_entered_with_its_whole_header_and_its_text_as_it_is(desk):
    answer = desk.client.post(reverse("admin:directives_notice_add"), header(desk))
    notice = Notice.objects.get()
    assert answer.url == reverse("admin:notice_paragraphs", args=[notice.pk])
    assert (notice.reference, notice.state, notice.issued_on) == ("369/TB-VPCP", NoticeState.DRAFT, ISSUED_ON)
    assert notice.text == TEXT
    assert notice.entered_by == desk.secretary


def test_splitting_keeps_the_paragraphs_with_their_exact_words(desk):
    notice = drafted(desk)
    found = {paragraph.label: paragraph.text.strip() for paragraph in notice.paragraphs.all()}
    assert found["II.1"].endswith(LEAD_SENTENCE)


def test_paragraphs_are_marked_one_by_one_and_the_rest_at_once(desk):
    notice = drafted(desk)
    first = notice.paragraphs.get(label="II.1")
    desk.client.post(reverse("admin:paragraph_mark", args=[notice.pk, first.pk]), {"handled_as": "directive"})
    desk.client.post(reverse("admin:notice_paragraphs", args=[notice.pk]), {"rest": "information"})
    marks = {paragraph.label: paragraph.handled_as for paragraph in notice.paragraphs.all()}
    assert marks.pop("II.1") == "directive"
    assert set(marks.values()) == {"information"}


def test_the_written_deadline_is_read_as_a_proposal_and_nothing_is_kept(desk):
    notice = drafted(desk)
    typed = directive_form(desk, notice, deadline_kind="", due_on="", _understand="1")
    page = desk.client.post(reverse("admin:directive_add", args=[notice.pk]), typed)
    assert page.context["form"].initial["due_on"] == DUE_ON
    assert page.context["form"].initial["deadline_kind"] == "date"
    assert page.context["form"].initial["wording"] == "Đưa tiện ích lên VNeID"
    assert not Directive.objects.exists()


def test_a_directive_is_tied_to_its_sentence_and_names_whom_it_is_for(desk):
    notice = drafted(desk)
    group = f"group:{desk.provinces.pk}"
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice, share=[group]))
    directive = Directive.objects.get()
    assert notice.text[directive.quote_start : directive.quote_end] == LEAD_SENTENCE
    assert directive.paragraph.handled_as == "directive"
    named = [(row.role, row.agency or row.group) for row in directive.addressees.order_by("pk")]
    assert named == [(Part.LEAD, desk.lead), (Part.SHARE, desk.provinces), (Part.COORDINATING, desk.other)]


def test_a_directive_of_a_draft_is_changed_and_removed(desk):
    notice = drafted(desk)
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice))
    directive = Directive.objects.get()
    page = reverse("admin:directive_change", args=[notice.pk, directive.pk])
    typed = directive_form(desk, notice, wording="Đưa bốn tiện ích", coordinating=[])
    desk.client.post(page, typed | as_shown(desk.client, page))
    directive.refresh_from_db()
    assert (directive.wording, directive.addressees.count()) == ("Đưa bốn tiện ích", 1)
    desk.client.post(reverse("admin:directive_remove", args=[notice.pk, directive.pk]))
    assert not Directive.objects.exists()


def test_before_the_issue_the_page_says_what_it_will_do(desk):
    notice = drafted(desk)
    group = f"group:{desk.provinces.pk}"
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), directive_form(desk, notice, share=[group]))
    preview = desk.client.get(reverse("admin:notice_issue", args=[notice.pk])).context["preview"]
    assert (len(preview.lines), len(preview.parts), preview.agencies, preview.undated) == (1, 4, 4, 0)
    assert [agency.agency.name_vi for _group, parts in preview.lines[0].groups() for agency in parts] == [
        "Hà Nội",
        "Huế",
    ]
    # What was entered by hand settled the proposal of its sentence: its paragraph is not asked about.
    assert preview.unhandled == notice.paragraphs.filter(handled_as="").count()
    assert not notice.proposals.open().filter(paragraph__label="II.1").exists()


def test_issuing_gives_each_agency_its_assignment(desk):
    notice = issued(desk)
    assert notice.state == NoticeState.ISSUED
    parts = Assignment.objects.order_by("pk").values_list("agency", "role", "due_on")
    assert list(parts) == [(desk.lead.pk, Part.LEAD, DUE_ON), (desk.other.pk, Part.COORDINATING, DUE_ON)]


def test_a_report_is_returned_with_a_reason_and_later_verified(desk):
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    officer = make_user(Role.OFFICER, desk.lead)
    hand_in(assignment, by=officer, at=at(ENTERED_ON), text="Đã xong")
    do(desk, assignment, "return", reason="Thiếu biên bản", redo_by="2024-09-02")
    assignment.refresh_from_db()
    assert (assignment.state, assignment.redo_by.isoformat(), assignment.due_on) == (
        State.IN_PROGRESS,
        "2024-09-02",
        DUE_ON,
    )
    assert assignment.reports.get().state == ReportState.RETURNED
    hand_in(assignment, by=officer, at=at(ENTERED_ON), text="Đã bổ sung biên bản")
    do(desk, assignment, "verify", reason="Đủ sản phẩm")
    assignment.refresh_from_db()
    assert (assignment.state, assignment.done_on) == (State.DONE, ENTERED_ON)
    assert Event.objects.filter(assignment=assignment, verb="verify", by=desk.secretary).count() == 1


@pytest.mark.parametrize(
    ("answer", "given", "due_on", "state"),
    [
        ("grant", {"due_on": "2025-01-31"}, "2025-01-31", "granted"),
        ("refuse", {"reason": "Không đủ căn cứ"}, "2024-12-31", "refused"),
    ],
)
def test_a_request_for_more_time_is_answered(desk, answer, given, due_on, state):
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    asked = request_extension(
        assignment,
        by=make_user(Role.OFFICER, desk.lead),
        at=at(ENTERED_ON),
        asked_due_on=DUE_ON.replace(year=2025),
        reason="Chờ văn bản",
    )
    typed = {f"{answer}-version": assignment.version, **{f"{answer}-{name}": value for name, value in given.items()}}
    desk.client.post(reverse("admin:extension_decide", args=[asked.pk, answer]), typed)
    assignment.refresh_from_db()
    assert assignment.due_on.isoformat() == due_on
    assert assignment.original_due_on == DUE_ON
    assert ExtensionRequest.objects.get().state == state


VERBS = {
    "suspend": ({"reason": "Chờ luật"}, State.SUSPENDED),
    "withdraw": ({"reason": "Trùng"}, State.WITHDRAWN),
    "reassign": ({"reason": "Sắp xếp bộ máy"}, State.REASSIGNED),
}


@pytest.mark.parametrize(("verb", "given", "state"), [(verb, *row) for verb, row in VERBS.items()], ids=VERBS)
def test_each_verb_of_the_page_moves_the_assignment(desk, verb, given, state):
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    if verb == "reassign":
        given = {**given, "to_agency": desk.office.pk}
    do(desk, assignment, verb, **given)
    assignment.refresh_from_db()
    assert assignment.state == state
    if verb == "reassign":
        assert Assignment.objects.get(agency=desk.office).original_due_on == DUE_ON


def test_what_was_suspended_is_resumed(desk):
    issued(desk)
    assignment = Assignment.objects.get(role=Part.LEAD)
    do(desk, assignment, "suspend", reason="Chờ luật")
    do(desk, assignment, "resume", reason="Luật đã có")
    assignment.refresh_from_db()
    assert assignment.state == State.ASSIGNED  # as it was


def test_one_agency_more_is_given_its_part(desk):
    notice = issued(desk)
    page = reverse("admin:directive_assign", args=[notice.pk, notice.directives.get().pk])
    desk.client.post(page, {"role": "coordinating", "agency": desk.office.pk, "due_on": "2024-11-30"})
    assert Assignment.objects.get(agency=desk.office).due_on.isoformat() == "2024-11-30"


def test_a_notice_is_withdrawn_with_its_open_assignments(desk):
    notice = issued(desk)
    desk.client.post(reverse("admin:notice_withdraw", args=[notice.pk]), {"reason": "Ban hành nhầm"})
    notice.refresh_from_db()
    assert notice.state == NoticeState.WITHDRAWN
    assert set(Assignment.objects.values_list("state", flat=True)) == {State.WITHDRAWN}


def test_the_chosen_are_verified_and_each_refusal_is_told(desk):
    issued(desk)
    lead, other = Assignment.objects.order_by("pk")
    hand_in(lead, by=make_user(Role.OFFICER, desk.lead), at=at(ENTERED_ON), text="Đã xong")
    page = reverse("admin:directives_assignment_changelist")
    chosen = {"action": "verify_chosen", "_selected_action": [lead.pk, other.pk]}
    answer = desk.client.post(page, chosen, follow=True)
    told = [str(message) for message in answer.context["messages"]]
    assert Assignment.objects.get(pk=lead.pk).state == State.DONE
    assert Assignment.objects.get(pk=other.pk).state == State.ASSIGNED
    assert told[-2].startswith(str(other))
    assert told[-1] == "Đã xác nhận hoàn thành 1 phần việc."


def test_a_session_is_corrected_and_stays_its_committees(desk):
    held = make_session(desk.committee, title="Phiên họp thứ ba", held_on=MET_ON)
    other = make_committee("Ban Chỉ đạo khác")
    typed = {"committee": other.pk, "kind": "session", "held_on": MET_ON.isoformat(), "title": "Phiên họp lần thứ ba"}
    page = reverse("admin:directives_session_change", args=[held.pk])
    assert "committee" not in desk.client.get(page).context["adminform"].form.fields
    desk.client.post(page, typed | as_shown(desk.client, page))
    held.refresh_from_db()
    assert (held.title, held.committee) == ("Phiên họp lần thứ ba", desk.committee)
    assert Event.objects.get(verb="amend_session").after["title"] == "Phiên họp lần thứ ba"


def test_before_the_issue_those_who_lead_and_hear_nothing_are_named_apart_from_the_others(desk):
    notice = drafted(desk)
    group = f"group:{desk.provinces.pk}"
    typed = directive_form(desk, notice, share=[f"agency:{desk.office.pk}", group])
    desk.client.post(reverse("admin:directive_add", args=[notice.pk]), typed)
    page = desk.client.get(reverse("admin:notice_issue", args=[notice.pk]))
    preview = page.context["preview"]
    assert sorted(preview.unheard_leads) == [("Bộ Công an", 1), ("Văn phòng Chính phủ", 1)]
    assert sorted(preview.unheard_others) == ["Bộ Y tế", "Huế", "Hà Nội"]
    assert page.content.decode().count('data-row="unheard"') == 5
