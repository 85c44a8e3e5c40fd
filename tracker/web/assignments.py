"""The landing page: what must I do next, by when, and why work came back."""

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directives.models import Assignment, Report
from tracker.web.desk import Desk, desk_of
from tracker.web.filters import Filters
from tracker.web.wording import CHIPS, deadline, is_returned, next_act


@login_required
@require_safe
def assignments(request: HttpRequest) -> HttpResponse:
    """The assignments in reach, what needs doing first."""
    desk = desk_of(request)
    filters = Filters(request.GET)
    found = filters.by_notice(Assignment.objects.visible_to(request.user, desk.today))
    found = found.with_standing(desk.today, desk.soon_until)
    counts = filters.count(found)
    returns = Prefetch("reports", Report.objects.returned(), to_attr="returns")
    page = {
        "section": "assignments",
        "desk": desk,
        "filters": filters,
        "tabs": filters.tabs(counts),
        "standings": filters.standings(counts),
        "pages": filters.pages(counts),
        "rows": [row_of(row, desk) for row in filters.page(found).for_list().prefetch_related(returns)],
    }
    return render(request, "web/_list.html" if request.htmx else "web/assignments.html", page)


def row_of(assignment: Assignment, desk: Desk) -> dict[str, object]:
    """One line: the assignment, its chip, its deadline in words, and the next verb for those who may do it."""
    own = assignment.agency_id in desk.own_agencies
    return {
        "assignment": assignment,
        "own": own,
        "chip": CHIPS[assignment.standing],
        "deadline": deadline(assignment, today=desk.today, calendar=desk.calendar),
        "act": next_act(assignment) if own else None,
        "returned": assignment.returns[0] if is_returned(assignment) and assignment.returns else None,
    }
