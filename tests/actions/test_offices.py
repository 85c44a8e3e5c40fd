"""Who: offices on a day, substitutes, the table of roles, groups and successors."""

from datetime import date, timedelta

import pytest

from accounts.agencies import current, heirs, members, under
from accounts.models import AgencyKind, Role
from accounts.people import people_for
from accounts.roles import AGENCY_VERBS, COMMITTEE_VERBS, ROLE_VERBS, NotAllowed, Verb, may, require, verbs_of
from tests.make import make_absence, make_agency, make_committee, make_group, make_office, make_succession, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 14)
YESTERDAY, TOMORROW = date(2025, 3, 13), date(2025, 3, 15)
MERGED = date(2025, 7, 1)
SYSTEM = (Role.ADMINISTRATOR, Role.AUDITOR)


# --- what each role may do


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_what_its_row_says_in_its_own_body_and_nothing_elsewhere(role):
    user = make_user(role)
    own = user.offices.get().body
    other = make_agency() if own is None or own._meta.model_name == "agency" else make_committee()
    assert {verb for verb in Verb if may(user, verb, own, on=TODAY)} == ROLE_VERBS[role]
    assert {verb for verb in Verb if may(user, verb, other, on=TODAY)} == (
        ROLE_VERBS[role] if role in SYSTEM else set()
    )
    assert verbs_of(user, on=TODAY) == ROLE_VERBS[role]


def test_every_verb_is_somebodys():
    assert frozenset().union(*ROLE_VERBS.values()) == set(Verb)
    assert not AGENCY_VERBS & COMMITTEE_VERBS


def test_an_auditor_and_an_administrator_do_none_of_the_work():
    for role in SYSTEM:
        assert not ROLE_VERBS[role] & AGENCY_VERBS
        assert ROLE_VERBS[role] & COMMITTEE_VERBS <= {Verb.SEND_AGAIN}


def test_the_secretariat_of_a_committee_above_does_not_act_for_the_one_below():
    above = make_committee()
    below = make_committee(parent=above)
    assert not may(make_user(Role.SECRETARIAT, above), Verb.VERIFY, below, on=TODAY)


def test_a_ministry_does_not_act_for_its_departments():
    ministry = make_agency()
    department = make_agency(parent=ministry)
    assert not may(make_user(Role.HEAD, ministry), Verb.HAND_IN, department, on=TODAY)


def test_two_offices_allow_what_each_allows_where_it_sits():
    agency, committee = make_agency(), make_committee()
    user = make_user(Role.OFFICER, agency)
    make_office(user, Role.SECRETARIAT, committee)
    assert may(user, Verb.HAND_IN, agency, on=TODAY)
    assert may(user, Verb.VERIFY, committee, on=TODAY)
    assert not may(user, Verb.VERIFY, make_committee(), on=TODAY)


OFFICES = {
    "held today": ({}, True),
    "begins today": ({"starts_on": TODAY}, True),
    "begins tomorrow": ({"starts_on": TOMORROW}, False),
    "ends today": ({"ends_on": TODAY}, True),
    "ended yesterday": ({"ends_on": YESTERDAY}, False),
}


@pytest.mark.parametrize(("dates", "allowed"), OFFICES.values(), ids=OFFICES)
def test_an_office_counts_from_its_first_day_to_its_last(dates, allowed):
    agency = make_agency()
    user = make_user(Role.OFFICER, agency, **dates)
    assert bool(may(user, Verb.REPORT, agency, on=TODAY)) is allowed
    assert (people_for("officer", agency=agency, committee=None, on=TODAY) == [user]) is allowed


def test_a_closed_account_may_nothing_and_hears_nothing():
    agency = make_agency()
    user = make_user(Role.OFFICER, agency, is_active=False)
    with pytest.raises(NotAllowed):
        require(user, Verb.REPORT, agency, on=TODAY)
    assert verbs_of(user, on=TODAY) == frozenset()
    assert people_for("officer", agency=agency, committee=None, on=TODAY) == []


# --- substitutes


def filled(day_from: date, day_to: date, **holder: object):
    """An agency whose officer has a substitute for some days; all three."""
    agency, stand_in = make_agency(), make_user(Role.OFFICER)
    user = make_user(Role.OFFICER, agency, **holder)
    make_absence(user, stand_in, day_from, day_to)
    return agency, user, stand_in


