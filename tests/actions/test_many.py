"""One verb for many assignments: each is asked for itself, nothing is done twice, and nothing is forgotten."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import OperationalError, connection
from django.utils.translation import override

from accounts.models import Role as Seat
from accounts.roles import NotAllowed
from directives.actions.assigning import suspend
from directives.actions.many import MOST, carry_out_next, choose, start, tried
from directives.actions.many_foreseen import foreseen
from directives.actions.many_wishes import MANY
from directives.models import Assignment, BulkChange, BulkRow, Event, Span
from directives.rules.lifecycle import State, WrongMoment
from directives.rules.refusals import Invalid
from tests.actions.conftest import ISSUED, nothing_changes
from tests.make import at, make_assignment, make_committee, make_directive, make_issued, make_user
from tracker.changing import change_waiting

NOW = at(ISSUED, 15)
WHY = "Chờ luật mới"


def outcomes(change: BulkChange) -> list[tuple[str, str]]:
    return list(change.rows.order_by("pk").values_list("state", "sentence"))


def rows_of(house) -> list[Assignment]:
    """Two that are open, one that is done, and one of another committee."""
    done = make_assignment(directive=make_directive(house.notice), state=State.DONE)
    return [house.assignment, house.coordinating, done, *make_issued(issued_on=ISSUED)]


def chosen(house, verb: str = "suspend", rows: list[Assignment] | None = None) -> BulkChange:
    return choose(verb, rows or rows_of(house), by=house.secretary, at=NOW)


def test_each_is_asked_for_itself_and_says_what_it_was_and_is(house):
    change = chosen(house)
    start(change, by=house.secretary, at=NOW, reason=WHY)
    assert change_waiting(now=NOW) == 4
    states = [state for state, _why in outcomes(change)]
    assert states == ["changed", "changed", "refused", "refused"]
    sentences = [why for _state, why in outcomes(change)]
    assert sentences[2] == "This cannot be done now: the assignment was verified as done."
    assert sentences[3].startswith("Only the secretariat of ")
    row = change.rows.get(assignment=house.assignment)
    assert (row.before["state"], row.after["state"]) == (State.ASSIGNED, State.SUSPENDED)
    assert set(Event.objects.filter(verb="suspend").values_list("reason", "by")) == {(WHY, house.secretary.pk)}
    assert Span.objects.get(assignment=house.assignment, to_on=None).state == State.SUSPENDED
    event = Event.objects.get(verb="change_many")
    assert (event.after, event.reason) == ({"verb": "suspend", "assignments": 4}, WHY)


@pytest.mark.parametrize("verb", ["suspend", "withdraw", "resume"])
def test_what_is_shown_is_what_happens_and_showing_changes_nothing(house, verb):
    change = chosen(house, verb)
    with nothing_changes():
        exact = tried(change, by=house.secretary, at=NOW)
        known = foreseen(change, by=house.secretary, at=NOW)
    start(change, by=house.secretary, at=NOW, reason=WHY)
    change_waiting(now=NOW)
    refused = set(change.rows.filter(state="refused").values_list("pk", flat=True))
    assert exact.keys() == known.keys() == refused
    with override("en"):
        assert {pk: str(refusal) for pk, refusal in exact.items()} == {pk: str(known[pk]) for pk in known}


def test_what_changed_since_it_was_chosen_is_refused(house):
    change = chosen(house, "withdraw", [house.assignment, house.coordinating])
    suspend(house.assignment, by=house.secretary, at=NOW, reason="Chờ")
    assert [str(one) for one in foreseen(change, by=house.secretary, at=NOW).values()] == [
        "Somebody else changed this in the meantime. Look at it again before you go on."
    ]
    start(change, by=house.secretary, at=NOW, reason=WHY)
    change_waiting(now=NOW)
    assert [state for state, _why in outcomes(change)] == ["refused", "changed"]
    assert Assignment.objects.get(pk=house.assignment.pk).state == State.SUSPENDED


def test_nothing_happens_before_it_is_started_and_nothing_twice(house):
    change = chosen(house)
    with nothing_changes():
        assert change_waiting(now=NOW) == 0
    start(change, by=house.secretary, at=NOW, reason=WHY)
    assert change_waiting(now=NOW) == 4
    with nothing_changes():
        assert change_waiting(now=NOW) == 0
        assert carry_out_next(at=NOW, change=change) is False


def test_whose_office_ended_while_it_waited_changes_nothing(house):
    change = chosen(house, rows=[house.assignment])
    start(change, by=house.secretary, at=NOW, reason=WHY)
    house.secretary.offices.update(ends_on=ISSUED.replace(day=1))
    change_waiting(now=NOW)
    assert [state for state, _why in outcomes(change)] == ["refused"]
    assert Assignment.objects.get(pk=house.assignment.pk).state == State.ASSIGNED


def test_a_fault_in_one_row_refuses_that_row_and_the_next_are_done(house, monkeypatch):
    suspending = MANY["suspend"]

    def broken(work: Assignment, **said: object) -> Assignment:
        done = suspending(work, **said)
        return 1 / 0 if work.pk == house.assignment.pk else done

    monkeypatch.setitem(MANY, "suspend", broken)
    change = chosen(house, rows=[house.assignment, house.coordinating])
    start(change, by=house.secretary, at=NOW, reason=WHY)
    assert change_waiting(now=NOW) == 2
    assert [state for state, _why in outcomes(change)] == ["refused", "changed"]
    assert outcomes(change)[0][1].startswith("A fault in the system kept this from being done")
    assert Assignment.objects.get(pk=house.assignment.pk).state == State.ASSIGNED


def test_what_the_database_cannot_do_now_waits_and_is_done_later(house, monkeypatch):
    def busy(*_work: object, **_said: object) -> Assignment:
        raise OperationalError("canceling statement due to lock timeout")

    change = chosen(house, rows=[house.assignment])
    start(change, by=house.secretary, at=NOW, reason=WHY)
    with monkeypatch.context() as now:
        now.setitem(MANY, "suspend", busy)
        with pytest.raises(OperationalError):
            change_waiting(now=NOW)
    assert outcomes(change) == [("waiting", "")]
    assert change_waiting(now=NOW) == 1
    assert outcomes(change) == [("changed", "")]


def test_what_cannot_be_started_is_refused(house):
    change, stranger = chosen(house), make_user(Seat.SECRETARIAT, make_committee())
    with nothing_changes(), pytest.raises(Invalid, match="give a reason"):
        start(change, by=house.secretary, at=NOW, reason=" ")
    with nothing_changes(), pytest.raises(NotAllowed, match="Only whoever chose"):
        start(change, by=stranger, at=NOW, reason=WHY)
    start(change, by=house.secretary, at=NOW, reason=WHY)
    with nothing_changes(), pytest.raises(WrongMoment, match="started already"):
        start(change, by=house.secretary, at=NOW, reason=WHY)


def test_nothing_and_too_many_and_another_verb_are_not_chosen(house):
    for verb, rows, sentence in (
        ("suspend", [], "Nothing was chosen"),
        ("verify", [house.assignment], "Nothing was chosen"),
        ("suspend", [house.assignment] * (MOST + 1), "At most 5000"),
    ):
        with nothing_changes(), pytest.raises(Invalid, match=sentence):
            choose(verb, rows, by=house.secretary, at=NOW)


def test_what_was_never_started_is_forgotten_after_a_day_and_what_was_stays(house):
    started, left = chosen(house, rows=[house.assignment]), chosen(house, rows=[house.coordinating])
    start(started, by=house.secretary, at=NOW, reason=WHY)
    later = choose("suspend", [house.coordinating], by=house.secretary, at=NOW + timedelta(days=1, seconds=1))
    assert set(BulkChange.objects.all()) == {started, later}
    assert not BulkRow.objects.filter(change=left.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_do_each_row_once(house):
    rows = [make_assignment(directive=make_directive(house.notice)) for _ in range(12)]
    change = chosen(house, rows=rows)
    start(change, by=house.secretary, at=NOW, reason=WHY)
    done: list[int] = []

    def work() -> None:
        done.append(change_waiting(now=NOW))
        connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 12
    assert set(BulkRow.objects.values_list("state", flat=True)) == {"changed"}
    assert Event.objects.filter(verb="suspend").count() == 12
