"""Paragraphs of a notice: what is numbered, what is listed and what merely follows, by exact places.

The order is that of decree 30/2020/NĐ-CP, Appendix I: I, 1, a by the Vietnamese alphabet, then
dashes. A paragraph is cited by its label: "II.3.b" is point b of item 3 in part II, "II.3.b-2" its
second dash, "II.3¶2" the second paragraph of item 3 that has no mark of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from directives.rules.notice_parts import parts_of
from directives.rules.spelling import fold

LABEL_SIZE = 30
# No f, j, w or z (decree 30/2020/NĐ-CP, Appendix I).
ALPHABET = "abcdđeghiklmnopqrstuvxy"
ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10,
    "XI": 11, "XII": 12, "XIII": 13, "XIV": 14, "XV": 15, "XVI": 16, "XVII": 17, "XVIII": 18, "XIX": 19, "XX": 20,
}  # fmt: skip
# What converted tables and headings leave; the stars of bold type stay in the paragraph, out of its words.
EDGES = " \t_#>|"
NOISE = EDGES + "*"
MARK = re.compile(
    r"(?:Điều (?P<article>\d{1,3})[.:]?|(?P<roman>[IVX]{1,5})[./)]|(?P<upper>[A-H])\.|"
    r"(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3})\.?|\((?P<ringed>\d{1,2})\)|(?P<number>\d{1,2})[./]|"
    r"(?P<paren>\d{1,2})\)|\((?P<lower>[ivx]{1,4})\)|(?P<alpha>[a-zđ])[.)]|(?P<dash>[-–—])|(?P<plus>\+)|"
    r"(?P<dot>[•●▪]|\*(?= )))(?=[ *]|$|[^\W\d_])"
)
RANKS = ("upper", "roman", "article", "number", "decimal", "ringed", "paren", "alpha", "lower", "dash", "plus", "dot")
LETTERED = ("upper", "alpha", "lower")
BULLETS = {"dash": "-", "plus": "+", "dot": "*"}
SENTENCE_END = (".", ";", ":", "!", "?", "…", "/")
# After these a figure at the start of a line belongs to the sentence: "tại Khoản / 3. Điều 61".
AWAIT_A_FIGURE = frozenset({
    "khoản", "điều", "điểm", "mục", "chương", "phần", "số", "ngày", "tháng", "năm", "quý", "lần", "thứ", "đoạn", "gói",
    "từ", "đến", "và", "hoặc", "hơn", "khoảng", "trên", "dưới", "đạt", "gồm", "tuyến", "phiên",
})  # fmt: skip
CITED = re.compile(r"(?:khoản|điều|mục|điểm|chương|phần|nghị định|luật)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class ParagraphSpan:
    """A paragraph: `text[start:end]`, its label, and its depth below the notice from 1."""

    label: str
    start: int
    end: int
    depth: int


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    words: str
    indent: int
    is_bold: bool
    after_blank: bool
    is_indented: bool = False


@dataclass(frozen=True)
class _Mark:
    style: str
    ordinal: int
    written: str

    @property
    def rank(self) -> int:
        return RANKS.index(self.style)


@dataclass(frozen=True)
class _Level:
    mark: _Mark
    label: str
    start: int
    introduces: bool

    @property
    def is_head(self) -> bool:
        return self.mark.style in ("upper", "roman", "article")


def read_paragraphs(text: str) -> list[ParagraphSpan]:
    """The paragraphs of the notice's body, in order and without overlap. Never raises."""
    folded = fold(text)
    parts = parts_of(folded.text)
    lines = list(_lines(folded.text, parts.body_start, parts.body_end))
    return [
        ParagraphSpan(each.label[:LABEL_SIZE], folded.starts[each.start], folded.starts[each.end], each.depth)
        for each in _Outline(lines).paragraphs()
    ]


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    at, after_blank = start, True
    for raw in text[start:end].split("\n"):
        words = raw.strip(NOISE)
        if raw.lstrip(" \t|").startswith("* "):
            words = "* " + words
        if any(letter.isalnum() for letter in words):
            kept = raw.strip(EDGES)
            begin = at + raw.index(kept)
            indent = len(raw) - len(raw.lstrip(" \t"))
            yield _Line(begin, begin + len(kept), words, indent, kept.endswith("*"), after_blank)
            after_blank = False
        else:
            after_blank = True
        at += len(raw) + 1


