"""What a briefing tells of an assignment between two days."""

from datetime import date

import pytest

from directives.rules.changes import Change, Then, changes
from directives.rules.lifecycle import LIVE, State

SINCE, UNTIL = date(2025, 3, 10), date(2025, 4, 10)
BEFORE, BETWEEN, LATER = date(2025, 3, 1), date(2025, 3, 20), date(2025, 5, 1)
WORK, DONE, GONE = State.IN_PROGRESS, State.DONE, State.WITHDRAWN

CASES = {
    "nothing happened": (Then(WORK, LATER), Then(WORK, LATER), False, []),
    "begun, which is not worth telling": (Then(State.ASSIGNED, LATER), Then(WORK, LATER), False, []),
    "new": (None, Then(State.ASSIGNED, LATER), False, [Change.NEW]),
    "new and done at once": (None, Then(DONE, LATER), False, [Change.DONE, Change.NEW]),
    "new and taken back at once": (None, Then(GONE, LATER), False, [Change.NEW, Change.WITHDRAWN]),
    "done": (Then(State.HANDED_IN, LATER), Then(DONE, LATER), False, [Change.DONE]),
    "done before": (Then(DONE, LATER), Then(DONE, LATER), False, []),
    "its date went by": (Then(WORK, BETWEEN), Then(WORK, BETWEEN), False, [Change.SLIPPED]),
    "overdue before": (Then(WORK, BEFORE), Then(WORK, BEFORE), False, []),
    "due on the first day": (Then(WORK, SINCE), Then(WORK, SINCE), False, [Change.SLIPPED]),
    "due on the last day": (Then(WORK, UNTIL), Then(WORK, UNTIL), False, []),
    "handed in before its date went by": (Then(WORK, BETWEEN), Then(State.HANDED_IN, BETWEEN), False, []),
    "suspended before its date went by": (Then(WORK, BETWEEN), Then(State.SUSPENDED, BETWEEN), False, []),
    "more time": (Then(WORK, BETWEEN), Then(WORK, LATER), False, [Change.EXTENDED]),
    "more time, and late again": (Then(WORK, BEFORE), Then(WORK, BETWEEN), False, [Change.EXTENDED]),
    "more time, not late before": (
        Then(WORK, SINCE),
        Then(WORK, BETWEEN),
        False,
        [Change.SLIPPED, Change.EXTENDED],
    ),
    "less time": (Then(WORK, LATER), Then(WORK, UNTIL), False, []),
    "returned": (Then(State.HANDED_IN, LATER), Then(WORK, LATER), True, [Change.RETURNED]),
    "returned, and handed in again": (Then(State.HANDED_IN, LATER), Then(State.HANDED_IN, LATER), True, []),
    "withdrawn": (Then(WORK, LATER), Then(GONE, LATER), False, [Change.WITHDRAWN]),
    "declined before and withdrawn now": (Then(State.DECLINED, LATER), Then(GONE, LATER), False, []),
    "undated": (Then(WORK, None), Then(WORK, None), False, []),
    "dated since": (Then(WORK, None), Then(WORK, LATER), False, []),
}


@pytest.mark.parametrize(("was", "now", "returned", "told"), CASES.values(), ids=CASES)
def test_what_is_told(was, now, returned, told):
    assert changes(was, now, since=SINCE, until=UNTIL, returned=returned) == told


AMENDED = {
    "a later date by an amendment": (Then(WORK, BETWEEN), Then(WORK, LATER), [Change.AMENDED]),
    "an earlier date by an amendment": (Then(WORK, LATER), Then(WORK, BETWEEN), [Change.SLIPPED, Change.AMENDED]),
    "other words": (Then(WORK, LATER), Then(WORK, LATER), [Change.AMENDED]),
    "amended and withdrawn": (Then(WORK, LATER), Then(GONE, LATER), [Change.WITHDRAWN]),
    "given since, then amended": (None, Then(WORK, LATER), [Change.NEW]),
}


@pytest.mark.parametrize(("was", "now", "told"), AMENDED.values(), ids=AMENDED)
def test_what_was_amended_is_no_extension(was, now, told):
    assert changes(was, now, since=SINCE, until=UNTIL, returned=False, amended=True) == told


@pytest.mark.parametrize("was", [None, *sorted(LIVE)])
@pytest.mark.parametrize("now", State)
def test_what_is_new_without_what_is_withdrawn_is_by_how_much_the_total_grew(was, now):
    told = changes(was and Then(was, LATER), Then(now, LATER), since=SINCE, until=UNTIL, returned=False)
    assert (Change.NEW in told) - (Change.WITHDRAWN in told) == (now in LIVE) - (was in LIVE)
