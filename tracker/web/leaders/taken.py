"""The notices and hand-ins behind the numbers that say how long entry and decisions take."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directives.figures import decided, entered, slow
from directives.models import Notice, Report
from tracker.web.desk import SignedIn, desk_of
from tracker.web.leaders.asked import Asked, read_asked
from tracker.web.leaders.more import DECISION, DECISION_WORDS, ENTRY, ENTRY_WORDS, Pace

PAGE = 100
WHICH = {"all": _("All"), "within": _("In time"), "late": _("Later")}


@dataclass(frozen=True)
class TakenRow:
    """A notice or a hand-in: what it is, where it lies, from when to when, and how many working days that was."""

    name: str
    note: str
    address: str
    begun: date
    ended: date
    days: int


@login_required
@require_safe
def figures_taken(request: SignedIn, name: str) -> HttpResponse:
    """The notices or hand-ins that one number counts: those in time, those late, or all."""
    asked, which = read_asked(desk_of(request), request.GET), request.GET.get("which", "all")
    if name not in ("entry", "decision") or which not in WHICH or (name == "entry" and asked.agency):
        raise Http404
    shown = Paginator(_rows_taken(asked, name, which), PAGE).get_page(request.GET.get("page"))
    title, explained = ENTRY_WORDS if name == "entry" else DECISION_WORDS
    page = {
        "asked": asked,
        "title": title,
        "explained": explained,
        "which": WHICH[which],
        "shown": shown,
        "rows": [_taken_row(asked, one) for one in shown],
        "hidden": [("which", which)],
    }
    return render(request, "web/figures_taken.html", {"section": "figures", **page})


def _rows_taken(asked: Asked, name: str, which: str) -> QuerySet[Any]:
    days = Pace(asked).days
    rows: QuerySet[Any]
    if name == "entry":
        rows, bound = entered(asked.scope, **days).select_related("committee").defer("text"), ENTRY
    else:
        rows, bound = decided(asked.scope, **days), DECISION
        rows = rows.select_related("assignment__agency", "assignment__directive__notice")
        rows = rows.defer("assignment__directive__notice__text", "assignment__directive__quote")
    if which != "all":
        late = slow(rows, bound).values("pk")
        rows = rows.filter(pk__in=late) if which == "late" else rows.exclude(pk__in=late)
    return rows.order_by("-ended_on", "-pk")


def _taken_row(asked: Asked, one: Any) -> TakenRow:
    days = max(asked.desk.calendar.count(one.begun_on, one.ended_on), 0)
    name, note, address = _named(asked, one)
    return TakenRow(name, note, address, one.begun_on, one.ended_on, days)


def _named(asked: Asked, one: Notice | Report) -> tuple[str, str, str]:
    """What it is, what stands beside that, and where it lies for the reader."""
    if isinstance(one, Notice):
        page = reverse("notice", args=[one.uuid]) if asked.sees_notices else ""
        return one.reference or one.subject, one.subject, page
    work = one.assignment
    page = reverse("assignment", args=[work.uuid]) if asked.sees_notices or asked.agency else ""
    return work.directive.wording, f"{work.agency.name}, {work.directive.notice.reference}", page
