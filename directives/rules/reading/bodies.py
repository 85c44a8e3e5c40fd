"""Bodies in a line: single agencies, groups, and lists of them that share one head ("các Bộ A, B và C")."""

import re
from dataclasses import replace

from directives.rules.reading.body_words import (
    ALONE,
    AT_A_PLACE,
    BRACKET,
    CHAIN_JOIN,
    COMMON,
    COMMUNE_LIST,
    COMRADE,
    HEADS,
    INITIALS,
    INNER,
    LIST_JOIN,
    NAMELESS,
    OF_A_PLACE,
    OF_THEIRS,
    OTHERS,
    PARTY_AND,
    PERSON,
    PERSONS,
    PLACES,
    RANGE,
    RANK,
    SECRETARY,
    SHARED,
    THE_PLACE,
    TITLE,
    WHERE,
)
from directives.rules.reading.groups import Grouped, IsTaken, group_at
from directives.rules.reading.line import Line
from directives.rules.reading.references import Mention, Reference, is_a_name, once, reference_to
from directives.rules.reading.register import MINISTRY, PROVINCE, Found, Names, plain
from directives.rules.reading.words import STOP, TASK, is_task


class Bodies:
    """Finds the bodies in one line."""

    def __init__(self, line: Line, names: Names, place: Reference | None = None) -> None:
        self.line = line
        self.place = place
        self.low = line.low
        self.names = names
        self.taken = _Taken(self)
        self._chains: dict[int, Mention | None] = {}
        self._mentions: dict[tuple[int, int], Mention | None] = {}

    def chain_at(self, at: int) -> Mention | None:
        """All bodies that are named together from `at` on: "Bộ A, các Bộ B, C và UBND tỉnh D"."""
        if at not in self._chains:
            self._chains[at] = self._chain(at)
        return self._chains[at]

    def _chain(self, at: int) -> Mention | None:
        first = self.mention_at(at)
        if first is None:
            return None
        if told := self._told_after_a_colon(first):
            first = told
        references, end = list(first.references), first.end
        for _turn in range(80):
            following = self._next(self._after_bracket(end)) or self._after_a_place(end)
            if following is None:
                break
            references.extend(following.references)
            end = following.end
        agencies = [each for each in references if not PERSONS.match(each.name)] or references
        return Mention(at, end, tuple(once(agencies))) if references else None

    def _told_after_a_colon(self, first: Mention) -> Mention | None:
        """ "Các bộ: Bộ A làm X; Bộ B làm Y": the group only leads over to those who are named."""
        is_group = all(each.is_group for each in first.references)
        if not is_group or not self.low.startswith(": ", first.end):
            return None
        own = self._registered(first.end + 2)
        return replace(own, start=first.start) if own else None

    def _next(self, after: int) -> Mention | None:
        """The body that is joined to the one that ends at `after`; a comma may be missing before "các tỉnh"."""
        join = CHAIN_JOIN.match(self.low, after)
        if join is None:
            return self.mention_at(after + 1) if self.low.startswith(" các tỉnh ", after) else None
        return self.mention_at(join.end()) or self._initials(join.end())

    def _after_a_place(self, end: int) -> Mention | None:
        """The body after "các đơn vị trực thuộc thành phố, ..."."""
        place = WHERE.match(self.low, end)
        return self._next(place.end()) if place else None

    def _initials(self, at: int) -> Mention | None:
        """A body of a list that is only called by its initials."""
        found = INITIALS.match(self.line.text, at)
        return Mention(at, found.end(), (Reference(found[0]),)) if found else None

    def _after_bracket(self, end: int) -> int:
        found = BRACKET.match(self.low, end)
        return found.end() if found else end

    def mention_at(self, at: int, titles: int = 3) -> Mention | None:
        """The single body, group or list below a shared head that begins at `at`, after at most so many titles."""
        if (at, titles) not in self._mentions:
            self._mentions[at, titles] = self._mention(at, titles)
        return self._mentions[at, titles]

    def _mention(self, at: int, titles: int) -> Mention | None:
        if at >= len(self.low) or not self.low[at].isalnum() or (at and self.low[at - 1].isalnum()):
            return None
        return (
            self._registered(at)
            or self._place(at)
            or self._shared(at)
            or self._communes(at)
            or self._party_and_committee(at)
            or self._grouped(at)
            or self._secretary(at)
            or self._titled(at, titles)
        )

    def _grouped(self, at: int) -> Mention | None:
        grouped = group_at(self.low, at, self.taken)
        end = self._closed(grouped) if grouped else 0
        if grouped is None or not end:
            return None
        groups = grouped.groups if end == grouped.end else grouped.groups_before
        reach = RANGE.match(self.line.text, end) or OF_THEIRS.match(self.line.text, end)
        return Mention(at, reach.end() if reach else end, tuple(map(self._group, groups)))

    def _titled(self, at: int, titles: int) -> Mention | None:
        """ "Bộ trưởng Bộ A Nguyễn Văn B" is Bộ A; without a title, a body that no register knows."""
        title = TITLE.match(self.low, at) or COMRADE.match(self.low, at)
        if title is None or not titles:
            return self._unknown(at)
        below = self.mention_at(title.end(), titles - 1)
        return replace(below, start=at, end=self._after_the_person(below.end)) if below else None

    def _secretary(self, at: int) -> Mention | None:
        """ "Bí thư Huyện ủy" alone is the Party committee; beside a chairman he is not told apart."""
        found = SECRETARY.match(self.low, at)
        committee = self._unknown(found.end()) if found else None
        return replace(committee, start=at) if committee else None

    def _place(self, at: int) -> Mention | None:
        """ "Tỉnh" or "Thành phố" alone, with its capital: the one that the notice is about."""
        found = THE_PLACE.match(self.line.text, at)
        if found is None or self.place is None:
            return None
        return Mention(at, found.end(), (replace(self.place, is_guessed=True),))

    def _closed(self, grouped: Grouped) -> int:
        """Where a group's phrase ends; "các cơ quan chuyên môn" is another thing, before which it ended. 0: nowhere."""
        end = grouped.end
        goes_on = self.low[end : end + 1] == " " and self._in_name(end + 1) and not BRACKET.match(self.low, end)
        if (
            not goes_on
            or OF_THEIRS.match(self.line.text, end)
            or not (grouped.open_end or self.line.text[end + 1].isupper())
        ):
            return end
        return grouped.end_before if grouped.groups_before else 0

    def _group(self, name: str) -> Reference:
        group = self.names.groups.get(plain(name))
        code = group.code if group else ""
        return Reference(name, code, is_group=True, is_registered=group is not None, is_whole=True)

    def _registered(self, at: int) -> Mention | None:
        found = self.names.find(self.line.text, self.low, at)
        if found is None or self._belongs_below(found.end):
            return None
        end = self._after_the_person(found.end) if TITLE.match(self.low, at) else found.end
        return Mention(at, end, (reference_to(found),))

    def _after_the_person(self, end: int) -> int:
        """After "Bộ trưởng Bộ A" the name of the minister may follow."""
        person = PERSON.match(self.line.text, end)
        return person.end() if person else end

    def _belongs_below(self, end: int) -> bool:
        """ "Cục Hải quan" is no longer that agency in "Cục Hải quan thành phố Hải Phòng"."""
        return self.low.startswith((" thành phố ", " tỉnh ", " các tỉnh", " khu vực"), end)

    def _shared(self, at: int) -> Mention | None:
        for head, kind, own in SHARED:
            found = head.match(self.low, at)
            if found is None:
                continue
            references, end = self._listed(found.end(), kind, own)
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

    def names_in_brackets(self, at: int) -> tuple[Reference, ...]:
        """The provinces that are listed from `at` up to the closing bracket; empty where anything else is."""
        references, end = self._listed(at, PROVINCE, "")
        return tuple(references) if self.low.startswith(")", end) else ()

    def _short(self, at: int, kind: str, own: str) -> tuple[Reference, int] | None:
        if not self.line.text[at : at + 1].isupper():
            return None
        if kind == "department":
            found = self.names.find_short(self.low, at, MINISTRY)
            return (Reference(f"{own}{self.line.text[at : found.end]}"), found.end) if found else None
        found = self.names.find_short(self.low, at, kind)
        if found is None and kind == PROVINCE and (rank := RANK.match(self.low, at)):
            found = self.names.find_short(self.low, rank.end(), kind)
        if found is None:
            return None
        return reference_to(found), found.end

    def _unknown(self, at: int) -> Mention | None:
        head = HEADS.match(self.low, at)
        if head is None:
            return None
        end = self._name_end(at, head.end())
        name = self.line.text[at:end]
        if end == head.end() and not (COMMON.match(self.low, at) or head[0] in ALONE):
            return None
        if not COMMON.match(self.low, at) and head[0] not in ALONE and not is_a_name(name):
            return None
        if OTHERS.search(self.low[at:end]):
            return Mention(at, end, ())
        if COMMON.match(self.low, at) and (own := self._owned(at, end) or self._called(at, end)):
            return own
        suffix = OF_A_PLACE.search(name) if self.low.startswith("sở ", at) else None
        if self.place and suffix and plain(self.place.name).endswith(plain(suffix[0])):
            name = name[: suffix.start()]  # "Sở A tỉnh B" is Sở A in a notice about the province B
        is_group = self.low.startswith(("các ", "từng "), at)
        is_certain = is_group or self.line.text[at].isupper()
        is_whole = self._field(at) is not None
        called = name[0].upper() + name[1:]
        return Mention(at, end, (Reference(called, is_group=is_group, is_certain=is_certain, is_whole=is_whole),))

    def _field(self, at: int) -> Found | None:
        """The field of a department ("Sở Văn hóa, Thể thao và Du lịch"), which may hold a comma."""
        return self.names.find_short(self.low, at + len("sở "), MINISTRY) if self.low.startswith("sở ", at) else None

    def _owned(self, at: int, end: int) -> Mention | None:
        """ "Cơ quan chức năng của Bộ A" is Bộ A."""
        begins = end + len(" của ") if self.low.startswith(" của ", end) else end + 1
        if not self.low.startswith("của ", begins - len("của ")):
            return None
        owner = self.names.find(self.line.text, self.low, begins)
        return Mention(at, owner.end, (reference_to(owner),)) if owner else None

    def _called(self, at: int, end: int) -> Mention | None:
        """ "Nhà đầu tư (Công ty A)" is Công ty A."""
        if not (self.low.startswith(" (", end) and self.line.text[end + 2 : end + 3].isupper()):
            return None
        own = self._registered(end + 2) or (self._unknown(end + 2) if HEADS.match(self.low, end + 2) else None)
        is_whole = own is not None and self.low.startswith(")", own.end)
        return replace(own, start=at, end=own.end + 1) if own and is_whole else None

    def _name_end(self, at: int, end: int) -> int:
        if committee := NAMELESS.match(self.line.text, at):
            return committee.end()
        if field := self._field(at):
            place = OF_A_PLACE.match(self.line.text, field.end)
            return place.end() if place else field.end
        is_of_a_place = bool(AT_A_PLACE.match(self.low, at))
        for _turn in range(16):
            if is_of_a_place and self._was_named(at, end):
                break
            if self.low.startswith(" - ", end) and self.line.text[end + 3 : end + 4].isupper():
                end += 2
            if self.low[end : end + 1] != " " or not self._in_name(end + 1):
                break
            end = self._inside(end + 1)
        return end

    def _in_name(self, at: int) -> bool:
        """Whether the word at `at` may still belong to a name."""
        if not self.low[at : at + 1].isalnum():
            return False
        if self.line.text[at].isupper() or self.low[at].isdigit():
            return self.names.find(self.line.text, self.low, at) is None or self.low.startswith(
                ("tỉnh", "thành phố"), at
            )
        if self.low.startswith("và ", at):
            return self.line.text[at + 3 : at + 4].isupper() and not self._begins_a_body(at + 3)
        if INNER.match(self.low, at):
            return True
        return not (is_task(self.low, at) or STOP.match(self.low, at))

    def _was_named(self, at: int, end: int) -> bool:
        """Whether "UBND xã A" is complete: after the name of a place no small letter belongs to it."""
        is_named = self.line.text[self.low.rfind(" ", at, end) + 1].isupper() and " " in self.low[at:end]
        return is_named and not self.line.text[end + 1 : end + 2].isupper()

    def _inside(self, at: int) -> int:
        """The end of the word of a name at `at`, or of the phrase that it begins: "Ban chỉ đạo", "Phục vụ ..."."""
        end = self._word_end(at)
        phrase = INNER.match(self.low, at) or (TASK.match(self.low, at) if self.line.text[at].isupper() else None)
        return max(end, phrase.end()) if phrase else end

    def _begins_a_body(self, at: int) -> bool:
        return bool(HEADS.match(self.low, at)) or self.taken(at)

    def _word_end(self, at: int) -> int:
        while at < len(self.low) and (self.low[at].isalnum() or self.low[at] in "./&"):
            if self.low[at] == "." and not self.low[at + 1 : at + 2].isalnum():
                break
            at += 1
        return at


class _Taken(IsTaken):
    def __init__(self, bodies: Bodies) -> None:
        self.bodies = bodies

    def __call__(self, at: int) -> bool:
        bodies = self.bodies
        return bodies.names.find(bodies.line.text, bodies.low, at) is not None
