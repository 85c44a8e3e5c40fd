"""The leaders' page, the whole of one of its tables, and the rows behind each of its numbers."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directives.figures import By
from tracker.web.desk import SignedIn, desk_of
from tracker.web.leaders.asked import read_asked
from tracker.web.leaders.page import LeadersPage
from tracker.web.leaders.rows import Rows
from tracker.web.leaders.sections import Lines
from tracker.web.leaders.words import CELLS

PAGE = 100
WAYS = {by.name.lower(): by for by in By}


@login_required
@require_safe
def figures(request: SignedIn) -> HttpResponse:
    """How the work of a committee or an agency stands as of a day."""
    asked = read_asked(desk_of(request), request.GET)
    page = {"section": "figures", "asked": asked, "page": LeadersPage(asked), "cells": CELLS.items()}
    return render(request, "web/figures.html", page)


@login_required
@require_safe
def figures_by(request: SignedIn, by: str) -> HttpResponse:
    """All agencies, committees, notices or fields with their cells, not only the first."""
    asked = read_asked(desk_of(request), request.GET)
    if WAYS.get(by) not in (*asked.ways, By.NOTICE, By.FIELD):
        raise Http404
    lines = Lines.of(asked, WAYS[by])
    only = request.GET.get("only") == "overdue"
    shown = Paginator(range(lines.many_late if only else len(lines)), PAGE).get_page(request.GET.get("page"))
    rows = lines.between(max(shown.start_index() - 1, 0), shown.end_index())
    page = {"asked": asked, "table": lines, "rows": rows, "shown": shown, "only": only, "cells": CELLS.items()}
    return render(request, "web/figures_by.html", {"section": "figures", **page})


@login_required
@require_safe
def figure_rows(request: SignedIn) -> HttpResponse:
    """The assignments that one number counts."""
    asked = read_asked(desk_of(request), request.GET)
    return render(
        request, "web/figure_rows.html", {"section": "figures", "asked": asked, "found": Rows(asked, request.GET)}
    )
