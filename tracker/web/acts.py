"""What an agency does with an assignment: each act finds it, asks, does, and answers."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.roles import Verb
from directives.actions import assigning, extending, reporting
from directives.models import Assignment
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Stale
from tracker import clock
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.fields import point_at_what_is_wrong
from tracker.web.forms import ActForm, DeclineForm, ExtensionForm, HandInForm, ReportForm
from tracker.web.onward import onward
from tracker.web.quoting import quotation
from tracker.web.refusals import STATUS, barrier, done, status_of
from tracker.web.repeats import sent_already
from tracker.web.together import handed_down, helpers
from tracker.web.wording import ACTS, CHIPS, Act, deadline

# What a second click is answered with: the first one has moved the assignment already.
LATE = (STATUS[WrongMoment], STATUS[Stale])
both = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@both
def acknowledge(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The agency has received the work."""
    return _act(request, uuid, Verb.ACKNOWLEDGE, ActForm, assigning.acknowledge, _("Acknowledged."))


@login_required
@both
def start(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The agency begins."""
    return _act(request, uuid, Verb.START, ActForm, assigning.start, _("Work has begun."))


@login_required
@both
def report(request: SignedIn, uuid: UUID) -> HttpResponse:
    """How far it is."""
    return _act(request, uuid, Verb.REPORT, ReportForm, reporting.report_progress, _("The report was sent."))


@login_required
@both
def hand_in(request: SignedIn, uuid: UUID) -> HttpResponse:
    """It is done, says the agency."""
    words = _("Handed in. Whoever gave the work now verifies it; until then no reminder is sent.")
    return _act(request, uuid, Verb.HAND_IN, HandInForm, reporting.hand_in, words)


@login_required
@both
def request_extension(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The agency asks for more time."""
    words = _("Asked for. Until it is decided the present deadline holds.")
    return _act(request, uuid, Verb.REQUEST_EXTENSION, ExtensionForm, extending.request_extension, words)


@login_required
@both
def decline(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The work was given to the wrong agency."""
    words = _("Declined. Whoever gave the work decides who does it instead.")
    return _act(request, uuid, Verb.DECLINE, DeclineForm, assigning.decline, words)


def _act(
    request: SignedIn,
    uuid: UUID,
    verb: Verb,
    form_class: type[ActForm],
    do: Callable[..., object],
    words: str,
) -> HttpResponse:
    assignment = _find(request, uuid)
    if request.method != "POST":
        return _page(request, assignment, ACTS[verb], form_class())
    form = form_class(request.POST, request.FILES)
    if form.is_valid():
        act = partial(do, assignment, by=request.user, at=clock.now(), **form.cleaned_data)
        if done(form, act) or (form.status in LATE and sent_already(form, verb, assignment, by=request.user)):
            messages.success(request, words)
            return redirect(onward(request, reverse("assignment", args=[uuid])))
        assignment = _find(request, uuid)
    point_at_what_is_wrong(form)
    return _page(request, assignment, ACTS[verb], form)


def _find(request: SignedIn, uuid: UUID) -> Assignment:
    desk = desk_of(request)
    found = Assignment.objects.visible_to(request.user, desk.today).with_standing(desk.today, desk.soon_until)
    return get_object_or_404(
        found.select_related("agency", "directive__notice__committee", "directive__paragraph", "directive__given_by"),
        uuid=uuid,
    )


def _page(request: SignedIn, assignment: Assignment, act: Act, form: ActForm) -> HttpResponse:
    desk = desk_of(request)
    closed = None if form.is_bound else barrier(assignment, act.verb, user=request.user, today=desk.today)
    page = {
        "section": "assignments",
        "assignment": assignment,
        "words": quotation(assignment.directive),
        "chip": CHIPS[assignment.standing],
        "deadline": deadline(assignment, today=desk.today, calendar=desk.calendar),
        "act": act,
        "form": form,
        "closed": closed,
        "version": _version(assignment, form),
        **(_before(assignment, desk) if act.verb == Verb.HAND_IN and not closed else {}),
    }
    status = closed.status if closed else status_of(form)
    return render(request, "web/act.html", page, status=status)


def _before(assignment: Assignment, desk: Desk) -> dict[str, object]:
    """What whoever hands in should know: what is still open below and beside. It hinders nobody."""
    waited_for = [helper for helper in helpers(assignment, desk) if helper.delivered_on is None]
    return {"counts": handed_down(assignment, desk), "waited_for": waited_for}


def _version(assignment: Assignment, form: ActForm) -> int:
    """What the page sends along: the version that its reader knows, until the reader was told of a newer one."""
    read = form.cleaned_data.get("version") if form.is_bound else None
    return assignment.version if read is None or form.status == STATUS[Stale] else read
