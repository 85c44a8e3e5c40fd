"""Bodies in a line: single agencies, groups, and lists of them that share one head ("các Bộ A, B và C")."""

from dataclasses import replace

from directives.rules.reading.body_words import (
    APPOSITION,
    BRACKET,
    CHAIN_JOIN,
    COMRADE,
    INITIALS,
    OF_A_RANK,
    OF_THEIRS,
    PERSON,
    PERSONS,
    RANGE,
    SECRETARY,
    THE_PLACE,
    TITLE,
    WHERE,
)
from directives.rules.reading.groups import Grouped, IsTaken, group_at
from directives.rules.reading.line import Line
from directives.rules.reading.lists import Lists
from directives.rules.reading.references import Mention, Reference, once, reference_to
from directives.rules.reading.register import MINISTRY, PROVINCE, Found, Names, plain
from directives.rules.reading.unlisted import Unlisted


class Bodies:
    """Finds the bodies in one line."""

    def __init__(self, line: Line, names: Names, place: Reference | None = None) -> None:
        self.line = line
        self.place = place
        self.low = line.low
        self.names = names
        self.taken = _Taken(line, names)
        self.lists = Lists(line, names)
        self.unlisted = Unlisted(line, names, place, self._registered)
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
            following = (
                self._next(self._after_an_aside(end)) or self._after_a_place(end) or self._more_provinces(first, end)
            )
            if following is None or self.low.startswith(("mỗi ", "từng "), following.start):
                break  # "Sở A, Sở B, mỗi đơn vị ...": the same are meant
            references.extend(following.references)
            end = following.end
        agencies = [each for each in references if not PERSONS.match(each.name)] or references
        return Mention(at, end, tuple(once(agencies))) if references else None

    def _more_provinces(self, first: Mention, end: int) -> Mention | None:
        """ "Tỉnh Ninh Bình, Hà Tĩnh": those behind it share its rank; after "và" and a comma alike."""
        join = CHAIN_JOIN.match(self.low, end) if OF_A_RANK.match(self.low, first.start) else None
        if join is None or not self.line.text[join.end() : join.end() + 1].isupper():
            return None
        found = self.names.find_short(self.low, join.end(), PROVINCE)
        return Mention(join.end(), found.end, (reference_to(found),)) if found else None

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

    def _after_an_aside(self, end: int) -> int:
        """After a bracket, or after what the one who is named is: "Bộ A, cơ quan thường trực của Ủy ban, Bộ B"."""
        found = BRACKET.match(self.low, end) or APPOSITION.match(self.low, end)
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
            or self.lists.mention_at(at)
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
            return self.unlisted.mention_at(at)
        below = self.mention_at(title.end(), titles - 1)
        return replace(below, start=at, end=self._after_the_person(below.end)) if below else None

    def _secretary(self, at: int) -> Mention | None:
        """ "Bí thư Huyện ủy" alone is the Party committee; beside a chairman he is not told apart."""
        found = SECRETARY.match(self.low, at)
        committee = self.unlisted.mention_at(found.end()) if found else None
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
        goes_on = self.low[end : end + 1] == " " and self.unlisted.goes_on(end + 1) and not BRACKET.match(self.low, end)
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
        if branch := self._branch(at, found):
            return branch
        end = self._after_the_person(found.end) if TITLE.match(self.low, at) else found.end
        return Mention(at, end, (reference_to(found),))

    def _branch(self, at: int, found: Found) -> Mention | None:
        """ "Viettel Lào Cai" is not Viettel, but what no register knows."""
        is_firm = found.agency.kind not in (PROVINCE, MINISTRY) and self.line.text[found.end : found.end + 1] == " "
        place = self.names.find_short(self.low, found.end + 1, PROVINCE) if is_firm else None
        if place is None or not self.line.text[found.end + 1].isupper():
            return None
        return Mention(at, place.end, (Reference(self.line.text[at : place.end], is_whole=True),))

    def _after_the_person(self, end: int) -> int:
        """After "Bộ trưởng Bộ A" the name of the minister may follow."""
        person = PERSON.match(self.line.text, end)
        return person.end() if person else end

    def _belongs_below(self, end: int) -> bool:
        """ "Cục Hải quan" is no longer that agency in "Cục Hải quan thành phố Hải Phòng"."""
        return self.low.startswith((" thành phố ", " tỉnh ", " các tỉnh", " khu vực"), end)


class _Taken(IsTaken):
    def __init__(self, line: Line, names: Names) -> None:
        self.line = line
        self.names = names

    def __call__(self, at: int) -> bool:
        return self.names.find(self.line.text, self.line.low, at) is not None
