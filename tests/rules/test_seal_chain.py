"""The chain of history: one spelling for each event, and a walk that finds what was done to it."""

import hashlib
import random
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.seal_chain import (
    ANCHOR_DISORDERED,
    EVENT_MISSING,
    GENESIS,
    NOT_AS_ANCHORED,
    NOT_AS_SEALED,
    SEAL_MISSING,
    TAIL_CUT,
    Anchor,
    Finding,
    Link,
    Walk,
    canonical,
    chained,
)

NOON = datetime(2024, 8, 9, 5, 0, tzinfo=UTC)  # noon in Hanoi


@pytest.mark.parametrize(
    ("fact", "spelling"),
    [
        (None, "null"),
        (True, "true"),
        (12, "12"),
        (Decimal("0.10"), "0.10"),
        (Decimal("1E-7"), "0.0000001"),
        ("Đôn đốc", '"Đôn đốc"'),
        ('"\\\n\x1f', '"\\"\\\\\\n\\u001f"'),
        (NOON, '"2024-08-09T05:00:00.000000Z"'),
        (NOON.astimezone(timezone(timedelta(hours=7))), '"2024-08-09T05:00:00.000000Z"'),
        (UUID(int=7), '"00000000-0000-0000-0000-000000000007"'),
        ([1, [None]], "[1,[null]]"),
        ({"ổ": 1, "b": {"z": 1, "a": 2}, "B": []}, '{"B":[],"b":{"a":2,"z":1},"ổ":1}'),
    ],
)
def test_every_fact_has_one_spelling(fact, spelling):
    assert canonical(fact) == spelling


def test_text_is_sealed_byte_for_byte_and_never_normalised():
    composed, decomposed = "\u1ed5", "o\u0302\u0309"
    assert canonical(composed) != canonical(decomposed)


@pytest.mark.parametrize(("fact", "refusal"), [(0.1, TypeError), (NOON.replace(tzinfo=None), ValueError)])
def test_what_has_no_one_spelling_is_refused(fact, refusal):
    with pytest.raises(refusal):
        canonical({"at": fact})


json_facts = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.tuples(st.text(), json_facts), max_size=6, unique_by=lambda fact: fact[0]))
def test_the_order_of_keys_does_not_matter(facts):
    assert canonical(dict(facts)) == canonical(dict(reversed(facts)))


@given(json_facts, json_facts)
def test_different_facts_have_different_spellings(one, other):
    assert (canonical(one) == canonical(other)) == (repr(_plain(one)) == repr(_plain(other)))


def _plain(fact):
    """The same with keys in one order, so that `repr` tells what differs (it keeps True and 1 apart)."""
    if isinstance(fact, dict):
        return {key: _plain(fact[key]) for key in sorted(fact)}
    return [_plain(part) for part in fact] if isinstance(fact, list) else fact


def test_the_hash_can_be_counted_by_hand():
    by_hand = hashlib.sha256((GENESIS + "1" + '{"verb":"issue"}').encode()).hexdigest()
    assert chained(GENESIS, 1, {"verb": "issue"}) == by_hand


# --- the walk


def chain(length=9):
    links, before = [], GENESIS
    for sequence in range(1, length + 1):
        event = {"id": sequence, "verb": "report"}
        before = chained(before, sequence, event)
        links.append(Link(sequence, before, event))
    return links


def anchor(link):
    return Anchor(link.sequence, link.hash, "2024-08-09T05:00:00+00:00")


def walked(links, anchors=()):
    walk = Walk(anchors)
    for link in links:
        walk.follow(link)
    return walk.end()


def test_a_whole_chain_has_no_finding():
    links = chain()
    walk = Walk([anchor(links[3]), anchor(links[8])])
    for link in links:
        walk.follow(link)
    assert (walk.end(), walk.head, walk.anchored) == ([], 9, 9)


def test_an_empty_chain_has_no_finding():
    assert walked([]) == []


def test_a_changed_event_is_named():
    links = chain()
    links[4] = Link(5, links[4].hash, {"id": 5, "verb": "verify"})
    assert walked(links) == [Finding(NOT_AS_SEALED, "#5")]


@pytest.mark.parametrize("place", [1, 5, 9])
def test_a_changed_hash_is_named_once(place):
    links = chain()
    links[place - 1] = Link(place, "f" * 64, links[place - 1].event)
    assert walked(links) == [Finding(NOT_AS_SEALED, f"#{place}")]


def test_a_missing_event_is_named():
    links = chain()
    links[4] = Link(5, links[4].hash, None)
    assert walked(links) == [Finding(EVENT_MISSING, "#5")]


@pytest.mark.parametrize(("gone", "place"), [(slice(4, 5), "#5"), (slice(0, 3), "#1-#3")])
def test_missing_seals_are_named(gone, place):
    links = chain()
    del links[gone]
    assert walked(links) == [Finding(SEAL_MISSING, place)]


def test_exchanged_events_are_named():
    links = chain()
    links[3], links[4] = Link(4, links[3].hash, links[4].event), Link(5, links[4].hash, links[3].event)
    assert walked(links) == [Finding(NOT_AS_SEALED, "#4-#5")]


def test_exchanged_seals_are_named():
    links = chain()
    links[3], links[4] = Link(4, links[4].hash, links[4].event), Link(5, links[3].hash, links[3].event)
    assert walked(links) == [Finding(NOT_AS_SEALED, "#4-#6")]


def test_a_cut_tail_is_known_by_its_anchor():
    links = chain()
    assert walked(links[:6], [anchor(links[2]), anchor(links[8])]) == [Finding(TAIL_CUT, "#7-#9")]


def test_a_chain_that_was_written_anew_is_known_by_any_anchor():
    anew, before = [], GENESIS
    for sequence in range(1, 10):
        before = chained(before, sequence, {"id": sequence, "verb": "verify"})
        anew.append(Link(sequence, before, {"id": sequence, "verb": "verify"}))
    assert walked(anew, [anchor(chain()[4]), anchor(anew[8])]) == [Finding(NOT_AS_ANCHORED, "#5")]


def test_an_anchor_that_goes_back_is_named():
    links = chain()
    anchors = [anchor(links[5]), anchor(links[2]), anchor(links[8])]
    assert walked(links, anchors) == [Finding(ANCHOR_DISORDERED, "#3")]


def test_each_trouble_is_told_once_with_its_range():
    links = chain(200)
    ruined = [Link(link.sequence, link.hash, {"id": 0}) for link in links[9:]]
    assert [str(finding) for finding in walked(links[:9] + ruined)] == [
        "#10-#200: event and seal do not fit: one of them was changed or exchanged."
    ]


@given(st.integers(1, 30), st.integers(0, 29), st.integers(0, 10**6))
def test_any_single_change_is_found(length, where, seed):
    links = chain(length)
    link = links[where % length]
    chance = random.Random(seed)
    hash_ = list(link.hash)
    changed = chance.choice([0, 1, 2])
    if changed == 0:
        place = chance.randrange(64)
        hash_[place] = chance.choice([digit for digit in "0123456789abcdef" if digit != hash_[place]])
    event = {**link.event, "id": link.event["id"] + 1} if changed == 1 else link.event
    links[where % length] = Link(link.sequence, "".join(hash_), None if changed == 2 else event)
    assert [finding.place for finding in walked(links)] == [f"#{link.sequence}"]
