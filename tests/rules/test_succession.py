"""What becomes of open work when agencies merge: nothing is lost, nothing is held twice."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.lifecycle import LIVE, OPEN, State
from directives.rules.succession import PRECEDENCE, Fate, Holding, fates


def part(key: int, role: str = "share", state: str = "in_progress", *, own: bool = False, duty: str = "a") -> Holding:
    return Holding(key, duty, role, state, own)


TABLE = {
    "work of one predecessor passes": ([part(1)], {1: "moved"}),
    "what was done stays under the old name": ([part(1, state="done")], {}),
    "what waits for verification passes as it waits": ([part(1, state="handed_in")], {1: "moved"}),
    "what is suspended passes suspended": ([part(1, state="suspended")], {1: "moved"}),
    "of two predecessors' same parts the younger joins the older": ([part(1), part(2)], {1: "moved", 2: "joined"}),
    "a part joins the successor's own": ([part(1), part(2, own=True)], {1: "joined"}),
    "the successor's coordinating joins the lead that it takes over": (
        [part(1, "lead"), part(2, "coordinating", own=True)],
        {1: "moved", 2: "joined"},
    ),
    "coordinating joins the successor's own lead": (
        [part(1, "coordinating"), part(2, "lead", own=True)],
        {1: "joined"},
    ),
    "what the successor has done takes nothing in": ([part(1), part(2, state="done", own=True)], {1: "left"}),
    "what it has done in another role is no hindrance": (
        [part(1, "lead"), part(2, "coordinating", state="done", own=True)],
        {1: "moved"},
    ),
    "what was handed in is not ended": ([part(1), part(2, state="handed_in")], {1: "moved", 2: "left"}),
    "another role that was handed in passes beside": (
        [part(1, "lead"), part(2, "coordinating", state="handed_in")],
        {1: "moved", 2: "moved"},
    ),
    "other directives do not matter": ([part(1), part(2, own=True, duty="b")], {1: "moved"}),
}


@pytest.mark.parametrize(("held", "expected"), TABLE.values(), ids=TABLE)
def test_the_fate_of_a_part(held, expected):
    assert fates(held) == expected


parts = st.builds(
    Holding,
    key=st.integers(1, 1000),
    duty=st.sampled_from("ab"),
    role=st.sampled_from(PRECEDENCE),
    state=st.sampled_from([str(state) for state in LIVE]),
    of_successor=st.booleans(),
)


def possible(held: list[Holding]) -> bool:
    """As the database holds it: one live part for each agency and role; there are several predecessors."""
    own = Counter((row.duty, row.role) for row in held if row.of_successor)
    return max(own.values(), default=0) <= 1


@given(st.lists(parts, max_size=8, unique_by=lambda row: row.key).filter(possible))
def test_afterwards_the_successor_holds_no_part_twice_and_every_duty_goes_on(held):
    found = fates(held)
    by_key = {row.key: row for row in held}
    of_successor = [row for row in held if (row.of_successor and row.key not in found) or found.get(row.key) == "moved"]
    assert max(Counter((row.duty, row.role) for row in of_successor).values(), default=0) <= 1
    assert all(by_key[key].state in OPEN for key in found)
    for key, fate in found.items():
        row = by_key[key]
        if fate == Fate.JOINED:
            assert row.state != State.HANDED_IN
            assert any(
                kept.duty == row.duty
                and kept.state in OPEN
                and PRECEDENCE.index(kept.role) <= PRECEDENCE.index(row.role)
                for kept in of_successor
            )
        else:
            assert not row.of_successor
    passed_over = [row for row in held if row.state in OPEN and not row.of_successor and row.key not in found]
    assert not passed_over
