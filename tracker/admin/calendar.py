"""The working calendar, edited at run time: a new day off moves every reminder that has not been sent."""

from django.contrib import admin

from accounts.roles import Verb
from directives.models import CalendarDay
from tracker.admin.rows import DeskAdmin


@admin.register(CalendarDay)
class CalendarAdmin(DeskAdmin):
    seen_with = (Verb.DRAFT, Verb.READ_HISTORY)
    kept_with = (Verb.MANAGE_CALENDAR,)
    list_display = ("day", "name", "kind", "decision", "confirmed")
    list_filter = ("kind", "confirmed")
    date_hierarchy = "day"
    search_fields = ("name", "decision")
    ordering = ("-day",)
    fields = (("day", "kind"), "name", "decision", "confirmed")
