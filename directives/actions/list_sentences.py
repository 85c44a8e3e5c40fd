"""The sentences of a list: where they stand in the notice, or that they are put at its end as its annex."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from directives.actions.stating import put_quote
from directives.models import Directive, HandledAs, Notice, Paragraph
from directives.rules.spelling import Folded, fold

LABEL_LIMIT = 30
WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Found:
    """A sentence as the notice has it, from letter `start`, and the paragraph in which it stands."""

    quote: str
    start: int
    paragraph: Paragraph | None


class Sentences:
    """The text of a draft, its paragraphs, and what is to be added to both."""

    def __init__(self, notice: Notice) -> None:
        self._notice = notice
        self._paragraphs = list(notice.paragraphs.order_by("position"))
        self._starts = [paragraph.start for paragraph in self._paragraphs]
        self._added: list[tuple[Directive, Paragraph, str]] = []
        self._end = len(notice.text)

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs of the annex."""
        return [paragraph for _directive, paragraph, _words in self._added]

    @property
    def last_position(self) -> int:
        """The position of the last paragraph, with those of the annex."""
        return (self._paragraphs[-1].position if self._paragraphs else 0) + len(self._added)

    def find(self, words: str) -> Found | None:
        """Where these words stand in the text, word for word, else in another spelling and other blanks."""
        text = self._notice.text
        start = text.find(words)
        if start >= 0:
            return self._found(start, start + len(words))
        return self._loosely(words) or (self._loosely(words.rstrip(" .;")) if words.endswith((".", ";")) else None)

    def append(self, directive: Directive, words: str, label: str) -> None:
        """Put the words at the end of the text, in a paragraph of their own that gives `directive`."""
        words = unicodedata.normalize("NFC", words).strip()
        start = self._end + (2 if self._end else 0)
        paragraph = Paragraph(
            notice=self._notice,
            label=f"PL {label or len(self._added) + 1}"[:LABEL_LIMIT],
            start=start,
            end=start + len(words),
            handled_as=HandledAs.DIRECTIVE,
        )
        self._end = paragraph.end
        self._added.append((directive, paragraph, words))

    def settle(self) -> None:
        """Give the text its annex, and the directives of the annex their sentences."""
        before = [self._notice.text] if self._notice.text else []
        self._notice.text = "\n\n".join([*before, *(words for _directive, _paragraph, words in self._added)])
        last = self._paragraphs[-1].position if self._paragraphs else 0
        for position, (directive, paragraph, words) in enumerate(self._added, start=last + 1):
            paragraph.position = position
            put_quote(directive, words, paragraph, paragraph.start)

    def _found(self, start: int, end: int) -> Found:
        at = bisect_right(self._starts, start) - 1
        around = self._paragraphs[at] if at >= 0 and self._paragraphs[at].end >= end else None
        return Found(self._notice.text[start:end], start, around)

    def _loosely(self, words: str) -> Found | None:
        wanted = " ".join(fold(words).text.split())
        line, line_starts, starts, ends = self._squeezed
        begin = line.find(wanted) if wanted else -1
        if begin < 0:
            return None
        end = begin + len(wanted)
        first, last = bisect_right(line_starts, begin) - 1, bisect_right(line_starts, end - 1) - 1
        from_word, to_word = begin - line_starts[first], end - line_starts[last]
        folded = self._folded.starts
        return self._found(folded[starts[first] + from_word], folded[min(starts[last] + to_word, ends[last])])

    @cached_property
    def _folded(self) -> Folded:
        return fold(self._notice.text)

    @cached_property
    def _squeezed(self) -> tuple[str, list[int], list[int], list[int]]:
        """The text with one blank between words; where each word begins there, and where it begins and ends in it."""
        found = list(WORD.finditer(self._folded.text))
        starts, ends = [word.start() for word in found], [word.end() for word in found]
        line_starts, at = [], 0
        for begin, end in zip(starts, ends, strict=True):
            line_starts.append(at)
            at += end - begin + 1
        return " ".join(word[0] for word in found), line_starts, starts, ends
