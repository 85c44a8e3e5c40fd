"""The working calendar, edited at run time: a new day off moves every reminder that has not been sent."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb
from directives.models import CalendarDay
from tracker.admin.effects import MovesReminders


@admin.register(CalendarDay)
class CalendarAdmin(MovesReminders):
    asks = _("Change the calendar?")
    seen_with = (Verb.DRAFT, Verb.READ_HISTORY)
    kept_with = (Verb.MANAGE_CALENDAR,)
    list_display = ("day", "name", "kind", "decision", "confirmed")
    list_filter = ("kind", "confirmed")
    date_hierarchy = "day"
    search_fields = ("name", "decision")
    search_help_text = _("Name of the day, or number of the decision")
    ordering = ("-day",)
    fields = (("day", "kind"), "name", "decision", "confirmed")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A day that was entered by mistake may go; the register keeps that it was there."""
        return self.has_change_permission(request, obj)
