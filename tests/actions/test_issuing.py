"""From a draft to an issued notice: what is refused, and what issuing gives."""

from collections import namedtuple
from datetime import date

import pytest

from accounts.models import AgencyKind
from accounts.models import Role as Office
from accounts.roles import NotAllowed
from directives.actions.drafting import To, add_directive, change_directive, remove_directive
from directives.actions.entering import amend_draft, draft_notice, mark_paragraph, set_paragraphs
from directives.actions.issuing import issue
from directives.models import Assignment, Delivery, Event, Notice, Role
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid, Stale
from tests.actions.conftest import nothing_changes
from tests.make import (
    at,
    make_agency,
    make_calendar,
    make_committee,
    make_group,
    make_indicator,
    make_ladder,
    make_user,
)

ISSUED = date(2024, 8, 9)
NOW = at(ISSUED)
Stretch = namedtuple("Stretch", "label start end")
TEXT = "1. Đưa tiện ích lên VNeID.\n2. Các địa phương kết nối phần mềm."
STRETCHES = [Stretch("1", 0, 26), Stretch("2", 27, len(TEXT))]


class Desk:
    """A secretary with a draft that lacks nothing but directives."""

    def __init__(self) -> None:
        make_calendar()
        make_ladder()
        self.committee = make_committee()
        self.secretary = make_user(Office.SECRETARIAT, self.committee)
        self.issuer, self.lead = make_agency("Văn phòng Chính phủ"), make_agency("Bộ Công an")
        self.draft = self.enter()

    def enter(self, **fields) -> Notice:
        whole = {"number": 369, "symbol": "TB-VPCP", "issuer": self.issuer, "issued_on": ISSUED, "text": TEXT}
        return draft_notice(committee=self.committee, by=self.secretary, at=NOW, **(whole | fields))

    def add(self, **fields):
        whole = {
            "quote": "Đưa tiện ích lên VNeID",
            "deadline_kind": "date",
            "due_on": date(2024, 12, 31),
            "addressees": [To(Role.LEAD, self.lead)],
        }
        return add_directive(self.draft, by=self.secretary, at=NOW, **(whole | fields))


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


# --- issuing


EARLY = {
    "a date of its own before the issue date": ({"due_on": date(2024, 8, 8)}, "due_on"),
    "an agency that was merged before": ({"valid_to": date(2024, 8, 8)}, "addressees"),
}


@pytest.mark.parametrize(("early", "field"), EARLY.values(), ids=EARLY)
def test_what_was_named_before_the_issue_date_was_known_is_asked_again(desk, early, field):
    helper = make_agency("Bộ cũ", valid_to=early.get("valid_to"))
    desk.draft = desk.enter(number=370, issued_on=None)
    desk.add(addressees=[To(Role.LEAD, desk.lead), To(Role.COORDINATING, helper, due_on=early.get("due_on"))])
    amend_draft(desk.draft, by=desk.secretary, at=NOW, issued_on=ISSUED)
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        issue(desk.draft, by=desk.secretary, at=NOW)
    assert refusal.value.field == field


def test_nothing_is_issued_to_nobody(desk):
    desk.add(addressees=[])
    with nothing_changes(), pytest.raises(Invalid, match="Directive 1 is given to nobody"):
        issue(desk.draft, by=desk.secretary, at=NOW)


SAYING_NOTHING = {
    "not split yet": lambda d: None,
    "nothing marked": lambda d: set_paragraphs(d.draft, STRETCHES, by=d.secretary, at=NOW),
    "marked as directives that nobody added": lambda d: [
        mark_paragraph(paragraph, "directive", by=d.secretary, at=NOW)
        for paragraph in set_paragraphs(d.draft, STRETCHES, by=d.secretary, at=NOW)
    ],
}


@pytest.mark.parametrize("enter", SAYING_NOTHING.values(), ids=SAYING_NOTHING)
def test_a_notice_that_says_nothing_is_not_issued(desk, enter):
    enter(desk)
    with nothing_changes(), pytest.raises(Invalid, match="The notice gives no directive") as refusal:
        issue(desk.draft, by=desk.secretary, at=NOW, unhandled_ok=True)
    assert refusal.value.field == "directives"


def test_a_notice_may_give_orientations_alone(desk):
    for paragraph in set_paragraphs(desk.draft, STRETCHES, by=desk.secretary, at=NOW):
        mark_paragraph(paragraph, "orientation", by=desk.secretary, at=NOW)
    assert issue(desk.draft, by=desk.secretary, at=NOW) == []


