"""Who is away: for each office of the reader its substitute, and for whom the reader is one."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Office, User
from accounts.people import colleagues
from directives.actions.substituting import end_absence, name_substitute
from tracker import clock
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.forms import NO_DAY, ActForm
from tracker.web.refusals import done, status_of

NOBODY = gettext_lazy("Choose who stands in for you.")


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class AbsenceForm(ActForm):
    version = None
    substitute = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Substitute"),
        empty_label="—",
        error_messages={"required": NOBODY, "invalid_choice": NOBODY},
    )
    begins = _day(gettext_lazy("First day of the absence"))
    ends = _day(gettext_lazy("Last day of the absence"))
    short = ("begins", "ends")

    def __init__(self, office: Office, today: date, given: Any = None) -> None:
        away = office.substitute is not None and office.substitute_to >= today
        known = {"substitute": office.substitute_id, "begins": office.substitute_from, "ends": office.substitute_to}
        super().__init__(given, initial=known if away else {"begins": today}, auto_id=f"id_{office.pk}_%s")
        self.fields["substitute"].queryset = colleagues(office, today, today)


@dataclass(frozen=True)
class Seat:
    """One office of the reader with its form; `away` where a substitute is named for today or later."""

    office: Office
    form: AbsenceForm
    away: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: SignedIn) -> HttpResponse:
    """The reader's offices with their substitutes; names one for the office that is posted."""
    desk = desk_of(request)
    offices = _own(desk)
    if request.method != "POST":
        return _page(request, desk, offices, None)
    office = _posted(request, offices)
    form = AbsenceForm(office, desk.today, request.POST)
    if form.is_valid() and done(
        form, partial(name_substitute, office, by=desk.user, at=clock.now(), **form.cleaned_data)
    ):
        name = form.cleaned_data["substitute"].name
        messages.success(request, _("Noted: %(name)s gets what your office gets in that time.") % {"name": name})
        return redirect("absence")
    return _page(request, desk, offices, form, office)


@login_required
@require_POST
def end(request: SignedIn) -> HttpResponse:
    """The reader is back."""
    desk = desk_of(request)
    end_absence(_posted(request, _own(desk)), by=desk.user, at=clock.now())
    messages.success(request, _("Noted: you are back. A substitute who has begun serves until the end of today."))
    return redirect("absence")


def _own(desk: Desk) -> list[Office]:
    held = Office.objects.on(desk.today).filter(user=desk.user)
    return list(held.select_related("agency", "committee", "substitute").order_by("pk"))


def _posted(request: SignedIn, offices: list[Office]) -> Office:
    """The office that the form is about; another's is not there (404)."""
    for office in offices:
        if str(office.pk) == request.POST.get("office"):
            return office
    raise Http404


def _page(
    request: SignedIn, desk: Desk, offices: list[Office], bound: AbsenceForm | None, about: Office | None = None
) -> HttpResponse:
    seats = [
        Seat(
            office=office,
            form=bound if bound and office == about else AbsenceForm(office, desk.today),
            away=office.substitute is not None and office.substitute_to >= desk.today,
        )
        for office in offices
    ]
    filled = Office.objects.of(desk.user, desk.today).exclude(user=desk.user)
    page = {
        "section": "absence",
        "seats": seats,
        "filled": filled.select_related("user", "agency", "committee").order_by("substitute_to", "pk"),
    }
    return render(request, "web/absence.html", page, status=status_of(bound) if bound else 200)
