"""The pages behind a target: what may be set anew of it, and the verification of a figure."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.people import people_for
from accounts.refusals import Refusal
from accounts.roles import Answer, Verb, may
from directives.actions.measuring import NOT_YOUR_OWN, VERIFIED_ALREADY, change_indicator, verify_reading
from directives.models import Indicator, Reading
from tracker import clock
from tracker.admin.pages import page
from tracker.admin.refusals import show
from tracker.admin.seat import Seat, seat_of
from tracker.admin.target_forms import TargetForm, VerifyReadingForm
from tracker.printed import figure


def set_anew(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of what may be set anew; on POST it is done, with its reason."""
    seat = seat_of(request)
    if not seat.can(Verb.MEASURE):
        raise PermissionDenied
    rows = Indicator.objects.filter(committee__in=seat.committees()).select_related("directive__notice")
    indicator = get_object_or_404(rows, pk=pk)
    form, status = TargetForm(request.POST or None, instance=indicator, seat=seat), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                change_indicator(indicator, by=seat.user, at=clock.now(), **form.cleaned_data)
            except Refusal as refusal:
                status = show(form, refusal)
            else:
                messages.success(request, _("The target is set anew."))
                return redirect("admin:directives_indicator_change", indicator.pk)
    title = Indicator.objects.get(pk=pk).name  # the form has written on the row
    shown = {"title": _("Set anew: %(target)s") % {"target": title}, "indicator": indicator, "form": form}
    return page(request, "admin/directives/indicator/set_anew.html", model=Indicator, status=status, **shown)


def verify_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A figure as it was reported, and beside it the form in which it is verified."""
    seat = seat_of(request)
    if not seat.can(Verb.VERIFY, Verb.READ_HISTORY):
        raise PermissionDenied
    beside = ("indicator__committee", "agency", "by", "verified_by")
    reading = get_object_or_404(_seen(seat).select_related(*beside).prefetch_related("files"), pk=pk)
    form, status = VerifyReadingForm.of(reading), 200
    if request.method == "POST":
        form, status = VerifyReadingForm.of(reading, request.POST), 400
        if form.is_valid():
            try:
                verify_reading(reading, by=seat.user, at=clock.now(), **form.cleaned_data)
            except Refusal as refusal:
                status = show(form, refusal)
            else:
                messages.success(request, _("The figure is verified."))
                return redirect("admin:directives_indicator_change", reading.indicator_id)
    in_percent = reading.indicator.in_percent
    return page(
        request,
        "admin/directives/reading/verify.html",
        title=_("Verify a figure"),
        model=Reading,
        status=status,
        reading=reading,
        reported=figure(reading.reported, in_percent=in_percent),
        verified=figure(reading.verified, in_percent=in_percent),
        answer=verifies(seat, reading),
        form=form,
        others=_others(seat, reading) if reading.by_id == seat.user.pk and not reading.verified_by_id else None,
    )


def _others(seat: Seat, reading: Reading) -> list[str]:
    """Who else serves the committee and so may verify what this person entered, by name."""
    found = people_for("secretariat", agency=None, committee=reading.indicator.committee, on=seat.today)
    return sorted(person.name for person in found if person.pk != seat.user.pk)


def verifies(seat: Seat, reading: Reading) -> Answer:
    """Whether this person may verify the figure, and if not why."""
    answer = may(seat.user, Verb.VERIFY, reading.indicator.committee, on=seat.today)
    if answer and reading.by_id == seat.user.pk:
        return Answer(False, NOT_YOUR_OWN)
    return Answer(False, VERIFIED_ALREADY) if answer and reading.verified_by_id else answer


def _seen(seat: Seat) -> QuerySet[Reading]:
    rows = Reading.objects.all()
    return rows if seat.sight.everything else rows.filter(indicator__committee__in=seat.committees())
