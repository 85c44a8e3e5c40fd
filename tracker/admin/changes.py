"""What was changed of many assignments at once: who, when, why, how many, and the result of each as a file."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Verb
from directives.actions.many_wishes import MANY
from directives.models import BulkChange
from tracker.admin.rows import DeskAdmin
from tracker.admin.seat import Seat
from tracker.admin.verbs import VERBS
from tracker.counted import counted


class VerbFilter(admin.SimpleListFilter):
    title = gettext_lazy("what")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(verb), str(VERBS[verb].title)) for verb in MANY]

    def queryset(self, request: HttpRequest, queryset: QuerySet[BulkChange]) -> QuerySet[BulkChange]:
        return queryset.filter(verb=self.value()) if self.value() else queryset


def _rows(row: BulkChange, many: int, kind: str = "") -> SafeString:
    """How many of the change became so, leading to them."""
    return counted(many, reverse("admin:bulk_change", args=[row.uuid]) + (f"?only={kind}" if kind else ""), of=kind)


@admin.register(BulkChange)
class BulkChangeAdmin(DeskAdmin):
    seen_with = (Verb.VERIFY, Verb.READ_HISTORY)
    actions = None
    list_display = ("started_at", "what", "reason", "by", "n_chosen", "n_changed", "n_refused", "result")
    list_display_links = ("started_at", "what")
    list_select_related = ("by",)
    list_filter = (VerbFilter, ("committees", admin.RelatedOnlyFieldListFilter))
    search_fields = ("reason", "by__name")
    search_help_text = gettext_lazy("Words of the reason, or who")
    ordering = ("-started_at", "-pk")

    def visible(self, rows: QuerySet[BulkChange], seat: Seat) -> QuerySet[BulkChange]:
        """What was carried out in one's own committees; what is only chosen is nobody's business."""
        kept = BulkChange.objects.in_reach(seat.sight, seat.user).filter(started_at__isnull=False)
        return rows.filter(pk__in=kept)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # --- columns

    @admin.display(description=gettext_lazy("what"), ordering="verb")
    def what(self, row: BulkChange) -> str:
        return str(VERBS[row.verb].title)

    @admin.display(description=BulkChange._meta.get_field("chosen").verbose_name, ordering="chosen")  # noqa: SLF001
    def n_chosen(self, row: BulkChange) -> str:
        return _rows(row, row.chosen)

    @admin.display(description=gettext_lazy("assignments changed"), ordering="changed")
    def n_changed(self, row: BulkChange) -> str | None:
        return _rows(row, row.changed, "changed") if row.ended_at else None

    @admin.display(description=gettext_lazy("assignments refused"), ordering="refused")
    def n_refused(self, row: BulkChange) -> str | None:
        return _rows(row, row.refused, "refused") if row.ended_at else None

    @admin.display(description=gettext_lazy("result"))
    def result(self, row: BulkChange) -> str | SafeString:
        if row.ended_at is None:
            return _("Under way")
        address = reverse("admin:bulk_change_sheet", args=[row.uuid])
        return format_html('<a href="{}" hx-boost="false" download>.xlsx</a>', address)

    # --- one change: the page that its chooser saw

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
        return redirect("admin:bulk_change", row.uuid)
