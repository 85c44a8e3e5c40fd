"""Naming a substitute for an absence: who may, who may be one, what it brings, and what history tells."""

from datetime import date

import pytest

from accounts.models import Absence
from accounts.models import Role as Office
from accounts.roles import NotAllowed, Verb, may
from directives.actions.assigning import assign
from directives.actions.reporting import hand_in, return_report
from directives.actions.substituting import change_absence, end_absence, name_substitute
from directives.actions.weeding import weed
from directives.models import Event, Reminder
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid
from tests.actions.conftest import nothing_changes
from tests.make import at, make_office, make_user
from tests.rounds import round_on

MONDAY, FRIDAY = date(2024, 12, 23), date(2025, 1, 3)
MINUS_THREE, LATE = date(2024, 12, 26), date(2025, 1, 2)
REASON = "you are substitute for Chị Lan (Officer, Bộ Công an)"


@pytest.fixture
def colleague(house):
    """Somebody else in office at the agency, who would hear nothing of the officer's news alone."""
    type(house.officer).objects.filter(pk=house.officer.pk).update(name="Chị Lan")
    return make_user(Office.HEAD, house.lead, name="Anh Minh", language="en")


def office_of(person):
    return person.offices.get()


def away(house, substitute, *, begins=MONDAY, ends=FRIDAY, by=None, on=MONDAY):
    office = office_of(house.officer)
    return name_substitute(office, substitute, by=by or house.officer, at=at(on), begins=begins, ends=ends)


def test_a_substitute_may_do_what_the_office_may_in_those_days(house):
    stand_in = make_user(Office.SECRETARIAT, house.committee)
    secretary_office = office_of(house.secretary)
    member = make_user(Office.MEMBER, house.committee)
    name_substitute(secretary_office, member, by=house.secretary, at=at(MONDAY), begins=MONDAY, ends=FRIDAY)
    days = (MONDAY, FRIDAY, date(2025, 1, 4))
    assert [bool(may(member, Verb.VERIFY, house.committee, on=day)) for day in days] == [True, True, False]
    assert may(stand_in, Verb.VERIFY, house.committee, on=MONDAY)


def test_reminders_reach_both_and_both_are_told_so(house, colleague):
    away(house, colleague)
    round_on(MINUS_THREE)
    rows = Reminder.objects.filter(assignment=house.assignment, rung=-3, channel="email")
    assert set(rows.values_list("recipient", "substitutes")) == {(house.officer.pk, False), (colleague.pk, True)}
    assert colleague.deliveries.get(channel="email").because == REASON
    mine = house.officer.deliveries.get(channel="email").because
    assert mine == "bạn giữ chức vụ Chuyên viên, Bộ Công an; người thay Anh Minh cũng nhận tin này"


def test_news_and_digests_reach_the_substitute_with_the_reason(house):
    officer = make_user(Office.OFFICER, house.other, name="Chị Lan")
    head = make_user(Office.HEAD, house.other, language="en")
    office = office_of(officer)
    name_substitute(office, head, by=officer, at=at(MONDAY), begins=MONDAY, ends=FRIDAY)
    assign(house.directive, house.other, "share", by=house.secretary, at=at(MONDAY))
    hand_in(house.coordinating, by=officer, at=at(MONDAY), text="Xong")
    return_report(house.coordinating, by=house.secretary, at=at(MONDAY), reason="Thiếu số liệu")
    round_on(LATE)
    mine = head.deliveries.filter(channel="email").order_by("kind")
    because = f"you are substitute for Chị Lan (Officer, {house.other.name})"
    told = list(mine.values_list("kind", "because"))
    assert told == [("assigned", because), ("digest", because), ("returned", because)]
    assert [weed(row, at=at(LATE, 7, 30)) for row in mine.exclude(kind="assigned")] == [True, True]


