"""More time: asked by the agency, decided by the secretariat, once, and never by whoever asked."""

from datetime import date

import pytest

from accounts.models import Role as Office
from accounts.roles import NotAllowed
from directives.actions.extending import grant_extension, refuse_extension
from directives.models import Assignment, ExtensionState
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid
from tests.actions.conftest import DUE, ISSUED, ask, nothing_changes
from tests.make import at, make_user


def reload(assignment: Assignment) -> Assignment:
    return Assignment.objects.get(pk=assignment.pk)


def test_a_granted_extension_moves_the_date_and_keeps_the_first(house):
    grant_extension(ask(house), by=house.secretary, at=at(date(2024, 12, 23)))
    row = reload(house.assignment)
    assert (row.due_on, row.original_due_on, row.due_version) == (date(2025, 3, 31), DUE, 2)


def test_a_refused_extension_moves_nothing(house):
    request = refuse_extension(ask(house), by=house.secretary, at=at(date(2024, 12, 23)), reason="Không lùi")
    row = reload(house.assignment)
    assert (request.state, row.due_on, row.due_version, row.version) == (ExtensionState.REFUSED, DUE, 1, 1)


def test_the_asker_never_decides(house):
    make_user(Office.SECRETARIAT, house.committee)
    request = ask(house)
    office = house.officer.offices.create(role=Office.SECRETARIAT, committee=house.committee, starts_on=ISSUED)
    with nothing_changes(), pytest.raises(NotAllowed, match="asked for more time"):
        grant_extension(request, by=office.user, at=at(date(2024, 12, 23)))


@pytest.mark.parametrize("asked", [DUE, date(2024, 12, 30)], ids=["the same date", "an earlier date"])
def test_more_time_means_a_later_date(house, asked):
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        ask(house, asked)
    assert refusal.value.field == "asked_due_on"


def test_one_request_at_a_time(house):
    ask(house)
    with nothing_changes(), pytest.raises(WrongMoment, match="already waiting"):
        ask(house)


def test_a_request_is_decided_once(house):
    request = refuse_extension(ask(house), by=house.secretary, at=at(date(2024, 12, 23)), reason="Không lùi")
    with nothing_changes(), pytest.raises(WrongMoment, match="decided already"):
        grant_extension(request, by=house.secretary, at=at(date(2024, 12, 24)))
