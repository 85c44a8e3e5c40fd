"""Agencies merge: open work, people and keys pass on in one step, and can be taken back for a day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency, Office, Succession
from accounts.models import Role as Seat
from accounts.roles import NotAllowed
from directives.actions.assigning import acknowledge, suspend
from directives.actions.merger_plan import plan_merger
from directives.actions.merging import merge
from directives.actions.reporting import hand_in, verify
from directives.actions.unmerging import REVERSIBLE_FOR, take_back
from directives.actions.weeding import weed_all
from directives.models import Assignment, Delivery, Event, MergedThing, Merger, Span
from directives.rules.lifecycle import State, WrongMoment
from directives.rules.refusals import Invalid, Stale
from tests.actions.conftest import DUE, ISSUED, nothing_changes
from tests.make import at, make_agency, make_assignment, make_committee, make_group, make_key, make_user

ON = date(2024, 11, 1)
TODAY = date(2024, 11, 4)  # a Monday
NOON = at(TODAY, 12)
BASIS = "Nghị quyết 176/2025/QH15"


@pytest.fixture
def administrator(house):
    return make_user(Seat.ADMINISTRATOR)


@pytest.fixture
def merged(house, administrator):
    """Merge one agency, or those given, into the house's third; the plan is as it stands."""

    def carry_out(*agencies: Agency, moment=NOON, **told) -> Merger:
        terms = {"on": ON, "basis": BASIS, "by": administrator, "at": moment, **told}
        return merge(agencies or (house.lead,), house.third, **terms)

    return carry_out


def given(agency: Agency, **fields) -> Assignment:
    """Work that the agency was given on the day of the house's notice."""
    return make_assignment(agency=agency, **{"due_on": DUE, "assigned_on": ISSUED, "armed_on": ISSUED, **fields})


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_open_work_passes_as_it_is_and_its_history_keeps_both_names(house, merged):
    acknowledge(house.assignment, by=house.officer, at=at(date(2024, 10, 1)))
    before = fresh(house.assignment)
    merged()
    after = fresh(house.assignment)
    assert (after.agency, after.version) == (house.third, before.version + 1)
    for field in ("uuid", "state", "role", "due_on", "original_due_on", "due_version", "assigned_on", "look_on"):
        assert getattr(after, field) == getattr(before, field), field
    spans = Span.objects.filter(assignment=after).order_by("from_on").values_list("agency__name_vi", "to_on")
    assert list(spans)[-2:] == [("Bộ Công an", TODAY), ("Bộ Tư pháp", None)]
    event = Event.objects.get(verb="succeed", assignment=after)
    assert (event.before["agency"], event.after["agency"]) == (house.lead.code, house.third.code)
    assert (event.reason, event.by_name) == (BASIS, event.by.name)


def test_what_is_done_stays_under_the_old_name(house, merged):
    hand_in(house.assignment, by=house.officer, at=at(date(2024, 10, 1)), text="Xong")
    verify(house.assignment, by=house.secretary, at=at(date(2024, 10, 2)))
    merged()
    assert fresh(house.assignment).agency == house.lead


def test_a_hand_in_waits_on_at_the_successor_and_whoever_wrote_it_does_not_verify(house, merged):
    secretary_too = house.officer
    Office.objects.create(user=secretary_too, role=Seat.SECRETARIAT, committee=house.committee, starts_on=ON)
    hand_in(house.assignment, by=house.officer, at=at(date(2024, 11, 1)), text="Xong")
    merged()
    assert (fresh(house.assignment).state, fresh(house.assignment).agency) == (State.HANDED_IN, house.third)
    with pytest.raises(NotAllowed):
        verify(house.assignment, by=secretary_too, at=at(TODAY, 14))
    assert verify(house.assignment, by=house.secretary, at=at(TODAY, 14)).state == State.DONE


def test_people_keys_agencies_below_and_secretariats_pass_on(house, merged):
    below = make_agency("Cục thuộc Bộ", parent=house.lead)
    served = make_committee(secretariat=house.lead)
    key, _plain = make_key(house.lead)
    left_before = make_user(Seat.OFFICER, house.lead, ends_on=date(2024, 1, 31))
    merged()
    assert [fresh(below).parent, fresh(served).secretariat, fresh(key).agency] == [house.third] * 3
    assert house.officer.offices.get().agency == house.third
    assert left_before.offices.get().agency == house.lead
    assert fresh(house.lead).valid_to == ON - timedelta(days=1)
    assert Succession.objects.get(predecessor=house.lead, successor=house.third).on == ON


def test_the_officer_works_on_where_the_work_is_now(house, merged):
    merged()
    assert acknowledge(house.assignment, by=house.officer, at=at(TODAY, 15)).state == State.ACKNOWLEDGED


