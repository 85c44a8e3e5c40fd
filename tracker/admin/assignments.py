"""Assignments: the list, the verbs, and the addresses of the desk that verifies."""

import re
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.refusals import Refusal
from accounts.roles import Verb
from directives.actions.reporting import verify
from directives.models import Assignment, Notice
from directives.models.directives import AssignmentQuerySet
from directives.rules.refusals import Stale
from directives.rules.standing import LABELS, Standing
from tracker import clock
from tracker.admin import many
from tracker.admin.changed_since import shown_anew
from tracker.admin.evidence import evidence
from tracker.admin.one_assignment import assignment_page
from tracker.admin.passing import PassingWork
from tracker.admin.refusals import STATUS, sentence_of, show
from tracker.admin.report_sheet import reports_sheet
from tracker.admin.rows import DeskAdmin, OfCommittee
from tracker.admin.seat import Seat, seat_of
from tracker.admin.verbs import VERBS
from tracker.admin.verifying import decide, verification, verification_of
from tracker.templatetags.desk import standing_chip, with_more


class StandingFilter(admin.SimpleListFilter):
    title = gettext_lazy("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(standing.value, _(LABELS[standing])) for standing in Standing]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Assignment]) -> QuerySet[Assignment]:
        return queryset.filter(standing=self.value()) if self.value() else queryset


def seen_versions(request: HttpRequest) -> dict[int, int]:
    """By id the versions of the rows that the list showed, as its form says them: '17:3 18:1'."""
    pairs = re.findall(r"([0-9]{1,18}):([0-9]{1,9})", request.POST.get("seen", ""))
    return {int(pk): int(version) for pk, version in pairs}


@admin.register(Assignment)
class AssignmentAdmin(DeskAdmin):
    seen_with = (Verb.VERIFY, Verb.READ_HISTORY)
    actions = (
        "verify_chosen",
        "set_deadline_chosen",
        "reassign_chosen",
        "suspend_chosen",
        "resume_chosen",
        "withdraw_chosen",
    )
    list_display = ("agency", "wording", "role", "standing", "due_on", "handed_in_on")
    list_display_links = ("agency", "wording")
    list_filter = (StandingFilter, "state", "role", ("directive__notice__committee", OfCommittee), PassingWork)
    search_fields = ("agency__name_vi", "directive__wording")
    search_help_text = gettext_lazy("Agency, words of the directive, or 369/TB-VPCP")
    ordering = ("due_on", "pk")

    def visible(self, rows: AssignmentQuerySet, seat: Seat) -> QuerySet[Assignment]:
        return rows.in_reach(seat.sight).with_standing(seat.today, seat.soon_until).for_list()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_verify_permission(self, request: HttpRequest) -> bool:
        """Who is offered the action; each row is asked again by the action itself."""
        return seat_of(request).can(Verb.VERIFY)

    # --- columns

    @admin.display(description=gettext_lazy("directive"))
    def wording(self, row: Assignment) -> str:
        return with_more(str(row.directive), row.directive.notice.reference)

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, row: Any) -> str:
        return with_more(standing_chip(row.standing), row.get_state_display())

    def found(self, rows: AssignmentQuerySet, typed: str) -> QuerySet[Assignment]:
        numbered = list(Notice.objects.by_reference(typed).values_list("pk", flat=True)) if "/" in typed else []
        return rows.filter(directive__notice__in=numbered) if numbered else rows.searched(typed)

    # --- verbs

    @admin.action(description=gettext_lazy("Verify the chosen"), permissions=["verify"])
    def verify_chosen(self, request: HttpRequest, chosen: QuerySet[Assignment]) -> None:
        """Verify what can be verified as the list showed it, and say of each other row why not."""
        done, seen = 0, seen_versions(request)
        for assignment in chosen:
            try:
                verify(assignment, by=seat_of(request).user, at=clock.now(), version=seen.get(assignment.pk))
                done += 1
            except Refusal as refusal:
                self.message_user(request, f"{assignment}: {sentence_of(refusal)}", messages.WARNING)
        if done:
            sentence = ngettext("%(n)d assignment is verified.", "%(n)d assignments are verified.", done)
            self.message_user(request, sentence % {"n": done}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Set a new deadline for the chosen"), permissions=["verify"])
    def set_deadline_chosen(self, request: HttpRequest, chosen: QuerySet[Assignment]) -> HttpResponse | None:
        return many.chosen(request, Verb.SET_DEADLINE, chosen)

    @admin.action(description=gettext_lazy("Reassign the chosen"), permissions=["verify"])
    def reassign_chosen(self, request: HttpRequest, chosen: QuerySet[Assignment]) -> HttpResponse | None:
        return many.chosen(request, Verb.REASSIGN, chosen)

    @admin.action(description=gettext_lazy("Suspend the chosen"), permissions=["verify"])
    def suspend_chosen(self, request: HttpRequest, chosen: QuerySet[Assignment]) -> HttpResponse | None:
        return many.chosen(request, Verb.SUSPEND, chosen)

    @admin.action(description=gettext_lazy("Resume the chosen"), permissions=["verify"])
    def resume_chosen(self, request: HttpRequest, chosen: QuerySet[Assignment]) -> HttpResponse | None:
        return many.chosen(request, Verb.RESUME, chosen)

    @admin.action(description=gettext_lazy("Withdraw the chosen"), permissions=["verify"])
    def withdraw_chosen(self, request: HttpRequest, chosen: QuerySet[Assignment]) -> HttpResponse | None:
        return many.chosen(request, Verb.WITHDRAW, chosen)

    # --- one assignment

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        assignment = self.get_object(request, object_id)
        if assignment is None:
            raise Http404
        return assignment_page(request, assignment)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/verb/<str:name>/", view(self.do), name="assignment_verb"),
            path("reports/sheet/", view(self.reports), name="reports_sheet"),
            path("verification/", view(verification), name="verification"),
            path("verification/<int:pk>/", view(verification_of), name="verification_of"),
            path("verification/<int:pk>/<str:answer>/", view(decide), name="verification_decide"),
            path("evidence/<uuid:uuid>/", view(evidence), name="evidence"),
        ]
        return [*own, *many.addresses(view), *super().get_urls()]

    def reports(self, request: HttpRequest) -> HttpResponse | FileResponse:
        """The reports on the assignments that the filters leave, as an .xlsx."""
        return self.sheet_of_rows(request, reports_sheet)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        reports_url = f"{reverse('admin:reports_sheet')}?{request.GET.urlencode()}"
        ways = {"reports_url": reports_url, "papers_url": reverse("admin:papers")}
        answer = super().changelist_view(request, {**ways, **(extra_context or {})})
        if isinstance(answer, TemplateResponse) and answer.context_data and "cl" in answer.context_data:
            rows = answer.context_data["cl"].result_list
            answer.context_data["seen"] = " ".join(f"{row.pk}:{row.version}" for row in rows)
        return answer

    def do(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Do one verb on the assignment; a refusal shows the page again, with what was typed."""
        if request.method != "POST":
            return redirect("admin:directives_assignment_change", pk)
        assignment = get_object_or_404(self.get_queryset(request), pk=pk)
        verb = VERBS.get(name)
        if verb is None:
            raise Http404
        form = verb.form(request.POST, prefix=name)
        status = 400
        if form.is_valid():
            try:
                verb.act(assignment, by=seat_of(request).user, at=clock.now(), **form.cleaned_data)
            except Refusal as refusal:
                status = show(form, refusal)
            else:
                messages.success(request, verb.done)
                return redirect("admin:directives_assignment_change", pk)
        assignment = get_object_or_404(self.get_queryset(request), pk=pk)
        if status == STATUS[Stale]:
            shown_anew(form, assignment)
        return assignment_page(request, assignment, typed={name: form}, status=status)
