"""A paper on the agencies' and leaders' pages: a short one comes at once, a long one is asked of a worker and kept."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.refusals import Refusal
from directives.actions.keeping import Asked, ask_for_paper, kept
from tracker import clock
from tracker.paper_asking import asked_for, is_long, kind_name, most_at_once
from tracker.papers.answering import answer, day_asked, form_of
from tracker.papers.kinds import Asking, make_paper
from tracker.waking import wake
from tracker.web.desk import Desk, SignedIn
from tracker.web.refusals import STATUS, told


def paper_page(
    request: SignedIn, desk: Desk, kind: str, given: dict[str, str], form: str, *, alone: bool = False
) -> Any:
    """The paper as a file where it is short; else the page that offers a worker, who is asked by a POST.

    `alone`: what is kept of it is for this person alone. A refusal says why there is no such paper; what is not there
    for the reader's eyes is 404.
    """
    form_of(form)
    try:
        on = day_asked(request.GET.get("as_of", ""), desk.today)
        paper = make_paper(kind, given, Asking(desk.sight, on, desk.today, desk.own_agencies))
        if request.method != "POST" and not is_long(paper, form):
            return answer(paper, form)
        asked = asked_for(kind, given, form, on, alone=request.user if alone else None)
        return _ask_a_worker(request, asked) if request.method == "POST" else _long_page(request, asked)
    except ObjectDoesNotExist:
        raise Http404 from None
    except Refusal as refusal:
        return render(request, "web/no_paper.html", {"sentence": told(refusal)}, status=STATUS[type(refusal)])


def _long_page(request: SignedIn, asked: Asked) -> HttpResponse:
    page = {"asked": asked, "name": kind_name(asked.kind), "at_once": most_at_once(asked.form), "kept": kept(asked)}
    return render(request, "web/long_paper.html", page)


def _ask_a_worker(request: SignedIn, asked: Asked) -> HttpResponse:
    paper = ask_for_paper(asked, by=request.user, at=clock.now())
    wake("papers")
    return redirect("kept_paper", paper.uuid)