def test_history_tells_who_named_whom_for_which_days(house, colleague):
    absence = away(house, colleague)
    end_absence(absence, by=house.officer, at=at(MINUS_THREE))
    first, second = Event.objects.filter(subject=f"office:{absence.office_id}").order_by("pk")
    nobody = {"office": "officer, Bộ Công an", "substitute": None, "from": None, "to": None}
    named = nobody | {"substitute": "Anh Minh", "from": "2024-12-23", "to": "2025-01-03"}
    assert (first.verb, first.by, first.before, first.after) == ("name_substitute", house.officer, nobody, named)
    assert (second.verb, second.before, second.after) == ("end_absence", named, named | {"to": "2024-12-26"})


def test_an_absence_that_has_not_begun_is_taken_back_whole(house, colleague):
    absence = away(house, colleague, begins=MINUS_THREE)
    end_absence(absence, by=house.officer, at=at(MONDAY))
    assert not Absence.objects.exists()
    removed = Event.objects.get(verb="remove_absence")
    assert (removed.before["substitute"], removed.after["substitute"]) == ("Anh Minh", None)
    with nothing_changes():
        end_absence(absence, by=house.officer, at=at(MONDAY))


def test_what_is_over_stays_as_it_was(house, colleague):
    absence = away(house, colleague, ends=MONDAY)
    with nothing_changes():
        end_absence(absence, by=house.officer, at=at(MINUS_THREE))
    with nothing_changes(), pytest.raises(WrongMoment, match="This absence is over or was removed"):
        change_absence(absence, by=house.officer, at=at(MINUS_THREE), ends=FRIDAY)


def test_who_comes_back_sooner_may_whatever_became_of_the_substitute(house, colleague):
    absence = away(house, colleague)
    other = make_user(Office.OFFICER, house.lead)
    name_substitute(office_of(colleague), other, by=colleague, at=at(MONDAY), begins=MINUS_THREE, ends=FRIDAY)
    assert change_absence(absence, by=house.officer, at=at(MONDAY), ends=LATE).ends_on == LATE
    with nothing_changes(), pytest.raises(Invalid, match="is away in that time as well"):
        change_absence(absence, by=house.officer, at=at(MONDAY), ends=FRIDAY)


@pytest.mark.parametrize("ends", [MINUS_THREE, date(2025, 1, 10)], ids=["shorter", "longer"])
def test_an_absence_that_has_begun_gets_another_last_day(house, colleague, ends):
    absence = away(house, colleague)
    changed = change_absence(absence, by=house.officer, at=at(MINUS_THREE), ends=ends)
    assert list(Absence.objects.values_list("begins_on", "ends_on")) == [(MONDAY, ends)]
    event = Event.objects.get(verb="change_absence")
    assert (event.subject, event.before["to"]) == (f"office:{changed.office_id}", "2025-01-03")
    assert event.after["to"] == ends.isoformat()
    with nothing_changes():
        change_absence(changed, by=house.officer, at=at(MINUS_THREE), ends=ends)


def test_several_absences_of_an_office_stand_beside_one_another(house, colleague):
    other = make_user(Office.OFFICER, house.lead)
    away(house, colleague, ends=MONDAY)
    away(house, other, begins=FRIDAY)
    kept = Absence.objects.values_list("substitute", "begins_on", "ends_on")
    assert list(kept) == [(colleague.pk, MONDAY, MONDAY), (other.pk, FRIDAY, FRIDAY)]


@pytest.mark.parametrize(
    ("begins", "ends"), [(MONDAY, FRIDAY), (MINUS_THREE, LATE), (FRIDAY, date(2025, 1, 10))], ids=str
)
def test_an_office_has_one_substitute_on_a_day(house, colleague, begins, ends):
    other = make_user(Office.OFFICER, house.lead)
    away(house, colleague)
    sentence = "Anh Minh is substitute from 2024-12-23 to 2025-01-03 already"
    with nothing_changes(), pytest.raises(Invalid, match=sentence) as refusal:
        away(house, other, begins=begins, ends=ends)
    assert refusal.value.field == "begins"


