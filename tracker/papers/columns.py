"""The columns of the lists on paper, those of the official tables (number of the notice, abstract, directive, result,
state), and what stands in them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directives.as_of import Work
from directives.models import ExtensionState, Role
from directives.rules.lifecycle import LABELS as STATES
from directives.rules.lifecycle import State
from directives.rules.refusals import N_
from directives.rules.standing import LABELS as STANDINGS
from directives.rules.standing import Standing
from tracker.papers.form import Cell, Column, Kind, Table
from tracker.papers.words import day

Told = Callable[[Work, date], Cell]


@dataclass(frozen=True)
class Field:
    """A column of a list, and what stands in it for one piece of work on a day."""

    head: str
    width: float
    told: Told
    kind: Kind = Kind.TEXT
    of: tuple[tuple[str, float, Kind], ...] = ()

    def column(self) -> Column:
        """As it stands on paper, in the reader's language."""
        inner = tuple(Column(_(head), width, kind) for head, width, kind in self.of)
        return Column(_(self.head), self.width, self.kind, inner)


@cache
def _role(language: str | None, role: str) -> str:  # a list says it on each of its rows
    return str(Role(role).label)


@cache
def _state(language: str | None, state: State, standing: Standing) -> tuple[str, str]:
    return _(STATES[state]), _(STANDINGS[standing])


NOTICE = Field(
    N_("No. of the notice (no., date, signed by)"),
    28,
    lambda work, _day: (work.reference, work.issued_on, work.signer),
    of=(
        (N_("No. of the notice"), 26, Kind.TEXT),
        (N_("Date of the notice"), 20, Kind.DAY),
        (N_("Signed by"), 32, Kind.TEXT),
    ),
)
NUMBER = Field(N_("No. of the notice"), 26, lambda work, _day: work.reference)
SUBJECT = Field(N_("Abstract"), 36, lambda work, _day: work.subject)
DIRECTIVE = Field(N_("Directive as given"), 62, lambda work, _day: _with_period(work))
AGENCY = Field(
    N_("Agency"),
    30,
    lambda work, _day: (work.agency, _role(get_language(), work.role)),
    of=((N_("Agency"), 40, Kind.TEXT), (N_("Part"), 20, Kind.TEXT)),
)
PRODUCT = Field(N_("Product expected"), 30, lambda work, _day: work.product)
PART = Field(N_("Part"), 20, lambda work, _day: _role(get_language(), work.role))
DUE = Field(N_("Deadline"), 22, lambda work, _day: work.due_on, Kind.DAY)
RESULT = Field(N_("Result"), 46, lambda work, _day: result(work))
STATE = Field(
    N_("State"),
    26,
    lambda work, _day: _state(get_language(), work.state, work.standing),
    of=((N_("State"), 28, Kind.TEXT), (N_("Standing"), 28, Kind.TEXT)),
)
OVERDUE = Field(N_("Days overdue"), 18, lambda work, day: work.days_overdue(day), Kind.WHOLE)
REASON = Field(N_("Reason, difficulties"), 60, lambda work, _day: reason(work))


def table(fields: Sequence[Field], rows: Iterable[Work], on: date, **more: Any) -> Table:
    """A numbered table of these columns."""
    told: Iterator[list[Cell]] = ([field.told(row, on) for field in fields] for row in rows)
    return Table([field.column() for field in fields], told, **more)


def _with_period(work: Work) -> str:
    return f"{work.wording} ({work.period})" if work.period else work.wording


def result(work: Work) -> str:
    """What was done: by the last report, with how far it is, the product's document, and when it was handed in."""
    said = [work.report] if work.report else []
    if work.percent is not None and work.state not in (State.DONE, State.HANDED_IN):
        said.append(_("%(percent)s %% done") % {"percent": work.percent})
    if work.product_ref:
        said.append(_("Product: %(number)s") % {"number": work.product_ref})
    if work.handed_in_on and work.state in (State.DONE, State.HANDED_IN):
        said.append(_("Handed in on %(day)s") % {"day": day(work.handed_in_on)})
    return "\n".join(said) or _("Not reported yet")


def reason(work: Work) -> str:
    """Why it is overdue: the difficulties reported last, and what came of the latest request for more time."""
    said = []
    if work.state is State.HANDED_IN:
        said.append(_("Handed in on %(day)s, waits for verification") % {"day": day(work.handed_in_on)})
    if work.difficulties:
        told = {"day": day(work.difficulties_on), "words": work.difficulties}
        said.append(_("%(words)s (report of %(day)s)") % told)
    if work.extension:
        said.append(_extension(work))
    if said:
        return "\n".join(said)
    return _("No reason given") if work.reported_on else _("Not reported yet")


def _extension(work: Work) -> str:
    asked = work.extension
    if asked is None:
        return ""
    told = {"day": day(asked.asked_due_on), "reason": asked.reason, "answer": asked.decision_reason}
    if asked.state == ExtensionState.REFUSED:
        return _("Asked for more time until %(day)s: %(reason)s. Refused: %(answer)s") % told
    if asked.state == ExtensionState.OPEN:
        return _("Asked for more time until %(day)s, not decided yet: %(reason)s") % told
    return _("Was given more time; had asked for it until %(day)s: %(reason)s") % told
