"""Papers that a worker makes: a page that tells how far one is and hands it out, and the list of what was kept."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import Committee
from directives.actions.keeping import Asked, ask_for_paper, kept
from directives.models import Assignment, KeptPaper
from directives.models.kept_papers import KeptPaperQuerySet
from tracker import clock
from tracker.admin.pages import page
from tracker.admin.seat import seat_of
from tracker.paper_asking import handed_out, kind_name, language_name, most_at_once, why_not
from tracker.waking import wake

PAGE = 20


def long_page(request: HttpRequest, asked: Asked) -> HttpResponse:
    """A paper too long to wait for: it is for a worker, unless it was made for this day already."""
    return page(
        request,
        "admin/long_paper.html",
        title=kind_name(asked.kind),
        model=Assignment,
        asked=asked,
        at_once=most_at_once(asked.form),
        kept=kept(asked),
    )


def ask_a_worker(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Let a worker make it; the page of the paper tells how far that is. Raises NotAllowed."""
    paper = ask_for_paper(asked, by=seat_of(request).user, at=clock.now())
    wake("papers")
    return redirect("admin:kept_paper", paper.uuid)


@require_safe
def kept_paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far the paper is; then what it is, as of when, by whom, and its file; or why there is none."""
    paper = _seen(request, uuid)
    if request.htmx and not paper.is_under_way:
        return HttpResponseClientRedirect(request.path)
    return page(
        request,
        "admin/_kept_paper.html" if request.htmx else "admin/kept_paper.html",
        title=kind_name(paper.kind),
        model=Assignment,
        paper=paper,
        file=reverse("admin:kept_file", args=[paper.uuid]),
        language=language_name(paper.language),
        other_language=paper.language != get_language(),
        sentence=why_not(paper),
    )


@require_safe
def kept_file(request: HttpRequest, uuid: UUID) -> FileResponse:
    """The file, as it was made."""
    return handed_out(_seen(request, uuid))


def kept_of(request: HttpRequest, committee: Committee | None) -> Page:
    """A page of what was kept of a committee's work, what was asked for last first."""
    rows = _in_reach(request).filter(committee=committee).for_list()
    return Paginator(rows if committee else KeptPaper.objects.none(), PAGE).get_page(request.GET.get("kept"))


def _seen(request: HttpRequest, uuid: UUID) -> KeptPaper:
    return get_object_or_404(_in_reach(request).select_related("committee", "agency", "by"), uuid=uuid)


def _in_reach(request: HttpRequest) -> KeptPaperQuerySet:
    seat = seat_of(request)
    return KeptPaper.objects.in_reach(seat.sight, seat.user)
