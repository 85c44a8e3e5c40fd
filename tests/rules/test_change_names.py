"""The names of changes, and which of them somebody asked for."""

import pytest

from directives.rules.change_names import NAMES, is_asked_for, name_of, read_names
from directives.rules.change_names import VERBS as CHANGE_VERBS
from directives.rules.refusals import Invalid
from tracker.admin.words import VERBS as WORDS


@pytest.mark.parametrize(
    ("kind", "verb", "gone", "name"),
    [
        ("assignment", "hand_in", False, "assignment.hand_in"),
        ("assignment", "", False, "assignment.changed"),
        ("assignment", "hand_in", True, "assignment.gone"),
    ],
)
def test_a_change_has_a_name(kind, verb, gone, name):
    assert name_of(kind, verb, gone=gone) == name
    assert name in NAMES


@pytest.mark.parametrize(
    ("names", "verb", "asked"),
    [
        ([], "hand_in", True),
        ([], "something_new", True),
        (["assignment.*"], "hand_in", True),
        (["assignment.*"], "something_new", True),
        (["assignment.hand_in"], "hand_in", True),
        (["assignment.hand_in"], "verify", False),
        (["assignment.hand_in"], "", False),
        (["assignment.changed"], "", True),
        (["notice.*"], "hand_in", False),
    ],
)
def test_who_hears_of_a_change_of_an_assignment(names, verb, asked):
    assert is_asked_for("assignment", verb, names) is asked


def test_names_are_kept_once_each_and_in_one_order():
    assert read_names(["assignment.verify", "notice.*", "assignment.hand_in", "notice.*"]) == [
        "notice.*",
        "assignment.hand_in",
        "assignment.verify",
    ]
    assert read_names([]) == []


def test_each_verb_has_its_words_at_the_desk():
    assert {verb for verbs in CHANGE_VERBS.values() for verb in verbs} - WORDS.keys() == set()


@pytest.mark.parametrize("name", ["assignment", "assignment.fly", "*", "", "report.*", "Assignment.*"])
def test_an_unknown_name_is_refused(name):
    with pytest.raises(Invalid) as refused:
        read_names(["notice.*", name])
    assert refused.value.field == "events"
