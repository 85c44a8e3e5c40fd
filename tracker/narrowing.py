"""What a list of work is narrowed to: a tab, a standing, what was said beside them, and the words that were typed.

A page reads it from an address, a worker from the paper that was asked for; both find the same rows.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import parse_qsl

from django.db.models import Func, Q, TextField

from accounts.models import Committee
from accounts.people import Reach
from directives.models import Assignment, Notice, Span
from directives.models.directives import AssignmentQuerySet
from directives.models.history import SpanQuerySet
from directives.models.need import COORDINATES, Need
from directives.models.searching import ways
from directives.rules.lifecycle import LIVE
from directives.rules.lifecycle import OPEN as NOT_DONE
from directives.rules.searching import plain_text, question, words_typed
from directives.rules.standing import Standing

LEAD, COORDINATING, DOWN, OTHERS = "lead", "coordinating", "down", "others"
GIVEN, RECEIVED = "given", "received"
OPEN, RETURNED, ALL = "open", "returned", "all"
# What an address does not say.
PLAIN = {"tab": LEAD, "way": GIVEN, "standing": OPEN}
DAYS = ("due_from", "due_to")
_PARTS = {
    LEAD: ~COORDINATES,
    COORDINATING: COORDINATES,
    DOWN: Q(directive__handed_down_from__isnull=False),
}


@dataclass(frozen=True)
class Eye:
    """Who looks: how far they see, and the agencies (ids) that they report for."""

    sight: Reach
    own: frozenset[int]

    @property
    def agencies(self) -> frozenset[int] | None:
        """The agencies whose work alone there is to be found; None where they are not told apart."""
        return None if self.sight.everything or self.sight.committees else self.sight.agencies


def in_tab(eye: Eye, tab: str, way: str) -> AssignmentQuerySet:
    """The rows of a tab; of work handed down what was given, or what was received."""
    seen = Assignment.objects.in_reach(eye.sight)
    if not eye.own:
        return seen.filter(_PARTS[tab])
    mine = Assignment.objects.filter(agency__in=eye.own)
    rows: dict[str, Callable[[], AssignmentQuerySet]] = {
        LEAD: lambda: mine.filter(~COORDINATES),
        COORDINATING: lambda: mine.filter(COORDINATES),
        DOWN: lambda: mine.handed_down_to(eye.own) if way == RECEIVED else seen.handed_down_by(eye.own),
        OTHERS: lambda: seen.exclude(agency__in=eye.own),
    }
    return rows[tab]()


def narrowed(rows: AssignmentQuerySet, said: Mapping[str, Any]) -> AssignmentQuerySet:
    """`rows` by what was said: a committee by its key, days as dates, all else as text."""
    for name, value in said.items():
        if name in _NARROWING:
            rows = _NARROWING[name](rows, value)
    return rows


def meant(eye: Eye, words: str) -> list[Q] | None:
    """In which ways words that were typed can be meant; None where none were."""
    return ways(words, eye.agencies) if words else None


@dataclass(frozen=True)
class Narrowed:
    """A whole list as an address asks for it."""

    tab: str = LEAD
    way: str = GIVEN
    standing: str = OPEN
    said: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, query: str) -> "Narrowed":
        """As it was kept: the query of an address that the list itself wrote. One question where it names a committee.

        Raises ObjectDoesNotExist where there is no such committee, ValueError where it is no such query.
        """
        said: dict[str, Any] = dict(parse_qsl(query))
        chosen = {name: said.pop(name, plain) for name, plain in PLAIN.items()}
        said |= {name: date.fromisoformat(said[name]) for name in DAYS if name in said}
        if "committee" in said:
            said["committee"] = Committee.objects.values_list("pk", flat=True).get(code=said["committee"])
        return cls(chosen["tab"], chosen["way"], chosen["standing"], said)

    @property
    def one_standing(self) -> str:
        """The standing that its rows have; nothing where they may have any."""
        return "" if self.standing in (OPEN, RETURNED, ALL) else self.standing

    def rows(self, eye: Eye) -> AssignmentQuerySet:
        """All that is found, whatever its standing; what came back alone where that is asked for."""
        rows = narrowed(in_tab(eye, self.tab, self.way), self.said)
        if self.standing == RETURNED:
            rows = rows.filter(need=Need.RETURNED)
        found = meant(eye, self.said.get("q", ""))
        if found is None:
            return rows
        return rows.filter(reduce(or_, found)) if found else rows.none()

    def spans(self, eye: Eye) -> SpanQuerySet:
        """Of these rows what the agencies themselves had, at any time; as much of their life as the standing asks."""
        spans = Span.objects.filter(assignment__in=self.rows(eye).order_by())
        if self.tab in (LEAD, COORDINATING):
            spans = spans.filter(agency__in=eye.own)
        if self.standing == OPEN:
            return spans.filter(state__in=NOT_DONE)
        return spans if self.standing == Standing.OUTSIDE else spans.filter(state__in=LIVE)


def _of_notice(rows: AssignmentQuerySet, written: str) -> AssignmentQuerySet:
    if re.fullmatch(r"[0-9]{1,6}", written):
        return rows.filter(directive__notice__number=int(written))
    return rows.filter(directive__notice__in=Notice.objects.by_reference(written))


def _of_field(rows: AssignmentQuerySet, written: str) -> AssignmentQuerySet:
    words = words_typed(written)
    if not words:
        return rows.none()
    plain = Func("directive__field", function="plain_text", output_field=TextField())
    found = rows.filter(directive__in_plain__words__holds=question(words))
    return found.alias(plain_field=plain).filter(plain_field__contains=plain_text(written))


_NARROWING: dict[str, Callable[[AssignmentQuerySet, Any], AssignmentQuerySet]] = {
    # By its key, so that PostgreSQL knows how much of the register is this committee's.
    "committee": lambda rows, key: rows.filter(directive__notice__committee=key),
    "notice": _of_notice,
    "role": lambda rows, role: rows.filter(role=role),
    "state": lambda rows, state: rows.filter(state=state),
    "field": _of_field,
    "due_from": lambda rows, first: rows.filter(due_on__gte=first),
    "due_to": lambda rows, last: rows.filter(due_on__lte=last),
}
