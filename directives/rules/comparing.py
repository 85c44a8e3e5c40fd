"""Two texts of one notice beside each other: which paragraphs stay, change, move, come or go, word by word.

Nothing is lost on the way: the pieces of a comparison, joined, are both texts again to the last blank.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from directives.rules.aligning import Pair, Steps, align
from directives.rules.refusals import N_

STEPS = 700_000  # of one comparison: well under a second
ALIKE = 0.5  # of their words: less in common, and two paragraphs are two
ALIKE_ELSEWHERE = 0.7  # the same for one that stands at another place
ISLAND = 3  # letters: what stays between two changes must be longer to stand by itself
TOKEN = re.compile(r"(?:\d[\d./]*\d|\w+|[^\w\s])\s*|\s+")


class Span(Protocol):
    """A paragraph by its label and its characters of the text."""

    @property
    def label(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Kind(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        """English name, for the catalogues."""
        return LABELS[self]


LABELS = {
    Kind.SAME: N_("Unchanged"),
    Kind.CHANGED: N_("Changed"),
    Kind.MOVED: N_("Moved"),
    Kind.ADDED: N_("Added"),
    Kind.REMOVED: N_("Removed"),
}


@dataclass(frozen=True)
class Piece:
    """Words that stay (in both texts, blanks may differ), or stand in one of them only."""

    old: str
    new: str

    @property
    def kind(self) -> Kind:
        if self.old and self.new:
            return Kind.SAME
        return Kind.REMOVED if self.old else Kind.ADDED


@dataclass(frozen=True)
class Stretch:
    """A paragraph with the blanks behind it: `text` begins at the character `start`."""

    label: str
    start: int
    text: str

    @property
    def words(self) -> str:
        """Its words alone, by which paragraphs are told apart."""
        return plain(self.text)


@dataclass(frozen=True)
class Block:
    """A paragraph of either text, or one of both; in `pieces` word by word."""

    kind: Kind
    old: Stretch | None
    new: Stretch | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Comparison:
    """The paragraphs in the order of the new text; what is gone stands where it stood."""

    blocks: tuple[Block, ...]

    @property
    def old_text(self) -> str:
        """The text before, put together again."""
        places = {block.old.start: block for block in self.blocks if block.old}
        return "".join(piece.old for start in sorted(places) for piece in places[start].pieces)

    @property
    def new_text(self) -> str:
        """The text after, put together again."""
        return "".join(piece.new for block in self.blocks for piece in block.pieces)

    @property
    def counts(self) -> Counter[Kind]:
        """How many paragraphs stay, change, move, come and go."""
        return Counter(block.kind for block in self.blocks)


def compare(old: str, old_spans: Iterable[Span], new: str, new_spans: Iterable[Span]) -> Comparison:
    """Lay two texts beside each other, paragraph by paragraph; `..._spans` are their paragraphs in order."""
    steps = Steps(STEPS)
    before, after = stretches(old, old_spans), stretches(new, new_spans)
    there, here = [one.words for one in before], [one.words for one in after]
    kept = dict(align(there, here, steps))
    _pair_changed(there, here, kept, steps)
    moved = _pair_moved(there, here, kept, steps)
    return Comparison(tuple(_blocks(before, after, kept, moved, steps)))


def stretches(text: str, spans: Iterable[Span]) -> list[Stretch]:
    """The whole text cut where its paragraphs begin; what stands before the first is a stretch of its own."""
    cuts: dict[int, str] = {0: ""}
    for span in spans:
        if 0 <= span.start < len(text):
            cuts[span.start] = span.label
    starts = sorted(cuts)
    ends = [*starts[1:], len(text)]
    return [
        Stretch(cuts[start], start, text[start:end]) for start, end in zip(starts, ends, strict=True) if start < end
    ]


def plain(text: str) -> str:
    """Words with one blank between, in one Unicode form: what two texts are compared by."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """How many of their words two paragraphs have in common, from 0 to 1, wherever they stand."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _pair_changed(there: Sequence[str], here: Sequence[str], kept: dict[int, int], steps: Steps) -> None:
    """Pair, between the paragraphs that stay, those that have most of their words in common, in order."""
    reached = [(-1, -1), *sorted(kept.items()), (len(there), len(here))]
    for (low, start), (high, end) in pairwise(reached):
        olds, news = range(low + 1, high), range(start + 1, end)
        chosen: list[Pair] = [(low, start), (high, end)]
        for _alike, at, place in _by_likeness(there, here, olds, news, ALIKE, steps):
            behind = bisect_left(chosen, (at, place))
            (one, other), (next_one, next_other) = chosen[behind - 1], chosen[behind]
            if one < at < next_one and other < place < next_other:
                chosen.insert(behind, (at, place))
        kept |= dict(chosen[1:-1])


