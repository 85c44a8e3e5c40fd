"""What exists for whom: by offices, by keys, by the tree, and by what a notice gives."""

from datetime import date

import pytest

from accounts.models import Role
from accounts.people import reach_of_key
from directives.actions.assigning import decline, reassign
from directives.actions.drafting import To, add_directive
from directives.actions.entering import draft_notice
from directives.actions.issuing import withdraw_notice
from directives.models import Assignment, Directive, Notice
from directives.models import Role as Part
from tests.actions.conftest import ISSUED
from tests.make import at, make_absence, make_agency, make_committee, make_key, make_office, make_user

MODELS = (Notice, Directive, Assignment)
MORNING = at(date(2024, 8, 16))
TODAY = date(2024, 8, 16)


def seen(who) -> list[int]:
    """How many notices, directives and assignments exist for somebody."""
    return [model.objects.visible_to(who, TODAY).count() for model in MODELS]


def seen_with(key) -> list[int]:
    """The same for a system with a key."""
    return [model.objects.in_reach(reach_of_key(key)).count() for model in MODELS]


def make_draft(house):
    """A second notice of the house, not issued yet, with one directive for the lead."""
    who = {"by": house.secretary, "at": MORNING}
    notice = draft_notice(committee=house.committee, issuer=house.third, issued_on=ISSUED, text="1. Việc.", **who)
    add_directive(notice, quote="Việc", addressees=[To(Part.LEAD, house.lead)], **who)


def test_an_agency_sees_its_own_part_and_no_other_of_the_same_directive(house):
    assert seen(house.officer) == [1, 1, 1]
    assert set(Assignment.objects.visible_to(house.officer, TODAY)) == {house.assignment}
    assert set(Assignment.objects.visible_to(house.stranger, TODAY)) == {house.coordinating}


def test_a_third_agency_sees_nothing(house):
    assert seen(make_user(Role.OFFICER, house.third)) == [0, 0, 0]


def test_of_a_draft_the_agency_that_it_names_sees_nothing(house):
    make_draft(house)
    assert seen(house.officer) == [1, 1, 1]
    assert seen(make_user(Role.CHAIR, house.committee)) == [1, 1, 2]
    assert seen(make_user(Role.AUDITOR)) == [1, 1, 2]
    assert seen(house.secretary) == [2, 2, 2]


@pytest.mark.parametrize("second", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_a_second_office_hides_no_draft_from_the_secretariat(house, second):
    make_draft(house)
    make_office(house.secretary, second)
    assert seen(house.secretary) == [2, 2, 2]


def test_what_was_withdrawn_stays_to_be_read_by_whom_it_concerned(house):
    withdraw_notice(house.notice, by=house.secretary, at=MORNING, reason="Thay bằng thông báo khác")
    assert seen(house.officer) == [1, 1, 1]
    assert seen(make_user(Role.OFFICER, house.third)) == [0, 0, 0]


def test_what_was_declined_or_moved_stays_to_be_read_by_both(house):
    heir = reassign(house.assignment, house.third, by=house.secretary, at=MORNING, reason="Sắp xếp")
    assert set(Assignment.objects.visible_to(house.officer, TODAY)) == {house.assignment}
    assert set(Assignment.objects.visible_to(make_user(Role.OFFICER, house.third), TODAY)) == {heir}
    decline(house.coordinating, by=house.stranger, at=MORNING, reason="Không đúng chức năng")
    assert seen(house.stranger) == [1, 1, 1]


def test_a_ministry_reads_what_its_departments_do_and_never_the_other_way_round(house):
    department = make_agency(parent=house.lead)
    above = make_agency()
    type(house.lead).objects.filter(pk=house.lead.pk).update(parent=above)
    assert seen(make_user(Role.HEAD, above)) == [1, 1, 1]
    assert seen(make_user(Role.OFFICER, department)) == [0, 0, 0]


def test_a_committee_reads_what_committees_below_it_ask_and_never_the_other_way_round(house):
    above, below = make_committee(), make_committee(parent=house.committee)
    type(house.committee).objects.filter(pk=house.committee.pk).update(parent=above)
    assert seen(make_user(Role.MEMBER, above)) == [1, 1, 2]
    assert seen(make_user(Role.SECRETARIAT, below)) == [0, 0, 0]


def test_a_substitute_sees_what_the_office_sees_while_filling_it(house):
    stand_in = make_user(Role.OFFICER, house.third)
    absence = make_absence(house.officer, stand_in, TODAY)
    assert seen(stand_in) == [1, 1, 1]
    type(absence).objects.update(begins_on=date(2024, 8, 17), ends_on=date(2024, 8, 17))
    assert seen(stand_in) == [0, 0, 0]


def test_who_left_office_or_whose_account_is_closed_sees_nothing(house):
    house.stranger.offices.update(ends_on=date(2024, 8, 15))
    assert seen(house.stranger) == [0, 0, 0]
    house.officer.is_active = False
    assert seen(house.officer) == [0, 0, 0]


def test_a_key_reaches_as_far_as_its_body_and_never_a_draft(house):
    make_draft(house)
    keys = {body: make_key(body)[0] for body in (house.lead, house.third, house.committee, make_committee())}
    assert [seen_with(key) for key in keys.values()] == [[1, 1, 1], [0, 0, 0], [1, 1, 2], [0, 0, 0]]
