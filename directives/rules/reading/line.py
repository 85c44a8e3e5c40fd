"""A line: one paragraph of a notice on one line in one spelling, with the place of every letter in the notice."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from directives.rules.notice_paragraphs import MARK
from directives.rules.spelling import fold

DROPPED = frozenset("*|_")
DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "’": "'", "‘": "'"})
# Telegrams and press reports mark what they list in ways that a paragraph's number does not cover.
LISTED = re.compile(r"(?:[*\-+•●▪] ?)?(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười),? ?)?")


@dataclass(frozen=True)
class Line:
    """`text` with its capitals and `low` without; letter `i` of both stands at `starts[i]`:`ends[i]` of the notice.

    `begin` is where the words begin after the paragraph's own number or dash.
    """

    text: str
    low: str
    starts: list[int]
    ends: list[int]
    begin: int

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where the letters `start`:`end` of the line stand in the notice, without blanks at either side."""
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def at(self, place: int) -> int:
        """The letter of the line that stands at `place` of the notice, or the one before it."""
        return max(0, bisect_right(self.starts, place) - 1)


def line_of(notice: str, start: int, end: int) -> Line:
    """The line of the paragraph `notice[start:end]`."""
    folded = fold(notice[start:end])
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    is_blank = True
    for at, letter in enumerate(folded.text):
        if letter in DROPPED:
            continue
        if letter.isspace() and is_blank:
            continue
        is_blank = letter.isspace()
        letters.append(" " if is_blank else letter)
        starts.append(start + folded.starts[at])
        ends.append(start + folded.starts[at + 1])
    text = "".join(letters)
    return Line(text, _low(text), starts, ends, _begin(text))


def _low(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):  # a few letters of other languages grow when they lose their capital
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return low.translate(DASHES)


def _begin(text: str) -> int:
    begin = len(text) - len(text.lstrip())
    found = MARK.match(text, begin)
    begin = found.end() if found else begin
    begin += len(text[begin:]) - len(text[begin:].lstrip(" .-"))
    listed = LISTED.match(text.lower(), begin) if begin < len(text) and len(text.lower()) == len(text) else None
    return listed.end() if listed else begin
