"""The report on a period as a paper: of a committee for its leaders, of an agency for its people and those above it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.views.decorators.http import require_http_methods

from tracker.papers.kinds import PAPERS
from tracker.web.desk import SignedIn, desk_of
from tracker.web.paper_pages import paper_page

KINDS = {"period": "committee", "agency_period": "agency", "handed_down": "agency"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SignedIn, uuid: UUID, form: str, kind: str = "period") -> Any:
    """The report as a file; not there (404) for a body whose work the reader does not see."""
    if kind not in KINDS:
        raise Http404
    said = {name: request.GET[name] for name in PAPERS[kind].takes if request.GET.get(name)}
    return paper_page(request, desk_of(request), kind, {**said, KINDS[kind]: str(uuid)}, form)
