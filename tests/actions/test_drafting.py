"""A notice is drafted: what may not be entered is refused at its field, and nobody overwrites another's work."""

from datetime import date

import pytest

from accounts.models import Role as Office
from accounts.roles import NotAllowed
from directives.actions.drafting import To, change_directive, remove_directive
from directives.actions.entering import amend_draft, draft_notice, mark_paragraph, set_paragraphs
from directives.actions.issuing import issue
from directives.models import Role
from directives.rules.refusals import Invalid, Stale
from tests.actions.a_draft import NOW, STRETCHES, TEXT, Desk
from tests.actions.conftest import nothing_changes
from tests.make import (
    make_agency,
    make_indicator,
    make_user,
)


@pytest.fixture
def desk(db) -> Desk:
    return Desk()


WRONG_NOTICES = {
    "a classified document": ({"secrecy": "mat"}, "secrecy"),
    "a number that is taken": ({}, "number"),
    "an issue date in the future": ({"number": 370, "issued_on": date(2024, 8, 10)}, "issued_on"),
    "a meeting after the issue": ({"number": 370, "met_on": date(2024, 8, 10)}, "met_on"),
    "a text that cannot be kept": ({"number": 370, "text": "a\0b"}, "text"),
}


@pytest.mark.parametrize(("fields", "field"), WRONG_NOTICES.values(), ids=WRONG_NOTICES)
def test_a_notice_that_may_not_be_entered_is_refused_at_its_field(desk, fields, field):
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        desk.enter(**fields)
    assert refusal.value.field == field


WRONG_DIRECTIVES = {
    "a quote that is not there": ({"quote": "Xây sân bay"}, "quote"),
    "no quote": ({"quote": " "}, "quote"),
    "a date before the issue date": ({"due_on": date(2024, 8, 8)}, "due_on"),
    "a dated deadline without a date": ({"due_on": None}, "due_on"),
    "an undated deadline with a date": ({"deadline_kind": "none"}, "due_on"),
}


@pytest.mark.parametrize(("fields", "field"), WRONG_DIRECTIVES.values(), ids=WRONG_DIRECTIVES)
def test_a_directive_that_does_not_fit_is_refused_at_its_field(desk, fields, field):
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        desk.add(**fields)
    assert refusal.value.field == field


def test_a_second_lead_is_refused(desk):
    two = [To(Role.LEAD, desk.lead), To(Role.LEAD, desk.issuer)]
    with nothing_changes(), pytest.raises(Invalid, match="one lead") as refusal:
        desk.add(addressees=two)
    assert refusal.value.field == "lead"


def test_a_directive_that_is_sent_twice_is_added_once(desk):
    desk.add(wording="Tích hợp tiện ích")
    with nothing_changes(), pytest.raises(Invalid, match="it is directive 1") as refusal:
        desk.add(wording=" Tích hợp tiện ích ")
    assert refusal.value.field == "quote"


def test_one_sentence_gives_several_directives_in_different_words(desk):
    first, second = desk.add(wording="Tích hợp tiện ích"), desk.add(wording="Báo cáo kết quả")
    assert (first.position, second.position) == (1, 2)
    with nothing_changes(), pytest.raises(Invalid, match="it is directive 1"):
        change_directive(second, by=desk.secretary, at=NOW, wording="Tích hợp tiện ích")
    change_directive(second, by=desk.secretary, at=NOW, product="Báo cáo")


def test_directives_stand_as_their_sentences_do_in_whatever_order_they_are_entered(desk):
    last = desk.add(quote="kết nối phần mềm")
    first = desk.add()
    again = desk.add(wording="Báo cáo kết quả")
    found = desk.draft.directives.order_by("position")
    assert [row.uuid for row in found] == [first.uuid, again.uuid, last.uuid]
    assert [row.position for row in found] == [1, 2, 3]


def test_an_agency_that_was_merged_before_the_notice_is_refused(desk):
    gone = make_agency("Bộ cũ", valid_to=date(2024, 8, 8))
    with nothing_changes(), pytest.raises(Invalid, match="does not exist on the issue date"):
        desk.add(addressees=[To(Role.LEAD, gone)])


def test_only_the_secretariat_enters_notices(desk):
    officer = make_user(Office.OFFICER, desk.lead)
    with nothing_changes(), pytest.raises(NotAllowed):
        draft_notice(committee=desk.committee, by=officer, at=NOW, text=TEXT)


