"""Many edits at once: none is lost. The full number is `make soak SOAK=edits`."""

import pytest

from soak.edits import Size, edit_at_once
from tracker.api import limits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("that_morning")]


def test_of_many_edits_at_once_none_is_lost(settings):
    settings.API_RATE = 1_000_000
    limits._counter.cache_clear()
    outcome = edit_at_once(Size(edits=20, hands=5, drafts=2))
    assert (outcome.there, outcome.events, outcome.lost) == (20, 20, 0)
