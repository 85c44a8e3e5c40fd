"""The report on a period as a paper, for whoever sees the whole work of a committee: its leaders, and who reads all."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directives.rules.refusals import N_, Invalid
from tracker.paper_asking import is_long
from tracker.papers.answering import answer, day_asked, form_of
from tracker.papers.kinds import PAPERS, Asking, make_paper
from tracker.web.desk import SignedIn, desk_of
from tracker.web.refusals import told

KIND = "period"
TOO_LONG = N_("This sheet is too long to be made at once. Take the .docx or .pdf, or ask the secretariat for it.")


@login_required
@require_safe
def report(request: SignedIn, uuid: UUID, form: str) -> Any:
    """The report as a file; not there (404) for a committee whose work the reader does not see."""
    form_of(form)
    desk = desk_of(request)
    said = {name: request.GET[name] for name in PAPERS[KIND].takes if request.GET.get(name)}
    try:
        on = day_asked(request.GET.get("as_of", ""), desk.today)
        paper = make_paper(KIND, {**said, "committee": str(uuid)}, Asking(desk.sight, on, desk.today))
        if form == "xlsx" and is_long(paper, form):  # the others have the first rows of its lists alone
            raise Invalid("rows", TOO_LONG)
        return answer(paper, form)
    except ObjectDoesNotExist:
        raise Http404 from None
    except Invalid as refusal:
        return render(request, "web/no_paper.html", {"sentence": told(refusal)}, status=400)
