"""What a process looked up a moment ago it does not look up again, and no longer."""

from datetime import date

import pytest

from directives.models import Ladder
from tests.edges.calling import with_key
from tests.make import make_agency, make_assignment, make_ladder
from tracker.api import remembered
from tracker.api.finding import find_subtree
from tracker.api.remembered import Remembered


class Clock:
    """Seconds that pass when they are told to."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch, settings) -> Clock:
    settings.REMEMBERED = 500
    clock = Clock()
    monkeypatch.setattr(remembered, "time", clock)
    return clock


def test_a_value_is_looked_up_again_when_its_time_is_over(clock):
    values, known = iter("abc"), Remembered()
    looks = []
    for passed in (0, 0.25, 0.25, 0.1):
        clock.now += passed
        looks.append(known.get("x", lambda: next(values)))
    assert looks == ["a", "a", "b", "b"]


def test_its_time_begins_when_it_is_asked_for_however_long_that_takes(clock):
    known = Remembered()

    def slowly() -> str:
        clock.now += 0.5
        return "old"

    assert [known.get("x", slowly), known.get("x", lambda: "new")] == ["old", "new"]


def test_what_was_not_found_is_looked_for_each_time(clock):
    known = Remembered()
    assert [known.get("x", lambda: None), known.get("x", lambda: "there")] == [None, "there"]


def test_no_more_is_kept_than_some(clock, monkeypatch):
    monkeypatch.setattr(remembered, "MOST", 2)
    known = Remembered()
    for name in "abc":
        known.get(name, lambda name=name: name)
    assert [known.get(name, lambda: "again") for name in "ca"] == ["c", "again"]


@pytest.mark.django_db
def test_what_lies_below_an_agency_is_remembered_for_that_agency(clock):
    one, other = make_agency(code="mot"), make_agency(code="hai")
    assert (find_subtree("mot"), find_subtree("hai")) == (frozenset({one.pk}), frozenset({other.pk}))
    below = make_agency(parent=one)
    assert find_subtree("mot") == frozenset({one.pk})
    clock.now += 0.5
    assert find_subtree("mot") == frozenset({one.pk, below.pk})


@pytest.mark.django_db
@pytest.mark.usefixtures("eight_working_days_before")
def test_what_counts_as_soon_is_remembered_for_a_moment(clock):
    make_ladder(soon_days=30)
    work = make_assignment(due_on=date(2025, 3, 14))
    caller, address = with_key(work.agency), f"assignments/{work.uuid}/"
    assert caller.read(address)["standing"] == "due_soon"
    Ladder.objects.update(soon_days=1)
    assert caller.read(address)["standing"] == "due_soon"
    clock.now += 0.5
    assert caller.read(address)["standing"] == "on_track"
