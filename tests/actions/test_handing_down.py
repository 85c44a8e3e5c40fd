"""An agency gives its part on to those below it: who may, to whom, by when, and what is written."""

from datetime import date

import pytest

from accounts.models import AgencyKind, Role
from accounts.roles import NotAllowed
from directives.actions.assigning import assign, decline, reassign, suspend, withdraw
from directives.actions.extending import grant_extension, request_extension
from directives.actions.handing_down import Units
from directives.actions.reporting import hand_in, return_report, verify
from directives.models import Assignment, Delivery, Directive, Event, Span
from directives.models import Role as Part
from directives.models.levels import HANDED_DOWN_FROM
from directives.rules.lifecycle import State, WrongMoment
from directives.rules.refusals import Invalid, Stale
from tests.actions.a_province import DUE, EARLIER, GIVEN, NEXT_DAY, Province
from tests.actions.conftest import nothing_changes
from tests.make import at, make_agency, make_group, make_office, make_user

pytestmark = pytest.mark.django_db
WHY = "Theo chỉ đạo."


@pytest.fixture
def province() -> Province:
    return Province()


# --- giving


def test_each_unit_gets_its_share_of_a_directive_of_its_own_under_the_same_sentence(province):
    Directive.objects.filter(pk=province.whole.directive_id).update(edition=2)
    parts = province.gives(product="Báo cáo của xã")
    (directive,) = Directive.objects.filter(handed_down_from=province.whole)
    notices = province.whole.directive
    assert (directive.given_by, directive.notice_id, directive.quote) == (
        province.agency,
        notices.notice_id,
        notices.quote,
    )
    assert (directive.wording, directive.product, directive.due_on) == ("Rà soát tại xã", "Báo cáo của xã", EARLIER)
    assert (directive.position, directive.edition) == (HANDED_DOWN_FROM + 1, 2)
    assert [(row.agency, row.role, row.state, row.due_on, row.assigned_on) for row in parts] == [
        (commune, Part.SHARE, State.ASSIGNED, EARLIER, GIVEN) for commune in province.communes
    ]
    assert Span.objects.filter(assignment__in=parts, from_on=GIVEN, to_on=None, due_on=EARLIER).count() == 5


def test_what_is_given_to_one_unit_is_led_by_it(province):
    (part,) = province.gives(province.communes[0])
    assert part.role == Part.LEAD


def test_whoever_hands_work_down_has_taken_it_up(province):
    province.gives()
    whole = province.now(province.whole)
    assert (whole.state, whole.version) == (State.IN_PROGRESS, province.whole.version + 1)
    event = Event.objects.get(assignment=whole, verb="hand_down")
    assert (event.by, event.on_behalf_of, event.after["units"]) == (province.officer, "Tỉnh Hà Tĩnh", 5)


def test_everybody_is_told_once_of_their_own_part(province):
    both = make_user(Role.HEAD, province.communes[0])
    make_office(both, Role.OFFICER, province.communes[1])
    parts = province.gives()
    told = Delivery.objects.filter(kind="assigned", channel="email", assignment__in=parts)
    assert sorted(told.values_list("recipient", "assignment__agency")) == sorted(
        [(person.pk, commune.pk) for person, commune in zip(province.people, province.communes, strict=True)]
        + [(both.pk, province.communes[0].pk)]
    )


def test_a_whole_kind_or_a_group_is_meant_by_its_units_below_that_are_there(province):
    province.agency.children.create(name_vi="Xã cũ", code="xa-cu", kind="commune", valid_to=date(2024, 12, 31))
    make_agency("Xã tỉnh khác", kind=AgencyKind.COMMUNE)
    department = make_agency("Sở Nội vụ", kind=AgencyKind.DEPARTMENT, parent=province.agency)
    group = make_group(department, province.communes[0], make_agency("Bộ khác"))
    kind = province.gives(to=Units(kinds=["commune"]))
    assert [row.agency for row in kind] == province.communes
    mixed = province.gives(to=Units([province.communes[0]], groups=[group]), wording="Việc khác")
    assert {(row.agency, row.group) for row in mixed} == {(province.communes[0], None), (department, group)}


