"""Where a sentence of the old text stands in the new one: word for word, changed, or not any more."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from directives.rules.aligning import Steps
from directives.rules.comparing import Block, Comparison, Kind, Stretch, plain, word_pieces
from directives.rules.refusals import N_

ENOUGH = 0.5  # of a sentence's letters stay: less, and it is another sentence
LONGEST_SOUGHT = 3_000  # letters of a sentence that is sought through the whole text
MOST = 0.65  # of a sentence's words stand in a paragraph that repeats it
TOO_LONG = 3  # times its length: what lies so far apart is no longer one sentence
ENDS = re.compile(r"[.;:!?…][\"”’)\]]*\s*$|\n\s*$")
END = re.compile(r"[.;:!?…][\"”’)\]]*(?=\s|$)|\n")
BEGINNING = re.compile(r"(?:^|[.;:!?…)\]\n•+–—-])\s*$")
NEAR = 20  # letters before a sentence that are looked at
BLANKS = re.compile(r"\s*")


class Found(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"

    @property
    def label(self) -> str:
        """English name, for the catalogues."""
        return LABELS[self]


LABELS = {
    Found.SAME: N_("Untouched"),
    Found.CHANGED: N_("The sentence is changed"),
    Found.GONE: N_("The sentence is gone"),
}


@dataclass(frozen=True)
class Anchor:
    """How a sentence was found, and its characters of the new text; nought to nought where it is gone."""

    found: Found
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class _Run:
    """Words that stand in either text, by the characters where they begin; an empty side where there are none."""

    block: int
    old_start: int
    old: str
    new_start: int
    new: str


class Anchors:
    """A comparison, ready to be asked for many sentences."""

    def __init__(self, comparison: Comparison) -> None:
        self._text = comparison.new_text
        self._old = comparison.old_text
        self._runs = list(_runs(comparison.blocks))
        self._by_old = sorted((run for run in self._runs if run.old), key=lambda run: run.old_start)
        self._starts = [run.old_start for run in self._by_old]
        self._by_new = sorted((run for run in self._runs if run.new), key=lambda run: run.new_start)
        self._new_starts = [run.new_start for run in self._by_new]

    def of(self, start: int, end: int) -> Anchor:
        """Where the sentence `start` to `end` of the old text stands now."""
        sentence = self._old[start:end]
        words = plain(sentence)
        low, high, stays = self._mapped(start, end)
        if stays and plain(self._text[low:high]) == words:
            wide = self._widened(low, high)
            # More words before or behind make it another sentence: one more agency, one more condition.
            return Anchor(Found.SAME if wide == (low, high) else Found.CHANGED, *wide)
        place = self._sought(words)
        if place and (_begins(self._text, place[0]) or not _begins(self._old, start)):
            return Anchor(Found.SAME, *place)
        if stays < ENOUGH * max(len(words), 1) or high - low > TOO_LONG * (end - start):
            return Anchor(Found.GONE)
        low, high = self._widened(low, high)
        return Anchor(Found.CHANGED, low, high)

    def _mapped(self, start: int, end: int) -> tuple[int, int, int]:
        """The characters of the new text where most of the sentence's words stay, and how many letters those are."""
        places: dict[int, list[tuple[int, int, int]]] = {}
        at = max(bisect_right(self._starts, start) - 1, 0)
        for run in self._by_old[at:]:
            if run.old_start >= end:
                break
            if run.new and run.old_start + len(run.old) > start and (found := _inside(run, start, end)):
                places.setdefault(run.block, []).append(found)
        if not places:
            return 0, 0, 0
        every = [place for found in places.values() for place in found]
        most = max(places.values(), key=lambda found: sum(stays for _low, _high, stays in found))
        for chosen in (every, most):
            low, high = min(one[0] for one in chosen), max(one[1] for one in chosen)
            if high - low <= TOO_LONG * (end - start):
                break
        return low, high, sum(stays for _low, _high, stays in chosen)

    def _sought(self, words: str) -> tuple[int, int] | None:
        """Where the same words stand, in whatever paragraph."""
        if not words or len(words) > LONGEST_SOUGHT:
            return None
        found = re.search(r"\s+".join(map(re.escape, words.split())), self._text)
        return found.span() if found else None

    def _widened(self, low: int, high: int) -> tuple[int, int]:
        """With the new words before and behind that belong to the same sentence; without blanks at the ends."""
        text, beyond = self._text, high + _blanks(self._text, high)
        ahead, behind = self._at(beyond), self._at(low - 1)
        if ahead is not None and not ahead.old and not ENDS.search(text[low:beyond]):
            limit = ahead.new_start + len(ahead.new)
            end = END.search(text, beyond, limit)
            high = end.end() if end else limit
        if behind is not None and not behind.old:
            ends = [end.end() for end in END.finditer(text, behind.new_start, low)]
            low = ends[-1] if ends else behind.new_start
        words = text[low:high]
        return low + len(words) - len(words.lstrip()), high - len(words) + len(words.rstrip())

    def _at(self, place: int) -> _Run | None:
        """What stands at a character of the new text."""
        found = self._by_new[max(bisect_right(self._new_starts, place) - 1, 0)] if self._by_new else None
        return found if found and found.new_start <= place < found.new_start + len(found.new) else None


