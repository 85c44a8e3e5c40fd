"""One assignment: its facts, what was said, and the verbs that fit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from accounts.roles import Answer, Verb, may_each
from directives.models import Assignment, Event, ExtensionRequest, ExtensionState, Question, QuestionState, Report
from directives.rules.lifecycle import allowed
from tracker.admin.extension_forms import GrantForm, RefuseForm
from tracker.admin.pages import page
from tracker.admin.seat import seat_of
from tracker.admin.verbs import VERBS, DeskVerb
from tracker.declined import declined_of


@dataclass(frozen=True)
class Offer:
    """A verb that fits the state, with its form, and whether this person may."""

    verb: DeskVerb
    form: forms.Form
    answer: Answer


@dataclass(frozen=True)
class Said:
    """One entry of the thread: a report, a request, a question, or why the work was declined."""

    at: datetime
    kind: str
    about: Any


def thread_of(assignment: Assignment) -> list[Said]:
    """Reports, requests and questions together with their files, latest first; seven queries at most."""
    reports = Report.objects.filter(assignment=assignment).in_full()
    requests = ExtensionRequest.objects.filter(assignment=assignment).select_related("asked_by", "decided_by")
    said = [Said(report.at, "report", report) for report in reports]
    said += [Said(request.asked_at, "extension", request) for request in requests.prefetch_related("attachments")]
    questions = Question.objects.filter(assignment=assignment).select_related("asked_by", "answered_by")
    said += [Said(one.asked_at, "question", one) for one in questions.prefetch_related("attachments", "answer_files")]
    return sorted(said, key=lambda one: (one.at, one.kind), reverse=True)


def assignment_page(
    request: HttpRequest,
    assignment: Any,
    *,
    typed: dict[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Facts that nobody edits, what was said, and the verbs that fit."""
    seat, typed = seat_of(request), typed or {}
    committee = assignment.directive.notice.committee
    answers = may_each(seat.user, (Verb.VERIFY, Verb.DECIDE_EXTENSION), committee, on=seat.today)
    thread = thread_of(assignment)
    events = list(Event.objects.filter(assignment=assignment).order_by("-at", "-pk"))
    if declined := declined_of(assignment, events):
        thread = sorted([*thread, Said(declined.at, "declined", declined)], key=lambda one: one.at, reverse=True)
    waiting = [one.about for one in thread if one.kind == "extension" and one.about.state == ExtensionState.OPEN]
    return page(
        request,
        "admin/directives/assignment/page.html",
        title=str(assignment.agency),
        model=Assignment,
        status=status,
        assignment=assignment,
        thread=thread,
        reported=bool(thread),
        events=events,
        questions=_to_answer(thread),
        offers=[
            Offer(verb, typed.get(name) or _fresh(verb, assignment), answers[Verb.VERIFY])
            for name, verb in VERBS.items()
            if allowed(assignment.state, name)
        ],
        answer=answers[Verb.VERIFY],
        decide=answers[Verb.DECIDE_EXTENSION],
        waiting=waiting[0] if waiting else None,
        grant_form=typed.get("grant") or (GrantForm.of(waiting[0]) if waiting else None),
        refuse_form=typed.get("refuse") or (RefuseForm.of(waiting[0]) if waiting else None),
    )


def _to_answer(thread: list[Said]) -> list[Question]:
    """What waits for an answer, the oldest first."""
    asked = [one.about for one in reversed(thread) if one.kind == "question"]
    return [one for one in asked if one.state == QuestionState.OPEN]


def _fresh(verb: DeskVerb, assignment: Assignment) -> forms.Form:
    return verb.form(prefix=verb.verb.value, initial={"version": assignment.version})
