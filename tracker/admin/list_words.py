"""What the desk calls the columns of a list, and how it lays them out as a sheet that can come back."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from directives.models import Addressee, Directive, Role
from directives.rules.lists.columns import Means
from tracker.admin.sheet_columns import Column, at, words

LABELS = {
    Means.NUMBER: _("No."),
    Means.CODE: _("directive code"),
    Means.NOTICE: _("number and symbol"),
    Means.QUOTE: _("sentence of the notice"),
    Means.WORDING: _("wording"),
    Means.LEAD: _("Lead"),
    Means.SHARE: _("Own share"),
    Means.COORDINATING: _("Coordinating"),
    Means.DEADLINE_TEXT: _("deadline as written"),
    Means.DEADLINE: _("deadline"),
    Means.DEADLINE_KIND: _("kind of deadline"),
    Means.RECURRENCE: _("recurrence"),
    Means.COORDINATING_DUE_ON: _("deadline of the coordinating agencies"),
    Means.PRODUCT: _("product expected"),
    Means.FIELD: _("field"),
    Means.DECIDED_BY: _("who decides"),
    Means.REVIEW_ON: _("review date"),
    Means.NOTE: _("note"),
}
WIDE = {Means.QUOTE: 60, Means.WORDING: 60, Means.LEAD: 28, Means.SHARE: 28, Means.COORDINATING: 36, Means.CODE: 38}


def _named(role: Role) -> Callable[[Directive], str]:
    def found(directive: Directive) -> str:
        rows = [row for row in directive.addressees.all() if row.role == role]
        return "; ".join(_name(row) for row in rows)

    return found


def _name(row: Addressee) -> str:
    body = row.agency or row.group
    return body.name if body else ""


def _own_date(directive: Directive) -> Any:
    rows: Iterable[Addressee] = directive.addressees.all()
    return next((row.due_on for row in rows if row.role == Role.COORDINATING and row.due_on), None)


VALUES: dict[Means, Callable[[Any], Any]] = {
    Means.NUMBER: at("position"),
    Means.CODE: at("uuid"),
    Means.NOTICE: at("notice.reference"),
    Means.LEAD: _named(Role.LEAD),
    Means.SHARE: _named(Role.SHARE),
    Means.COORDINATING: _named(Role.COORDINATING),
    Means.COORDINATING_DUE_ON: _own_date,
    Means.DEADLINE_KIND: words("deadline_kind"),
    Means.RECURRENCE: words("recurrence"),
}


def directive_columns() -> Sequence[Column]:
    """The columns of a notice's directives, with the headings by which they are known again."""
    return [Column(label, VALUES.get(means, at(means.value)), WIDE.get(means, 18)) for means, label in LABELS.items()]