def _runs(blocks: Sequence[Block]) -> Iterator[_Run]:
    for number, block in enumerate(blocks):
        old_at, new_at = block.old.start if block.old else 0, block.new.start if block.new else 0
        for piece in block.pieces:
            yield _Run(number, old_at, piece.old, new_at, piece.new)
            old_at, new_at = old_at + len(piece.old), new_at + len(piece.new)


def _inside(run: _Run, start: int, end: int) -> tuple[int, int, int] | None:
    """The part of words that stay which lies between two characters of the old text; None where it is but blanks."""
    first, last = max(start - run.old_start, 0), min(end - run.old_start, len(run.old))
    part = run.old[first:last]
    if not part.strip():
        return None
    if run.old == run.new:
        low, high = first, last
    else:  # the same letters with other blanks between
        before, many = _letters(run.old[:first]), _letters(part)
        places = [at for at, letter in enumerate(run.new) if not letter.isspace()][before : before + many]
        low, high = places[0], places[-1] + 1
    words = run.new[low:high]
    low, high = low + len(words) - len(words.lstrip()), high - len(words) + len(words.rstrip())
    return run.new_start + low, run.new_start + high, len(plain(part))


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins here: a line, a mark of an item, or the end of another sentence stands before."""
    return BEGINNING.search(text[max(at - NEAR, 0) : at]) is not None


def _letters(text: str) -> int:
    return sum(not letter.isspace() for letter in text)


def _blanks(text: str, at: int) -> int:
    """How many blanks stand at this place."""
    found = BLANKS.match(text, at)
    return len(found[0]) if found else 0


def resembling(sentence: str, paragraphs: Sequence[Stretch], bags: Sequence[Counter[str]], steps: Steps) -> Anchor:
    """Where another paragraph says most of the sentence: an amending notice repeats it among words of its own.

    `bags` are the words of the `paragraphs`.
    """
    own = Counter(plain(sentence).split())
    if not own or not steps.take(len(paragraphs)):
        return Anchor(Found.GONE)
    shares = [(own & bag).total() / own.total() for bag in bags]
    best = max(range(len(shares)), key=lambda at: shares[at], default=None)
    if best is None or shares[best] < MOST:
        return Anchor(Found.GONE)
    there, here = Stretch("", 0, sentence), replace(paragraphs[best], start=0)
    pieces = word_pieces(sentence, here.text, steps)
    found = Anchors(Comparison((Block(Kind.CHANGED, there, here, tuple(pieces)),))).of(0, len(sentence))
    at = paragraphs[best].start
    return found if found.found is Found.GONE else Anchor(found.found, found.start + at, found.end + at)


def bags_of(paragraphs: Sequence[Stretch]) -> list[Counter[str]]:
    """The words of each paragraph."""
    return [Counter(one.words.split()) for one in paragraphs]