@pytest.mark.parametrize("units", [1, 40])
def test_handing_down_costs_the_same_for_any_number_of_units(province, units, django_assert_num_queries):
    named = [province.commune(number) for number in range(100, 100 + units)]
    for commune in named:
        make_user(Role.OFFICER, commune)
    with django_assert_num_queries(COST):
        assert len(province.gives(*named)) == units


COST = 26


# --- who may not, to whom not, by when not


def test_only_the_people_of_the_agency_that_has_the_work_hand_it_down(province):
    strangers = [province.secretary, province.people[0], make_user(Role.OFFICER), make_user(Role.AUDITOR)]
    for stranger in strangers:
        with nothing_changes(), pytest.raises(NotAllowed) as refusal:
            province.gives(by=stranger)
        assert str(refusal.value) == "Only the officers and the head of Tỉnh Hà Tĩnh can do this."
    assert len(province.gives(by=province.head)) == 5


def units_that_do_not_fit(province: Province) -> dict[str, tuple[Units, str]]:
    gone = make_agency("Xã cũ", kind="commune", parent=province.agency, valid_to=date(2024, 12, 31))
    other = make_agency("Xã tỉnh khác", kind="commune")
    return {
        "nobody": (Units(), "Choose at least one unit."),
        "itself": (Units([province.agency]), "Tỉnh Hà Tĩnh does not belong to Tỉnh Hà Tĩnh."),
        "another's": (Units([province.communes[0], other]), "Xã tỉnh khác does not belong to Tỉnh Hà Tĩnh."),
        "gone": (Units([gone]), "Xã cũ does not exist on that day."),
        "a group without units below": (Units(groups=[make_group(other)]), "Choose at least one unit."),
    }


def test_only_units_below_that_are_there_are_given_work(province):
    for to, sentence in units_that_do_not_fit(province).values():
        with nothing_changes(), pytest.raises(Invalid) as refusal:
            province.gives(to=to)
        assert (refusal.value.field, str(refusal.value)) == ("units", sentence)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"due_on": date(2025, 3, 29)}, "due_on"),
        ({"due_on": None}, "due_on"),
        ({"due_on": date(2025, 3, 3)}, "due_on"),
        ({"wording": "  "}, "wording"),
        ({"wording": "x" * 20_001}, "wording"),
        ({"product": "x" * 401}, "product"),
    ],
)
def test_a_part_that_does_not_fit_is_refused_with_its_field(province, said, field):
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        province.gives(**said)
    assert refusal.value.field == field


def test_the_same_words_are_not_given_twice_to_one_unit_and_a_second_click_is_stale(province):
    province.gives(version=province.whole.version)
    with nothing_changes(), pytest.raises(Stale):
        province.gives(version=province.whole.version)
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        province.gives(province.communes[2])
    assert str(refusal.value) == "Xã 3 has this part already."


# --- what becomes of it


def test_the_agency_that_gave_it_verifies_and_returns_and_the_committee_does_not(province):
    part = province.gives()[0]
    hand_in(part, by=province.people[0], at=at(NEXT_DAY), text="Đã xong.")
    for stranger in (province.secretary, province.people[0], province.people[1]):
        with nothing_changes(), pytest.raises(NotAllowed):
            verify(part, by=stranger, at=at(NEXT_DAY))
    return_report(part, by=province.officer, at=at(NEXT_DAY), reason="Thiếu số liệu.")
    hand_in(part, by=province.people[0], at=at(NEXT_DAY, 15), text="Đã bổ sung.")
    verify(part, by=province.head, at=at(NEXT_DAY, 16))
    row = province.now(part)
    assert (row.state, row.done_on) == (State.DONE, NEXT_DAY)
    assert Event.objects.filter(assignment=part, verb="verify").get().on_behalf_of == "Tỉnh Hà Tĩnh"
    assert province.now(province.whole).state == State.IN_PROGRESS  # never done by what is done below


