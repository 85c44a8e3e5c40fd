"""Sessions and conferences, and the briefing that is read before one."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy

from accounts.roles import Verb
from directives.actions.meeting import amend_session, enter_session
from directives.models import Session
from tracker import clock
from tracker.admin import briefings
from tracker.admin.refusals import TellsRefusals
from tracker.admin.rows import DeskAdmin
from tracker.admin.seat import Seat, seat_of


@admin.register(Session)
class SessionAdmin(TellsRefusals, DeskAdmin):
    """Sessions and conferences, kept by the committee's secretariat, read by auditors too."""

    seen_with = (Verb.READ_HISTORY,)
    kept_with = (Verb.DRAFT,)
    own_committees = True
    list_display = ("title", "committee", "kind", "number", "held_on")
    list_select_related = ("committee",)
    search_fields = ("title",)
    search_help_text = gettext_lazy("Words of the title")
    fields = ("committee", ("kind", "number", "held_on"), "title", ("chair_title", "place"), "note")

    def visible(self, rows: QuerySet[Session], seat: Seat) -> QuerySet[Session]:
        return rows if seat.sight.everything else rows.filter(committee__in=seat.committees())

    def get_readonly_fields(self, request: HttpRequest, obj: Session | None = None) -> tuple[str, ...]:
        return () if obj is None else ("committee",)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [*briefings.addresses(self.admin_site.admin_view), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Session, form: Any, change: bool) -> None:  # noqa: FBT001
        by, at = seat_of(request).user, clock.now()
        if change and not form.has_changed():
            return
        if change:
            amend_session(obj, by=by, at=at, **{name: form.cleaned_data[name] for name in form.changed_data})
        else:
            obj.pk = enter_session(by=by, at=at, **form.cleaned_data).pk
