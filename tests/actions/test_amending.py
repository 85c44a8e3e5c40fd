"""A notice in force is amended: nothing before its issue, everything at one stroke, and only those touched are told."""

import pytest

from directives.actions.drafting import To
from directives.actions.extending import request_extension
from directives.actions.reporting import hand_in, verify
from directives.actions.touching import compare_draft
from directives.models import (
    Assignment,
    Delivery,
    Edition,
    Event,
    Notice,
    Role,
)
from tests.actions.an_amendment import (
    AMENDED,
    DUE,
    FIRST,
    FOURTH,
    LATER,
    LATER_FIRST,
    NEW_TEXT,
    NOW,
    SECOND,
    TEXT,
    THIRD,
    Desk,
    everything,
    issued,
    ready,
    told,
)
from tests.make import at


@pytest.fixture
def desk(db) -> Desk:
    return Desk()


def test_each_directive_is_untouched_changed_or_gone(desk):
    touches = compare_draft(desk.correction(NEW_TEXT)).touches
    assert [(str(one.found), one.outcome) for one in touches] == [("changed", ""), ("same", "keep"), ("gone", "")]


def test_a_later_notice_that_is_silent_on_a_directive_does_not_touch_it(desk):
    draft = desk.later(f"1. Sửa đổi mục 1 Thông báo 369 như sau: {LATER_FIRST}\n", amends=desk.notice)
    touches = compare_draft(draft).touches
    assert [(str(one.found), one.outcome) for one in touches] == [("changed", ""), ("gone", "keep"), ("gone", "keep")]


def test_a_draft_changes_nothing_for_anybody(desk):
    before = {name: rows for name, rows in everything().items() if name in ("Assignment", "Delivery", "Span")}
    ready(desk)
    assert {name: rows for name, rows in everything().items() if name in before} == before
    assert [one.quote for one in desk.directives] == [FIRST, SECOND, THIRD]


def test_a_corrected_text_becomes_the_next_version(desk):
    draft = ready(desk, note="Đính chính thời hạn")
    issued(desk, draft)
    notice = Notice.objects.get(pk=desk.notice.pk)
    assert (notice.text, notice.edition, notice.reference) == (NEW_TEXT.strip("\n") + "\n", 2, "369/TB-VPCP")
    first, second = Edition.objects.order_by("number")
    assert (first.text, first.issued_on, second.text, second.issued_on) == (
        TEXT,
        desk.notice.issued_on,
        NEW_TEXT,
        AMENDED,
    )
    assert [TEXT[low:high].strip() for _label, low, high, _as in first.paragraphs] == TEXT.splitlines()
    draft.refresh_from_db()
    assert (draft.state, draft.text, draft.paragraphs.count(), draft.directives.count()) == ("taken_up", "", 0, 0)
    assert [(one.position, one.quote, one.edition) for one in desk.directives] == [
        (1, LATER_FIRST, 2),
        (2, SECOND, 2),
        (3, THIRD, 1),
        (4, FOURTH, 2),
    ]
    for one in desk.directives:
        if one.edition == 2:
            assert notice.text[one.quote_start : one.quote_end] == one.quote
            assert one.paragraph.text.endswith(one.quote)


def test_assignments_get_their_new_date_their_end_and_their_beginning(desk):
    before = {row.pk: row for row in Assignment.objects.all()}
    draft = ready(desk)
    issued(desk, draft)
    lead, helper = desk.assignment(1, desk.building), desk.assignment(1, desk.finance)
    for row in (lead, helper):
        assert (row.due_on, row.original_due_on, row.due_version, row.armed_on) == (LATER, DUE, 2, AMENDED)
        assert (row.assigned_on, row.first_armed_on) == (before[row.pk].assigned_on, before[row.pk].armed_on)
    untouched = desk.assignment(2, desk.finance)
    assert (untouched.due_on, untouched.due_version, untouched.version) == (DUE, 1, before[untouched.pk].version)
    assert desk.assignment(3, desk.police).state == "withdrawn"
    new = desk.assignment(4, desk.health)
    assert (new.state, new.due_on, new.original_due_on, new.assigned_on) == ("assigned", LATER, LATER, AMENDED)
    assert [(row.change, row.was_due_on, row.due_on) for row in draft.amended_parts.order_by("assignment_id")] == [
        ("changed", DUE, LATER),
        ("changed", DUE, LATER),
        ("withdrawn", DUE, DUE),
        ("given", None, LATER),
    ]


def test_everybody_touched_gets_one_message_and_nobody_else(desk):
    issued(desk, ready(desk))
    offices = (desk.building, desk.finance, desk.police, desk.health)
    assert set(told()) == {person.name for office in offices for person in (office.officer, office.head)}
    assert Delivery.objects.filter(kind="amended", channel="email").count() == 8
    assert Delivery.objects.filter(kind="assigned", created_at=NOW).count() == 0


