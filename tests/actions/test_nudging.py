"""One click asks all who still owe a part for it, and says whom it did not reach and why."""

from datetime import date

import pytest

from accounts.roles import NotAllowed
from directives.actions.nudging import Nudged, nudge
from directives.actions.reporting import hand_in, verify
from directives.actions.weeding import weed_all
from directives.models import Delivery, Event
from tests.actions.a_province import DUE, ISSUED, NEXT_DAY, Province
from tests.actions.conftest import nothing_changes
from tests.make import at, make_issued, make_user

pytestmark = pytest.mark.django_db
FRIDAY, SATURDAY, MONDAY = date(2025, 3, 7), date(2025, 3, 8), date(2025, 3, 10)


@pytest.fixture
def province() -> Province:
    """One commune is done, one has handed in, one has nobody in office."""
    province = Province()
    province.parts = province.gives(*province.communes, province.commune(6))
    for number in (0, 1):
        hand_in(province.parts[number], by=province.people[number], at=at(NEXT_DAY), text="Xong.")
    verify(province.parts[0], by=province.officer, at=at(NEXT_DAY))
    return province


def nudged(province: Province, day: date, hour: int = 9) -> tuple[list[str], dict[str, str]]:
    found: Nudged = nudge(province.whole, by=province.officer, at=at(day, hour))
    return [row.agency.name for row in found.told], {row.agency.name: why for row, why in found.not_told}


def test_the_missing_are_asked_and_the_others_are_named_with_the_reason(province):
    told, not_told = nudged(province, FRIDAY)
    assert told == ["Xã 3", "Xã 4", "Xã 5"]
    assert not_told == {"Xã 1": "is done", "Xã 2": "has handed in", "Xã 6": "has nobody in office"}
    sent = Delivery.objects.filter(kind="nudged", channel="email").order_by("recipient")
    assert [(row.recipient, row.assignment) for row in sent] == [
        (person, part) for person, part in zip(province.people[2:], province.parts[2:], strict=False)
    ]
    assert Event.objects.filter(verb="nudge", by=province.officer, on_behalf_of="Tỉnh Hà Tĩnh").count() == 3


def test_nobody_is_asked_twice_on_one_working_day(province):
    nudged(province, FRIDAY)
    with nothing_changes():
        told, not_told = nudged(province, FRIDAY, 16)
    assert told == []
    assert not_told["Xã 3"] == "was nudged already today"
    assert nudged(province, SATURDAY)[0] == ["Xã 3", "Xã 4", "Xã 5"]  # counts for Monday
    assert nudged(province, MONDAY)[0] == []


def test_many_wholes_are_no_way_around_the_limit(province):
    given = {"committee": province.committee, "issued_on": ISSUED, "due_on": DUE}
    wholes = [make_issued(province.agency, **given)[0] for _ in range(6)]
    for whole in wholes:
        province.gives(province.communes[3], whole=whole)
    found = [nudge(whole, by=province.officer, at=at(FRIDAY, 9, number)) for number, whole in enumerate(wholes)]
    assert [len(one.told) for one in found] == [1, 1, 1, 1, 1, 0]
    assert [why for _row, why in found[-1].not_told] == ["was nudged five times today already"]
    assert Delivery.objects.filter(kind="nudged", channel="email").count() == 5
    assert len(nudge(wholes[-1], by=province.head, at=at(MONDAY)).told) == 1


def test_only_the_agency_that_handed_it_down_nudges(province):
    for stranger in (province.secretary, province.people[0], make_user("officer")):
        with nothing_changes(), pytest.raises(NotAllowed):
            nudge(province.whole, by=stranger, at=at(FRIDAY))


def test_a_nudge_that_was_answered_meanwhile_does_not_leave(province):
    nudged(province, FRIDAY)
    hand_in(province.parts[2], by=province.people[2], at=at(FRIDAY, 10), text="Xong.")
    rows = list(Delivery.objects.filter(kind="nudged").select_related("recipient", "assignment", "notice", "merger"))
    left = weed_all(rows, at=at(FRIDAY, 11))
    assert {row.recipient for row in rows if row.pk in left} == set(province.people[3:])


@pytest.mark.parametrize("many", [1, 30])
def test_a_nudge_costs_the_same_for_any_number_of_units(many, django_assert_num_queries):
    province = Province()
    units = [province.commune(number) for number in range(50, 50 + many)]
    for unit in units:
        make_user("officer", unit)
    province.gives(*units)
    with django_assert_num_queries(COST):
        assert len(nudge(province.whole, by=province.officer, at=at(FRIDAY)).told) == many


COST = 16
