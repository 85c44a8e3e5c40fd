"""The landing page: what must I do next, by when, and why work came back."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directives.models import Assignment, Report
from tracker.web.deciding import waiting_for
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.filters import Filters
from tracker.web.wording import CHIPS, deadline, is_returned, next_act


@login_required
@require_safe
def assignments(request: SignedIn) -> HttpResponse:
    """The assignments in reach, what needs doing first."""
    desk = desk_of(request)
    filters = Filters(request.GET)
    found = filters.by_notice(Assignment.objects.visible_to(request.user, desk.today))
    found = found.with_standing(desk.today, desk.soon_until)
    counts = filters.count(found)
    rows = list(filters.page(found).for_list())
    returned = Report.objects.returned().filter(assignment__in=rows)
    returns = {report.assignment_id: report for report in reversed(returned)}
    page = {
        "section": "assignments",
        "desk": desk,
        "filters": filters,
        "tabs": filters.tabs(counts),
        "standings": filters.standings(counts),
        "pages": filters.pages(counts),
        "to_decide": waiting_for(desk).count() if desk.decides_for else 0,
        "rows": [row_of(row, returns.get(row.pk), desk) for row in rows],
    }
    return render(request, "web/_list.html" if request.htmx else "web/assignments.html", page)


def row_of(assignment: Assignment, returned: Report | None, desk: Desk) -> dict[str, object]:
    """One line: chip, deadline in words, the next verb for those who may do it, and why it came back if it did."""
    own = assignment.agency_id in desk.own_agencies
    return {
        "assignment": assignment,
        "own": own,
        "chip": CHIPS[assignment.standing],
        "deadline": deadline(assignment, today=desk.today, calendar=desk.calendar),
        "act": next_act(assignment) if own else None,
        "returned": returned if is_returned(assignment) else None,
    }
