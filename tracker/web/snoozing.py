"""The reader puts off the reminders of one assignment for themselves, or lets them come again."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from directives.actions.snoozing import require_may_snooze, snooze, wake
from directives.models import Assignment, Snooze
from tracker import clock
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.forms import NO_DAY, ActForm
from tracker.web.refusals import STATUS, Barrier, done, status_of, told
from tracker.web.wording import CHIPS, day, deadline


class SnoozeForm(ActForm):
    version = None
    until = forms.DateField(
        label=gettext_lazy("No reminder for me until"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    short = ("until",)

    def __init__(self, *args: Any, **options: Any) -> None:
        first, last = options.pop("first"), options.pop("last")
        super().__init__(*args, **options)
        self.fields["until"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat() if last else ""}


@dataclass(frozen=True)
class Rest:
    """What the page of an assignment offers here: a form, or the day until which the reader has put reminders off."""

    form: SnoozeForm | None
    until: date | None


def rest_of(assignment: Assignment, desk: Desk) -> Rest:
    """What `desk.user` may do about the reminders of the assignment today; at most three queries."""
    if closed(assignment, desk):
        return Rest(None, None)
    noted = Snooze.objects.filter(assignment=assignment, user=desk.user, due_version=assignment.due_version)
    until = noted.filter(until__gte=desk.today).values_list("until", flat=True).first()
    return Rest(_form(assignment, desk), until)


def closed(assignment: Assignment, desk: Desk) -> Barrier | None:
    """Why the reader cannot put off reminders of the assignment; None where nothing stands in the way."""
    try:
        require_may_snooze(assignment, by=desk.user, on=desk.today)
    except Refusal as refusal:
        return Barrier(told(refusal), STATUS[type(refusal)])
    return None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def put_off(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Ask until when, and note it."""
    desk, assignment = desk_of(request), _find(request, uuid)
    if request.method != "POST":
        return _page(request, assignment, _form(assignment, desk))
    form = _form(assignment, desk, request.POST)
    if form.is_valid() and done(
        form, partial(snooze, assignment, by=desk.user, at=clock.now(), until=form.cleaned_data["until"])
    ):
        until = day(form.cleaned_data["until"])
        messages.success(
            request,
            _("Until %(day)s you are not reminded of this work. Reports of overdue work still come.") % {"day": until},
        )
        return redirect("assignment", uuid=uuid)
    return _page(request, assignment, form)


@login_required
@require_POST
def let_come(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Let the reminders come again."""
    wake(_find(request, uuid), by=request.user, at=clock.now())
    messages.success(request, _("Reminders come again, from the next one on."))
    return redirect("assignment", uuid=uuid)


def _find(request: SignedIn, uuid: UUID) -> Assignment:
    desk = desk_of(request)
    found = Assignment.objects.visible_to(request.user, desk.today).with_standing(desk.today, desk.soon_until)
    return get_object_or_404(found.select_related("agency", "directive__notice__committee"), uuid=uuid)


def _form(assignment: Assignment, desk: Desk, given: Any = None) -> SnoozeForm:
    return SnoozeForm(given, first=desk.today, last=assignment.due_on)


def _page(request: SignedIn, assignment: Assignment, form: SnoozeForm) -> HttpResponse:
    desk = desk_of(request)
    barrier = None if form.is_bound else closed(assignment, desk)
    page = {
        "section": "assignments",
        "assignment": assignment,
        "chip": CHIPS[assignment.standing],
        "deadline": deadline(assignment, today=desk.today, calendar=desk.calendar),
        "form": form,
        "closed": barrier,
    }
    return render(request, "web/snooze.html", page, status=barrier.status if barrier else status_of(form))
