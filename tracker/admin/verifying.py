"""The desk that verifies: one hand-in after the other, the one that waits longest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.refusals import Refusal
from accounts.roles import Verb, may
from directives.actions.reporting import return_report, verify
from directives.models import Assignment, Reading, Report, ReportKind, ReportState
from directives.rules.attainment import rounded
from directives.rules.lifecycle import State, after
from directives.rules.refusals import Stale
from tracker import clock
from tracker.admin.changed_since import shown_anew
from tracker.admin.evidence import shown
from tracker.admin.one_assignment import assignment_page, thread_of
from tracker.admin.pages import page
from tracker.admin.refusals import STATUS, sentence_of, show
from tracker.admin.seat import Seat, seat_of
from tracker.admin.verbs import VerbForm
from tracker.admin.verifying_forms import RETURN, SENTENCES, VERIFY, SendBackForm, VerifyResultForm
from tracker.printed import figure, plain, signed


@dataclass(frozen=True)
class Compared:
    """A figure as reported and as verified, printed as reports do."""

    name: str
    reported: str
    verified: str
    difference: str
    as_of: date | None = None


@dataclass(frozen=True)
class Place:
    """Where a hand-in lies in the pile: its place from 1, how many wait, and its neighbours' ids."""

    nth: int
    total: int
    before: int | None
    after: int | None


def pile(seat: Seat) -> QuerySet[Assignment]:
    """What waits for this person to verify it; an auditor or administrator sees what waits for others."""
    rows = Assignment.objects.from_committees().filter(state=State.HANDED_IN)
    if seat.sight.drafts_of:
        rows = rows.filter(directive__notice__committee__in=seat.sight.drafts_of)
    elif not seat.sight.everything:
        rows = rows.none()
    return rows.order_by("handed_in_on", "pk")


def verification(request: HttpRequest) -> HttpResponse:
    """On to the hand-in that waits longest; where nothing waits, a page that says so."""
    seat = _reader(request)
    first = pile(seat).values_list("pk", flat=True).first()
    if first is not None:
        return redirect("admin:verification_of", first)
    return page(request, "admin/directives/assignment/nothing_waits.html", title=_("Verify results"), model=Assignment)


def verification_of(request: HttpRequest, pk: int) -> HttpResponse:
    """One hand-in with its evidence, its figures and the two answers; `?reason=` begins one to return it."""
    assignment = get_object_or_404(_seen(_reader(request)), pk=pk)
    report = _waiting(assignment)
    if report is None:
        return redirect("admin:directives_assignment_change", pk)
    return _page(request, assignment, report)


def decide(request: HttpRequest, pk: int, answer: str) -> HttpResponse:
    """Verify or return, and on to the next; a refusal shows the page again with what was typed."""
    seat = _reader(request)
    if request.method != "POST":
        return redirect("admin:verification_of", pk)
    assignment = get_object_or_404(_seen(seat), pk=pk)
    report = _waiting(assignment)
    if answer not in (VERIFY, RETURN):
        raise Http404
    if report is None:
        return _too_late(request, assignment, answer)
    onward = _place(seat, assignment).after
    form = VerifyResultForm(request.POST, report=report) if answer == VERIFY else SendBackForm(request.POST)
    status = _answered(request, assignment, form, answer)
    if status == 302:
        return redirect("admin:verification_of", onward) if onward else redirect("admin:verification")
    assignment = get_object_or_404(_seen(seat), pk=pk)
    report = _waiting(assignment)
    if report is None:
        return _too_late(request, assignment, answer)
    if status == STATUS[Stale]:
        shown_anew(form, assignment)
    return _page(request, assignment, report, typed={answer: form}, status=status)


def _answered(request: HttpRequest, assignment: Assignment, form: VerbForm, answer: str) -> int:
    if not form.is_valid():
        return 400
    act = verify if answer == VERIFY else return_report
    try:
        act(assignment, by=seat_of(request).user, at=clock.now(), **form.cleaned_data)
    except Refusal as refusal:
        return show(form, refusal)
    done = _("The result of %(agency)s is verified.") if answer == VERIFY else _("The report went back to %(agency)s.")
    messages.success(request, done % {"agency": assignment.agency.name})
    return 302


