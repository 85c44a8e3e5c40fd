"""A line: one paragraph of a notice on one line in one spelling, with the place of every letter in the notice."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from directives.rules.notice_paragraphs import MARK
from directives.rules.spelling import fold

# Stars, strokes and underlines of converted documents are left out.
# Words that every notice holds, with one letter wrong: the right one is of the same length.
MISSPELT = (
    (
        re.compile(r"(?<!\w)(?:uy|ủv|úy|ùy) ban nh[âaă]n d[âaă]n(?!\w)|(?<!\w)ủy b[aâă]n nh[âaă]n [dđ][âaă]n(?!\w)"),
        "ủy ban nhân dân",
    ),
    (re.compile(r"(?<!\w)kh[aầâấẩ]n tr[uưươ][oơ]ng(?!\w)"), "khẩn trương"),
    (re.compile(r"(?<!\w)ch[iíìĩị] đạo(?!\w)"), "chỉ đạo"),
    (re.compile(r"(?<!\w)ph[ôồốỗộ]i h[ơờởỡợ]p(?!\w)"), "phối hợp"),
    (re.compile(r"(?<!\w)ch[uúùũụủ] tr[iíỉĩịì](?!\w)"), "chủ trì"),
    (re.compile(r"(?<!\w)r[aáảãạà] so[aáàảãạ]t(?!\w)"), "rà soát"),
)
PARAGRAPH_LIMIT = 12_000  # characters, some four pages
PARTS = re.compile(r"\s{1,400}|[^\s*|_]{1,400}")
ALIKE = (("–", "-"), ("—", "-"), ("−", "-"), ("“", '"'), ("”", '"'), ("’", "'"), ("‘", "'"))
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
    """The line of the paragraph `notice[start:end]`; of a longer one than any notice has, its beginning."""
    folded = fold(notice[start : min(end, start + PARAGRAPH_LIMIT)])
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    after = folded.starts if isinstance(folded.starts, range) else _ends(folded.starts)
    was_blank = True
    for found in PARTS.finditer(folded.text):
        if is_blank := found[0].isspace():
            if was_blank:
                continue
            words.append(" ")
            starts.append(start + folded.starts[found.start()])
            ends.append(start + folded.starts[found.end()])
        else:
            words.append(found[0])
            places = folded.starts[found.start() : found.end()]
            if isinstance(places, range):
                starts += range(start + places.start, start + places.stop)
                ends += range(start + places.start + 1, start + places.stop + 1)
            else:
                starts += [start + at for at in places]
                ends += [start + at for at in after[found.start() : found.end()]]
        was_blank = is_blank
    text = "".join(words)
    return Line(text, _low(text), starts, ends, _begin(text))


def _ends(starts: list[int]) -> list[int]:
    """Where each letter ends: two marks that make one letter of the notice share its place."""
    ends, end = [], starts[-1]
    for place, following in zip(reversed(starts[:-1]), reversed(starts[1:]), strict=True):
        end = following if following > place else end
        ends.append(end)
    return ends[::-1]


def _low(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):  # a few letters of other languages grow when they lose their capital
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    for letter, plain in ALIKE:
        low = low.replace(letter, plain)
    for pattern, plain in MISSPELT:
        low = pattern.sub(plain, low)
    return low


def _begin(text: str) -> int:
    begin = len(text) - len(text.lstrip())
    found = MARK.match(text, begin)
    begin = found.end() if found else begin
    begin += len(text[begin:]) - len(text[begin:].lstrip(" .-"))
    listed = LISTED.match(text.lower(), begin) if begin < len(text) and len(text.lower()) == len(text) else None
    return listed.end() if listed else begin
