"""An agency's papers: what goes out by itself, set up by its head, and what was kept of its work."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Agency, Role
from accounts.roles import ROLE_VERBS, Verb
from directives.models import KeptPaper
from tracker.paper_asking import handed_out, kind_name
from tracker.scheduled import pages
from tracker.scheduled.pages import Door
from tracker.web.desk import SignedIn, desk_of
from tracker.web.fields import dress
from tracker.web.refusals import STATUS, told

PAGE = 20


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


@login_required
@require_safe
def kept_papers(request: SignedIn) -> HttpResponse:
    """What was kept of the work of the reader's own bodies, the newest first."""
    desk = desk_of(request)
    own = {name: [getattr(office, name) for office in desk.offices] for name in ("agency_id", "committee_id")}
    rows = KeptPaper.objects.filter(agency__in=filter(None, own["agency_id"])).for_list()
    rows |= KeptPaper.objects.filter(committee__in=filter(None, own["committee_id"])).for_list()
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "web/kept_papers.html", {"shown": shown})


@login_required
@require_safe
def kept_paper(request: SignedIn, uuid: UUID) -> HttpResponse:
    """What a kept paper is, and the way to its file."""
    paper = _seen(request, uuid)
    return render(request, "web/kept_paper.html", {"paper": paper, "name": kind_name(paper.kind)})


@login_required
@require_safe
def kept_file(request: SignedIn, uuid: UUID) -> FileResponse:
    """The file, as it was made."""
    return handed_out(_seen(request, uuid))


def _seen(request: SignedIn, uuid: UUID) -> KeptPaper:
    rows = KeptPaper.objects.in_reach(desk_of(request).sight).select_related("committee", "agency", "by")
    return get_object_or_404(rows, uuid=uuid)


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
    form.fields["recipients"].widget.attrs.pop("class")  # boxes, each with its name


def _page(request: SignedIn, template: str, *, status: int = 200, **content: Any) -> HttpResponse:
    return render(request, template, content, status=status)
