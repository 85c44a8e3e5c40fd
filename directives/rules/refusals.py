"""The refusals of the rules: a value that cannot be accepted, and somebody who was faster.

The base of all refusals stands in `accounts.refusals`, the lowest room.
"""

from accounts.refusals import N_, Refusal, Sentence

__all__ = ["N_", "Invalid", "Refusal", "Sentence", "Stale"]


class Invalid(Refusal):
    """A value given cannot be accepted; `field` names it as the form and the API do."""

    def __init__(self, field: str, sentence: Sentence, /, **params: object) -> None:
        super().__init__(sentence, **params)
        self.field: str = field


class Stale(Refusal):
    """Someone else was faster: what was to be changed is no longer as it was read."""
