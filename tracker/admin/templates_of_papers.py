"""A committee's own forms of its papers, at the desk of its secretariat."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.admin.schedules import door_of
from tracker.scheduled import own_forms
from tracker.scheduled.pages import body_named


def addresses(view: Callable[..., Any]) -> list[URLPattern]:
    """Where the pages lie among the papers."""
    of = "papers/templates/<int:committee_pk>/"
    kind = f"{of}<slug:kind>/<slug:form>/"
    one = "papers/templates/one/<uuid:uuid>/"
    return [
        path(of, view(all_of), name="paper_templates"),
        path(kind, view(bring), name="bring_template"),
        path(f"{kind}file", view(present), name="present_template"),
        path(f"{kind}built-in/", view(built_in), name="use_built_in"),
        path(f"{one}look", view(look), name="look_at_template"),
        path(f"{one}use/", view(use), name="use_template"),
    ]


@require_safe
def all_of(request: HttpRequest, committee_pk: int) -> HttpResponse:
    """Each kind with what is in use."""
    door = door_of(request)
    return own_forms.all_of(door, body_named(door, "committee", committee_pk))


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, committee_pk: int, kind: str, form: str) -> HttpResponse:
    """One more version."""
    door = door_of(request)
    return own_forms.bring(request, door, body_named(door, "committee", committee_pk), kind, form)


@require_safe
def present(request: HttpRequest, committee_pk: int, kind: str, form: str) -> Any:
    """What is in use, to be changed."""
    door = door_of(request)
    return own_forms.present(request, door, body_named(door, "committee", committee_pk), kind, form)


@require_safe
def look(request: HttpRequest, uuid: UUID) -> Any:
    """A paper of today in this template."""
    return own_forms.look(request, door_of(request), uuid)


@require_POST
def use(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Papers look so from now on."""
    return own_forms.use(request, door_of(request), uuid)


@require_POST
def built_in(request: HttpRequest, committee_pk: int, kind: str, form: str) -> HttpResponse:
    """Back to the built-in form."""
    door = door_of(request)
    return own_forms.built_in(request, door, body_named(door, "committee", committee_pk), kind, form)
