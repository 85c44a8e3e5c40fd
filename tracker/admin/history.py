"""The register: read by auditors, administrators and, for their committees, secretariats. Nobody changes it here."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb
from directives.models import Event, Notice, Seal
from directives.models.history import EventQuerySet
from tracker.admin.rows import DeskAdmin
from tracker.admin.seat import Seat, seat_of
from tracker.admin.words import VERBS, facts_in_words, subject_words, verb_words


class OnlyRead(DeskAdmin):
    """What happened stays as it was written: no add, change or delete, for nobody."""

    seen_with = (Verb.READ_HISTORY,)
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VerbFilter(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(verb, str(words)) for verb, words in VERBS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(OnlyRead):
    list_display = ("at", "by_name", "done", "about", "reason", "sealed_as")
    list_select_related = ("notice", "assignment__agency", "seal")
    sortable_by = ("at",)  # hundreds of thousands of rows stand in no other order
    list_filter = (VerbFilter,)
    date_hierarchy = "at"
    search_fields = ("by_name", "subject", "reason")
    search_help_text = _("Who, what about, or words of the reason")
    ordering = ("-at", "-pk")
    fields = (
        ("at", "done"),
        ("by_name", "on_behalf_of"),
        ("about", "subject_named"),
        "changed",
        "reason",
        ("request_id", "sealed_as"),
    )
    readonly_fields = ("done", "about", "subject_named", "changed", "sealed_as")

    def visible(self, rows: QuerySet[Event], seat: Seat) -> QuerySet[Event]:
        """Auditors and administrators see all; a secretariat what concerns the notices that it sees."""
        rows = rows.select_related(*self.list_select_related).defer("notice__text")
        if seat.sight.everything:
            return rows
        return rows.filter(Q(notice__in=Notice.objects.in_reach(seat.sight)) | Q(by=seat.user))

    def found(self, rows: EventQuerySet, typed: str) -> QuerySet[Event]:
        numbered = list(Notice.objects.by_reference(typed).values_list("pk", flat=True))
        return rows.with_words(typed, Q(subject=typed.strip()) | Q(notice__in=numbered))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """An event has no history of its own; the page calls it by its words."""
        event = self.get_object(request, object_id)
        named = {"title": f"{event.by_name} {verb_words(event.verb)}"} if event else {}
        return super().history_view(request, object_id, {**named, **(extra_context or {})})

    @admin.display(description=_("what"), ordering="verb")
    def done(self, event: Event) -> str:
        return verb_words(event.verb)

    @admin.display(description=_("object"))
    def subject_named(self, event: Event) -> str:
        return subject_words(event)

    @admin.display(description=_("what changed"))
    def changed(self, event: Event) -> str:
        return render_to_string("admin/directives/event/_facts.html", {"lines": facts_in_words(event)})

    @admin.display(description=_("about"))
    def about(self, event: Event) -> str:
        named = [str(event.notice)] if event.notice else []
        return " · ".join([*named, str(event.assignment.agency)] if event.assignment else named) or event.subject

    @admin.display(description=_("seal"), ordering="seal__sequence")
    def sealed_as(self, event: Event) -> str:
        return f"#{event.seal.sequence}" if hasattr(event, "seal") else ""


@admin.register(Seal)
class SealAdmin(OnlyRead):
    list_display = ("sequence", "at", "who", "done", "hash")
    list_select_related = ("event",)
    sortable_by = ("sequence",)
    ordering = ("-sequence",)
    fields = ("sequence", "event", "hash")

    @admin.display(description=_("when"), ordering="event__at")
    def at(self, seal: Seal) -> datetime:
        return seal.event.at

    @admin.display(description=_("who"))
    def who(self, seal: Seal) -> str:
        return seal.event.by_name

    @admin.display(description=_("what"))
    def done(self, seal: Seal) -> str:
        return verb_words(seal.event.verb)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The chain is one for all; who reads only a part of the register has no use for it."""
        return super().has_view_permission(request, obj) and seat_of(request).sight.everything
