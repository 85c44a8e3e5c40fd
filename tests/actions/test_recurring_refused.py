"""A rhythm that cannot be meant is refused, and what no longer recurs forgets it."""

from datetime import date

import pytest

from directives.actions.drafting import To, change_directive
from directives.actions.issuing import issue
from directives.models import Role
from directives.rules.refusals import Invalid
from tests.actions.conftest import nothing_changes
from tests.actions.recurring_work import (
    ENTERED,
    drafted,
)
from tests.make import at

REFUSED = {
    "a deadline of its own": ({"due_on": date(2026, 12, 25)}, "due_on"),
    "another kind of deadline": ({"deadline_kind": "none"}, "deadline_kind"),
    "the 32nd": ({"recurrence_day": 32}, "recurrence_day"),
    "day 0": ({"recurrence_day": 0}, "recurrence_day"),
    "an eighth day of the week": ({"recurrence": "weekly", "recurrence_day": 8}, "recurrence_day"),
    "a thirteenth month": ({"recurrence": "yearly", "recurrence_month": 13}, "recurrence_month"),
    "a shift that there is not": ({"recurrence_shift": "maybe"}, "recurrence_shift"),
    "an end before its issue": ({"recurs_until": date(2026, 11, 19)}, "recurs_until"),
}


@pytest.mark.parametrize(("fields", "field"), REFUSED.values(), ids=REFUSED)
def test_a_rhythm_that_cannot_be_meant_is_refused(house, fields, field):
    _notice, directive = drafted(house)
    with nothing_changes(), pytest.raises(Invalid) as refusal:
        change_directive(directive, by=house.secretary, at=at(ENTERED), **fields)
    assert refusal.value.field == field


def test_what_recurs_has_no_date_for_one_agency_alone(house):
    own = [To(Role.LEAD, house.lead), To(Role.COORDINATING, house.other, due_on=date(2026, 12, 1))]
    with pytest.raises(Invalid) as refusal:
        drafted(house, addressees=own)
    assert refusal.value.field == "coordinating_due_on"


def test_what_has_no_period_left_is_not_issued(house):
    notice, _directive = drafted(house, recurrence_day=5, recurs_until=date(2026, 11, 30))
    with nothing_changes(), pytest.raises(Invalid, match="Directive 1 has no period left"):
        issue(notice, by=house.secretary, at=at(ENTERED), unhandled_ok=True)


def test_what_no_longer_recurs_forgets_its_rhythm(house):
    _notice, directive = drafted(house, recurs_until=date(2027, 12, 31))
    change_directive(directive, by=house.secretary, at=at(ENTERED), recurrence="", deadline_kind="none")
    directive.refresh_from_db()
    assert (directive.rhythm, directive.recurrence_day, directive.recurs_until) == (None, None, None)
