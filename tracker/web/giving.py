"""What an agency does with a part that it handed down: verify it, send it back, take it back."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from accounts.roles import Verb, require
from directives.actions import assigning, reporting
from directives.actions.moving import REASON_MISSING, responsible, right_to
from directives.models import Assignment
from directives.rules.lifecycle import State, after, allowed
from tracker import clock
from tracker.figure_field import FigureField
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.fields import point_at_what_is_wrong
from tracker.web.forms import NO_DAY, ActForm
from tracker.web.onward import onward
from tracker.web.refusals import STATUS, Barrier, done, status_of, told
from tracker.web.wording import CHIPS, Act, deadline

both = require_http_methods(["GET", "HEAD", "POST"])


THE_UNIT_READS_IT = gettext_lazy("The unit reads it.")


def _reason(*, required: bool, help_text: Any = THE_UNIT_READS_IT) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason") if required else gettext_lazy("Remark"),
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": REASON_MISSING},
        help_text=help_text,
    )


class VerifyForm(ActForm):
    verified_figure = FigureField(
        label=gettext_lazy("Another figure than the one reported"),
        help_text=gettext_lazy("Only where you found another; then say why."),
    )
    reason = _reason(required=False)

    short = ("verified_figure",)


class ReturnForm(ActForm):
    reason = _reason(required=True, help_text=gettext_lazy("What is missing, so that the unit can put it right."))
    redo_by = forms.DateField(
        label=gettext_lazy("To be redone by"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": NO_DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("The deadline stays as it is."),
    )

    short = ("redo_by",)


class WithdrawForm(ActForm):
    reason = _reason(required=True)


GIVER_ACTS: dict[Verb, Act] = {
    act.verb: act
    for act in (
        Act(
            Verb.VERIFY,
            "verify_part",
            gettext_lazy("Verify"),
            "check-circle",
            gettext_lazy("The unit has done its part: it counts as done on the day on which it was handed in."),
        ),
        Act(
            Verb.RETURN,
            "return_part",
            gettext_lazy("Return"),
            "arrow-return-left",
            gettext_lazy("Something is missing: the unit goes on with it and hands it in again."),
        ),
        Act(
            Verb.WITHDRAW,
            "withdraw_part",
            gettext_lazy("Withdraw"),
            "x-circle",
            gettext_lazy("You no longer ask this of the unit. What the unit handed down from it is withdrawn, too."),
        ),
    )
}


def giver_acts(one: Assignment, desk: Desk) -> list[Act]:
    """What the reader may do now with work that their own agency handed down."""
    if one.directive.given_by_id not in desk.own_agencies:
        return []
    return [act for verb, act in GIVER_ACTS.items() if allowed(one.state, verb)]


def next_giver_act(one: Assignment, desk: Desk) -> Act | None:
    """The one thing to do next for whoever handed it down: to look at what was handed in."""
    acts = giver_acts(one, desk) if one.state == State.HANDED_IN else []
    return acts[0] if acts else None


@login_required
@both
def verify_part(request: SignedIn, uuid: UUID) -> HttpResponse:
    """It is done, says whoever gave it."""
    return _act(request, uuid, Verb.VERIFY, VerifyForm, reporting.verify, _("Verified as done."))


@login_required
@both
def return_part(request: SignedIn, uuid: UUID) -> HttpResponse:
    """It is not done."""
    return _act(request, uuid, Verb.RETURN, ReturnForm, reporting.return_report, _("Returned. The unit is told."))


@login_required
@both
def withdraw_part(request: SignedIn, uuid: UUID) -> HttpResponse:
    """It is no longer asked for."""
    return _act(request, uuid, Verb.WITHDRAW, WithdrawForm, assigning.withdraw, _("Withdrawn."))


def _act(
    request: SignedIn, uuid: UUID, verb: Verb, form_class: type[ActForm], do: Callable[..., object], words: str
) -> HttpResponse:
    one = _find(request, uuid)
    if request.method != "POST":
        return _page(request, one, GIVER_ACTS[verb], form_class())
    form = form_class(request.POST)
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
        if done(form, partial(do, one, by=request.user, at=clock.now(), **{"reason": "", **given})):
            messages.success(request, words)
            whole = one.directive.handed_down_from
            return redirect(onward(request, reverse("parts", args=[whole.uuid if whole else uuid])))
        one = _find(request, uuid)
    point_at_what_is_wrong(form)
    return _page(request, one, GIVER_ACTS[verb], form)


def _find(request: SignedIn, uuid: UUID) -> Assignment:
    """A part in sight; what a committee gave is decided on at its desk, and has no such page (404)."""
    desk = desk_of(request)
    found = Assignment.objects.visible_to(request.user, desk.today).with_standing(desk.today, desk.soon_until)
    one = get_object_or_404(found.for_list().select_related("directive__handed_down_from"), uuid=uuid)
    if one.directive.given_by_id is None:
        raise Http404
    return one


def _barrier(one: Assignment, verb: Verb, desk: Desk) -> Barrier | None:
    try:
        require(desk.user, right_to(one, verb), responsible(one, verb), on=desk.today)
        after(one.state, verb)
    except Refusal as refusal:
        return Barrier(told(refusal), STATUS[type(refusal)])
    return None


def _page(request: SignedIn, one: Assignment, act: Act, form: ActForm) -> HttpResponse:
    desk = desk_of(request)
    closed = None if form.is_bound else _barrier(one, act.verb, desk)
    handed_in = one.reports.filter(kind="hand_in").in_full()
    page = {
        "section": "assignments",
        "assignment": one,
        "chip": CHIPS[one.standing],
        "deadline": deadline(one, today=desk.today, calendar=desk.calendar),
        "act": act,
        "form": form,
        "closed": closed,
        "version": one.version,
        "report": handed_in.first() if one.state == State.HANDED_IN and closed is None else None,
    }
    return render(request, "web/act.html", page, status=closed.status if closed else status_of(form))
