"""A notice that is entered after agencies were merged: who gets the work, by which name it is remembered."""

from datetime import date

import pytest

from accounts.models import Agency, AgencyKind
from accounts.models import Role as Office
from directives.actions.addressing import expand
from directives.actions.drafting import To, add_directive, change_directive
from directives.actions.entering import draft_notice
from directives.actions.issuing import issue
from directives.models import Assignment, Delivery, Event, Notice, Role
from directives.rules.refusals import Invalid
from tests.actions.conftest import nothing_changes
from tests.make import at, make_agency, make_committee, make_group, make_ladder, make_succession, make_user

ISSUED, LAST_DAY, MERGED, ENTERED = date(2024, 8, 9), date(2025, 2, 28), date(2025, 3, 1), date(2025, 3, 3)
# However many agencies were merged since.
LATE = 25


class Desk:
    """A secretary who enters a notice of last summer: two ministries have been merged since."""

    def __init__(self) -> None:
        make_ladder()
        self.secretary = make_user(Office.SECRETARIAT, make_committee())
        self.who = {"by": self.secretary, "at": at(ENTERED)}
        self.old, self.kept = gone("Bộ Thông tin và Truyền thông"), make_agency("Bộ Khoa học và Công nghệ")
        make_succession(self.old, self.kept, MERGED)

    def draft(self, *addressees: To) -> Notice:
        committee = self.secretary.offices.get().committee
        whole = {
            "number": 369,
            "symbol": "TB-VPCP",
            "issuer": make_agency(),
            "issued_on": ISSUED,
            "text": "1. Một việc.",
        }
        notice = draft_notice(committee=committee, **whole, **self.who)
        add_directive(notice, quote="Một việc", addressees=addressees, **self.who)
        return notice

    def issue(self, *addressees: To) -> set[tuple[Agency, str]]:
        return {(row.agency, row.role) for row in issue(self.draft(*addressees), **self.who)}


def gone(name: str = "", **fields) -> Agency:
    return make_agency(name, valid_to=LAST_DAY, **fields)


@pytest.fixture
def desk(db) -> Desk:
    return Desk()


def test_work_goes_to_the_successor_and_history_keeps_the_old_name(desk):
    officer = make_user(Office.OFFICER, desk.kept)
    assert desk.issue(To(Role.LEAD, desk.old)) == {(desk.kept, Role.LEAD)}
    row = Assignment.objects.get()
    assert (row.assigned_on, row.armed_on) == (ISSUED, ENTERED)
    assert row.directive.addressees.get().agency == desk.old
    event = Event.objects.get(assignment=row)
    assert (event.before, event.after["agency"]) == ({"named": "Bộ Thông tin và Truyền thông"}, desk.kept.code)
    assert set(Delivery.objects.values_list("recipient", flat=True)) == {officer.pk}


def test_work_follows_the_chain_of_successors(desk):
    first, second = gone(), gone()
    make_succession(first, second, date(2024, 12, 1))
    make_succession(second, desk.kept, MERGED)
    assert desk.issue(To(Role.LEAD, first)) == {(desk.kept, Role.LEAD)}


def test_whose_parts_come_together_in_one_agency_gets_the_weightiest(desk):
    parts = To(Role.LEAD, desk.old), To(Role.COORDINATING, desk.kept)
    assert desk.issue(*parts) == {(desk.kept, Role.LEAD)}


def test_a_group_has_its_members_of_the_issue_date_and_gives_their_work_to_who_is_there(desk):
    provinces = make_group(kinds=(AgencyKind.PROVINCE,))
    stays = make_agency(kind=AgencyKind.PROVINCE)
    new = make_agency(kind=AgencyKind.PROVINCE, valid_from=MERGED)
    make_agency("Chưa có năm 2024", kind=AgencyKind.PROVINCE, valid_from=MERGED)
    for _province in range(2):
        make_succession(gone(kind=AgencyKind.PROVINCE), new, MERGED)
    assert desk.issue(To(Role.SHARE, group=provinces)) == {(stays, Role.SHARE), (new, Role.SHARE)}


def test_an_agency_may_be_named_as_it_is_called_today(desk):
    new = make_agency("Bộ mới", valid_from=MERGED)
    assert desk.issue(To(Role.LEAD, new)) == {(new, Role.LEAD)}
    assert Event.objects.get(verb="assign").before == {}


def test_on_the_issue_date_nobody_has_been_merged_yet(desk):
    notice = desk.draft(To(Role.LEAD, desk.old))
    assert [(part.agency, part.named) for part in expand(notice, day=ISSUED)] == [(desk.old, None)]
    assert [(part.agency, part.named) for part in expand(notice, day=ENTERED)] == [(desk.kept, desk.old)]


def test_work_that_was_parted_waits_for_a_person_to_say_whose_it_is(desk):
    parted, heirs = gone("Bộ cũ"), [make_agency("Bộ A"), make_agency("Bộ B")]
    for heir in heirs:
        make_succession(parted, heir, MERGED)
    notice = desk.draft(To(Role.LEAD, parted))
    with nothing_changes(), pytest.raises(Invalid, match="its work went to Bộ A, Bộ B") as refusal:
        issue(notice, **desk.who)
    assert refusal.value.field == "addressees"
    change_directive(notice.directives.get(), addressees=[To(Role.LEAD, heirs[1])], **desk.who)
    assert [row.agency for row in issue(notice, **desk.who)] == [heirs[1]]


def test_nobody_is_given_work_who_is_gone_without_a_successor(desk):
    notice = desk.draft(To(Role.LEAD, gone("Ban cũ")))
    with nothing_changes(), pytest.raises(Invalid, match="Ban cũ no longer exists and has no successor") as refusal:
        issue(notice, **desk.who)
    assert refusal.value.field == "addressees"


@pytest.mark.parametrize("merged", [1, 50])
def test_issuing_late_costs_the_same_for_one_merged_agency_and_for_fifty(desk, merged, django_assert_num_queries):
    old = [gone() for _agency in range(merged)]
    for agency in old:
        make_succession(agency, make_agency(), MERGED)
    notice = desk.draft(To(Role.SHARE, group=make_group(*old)))
    with django_assert_num_queries(LATE):
        assert len(issue(notice, **desk.who)) == merged
