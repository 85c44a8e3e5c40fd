"""Spelling: one form of a Vietnamese text to search in, without losing a place in it.

The same word is written in more than one way: composed or decomposed (NFC, NFD), with the tone on
either vowel (hoà, hòa), with stray blanks of every width.
"""

import re
import unicodedata
from dataclasses import dataclass

# The tone stands on the second vowel of an open syllable (hoà, thuỷ), which the newer orthography
# moves to the first (hòa, thủy). Hoàn and quý are spelt alike in both. Two letters stay two letters.
OLD_TONE = re.compile(r"(?<![qQ])(?:[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ])(?![^\W\d_])")
LINE_ENDS = str.maketrans(dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"))
BLANKS = str.maketrans(
    dict.fromkeys(
        "\x1f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
        "\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff",
        " ",
    )
)


@dataclass(frozen=True)
class Folded:
    """`text` in one spelling; letter `i` of it stands at `starts[i]` of the original, which ends at `starts[-1]`."""

    text: str
    starts: range | list[int]


def fold(original: str) -> Folded:
    """`original` composed, with one tone placement and plain blanks and line ends. Keeps every place."""
    if unicodedata.is_normalized("NFC", original):
        return Folded(_one_spelling(original), range(len(original) + 1))
    letters: list[str] = []
    starts: list[int] = []
    at = 0
    while at < len(original):
        end = at + 1
        while end < len(original) and unicodedata.combining(original[end]):
            end += 1
        composed = unicodedata.normalize("NFC", original[at:end])
        letters.append(composed)
        # A mark that goes with no letter stays itself, in its own place: the last marks are those that stay.
        starts.extend([at, *(max(at, end - left) for left in range(len(composed) - 1, 0, -1))])
        at = end
    return Folded(_one_spelling("".join(letters)), [*starts, len(original)])


def one_tone(text: str) -> str:
    """Composed `text` with the tone where the newer orthography has it: hòa, thủy, ủy."""
    return OLD_TONE.sub(_moved, text)


def without_marks(text: str) -> str:
    """`text` in plain Latin letters, as it is typed without a Vietnamese keyboard: "Thời hạn" is "Thoi han"."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def squeeze(text: str) -> str:
    """`text` on one line, without the stars and strokes that converted tables and bold type leave."""
    return " ".join(text.replace("*", " ").replace("|", " ").replace("_", " ").split())


def _moved(found: re.Match[str]) -> str:
    vowel = unicodedata.normalize("NFD", found[0][1])
    return unicodedata.normalize("NFC", found[0][0] + vowel[1]) + vowel[0]


def _one_spelling(text: str) -> str:
    return one_tone(text).translate(LINE_ENDS).translate(BLANKS)
