"""Until when reminders may be put off, and the sentence where they may not."""

from datetime import date

import pytest

from directives.rules import snoozing
from directives.rules.lifecycle import WORKING, State, WrongMoment
from directives.rules.refusals import Invalid
from directives.rules.snoozing import check_may_snooze, check_snooze_until

TODAY = date(2024, 12, 23)
DUE = date(2024, 12, 31)


@pytest.mark.parametrize("state", sorted(WORKING))
@pytest.mark.parametrize("due_on", [TODAY, DUE], ids=["due today", "due later"])
def test_reminders_of_open_work_before_its_deadline_may_be_put_off(state, due_on):
    check_may_snooze(state=state, due_on=due_on, today=TODAY)


@pytest.mark.parametrize(
    ("state", "due_on", "sentence"),
    [
        *[(state, DUE, snoozing.AT_REST) for state in sorted(set(State) - set(WORKING))],
        (State.DONE, None, snoozing.AT_REST),
        (State.ASSIGNED, None, snoozing.UNDATED),
        (State.ASSIGNED, date(2024, 12, 22), snoozing.PASSED),
    ],
)
def test_where_there_is_nothing_to_put_off_a_sentence_says_why(state, due_on, sentence):
    with pytest.raises(WrongMoment) as refusal:
        check_may_snooze(state=state, due_on=due_on, today=TODAY)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("until", [TODAY, date(2024, 12, 30), DUE])
def test_from_today_to_the_deadline_every_day_will_do(until):
    check_snooze_until(until, due_on=DUE, today=TODAY)


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (date(2024, 12, 22), "This day has passed. Choose today or a later one."),
        (date(2025, 1, 1), "Reminders can be put off until the deadline at most: 2024-12-31."),
    ],
)
def test_a_day_outside_is_refused(until, sentence):
    with pytest.raises(Invalid) as refusal:
        check_snooze_until(until, due_on=DUE, today=TODAY)
    assert (refusal.value.field, str(refusal.value)) == ("until", sentence)