def _pair_moved(there: Sequence[str], here: Sequence[str], kept: dict[int, int], steps: Steps) -> dict[int, int]:
    """By the place of a new paragraph the old one that stands there now: the same words, or nearly."""
    olds = [at for at in range(len(there)) if at not in kept and there[at]]
    taken = set(kept.values())
    news = [place for place in range(len(here)) if place not in taken and here[place]]
    free: dict[str, list[int]] = defaultdict(list)
    for place in reversed(news):
        free[here[place]].append(place)
    moved = {free[there[at]].pop(): at for at in olds if free[there[at]]}
    gone = set(moved.values())
    olds, news = [at for at in olds if at not in gone], [place for place in news if place not in moved]
    for _alike, at, place in _by_likeness(there, here, olds, news, ALIKE_ELSEWHERE, steps):
        if place not in moved and at not in gone:
            moved[place] = at
            gone.add(at)
    return moved


def _by_likeness(
    there: Sequence[str], here: Sequence[str], olds: Sequence[int], news: Sequence[int], least: float, steps: Steps
) -> list[tuple[float, int, int]]:
    """The pairs that are alike enough, the most alike first; nothing where there are too many to look at."""
    if not olds or not news:
        return []
    size = sum(len(there[at]) for at in olds) * len(news) + sum(len(here[place]) for place in news) * len(olds)
    if not steps.take(size // 6 + len(olds) * len(news)):
        return []
    bags = {at: Counter(there[at].split()) for at in olds}, {place: Counter(here[place].split()) for place in news}
    found = [(-likeness(bags[0][at], bags[1][place]), at, place) for at in olds for place in news]
    return sorted(one for one in found if -one[0] >= least)


def _blocks(
    before: Sequence[Stretch], after: Sequence[Stretch], kept: dict[int, int], moved: dict[int, int], steps: Steps
) -> list[Block]:
    blocks, at, gone = [], 0, set(moved.values())
    backbone = {place: one for one, place in kept.items()}

    def left_behind(until: int) -> list[Block]:
        rest = [before[one] for one in range(at, until) if one not in gone]
        return [Block(Kind.REMOVED, one, None, (Piece(one.text, ""),)) for one in rest]

    for place, new in enumerate(after):
        if place in backbone:
            blocks += left_behind(backbone[place])
            at = backbone[place] + 1
            blocks.append(_both(before[backbone[place]], new, steps))
        elif place in moved:
            blocks.append(_both(before[moved[place]], new, steps, moved=True))
        else:
            blocks.append(Block(Kind.ADDED, None, new, (Piece("", new.text),)))
    return blocks + left_behind(len(before))


def _both(old: Stretch, new: Stretch, steps: Steps, *, moved: bool = False) -> Block:
    if old.words == new.words:
        return Block(Kind.MOVED if moved else Kind.SAME, old, new, (Piece(old.text, new.text),))
    return Block(Kind.MOVED if moved else Kind.CHANGED, old, new, tuple(word_pieces(old.text, new.text, steps)))


def word_pieces(old: str, new: str, steps: Steps) -> list[Piece]:
    """Two paragraphs word by word: what stays, what goes and what comes, a going before its coming."""
    there, here = TOKEN.findall(old), TOKEN.findall(new)
    pairs = align([_word(token) for token in there], [_word(token) for token in here], steps)
    pieces: list[Piece] = []
    at = place = 0
    for start, other, length in _runs(pairs, end=(len(there), len(here))):
        pieces += _changed("".join(there[at:start]), "".join(here[place:other]))
        at, place = start + length, other + length
        pieces += [Piece("".join(there[start:at]), "".join(here[other:place]))] * bool(length)
    return _without_islands(pieces)


def _runs(pairs: Sequence[Pair], *, end: Pair) -> Iterator[tuple[int, int, int]]:
    """Where words stay in a row: the places of the first, and how many; at last the end, of length nought."""
    first: Pair | None = None
    length = 0
    for at, place in pairs:
        if first is not None and (at, place) == (first[0] + length, first[1] + length):
            length += 1
            continue
        if first is not None:
            yield *first, length
        first, length = (at, place), 1
    if first is not None:
        yield *first, length
    yield *end, 0


def _word(token: str) -> str:
    return unicodedata.normalize("NFC", token.strip())


def _without_islands(pieces: Sequence[Piece]) -> list[Piece]:
    """Join changes between which next to nothing stays: whole words are read more easily than crumbs."""
    found: list[Piece] = []
    gone = come = ""
    for number, piece in enumerate(pieces):
        inside = 0 < number < len(pieces) - 1
        if piece.kind is Kind.SAME and not (inside and len(piece.old.strip()) <= ISLAND):
            found += _changed(gone, come)
            gone = come = ""
            found.append(piece)
        else:
            gone, come = gone + piece.old, come + piece.new
    return found + _changed(gone, come)


def _changed(gone: str, come: str) -> list[Piece]:
    return [Piece(gone, "")] * bool(gone) + [Piece("", come)] * bool(come)
