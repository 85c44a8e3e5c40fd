"""The chain of history: each seal's hash covers its event and the seal before, so that no byte changes unseen.

    hash = SHA-256(hash of the seal before || sequence || event), all as UTF-8 text

The first seal follows 64 zeros. The event is canonical JSON, so that whoever holds a copy can count the hash again:
keys in the order of their code points, no blanks, text byte for byte as it is stored, numbers as they are written,
moments in UTC with microseconds.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import TypeAlias
from uuid import UUID

from directives.rules.refusals import N_

Fact: TypeAlias = "bool | int | Decimal | str | datetime | UUID | Sequence[Fact] | Mapping[str, Fact] | None"

GENESIS = "0" * 64
# Made once: `json.dumps` would make one for each of the many small facts.
PLAIN = json.JSONEncoder(ensure_ascii=False).encode


def canonical(fact: Fact) -> str:
    """The one spelling of `fact` as JSON. Raises TypeError for what has none, ValueError for a naive moment."""
    if fact is None or isinstance(fact, bool | int | str):
        return PLAIN(fact)
    if isinstance(fact, Decimal):
        return format(fact, "f")
    if isinstance(fact, datetime):
        return f'"{_in_utc(fact)}"'
    if isinstance(fact, UUID):
        return f'"{fact}"'
    if isinstance(fact, Mapping):
        return "{" + ",".join(f"{canonical(key)}:{canonical(fact[key])}" for key in sorted(fact)) + "}"
    if isinstance(fact, Sequence):
        return "[" + ",".join(map(canonical, fact)) + "]"
    raise TypeError(f"{type(fact).__name__} has no canonical spelling")


def _in_utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be sealed")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def chained(before: str, sequence: int, event: Mapping[str, Fact]) -> str:
    """The hash of the seal `sequence` over `event`, after a seal with the hash `before`."""
    return sha256(f"{before}{sequence}{canonical(event)}".encode()).hexdigest()


@dataclass(frozen=True)
class Link:
    """A seal and the event it seals, as they are found; `event` is None where it is gone."""

    sequence: int
    hash: str
    event: Mapping[str, Fact] | None


@dataclass(frozen=True)
class Anchor:
    """What was noted outside the database: the head of the chain at a moment (`at`, ISO)."""

    sequence: int
    hash: str
    at: str


SEAL_MISSING = N_("%(place)s: the seal is missing, and what follows cannot be tied to what was before.")
EVENT_MISSING = N_("%(place)s: the sealed event is missing.")
NOT_AS_SEALED = N_("%(place)s: event and seal do not fit: one of them was changed or exchanged.")
NOT_AS_ANCHORED = N_("%(place)s: the anchor names another hash: history was written anew.")
TAIL_CUT = N_("%(place)s: anchored, but no longer in the chain: its tail was cut off.")
ANCHOR_DISORDERED = N_("%(place)s: the anchor goes back to this seal: its lines were exchanged, or history restored.")


@dataclass(frozen=True)
class Finding:
    """Something wrong: a sentence with the one place `%(place)s`, and where it is ('#5', or '#5-#9' for several)."""

    sentence: str
    place: str

    def __str__(self) -> str:
        return self.sentence % {"place": self.place}


class Walk:
    """Follows the chain from its first seal, link by link, and the anchors beside it; keeps only what is wrong."""

    def __init__(self, anchors: Iterable[Anchor] = ()) -> None:
        self.head: int = 0
        self.anchored: int = 0
        # The hashes that the next link may build on: as stored and as counted. Empty: they cannot be known.
        self._before: tuple[str, ...] = (GENESIS,)
        # What is wrong, from which seal to which; and where in it the latest of each kind stands.
        self._wrong: list[tuple[str, int, int]] = []
        self._latest: dict[str, int] = {}
        self._anchors = iter(anchors)
        self._next_anchor = next(self._anchors, None)

    def follow(self, link: Link) -> None:
        """Look at the next link; sequences must rise."""
        if link.sequence > self.head + 1:
            self._note(SEAL_MISSING, self.head + 1, link.sequence - 1)
            self._before = ()
        self._compare_with_event(link)
        self._compare_with_anchor(link)
        self.head = link.sequence

    def end(self) -> list[Finding]:
        """All that is wrong, once there is no further link."""
        while self._next_anchor is not None:
            self._pass(self._next_anchor)
        if self.anchored > self.head:
            self._note(TAIL_CUT, self.head + 1, self.anchored)
        return [Finding(what, f"#{a}" if a == b else f"#{a}-#{b}") for what, a, b in self._wrong]

    def _compare_with_event(self, link: Link) -> None:
        if link.event is None:
            self._note(EVENT_MISSING, link.sequence)
            self._before = (link.hash,)
            return
        counted = [chained(before, link.sequence, link.event) for before in self._before]
        if not counted or link.hash in counted:
            self._before = (link.hash,)
        else:
            self._note(NOT_AS_SEALED, link.sequence)
            # If it is the hash that was changed, the next link still builds on the true one: one finding, not two.
            self._before = (link.hash, counted[0])

    def _compare_with_anchor(self, link: Link) -> None:
        while (anchor := self._next_anchor) is not None and anchor.sequence <= link.sequence:
            if anchor.sequence == link.sequence and anchor.hash != link.hash:
                self._note(NOT_AS_ANCHORED, link.sequence)
            self._pass(anchor)

    def _pass(self, anchor: Anchor) -> None:
        if anchor.sequence <= self.anchored:
            self._note(ANCHOR_DISORDERED, anchor.sequence)
        self.anchored = max(self.anchored, anchor.sequence)
        self._next_anchor = next(self._anchors, None)

    def _note(self, sentence: str, first: int, last: int | None = None) -> None:
        """Neighbours with the same trouble are one finding, so that a ruined chain does not fill the memory."""
        last = first if last is None else last
        place = self._latest.get(sentence)
        if place is not None and self._wrong[place][2] == first - 1:
            self._wrong[place] = (sentence, self._wrong[place][1], last)
        else:
            self._latest[sentence] = len(self._wrong)
            self._wrong.append((sentence, first, last))