def test_the_successors_people_are_told_once_however_much_passes(house, merged):
    native = make_user(Seat.OFFICER, house.third)
    for _ in range(3):
        given(house.lead)
    merger = merged()
    told = Delivery.objects.filter(kind="succeeded", channel="email").order_by("recipient_id")
    assert [row.recipient for row in told] == [house.officer, native]
    assert {row.merger for row in told} == {merger}


def test_two_that_had_a_part_each_hold_it_once_and_the_joined_one_is_no_longer_counted(house, merged):
    merged(house.lead, house.other)
    assert fresh(house.assignment).agency == house.third
    joined = fresh(house.coordinating)
    assert (joined.agency, joined.state, joined.look_on) == (house.other, State.REASSIGNED, None)
    assert Event.objects.get(verb="join_work").assignment == joined


def test_what_the_successor_has_done_already_is_left_to_a_person(house, administrator):
    mine = given(house.third, role="share")
    theirs = given(house.lead, directive=mine.directive, role="share")
    officer, secretary = (
        make_user(Seat.OFFICER, house.third),
        make_user(Seat.SECRETARIAT, mine.directive.notice.committee),
    )
    hand_in(mine, by=officer, at=at(date(2024, 10, 1)), text="Xong")
    verify(mine, by=secretary, at=at(date(2024, 10, 2)))
    plan = plan_merger([house.lead], house.third, today=TODAY)
    assert plan.left == (theirs.pk,)
    merge([house.lead], house.third, on=ON, basis=BASIS, by=administrator, at=NOON, seen=plan.seen)
    assert (fresh(theirs).agency, fresh(theirs).state) == (house.lead, State.ASSIGNED)


def test_the_plan_counts_what_the_step_then_does(house, administrator, merged):
    make_user(Seat.HEAD, house.lead)
    make_user(Seat.HEAD, house.third)
    make_key(house.lead)
    make_group(house.lead, name="Các bộ thí điểm")
    given(house.lead, due_on=date(2024, 9, 30))
    plan = plan_merger([house.lead, house.other], house.third, today=TODAY)
    first, second = plan.counts
    assert (first.name, first.moved, first.joined, first.overdue) == ("Bộ Công an", {"lead": 2}, 0, 1)
    assert (first.officers, first.heads, first.keys) == (1, 1, 1)
    assert (second.moved, second.joined) == ({}, 1)
    assert (plan.heads, plan.groups) == (2, ("Các bộ thí điểm",))
    merger = merged(house.lead, house.other, seen=plan.seen)
    things = [row.thing for row in merger.rows.all()]
    counted = {thing: things.count(thing) for thing in set(things)}
    assert counted == {"moved": 2, "joined": 1, "office": 3, "key": 1, "succession": 2, "end": 2}


def test_what_was_not_shown_is_not_moved(house, administrator):
    seen = plan_merger([house.lead], house.third, today=TODAY).seen
    given(house.lead)
    with nothing_changes(), pytest.raises(Stale):
        merge([house.lead], house.third, on=ON, basis=BASIS, by=administrator, at=NOON, seen=seen)


REFUSED = {
    "nobody": ({"predecessors": []}, "predecessors", "at least one agency"),
    "itself": ({"predecessors": ["third"]}, "successor", "does not succeed itself"),
    "without a basis": ({"basis": "  "}, "basis", "resolution or decree"),
    "too long a basis": ({"basis": "x" * 251}, "basis", "longer than 250"),
    "a day to come": ({"on": TODAY + timedelta(days=1)}, "on", "has not come yet"),
    "a mistyped year": ({"on": date(24, 11, 1)}, "on", "look at the year"),
}


