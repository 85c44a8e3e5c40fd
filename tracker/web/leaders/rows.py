"""The rows behind a number: each piece of work as the register knew it at the end of the day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import DateField, Q, Value
from django.db.models.functions import Coalesce
from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from directives.figures import Age, Basis, By, Part, carried_by, rows_aged, rows_of
from directives.models import Assignment, Directive, Notice, Span, soon_until
from directives.models.history import SpanQuerySet
from directives.rules.standing import standing
from tracker.printed import plain
from tracker.web.leaders.asked import Asked, named
from tracker.web.leaders.words import AGES, NO_FIELD, PARTS
from tracker.web.wording import CHIPS, Chip, deadline

PAGE = 50
UNDATED = date.max
BASES = {"original": Basis.ORIGINAL}
SHOWN = ("assignment__directive__notice", "assignment__directive__paragraph")
NOT_SHOWN = ("assignment__directive__notice__text", "assignment__directive__quote")
SAME = ("state", "role", "due_on", "original_due_on", "handed_in_on", "done_on")


@dataclass(frozen=True)
class Row:
    """One piece of work as it was; a link only where the reader sees it today."""

    assignment: Assignment
    chip: Chip
    deadline: str
    linked: bool


class Rows:
    """What one number counts, in the order of deadlines; pages go on behind the last row of the one before."""

    def __init__(self, asked: Asked, address: QueryDict) -> None:
        self.asked = asked
        self.part = _one(Part, address.get("cell"), Part.TOTAL)
        self.age: Age | None = _one(Age, address.get("age"), None)
        self.notice = named(Notice.objects.defer("text"), address.get("notice"))
        self.unit = named(Agency.objects.all(), address.get("unit")) if asked.handed_down else None
        self.field = address.get("field")
        self.directive = named(Directive.objects.select_related("notice"), address.get("directive"))
        self.basis = BASES.get(address.get("basis", ""), Basis.CURRENT)
        self.whose = named(Agency.objects.all(), address.get("of"))
        self.succession = bool(self.whose and address.get("succession"))
        self.after = address.get("after", "")

    @property
    def of(self) -> dict[By, Any]:
        """What narrows the rows beside the scope."""
        narrowed = {By.AGENCY: self.unit and self.unit.pk, By.NOTICE: self.notice and self.notice.pk}
        return {way: key for way, key in {**narrowed, By.FIELD: self.field}.items() if key is not None}

    @cached_property
    def found(self) -> SpanQuerySet:
        """All of them, in order."""
        scope, as_of = self.asked.scope, self.asked.as_of
        if self.age is not None:
            rows = rows_aged(scope, self.age, as_of, of=self.of)
        else:
            rows = rows_of(scope, self.part, as_of, of=self.of, basis=self.basis)
        if self.directive:
            rows = rows.filter(directive=self.directive)
        if self.whose:
            rows = rows.filter(agency__in=carried_by(self.whose, as_of) if self.succession else [self.whose.pk])
        last = Coalesce("due_on", Value(UNDATED, DateField()))
        return rows.annotate(next_on=last).order_by("next_on", "assignment_id")

    @cached_property
    def total(self) -> int:
        """How many there are."""
        return self.found.count()

    @cached_property
    def _read(self) -> list[Span]:
        """Found first, and only then joined with all that a line shows."""
        rows = self.found
        if self.after:
            due, pk = _place(self.after)
            rows = rows.filter(Q(next_on__gt=due) | Q(next_on=due, assignment_id__gt=pk))
        keys = list(rows.values_list("pk", flat=True)[: PAGE + 1])
        shown = Span.objects.select_related("agency", *SHOWN).defer(*NOT_SHOWN).in_bulk(keys)
        return [shown[key] for key in keys]

    @property
    def rows(self) -> list[Row]:
        """Those of this page."""
        spans = self._read[:PAGE]
        soon = soon_until(self.asked.as_of)
        seen = Assignment.objects.in_reach(self.asked.desk.sight).filter(pk__in=[span.assignment_id for span in spans])
        linked = set(seen.values_list("pk", flat=True))
        return [self._row(span, soon, linked=span.assignment_id in linked) for span in spans]

    def _row(self, span: Span, soon: date, *, linked: bool) -> Row:
        then = as_it_was(span, self.asked.as_of, soon)
        told = deadline(then, today=self.asked.as_of, calendar=self.asked.desk.calendar)
        return Row(then, CHIPS[then.standing], told, linked)

    @property
    def next(self) -> str:
        """The address of the next page; nothing on the last."""
        if len(self._read) <= PAGE:
            return ""
        last = self._read[PAGE - 1]
        place = f"{(last.due_on or UNDATED).isoformat()}.{last.assignment.uuid.hex}"
        return self.address(after=place)

    @property
    def told(self) -> list[str | Promise]:
        """What these rows are, in words."""
        words: list[str | Promise] = [PARTS[self.part]]
        words += [AGES[self.age]] if self.age else []
        words += [self.unit.name] if self.unit else []
        words += [self.whose.name] if self.whose else []
        words += [_("with the work of predecessors")] if self.succession else []
        words += [_("against the first deadline")] if self.basis is Basis.ORIGINAL else []
        words += [self.directive.wording] if self.directive else []
        words += [f"{self.notice.reference} – {self.notice.subject}"] if self.notice else []
        return words + ([self.field or NO_FIELD] if self.field is not None else [])

    @property
    def number(self) -> str:
        """How many there are, as figures are written."""
        return plain(Decimal(self.total))

    @property
    def said(self) -> dict[str, str]:
        """What an address says of them beside whose they are."""
        words = {
            "cell": self.part.value,
            "age": self.age.value if self.age else "",
            "notice": str(self.notice.uuid) if self.notice else "",
            "unit": str(self.unit.uuid) if self.unit else "",
            "of": str(self.whose.uuid) if self.whose else "",
            "succession": "1" if self.succession else "",
            "directive": str(self.directive.uuid) if self.directive else "",
            "basis": "" if self.basis is Basis.CURRENT else "original",
        }
        return {name: word for name, word in words.items() if word} | (
            {} if self.field is None else {"field": self.field}
        )

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form carries along that asks for another day."""
        return list(self.said.items())

    def address(self, **more: str) -> str:
        """Of the same rows."""
        return self.asked.address("figure_rows", **self.said, **more)


def as_it_was(span: Span, as_of: date, soon_until: date) -> Assignment:
    """The assignment of a span with what was so of it then, and its standing as of that day. It is not to be saved."""
    one = span.assignment
    for name in SAME:
        setattr(one, name, getattr(span, name))
    one.agency = span.agency
    one.standing = standing(
        span.state,
        span.due_on,
        today=as_of,
        soon_until=soon_until,
        handed_in_on=span.handed_in_on,
        done_on=span.done_on,
    )
    return one


def _one(kind: Any, written: str | None, usual: Any) -> Any:
    """The member of `kind` that an address names. Raises `Http404` where there is none of that name."""
    if written is None:
        return usual
    try:
        return kind(written)
    except ValueError:
        raise Http404 from None


def _place(written: str) -> tuple[date, int]:
    """Where a page ends: the deadline and the id of its last row. Raises `Http404` where it is no such place."""
    due, _dot, uuid = written.partition(".")
    try:
        return date.fromisoformat(due), Assignment.objects.values_list("pk", flat=True).get(uuid=UUID(uuid))
    except (ValueError, Assignment.DoesNotExist):
        raise Http404 from None
