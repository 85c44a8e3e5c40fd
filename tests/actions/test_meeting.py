"""A session is entered once, after it was held, by its secretariat."""

from datetime import date

import pytest

from accounts.models import Role
from accounts.roles import NotAllowed
from directives.actions.meeting import amend_session, enter_session
from directives.models import Event
from directives.rules.refusals import Invalid
from tests.actions.conftest import nothing_changes
from tests.make import at, make_committee, make_user

HELD = date(2022, 8, 8)


@pytest.fixture
def secretary(db):
    return make_user(Role.SECRETARIAT, make_committee("Ủy ban Quốc gia về chuyển đổi số"))


def enter(by, *, now: date = HELD, **fields):
    committee = by.offices.get().committee or make_committee()
    return enter_session(
        committee=committee, by=by, at=at(now, 17), kind="session", held_on=HELD, title="Phiên họp", **fields
    )


def test_a_session_is_entered_and_remembered(secretary):
    session = enter(secretary, number=3)
    assert (session.number, Event.objects.get().after["held_on"]) == (3, "2022-08-08")


def test_a_session_is_entered_once(secretary):
    enter(secretary)
    with nothing_changes(), pytest.raises(Invalid, match="in the register already"):
        enter(secretary)


def test_a_session_that_was_not_held_is_not_entered(secretary):
    with nothing_changes(), pytest.raises(Invalid, match="not been held"):
        enter(secretary, now=date(2022, 8, 7))


def test_only_the_secretariat_enters_sessions(db):
    officer = make_user(Role.OFFICER)
    with pytest.raises(NotAllowed):
        enter(officer)


def test_a_correction_is_remembered_with_what_was_there(secretary):
    session = amend_session(enter(secretary), by=secretary, at=at(HELD, 18), title="Phiên họp thứ ba", number=3)
    event = Event.objects.get(verb="amend_session")
    assert (session.title, event.before["title"], event.after["title"]) == (
        "Phiên họp thứ ba",
        "Phiên họp",
        "Phiên họp thứ ba",
    )


def test_a_correction_cannot_take_another_sessions_day(secretary):
    first = enter(secretary)
    other = enter_session(
        committee=first.committee, by=secretary, at=at(HELD, 17), kind="conference", held_on=HELD, title="Hội nghị"
    )
    with nothing_changes(), pytest.raises(Invalid, match="in the register already"):
        amend_session(other, by=secretary, at=at(HELD, 18), kind="session")
