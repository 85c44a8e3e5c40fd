"""Lists of bodies that share one head: "các Bộ A, B và C", "UBND các xã A, B", "Đảng ủy, UBND xã A"."""

import re

from directives.rules.reading.body_words import COMMUNE_LIST, LIST_JOIN, PARTY_AND, PLACES, RANK, SHARED
from directives.rules.reading.line import Line
from directives.rules.reading.references import Mention, Reference, field_of, reference_to
from directives.rules.reading.register import MINISTRY, PROVINCE, Names


class Lists:
    """Finds the lists in one line."""

    def __init__(self, line: Line, names: Names) -> None:
        self.line = line
        self.low = line.low
        self.names = names

    def mention_at(self, at: int) -> Mention | None:
        """The list whose shared head stands at `at`."""
        return self._shared(at) or self._communes(at) or self._party_and_committee(at)

    def _shared(self, at: int) -> Mention | None:
        for head, kind, own in SHARED:
            found = head.match(self.low, at)
            if found is None:
                continue
            references, end = self._listed(found.end(), kind, own)
            if len(references) == 1 and kind == "department" and not found[0].endswith(": "):
                # "Các Sở Y tế" are those of all provinces.
                return Mention(at, end, (Reference(f"Các {references[0].name}", is_group=True, is_whole=True),))
            if references:
                return Mention(at, end, tuple(references))
        return None

    def _communes(self, at: int) -> Mention | None:
        """ "Các xã, phường A, B và C", whose ranks are not told apart, or "UBND các xã: A, B"."""
        head = COMMUNE_LIST.match(self.low, at)
        found = PLACES.match(self.line.text, head.end()) if head else None
        if head is None or found is None:
            return None
        rank = head["rank"].split(",")[0].split(" và ")[0]
        names = re.split(r", | và ", found[0])
        return Mention(at, found.end(), tuple(Reference(f"UBND {rank} {name}") for name in names))

    def _party_and_committee(self, at: int) -> Mention | None:
        """ "Đảng ủy, UBND xã A": both of the same place."""
        found = PARTY_AND.match(self.low, at)
        if found is None:
            return None
        place = PLACES.match(self.line.text, found.end())
        name = f"{found['rank']} {re.split(', | và ', place[0])[0]}" if place else ""
        if not name:
            return None
        end = found.end() + len(name) - len(found["rank"]) - 1
        return Mention(at, end, (Reference(f"{found['party'].capitalize()} {name}"), Reference(f"UBND {name}")))

    def _listed(self, at: int, kind: str, own: str) -> tuple[list[Reference], int]:
        """The short names that follow a shared head, and where they end."""
        references: list[Reference] = []
        end = at
        for _turn in range(70):
            one = self._short(at, kind, own)
            if one is None:
                break
            reference, end = one
            references.append(reference)
            join = LIST_JOIN.match(self.low, end)
            if join is None:
                break
            at = join.end()
        return references, end

    def provinces_at(self, at: int) -> tuple[list[Reference], int]:
        """The provinces that are listed from `at` on, and where the list ends."""
        return self._listed(at, PROVINCE, "")

    def names_in_brackets(self, at: int) -> tuple[Reference, ...]:
        """The provinces that are listed from `at` up to the closing bracket; empty where anything else is."""
        references, end = self._listed(at, PROVINCE, "")
        return tuple(references) if self.low.startswith(")", end) else ()

    def _short(self, at: int, kind: str, own: str) -> tuple[Reference, int] | None:
        if not self.line.text[at : at + 1].isupper():
            return None
        if kind == "department":
            found = self.names.find_short(self.low, at, MINISTRY)
            return (Reference(f"{own}{field_of(found, self.line.text[at : found.end])}"), found.end) if found else None
        found = self.names.find_short(self.low, at, kind)
        if found is None and kind == PROVINCE and (rank := RANK.match(self.low, at)):
            found = self.names.find_short(self.low, rank.end(), kind)
        if found is None:
            return None
        return reference_to(found), found.end
