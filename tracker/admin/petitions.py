"""What agencies ask of the level above, at the desk: somebody takes note of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.refusals import Refusal
from directives.actions.petitioning import note_petition
from directives.models import Assignment, Report
from tracker import clock
from tracker.admin.pages import refused_page
from tracker.admin.seat import seat_of


def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take note, and back to what is asked still."""
    if request.method != "POST":
        return redirect("admin:waiting", "petitions")
    seat = seat_of(request)
    report = get_object_or_404(Report, pk=pk, assignment__in=Assignment.objects.in_reach(seat.sight))
    try:
        note_petition(report, by=seat.user, at=clock.now())
    except Refusal as refusal:
        return refused_page(request, refusal)
    messages.success(request, _("Noted."))
    return redirect("admin:waiting", "petitions")
