"""What an agency does with an assignment: each act finds it, asks, does, and answers."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.roles import Verb
from directives.actions import asking, assigning, extending, reporting
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Stale
from tracker import clock
from tracker.web.act_page import act_page, find
from tracker.web.carrying import is_somebody_elses, somebody_elses, typed_in
from tracker.web.desk import SignedIn
from tracker.web.fields import point_at_what_is_wrong
from tracker.web.forms import ActForm, AskForm, DeclineForm, ExtensionForm, HandInForm, ReportForm, made
from tracker.web.onward import onward
from tracker.web.refusals import STATUS, done
from tracker.web.repeats import sent_already
from tracker.web.sign_in import behind_the_door
from tracker.web.unsent import FORMS, KEEP, keep_by_hand
from tracker.web.wording import ACTS

# What a second click is answered with: the first one has moved the assignment already.
LATE = (STATUS[WrongMoment], STATUS[Stale])
both = require_http_methods(["GET", "HEAD", "POST"])


@behind_the_door
@both
def acknowledge(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The agency has received the work."""
    return _act(request, uuid, Verb.ACKNOWLEDGE, ActForm, assigning.acknowledge, _("Acknowledged."))


@behind_the_door
@both
def start(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The agency begins."""
    return _act(request, uuid, Verb.START, ActForm, assigning.start, _("Work has begun."))


@behind_the_door
@both
def report(request: SignedIn, uuid: UUID) -> HttpResponse:
    """How far it is."""
    return _act(request, uuid, Verb.REPORT, ReportForm, reporting.report_progress, _("The report was sent."))


@behind_the_door
@both
def hand_in(request: SignedIn, uuid: UUID) -> HttpResponse:
    """It is done, says the agency."""
    words = _("Handed in. Whoever gave the work now verifies it; until then no reminder is sent.")
    return _act(request, uuid, Verb.HAND_IN, HandInForm, reporting.hand_in, words)


@behind_the_door
@both
def request_extension(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The agency asks for more time."""
    words = _("Asked for. Until it is decided the present deadline holds.")
    return _act(request, uuid, Verb.REQUEST_EXTENSION, ExtensionForm, extending.request_extension, words)


@behind_the_door
@both
def ask(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The agency asks about its work."""
    words = _("Asked. The answer will stand here, and you will be told.")
    return _act(request, uuid, Verb.ASK, AskForm, asking.ask, words)


@behind_the_door
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
    assignment = find(request, uuid)
    if request.method != "POST":
        return act_page(request, assignment, ACTS[verb], made(form_class, assignment))
    if is_somebody_elses(request):
        return somebody_elses(request, request.path, typed_in(request))
    if KEEP in request.POST and verb in FORMS:
        return keep_by_hand(request, assignment, verb, request.POST)
    form = made(form_class, assignment, request.POST, request.FILES)
    if form.is_valid():
        act = partial(do, assignment, by=request.user, at=clock.now(), **form.cleaned_data)
        if done(form, act) or (form.status in LATE and sent_already(form, verb, assignment, by=request.user)):
            messages.success(request, words)
            return redirect(onward(request, reverse("assignment", args=[uuid])))
        assignment = find(request, uuid)
    point_at_what_is_wrong(form)
    return act_page(request, assignment, ACTS[verb], form)
