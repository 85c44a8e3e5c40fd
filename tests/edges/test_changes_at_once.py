"""The feed while everybody writes: late commits, moving work and changing trees; no change is missed or told twice."""

import pytest

from soak.feed import Size, storm

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_missed_or_repeated_while_transactions_stay_open():
    outcome = storm(Size(400, writers=8, longest=0.6, long_one=1.5, notices=1))
    assert outcome.changes >= 400
    assert (outcome.missed, outcome.repeated, outcome.differing) == (0, 0, [])