def test_an_absence_does_not_grow_into_the_next_one(house, colleague):
    first = away(house, colleague, ends=MINUS_THREE)
    away(house, make_user(Office.OFFICER, house.lead, name="Anh Nam"), begins=LATE)
    with nothing_changes(), pytest.raises(Invalid, match="Anh Nam is substitute from 2025-01-02") as refusal:
        change_absence(first, by=house.officer, at=at(MONDAY), ends=LATE)
    assert refusal.value.field == "ends"


def test_a_longer_absence_asks_whether_the_substitute_is_there(house):
    leaving = make_user(Office.OFFICER, house.lead, ends_on=FRIDAY)
    absence = away(house, leaving)
    with nothing_changes(), pytest.raises(Invalid, match="holds no office of this body in that time"):
        change_absence(absence, by=house.officer, at=at(MONDAY), ends=date(2025, 1, 6))


def test_an_administrator_names_a_substitute_for_somebody_who_is_ill(house, colleague):
    administrator = make_user(Office.ADMINISTRATOR)
    assert away(house, colleague, by=administrator).substitute == colleague


@pytest.mark.parametrize("who", ["stranger", "secretary", "head"])
def test_nobody_else_names_or_ends(house, colleague, who):
    others = {"stranger": house.stranger, "secretary": house.secretary, "head": colleague}
    with nothing_changes(), pytest.raises(NotAllowed, match="Only who holds the office"):
        away(house, colleague, by=others[who])
    absence = away(house, colleague)
    with nothing_changes(), pytest.raises(NotAllowed, match="Only who holds the office"):
        end_absence(absence, by=others[who], at=at(MONDAY))
    with nothing_changes(), pytest.raises(NotAllowed, match="Only who holds the office"):
        change_absence(absence, by=others[who], at=at(MONDAY), ends=LATE)


def of_another_agency(house, colleague):
    return house.stranger


def oneself(house, colleague):
    return house.officer


def closed(house, colleague):
    return make_user(Office.OFFICER, house.lead, is_active=False)


def gone_by_then(house, colleague):
    return make_user(Office.OFFICER, house.lead, ends_on=date(2025, 1, 2))


def away_as_well(house, colleague):
    other = make_user(Office.OFFICER, house.lead)
    office = office_of(colleague)
    name_substitute(office, other, by=colleague, at=at(MONDAY), begins=FRIDAY, ends=date(2025, 1, 10))
    return colleague


@pytest.mark.parametrize(
    ("choose", "sentence"),
    [
        (of_another_agency, "holds no office of this body in that time"),
        (oneself, "Nobody is substitute for himself or herself"),
        (closed, "This account is closed"),
        (gone_by_then, "holds no office of this body in that time"),
        (away_as_well, "is away in that time as well"),
    ],
)
def test_who_cannot_be_there_cannot_be_substitute(house, colleague, choose, sentence):
    chosen = choose(house, colleague)
    with nothing_changes(), pytest.raises(Invalid, match=sentence) as refusal:
        away(house, chosen)
    assert refusal.value.field == "substitute"


def test_an_administrator_is_filled_by_another_one_only(house):
    administrator, other, auditor = (make_user(role) for role in ("administrator", "administrator", "auditor"))
    office, days = office_of(administrator), {"begins": MONDAY, "ends": FRIDAY}
    with nothing_changes(), pytest.raises(Invalid, match="holds no office of this body"):
        name_substitute(office, auditor, by=administrator, at=at(MONDAY), **days)
    assert name_substitute(office, other, by=administrator, at=at(MONDAY), **days).substitute == other


def test_an_office_that_is_over_has_no_substitute(house, colleague):
    office = make_office(house.officer, Office.OFFICER, house.other, ends_on=date(2024, 12, 20))
    with nothing_changes(), pytest.raises(WrongMoment, match="no longer held"):
        name_substitute(office, house.stranger, by=house.officer, at=at(MONDAY), begins=MONDAY, ends=FRIDAY)
