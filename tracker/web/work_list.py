"""The list of what is to be done: its tabs, how many each holds, and one page of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directives.models import Assignment
from directives.models.directives import AssignmentQuerySet
from directives.models.need import Need, counted_up_to
from directives.models.searching import any_of
from tracker.narrowing import Eye, in_tab, meant
from tracker.web.desk import Desk
from tracker.web.filters import (
    ALL,
    COORDINATING,
    DOWN,
    FINISHED,
    GIVEN,
    LEAD,
    OPEN,
    OTHERS,
    RECEIVED,
    RETURNED,
    STANDINGS,
    WORDS,
    Chosen,
    Filters,
)

PAGE = 50
# So many are counted and no more: nobody reads a thousand, and a count of a million would keep everybody waiting.
MOST = 1000
MOST_FOUND = 100  # of a search, where each row has to be looked at
PLACE = re.compile(r"([0-9]{1,6})\.([0-6])\.([0-9]{4}-[0-9]{2}-[0-9]{2})\.([0-9a-f]{32})")
OWN_WORDS = {LEAD: _("We lead"), COORDINATING: _("We coordinate"), DOWN: _("Handed down"), OTHERS: _("We follow")}
ALL_WORDS = {LEAD: _("Leading"), COORDINATING: _("Coordinating"), DOWN: _("Handed down")}
WAYS = {GIVEN: _("Given by us"), RECEIVED: _("Given to us")}


@dataclass(frozen=True)
class Choice:
    """A tab or a standing that can be clicked: what it is called, how many it holds, where it leads."""

    name: str
    words: str | Promise
    count: str
    address: str
    chosen: bool = False


@dataclass(frozen=True)
class Pages:
    """Which stretch of the list is shown, and the addresses of its neighbours (empty where there are none)."""

    first: int
    last: int
    total: str
    before: str
    after: str


class WorkList:
    """What one reader sees of the assignments today, by one address."""

    def __init__(self, desk: Desk, filters: Filters) -> None:
        self._desk, self.filters = desk, filters
        self._eye = Eye(desk.sight, desk.own_agencies)
        self._ways = meant(self._eye, filters.text)
        self.tab_names = list(OWN_WORDS if desk.own_agencies else ALL_WORDS)
        if desk.own_agencies and not self._sees_others:
            self.tab_names.remove(OTHERS)
        self.tab = filters.tab if filters.tab in self.tab_names else LEAD

    @property
    def _sees_others(self) -> bool:
        sight = self._desk.sight
        return bool(sight.everything or sight.committees or sight.agencies - self._desk.own_agencies)

    # --- which rows

    def _in_tab(self, tab: str) -> AssignmentQuerySet:
        return self.filters.narrowed(in_tab(self._eye, tab, self.filters.way))

    def _standing(self, rows: AssignmentQuerySet, standing: str) -> AssignmentQuerySet:
        if standing == ALL:
            return rows
        if standing == OPEN:
            return rows.not_done()
        if standing == RETURNED:
            return rows.filter(need=Need.RETURNED)
        return rows.in_standing(standing, self._desk.today, self._desk.soon_until)

    def _found(self, rows: AssignmentQuerySet, most: int) -> Any:
        if self._ways is None:
            return rows
        return any_of(rows, self._ways, most) if self._ways else rows.none()

    @cached_property
    def _chosen(self) -> AssignmentQuerySet:
        return self._standing(self._in_tab(self.tab), self.filters.standing)

    @property
    def query(self) -> str:
        """The list as it is kept: what it is narrowed to, in the tab that is shown."""
        return self.filters.address(tab=self.tab)[1:]

    # --- how many

    @cached_property
    def _counts(self) -> dict[str, str]:
        """Of each tab what is not done, and of an agency's own tab each standing; of what is narrowed only the tabs.

        Where the reader sees many agencies' work, no index knows how much of it has one standing.
        """
        asked = {f"tab {tab}": self._standing(self._in_tab(tab), OPEN) for tab in self.tab_names}
        asked["chosen"] = self._chosen
        if not self.filters.narrows and self.tab in (LEAD, COORDINATING) and self._desk.own_agencies:
            rows = self._in_tab(self.tab)
            asked |= {standing: self._standing(rows, standing) for standing in STANDINGS}
        most = MOST if self._ways is None else MOST_FOUND
        # In order of need: PostgreSQL then reads the open work first, which is asked for.
        counts = counted_up_to(most, [self._found(rows.by_need(), most) for rows in asked.values()])
        return {name: str(count) if count < most else f"{most - 1}+" for name, count in zip(asked, counts, strict=True)}

    @property
    def tabs(self) -> list[Choice]:
        """The tabs, each with its open work."""
        words = OWN_WORDS if self._desk.own_agencies else ALL_WORDS
        return [
            Choice(
                tab,
                words[tab],
                self._counts[f"tab {tab}"],
                self.filters.address(tab=tab, standing=OPEN, way=GIVEN),
                chosen=tab == self.tab,
            )
            for tab in self.tab_names
        ]

    @property
    def ways(self) -> list[Choice]:
        """Of work handed down: what we gave and what we were given."""
        if self.tab != DOWN or not self._desk.own_agencies:
            return []
        return [
            Choice(way, words, "", self.filters.address(way=way, standing=OPEN), chosen=way == self.filters.way)
            for way, words in WAYS.items()
        ]

    @property
    def standings(self) -> list[Choice]:
        """The standings that occur in the chosen tab, with all open before them and all after."""
        counts = self._counts
        return [
            Choice(
                name,
                WORDS[name],
                counts.get(name, counts["chosen"] if name == self.filters.standing else ""),
                self.filters.address(standing=name),
                chosen=name == self.filters.standing,
            )
            for name in STANDINGS
            if counts.get(name) != "0" or name in (OPEN, ALL, self.filters.standing)
        ]

    @property
    def chosen(self) -> list[Chosen]:
        """The filters that are on."""
        return list(self.filters.chosen())

    @property
    def everything(self) -> str:
        """The address of the same with what is finished."""
        return self.filters.address(standing=ALL)

    @property
    def is_new(self) -> bool:
        """Whether there is nothing at all yet, whatever is asked for."""
        if self.filters.narrows or self.tab != LEAD or not self._desk.own_agencies:
            return False
        return all(self._counts[name] == "0" for name in (ALL, *(f"tab {tab}" for tab in self.tab_names)))

    # --- one page

    def page(self, after: str, before: str) -> "Page":
        """The page behind a place, or before it; the first where the address names none."""
        back, place = (True, before) if before else (False, after)
        start = _Place.read(place, self._chosen)
        latest_first = self.filters.standing in FINISHED
        rows = self._chosen
        if start:
            rows = rows.beyond(start.need, start.next_on, start.pk, backwards=back != latest_first)
        in_order: Callable[[AssignmentQuerySet], AssignmentQuerySet]
        in_order = AssignmentQuerySet.latest_first if back != latest_first else AssignmentQuerySet.by_need
        found = in_order(self._found(in_order(rows), PAGE + 1)).values_list("pk", flat=True)
        return self._cut(self._read(list(found[: PAGE + 1])), start, back=back and start is not None)

    def _read(self, found: list[int]) -> list[Assignment]:
        """These rows in their order, with what a line shows.

        Apart from finding them: joined with all of that, PostgreSQL would no longer ask each way of its own index.
        """
        rows = Assignment.objects.filter(pk__in=found).with_standing(self._desk.today, self._desk.soon_until)
        rows = rows.select_related("agency", "directive__notice", "directive__paragraph")
        by_pk = rows.defer("directive__notice__text", "directive__quote").in_bulk()
        return [by_pk[pk] for pk in found if pk in by_pk]

    def _cut(self, rows: list[Assignment], start: "_Place | None", *, back: bool) -> "Page":
        more = len(rows) > PAGE
        rows = rows[:PAGE]
        if back:
            rows.reverse()
        first = 1 if start is None else max(1, start.number - len(rows)) if back else start.number + 1
        last = first + len(rows) - 1
        has_before, has_after = (more, True) if back else (first > 1, more)
        before = self._neighbour("before", rows[0], first) if rows and has_before else ""
        after = self._neighbour("after", rows[-1], last) if rows and has_after else ""
        return Page(rows, Pages(first, last, self._counts["chosen"], before, after))

    def _neighbour(self, where: str, row: Assignment, number: int) -> str:
        place = f"{number}.{row.need}.{row.next_on:%Y-%m-%d}.{row.uuid.hex}"
        return self.filters.address(**{where: place})


@dataclass(frozen=True)
class Page:
    rows: list[Assignment]
    pages: Pages


@dataclass(frozen=True)
class _Place:
    """Where a page ends: how many rows lie before, and what the last row is put in order by."""

    number: int
    need: int
    next_on: date
    pk: int

    @classmethod
    def read(cls, written: str, rows: AssignmentQuerySet) -> "_Place | None":
        """As it stands in an address; None where it is none. A row that left the list is taken for the first of
        its day."""
        found = PLACE.fullmatch(written)
        if found is None:
            return None
        number, need, next_on, uuid = found.groups()
        try:
            day = date.fromisoformat(next_on)
        except ValueError:
            return None
        pk = rows.filter(uuid=UUID(uuid)).values_list("pk", flat=True).first()
        return cls(int(number), int(need), day, pk or 0)
