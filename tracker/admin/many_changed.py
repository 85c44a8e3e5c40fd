"""What changed while a change of many was looked at: shown before and after, changed only if a person says so anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from directives.actions.many import as_it_stands, choose
from directives.actions.meanwhile import meanwhile
from directives.actions.recording import facts
from directives.models import Assignment, BulkChange, BulkRow, RowState
from tracker import clock
from tracker.admin.changed_since import differences
from tracker.admin.issued import ReasonForm
from tracker.admin.refusals import sentence_of
from tracker.admin.seat import seat_of
from tracker.admin.words import Fact

SHOWN = 100


class ManyForm(ReasonForm):
    """The reason, what was seen of the rows, and which of those that changed meanwhile are changed all the same."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    anew = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, change: BulkChange, *args: Any, **options: Any) -> None:
        super().__init__(*args, initial={"seen": as_it_stands(change)}, **options)
        self.fields["anew"].choices = [(pk, pk) for pk in late_rows(change).values_list("pk", flat=True)]

    def shown_again(self, change: BulkChange) -> None:
        """The page shows the rows as they are now: the next confirmation speaks of those; nobody ticked them yet."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data["seen"] = as_it_stands(change)
            self.data.setlist("anew", [])


@dataclass(frozen=True)
class Changed:
    """A row that somebody else changed: what of it, who and when."""

    row: BulkRow
    facts: Sequence[Fact]
    ticked: bool = False
    by_name: str = ""
    at: datetime | None = None


def late_rows(change: BulkChange) -> Any:
    """The rows whose assignment is no longer as it was when it was chosen."""
    rows = change.rows.filter(state=RowState.WAITING).exclude(version=F("assignment__version"))
    rows = rows.select_related("assignment__agency", "assignment__directive__notice")
    return rows.defer("assignment__directive__notice__text").order_by("pk")


def changed_rows(change: BulkChange, form: ManyForm) -> list[Changed]:
    """The first of them with what changed; two queries."""
    ticked = {str(pk) for pk in form["anew"].value() or ()}
    rows = list(late_rows(change)[:SHOWN])
    since = meanwhile({row.assignment_id: row.version for row in rows})
    found = []
    for row in rows:
        told = since.get(row.assignment_id)
        changed = differences(told.before, facts(row.assignment)) if told else []
        who = {"by_name": told.by_name, "at": told.at} if told else {}
        found.append(Changed(row, changed, ticked=str(row.pk) in ticked, **who))
    return found


@require_POST
def choose_again(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Choose once more what was left out because somebody was faster; the page shows it as it is now."""
    seat = seat_of(request)
    change = get_object_or_404(BulkChange, uuid=uuid, by=seat.user)
    rows = Assignment.objects.in_reach(seat.sight).filter(pk__in=left_out(change).values("assignment")).order_by("pk")
    try:
        anew = choose(change.verb, rows, by=seat.user, at=clock.now(), wanted=change.wanted)
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect("admin:bulk_change", change.uuid)
    return redirect("admin:bulk_change", anew.uuid)


def left_out(change: BulkChange) -> Any:
    """The rows that were left as they are because they changed before their turn came."""
    return change.rows.filter(state=RowState.REFUSED).exclude(before={})
