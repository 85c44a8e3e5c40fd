"""For which days an office may be filled by a substitute."""

from datetime import date

import pytest

from directives.rules.absence import check_absence
from directives.rules.refusals import Invalid
from directives.rules.snoozing import PAST_DAY

TODAY = date(2025, 3, 10)
HELD = {"held_from": date(2025, 3, 5), "held_to": date(2026, 12, 31)}


def check(begins, ends, begun=None, **held):
    check_absence(begins=begins, ends=ends, today=TODAY, begun=begun, **(HELD | held))


@pytest.mark.parametrize(
    ("begins", "ends", "begun"),
    [
        (TODAY, TODAY, None),
        (date(2025, 3, 20), date(2025, 3, 28), None),
        (TODAY, date(2026, 3, 11), None),
        (date(2025, 3, 6), TODAY, date(2025, 3, 6)),
    ],
    ids=["today alone", "days to come", "a whole leap year", "what has begun is made shorter"],
)
def test_days_that_will_do(begins, ends, begun):
    check(begins, ends, begun)


def test_an_office_without_an_end_may_be_filled_on_any_day_to_come():
    check(date(2030, 1, 1), date(2030, 1, 2), held_to=None)


@pytest.mark.parametrize(
    ("begins", "ends", "begun", "field", "sentence"),
    [
        (date(2025, 3, 9), TODAY, None, "begins", PAST_DAY),
        (date(2025, 3, 7), TODAY, date(2025, 3, 6), "begins", PAST_DAY),
        (date(2025, 3, 4), TODAY, date(2025, 3, 4), "begins", "The office begins on 2025-03-05 only."),
        (date(2025, 3, 12), date(2025, 3, 11), None, "ends", "The last day lies before the first one."),
        (date(2025, 3, 6), date(2025, 3, 9), date(2025, 3, 6), "ends", PAST_DAY),
        (TODAY, date(2026, 3, 12), None, "ends", "An absence lasts a year at most. Name a substitute anew later."),
        (date(2026, 12, 31), date(2027, 1, 1), None, "ends", "The office ends on 2026-12-31 already."),
    ],
)
def test_days_that_will_not_do_are_refused_beside_their_field(begins, ends, begun, field, sentence):
    with pytest.raises(Invalid) as refusal:
        check(begins, ends, begun)
    assert (refusal.value.field, str(refusal.value)) == (field, sentence)