def test_a_paragraph_marked_as_a_directive_that_nobody_added_is_not_handled(desk):
    first, second = set_paragraphs(desk.draft, STRETCHES, by=desk.secretary, at=NOW)
    desk.add(paragraph=first)
    mark_paragraph(second, "directive", by=desk.secretary, at=NOW)
    with nothing_changes(), pytest.raises(Invalid, match="not handled yet"):
        issue(desk.draft, by=desk.secretary, at=NOW)
    assert len(issue(desk.draft, by=desk.secretary, at=NOW, unhandled_ok=True)) == 1


def test_unhandled_paragraphs_stop_the_issue_unless_the_secretary_says_so(desk):
    set_paragraphs(desk.draft, STRETCHES, by=desk.secretary, at=NOW)
    desk.add()
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        issue(desk.draft, by=desk.secretary, at=NOW)
    assert refusal.value.field == "paragraphs"
    assert len(issue(desk.draft, by=desk.secretary, at=NOW, unhandled_ok=True)) == 1


def test_a_notice_is_issued_once(desk):
    desk.add()
    issue(desk.draft, by=desk.secretary, at=NOW)
    with nothing_changes(), pytest.raises(WrongMoment):
        issue(desk.draft, by=desk.secretary, at=NOW)


def test_a_group_becomes_one_share_for_each_member_on_the_issue_date(desk):
    old = make_agency("Tỉnh cũ", kind=AgencyKind.PROVINCE, valid_to=date(2025, 6, 30))
    make_agency("Tỉnh mới", kind=AgencyKind.PROVINCE, valid_from=date(2025, 7, 1))
    always = make_agency("Hà Tĩnh", kind=AgencyKind.PROVINCE)
    provinces = make_group(kinds=(AgencyKind.PROVINCE,), name="Các địa phương")
    desk.add(addressees=[To(Role.SHARE, group=provinces)])
    issue(desk.draft, by=desk.secretary, at=NOW)
    assert set(Assignment.objects.values_list("agency", "role")) == {(old.pk, "share"), (always.pk, "share")}


def test_who_is_named_alone_and_in_a_group_gets_the_weightiest_part(desk):
    group = make_group(desk.lead, desk.issuer)
    desk.add(addressees=[To(Role.LEAD, desk.lead), To(Role.COORDINATING, group=group)])
    issue(desk.draft, by=desk.secretary, at=NOW)
    assert set(Assignment.objects.values_list("agency", "role")) == {
        (desk.lead.pk, "lead"),
        (desk.issuer.pk, "coordinating"),
    }


def test_an_empty_group_is_refused(desk):
    empty = make_group(kinds=(AgencyKind.COMMUNE,), name="Các xã")
    desk.add(addressees=[To(Role.SHARE, group=empty)])
    with nothing_changes(), pytest.raises(Invalid, match="Các xã has no members"):
        issue(desk.draft, by=desk.secretary, at=NOW)


def test_a_person_is_told_once_however_many_parts_the_agency_has(desk):
    officer = make_user(Office.OFFICER, desk.lead)
    desk.add()
    desk.add(quote="kết nối phần mềm")
    issue(desk.draft, by=desk.secretary, at=NOW)
    told = Delivery.objects.filter(kind="assigned", recipient=officer)
    assert sorted(told.values_list("channel", flat=True)) == ["email", "in_app"]


def test_a_notice_that_is_entered_late_reminds_of_no_day_gone_by(desk):
    desk.add()
    issue(desk.draft, by=desk.secretary, at=at(date(2025, 3, 3)))
    row = Assignment.objects.get()
    assert (row.assigned_on, row.armed_on, row.due_on) == (ISSUED, date(2025, 3, 3), date(2024, 12, 31))
    assert row.look_on == date(2025, 3, 4)


def test_every_step_of_a_draft_is_in_the_history(desk):
    desk.add()
    issue(desk.draft, by=desk.secretary, at=NOW)
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == [
        "draft",
        "add_directive",
        "issue",
        "assign",
    ]


@pytest.mark.parametrize("agencies", [1, 50])
def test_issuing_costs_the_same_for_one_agency_and_for_fifty(desk, agencies, django_assert_max_num_queries):
    group = make_group(*(make_agency() for _number in range(agencies)))
    desk.add(addressees=[To(Role.SHARE, group=group)])
    with django_assert_max_num_queries(32):
        assert len(issue(desk.draft, by=desk.secretary, at=NOW)) == agencies
