"""By when those below must be ready, and whom a nudge reaches."""

from datetime import date

import pytest

from directives.rules.handing_down import ENOUGH_TODAY, Nudge, check_level, latest_day, suggested_day, why_not_nudged
from directives.rules.lifecycle import WORKING, State
from directives.rules.refusals import Invalid
from directives.rules.working_days import Calendar

# Tuesday to Thursday are holidays.
CALENDAR = Calendar(off=frozenset({date(2025, 3, 11), date(2025, 3, 12), date(2025, 3, 13)}))
FRIDAY, SATURDAY, SUNDAY, MONDAY = date(2025, 3, 7), date(2025, 3, 8), date(2025, 3, 9), date(2025, 3, 10)
OWN = date(2025, 3, 28)  # a Friday

SUGGESTED = {
    "five working days before the own date": (OWN, MONDAY, date(2025, 3, 21)),
    "days off are not counted": (date(2025, 3, 18), date(2025, 3, 3), date(2025, 3, 6)),
    "never before today": (date(2025, 3, 14), MONDAY, MONDAY),
    "on the next working day where today is a day off": (date(2025, 3, 14), SATURDAY, MONDAY),
    "never after the own date": (SATURDAY, SATURDAY, SATURDAY),
    "today where the own date has passed": (FRIDAY, MONDAY, MONDAY),
    "none where the own work has none": (None, MONDAY, None),
}


@pytest.mark.parametrize(("of_whole", "today", "day"), SUGGESTED.values(), ids=SUGGESTED)
def test_the_date_that_is_proposed(of_whole, today, day):
    assert suggested_day(of_whole, today=today, calendar=CALENDAR) == day
    if day is not None:
        check_level(day, of_whole=of_whole, today=today)


REFUSED = {
    "later than the own date": (date(2025, 3, 29), OWN, "Your own deadline is 2025-03-28: what you hand down must be"),
    "without a date where the own work has one": (None, OWN, "Your own deadline is 2025-03-28: what you hand down n"),
    "in the past": (SUNDAY, OWN, "The deadline lies in the past."),
    "after today where the own date has passed": (date(2025, 3, 11), FRIDAY, "Your own deadline is 2025-03-07"),
}


@pytest.mark.parametrize(("due_on", "of_whole", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_date_that_no_part_may_have(due_on, of_whole, sentence):
    with pytest.raises(Invalid) as refusal:
        check_level(due_on, of_whole=of_whole, today=MONDAY)
    assert refusal.value.field == "due_on"
    assert str(refusal.value).startswith(sentence)


FITTING = [(OWN, OWN), (MONDAY, OWN), (MONDAY, FRIDAY), (OWN, None), (None, None)]


@pytest.mark.parametrize(("due_on", "of_whole"), FITTING)
def test_a_date_that_a_part_may_have(due_on, of_whole):
    check_level(due_on, of_whole=of_whole, today=MONDAY)
    assert latest_day(of_whole, today=MONDAY) in (None, max(of_whole or MONDAY, MONDAY))


@pytest.mark.parametrize("state", State)
def test_only_who_still_owes_it_is_nudged(state):
    unit = Nudge(state, None, in_office=True)
    assert (why_not_nudged(unit, today=MONDAY, calendar=CALENDAR) == "") == (state in WORKING)


LAST = {
    "never before": (None, MONDAY, ""),
    "on the working day before": (FRIDAY, MONDAY, ""),
    "earlier on this day": (MONDAY, MONDAY, "was nudged already today"),
    "on the days off before, which count for this one": (SATURDAY, MONDAY, "was nudged already today"),
    "twice on days off": (SATURDAY, SUNDAY, "was nudged already today"),
    "on Friday, and now on the day off after it": (FRIDAY, SATURDAY, ""),
}


@pytest.mark.parametrize(("last_on", "today", "why"), LAST.values(), ids=LAST)
def test_a_unit_is_nudged_once_on_a_working_day(last_on, today, why):
    unit = Nudge(State.ASSIGNED, last_on, in_office=True)
    assert why_not_nudged(unit, today=today, calendar=CALENDAR) == why


@pytest.mark.parametrize(("today", "why"), [(4, ""), (5, ENOUGH_TODAY), (6, ENOUGH_TODAY)])
def test_a_unit_is_nudged_five_times_a_day_at_most_whatever_the_work(today, why):
    unit = Nudge(State.ASSIGNED, None, in_office=True, today=today)
    assert why_not_nudged(unit, today=MONDAY, calendar=CALENDAR) == why


def test_a_unit_without_anybody_in_office_cannot_be_nudged():
    unit = Nudge(State.ASSIGNED, None, in_office=False)
    assert why_not_nudged(unit, today=MONDAY, calendar=CALENDAR) == "has nobody in office"
