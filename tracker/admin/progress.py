"""Requests for more time: the list, and the two answers."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.refusals import Refusal
from accounts.roles import Verb
from directives.actions.extending import grant_extension, refuse_extension
from directives.models import Assignment, ExtensionRequest, ExtensionState
from directives.rules.refusals import Stale
from tracker import clock
from tracker.admin.changed_since import shown_anew
from tracker.admin.deciding import extension_desk
from tracker.admin.extension_forms import GrantForm, RefuseForm
from tracker.admin.guard import same_version
from tracker.admin.one_assignment import assignment_page
from tracker.admin.refusals import STATUS, show
from tracker.admin.rows import DeskAdmin
from tracker.admin.seat import Seat, seat_of
from tracker.counted import counted
from tracker.templatetags.desk import with_more

ANSWERS = {"grant": (GrantForm, grant_extension), "refuse": (RefuseForm, refuse_extension)}


@admin.register(ExtensionRequest)
class ExtensionAdmin(DeskAdmin):
    seen_with = (Verb.VERIFY, Verb.READ_HISTORY)
    actions = None
    change_list_template = "admin/directives/extensionrequest/list.html"
    list_display = ("agency", "wording", "due_on_then", "asked_due_on", "asked_at", "times", "state")
    list_display_links = ("agency", "wording")
    list_select_related = ("assignment__agency", "assignment__directive__notice")
    list_filter = ("state",)
    search_fields = ("assignment__agency__name_vi", "assignment__directive__wording", "reason")
    search_help_text = gettext_lazy("Agency, words of the directive or of the reason")
    ordering = (Case(When(state=ExtensionState.OPEN, then=0), default=1), "-asked_at", "-pk")

    def visible(self, rows: QuerySet[ExtensionRequest], seat: Seat) -> QuerySet[ExtensionRequest]:
        granted = ExtensionRequest.objects.filter(
            assignment=OuterRef("assignment"), state=ExtensionState.GRANTED, asked_at__lt=OuterRef("asked_at")
        )
        times = Subquery(granted.order_by().values("assignment").annotate(n=Count("pk")).values("n"))
        return rows.filter(assignment__in=Assignment.objects.in_reach(seat.sight)).annotate(times=Coalesce(times, 0))

    def found(self, rows: QuerySet[ExtensionRequest], typed: str) -> QuerySet[ExtensionRequest]:
        meant = Assignment.objects.searched(typed)
        return rows.filter(Q(assignment__in=meant) | Q(reason__icontains=typed.strip()))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # --- columns

    @admin.display(description=gettext_lazy("agency"), ordering="assignment__agency__name_vi")
    def agency(self, row: ExtensionRequest) -> str:
        return str(row.assignment.agency)

    @admin.display(description=gettext_lazy("directive"))
    def wording(self, row: ExtensionRequest) -> str:
        return with_more(str(row.assignment.directive), row.assignment.directive.notice.reference)

    @admin.display(description=gettext_lazy("extended before"), ordering="times")
    def times(self, row: Any) -> str:
        return counted(row.times, f"?assignment__exact={row.assignment_id}&state__exact=granted")

    # --- one request: the page of its assignment

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return redirect("admin:directives_assignment_change", row.assignment_id)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/<str:answer>-request/", view(self.decide), name="extension_decide"),
            path("desk/", view(extension_desk), name="extension_desk"),
        ]
        return [*own, *super().get_urls()]

    def decide(self, request: HttpRequest, pk: int, answer: str) -> HttpResponse:
        """Grant or refuse; a refusal of ours shows the page again, with what was typed."""
        row = get_object_or_404(self.get_queryset(request).select_related("assignment"), pk=pk)
        if request.method != "POST":
            return redirect("admin:directives_assignment_change", row.assignment_id)
        if answer not in ANSWERS:
            raise Http404
        form_of, act = ANSWERS[answer]
        form, status = form_of(request.POST, prefix=answer), 400
        if form.is_valid():
            given = dict(form.cleaned_data)
            try:
                with same_version(Assignment, row.assignment_id, given.pop("version")):
                    act(row, by=seat_of(request).user, at=clock.now(), **given)
            except Refusal as refusal:
                status = show(form, refusal)
            else:
                messages.success(request, _("The agency is told what was decided."))
                return redirect("admin:directives_assignment_change", row.assignment_id)
        seat = seat_of(request)
        assignment = Assignment.objects.with_standing(seat.today, seat.soon_until).for_list().get(pk=row.assignment_id)
        if status == STATUS[Stale]:
            shown_anew(form, assignment)
        return assignment_page(request, assignment, typed={answer: form}, status=status)
