"""Refusals: a sentence, kept as given and told when it is read."""

import pytest

from directives.rules.refusals import N_, Invalid, Refusal, Stale


class Lazy:
    """A sentence that is only known when it is read."""

    def __str__(self):
        return "Ngày %(day)s trước ngày ban hành."


def test_a_refusal_is_its_sentence():
    assert str(Refusal("The notice was withdrawn.")) == "The notice was withdrawn."


def test_a_refusal_fills_in_what_it_was_given():
    refusal = Stale("%(name)s changed this %(n)d times.", name="The secretariat", n=2)
    assert str(refusal) == "The secretariat changed this 2 times."
    assert refusal.sentence == "%(name)s changed this %(n)d times."
    assert refusal.params == {"name": "The secretariat", "n": 2}


def test_a_sentence_without_places_may_hold_a_percent_sign():
    assert str(Refusal("More than 100 % cannot be done.")) == "More than 100 % cannot be done."


def test_an_invalid_value_names_its_field():
    refusal = Invalid("due_on", "The date is before %(day)s.", day="09/08/2024")
    assert (refusal.field, str(refusal)) == ("due_on", "The date is before 09/08/2024.")


def test_a_place_may_have_any_name():
    assert str(Invalid("file", "%(field)s: %(sentence)s", field="a", sentence="b")) == "a: b"


def test_a_lazy_sentence_stays_lazy_until_it_is_read():
    sentence = Lazy()
    refusal = Refusal(sentence, day="01/01/2024")
    assert refusal.sentence is sentence
    assert str(refusal) == "Ngày 01/01/2024 trước ngày ban hành."


def test_a_marked_sentence_is_unchanged():
    assert N_("Number") == "Number"


@pytest.mark.parametrize("kind", [Invalid, Stale])
def test_every_refusal_is_caught_as_one(kind):
    assert issubclass(kind, Refusal)
