"""A notice is issued: what stands in the way, whom it gives what, and that it happens once."""

from datetime import date

import pytest

from accounts.models import AgencyKind
from accounts.models import Role as Office
from directives.actions.drafting import To
from directives.actions.entering import amend_draft, mark_paragraph, set_paragraphs
from directives.actions.issuing import issue
from directives.models import Assignment, Delivery, Event, Role
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid
from tests.actions.a_draft import ISSUED, NOW, STRETCHES, Desk
from tests.actions.conftest import nothing_changes
from tests.make import (
    at,
    make_agency,
    make_group,
    make_user,
)


@pytest.fixture
def desk(db) -> Desk:
    return Desk()


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
