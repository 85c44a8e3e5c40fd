"""Requests for more time, before those who decide on them: what waits for them, and the two answers."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import NOT_HERE, Verb, may
from directives.actions.extending import grant_extension, refuse_extension
from directives.actions.moving import responsible, right_to
from directives.models import Assignment, Directive, ExtensionRequest, ExtensionState
from directives.rules.lifecycle import OPEN
from tracker import clock
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.fields import point_at_what_is_wrong
from tracker.web.forms import ActForm, GrantForm, RefuseForm
from tracker.web.refusals import done, status_of
from tracker.web.wording import CHIPS, deadline

PAGE = 50


def waiting_for(desk: Desk) -> QuerySet[ExtensionRequest]:
    """The requests that the reader's offices may decide; work that is no longer owed takes its request with it."""
    below = Q(assignment__directive__given_by__in=desk.own_agencies)
    mine = Q(assignment__committee__in=desk.decides_for)
    return ExtensionRequest.objects.filter(mine | below, state=ExtensionState.OPEN, assignment__state__in=OPEN)


@login_required
@require_safe
def extensions(request: SignedIn) -> HttpResponse:
    """What waits for a decision, the oldest first."""
    desk = desk_of(request)
    if not _decides_anything(desk):
        return _not_yours(request, str(NOT_HERE))
    waiting = _told(waiting_for(desk)).order_by("asked_at", "pk")
    shown = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    return render(request, "web/extensions.html", {"section": "extensions", "shown": shown})


@login_required
@require_safe
def extension(request: SignedIn, uuid: UUID) -> HttpResponse:
    """One request with what it is about, and the two answers."""
    asked = _find(request, uuid)
    return _refused(request, asked) or _page(request, asked)


@login_required
@require_POST
def grant(request: SignedIn, uuid: UUID) -> HttpResponse:
    """More time, until the day asked for or another."""
    form = GrantForm(request.POST, prefix="grant")
    return _decide(request, uuid, form, grant_extension, _("Granted. The agency is told."))


@login_required
@require_POST
def refuse(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The deadline stays."""
    form = RefuseForm(request.POST, prefix="refuse")
    return _decide(request, uuid, form, refuse_extension, _("Refused. The agency is told."))


def _decides_anything(desk: Desk) -> bool:
    """Whether the reader sits in a committee that decides, or in an agency that has handed work down."""
    return bool(desk.decides_for) or Directive.objects.filter(given_by__in=desk.own_agencies).exists()


def _decide(request: SignedIn, uuid: UUID, form: ActForm, do: Callable[..., object], words: str) -> HttpResponse:
    asked = _find(request, uuid)
    if refused := _refused(request, asked):
        return refused
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        if done(form, partial(do, asked, by=request.user, at=clock.now(), **given)):
            messages.success(request, words)
            return redirect("extensions")
        asked = _find(request, uuid)
    point_at_what_is_wrong(form)
    return _page(request, asked, form)


def _find(request: SignedIn, uuid: UUID) -> ExtensionRequest:
    visible = Assignment.objects.visible_to(request.user, desk_of(request).today)
    return get_object_or_404(_told(ExtensionRequest.objects.filter(assignment__in=visible)), uuid=uuid)


def _told(rows: QuerySet[ExtensionRequest]) -> QuerySet[ExtensionRequest]:
    """With what a line says: whose work it is, and how often it was given more time before."""
    before = ExtensionRequest.objects.filter(assignment=OuterRef("assignment"), state=ExtensionState.GRANTED).order_by()
    times = Subquery(before.values("assignment").annotate(n=Count("pk")).values("n"))
    return rows.select_related(
        "asked_by",
        "decided_by",
        "assignment__agency",
        "assignment__directive__paragraph",
        "assignment__directive__notice__committee",
        "assignment__directive__given_by",
    ).annotate(times=Coalesce(times, 0))


def _refused(request: SignedIn, asked: ExtensionRequest) -> HttpResponse | None:
    row, verb = asked.assignment, Verb.DECIDE_EXTENSION
    answer = may(request.user, right_to(row, verb), responsible(row, verb), on=desk_of(request).today)
    return None if answer else _not_yours(request, str(answer.reason))


def _not_yours(request: SignedIn, sentence: str) -> HttpResponse:
    return render(request, "403.html", {"sentence": sentence}, status=403)


def _page(request: SignedIn, asked: ExtensionRequest, form: ActForm | None = None) -> HttpResponse:
    desk = desk_of(request)
    one = Assignment.objects.with_standing(desk.today, desk.soon_until).for_list().get(pk=asked.assignment_id)
    page = {
        "section": "extensions",
        "extension": asked,
        "assignment": one,
        "chip": CHIPS[one.standing],
        "deadline": deadline(one, today=desk.today, calendar=desk.calendar),
        "open": asked.state == ExtensionState.OPEN and one.state in OPEN,
        "form": form,
        "grant_form": form if isinstance(form, GrantForm) else GrantForm.of(asked),
        "refuse_form": form if isinstance(form, RefuseForm) else RefuseForm(prefix="refuse"),
    }
    return render(request, "web/extension.html", page, status=status_of(form) if form else 200)
