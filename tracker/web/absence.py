"""Who is away: for each office of the reader its absences, and for whom the reader is substitute."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Absence, Office, User
from accounts.people import colleagues
from directives.actions.substituting import change_absence, end_absence, name_substitute
from tracker import clock
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.forms import NO_DAY, ActForm
from tracker.web.refusals import done, status_of

NOBODY = gettext_lazy("Choose who stands in for you.")
PAST = 12  # absences that are over, the latest ones


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class AbsenceForm(ActForm):
    """A new absence of an office."""

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
        super().__init__(given, initial={"begins": today}, auto_id=f"id_{office.pk}_%s")
        self.fields["substitute"].queryset = colleagues(office, today, today)


class LastDayForm(ActForm):
    """Another last day of an absence that is not over."""

    version = None
    ends = _day(gettext_lazy("Last day of the absence"))
    short = ("ends",)

    def __init__(self, absence: Absence, given: Any = None) -> None:
        super().__init__(given, initial={"ends": absence.ends_on}, auto_id=f"id_{absence.uuid}_%s")


@dataclass(frozen=True)
class Away:
    """An absence that is not over, with the form of its last day; `begun` where the substitute serves already."""

    absence: Absence
    form: LastDayForm
    begun: bool


@dataclass(frozen=True)
class Seat:
    """One office of the reader: the absences that are not over, those that are, and the form for one more."""

    office: Office
    form: AbsenceForm
    ahead: list[Away]
    past: list[Absence]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: SignedIn) -> HttpResponse:
    """The reader's offices with their absences; names a substitute for the office that is posted."""
    desk = desk_of(request)
    offices = _own(desk)
    if request.method != "POST":
        return _page(request, desk, offices)
    office = _posted(request, offices)
    form = AbsenceForm(office, desk.today, request.POST)
    if form.is_valid() and done(
        form, partial(name_substitute, office, by=desk.user, at=clock.now(), **form.cleaned_data)
    ):
        name = form.cleaned_data["substitute"].name
        messages.success(request, _("Noted: %(name)s gets what your office gets in that time.") % {"name": name})
        return redirect("absence")
    return _page(request, desk, offices, naming={office.pk: form})


@login_required
@require_POST
def change(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Another last day."""
    desk = desk_of(request)
    row = _own_absence(desk, uuid)
    form = LastDayForm(row, request.POST)
    if form.is_valid() and done(
        form, partial(change_absence, row, by=desk.user, at=clock.now(), ends=form.cleaned_data["ends"])
    ):
        messages.success(request, _("Noted: the absence has another last day."))
        return redirect("absence")
    return _page(request, desk, _own(desk), changing={row.pk: form})


@login_required
@require_POST
def end(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The reader is back, or will not be away after all."""
    desk = desk_of(request)
    row = _own_absence(desk, uuid)
    end_absence(row, by=desk.user, at=clock.now())
    if row.begins_on > desk.today:
        messages.success(request, _("Noted: the absence is removed."))
    else:
        messages.success(request, _("Noted: you are back. Your substitute serves until the end of today."))
    return redirect("absence")


def _own(desk: Desk) -> list[Office]:
    held = Office.objects.on(desk.today).filter(user=desk.user)
    absences = Prefetch("absences", Absence.objects.select_related("substitute").order_by("begins_on"))
    return list(held.select_related("agency", "committee").prefetch_related(absences).order_by("pk"))


def _posted(request: SignedIn, offices: list[Office]) -> Office:
    """The office that the form is about; another's is not there (404)."""
    for office in offices:
        if str(office.pk) == request.POST.get("office"):
            return office
    raise Http404


def _own_absence(desk: Desk, uuid: UUID) -> Absence:
    """An absence of the reader's own office; another's is not there (404)."""
    held = Office.objects.on(desk.today).filter(user=desk.user)
    return get_object_or_404(Absence.objects.filter(office__in=held), uuid=uuid)


def _page(
    request: SignedIn,
    desk: Desk,
    offices: list[Office],
    *,
    naming: dict[int, AbsenceForm] | None = None,
    changing: dict[int, LastDayForm] | None = None,
) -> HttpResponse:
    """The page; `naming` and `changing` hold the one form that was refused, by office or by absence."""
    refused: list[ActForm] = [*(naming or {}).values(), *(changing or {}).values()]
    filled = Absence.objects.on(desk.today).filter(substitute=desk.user, office__in=Office.objects.on(desk.today))
    page = {
        "section": "absence",
        "seats": [_seat(office, desk.today, naming or {}, changing or {}) for office in offices],
        "filled": filled.select_related("office__user", "office__agency", "office__committee").order_by("ends_on"),
    }
    return render(request, "web/absence.html", page, status=status_of(refused[0]) if refused else 200)


def _seat(office: Office, today: date, naming: dict[int, AbsenceForm], changing: dict[int, LastDayForm]) -> Seat:
    absences = list(office.absences.all())
    return Seat(
        office=office,
        form=naming.get(office.pk) or AbsenceForm(office, today),
        ahead=[
            Away(row, changing.get(row.pk) or LastDayForm(row), begun=row.begins_on <= today)
            for row in absences
            if row.ends_on >= today
        ],
        past=[row for row in reversed(absences) if row.ends_on < today][:PAST],
    )