def test_who_is_not_touched_hears_nothing(desk):
    draft = desk.correction(TEXT.replace("tồn đọng", "còn tồn đọng"))
    desk.decide(draft, 3, "keep")
    issued(desk, draft)
    assert told() == {}
    assert [one.edition for one in desk.directives] == [2, 2, 2]
    assert desk.directives[2].quote == THIRD.replace("tồn đọng", "còn tồn đọng")
    assert not Event.objects.filter(verb="amend_assignment").exists()


def test_history_says_who_amended_what_and_by_what(desk):
    draft = ready(desk)
    issued(desk, draft)
    why = "Đính chính theo phiên bản 2 của 369/TB-VPCP, ngày 10/09/2024."
    of_lead = Event.objects.get(verb="amend_assignment", assignment=desk.assignment(1, desk.building))
    assert (of_lead.before["due_on"], of_lead.after["due_on"], of_lead.reason) == ("2024-12-31", "2025-03-31", why)
    assert (of_lead.by, of_lead.after["original_due_on"]) == (desk.secretary, "2024-12-31")
    assert [row.directive.position for row in Event.objects.filter(verb="amend_directive").order_by("pk")] == [1, 3]
    assert Event.objects.get(verb="amend_notice").after["edition"] == 2
    assert Event.objects.get(verb="withdraw").reason == why
    assert Event.objects.filter(verb="take_up", notice=draft).count() == 1


def test_what_is_done_stays_as_it_is(desk):
    row = desk.assignment(3, desk.police)
    report = hand_in(row, by=desk.police.officer, at=at(AMENDED), text="Đã xong")
    verify(report.assignment, by=desk.secretary, at=at(AMENDED))
    draft = desk.correction(TEXT.replace(f"3. {THIRD}\n", ""))
    was = Assignment.objects.filter(pk=row.pk).values().get()
    issued(desk, draft)
    assert Assignment.objects.filter(pk=row.pk).values().get() == was
    assert told() == {}


def test_other_agencies_are_added_left_out_and_change_places(desk):
    draft = desk.correction(TEXT.replace("Bộ Xây dựng chủ trì", "Bộ Tài chính chủ trì"))
    quote = FIRST.replace("Bộ Xây dựng chủ trì", "Bộ Tài chính chủ trì")
    to = [To(Role.LEAD, desk.finance.agency), To(Role.COORDINATING, desk.health.agency)]
    desk.restate(draft, 1, quote, *to)
    issued(desk, draft)
    assert desk.assignment(1, desk.building).state == "withdrawn"
    promoted = desk.assignment(1, desk.finance)
    assert (promoted.role, promoted.due_on, promoted.due_version) == ("lead", DUE, 1)
    assert desk.assignment(1, desk.health).role == "coordinating"
    assert [(row.role, row.agency) for row in desk.directives[0].addressees.order_by("pk")] == [
        ("lead", desk.finance.agency),
        ("coordinating", desk.health.agency),
    ]


def test_a_request_that_the_new_date_answers_lapses(desk):
    ask = {"by": desk.building.officer, "at": at(AMENDED), "asked_due_on": LATER, "reason": "Chưa có số liệu"}
    request = request_extension(desk.assignment(1, desk.building), **ask)
    issued(desk, ready(desk))
    request.refresh_from_db()
    assert request.state == "lapsed"


def test_work_goes_on_under_the_notice_that_supersedes(desk):
    draft = desk.later(NEW_TEXT, supersedes=desk.notice)
    desk.restate(draft, 1, LATER_FIRST, due_on=LATER)
    desk.decide(draft, 3, "withdraw")
    before = set(Assignment.objects.values_list("pk", flat=True))
    issued(desk, draft, unhandled_ok=True)
    draft.refresh_from_db()
    desk.notice.refresh_from_db()
    assert (draft.state, desk.notice.state, desk.notice.text, desk.notice.edition) == ("issued", "issued", TEXT, 1)
    assert {row.quote: row.assignments.count() for row in draft.directives.all()} == {LATER_FIRST: 2, SECOND: 1}
    assert [row.assignments.count() for row in desk.directives] == [0, 0, 1]
    assert set(Assignment.objects.values_list("pk", flat=True)) == before
    assert desk.assignment(1, desk.building).due_on == LATER
    assert [link.kind for row in draft.directives.order_by("position") for link in row.links_out.all()] == [
        "supersedes"
    ] * 2
    offices = (desk.building, desk.finance, desk.police)
    assert set(told()) == {person.name for office in offices for person in (office.officer, office.head)}


def test_what_an_amending_notice_does_not_speak_of_stays_with_the_first(desk):
    draft = desk.later(f"1. Sửa đổi mục 1 Thông báo 369 như sau: {LATER_FIRST}\n", amends=desk.notice)
    desk.restate(draft, 1, LATER_FIRST, due_on=LATER)
    issued(desk, draft)
    assert desk.assignment(1, desk.building).directive.notice == draft
    assert desk.assignment(2, desk.finance).directive.notice == desk.notice
    assert set(told()) == {
        person.name for office in (desk.building, desk.finance) for person in (office.officer, office.head)
    }
