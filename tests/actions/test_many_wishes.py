"""Many assignments go to another agency, or have a new deadline: shown first for each, and each person is told once."""

from datetime import date

import pytest
from django.utils.translation import override

from accounts.models import Role as Seat
from accounts.roles import NotAllowed
from directives.actions.assigning import decline
from directives.actions.many import choose, start, tried
from directives.actions.many_foreseen import foreseen
from directives.actions.many_wishes import want
from directives.models import Assignment, BulkChange, Delivery, Event, Role
from directives.rules.lifecycle import State, WrongMoment
from directives.rules.refusals import Invalid
from tests.actions.conftest import DUE, ISSUED, House, nothing_changes
from tests.make import (
    at,
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_issued,
    make_notice,
    make_user,
)
from tracker.changing import change_waiting
from tracker.delivery.rendering import Letters, NothingToSay

NOW = at(ISSUED, 15)
MONDAY = date(2024, 8, 12)
WHY = "Theo chỉ đạo của Phó Thủ tướng"


def work(house: House, n: int = 1, agency=None, **fields) -> list[Assignment]:
    """So much work that the lead's agency has, or another."""
    told = {"directive__notice": house.notice, "due_on": DUE, "original_due_on": DUE, **fields}
    directives = [make_directive(told.get("directive__notice")) for _ in range(n)]
    told.pop("directive__notice")
    return [make_assignment(agency or house.lead, directive=one, assigned_on=ISSUED, **told) for one in directives]


def chosen(house: House, verb: str, rows: list[Assignment], **wanted) -> BulkChange:
    change = choose(verb, rows, by=house.secretary, at=NOW)
    return want(change, by=house.secretary, at=NOW, **wanted) if wanted else change


def carried_out(house: House, change: BulkChange) -> BulkChange:
    start(change, by=house.secretary, at=NOW, reason=WHY)
    change_waiting(now=NOW)
    return BulkChange.objects.get(pk=change.pk)


def told(language: str = "vi", **which) -> list[tuple[str, str, str]]:
    """Who was told by e-mail, of which kind, under which subject."""
    rows = Delivery.objects.filter(channel="email", change__isnull=False, **which).order_by("pk")
    found = []
    for row in rows.select_related("recipient", "notice", "assignment"):
        row.recipient.language = language
        found.append((row.recipient.name, row.kind, Letters([row], at=NOW).write(row).subject))
    return found


# --- another agency


def test_all_go_to_the_other_agency_and_everybody_is_told_once(house):
    head = make_user(Seat.HEAD, house.third, name="Bộ trưởng Bộ Tư pháp")
    both = make_user(Seat.OFFICER, house.third, name="Chuyên viên hai bên")
    both.offices.create(role=Seat.OFFICER, agency=house.lead, starts_on=ISSUED)
    rows = work(house, 12)
    Delivery.objects.all().delete()
    change = carried_out(house, chosen(house, "reassign", rows, to_agency=house.third))
    assert (change.chosen, change.changed, change.refused, bool(change.ended_at)) == (12, 12, 0, True)
    heirs = Assignment.objects.filter(agency=house.third, state=State.ASSIGNED)
    assert (heirs.count(), set(heirs.values_list("original_due_on", flat=True))) == (12, {DUE})
    assert set(change.rows.values_list("heir", flat=True)) == set(heirs.values_list("pk", flat=True))
    moved = f"{house.committee.name_vi} đã chuyển 12 phần việc cho Bộ Tư pháp"
    assert set(told()) == {
        (head.name, "assigned", moved),
        (both.name, "assigned", moved),
        (house.officer.name, "changed", moved),
    }
    assert Delivery.objects.count() == 3 * 2  # by e-mail and in the application


def test_an_agency_does_not_hear_of_committees_that_gave_it_nothing(house):
    """One secretary serves two committees, and changes work of both at once."""
    mine = make_committee("Ban Chỉ đạo về nhà ở")
    house.secretary.offices.create(role=Seat.SECRETARIAT, committee=mine, starts_on=ISSUED)
    own = make_user(Seat.OFFICER, house.third)
    rows = [*work(house), *work(house, agency=house.third, directive__notice=make_notice(mine))]
    Delivery.objects.all().delete()
    carried_out(house, chosen(house, "set_deadline", rows, due_on=date(2025, 6, 30)))
    said = "%s đã đặt thời hạn mới cho 1 phần việc"
    assert set(told()) == {
        (house.officer.name, "changed", said % house.committee.name_vi),
        (own.name, "changed", said % mine.name_vi),
    }


def test_the_heir_reads_why_and_which(house):
    make_user(Seat.OFFICER, house.third)
    rows = work(house, 2)
    carried_out(house, chosen(house, "reassign", rows, to_agency=house.third))
    row = Delivery.objects.select_related("recipient", "notice", "assignment").get(kind="assigned", channel="email",
                                                                                   change__isnull=False)  # fmt: skip
    row.recipient.language = "en"
    letter = Letters([row], at=NOW).write(row)
    lines = [line.strip() for line in letter.text.splitlines() if line.strip()]
    assert f"Reason: {WHY}" in lines
    assert [line for line in lines if line.startswith("- ")] == [f"- {one.directive.wording}" for one in rows]
    assert lines.count("Bộ Tư pháp leads") == 2


