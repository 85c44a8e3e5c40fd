"""What the sheet of a list holds: more than fits on a page, in the order of the official tables.

A list that is not named here gives the columns that its page shows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import label_for_field, lookup_field
from django.db.models import BooleanField, Model, OuterRef, Subquery
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.models import Report
from directives.rules.lifecycle import LABELS as STATES
from directives.rules.lifecycle import State
from directives.rules.standing import LABELS as STANDINGS
from directives.rules.standing import Standing

Value = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """A column: its head, where its value stands in the row, and how wide it is, in characters."""

    label: Any
    value: Value
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """The columns of a list, and what its rows need besides; `annotated` comes with the same query."""

    columns: Sequence[Column]
    annotated: Mapping[str, Any] = field(default_factory=dict)
    related: Sequence[str] = ()


def at(path: str) -> Value:
    """The value at the end of a path of attributes, 'directive.notice.signer'; None where the path breaks off."""

    def found(row: Any) -> Any:
        return reduce(lambda one, name: None if one is None else getattr(one, name), path.split("."), row)

    return found


def words(name: str) -> Value:
    """What a choice of the row is called in the reader's language."""
    return lambda row: getattr(row, f"get_{name}_display")()


def _latest(name: str) -> Subquery:
    reports = Report.objects.filter(assignment=OuterRef("pk")).order_by("-at", "-pk")
    return Subquery(reports.values(name)[:1])


L = gettext_lazy
SHEETS: dict[str, Sheet] = {
    "notice": Sheet(
        (
            Column(L("number and symbol"), at("reference")),
            Column(L("issue date"), at("issued_on")),
            Column(L("signer"), at("signer"), 24),
            Column(L("subject"), at("subject"), 60),
            Column(L("kind"), words("kind"), 20),
            Column(L("issuer"), at("issuer.name"), 28),
            Column(L("committee"), at("committee.name"), 32),
            Column(L("meeting date"), at("met_on")),
            Column(L("urgency"), words("urgency")),
            Column(L("state"), words("state")),
            Column(L("directives"), at("n_directives")),
            Column(L("assignments"), at("n_assignments")),
            Column(L("unhandled paragraphs"), at("n_open")),
            Column(L("note"), at("note"), 30),
        ),
        related=("issuer",),
    ),
    "assignment": Sheet(
        (
            Column(L("number and symbol"), at("directive.notice.reference")),
            Column(L("issue date"), at("directive.notice.issued_on")),
            Column(L("signer"), at("directive.notice.signer"), 24),
            Column(L("subject"), at("directive.notice.subject"), 50),
            Column(L("directive"), at("directive.wording"), 60),
            Column(L("product expected"), at("directive.product"), 28),
            Column(L("agency"), at("agency.name"), 28),
            Column(L("role"), words("role")),
            Column(L("period"), at("period_name")),
            Column(L("deadline as written"), at("directive.deadline_text"), 24),
            Column(L("original deadline"), at("original_due_on")),
            Column(L("deadline"), at("due_on")),
            Column(L("what was done"), at("last_report"), 50),
            Column(L("percent done"), at("last_percent")),
            Column(L("state"), lambda row: _(STATES[State(row.state)])),
            Column(L("standing"), lambda row: _(STANDINGS[Standing(row.standing)])),
            Column(L("assigned on"), at("assigned_on")),
            Column(L("handed in on"), at("handed_in_on")),
            Column(L("done on"), at("done_on")),
        ),
        annotated={"last_report": _latest("text"), "last_percent": _latest("percent")},
    ),
    "extensionrequest": Sheet(
        (
            Column(L("number and symbol"), at("assignment.directive.notice.reference")),
            Column(L("directive"), at("assignment.directive.wording"), 60),
            Column(L("agency"), at("assignment.agency.name"), 28),
            Column(L("deadline when asked"), at("due_on_then")),
            Column(L("asked for"), at("asked_due_on")),
            Column(L("asked"), at("asked_at")),
            Column(L("extended before"), at("times")),
            Column(L("reason"), at("reason"), 40),
            Column(L("state"), words("state")),
            Column(L("granted until"), at("granted_due_on")),
            Column(L("reason of the decision"), at("decision_reason"), 40),
            Column(L("decided"), at("decided_at")),
        )
    ),
    "question": Sheet(
        (
            Column(L("number and symbol"), at("assignment.directive.notice.reference")),
            Column(L("directive"), at("assignment.directive.wording"), 60),
            Column(L("agency"), at("assignment.agency.name"), 28),
            Column(L("asked"), at("asked_at")),
            Column(L("question"), at("text"), 60),
            Column(L("state"), words("state")),
            Column(L("answer"), at("answer"), 60),
            Column(L("answered"), at("answered_at")),
            Column(L("answer for all"), lambda row: _("yes") if row.common else _("no")),
        )
    ),
    "indicator": Sheet(
        (
            Column(L("code"), at("code")),
            Column(L("Vietnamese name"), at("name_vi"), 50),
            Column(L("committee"), at("committee.name"), 32),
            Column(L("unit"), at("unit")),
            Column(L("baseline"), at("baseline")),
            Column(L("target value"), at("target")),
            Column(L("target date"), at("due_on")),
            Column(L("latest figure"), lambda row: _newest(row, "value")),
            Column(L("numerator"), lambda row: _newest(row, "numerator")),
            Column(L("denominator"), lambda row: _newest(row, "denominator")),
            Column(L("as of the day"), lambda row: _newest(row, "as_of")),
        )
    ),
    "reading": Sheet(
        (
            Column(L("indicator"), at("indicator.name_vi"), 50),
            Column(L("agency"), at("agency.name"), 28),
            Column(L("as of"), at("as_of")),
            Column(L("bound"), words("bound")),
            Column(L("value as reported"), at("value")),
            Column(L("numerator"), at("numerator")),
            Column(L("denominator"), at("denominator")),
            Column(L("value as verified"), at("verified_value")),
            Column(L("source"), at("source"), 40),
            Column(L("note"), at("note"), 30),
        )
    ),
}


def _newest(row: Any, name: str) -> Any:
    return next((getattr(reading, name) for reading in row.readings.all()), None)


def sheet_of(page: admin.ModelAdmin) -> Sheet:
    """The sheet of a list: its own, else the columns that its page shows."""
    own = SHEETS.get(page.opts.model_name or "")
    return own or Sheet([_shown(page, name) for name in page.list_display])


def _shown(page: admin.ModelAdmin, name: str) -> Column:
    def value(row: Model) -> Any:
        column, _attribute, found = lookup_field(name, row, page)
        if column is not None and column.choices:
            return getattr(row, f"get_{name}_display")()
        if isinstance(column, BooleanField):
            return "" if found is None else _("yes") if found else _("no")
        return strip_tags(found).strip() if isinstance(found, SafeString) else found

    return Column(label_for_field(name, page.model, page), value, 24)


def headed(column: Column) -> str:
    """The head of a column, with a capital."""
    return capfirst(str(column.label))
