"""Who sits on both sides of the desk: nobody decides on what they did themselves, in person or by a substitute."""

from datetime import date

import pytest

from accounts.models import Role as Office
from accounts.roles import NotAllowed
from directives.actions.assigning import decline, reassign, withdraw
from directives.actions.extending import grant_extension, refuse_extension, request_extension
from directives.actions.reporting import hand_in, return_report, verify
from directives.actions.substituting import name_substitute
from directives.rules.lifecycle import State
from tests.actions.conftest import nothing_changes
from tests.make import at, make_absence, make_office, make_user

HANDED_IN = date(2024, 12, 30)
DECIDED = at(date(2025, 1, 2))


def work(house, who) -> None:
    hand_in(house.assignment, by=who, at=at(HANDED_IN), text="Xong")


def ask(house, who):
    asked = {"asked_due_on": date(2025, 3, 31), "reason": "Cần thêm"}
    return request_extension(house.assignment, by=who, at=at(HANDED_IN), **asked)


def with_substitute(house, *days):
    """The lead's officer, who is a secretary as well, and whoever fills the officer's seat meanwhile."""
    make_office(house.officer, Office.SECRETARIAT, house.committee)
    stand_in = make_user(Office.OFFICER)
    make_absence(house.officer.offices.get(role=Office.OFFICER), stand_in, *(days or (HANDED_IN,)))
    return stand_in


DECISIONS = {
    "verifies": lambda h, who: verify(h.assignment, by=who, at=DECIDED),
    "returns": lambda h, who: return_report(h.assignment, by=who, at=DECIDED, reason="Thiếu"),
}


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_nobody_decides_on_the_own_hand_in(house, decide):
    make_office(house.officer, Office.SECRETARIAT, house.committee)
    work(house, house.officer)
    with nothing_changes(), pytest.raises(NotAllowed, match="Whoever handed in the result"):
        decide(house, house.officer)


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_nobody_decides_on_what_the_own_substitute_handed_in(house, decide):
    work(house, with_substitute(house))
    with nothing_changes(), pytest.raises(NotAllowed, match="Whoever handed in the result"):
        decide(house, house.officer)


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_a_later_substitute_does_not_make_the_earlier_one_forgotten(house, decide):
    work(house, with_substitute(house))
    head = make_user(Office.HEAD, house.lead)
    office = house.officer.offices.get(role=Office.OFFICER)
    days = {"begins": DECIDED.date(), "ends": date(2025, 1, 10)}
    name_substitute(office, head, by=house.officer, at=DECIDED, **days)
    with nothing_changes(), pytest.raises(NotAllowed, match="Whoever handed in the result"):
        decide(house, house.officer)


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_a_substitute_in_the_secretariat_does_not_decide_on_the_own_hand_in(house, decide):
    work(house, house.officer)
    make_absence(house.secretary, house.officer, DECIDED.date())
    with nothing_changes(), pytest.raises(NotAllowed, match="Whoever handed in the result"):
        decide(house, house.officer)


def test_a_colleague_in_the_secretariat_verifies(house):
    make_office(house.officer, Office.SECRETARIAT, house.committee)
    work(house, house.officer)
    assert verify(house.assignment, by=house.secretary, at=DECIDED).state == State.DONE


def test_who_was_no_substitute_on_that_day_acted_for_nobody_else(house):
    stand_in = with_substitute(house, date(2024, 1, 1), date(2024, 1, 31))
    make_office(stand_in, Office.OFFICER, house.lead)
    work(house, stand_in)
    assert verify(house.assignment, by=house.officer, at=DECIDED).state == State.DONE


SETTLING = {
    "withdraws": lambda h, who: withdraw(h.assignment, by=who, at=DECIDED, reason="Không giao lại"),
    "reassigns": lambda h, who: reassign(
        h.assignment, h.third, by=who, at=DECIDED, reason="Đúng chức năng", due_on=date(2025, 6, 30)
    ),
}


@pytest.mark.parametrize("settle", SETTLING.values(), ids=SETTLING)
def test_nobody_settles_what_they_or_their_substitute_declined(house, settle):
    decline(house.assignment, by=with_substitute(house), at=at(HANDED_IN), reason="Không thuộc chức năng")
    with nothing_changes(), pytest.raises(NotAllowed, match="Whoever declined the work"):
        settle(house, house.officer)


@pytest.mark.parametrize("decide", [grant_extension, refuse_extension])
def test_nobody_decides_on_what_the_own_substitute_asked_for(house, decide):
    request = ask(house, with_substitute(house))
    with nothing_changes(), pytest.raises(NotAllowed, match="asked for more time"):
        decide(request, by=house.officer, at=DECIDED, reason="Đồng ý")
