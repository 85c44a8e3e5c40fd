"""What changed of a committee's work between two days: the paper that is read before a session."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import F

from accounts.models import Agency, Committee
from directives.briefing_sql import Whose, one_by_one
from directives.briefing_sums import Situation, by_notice, cells_before, situations
from directives.figures import Cells, Scope, totals
from directives.models import Directive, Notice, Role
from directives.models.periods import period_name
from directives.rules.changes import Change, Then, changes
from directives.rules.lifecycle import WORKING
from directives.rules.working_days import HANOI

NAMED = 12
# So many changed assignments stand on one part of the paper; a notice is never torn apart.
OF_A_PART = 400


@dataclass(frozen=True)
class Line:
    """The agencies of one directive to which the same happened; dates where they say more."""

    change: Change
    agencies: list[str]
    was_due_on: date | None = None
    due_on: date | None = None
    late: bool = False

    @property
    def first_named(self) -> list[str]:
        """The first of the agencies by name."""
        return self.agencies[:NAMED]

    @property
    def named(self) -> str:
        """The same in a sentence."""
        return "; ".join(self.first_named)

    @property
    def others(self) -> int:
        """How many more there are."""
        return max(len(self.agencies) - NAMED, 0)


@dataclass(frozen=True)
class Told:
    """One directive and what became of it."""

    directive: Directive
    lines: list[Line]


@dataclass(frozen=True)
class Changed:
    """One assignment that changed: of which directive, whose, in which part; its dates where they say more."""

    directive: Directive
    notice: Notice
    agency: str
    role: str
    period: str
    was_due_on: date | None
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True)
class Chapter:
    """One notice and those of its directives of which there is something to tell."""

    notice: Notice
    directives: list[Told]


@dataclass(frozen=True)
class Briefing:
    """Everything that changed, by notice, the newest first; how often each change; the cells then and now.

    A long paper comes in `parts`, of which `chapters` are one: the one that counts `part`.
    """

    since: date
    until: date
    part: int
    parts: int
    chapters: list[Chapter]
    counts: Mapping[Change, int]
    cells_then: Cells
    cells_now: Cells

    @property
    def before(self) -> int:
        """The part before this one; 0 where it is the first."""
        return self.part - 1

    @property
    def behind(self) -> int:
        """The part behind this one; 0 where it is the last."""
        return self.part + 1 if self.part < self.parts else 0


@dataclass(frozen=True)
class _Part:
    """What is known of one assignment that changed."""

    directive_id: int
    period: str
    agency_id: int
    role: str
    was: Then | None
    now: Then
    done_on: date | None
    found: list[Change]


class Between:
    """What changed of the work that a committee gave, after the local date `since`, up to the end of `until`; of an
    agency, of what it was given, or of what it `handed_down`.

    Each of its parts is asked for when it is wanted, and once.
    """

    def __init__(self, body: Committee | Agency, *, since: date, until: date, handed_down: bool = False) -> None:
        first, end = (datetime.combine(day + timedelta(days=1), time(), HANOI) for day in (since, until))
        self.since, self.until = since, until
        self._scope = Scope.of(body, handed_down=handed_down)
        of_agency = Whose.HANDED_DOWN if handed_down else Whose.AGENCYS
        self._whose = Whose.COMMITTEES if isinstance(body, Committee) else of_agency
        days = {"since": since, "until": until, "first": first, "end": end}
        self._asked: dict[str, Any] = {**days, "body": body.pk, "working": list(WORKING)}

    @cached_property
    def _situations(self) -> list[Situation]:
        return situations(self._asked, self._whose)

    @cached_property
    def _by_notice(self) -> Mapping[int, Counter[Change]]:
        return by_notice(self._situations)

    @property
    def counts(self) -> Counter[Change]:
        """How often each change befell an assignment, coordinating ones too."""
        return sum(self._by_notice.values(), Counter())

    @property
    def official(self) -> Counter[Change]:
        """The same of lead and share work alone, which the official cells count."""
        found: Counter[Change] = Counter()
        for row in self._situations:
            if row.now.role != Role.COORDINATING:
                found.update(dict.fromkeys(row.changes, row.many))
        return found

    @cached_property
    def cells_now(self) -> Cells:
        """The cells at the end of `until`."""
        return totals(self._scope, self.until)

    @property
    def cells_then(self) -> Cells:
        """The cells at the end of `since`."""
        if self._whose is Whose.AGENCYS:  # which had other work then, where agencies were merged
            return totals(self._scope, self.since)
        return cells_before(self.cells_now, self._situations, since=self.since, until=self.until)

    def parts(self, only: Change | None = None) -> list[list[int]]:
        """The notices (ids) of each part of a long paper, the newest first; one part at least."""
        found = self._by_notice.items()
        return _in_parts({notice: told[only] if only else told.total() for notice, told in found})

    def chapters(self, notices: list[int], only: Change | None = None) -> list[Chapter]:
        """What there is to tell of these notices (ids); of this change alone where one is named. Four queries."""
        return _chapters(self._one_by_one(notices, only))

    def each(self, notices: list[int], change: Change) -> Iterator[Changed]:
        """Each assignment of these notices (ids) that this change befell, in the same order. Four queries."""
        found = self._one_by_one(notices, change)
        names = _names(found)
        by_directive = defaultdict(list)
        for part in found:
            by_directive[part.directive_id].append(part)
        for notice, rows in _in_order(by_directive):
            for row in rows:
                yield from (_changed(part, change, row, notice, names) for part in by_directive[row.pk])

    def _one_by_one(self, notices: list[int], only: Change | None) -> list[_Part]:
        """What befell each assignment of these notices (ids)."""
        told, days = [], {"since": self.since, "until": self.until}
        with connection.cursor() as cursor:
            cursor.execute(one_by_one(self._whose), {**self._asked, "notices": notices})
            rows = cursor.fetchall()
        for directive, period, agency, role, done_on, was_state, was_due_on, state, due_on, returned, amended in rows:
            was, now = Then(was_state, was_due_on) if was_state else None, Then(state, due_on)
            found = changes(was, now, returned=returned, amended=amended, **days)
            if found := [change for change in found if only in (None, change)]:
                told.append(_Part(directive, period, agency, role, was, now, done_on, found))
        return told


def briefing(committee: Committee, *, since: date, until: date, part: int = 1, only: Change | None = None) -> Briefing:
    """What changed of the committee's assignments after the local date `since`, up to the end of `until`.

    `part` counts from 1; behind the last one there is the last one. `only`: the chapters tell of this change alone.
    Seven queries, however much changed.
    """
    between = Between(committee, since=since, until=until)
    parts = between.parts(only)
    part = min(max(part, 1), len(parts))
    return Briefing(
        since=since,
        until=until,
        part=part,
        parts=len(parts),
        chapters=between.chapters(parts[part - 1], only),
        counts=between.counts,
        cells_then=between.cells_then,
        cells_now=between.cells_now,
    )


def _in_parts(changed: Mapping[int, int]) -> list[list[int]]:
    """The notices (ids) of each part, in their order; of each it is told how many of its assignments changed."""
    parts: list[list[int]] = [[]]
    many = 0
    for notice, of_it in changed.items():
        if parts[-1] and many + of_it > OF_A_PART:
            parts.append([])
            many = 0
        if of_it:
            parts[-1].append(notice)
            many += of_it
    return parts


def _chapters(parts: Iterable[_Part]) -> list[Chapter]:
    by_directive = defaultdict(list)
    for part in parts:
        by_directive[part.directive_id].append(part)
    names = _names(part for found in by_directive.values() for part in found)
    return [
        Chapter(notice, [Told(row, _lines(by_directive[row.pk], names)) for row in rows])
        for notice, rows in _in_order(by_directive)
    ]


def _names(parts: Iterable[_Part]) -> dict[int, str]:
    """What their agencies (ids) are called. One query."""
    agencies = Agency.objects.in_bulk({part.agency_id for part in parts})
    return {pk: agency.name for pk, agency in agencies.items()}


def _in_order(directives: Collection[int]) -> Iterator[tuple[Notice, list[Directive]]]:
    """The directives (ids) by notice, the newest first, and in that as the notice has them. Two queries."""
    rows = Directive.objects.filter(pk__in=directives).only("notice_id", "position", "wording")
    rows = rows.order_by(F("notice__issued_on").desc(nulls_last=True), "-notice_id", "position")
    notices = Notice.objects.defer("text").in_bulk({row.notice_id for row in rows})
    for pk, found in groupby(rows, key=lambda row: row.notice_id):
        yield notices[pk], list(found)


def _changed(part: _Part, change: Change, row: Directive, notice: Notice, names: Mapping[int, str]) -> Changed:
    was_due_on = _beside(part, change)[0]
    period = period_name(part.period) if part.period else ""
    days = was_due_on, part.now.due_on, part.done_on
    return Changed(row, notice, names[part.agency_id], part.role, period, *days)


def _lines(parts: Iterable[_Part], names: Mapping[int, str]) -> list[Line]:
    found: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for part in parts:
        name = names[part.agency_id] + (f" ({period_name(part.period)})" if part.period else "")
        for change in part.found:
            found[change, *_beside(part, change)].append(name)
    places = {change: place for place, change in enumerate(Change)}
    return sorted(
        (Line(change, list(dict.fromkeys(agencies)), *rest) for (change, *rest), agencies in found.items()),
        key=lambda line: (places[line.change], line.due_on or date.max, line.was_due_on or date.max, line.late),
    )


def _beside(part: _Part, change: Change) -> tuple[date | None, date | None, bool]:
    """The dates that say more of this change: from when to when, and whether it was done late."""
    moved = change is Change.AMENDED and part.was is not None and part.was.due_on != part.now.due_on
    if (change is Change.EXTENDED or moved) and part.was is not None:
        return part.was.due_on, part.now.due_on, False
    if change is Change.DONE:
        due, done = part.now.due_on, part.done_on
        return None, None, due is not None and done is not None and due < done
    return None, part.now.due_on if change in (Change.SLIPPED, Change.NEW, Change.RETURNED) else None, False