@pytest.mark.parametrize(
    ("day_from", "day_to", "serves"),
    [(TODAY, TODAY, True), (YESTERDAY, YESTERDAY, False), (TOMORROW, TOMORROW, False)],
    ids=["today", "until yesterday", "from tomorrow"],
)
def test_a_substitute_serves_on_the_days_named(day_from, day_to, serves):
    agency, user, stand_in = filled(day_from, day_to)
    assert bool(may(stand_in, Verb.HAND_IN, agency, on=TODAY)) is serves
    assert people_for("officer", agency=agency, committee=None, on=TODAY) == [user, stand_in][: 1 + serves]


def test_a_substitute_serves_for_somebody_whose_account_is_closed():
    agency, _user, stand_in = filled(TODAY, TODAY, is_active=False)
    assert people_for("officer", agency=agency, committee=None, on=TODAY) == [stand_in]
    assert may(stand_in, Verb.HAND_IN, agency, on=TODAY)


def test_a_substitute_falls_with_the_office():
    agency, _user, stand_in = filled(TODAY, TODAY, ends_on=YESTERDAY)
    assert not may(stand_in, Verb.HAND_IN, agency, on=TODAY)
    assert people_for("officer", agency=agency, committee=None, on=TODAY) == []


def test_who_holds_one_office_and_fills_another_is_named_once():
    agency, user, stand_in = filled(TODAY, TODAY)
    make_office(stand_in, Role.OFFICER, agency)
    assert people_for("officer", agency=agency, committee=None, on=TODAY) == [user, stand_in]


# --- agencies


def test_a_group_has_its_kinds_under_its_parent_and_its_named_members_on_a_day():
    ministry = make_agency()
    inside = make_agency(kind=AgencyKind.DEPARTMENT, parent=ministry)
    make_agency(kind=AgencyKind.DEPARTMENT)
    named, gone = make_agency(), make_agency(valid_to=YESTERDAY)
    group = make_group(named, gone, kinds=(AgencyKind.DEPARTMENT,), parent=ministry)
    assert set(members(group, TODAY)) == {inside, named}
    assert set(members(group, YESTERDAY)) == {inside, named, gone}
    assert list(members(make_group(), TODAY)) == []


def test_work_passes_along_the_chain_of_successors_day_by_day():
    first, second, third = make_agency(), make_agency(), make_agency()
    make_succession(first, second, date(2025, 3, 1))
    make_succession(second, third, date(2025, 7, 1))
    make_succession(third, second, date(2026, 1, 1))
    days = [date(2025, 2, 28), date(2025, 3, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 1, 1)]
    assert [current(first, day) for day in days] == [first, second, second, third, second]


def test_several_successions_of_one_day_are_followed_to_their_end():
    first, second, third = make_agency(), make_agency(), make_agency()
    make_succession(second, third, MERGED)
    make_succession(first, second, MERGED)
    assert (current(first, MERGED), current(second, MERGED), current(third, MERGED)) == (third, third, third)
    assert current(first, MERGED - timedelta(days=1)) == first


def test_successions_in_a_circle_come_to_an_end():
    first, second = make_agency(), make_agency()
    make_succession(first, second, MERGED)
    make_succession(second, first, MERGED)
    assert (current(first, MERGED), current(second, MERGED)) == (first, second)


def test_whose_work_was_parted_has_several_heirs_named_in_one_query(django_assert_num_queries):
    parted, north, south, whole = make_agency(), make_agency(), make_agency(), make_agency()
    make_succession(parted, whole, MERGED - timedelta(days=30))
    make_succession(parted, north, MERGED)
    make_succession(parted, south, MERGED)
    make_succession(south, whole, MERGED + timedelta(days=1))
    with django_assert_num_queries(1):
        found = heirs([parted, north], MERGED)
    assert found == {parted.pk: [north, south], north.pk: [north]}
    assert heirs([parted], MERGED + timedelta(days=1)) == {parted.pk: [north, whole]}


def test_the_tree_below_is_read_in_one_query(django_assert_num_queries):
    root = make_agency()
    child = make_agency(parent=root)
    grandchild = make_agency(parent=child)
    make_agency()
    with django_assert_num_queries(1):
        assert set(under(root)) == {root, child, grandchild}