def test_a_quote_is_tied_to_its_place_in_the_text(desk):
    directive = desk.add(quote="kết nối phần mềm")
    assert TEXT[directive.quote_start : directive.quote_end] == "kết nối phần mềm"


def test_the_same_words_in_another_unicode_form_are_the_same_words(desk):
    assert desk.add(quote="Đưa tiện ích").quote == "Đưa tiện ích"


def test_a_text_that_is_quoted_cannot_be_changed(desk):
    desk.add()
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        amend_draft(desk.draft, by=desk.secretary, at=NOW, text="Khác")
    assert refusal.value.field == "text"


def test_an_older_copy_of_a_draft_is_stale(desk):
    amend_draft(desk.draft, by=desk.secretary, at=NOW, subject="Chuyển đổi số", version=1)
    with nothing_changes(), pytest.raises(Stale):
        amend_draft(desk.draft, by=desk.secretary, at=NOW, subject="Khác", version=1)


def test_paragraphs_are_marked_and_stay_with_their_directives(desk):
    first, second = set_paragraphs(desk.draft, STRETCHES, by=desk.secretary, at=NOW)
    directive = desk.add(paragraph=first)
    mark_paragraph(second, "information", by=desk.secretary, at=NOW)
    assert [p.handled_as for p in desk.draft.paragraphs.order_by("position")] == ["directive", "information"]
    with nothing_changes(), pytest.raises(Invalid):
        mark_paragraph(directive.paragraph, "target", by=desk.secretary, at=NOW)
    remove_directive(directive, by=desk.secretary, at=NOW)
    first.refresh_from_db()
    assert first.handled_as == ""


def test_a_directive_with_a_target_stays_until_the_target_belongs_to_another(desk):
    directive = desk.add()
    make_indicator(desk.committee, directive=directive)
    with nothing_changes(), pytest.raises(Invalid, match="A target belongs to this directive"):
        remove_directive(directive, by=desk.secretary, at=NOW)


STEPS = {
    "a directive is added": lambda d: d.add(quote="kết nối phần mềm"),
    "a directive is changed": lambda d: change_directive(d.directive, by=d.secretary, at=NOW, wording="Khác"),
    "a directive is removed": lambda d: remove_directive(d.directive, by=d.secretary, at=NOW),
    "a paragraph is marked": lambda d: mark_paragraph(d.second, "target", by=d.secretary, at=NOW),
}


def start(desk: Desk) -> None:
    """Split the draft and give its first paragraph a directive."""
    first, desk.second = set_paragraphs(desk.draft, STRETCHES, by=desk.secretary, at=NOW)
    desk.directive = desk.add(paragraph=first)
    desk.draft.refresh_from_db()


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_nobody_issues_what_was_changed_since_they_looked(desk, step):
    start(desk)
    step(desk)
    with nothing_changes(), pytest.raises(Stale):
        issue(desk.draft, by=desk.secretary, at=NOW, unhandled_ok=True, version=desk.draft.version)


TOO_LATE = {
    "a directive that is gone is changed": STEPS["a directive is changed"],
    "a directive that is gone is removed": STEPS["a directive is removed"],
    "a paragraph that is gone is marked": STEPS["a paragraph is marked"],
    "a directive is added to a paragraph that is gone": lambda d: d.add(paragraph=d.second, quote="kết nối phần mềm"),
}


@pytest.mark.parametrize("act", TOO_LATE.values(), ids=TOO_LATE)
def test_what_somebody_else_took_out_cannot_be_worked_on(desk, act):
    start(desk)
    remove_directive(type(desk.directive).objects.get(), by=desk.secretary, at=NOW)
    set_paragraphs(desk.draft, STRETCHES, by=desk.secretary, at=NOW)
    with nothing_changes(), pytest.raises(Stale):
        act(desk)


def test_a_paragraph_of_another_notice_is_refused(desk):
    other = desk.enter(number=370)
    (paragraph, _second) = set_paragraphs(other, STRETCHES, by=desk.secretary, at=NOW)
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        desk.add(paragraph=paragraph)
    assert refusal.value.field == "paragraph"


def test_a_directive_is_changed_with_its_addressees(desk):
    directive = change_directive(
        desk.add(),
        by=desk.secretary,
        at=NOW,
        wording="Tích hợp tiện ích",
        addressees=[To(Role.LEAD, desk.issuer), To(Role.COORDINATING, desk.lead)],
    )
    assert directive.wording == "Tích hợp tiện ích"
    assert list(directive.addressees.values_list("role", "agency")) == [
        ("lead", desk.issuer.pk),
        ("coordinating", desk.lead.pk),
    ]
