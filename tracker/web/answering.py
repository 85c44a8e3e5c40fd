"""Questions before those who answer them: what waits for the reader, and the page with one question and its answer."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import NOT_HERE, Answer, Verb, may
from directives.actions.asking import answer as give_answer
from directives.actions.moving import responsible, right_to
from directives.models import Assignment, Directive, Question, QuestionState
from directives.rules.lifecycle import OPEN
from tracker import clock
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.fields import point_at_what_is_wrong
from tracker.web.forms import ActForm, AnswerForm
from tracker.web.refusals import done, status_of
from tracker.web.wording import CHIPS, deadline

PAGE = 50


def questions_for(desk: Desk) -> QuerySet[Question]:
    """The questions that the reader's offices may answer, the oldest first."""
    below = Q(assignment__directive__given_by__in=desk.own_agencies)
    mine = Q(assignment__committee__in=desk.answers_for)
    return Question.objects.waiting().filter(mine | below, assignment__state__in=OPEN)


def answers(row: Assignment, desk: Desk) -> Answer:
    """Whether the reader answers questions about this work, as the committee or as who handed it down."""
    return may(desk.user, right_to(row, Verb.ANSWER), responsible(row, Verb.ANSWER), on=desk.today)


@login_required
@require_safe
def questions(request: SignedIn) -> HttpResponse:
    """What waits for an answer."""
    desk = desk_of(request)
    if not desk.answers_for and not Directive.objects.filter(given_by__in=desk.own_agencies).exists():
        return _not_yours(request, str(NOT_HERE))
    shown = Paginator(_told(questions_for(desk)), PAGE).get_page(request.GET.get("page"))
    return render(request, "web/questions.html", {"section": "questions", "shown": shown})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedIn, uuid: UUID) -> HttpResponse:
    """One question with what it is about, and its answer."""
    desk = desk_of(request)
    asked = _find(request, uuid)
    if not (answer := answers(asked.assignment, desk)):
        return _not_yours(request, str(answer.reason))
    if request.method != "POST":
        return _page(request, asked, AnswerForm())
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        if done(form, partial(give_answer, asked, by=request.user, at=clock.now(), **given)):
            messages.success(request, _("Answered. The agency is told."))
            return redirect("questions")
        asked = _find(request, uuid)
    point_at_what_is_wrong(form)
    return _page(request, asked, form)


def _find(request: SignedIn, uuid: UUID) -> Question:
    visible = Assignment.objects.visible_to(request.user, desk_of(request).today)
    return get_object_or_404(_told(Question.objects.filter(assignment__in=visible)), uuid=uuid)


def _told(rows: QuerySet[Question]) -> QuerySet[Question]:
    """With what a line says, and the page of one."""
    beside = ("agency", "directive__paragraph", "directive__notice__committee", "directive__given_by")
    rows = rows.select_related("asked_by", "answered_by", *(f"assignment__{one}" for one in beside))
    return rows.prefetch_related("attachments", "answer_files").defer("assignment__directive__notice__text")


def _not_yours(request: SignedIn, sentence: str) -> HttpResponse:
    return render(request, "403.html", {"sentence": sentence}, status=403)


def _page(request: SignedIn, asked: Question, form: ActForm) -> HttpResponse:
    desk = desk_of(request)
    one = Assignment.objects.with_standing(desk.today, desk.soon_until).for_list().get(pk=asked.assignment_id)
    page = {
        "section": "questions",
        "question": asked,
        "assignment": one,
        "chip": CHIPS[one.standing],
        "deadline": deadline(one, today=desk.today, calendar=desk.calendar),
        "open": asked.state == QuestionState.OPEN and one.state in OPEN,
        "form": form,
    }
    return render(request, "web/question.html", page, status=status_of(form))
