"""The agency's own list as a paper in official form: what its filters leave, all pages of it, as of a day."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Agency
from directives.models import Span
from directives.models.history import SpanQuerySet
from directives.rules.lifecycle import LIVE, OPEN
from directives.rules.refusals import Invalid
from directives.rules.standing import Standing
from tracker.papers.answering import answer, day_asked, form_of
from tracker.papers.own_list import paper_of_own_list
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.filters import ALL, COORDINATING, LEAD, RETURNED, Filters
from tracker.web.filters import OPEN as NOT_DONE
from tracker.web.refusals import told
from tracker.web.work_list import WorkList


@login_required
@require_safe
def own_paper(request: SignedIn, form: str) -> Any:
    """The list as a file; not there (404) for whoever reports for no agency."""
    form_of(form)
    desk = desk_of(request)
    if not desk.own_agencies:
        raise Http404
    filters = Filters(request.GET)
    work = WorkList(desk, filters)
    try:
        on = day_asked(request.GET.get("as_of", ""), desk.today)
        spans = _spans(desk, work, filters).as_of(on)
        standing = "" if filters.standing in (NOT_DONE, RETURNED, ALL) else filters.standing
        days = {"on": on, "today": desk.today}
        return answer(paper_of_own_list(_agency(desk), spans, standing=standing, **days), form)
    except Invalid as refusal:
        return render(request, "web/no_paper.html", {"sentence": told(refusal)}, status=400)


def _agency(desk: Desk) -> Agency:
    """Whose paper it is; of several that its reader reports for, the one that was entered first."""
    return Agency.objects.select_related("parent__parent").filter(pk__in=desk.own_agencies).order_by("pk")[0]


def _spans(desk: Desk, work: WorkList, filters: Filters) -> SpanQuerySet:
    """Of the tab's rows what the agency itself had; as much of their life as the standing asks for."""
    spans = Span.objects.filter(assignment__in=work.on_every_page().order_by())
    if work.tab in (LEAD, COORDINATING):
        spans = spans.filter(agency__in=desk.own_agencies)
    if filters.standing == NOT_DONE:
        return spans.filter(state__in=OPEN)
    return spans if filters.standing == Standing.OUTSIDE else spans.filter(state__in=LIVE)
