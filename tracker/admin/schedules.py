"""Scheduled papers at the desk: those of the committees whose secretariat this person is; an auditor reads all."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Committee
from directives.models import Assignment
from tracker.admin.fields import dress
from tracker.admin.pages import page
from tracker.admin.refusals import sentence_of, status_of
from tracker.admin.seat import seat_of
from tracker.scheduled import pages
from tracker.scheduled.pages import Door


def addresses(view: Callable[..., Any]) -> list[URLPattern]:
    """Where the pages lie among the papers."""
    one = "papers/schedules/<uuid:uuid>/"
    return [
        path("papers/schedules/", view(require_safe(_within(pages.schedules))), name="paper_schedules"),
        path("papers/schedules/new/<int:committee_pk>/", view(new), name="new_paper_schedule"),
        path(one, view(require_http_methods(["GET", "HEAD", "POST"])(_within(pages.one))), name="paper_schedule"),
        path(f"{one}<slug:verb>/", view(require_POST(_within(pages.act))), name="act_on_schedule"),
    ]


def _within(shown: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(shown)
    def at_the_desk(request: HttpRequest, **named: Any) -> HttpResponse:
        return shown(request, door_of(request), **named)

    return at_the_desk


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, committee_pk: int) -> HttpResponse:
    """One more of a committee's."""
    door = door_of(request)
    return pages.new(request, door, pages.body_named(door, "committee", committee_pk))


def door_of(request: HttpRequest) -> Door:
    """This person's way in."""
    seat = seat_of(request)
    keeps = list(seat.committees().order_by("name_vi", "pk"))
    reads = list(Committee.objects.all()) if seat.sight.everything else keeps
    frame = partial(page, request, model=Assignment)
    return Door("admin/base_site.html", "admin:", seat.user, keeps, reads, frame, sentence_of, status_of, dress)
