"""Ladders: whom to remind, how many working days before or after the deadline; edited at run time."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb
from directives.actions.rearming import rearm
from directives.models import Ladder, Rung
from tracker.admin.fields import RowForm
from tracker.admin.rows import DeskAdmin, PlainFields
from tracker.admin.seat import seat_of

FURTHEST = 250  # working days, about a year


class RungForm(RowForm):
    def clean_offset(self) -> int:
        """A rung lies within a year of the deadline."""
        offset: int = self.cleaned_data["offset"]
        if abs(offset) > FURTHEST:
            raise ValidationError(_("A rung lies at most %(days)d working days away."), params={"days": FURTHEST})
        return offset


class RungInline(PlainFields, admin.TabularInline):
    model = Rung
    form = RungForm
    extra = 1
    fields = ("offset", "audience", "kind", "urgent")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return seat_of(request).can(Verb.MANAGE_LADDER, Verb.DRAFT, Verb.READ_HISTORY)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return seat_of(request).can(Verb.MANAGE_LADDER)

    has_change_permission = has_add_permission
    has_delete_permission = has_add_permission


@admin.register(Ladder)
class LadderAdmin(DeskAdmin):
    seen_with = (Verb.DRAFT, Verb.READ_HISTORY)
    kept_with = (Verb.MANAGE_LADDER,)
    inlines = (RungInline,)
    list_display = ("name", "of", "soon_days", "rungs_named")
    list_select_related = ("committee",)
    fields = (("name", "committee", "soon_days"),)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Once the rungs are kept as well, the work they speak of is looked at again."""
        super().save_related(request, form, formsets, change)
        rearm(today=seat_of(request).today, committee=form.instance.committee)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ladder]:
        return super().get_queryset(request).prefetch_related("rungs")

    @admin.display(description=_("committee"))
    def of(self, ladder: Ladder) -> str:
        return str(ladder.committee or _("all that have none of their own"))

    @admin.display(description=_("rungs (working days)"))
    def rungs_named(self, ladder: Ladder) -> str:
        return ", ".join(f"{rung.offset:+d}" for rung in sorted(ladder.rungs.all(), key=lambda rung: rung.offset))