def _mark(words: str) -> _Mark | None:
    found = MARK.match(words)
    if found is None:
        return None
    style = found.lastgroup or ""
    written = found[style]
    ordinal = {
        "roman": lambda: ROMAN.get(written, 0),
        "lower": lambda: ROMAN.get(written.upper(), 0),
        "upper": lambda: ord(written) - ord("A") + 1,
        "alpha": lambda: ALPHABET.find(written) + 1,
        "decimal": lambda: int(written.rsplit(".", 1)[1]),
    }.get(style, lambda: int(written) if written.isdigit() else 1)()
    return _Mark(style, ordinal, written) if ordinal else None


class _Outline:
    """Goes down the lines once and keeps the open levels: part, item, point, dash."""

    def __init__(self, lines: list[_Line]) -> None:
        pairs = zip(lines, [*lines[1:], *lines[-1:]], strict=True)
        # The first line of a paragraph stands further in than the next, where a PDF keeps its layout.
        self.lines = [replace(line, is_indented=line.indent > below.indent + 2) for line, below in pairs]
        self.levels: list[_Level] = []
        self.followers = 0
        self.used: dict[str, int] = {}
        lengths = sorted(line.end - line.start for line in lines)
        self.width = lengths[len(lengths) * 9 // 10] if lengths else 0
        broken = sum(not line.words.endswith(SENTENCE_END) for line in lines)
        # Lines of a PDF or of converted HTML end anywhere; those of a .docx are whole paragraphs.
        self.is_wrapped = self.width <= 140 and broken * 10 > len(lines) * 3

    def paragraphs(self) -> Iterator[ParagraphSpan]:
        current: ParagraphSpan | None = None
        previous: _Line | None = None
        for line in self.lines:
            mark = self._accepted(_mark(line.words), line, previous)
            if mark or previous is None or self._follows(line, previous):
                if current:
                    yield current
                current = self._opened(mark, line)
            elif current:
                current = ParagraphSpan(current.label, current.start, line.end, current.depth)
            previous = line
        if current:
            yield current

    def _accepted(self, mark: _Mark | None, line: _Line, previous: _Line | None) -> _Mark | None:
        """The mark, unless the figure or dash only stands there because a line was broken."""
        if mark is None or previous is None:
            return mark
        is_apart = line.after_blank or not self.is_wrapped or self._has_ended(previous)
        if mark.style in BULLETS:
            return mark if is_apart or previous.words.endswith(",") else None
        last = self._last(mark)
        if self._awaits_a_figure(previous) and not line.after_blank and not self._begins_below(mark, line, previous):
            return None
        below_a_head = bool(self.levels) and self.levels[-1].is_head and previous.start == self.levels[-1].start
        if (below_a_head or mark.ordinal == last + 1) and self._begins_a_sentence(line):
            return mark
        return mark if is_apart and (mark.ordinal == 1 or mark.ordinal > last) else None

    def _awaits_a_figure(self, line: _Line) -> bool:
        """Whether a sentence was broken before its figure: "tại Khoản"; a heading in capitals or in bold is whole."""
        last = line.words.rsplit(None, 1)[-1]
        return last.lower() in AWAIT_A_FIGURE and not (line.is_bold or line.words.isupper())

    def _begins_below(self, mark: _Mark, line: _Line, previous: _Line) -> bool:
        """Whether a list begins below a heading that ends in such a word: "2. Kinh tế số" before "a) Bộ A ..."."""
        found = MARK.match(line.words)
        rest = line.words[found.end() :].lstrip(NOISE) if found else ""
        if CITED.match(rest) or not self._begins_a_sentence(line):
            return False
        if mark.style in LETTERED:
            return True
        above = _mark(previous.words)
        is_lower = above is not None and above.rank < mark.rank
        is_short = not self.is_wrapped or previous.end - previous.start < self.width * 3 // 4
        return (mark.ordinal == 1 and is_lower) or (is_short and mark.ordinal == self._last(mark) + 1)

    def _last(self, mark: _Mark) -> int:
        return next((level.mark.ordinal for level in self.levels if level.mark.style == mark.style), 0)

    def _has_ended(self, line: _Line) -> bool:
        """Whether a paragraph may end with this line: by its stop, its weight or its shortness."""
        return line.words.endswith(SENTENCE_END) or line.is_bold or line.end - line.start < self.width // 2

    def _begins_a_sentence(self, line: _Line) -> bool:
        found = MARK.match(line.words)
        rest = line.words[found.end() :].lstrip(NOISE + "“\"'(") if found else line.words
        return not rest or rest[0].isupper()

    def _follows(self, line: _Line, previous: _Line) -> bool:
        """Whether a line without a mark begins a paragraph of its own."""
        begins = self._begins_a_sentence(line)
        has_stopped = previous.words.endswith(SENTENCE_END) or previous.is_bold
        if line.after_blank or not self.is_wrapped:
            return begins or has_stopped
        if begins and self._is_a_short_head(previous):
            return True
        if not begins or not (has_stopped or line.is_indented):
            return False
        return line.is_indented or previous.end - previous.start < self.width * 3 // 4

    def _is_a_short_head(self, line: _Line) -> bool:
        """Whether a line with a number ends long before the margin: the words of a sentence would have filled it."""
        mark = _mark(line.words)
        is_numbered = mark is not None and mark.style not in (*BULLETS, "alpha", "lower")
        return is_numbered and line.words[-1].isalnum() and line.end - line.start < self.width // 2

    def _opened(self, mark: _Mark | None, line: _Line) -> ParagraphSpan:
        if mark is None:
            self.followers += 1
            above = self.levels[-1].label if self.levels else ""
            return ParagraphSpan(f"{above}¶{self.followers}", line.start, line.end, max(1, len(self.levels)))
        last = self._left(mark)
        above = self.levels[-1].label if self.levels else ""
        if mark.style in BULLETS:
            mark = _Mark(mark.style, last + 1, mark.written)
            label = f"{above}{BULLETS[mark.style]}{mark.ordinal}"
        else:
            label = f"{above}.{self._own(mark)}".lstrip(".")
        self.levels.append(_Level(mark, self._once(label), line.start, line.words.endswith(":")))
        self.followers = 1
        return ParagraphSpan(self.levels[-1].label, line.start, line.end, len(self.levels))

    def _left(self, mark: _Mark) -> int:
        """Leave the levels that `mark` does not belong to; the ordinal of its last sibling, else 0."""
        if any(level.mark.style == mark.style for level in self.levels):
            while (left := self.levels.pop()).mark.style != mark.style:
                pass
            return left.mark.ordinal
        # "- Tại 34 điểm cầu:" may itself be followed by (1), (2), although a dash is the lowest.
        if not (mark.ordinal == 1 and self.levels and self.levels[-1].introduces):
            while self.levels and self.levels[-1].mark.rank > mark.rank:
                self.levels.pop()
        return 0

    def _own(self, mark: _Mark) -> str:
        """The last step of the label; "2.1" below item 2 is its 1."""
        parent = self.levels[-1].mark if self.levels else None
        if mark.style == "decimal" and parent and parent.style == "number":
            return mark.written.removeprefix(f"{parent.written}.")
        return mark.written

    def _once(self, label: str) -> str:
        """Numbering that begins again below the same head is told apart: "1", then "1 (2)"."""
        self.used[label] = self.used.get(label, 0) + 1
        return label if self.used[label] == 1 else f"{label} ({self.used[label]})"