def test_what_passed_gets_the_new_date_and_the_rest_keeps_its_own(house):
    rows = [*work(house, due_on=ISSUED, original_due_on=ISSUED), *work(house)]
    later = {"by": house.secretary, "at": at(MONDAY, 9)}
    change = want(choose("reassign", rows, **later), to_agency=house.third, **later)
    assert [str(one) for one in foreseen(change, **later).values()] == [
        "The deadline lies before the day of assignment. Give a later date."
    ]
    change = want(change, to_agency=house.third, due_on=date(2024, 9, 30), **later)
    assert foreseen(change, **later) == {}
    start(change, reason=WHY, **later)
    change_waiting(now=later["at"])
    dates = Assignment.objects.filter(agency=house.third).order_by("pk").values_list("due_on", "original_due_on")
    assert list(dates) == [(date(2024, 9, 30), ISSUED), (DUE, DUE)]


def everything_that_is_refused(house: House) -> list[Assignment]:
    """Work that cannot go to the third agency, each for another reason, with some that can."""
    directive = make_directive(house.notice)
    shares = [make_assignment(make_agency(), directive=directive, role=Role.SHARE) for _ in range(2)]
    taken = make_directive(house.notice)
    make_assignment(house.third, directive=taken, role=Role.SHARE)
    led = make_directive(house.notice)
    declined = make_assignment(house.lead, directive=led, state=State.DECLINED)
    make_assignment(house.other, directive=led)
    return [
        *work(house, 1),
        *work(house, 1, state=State.DONE),
        *shares,  # the second finds the part of the first
        make_assignment(make_agency(), directive=taken, role=Role.SHARE),
        declined,
        *make_issued(issued_on=ISSUED),
    ]


@pytest.mark.parametrize(
    ("verb", "wanted"),
    [("reassign", {}), ("set_deadline", {"due_on": date(2025, 6, 30)}), ("set_deadline", {"shift": -5})],
    ids=["another agency", "one date", "some days earlier"],
)
def test_what_is_shown_is_what_happens_and_showing_changes_nothing(house, verb, wanted):
    rows = everything_that_is_refused(house)
    rows += [*work(house, 1, due_on=None), *work(house, 1, state=State.HANDED_IN, handed_in_on=ISSUED)]
    change = chosen(house, verb, rows, **(wanted or {"to_agency": house.third}))
    with nothing_changes():
        exact = tried(change, by=house.secretary, at=NOW)
        known = foreseen(change, by=house.secretary, at=NOW)
    carried_out(house, change)
    refused = set(change.rows.filter(state="refused").values_list("pk", flat=True))
    assert exact.keys() == known.keys() == refused
    with override("en"):
        assert {pk: str(refusal) for pk, refusal in exact.items()} == {pk: str(known[pk]) for pk in known}


def test_whoever_declined_it_does_not_pass_it_on(house):
    decline(house.assignment, by=house.officer, at=NOW, reason="Không thuộc thẩm quyền")
    house.officer.offices.create(role=Seat.SECRETARIAT, committee=house.committee, starts_on=ISSUED)
    change = choose("reassign", [house.assignment], by=house.officer, at=NOW)
    want(change, by=house.officer, at=NOW, to_agency=house.third)
    start(change, by=house.officer, at=NOW, reason=WHY)
    change_waiting(now=NOW)
    assert list(change.rows.values_list("state", flat=True)) == ["refused"]
    assert not Assignment.objects.filter(agency=house.third).exists()


# --- a new deadline


def test_one_date_for_all_arms_every_ladder_anew(house):
    rows = [*work(house, 2), *work(house, 1, due_on=None, original_due_on=None)]
    carried_out(house, chosen(house, "set_deadline", rows, due_on=date(2025, 6, 30)))
    facts = Assignment.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    assert list(facts.values_list("due_on", "original_due_on", "due_version", "armed_on")) == [
        (date(2025, 6, 30), DUE, 2, ISSUED),
        (date(2025, 6, 30), DUE, 2, ISSUED),
        (date(2025, 6, 30), None, 2, ISSUED),
    ]
    assert told() == [(house.officer.name, "changed", f"{house.committee.name_vi} đã đặt thời hạn mới cho 3 phần việc")]
    event = Event.objects.get(verb="change_many")
    assert event.after == {"verb": "set_deadline", "assignments": 3, "due_on": "2025-06-30"}


