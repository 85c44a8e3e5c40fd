"""What falls with work that is no longer owed: what nobody has decided, verified or answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from directives.actions.recording import record_all
from directives.models import (
    Assignment,
    ExtensionRequest,
    ExtensionState,
    Question,
    QuestionState,
    Report,
    ReportKind,
    ReportState,
)

ASKED = {"extension": str(ExtensionState.OPEN)}, {"extension": str(ExtensionState.LAPSED)}
PUT = {"question": str(QuestionState.OPEN)}, {"question": str(QuestionState.LAPSED)}
WAITED = {"report": str(ReportState.SUBMITTED)}, {"report": str(ReportState.LAPSED)}


def lapse(ended: Sequence[Assignment], *, by: User, at: datetime, on_behalf_of: str) -> None:
    """Let what still waits for a decision about this work, locked by the verb that ended it, wait for nobody.

    A fixed number of queries, however much work ended.
    """
    requests = ExtensionRequest.objects.filter(assignment__in=ended, state=ExtensionState.OPEN)
    reports = Report.objects.filter(assignment__in=ended, kind=ReportKind.HAND_IN, state=ReportState.SUBMITTED)
    questions = Question.objects.filter(assignment__in=ended, state=QuestionState.OPEN)
    for rows, verb, change, told in (
        (requests, "lapse_extension", {"state": ExtensionState.LAPSED, "decided_at": at}, ASKED),
        (reports, "lapse_report", {"state": ReportState.LAPSED, "decided_at": at}, WAITED),
        (questions, "lapse_question", {"state": QuestionState.LAPSED, "answered_at": at}, PUT),
    ):
        found = _of(rows, ended)
        if found:
            rows.update(**change)
            record_all(found, verb, by=by, at=at, on_behalf_of=on_behalf_of, before=told[0], after=told[1])


def lapse_met(redated: Sequence[Assignment], *, by: User, at: datetime, on_behalf_of: str) -> None:
    """Let requests for more time wait for nobody where the deadline that was set gives what was asked, or is none."""
    dates = {row.pk: row.due_on for row in redated}
    asked = ExtensionRequest.objects.filter(assignment__in=redated, state=ExtensionState.OPEN)
    found = [row for row in _of(asked, redated) if (due := dates[row.assignment_id]) is None or due >= row.asked_due_on]
    if found:
        asked.filter(pk__in=[row.pk for row in found]).update(state=ExtensionState.LAPSED, decided_at=at)
        who = {"by": by, "at": at, "on_behalf_of": on_behalf_of}
        record_all(found, "lapse_extension", before=ASKED[0], after=ASKED[1], **who)


def _of(rows: QuerySet[Any], ended: Sequence[Assignment]) -> list[Any]:
    """The rows with their assignments as they are at hand."""
    by_pk, found = {assignment.pk: assignment for assignment in ended}, list(rows.order_by("pk"))
    for row in found:
        row.assignment = by_pk[row.assignment_id]
    return found