@pytest.mark.parametrize(("told", "field", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_merger_is_refused(house, administrator, told, field, sentence):
    names = told.pop("predecessors", ["lead"]) if "predecessors" in told else ["lead"]
    terms = {"on": ON, "basis": BASIS, "by": administrator, "at": NOON, **told}
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        merge([getattr(house, name) for name in names], house.third, **terms)
    assert refusal.value.field == field
    assert sentence in str(refusal.value)


def test_a_merger_fits_the_register(house, merged):
    Agency.objects.filter(pk=house.third.pk).update(valid_from=ON + timedelta(days=1))
    with nothing_changes(), pytest.raises(Invalid, match="does not exist on that day"):
        merged()
    Agency.objects.filter(pk=house.third.pk).update(valid_from=None)
    Agency.objects.filter(pk=house.lead.pk).update(valid_to=ON)
    with nothing_changes(), pytest.raises(Invalid, match="existed beyond that day"):
        merged()
    Agency.objects.filter(pk=house.lead.pk).update(valid_to=None)
    Succession.objects.create(predecessor=house.lead, successor=house.third, on=date(2024, 10, 1))
    with nothing_changes(), pytest.raises(Invalid, match="passes on 01/10/2024"):
        merged()


def test_the_work_of_an_agency_passes_on_once(house, merged):
    merged()
    with nothing_changes(), pytest.raises(Invalid, match="has passed on already"):
        merged()


@pytest.mark.parametrize("role", [Seat.SECRETARIAT, Seat.AUDITOR, Seat.OFFICER])
def test_only_the_administrator_merges_and_takes_back(house, merged, role):
    somebody = make_user(role)
    with nothing_changes(), pytest.raises(NotAllowed):
        merged(by=somebody)
    merger = merged()
    with nothing_changes(), pytest.raises(NotAllowed):
        take_back(merger, by=somebody, at=NOON, reason="Nhầm")


def everything_but_versions() -> list:
    work = Assignment.objects.order_by("pk").values("agency", "state", "role", "due_on", "look_on", "due_version")
    offices = Office.objects.order_by("pk").values("user", "agency", "role", "starts_on", "ends_on")
    agencies = Agency.objects.order_by("pk").values("parent", "valid_to")
    return [list(work), list(offices), list(agencies), list(Succession.objects.values())]


def test_a_merger_taken_back_leaves_all_as_it_was(house, administrator, merged):
    make_agency("Cục thuộc Bộ", parent=house.lead)
    key, _plain = make_key(house.lead)
    given(house.lead)
    before = everything_but_versions()
    merger = merged(house.lead, house.other)
    assert everything_but_versions() != before
    undone = take_back(merger, by=administrator, at=NOON + REVERSIBLE_FOR, reason="Nhầm cơ quan")
    assert everything_but_versions() == before
    assert fresh(key).agency == house.lead
    assert (undone.undone_by, undone.undone_at) == (administrator, NOON + REVERSIBLE_FOR)


def test_what_was_finished_at_the_successor_stays_there(house, administrator, merged):
    merger = merged()
    hand_in(house.assignment, by=house.officer, at=at(TODAY, 14), text="Xong")
    verify(house.assignment, by=house.secretary, at=at(TODAY, 15))
    take_back(merger, by=administrator, at=at(TODAY, 16), reason="Nhầm")
    assert (fresh(house.assignment).agency, fresh(house.assignment).state) == (house.third, State.DONE)


def test_what_changed_meanwhile_goes_back_as_it_is_now(house, administrator, merged):
    merger = merged()
    suspend(house.assignment, by=house.secretary, at=at(TODAY, 14), reason="Chờ luật")
    take_back(merger, by=administrator, at=at(TODAY, 16), reason="Nhầm")
    row = fresh(house.assignment)
    assert (row.agency, row.state, row.look_on) == (house.lead, State.SUSPENDED, None)


def test_a_message_about_work_that_went_back_is_not_sent(house, administrator, merged):
    merger = merged()
    take_back(merger, by=administrator, at=at(TODAY, 13), reason="Nhầm")
    assert merger.rows.filter(thing=MergedThing.MOVED).count() == 1
    rows = list(Delivery.objects.filter(kind="succeeded").select_related("recipient", "merger", "assignment", "notice"))
    assert rows
    assert weed_all(rows, at=at(TODAY, 14)) == set()


def test_taking_back_is_refused_late_twice_and_without_a_reason(house, administrator, merged):
    merger = merged()
    with nothing_changes(), pytest.raises(Invalid, match="give a reason"):
        take_back(merger, by=administrator, at=NOON, reason=" ")
    late = NOON + REVERSIBLE_FOR + timedelta(seconds=1)
    with nothing_changes(), pytest.raises(WrongMoment, match="24 hours"):
        take_back(merger, by=administrator, at=late, reason="Nhầm")
    take_back(merger, by=administrator, at=NOON, reason="Nhầm")
    with nothing_changes(), pytest.raises(WrongMoment, match="already"):
        take_back(merger, by=administrator, at=NOON, reason="Nhầm")


def test_after_taking_back_it_can_be_done_rightly(house, administrator, merged):
    take_back(merged(), by=administrator, at=NOON, reason="Nhầm ngày")
    merged(on=date(2024, 10, 1), moment=at(TODAY, 13))
    assert fresh(house.assignment).agency == house.third


def test_a_merger_costs_the_same_for_little_and_for_much_work(house, merged, administrator):
    other = make_agency("Bộ khác")
    make_user(Seat.OFFICER, other)
    given(other)
    with CaptureQueriesContext(connection) as little:
        merged(house.lead)
    for _ in range(30):
        given(other)
    with CaptureQueriesContext(connection) as much:
        merged(other)
    assert len(much) <= len(little) <= 70
