"""Bodies in a cell: agencies and groups as tables name them, in full, in short, without marks, many in one cell."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from directives.rules.lists.cells import marked_words, plain_words
from directives.rules.lists.tokens import Token, tokens_of

# What stands between names and says nothing.
BETWEEN = (
    ("phoi", "hop", "voi"),
    ("phoi", "hop"),
    ("chu", "tri"),
    ("cung", "voi"),
    ("dong", "thoi"),
    *((word,) for word in ("va", "cac", "cung", "voi", "gom", "and", "the")),
)
# A head that several names share: "các Bộ: Công an, Tài chính".
HEADS = (("bo",), ("so",), ("tinh",), ("thanh", "pho"), ("tp",), ("ubnd", "tinh"), ("ubnd", "cac", "tinh"))
NO_HEAD: tuple[str, ...] = ()
LINES = re.compile(r"[;\n\r|•]+")
BULLET = re.compile(r"^\s*(?:[-–+*]|\d{1,2}[.)])\s+")


@dataclass(frozen=True)
class Read:
    """A stretch of a cell: its words, and who may be meant; nobody where the words are not known, or several."""

    text: str
    keys: tuple[str, ...]

    @property
    def is_clear(self) -> bool:
        """Whether exactly one body is meant."""
        return len(self.keys) == 1


class Names:
    """What the bodies of a day are called; a body is known by a key of the caller's."""

    def __init__(self, named: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._known: dict[tuple[str, ...], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._longest_name = 1
        for key, names in named:
            for name in names:
                words = tuple(plain_words(name).split())
                if words:
                    self._known[words][key].add(marked_words(name))
                    self._longest_name = max(self._longest_name, len(words))

    def read(self, cell: str) -> list[Read]:
        """Who is named in a cell, in its order, each body once; words that name nobody come as they stand."""
        found: dict[tuple[str, ...] | str, Read] = {}
        for line in LINES.split(cell):
            named = BULLET.sub("", line)
            for tokens, keys in self._listed(tokens_of(named)):
                one = Read(named[tokens[0].start : tokens[-1].end], keys)
                found.setdefault(keys or plain_words(one.text), one)
        return list(found.values())

    def _listed(self, tokens: Sequence[Token]) -> Iterator[tuple[Sequence[Token], tuple[str, ...]]]:
        """Names one after the other, in the longest pieces; from a word that names nobody on, a part is unknown."""
        at, head = 0, NO_HEAD
        while at < len(tokens):
            size, keys = self._longest(tokens, at, head)
            if not keys and (step := _between(tokens, at)):
                at += step
                continue
            if not keys and (shared := self._shared(tokens, at)):
                at, head = at + len(shared), shared
                continue
            piece = tokens[at : at + size]
            at += size
            head = _head_of(piece) or head
            # "Các tỉnh, thành phố: Hà Nội, Huế" names two provinces, and not all of them.
            if not (keys and piece[-1].opens_list and at < len(tokens)):
                yield piece, keys

    def _shared(self, tokens: Sequence[Token], at: int) -> tuple[str, ...]:
        """The head at `at` which the next name leaves out, and shares; empty where there is none."""
        for head in HEADS:
            after = at + len(head)
            stands = _words(tokens[at:after]) == head and after < len(tokens) and tokens[after - 1].ends_part
            if stands and self._longest(tokens, after, head)[1]:
                return head
        return NO_HEAD

    def _longest(self, tokens: Sequence[Token], at: int, head: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        """The longest piece from `at` that is a name and stands alone; else the rest of the part, which is none."""
        for size in range(min(self._longest_name, len(tokens) - at), 0, -1):
            piece, after = tokens[at : at + size], at + size
            if piece[-1].ends_part or after == len(tokens) or _between(tokens, after):
                keys = (head and self._meant(piece, head)) or self._meant(piece)
                if keys:
                    return size, keys
        ends = next((n for n in range(at, len(tokens)) if tokens[n].ends_part), len(tokens) - 1)
        return ends + 1 - at, ()

    def _meant(self, tokens: Sequence[Token], head: tuple[str, ...] = ()) -> tuple[str, ...]:
        known = self._known.get((*head, *_words(tokens)))
        if not known:
            return ()
        marked = " ".join(token.marked for token in tokens)
        alike = [key for key, names in known.items() if any(name.endswith(marked) for name in names)]
        return tuple(sorted(alike or known))


def _words(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.plain for token in tokens)


def _between(tokens: Sequence[Token], at: int) -> int:
    """How many words at `at` only join names."""
    return next((len(words) for words in BETWEEN if _words(tokens[at : at + len(words)]) == words), 0)


def _head_of(tokens: Sequence[Token]) -> tuple[str, ...]:
    words = _words(tokens)
    return next((head for head in HEADS if words[: len(head)] == head and len(words) > len(head)), NO_HEAD)
