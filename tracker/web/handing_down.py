"""Handing work down to the units below: in whose words, by when, to whom."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.roles import Verb
from directives.actions.handing_down import NO_WORDING, hand_down
from directives.models import Assignment
from directives.rules.handing_down import NO_DATE, suggested_day
from directives.rules.refusals import Stale
from tracker import clock
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.fields import point_at_what_is_wrong
from tracker.web.forms import NO_DAY, ActForm
from tracker.web.refusals import STATUS, barrier, done, status_of
from tracker.web.units import Choice
from tracker.web.wording import CHIPS, day, deadline


class HandDownForm(ActForm):
    """What the units are to do; to whom is chosen beside it."""

    wording = forms.CharField(
        label=gettext_lazy("What the units are to do"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": NO_WORDING},
        help_text=gettext_lazy("The notice's words stand here: shorten them to what you ask of the units."),
    )
    product = forms.CharField(label=gettext_lazy("Product"), max_length=400, required=False)
    due_on = forms.DateField(
        label=gettext_lazy("Deadline for the units"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": NO_DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    # Drawn apart; here for the sentence of a refusal.
    units = forms.CharField(required=False, widget=forms.HiddenInput)

    short = ("due_on",)
    drawn = ("wording", "product", "due_on")

    def __init__(self, *args: Any, own: date | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if own is not None:
            words = _("Not after your own deadline, %(day)s. Leave yourself some days to put together what comes in.")
            due_on = self.fields["due_on"]
            due_on.help_text = words % {"day": day(own)}
            due_on.required, due_on.error_messages["required"] = True, _(NO_DATE) % {"day": day(own)}

    @property
    def rows(self) -> list[forms.BoundField]:
        """The fields that are drawn as such."""
        return [self[name] for name in self.drawn]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_down_page(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The form; “Find” only looks for units and keeps all that was typed."""
    desk, one = desk_of(request), _find(request, uuid)
    if request.method != "POST":
        return _page(request, one, HandDownForm(own=one.due_on, initial=_first(one, desk)), desk)
    if "find" in request.POST:
        return _page(request, one, HandDownForm(own=one.due_on, initial=request.POST.dict()), desk)
    form = HandDownForm(request.POST, own=one.due_on)
    choice = Choice(one.agency, request.POST, on=desk.today)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in (*HandDownForm.drawn, "version")}
        act = partial(hand_down, one, to=choice.units(), by=request.user, at=clock.now(), **said)
        if done(form, act) or (form.status == STATUS[Stale] and _given_already(one, form)):
            _say_done(request, one)
            return redirect("hand_down" if "more" in request.POST else "parts", uuid=uuid)
        one = _find(request, uuid)
    point_at_what_is_wrong(form)
    return _page(request, one, form, desk)


def _first(one: Assignment, desk: Desk) -> dict[str, Any]:
    return {
        "wording": one.directive.wording,
        "product": one.directive.product,
        "due_on": suggested_day(one.due_on, today=desk.today, calendar=desk.calendar),
    }


def _given_already(one: Assignment, form: HandDownForm) -> bool:
    """Whether the last part that was handed down is this very one: a second click."""
    last = one.handed_down.filter(given_by=one.agency_id).order_by("-position").first()
    return last is not None and (last.wording, last.due_on) == (
        form.cleaned_data["wording"].strip(),
        form.cleaned_data["due_on"],
    )


def _say_done(request: SignedIn, one: Assignment) -> None:
    last = one.handed_down.order_by("-position").first()
    many = last.assignments.count() if last else 0
    words = ngettext("Handed down to %(many)s unit; it is told.", "Handed down to %(many)s units; each is told.", many)
    messages.success(request, words % {"many": many})


def _find(request: SignedIn, uuid: UUID) -> Assignment:
    desk = desk_of(request)
    found = Assignment.objects.visible_to(request.user, desk.today).with_standing(desk.today, desk.soon_until)
    return get_object_or_404(found.for_list(), uuid=uuid)


def _page(request: SignedIn, one: Assignment, form: HandDownForm, desk: Desk) -> HttpResponse:
    closed = None if form.is_bound else barrier(one, Verb.HAND_DOWN, user=request.user, today=desk.today)
    given = request.POST if request.method == "POST" else QueryDict()
    page = {
        "section": "assignments",
        "assignment": one,
        "chip": CHIPS[one.standing],
        "deadline": deadline(one, today=desk.today, calendar=desk.calendar),
        "form": form,
        "closed": closed,
        "choice": Choice(one.agency, given, on=desk.today),
        "version": _version(one, form, given),
    }
    if request.htmx and "find" in given and closed is None:
        return render(request, "web/_units.html", page)
    return render(request, "web/hand_down.html", page, status=closed.status if closed else status_of(form))


def _version(one: Assignment, form: HandDownForm, given: QueryDict) -> int:
    """What the page sends along: the version that its reader knows, until the reader was told of a newer one."""
    typed = given.get("version", "")
    known = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
    return one.version if known is None or (form.is_bound and form.status == STATUS[Stale]) else known
