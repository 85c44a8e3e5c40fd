"""Messages: what leaves for whom, what could not be delivered, and what is held back."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb
from directives.models import Delivery, Notice
from tracker.admin.rows import DeskAdmin
from tracker.admin.seat import Seat


@admin.register(Delivery)
class DeliveryAdmin(DeskAdmin):
    seen_with = (Verb.HOLD_MESSAGE, Verb.READ_HISTORY)
    list_display = ("due_at", "kind", "recipient", "channel", "state", "attempts", "why_not")
    list_display_links = ("due_at", "kind")
    list_select_related = ("recipient",)
    list_filter = ("state", "channel", "kind")
    search_fields = ("recipient__name", "recipient__email", "subject")
    ordering = ("-due_at", "-pk")

    def visible(self, rows: QuerySet[Delivery], seat: Seat) -> QuerySet[Delivery]:
        """Administrators and auditors see all; a secretariat what was written of its committees' notices."""
        if seat.sight.everything:
            return rows
        own = Notice.objects.filter(committee__in=seat.sight.committees)
        return rows.filter(
            Q(notice__in=own) | Q(pk__in=rows.filter(reminders__assignment__directive__notice__in=own).values("pk"))
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("last error"))
    def why_not(self, row: Delivery) -> str:
        return row.last_error[:80]
