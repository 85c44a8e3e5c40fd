"""The life of an assignment: what may follow what, and who may do it."""

import pytest

from directives.rules import lifecycle
from directives.rules.lifecycle import (
    LIVE,
    NEXT,
    NOW_IT_IS,
    OPEN,
    SECRETARIAT,
    TABLE,
    VERBS,
    WORKING,
    Move,
    State,
    WrongMoment,
    after,
    allowed,
)

# The table once more, as the secretariat would tell it; what is not here is refused.
AGREED = {
    "assigned": {
        "acknowledge": "acknowledged",
        "start": "in_progress",
        "report": "in_progress",
        "hand_down": "in_progress",
        "hand_in": "handed_in",
        "decline": "declined",
        "suspend": "suspended",
        "withdraw": "withdrawn",
        "reassign": "reassigned",
        "request_extension": "assigned",
        "decide_extension": "assigned",
        "ask": "assigned",
        "answer": "assigned",
        "set_deadline": "assigned",
    },
    "acknowledged": {
        "start": "in_progress",
        "report": "in_progress",
        "hand_down": "in_progress",
        "hand_in": "handed_in",
        "decline": "declined",
        "suspend": "suspended",
        "withdraw": "withdrawn",
        "reassign": "reassigned",
        "request_extension": "acknowledged",
        "decide_extension": "acknowledged",
        "ask": "acknowledged",
        "answer": "acknowledged",
        "set_deadline": "acknowledged",
    },
    "in_progress": {
        "report": "in_progress",
        "hand_down": "in_progress",
        "hand_in": "handed_in",
        "suspend": "suspended",
        "withdraw": "withdrawn",
        "reassign": "reassigned",
        "request_extension": "in_progress",
        "decide_extension": "in_progress",
        "ask": "in_progress",
        "answer": "in_progress",
        "set_deadline": "in_progress",
    },
    "handed_in": {
        "verify": "done",
        "return": "in_progress",
        "withdraw": "withdrawn",
        "decide_extension": "handed_in",
        "answer": "handed_in",
    },
    "done": {},
    "declined": {
        "withdraw": "withdrawn",
        "reassign": "reassigned",
    },
    "suspended": {
        "resume": "in_progress",
        "withdraw": "withdrawn",
        "reassign": "reassigned",
        "decide_extension": "suspended",
        "answer": "suspended",
        "set_deadline": "suspended",
    },
    "withdrawn": {},
    "reassigned": {},
}
PAIRS = [(state, verb) for state in State for verb in VERBS]


@pytest.mark.parametrize(("state", "verb"), PAIRS)
def test_a_verb_leads_where_was_agreed_or_is_refused(state, verb):
    agreed = AGREED[state].get(verb)
    assert allowed(state, verb) == (agreed is not None)
    if agreed is not None:
        assert after(state, verb) == agreed
        return
    with pytest.raises(WrongMoment) as refusal:
        after(state, verb)
    assert str(refusal.value) == NOW_IT_IS[state]


def test_a_verb_that_the_table_does_not_know_is_refused_in_every_state():
    for state in State:
        with pytest.raises(WrongMoment):
            after(state, "publish")


def test_from_one_state_a_verb_leads_one_way():
    assert len(NEXT) == len(TABLE)


def test_every_verb_and_state_has_its_name_and_every_state_its_refusal():
    assert {move.verb for move in TABLE} == set(VERBS)
    assert set(NOW_IT_IS) == set(State)
    assert all(state.label for state in State)


def test_a_verb_is_always_done_by_the_same_body_and_asks_for_a_reason_always_or_never():
    for verb in VERBS:
        moves = [move for move in TABLE if move.verb == verb]
        assert len({(move.who, move.needs_reason) for move in moves}) == 1


def test_what_takes_work_away_or_sends_it_back_needs_a_reason():
    reasons = {move.verb for move in TABLE if move.needs_reason}
    taking = {"return", "decline", "suspend", "resume", "withdraw", "reassign", "set_deadline"}
    assert reasons == {*taking, "request_extension"}


def test_the_agency_never_verifies_its_own_work():
    assert {move.who for move in TABLE if move.target == State.DONE} == {"secretariat"}


@pytest.mark.parametrize("left", WORKING)
def test_resumed_work_is_what_it_was_when_it_was_suspended(left):
    assert after(State.SUSPENDED, "resume", left=left) == left
    assert {move.verb for move in TABLE if move.back} == {"resume"}


@pytest.mark.parametrize("verb", ["withdraw", "reassign"])
def test_only_a_move_back_asks_what_was_left(verb):
    assert after(State.SUSPENDED, verb, left=State.ASSIGNED) == after(State.SUSPENDED, verb)


def test_every_state_can_be_reached_from_assigned():
    reached = {State.ASSIGNED}
    for _ in State:
        reached |= {move.target for move in TABLE if move.source in reached}
    assert reached == set(State)


def test_from_every_open_state_work_can_still_be_done_or_taken_back():
    can_end = {State.DONE}
    for _ in State:
        can_end |= {move.source for move in TABLE if move.target in can_end}
    assert set(OPEN) <= can_end
    assert all(allowed(state, "withdraw") for state in OPEN)


def test_nothing_follows_what_is_finished_but_what_was_declined_is_settled():
    assert {move.source for move in TABLE} == {*OPEN, State.DECLINED}
    assert {move.target for move in TABLE if move.source == State.DECLINED} == {State.WITHDRAWN, State.REASSIGNED}


def test_working_is_open_and_open_is_live():
    assert set(WORKING) < set(OPEN) < set(LIVE)
    assert set(LIVE) - set(OPEN) == {State.DONE}


def test_a_verb_stands_in_the_table_once_for_each_state_it_leaves():
    rows = lifecycle._moves("return", (State.HANDED_IN, State.DONE), State.IN_PROGRESS, SECRETARIAT, reason=True)
    assert rows == [
        Move("return", State.HANDED_IN, State.IN_PROGRESS, SECRETARIAT, needs_reason=True),
        Move("return", State.DONE, State.IN_PROGRESS, SECRETARIAT, needs_reason=True),
    ]
    assert not lifecycle._moves("start", (State.ASSIGNED,), State.IN_PROGRESS, SECRETARIAT)[0].needs_reason
