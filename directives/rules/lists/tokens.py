"""Words of a line, each as it is written, with its marks and without."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from directives.rules.lists.cells import marked_words, plain_words

WORD = re.compile(r"\w+")
PART = re.compile(r"[,;:/()]|\s[-–]\s")


@dataclass(frozen=True)
class Token:
    """A word at letters `start`:`end` of its line, with marks and without, and the signs that follow it."""

    start: int
    end: int
    marked: str
    plain: str
    after: str

    @property
    def ends_part(self) -> bool:
        """Whether a comma or the like follows."""
        return PART.search(self.after) is not None

    @property
    def opens_list(self) -> bool:
        """Whether a colon follows."""
        return ":" in self.after


def tokens_of(line: str) -> Sequence[Token]:
    """The words of `line` in their order."""
    found = [word for word in WORD.finditer(line) if plain_words(word[0])]
    ends = [word.start() for word in found[1:]] + [len(line)] * bool(found)
    return [
        Token(word.start(), word.end(), marked_words(word[0]), plain_words(word[0]), line[word.end() : until])
        for word, until in zip(found, ends, strict=True)
    ]
