"""The landing page: what must I do next, by when, and why work came back."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from directives.models import Assignment, Report
from directives.rules.lifecycle import WORKING
from tracker.papers.form import KINDS
from tracker.web.counting import Explanations
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.filters import Filters
from tracker.web.giving import next_giver_act
from tracker.web.views_kept import views_of
from tracker.web.waiting import what_waits
from tracker.web.wording import CHIPS, deadline, is_returned, next_act
from tracker.web.work_list import WorkList


@login_required
@require_safe
def assignments(request: SignedIn) -> HttpResponse:
    """The assignments in reach, what needs doing first."""
    filters = Filters(request.GET)
    if "" in request.GET.values() and not request.htmx and not filters.form.errors:
        return redirect(f"{request.path}{filters.address()}")  # a form sends its empty fields along
    desk = desk_of(request)
    shown = {
        **list_shown(request, desk, filters),
        "section": "assignments",
        "views": views_of(request.user, filters),
        "desk_waits": what_waits(desk),
    }
    if not request.htmx:
        return render(request, "web/assignments.html", shown)
    answer = render(request, "web/_list.html", shown)
    return answer if filters.form.errors else push_url(answer, f"{request.path}{filters.address()}")


def list_shown(request: SignedIn, desk: Desk, filters: Filters) -> dict[str, object]:
    """One page of the list that the address asks for."""
    work = WorkList(desk, filters)
    page = work.page(request.GET.get("after", ""), request.GET.get("before", ""))
    rows = rows_of(page.rows, desk)
    return {"desk": desk, "filters": filters, "work": work, "pages": page.pages, "rows": rows, "paper_kinds": KINDS}


def rows_of(assignments: list[Assignment], desk: Desk) -> list[dict[str, object]]:
    """The lines of a list; one query, for the reasons of what came back."""
    returns = Report.objects.last_returns(assignments)
    explanations = Explanations(desk)
    return [_row(row, returns.get(row.pk), desk, explanations) for row in assignments]


def _row(assignment: Assignment, returned: Report | None, desk: Desk, explanations: Explanations) -> dict[str, object]:
    """One line: chip, deadline in words, the next verb for those who may do it, and why it came back if it did."""
    own = assignment.agency_id in desk.own_agencies
    return {
        "assignment": assignment,
        "own": own,
        "choosable": own and assignment.state in WORKING,
        "chip": CHIPS[assignment.standing],
        "deadline": deadline(assignment, today=desk.today, calendar=desk.calendar),
        "explained": explanations.of(assignment),
        "act": (next_act(assignment) if own else None) or next_giver_act(assignment, desk),
        "returned": returned if is_returned(assignment) else None,
    }