def _too_late(request: HttpRequest, assignment: Assignment, answer: str) -> HttpResponse:
    """Somebody decided it meanwhile: the page of the assignment tells how, above it why nothing was done now."""
    try:
        after(assignment.state, Verb.VERIFY if answer == VERIFY else Verb.RETURN)
    except Refusal as refusal:
        messages.warning(request, sentence_of(refusal))
    return assignment_page(request, assignment, status=409)


def _reader(request: HttpRequest) -> Seat:
    seat = seat_of(request)
    if not seat.can(Verb.VERIFY, Verb.READ_HISTORY):
        raise PermissionDenied
    return seat


def _seen(seat: Seat) -> QuerySet[Assignment]:
    return Assignment.objects.in_reach(seat.sight).with_standing(seat.today, seat.soon_until).for_list()


def _waiting(assignment: Assignment) -> Report | None:
    """The hand-in that nobody has answered."""
    if assignment.state != State.HANDED_IN:
        return None
    rows = Report.objects.filter(assignment=assignment, kind=ReportKind.HAND_IN, state=ReportState.SUBMITTED)
    return rows.in_full().first()


def _place(seat: Seat, assignment: Assignment) -> Place:
    """The neighbours of a hand-in, found by where it lies and not by counting pages; four queries."""
    rows, day, pk = pile(seat), assignment.handed_in_on, assignment.pk
    sooner = rows.filter(Q(handed_in_on__lt=day) | Q(handed_in_on=day, pk__lt=pk))
    later = rows.filter(Q(handed_in_on__gt=day) | Q(handed_in_on=day, pk__gt=pk))
    return Place(
        nth=sooner.count() + 1,
        total=rows.count(),
        before=sooner.reverse().values_list("pk", flat=True).first(),
        after=later.values_list("pk", flat=True).first(),
    )


def _compared(assignment: Assignment, report: Report) -> Iterator[Compared]:
    """The figure of the report, then the latest of each of the directive's targets for this agency."""
    if report.figure is not None:
        yield Compared(_with_unit(_("In this report"), report.unit), plain(report.figure), "", "")
    whose = Q(agency=assignment.agency_id) | Q(agency=None)
    rows = Reading.objects.filter(whose, indicator__directive=assignment.directive_id)
    latest = rows.order_by("indicator_id", "-as_of", "-pk").distinct("indicator_id").select_related("indicator")
    for reading in latest:
        in_percent = reading.indicator.in_percent
        said, found = (figure(one, in_percent=in_percent) for one in (reading.reported, reading.verified))
        value = reading.reported.worth(in_percent=in_percent)
        verified = reading.verified.worth(in_percent=in_percent) if reading.verified else None
        gap = signed(rounded(verified - value)) if verified is not None and value is not None else ""
        yield Compared(_with_unit(str(reading.indicator), reading.indicator.unit), said, found, gap, reading.as_of)


def _with_unit(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name


def _page(
    request: HttpRequest,
    assignment: Assignment,
    report: Report,
    *,
    typed: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    seat, typed = seat_of(request), typed or {}
    earlier = [said for said in thread_of(assignment) if said.about != report]
    return page(
        request,
        "admin/directives/assignment/verify.html",
        title=_("Verify results"),
        model=Assignment,
        status=status,
        assignment=assignment,
        report=report,
        late=assignment.due_on is not None and (assignment.handed_in_on or seat.today) > assignment.due_on,
        files=shown(report.attachments.all()),
        figures=list(_compared(assignment, report)),
        earlier=earlier,
        came_back=sum(1 for said in earlier if said.kind == "report" and said.about.state == ReportState.RETURNED),
        place=_place(seat, assignment),
        answer=may(seat.user, Verb.VERIFY, assignment.directive.notice.committee, on=seat.today),
        verify_form=typed.get(VERIFY) or VerifyResultForm.of(assignment, report),
        return_form=typed.get(RETURN) or SendBackForm.of(assignment, request.GET.get("reason", "")),
        returning=RETURN in typed or request.GET.get("reason") in SENTENCES,
        sentences=SENTENCES.items(),
    )
