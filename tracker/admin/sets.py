"""Sets of criteria at the desk: a set with whom it was sent to, and the table in which an assessment is verified."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import Refusal
from accounts.roles import Verb, may
from directives.actions.assessing import ask_to_assess, return_assessment, verify_assessment
from directives.actions.criteria_sets import add_set
from directives.models import Assessment, AssessmentState, CriteriaSet
from tracker import clock
from tracker.admin.issued import ReasonForm
from tracker.admin.pages import page
from tracker.admin.refusals import show
from tracker.admin.rows import DeskAdmin
from tracker.admin.seat import Seat, seat_of
from tracker.admin.set_forms import AskForm, SetForm
from tracker.counted import counted
from tracker.criteria_table import STATES, CriteriaTable, Totals, read_rows

RETURN = "return"


@admin.register(CriteriaSet)
class CriteriaSetAdmin(DeskAdmin):
    seen_with = (Verb.READ_HISTORY,)
    kept_with = (Verb.MEASURE,)
    actions = None
    list_display = ("__str__", "committee", "many", "asked", "waiting", "verified")
    list_select_related = ("committee",)
    search_fields = ("name_vi", "name_en", "code")
    search_help_text = gettext_lazy("Name or code")
    ordering = ("committee", "code")

    def visible(self, rows: QuerySet[CriteriaSet], seat: Seat) -> QuerySet[CriteriaSet]:
        return rows if seat.sight.everything else rows.filter(committee__in=seat.committees())

    def get_queryset(self, request: HttpRequest) -> QuerySet[CriteriaSet]:
        told = {
            state: Count("assessments", filter=Q(assessments__state=state), distinct=True)
            for state in AssessmentState.values
        }
        of_state = {f"n_{state}": count for state, count in told.items()}
        return super().get_queryset(request).annotate(n_criteria=Count("criteria", distinct=True), **of_state)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("criteria"))
    def many(self, row: Any) -> str:
        return counted(row.n_criteria, f"{_page_of(row)}#criteria")

    @admin.display(description=AssessmentState.ASKED.label)
    def asked(self, row: Any) -> str:
        return counted(row.n_asked, f"{_page_of(row)}?state=asked#rows")

    @admin.display(description=AssessmentState.SUBMITTED.label)
    def waiting(self, row: Any) -> str:
        return counted(row.n_submitted, f"{_page_of(row)}?state=submitted#rows")

    @admin.display(description=AssessmentState.VERIFIED.label)
    def verified(self, row: Any) -> str:
        return counted(row.n_verified, f"{_page_of(row)}?state=verified#rows")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [path("assessments/<int:pk>/", self.admin_site.admin_view(verify_table), name="assessment_verify")]
        return [*own, *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A new set, its criteria as lines."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        seat, status = seat_of(request), 200
        form = SetForm(request.POST or None, seat=seat)
        if request.method == "POST" and form.is_valid():
            try:
                row = add_set(by=seat.user, at=clock.now(), **form.cleaned_data)
            except Refusal as refusal:
                status = show(form, refusal)
            else:
                messages.success(request, _("The set of criteria is set up. Now choose who assesses itself by it."))
                return redirect("admin:directives_criteriaset_change", row.pk)
        return page(
            request,
            "admin/directives/criteriaset/add.html",
            title=_("A new set of criteria"),
            model=CriteriaSet,
            status=status,
            form=form,
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The set with what was sent by it, both totals side by side; on POST agencies are asked."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        seat, status = seat_of(request), 200
        asking, answer = request.method == "POST", may(seat.user, Verb.MEASURE, row.committee, on=seat.today)
        if asking and not answer.allowed:
            raise PermissionDenied
        form = AskForm(request.POST if asking else None, seat=seat)
        if asking and form.is_valid():
            try:
                asked = ask_to_assess(row, by=seat.user, at=clock.now(), **form.cleaned_data)
            except Refusal as refusal:
                status = show(form, refusal)
            else:
                messages.success(request, _("Asked: %(n)s.") % {"n": len(asked)})
                return redirect("admin:directives_criteriaset_change", row.pk)
        elif asking:
            status = 400
        sent = Assessment.objects.filter(criteria_set=row).in_full().order_by("-as_of", "agency__code", "pk")
        if (state := request.GET.get("state", "")) in AssessmentState:
            sent = sent.filter(state=state)
        shown = Paginator(sent, self.list_per_page).get_page(request.GET.get("page"))
        rows = [
            (one, STATES[AssessmentState(one.state)], Totals.of(one, reverse("admin:assessment_verify", args=[one.pk])))
            for one in shown
        ]
        return page(
            request,
            "admin/directives/criteriaset/page.html",
            title=row.name,
            model=CriteriaSet,
            status=status,
            criteria_set=row,
            shown=shown,
            rows=rows,
            criteria=row.criteria.all(),
            state=state if state in AssessmentState else "",
            form=form,
            answer=answer,
        )


def _page_of(row: CriteriaSet) -> str:
    return reverse("admin:directives_criteriaset_change", args=[row.pk])


def verify_table(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency's table: verified in one go, or sent back with a reason."""
    seat = seat_of(request)
    if not seat.can(Verb.VERIFY, Verb.READ_HISTORY):
        raise PermissionDenied
    row = get_object_or_404(_seen(seat), pk=pk)
    table, back = _table(row), ReasonForm()
    status = 200
    if request.method == "POST":
        returning = RETURN in request.POST
        table, back = (_table(row), ReasonForm(request.POST)) if returning else (_table(row, request.POST), back)
        form: Any = back if returning else table
        status = 400
        if form.is_valid():
            verb = partial(return_assessment, row, reason=back.cleaned_data["reason"]) if returning else None
            try:
                done = {"by": seat.user, "at": clock.now(), "version": _version(request)}
                (verb or partial(verify_assessment, row, table.said()))(**done)
            except Refusal as refusal:
                status = show(form, refusal)
            else:
                told = _("The self-assessment goes back.") if returning else _("The self-assessment is verified.")
                messages.success(request, told)
                return redirect("admin:directives_criteriaset_change", row.criteria_set_id)
    return _page(request, get_object_or_404(_seen(seat), pk=pk), table, back, status)


def _version(request: HttpRequest) -> int | None:
    typed = str(request.POST.get("version", ""))
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def _seen(seat: Seat) -> QuerySet[Assessment]:
    rows = Assessment.objects.in_full()
    return rows if seat.sight.everything else rows.filter(criteria_set__committee__in=seat.committees())


def _table(row: Assessment, data: Any = None) -> CriteriaTable:
    return CriteriaTable(data, assessment=row, answers="found", words="why")


def _page(request: HttpRequest, row: Assessment, table: CriteriaTable, back: ReasonForm, status: int) -> HttpResponse:
    seat = seat_of(request)
    answer = may(seat.user, Verb.VERIFY, row.criteria_set.committee, on=seat.today)
    verifies = answer.allowed and row.state == AssessmentState.SUBMITTED
    return page(
        request,
        "admin/directives/criteriaset/verify.html",
        title=row.criteria_set.name,
        model=CriteriaSet,
        status=status,
        assessment=row,
        chip=STATES[AssessmentState(row.state)],
        form=table,
        back=back,
        answer=answer,
        fills=verifies,
        verifies=verifies,
        groups=table.groups() if verifies else read_rows(row),
        wrong=table.wrong() if table.is_bound else [],
        totals=Totals.of(row),
    )