def test_each_moves_by_working_days_from_its_own_date(house):
    rows = [*work(house, 1, due_on=date(2024, 8, 30)), *work(house, 1, due_on=DUE), *work(house, 1, due_on=None)]
    change = carried_out(house, chosen(house, "set_deadline", rows, shift=2))
    # 2 and 3 September, 1 January and the weekend are days off.
    dates = Assignment.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk").values_list("due_on", flat=True)
    assert list(dates) == [date(2024, 9, 5), date(2025, 1, 3), None]
    assert list(change.rows.order_by("pk").values_list("sentence", flat=True)) == [
        "",
        "",
        "This assignment has no deadline that could be moved. Set one new date.",
    ]


def test_an_earlier_date_is_never_in_the_past(house):
    change = chosen(house, "set_deadline", work(house, 1, due_on=date(2024, 8, 14)), shift=-5)
    assert [str(one) for one in foreseen(change, by=house.secretary, at=NOW).values()] == [
        "The new deadline must not lie in the past."
    ]
    with nothing_changes():
        tried(change, by=house.secretary, at=NOW)
    carried_out(house, change)
    assert list(change.rows.values_list("state", flat=True)) == ["refused"]


REFUSED = {
    "no agency": ("reassign", {}, Invalid, "Say to which agency."),
    "neither date nor days": ("set_deadline", {}, Invalid, "Give either one new date"),
    "date and days": ("set_deadline", {"due_on": date(2025, 6, 30), "shift": 3}, Invalid, "Give either one new date"),
    "no days": ("set_deadline", {"shift": 0}, Invalid, "Give either one new date"),
    "too many days": ("set_deadline", {"shift": 501}, Invalid, "At most 500 working days."),
    "a date gone by": ("set_deadline", {"due_on": date(2024, 8, 8)}, Invalid, "The new deadline must not lie in"),
    "no such year": ("set_deadline", {"due_on": date(2925, 1, 1)}, Invalid, "Please look at the year"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_wanted_is_refused_and_nothing_changes(house, case):
    verb, wanted, refusal, sentence = REFUSED[case]
    change = chosen(house, verb, [house.assignment])
    with nothing_changes(), pytest.raises(refusal, match=f"^{sentence}"):
        want(change, by=house.secretary, at=NOW, **wanted)
    with nothing_changes(), pytest.raises(Invalid, match=r"^Say first what is wanted of them\.$"):
        start(change, by=house.secretary, at=NOW, reason=WHY)


def test_an_agency_that_does_not_exist_that_day_gets_nothing(house):
    gone = make_agency("Bộ Nội vụ cũ", valid_to=date(2024, 8, 1))
    change = chosen(house, "reassign", [house.assignment])
    with nothing_changes(), pytest.raises(Invalid, match=r"^Bộ Nội vụ cũ does not exist on that day\.$"):
        want(change, by=house.secretary, at=NOW, to_agency=gone)


def test_only_its_chooser_says_what_is_wanted_and_only_before_it_starts(house):
    change = chosen(house, "set_deadline", [house.assignment], shift=3)
    stranger = make_user(Seat.SECRETARIAT, house.committee)
    with nothing_changes(), pytest.raises(NotAllowed, match="Only whoever chose"):
        want(change, by=stranger, at=NOW, shift=4)
    start(change, by=house.secretary, at=NOW, reason=WHY)
    with nothing_changes(), pytest.raises(WrongMoment, match="started already"):
        want(change, by=house.secretary, at=NOW, shift=4)


# --- who is told


@pytest.mark.parametrize(
    ("verb", "state", "subject"),
    [
        ("suspend", State.ASSIGNED, "%s đã tạm dừng 2 phần việc"),
        ("resume", State.SUSPENDED, "%s đã cho tiếp tục 2 phần việc"),
        ("withdraw", State.ASSIGNED, "%s đã thu hồi 2 phần việc"),
    ],
)
def test_every_verb_is_told_once_with_all_that_it_changed(house, verb, state, subject):
    rows = [*work(house, 2, state=state), *work(house, 1, state=State.DONE)]
    rows += make_issued(issued_on=ISSUED)
    carried_out(house, chosen(house, verb, rows))
    assert told() == [(house.officer.name, "changed", subject % house.committee.name_vi)]


def test_where_all_was_refused_nobody_is_told_and_nobody_twice(house):
    change = carried_out(house, chosen(house, "suspend", work(house, 2, state=State.DONE)))
    assert (change.changed, change.refused, bool(change.ended_at)) == (0, 2, True)
    assert not Delivery.objects.filter(change__isnull=False).exists()
    with nothing_changes():
        change_waiting(now=NOW)


def test_what_is_no_longer_so_when_the_message_leaves_is_not_told(house):
    rows = work(house, 2)
    carried_out(house, chosen(house, "suspend", rows))
    row = Delivery.objects.select_related("recipient", "notice", "assignment").get(kind="changed", channel="email")
    Assignment.objects.filter(pk=rows[0].pk).update(state=State.ASSIGNED)
    assert told("en")[0][2] == f"{house.committee.name_vi} suspended 1 assignment"
    Assignment.objects.filter(pk=rows[1].pk).update(state=State.ASSIGNED)
    with pytest.raises(NothingToSay):
        Letters([row], at=NOW).write(row)
