"""Two people at one form: what each changed is kept, and only what both changed differently is to be decided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.reconciling import Who, compare, reconcile, reconcile_rows

words = st.sampled_from(["", "a", "b", "c"])
sets = st.frozensets(st.sampled_from("abcd"))
lists = st.lists(st.sampled_from("abcd"), unique=True).map(tuple)
values = st.one_of(words, sets, lists, st.none())
NAMES = ("kind", "due_on", "wording", "share", "aliases")
forms = st.dictionaries(st.sampled_from(NAMES), values)
ordered = st.fixed_dictionaries({"wording": words, "share": sets, "aliases": lists})
rows = st.dictionaries(st.integers(1, 4), st.fixed_dictionaries({"offset": words, "audience": words}))
additions = st.dictionaries(st.sampled_from(["new-1", "new-2"]), st.fixed_dictionaries({"offset": words}), max_size=2)
DEADLINE = (("kind", "due_on"),)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "who", "result"),
    [
        ("a", "a", "a", Who.NOBODY, "a"),
        ("a", "b", "a", Who.THEY, "b"),
        ("a", "a", "b", Who.ME, "b"),
        ("a", "b", "b", Who.ALIKE, "b"),
        ("a", "b", "c", Who.CONFLICT, "b"),
        (None, "b", None, Who.THEY, "b"),
        (frozenset("ab"), frozenset("abc"), frozenset("a"), Who.JOINED, frozenset("ac")),
        (frozenset("ab"), frozenset("a"), frozenset("bd"), Who.JOINED, frozenset("d")),
        (("a", "b"), ("a", "b", "c"), ("d", "a", "b"), Who.JOINED, ("a", "b", "c", "d")),
        (("a", "b"), ("b",), ("a", "b", "c"), Who.JOINED, ("b", "c")),
        (("a", "b"), ("a", "b"), ("b", "a"), Who.ME, ("b", "a")),
    ],
    ids=["nobody", "they", "I", "both alike", "both differently", "a field that is new", "I untick, they tick",
         "they untick, I do and tick", "both add a line", "they strike one, I add one", "I order anew"],
)  # fmt: skip
def test_a_field_is_theirs_or_mine_or_to_be_decided(base, theirs, mine, who, result):
    found = compare(base, theirs, mine)
    assert (found.who, found.result) == (who, result)


@given(forms, forms)
def test_who_changed_nothing_undoes_nothing(base, theirs):
    found = reconcile(base, theirs, base)
    assert {name: one.result for name, one in found.items()} == {name: theirs.get(name) for name in found}
    assert {one.who for one in found.values()} <= {Who.NOBODY, Who.THEY}


@given(forms, forms)
def test_where_nobody_else_changed_anything_what_was_sent_is_kept(base, mine):
    found = reconcile(base, base, mine)
    assert {name: one.result for name, one in found.items()} == {name: mine.get(name) for name in found}


@given(forms, forms)
def test_the_same_from_both_is_no_conflict(base, both):
    assert {one.who for one in reconcile(base, both, both, together=DEADLINE).values()} <= {Who.NOBODY, Who.ALIKE}


@given(forms, forms, forms)
def test_no_field_is_lost_or_invented(base, theirs, mine):
    found = reconcile(base, theirs, mine, together=DEADLINE)
    assert found.keys() == base.keys() | theirs.keys() | mine.keys()
    for name, one in found.items():
        assert (one.base, one.theirs, one.mine) == (base.get(name), theirs.get(name), mine.get(name))


@given(forms, forms, forms)
def test_it_is_the_same_whoever_saves_first(base, one, other):
    found, turned = (reconcile(base, *sides, together=DEADLINE) for sides in ((one, other), (other, one)))
    for name in found:
        assert (found[name].who is Who.CONFLICT) == (turned[name].who is Who.CONFLICT)
        if found[name].who is not Who.CONFLICT:
            assert _loosely(found[name].result) == _loosely(turned[name].result)


@given(ordered, ordered, ordered)
def test_saving_what_was_put_together_meets_nothing_any_more(base, theirs, mine):
    result = {name: one.result for name, one in reconcile(base, theirs, mine).items()}
    again = reconcile(theirs, theirs, result)
    assert {name: one.result for name, one in again.items()} == result
    assert {one.who for one in again.values()} <= {Who.NOBODY, Who.ME}


@given(sets | lists, sets | lists, sets | lists)
def test_no_element_that_somebody_added_is_lost_and_none_that_was_taken_out_comes_back(base, theirs, mine):
    found = compare(base, theirs, mine)
    if found.who is not Who.JOINED:
        return
    was, they, i, now = map(set, (base, theirs, mine, found.result))
    assert now >= (they - was) | (i - was)
    assert not now & ((was - they) | (was - i))
    assert len(found.result) == len(now)


def test_fields_that_belong_together_are_decided_together():
    base = {"kind": "date", "due_on": "2024-12-31", "wording": "a"}
    theirs, mine = base | {"kind": "ongoing", "wording": "b"}, base | {"due_on": "2025-01-31"}
    assert {name: one.who for name, one in reconcile(base, theirs, mine).items()} == {
        "kind": Who.THEY, "due_on": Who.ME, "wording": Who.THEY,
    }  # fmt: skip
    assert {name: one.who for name, one in reconcile(base, theirs, mine, together=DEADLINE).items()} == {
        "kind": Who.CONFLICT, "due_on": Who.CONFLICT, "wording": Who.THEY,
    }  # fmt: skip


RUNG = {"offset": "-3", "audience": "officer"}
HIGHER = RUNG | {"audience": "head"}


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "who", "kept"),
    [
        ({1: RUNG}, {1: RUNG}, {1: RUNG}, Who.NOBODY, True),
        ({1: RUNG}, {1: HIGHER}, {1: RUNG}, Who.THEY, True),
        ({1: RUNG}, {1: HIGHER}, {1: RUNG | {"offset": "-5"}}, Who.JOINED, True),
        ({1: RUNG}, {}, {1: RUNG}, Who.THEY, False),
        ({1: RUNG}, {1: RUNG}, {}, Who.ME, False),
        ({1: RUNG}, {}, {}, Who.ALIKE, False),
        ({1: RUNG}, {}, {1: HIGHER}, Who.CONFLICT, False),
        ({1: RUNG}, {1: HIGHER}, {}, Who.CONFLICT, True),
        ({}, {1: RUNG}, {}, Who.THEY, True),
        ({}, {}, {1: RUNG}, Who.ME, True),
    ],
    ids=["untouched", "they change", "each another field", "they remove", "I remove", "both remove",
         "they remove what I change", "I remove what they change", "they add", "I add"],
)  # fmt: skip
def test_a_row_is_there_or_not(base, theirs, mine, who, kept):
    found = reconcile_rows(base, theirs, mine)[1]
    assert (found.who, found.kept) == (who, kept)


def test_what_both_add_word_for_word_is_there_once():
    found = reconcile_rows({}, {7: RUNG}, {"new": RUNG, "other": HIGHER})
    assert {key: row.kept for key, row in found.items()} == {7: True, "new": False, "other": True}


@given(rows, rows, rows, additions)
def test_no_row_is_lost_unless_somebody_removed_it(base, theirs, mine, added):
    mine = {key: row for key, row in mine.items() if key in base} | added
    found = reconcile_rows(base, theirs, mine)
    assert found.keys() == base.keys() | theirs.keys() | mine.keys()
    for key, row in found.items():
        removed = key in base and (key not in theirs or key not in mine)
        assert row.kept or removed or row.who is Who.ALIKE
        assert row.who is not Who.CONFLICT or row.kept == (key in theirs)


def _loosely(value):
    """A list without its order: who saved first stands first in it."""
    return frozenset(value) if isinstance(value, tuple) else value
