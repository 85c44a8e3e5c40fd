"""What changed of a committee's work between two days: the paper that is read before a session."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.models import Agency, Committee
from directives.figures import Cells, cells_as_of
from directives.models import Directive, Event, Notice, Span
from directives.models.history import SpanQuerySet
from directives.models.levels import of_committees
from directives.models.periods import period_name
from directives.rules.changes import Change, Then, changes
from directives.rules.lifecycle import WORKING
from directives.rules.working_days import HANOI

NAMED = 12
TOLD = ("return", "amend_assignment")


@dataclass(frozen=True)
class Line:
    """The agencies of one directive to which the same happened; dates where they say more."""

    change: Change
    agencies: list[str]
    was_due_on: date | None = None
    due_on: date | None = None
    late: bool = False

    @property
    def named(self) -> str:
        """The first of the agencies by name."""
        return "; ".join(self.agencies[:NAMED])

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
class Chapter:
    """One notice and those of its directives of which there is something to tell."""

    notice: Notice
    directives: list[Told]


@dataclass(frozen=True)
class Briefing:
    """Everything that changed, by notice, the newest first; how often each change; the cells then and now."""

    since: date
    until: date
    chapters: list[Chapter]
    counts: Mapping[Change, int]
    cells_then: Cells
    cells_now: Cells


@dataclass
class _Part:
    """What is known of one assignment that changed."""

    directive_id: int
    period: str
    agency_id: int
    now: Then
    done_on: date | None
    was: Then | None = None
    found: list[Change] = field(default_factory=list)


def briefing(committee: Committee, *, since: date, until: date) -> Briefing:
    """What changed of the committee's assignments after the local date `since`, up to the end of `until`.

    Nine queries, however much changed.
    """
    spans = Span.objects.filter(of_committees([committee.pk], "assignment__directive__"))
    parts = _parts(spans, since=since, until=until)
    happened = _happened(committee, since=since, until=until)
    for pk, part in parts.items():
        beside = {"returned": pk in happened["return"], "amended": pk in happened["amend_assignment"]}
        part.found = changes(part.was, part.now, since=since, until=until, **beside)
    told = [part for part in parts.values() if part.found]
    return Briefing(
        since=since,
        until=until,
        chapters=_chapters(told),
        counts=Counter(change for part in told for change in part.found),
        cells_then=cells_as_of(spans, since),
        cells_now=cells_as_of(spans, until),
    )


def _parts(spans: SpanQuerySet, *, since: date, until: date) -> dict[int, _Part]:
    """By assignment (id): those whose span changed in that time, and those whose date went by."""
    changed = spans.filter(from_on__gt=since, from_on__lte=until).values("assignment_id")
    gone_by = Q(due_on__gte=since, due_on__lt=until, state__in=WORKING)
    now = spans.as_of(until).filter(gone_by | Q(assignment__in=changed))
    now = now.order_by("assignment__directive_id", "agency__code", "assignment_id")
    facts = ("assignment_id", "assignment__directive_id", "assignment__period", "agency_id")
    parts = {
        pk: _Part(directive_id, period, agency_id, Then(state, due_on), done_on)
        for pk, directive_id, period, agency_id, state, due_on, done_on in now.values_list(
            *facts, "state", "due_on", "done_on"
        )
    }
    was: QuerySet[Any] = spans.as_of(since).filter(assignment__in=now.values("assignment_id"))
    for pk, state, due_on in was.values_list("assignment_id", "state", "due_on"):
        parts[pk].was = Then(state, due_on)
    return parts


def _happened(committee: Committee, *, since: date, until: date) -> dict[str, set[int]]:
    """By verb the assignments (ids) of which the history tells it in that time: what two days alone do not show."""
    first, end = (datetime.combine(day + timedelta(days=1), time(), HANOI) for day in (since, until))
    events = Event.objects.filter(verb__in=TOLD, at__gte=first, at__lt=end, directive__given_by=None)
    events = events.filter(notice__committee=committee)
    found: dict[str, set[int]] = {verb: set() for verb in TOLD}
    for verb, pk in events.values_list("verb", "assignment_id"):
        found[verb].add(pk)
    return found


def _chapters(parts: Iterable[_Part]) -> list[Chapter]:
    by_directive = defaultdict(list)
    for part in parts:
        by_directive[part.directive_id].append(part)
    names = {pk: agency.name for pk, agency in Agency.objects.in_bulk({part.agency_id for part in parts}).items()}
    rows = Directive.objects.filter(pk__in=by_directive).select_related("notice", "paragraph").defer("notice__text")
    rows = rows.order_by(F("notice__issued_on").desc(nulls_last=True), "-notice_id", "position")
    return [
        Chapter(notice, [Told(row, _lines(by_directive[row.pk], names)) for row in found])
        for notice, found in groupby(rows, key=lambda row: row.notice)
    ]


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
