"""Self-assessment: what an agency is asked to fill in, and the one table in which it does so."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Verb, may
from directives.actions.assessing import keep_assessment, send_assessment
from directives.models import Assessment, AssessmentState
from directives.rules.refusals import Stale
from tracker import clock
from tracker.criteria_table import STATES, CriteriaTable, Totals, read_rows
from tracker.web.carrying import is_somebody_elses, somebody_elses, typed_in
from tracker.web.desk import SignedIn, desk_of
from tracker.web.refusals import STATUS, done
from tracker.web.sign_in import behind_the_door
from tracker.web.unsent import KEEP

PAGE = 50


@login_required
@require_safe
def assessments(request: SignedIn) -> HttpResponse:
    """What the reader's agencies are asked to fill in, then what was sent and verified."""
    seen = Assessment.objects.visible_to(request.user, desk_of(request).today).in_full()
    state = request.GET.get("state", "")
    if state in AssessmentState:
        seen = seen.filter(state=state, agency__in=desk_of(request).own_agencies)
    to_do_first = Case(When(state=AssessmentState.ASKED, then=0), default=1)
    shown = Paginator(seen.order_by(to_do_first, "-as_of", "-pk"), PAGE).get_page(request.GET.get("page"))
    rows = [
        (row, STATES[AssessmentState(row.state)], Totals.of(row, reverse("self_assessment", args=[row.uuid])))
        for row in shown
    ]
    page = {"section": "assessments", "shown": shown, "rows": rows, "state": state}
    return render(request, "web/assessments.html", page)


@behind_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def self_assessment(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The table: filled in by the agency while it is asked, read by all who see it."""
    row = _find(request, uuid)
    if request.method != "POST":
        return _page(request, row, _table(row))
    if is_somebody_elses(request):
        return somebody_elses(request, request.path, typed_in(request))
    keeps = KEEP in request.POST
    table = CriteriaTable(request.POST, assessment=row, answers="given", words="remark")
    if not table.is_valid():
        return _page(request, row, table, status=400)
    verb = keep_assessment if keeps else send_assessment
    version = table.cleaned_data["version"]
    if done(table, partial(verb, row, table.said(), by=request.user, at=clock.now(), version=version)):
        kept = _("The draft is saved. Nothing was sent yet.")
        messages.success(request, kept if keeps else _("The self-assessment was sent."))
        return redirect("self_assessment", row.uuid)
    status = table.status
    if status == STATUS[Stale]:
        row = _find(request, uuid)
        table.assessment = row
        table.shown_anew(request.POST)
    return _page(request, row, table, status=status)


def _find(request: SignedIn, uuid: UUID) -> Assessment:
    seen = Assessment.objects.visible_to(request.user, desk_of(request).today).in_full()
    return get_object_or_404(seen, uuid=uuid)


def _table(row: Assessment) -> CriteriaTable:
    return CriteriaTable(assessment=row, answers="given", words="remark")


def _page(request: SignedIn, row: Assessment, table: CriteriaTable, *, status: int = 200) -> HttpResponse:
    fills = may(request.user, Verb.REPORT, row.agency, on=desk_of(request).today).allowed
    page = {
        "section": "assessments",
        "assessment": row,
        "chip": STATES[AssessmentState(row.state)],
        "form": table,
        "fills": fills and row.state == AssessmentState.ASKED,
        "groups": table.groups() if fills and row.state == AssessmentState.ASKED else read_rows(row),
        "wrong": table.wrong() if table.is_bound else [],
        "totals": Totals.of(row),
    }
    return render(request, "web/self_assessment.html", page, status=status)
