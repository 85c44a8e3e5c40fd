"""The agency's own list as a paper in official form: what its filters leave, all pages of it, as of a day."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.views.decorators.http import require_http_methods

from accounts.models import Agency
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.filters import Filters
from tracker.web.paper_pages import paper_page
from tracker.web.work_list import WorkList


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_paper(request: SignedIn, form: str) -> Any:
    """The list as a file; not there (404) for whoever reports for no agency. What is kept of it is for them alone,
    since the same list may hold other rows for somebody else."""
    desk = desk_of(request)
    if not desk.own_agencies:
        raise Http404
    work = WorkList(desk, Filters(request.GET))
    given = {"agency": str(_agency(desk).uuid), "query": work.query}
    return paper_page(request, desk, "own_list", given, form, alone=True)


def _agency(desk: Desk) -> Agency:
    """Whose paper it is; of several that its reader reports for, the one that was entered first."""
    return Agency.objects.filter(pk__in=desk.own_agencies).order_by("pk")[0]
