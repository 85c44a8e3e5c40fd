"""The rows of a change of many in words: what each was and became, or would become, or why it is refused."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Agency
from accounts.people import Reach
from accounts.refusals import Refusal
from accounts.roles import Verb
from directives.actions.many_wishes import Wishes, wishes_of
from directives.actions.recording import facts
from directives.models import Assignment, BulkChange, BulkRow, RowState
from directives.rules.lifecycle import LABELS, State, after
from tracker.admin.changed_since import differences, in_one_line
from tracker.admin.refusals import sentence_of

NOTHING = "–"


@dataclass(frozen=True)
class Line:
    """A row of the change as it is shown: what the verb changes, before and after, or why it is refused."""

    row: BulkRow
    before: str
    after: str
    refused: str
    meanwhile: str = ""  # what somebody else changed of it before its turn came

    @property
    def changed(self) -> bool:
        return not self.refused


def rows_of(change: BulkChange, sight: Reach) -> QuerySet[BulkRow]:
    """The rows of the change that an eye reaches, with what a line says of them."""
    rows = change.rows.select_related("change", "assignment__agency", "assignment__directive__notice", "heir__agency")
    if not sight.everything:
        rows = rows.filter(assignment__in=Assignment.objects.in_reach(sight))
    return rows.defer("assignment__directive__notice__text").order_by("pk")


def foretold(change: BulkChange, rows: Iterable[BulkRow], refused: Mapping[int, str], *, at: datetime) -> list[Line]:
    """What would become of each, where it is not refused."""
    wishes = wishes_of(change, at=at)
    return [_foretold(row, wishes, refused.get(row.pk, "")) for row in rows]


def done(rows: Iterable[BulkRow]) -> Iterator[Line]:
    """What became of each."""
    for row in rows:
        before = _words(row.change.verb, row.before, row.assignment.agency)
        then = _words(row.change.verb, row.after, row.heir.agency if row.heir else row.assignment.agency)
        told = ""
        if row.state == RowState.REFUSED and row.before:
            told = in_one_line(differences(row.before, row.after))
        yield Line(row, before, then, _why(row), told)


def _foretold(row: BulkRow, wishes: Wishes, refused: str) -> Line:
    work, verb = row.assignment, row.change.verb
    was = facts(work)
    before = _words(verb, was, work.agency)
    if refused:
        return Line(row, before, "", refused)
    due_on = wishes.due_on(work)
    then = {
        **was,
        "state": after(work.state, verb, left=work.resume_to),
        "due_on": due_on.isoformat() if due_on else None,
    }
    return Line(row, before, _words(verb, then, wishes.agency if verb == Verb.REASSIGN else work.agency), "")


def _words(verb: str, told: Mapping[str, Any], agency: Agency) -> str:
    """What the verb changes of an assignment: its deadline, its agency with the deadline, or its state."""
    if not told:
        return ""
    day = date.fromisoformat(told["due_on"]).strftime("%d/%m/%Y") if told.get("due_on") else ""
    if verb == Verb.SET_DEADLINE:
        return day or NOTHING
    if verb == Verb.REASSIGN:
        return f"{agency.name}, {day}" if day else agency.name
    return _(LABELS[State(told["state"])])


def _why(row: BulkRow) -> str:
    return sentence_of(Refusal(row.sentence, **row.params)) if row.sentence else ""