def test_more_time_is_given_up_to_the_own_date_and_no_further(province):
    part = province.gives()[0]
    late = date(2025, 3, 31)
    asked = request_extension(part, by=province.people[0], at=at(NEXT_DAY), asked_due_on=late, reason="Cần thêm.")
    with nothing_changes(), pytest.raises(NotAllowed):
        grant_extension(asked, by=province.secretary, at=at(NEXT_DAY), due_on=DUE)
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        grant_extension(asked, by=province.officer, at=at(NEXT_DAY))
    assert str(refusal.value) == ("Your own deadline is 2025-03-28. For a later date ask for more time yourself first.")
    grant_extension(asked, by=province.officer, at=at(NEXT_DAY), due_on=DUE)
    assert province.now(part).due_on == DUE


def test_what_was_declined_is_withdrawn_and_may_be_given_to_another_unit(province):
    part = province.gives(province.communes[0])[0]
    decline(part, by=province.people[0], at=at(NEXT_DAY), reason="Không thuộc xã.")
    withdraw(part, by=province.officer, at=at(NEXT_DAY), reason=WHY)
    (again,) = province.gives(province.communes[1])
    assert (province.now(part).state, again.agency) == (State.WITHDRAWN, province.communes[1])


def test_what_was_handed_down_is_not_suspended_or_reassigned_apart_from_the_whole(province):
    part = province.gives()[0]
    refused = {
        "suspend": lambda: suspend(part, by=province.officer, at=at(NEXT_DAY), reason=WHY),
        "reassign": lambda: reassign(part, make_agency(), by=province.officer, at=at(NEXT_DAY), reason=WHY),
        "assign": lambda: assign(
            part.directive, province.commune(9), Part.SHARE, by=province.secretary, at=at(NEXT_DAY)
        ),
    }
    for deed in refused.values():
        with pytest.raises(NotAllowed) as refusal:
            deed()
        assert str(refusal.value).startswith("Work that was handed down is suspended and goes on with the work")
    assert province.now(part).state == State.ASSIGNED


def test_a_unit_hands_down_further_within_its_own_date(province):
    (part,) = province.gives(province.communes[0])
    village = make_agency("Thôn 1", parent=province.communes[0])
    by = province.people[0]
    with nothing_changes(), pytest.raises(Invalid):
        province.gives(village, whole=part, by=by, due_on=DUE)
    (deeper,) = province.gives(village, whole=part, by=by, due_on=date(2025, 3, 14))
    assert (deeper.directive.handed_down_from, deeper.directive.given_by) == (part, province.communes[0])
    assert set(Assignment.objects.below([province.whole])) == {part, deeper}
    hand_in(deeper, by=make_user(Role.OFFICER, village), at=at(NEXT_DAY), text="Xong.")
    with nothing_changes(), pytest.raises(NotAllowed):
        verify(deeper, by=province.officer, at=at(NEXT_DAY))
    verify(deeper, by=by, at=at(NEXT_DAY))
    assert province.now(part).state == State.IN_PROGRESS


@pytest.mark.parametrize("state", [State.HANDED_IN, State.DONE, State.DECLINED, State.SUSPENDED, State.WITHDRAWN])
def test_only_work_that_the_agency_is_at_is_handed_down(province, state):
    day = {"handed_in_on": NEXT_DAY} if state in (State.HANDED_IN, State.DONE) else {}
    day |= {"done_on": NEXT_DAY} if state == State.DONE else {}
    Assignment.objects.filter(pk=province.whole.pk).update(state=state, **day)
    with nothing_changes(), pytest.raises(WrongMoment):
        province.gives()
