"""Refusals: why something is not done, told as a sentence a person can act on.

The rules know no language but the English of the source. A sentence stands in the rule as a
constant marked with `N_`, so that the catalogues can hold it; whoever is at the edge translates
`refusal.sentence` and then fills in `refusal.params`. `str(refusal)` is that sentence filled in,
in English, or in the reader's language where the sentence is itself a lazy translation.
"""

from typing import Protocol


class Sentence(Protocol):
    """A sentence, or a lazy translation that becomes one when it is read."""

    def __str__(self) -> str: ...


def N_(sentence: str) -> str:  # noqa: N802 - the name by which gettext's tools know a marked sentence
    """Mark `sentence` for the catalogues and hand it back unchanged."""
    return sentence


class Refusal(Exception):
    """What was asked is refused, and nothing has changed.

    `sentence` may hold named places, `%(name)s`, filled from `params`. It is kept as given: a lazy
    translation stays lazy until it is read.
    """

    def __init__(self, sentence: Sentence, /, **params: object) -> None:
        super().__init__(sentence, params)
        self.sentence: Sentence = sentence
        self.params: dict[str, object] = params

    def __str__(self) -> str:
        sentence = str(self.sentence)
        return sentence % self.params if self.params else sentence
