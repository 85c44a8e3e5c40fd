"""An agency's own forms of its papers, kept by its head."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.scheduled import own_forms
from tracker.scheduled.pages import body_named
from tracker.web.desk import SignedIn
from tracker.web.schedules import door_of


@login_required
@require_safe
def all_of(request: SignedIn, agency_pk: int) -> HttpResponse:
    """Each kind with what is in use."""
    door = door_of(request)
    return own_forms.all_of(door, body_named(door, "agency", agency_pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: SignedIn, agency_pk: int, kind: str, form: str) -> HttpResponse:
    """One more version."""
    door = door_of(request)
    return own_forms.bring(request, door, body_named(door, "agency", agency_pk), kind, form)


@login_required
@require_safe
def present(request: SignedIn, agency_pk: int, kind: str, form: str) -> Any:
    """What is in use, to be changed."""
    door = door_of(request)
    return own_forms.present(request, door, body_named(door, "agency", agency_pk), kind, form)


@login_required
@require_safe
def look(request: SignedIn, uuid: UUID) -> Any:
    """A paper of today in this template."""
    return own_forms.look(request, door_of(request), uuid)


@login_required
@require_POST
def use(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Papers look so from now on."""
    return own_forms.use(request, door_of(request), uuid)


@login_required
@require_POST
def built_in(request: SignedIn, agency_pk: int, kind: str, form: str) -> HttpResponse:
    """Back to the built-in form."""
    door = door_of(request)
    return own_forms.built_in(request, door, body_named(door, "agency", agency_pk), kind, form)
