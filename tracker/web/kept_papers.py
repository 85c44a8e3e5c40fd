"""Papers that a worker made: how far one is and its file, and the list of what was kept for the reader's offices."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from directives.models import KeptPaper
from tracker.paper_asking import handed_out, kind_name, language_name, why_not
from tracker.web.desk import Desk, SignedIn, desk_of

PAGE = 20


@login_required
@require_safe
def kept_papers(request: SignedIn) -> HttpResponse:
    """What was kept of the work of the reader's own bodies, and what the reader asked for; the newest first."""
    desk = desk_of(request)
    own = {name: [getattr(office, name) for office in desk.offices] for name in ("agency_id", "committee_id")}
    mine = Q(by=request.user) | Q(agency__in=filter(None, own["agency_id"]))
    rows = _in_reach(desk).filter(mine | Q(committee__in=filter(None, own["committee_id"]))).for_list()
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "web/kept_papers.html", {"shown": shown})


@login_required
@require_safe
def kept_paper(request: SignedIn, uuid: UUID) -> HttpResponse:
    """How far the paper is; then what it is, as of when, by whom, and its file; or why there is none."""
    paper = _seen(request, uuid)
    if request.htmx and not paper.is_under_way:
        return HttpResponseClientRedirect(request.path)
    page = {
        "paper": paper,
        "name": kind_name(paper.kind),
        "file": reverse("kept_file", args=[paper.uuid]),
        "language": language_name(paper.language),
        "other_language": paper.language != get_language(),
        "sentence": why_not(paper),
    }
    return render(request, "admin/_kept_paper.html" if request.htmx else "web/kept_paper.html", page)


@login_required
@require_safe
def kept_file(request: SignedIn, uuid: UUID) -> FileResponse:
    """The file, as it was made."""
    return handed_out(_seen(request, uuid))


def _in_reach(desk: Desk) -> Any:
    return KeptPaper.objects.in_reach(desk.sight, desk.user)


def _seen(request: SignedIn, uuid: UUID) -> KeptPaper:
    rows = _in_reach(desk_of(request)).select_related("committee", "agency", "by")
    return get_object_or_404(rows, uuid=uuid)
