"""Searching: what is typed and what is written, made alike, so that "chuyen doi so" finds "chuyển đổi số".

Only Latin letters and figures are left. `plain_text` has a twin in the database, held to it by a test; what stands in
an index was made by the twin.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

LONGEST_WORD = 60  # letters; the rest of a longer one is nobody's search
MOST_WORDS = 12
# What is set on a letter, or stands unseen inside a word: a soft hyphen, a joiner.
INSIDE = re.compile("[\u0300-\u036f\u00ad\u200c\u200d]")
APART = re.compile("[^a-z0-9]+")
TOO_LONG = re.compile(f"([a-z0-9]{{{LONGEST_WORD}}})[a-z0-9]+")
NOUGHTS = re.compile("(^| )0+([0-9])")
SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZđĐ", "abcdefghijklmnopqrstuvwxyzdd")


def plain_text(text: str) -> str:
    """The words of `text` in small Latin letters without marks, one blank between: "09/TB-VPCP" is "9 tb vpcp".

    Composed or decomposed, hoà or hòa, Đ or đ or d: all become the same.
    """
    letters = INSIDE.sub("", unicodedata.normalize("NFD", text)).translate(SMALL)
    words = NOUGHTS.sub(r"\1\2", APART.sub(" ", letters).strip())
    return TOO_LONG.sub(r"\1", words)


def words_typed(text: str) -> tuple[str, ...]:
    """The words that somebody typed, plain and in their order; no more than anybody needs."""
    return tuple(plain_text(text).split()[:MOST_WORDS])


def question(words: Sequence[str]) -> str:
    """`words` (not none) as PostgreSQL asks a tsvector: all of them, the last perhaps only begun.

    A figure is whole: 369 is not 3690.
    """
    *whole, last = words
    begun = f"'{last}':*" if len(last) > 1 and last.isalpha() else f"'{last}'"
    return " & ".join([*(f"'{word}'" for word in whole), begun])


def phrases(words: Sequence[str]) -> Iterator[str]:
    """Every stretch of `words`: a name may stand anywhere among them."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield " ".join(words[start:end])


def beside_name(words: Sequence[str], names: Collection[str]) -> tuple[str, ...] | None:
    """What is said beside the name of somebody who is called `names`: nothing where they hold all of `words`.

    Otherwise a name must stand whole among the words, the longest is taken. None where none does.
    """
    said = f" {' '.join(words)} "
    if all(any(f" {word}" in f" {name}" for name in names) for word in words):
        return ()
    whole = max((name for name in names if f" {name} " in said), key=len, default=None)
    return None if whole is None else tuple(said.replace(f" {whole} ", " ", 1).split())
