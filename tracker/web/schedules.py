"""An agency's papers that go out by themselves, set up by its head."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Agency, Role
from accounts.roles import ROLE_VERBS, Verb
from tracker.scheduled import pages
from tracker.scheduled.pages import Door
from tracker.web.desk import SignedIn, desk_of
from tracker.web.fields import dress
from tracker.web.refusals import STATUS, told


@login_required
@require_safe
def schedules(request: SignedIn) -> HttpResponse:
    """What goes out by itself of the reader's own agencies."""
    return pages.schedules(request, door_of(request))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedIn, agency_pk: int) -> HttpResponse:
    """One more, by the agency's head."""
    door = door_of(request)
    return pages.new(request, door, pages.body_named(door, "agency", agency_pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: SignedIn, uuid: UUID) -> HttpResponse:
    """One with its papers."""
    return pages.one(request, door_of(request), uuid)


@login_required
@require_POST
def act(request: SignedIn, uuid: UUID, verb: str) -> HttpResponse:
    """Pause, let go on, or end."""
    return pages.act(request, door_of(request), uuid, verb)


def door_of(request: SignedIn) -> Door:
    """This person's way in: all of an agency's people read, its head keeps."""
    desk = desk_of(request)
    here = [office for office in desk.offices if office.agency is not None]
    kept = [office for office in here if Verb.SCHEDULE in ROLE_VERBS[Role(office.role)]]
    keeps, reads = (list[Agency](dict.fromkeys(filter(None, (one.agency for one in some)))) for some in (kept, here))
    page = partial(_page, request)
    return Door("base.html", "", request.user, keeps, reads, page, told, lambda refusal: STATUS[type(refusal)], _dress)


def _dress(form: forms.BaseForm) -> None:
    dress(form)
    if "recipients" in form.fields:
        form.fields["recipients"].widget.attrs.pop("class")  # boxes, each with its name


def _page(request: SignedIn, template: str, *, status: int = 200, **content: Any) -> HttpResponse:
    return render(request, template, content, status=status)
