"""Ladders: whom to remind, how many working days before or after the deadline; edited at run time."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee
from accounts.roles import Verb
from directives.models import Ladder, Rung
from directives.models.reminders import REVIEW_DAYS
from directives.rules.nudges import LONGEST_REVIEW
from tracker.admin.effects import MovesReminders
from tracker.admin.fields import RowForm
from tracker.admin.rows import PlainFields
from tracker.admin.seat import seat_of
from tracker.admin.timeline import sample_day, timeline

FURTHEST = 250  # working days, about a year
LONGEST_MONTH = 31


class RungForm(RowForm):
    def clean_offset(self) -> int:
        """A rung lies within a year of the deadline."""
        offset: int = self.cleaned_data["offset"]
        if abs(offset) > FURTHEST:
            raise ValidationError(_("A rung lies at most %(days)d working days away."), params={"days": FURTHEST})
        return offset


class RungsForm(BaseInlineFormSet):
    def clean(self) -> None:
        """A ladder that never speaks would lose deadlines in silence."""
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        if not kept and not any(self.errors):
            raise ValidationError(_("A ladder needs at least one rung: without one nobody is ever reminded."))

    def get_unique_error_message(self, unique_check: Any) -> str:
        return gettext(
            "Two rungs stand on the same day. Each day has one rung, up to the highest office that shall hear."
        )


class LadderForm(RowForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "review_days" in self.fields:
            self.fields["review_days"].required = False

    def clean_committee(self) -> Committee | None:
        """A ladder for all that have none of their own is there once."""
        committee: Committee | None = self.cleaned_data["committee"]
        if committee is None and Ladder.objects.filter(committee=None).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a ladder for all committees already. Choose the committee of this one."))
        return committee

    def clean_review_days(self) -> int:
        """Undated work is asked after at most once a day; left empty, as often as usual."""
        days: int = self.cleaned_data["review_days"] or REVIEW_DAYS
        if not 1 <= days <= LONGEST_REVIEW:
            raise ValidationError(_("Give a number of days from 1 to %(most)d."), params={"most": LONGEST_REVIEW})
        return days

    def clean_monthly_by(self) -> int | None:
        """A month has at most 31 days."""
        day: int | None = self.cleaned_data["monthly_by"]
        if day is not None and not 1 <= day <= LONGEST_MONTH:
            raise ValidationError(_("Give a day from 1 to 31, or leave it empty."))
        return day


class RungInline(PlainFields, admin.TabularInline):
    model = Rung
    form = RungForm
    formset = RungsForm
    extra = 1
    fields = ("offset", "audience", "kind", "urgent")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return seat_of(request).can(Verb.MANAGE_LADDER, Verb.DRAFT, Verb.READ_HISTORY)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return seat_of(request).can(Verb.MANAGE_LADDER)

    has_change_permission = has_add_permission
    has_delete_permission = has_add_permission


@admin.register(Ladder)
class LadderAdmin(MovesReminders):
    asks = _("Change the ladder?")
    seen_with = (Verb.DRAFT, Verb.READ_HISTORY)
    kept_with = (Verb.MANAGE_LADDER,)
    inlines = (RungInline,)
    list_display = ("name", "of", "soon_days", "rungs_named")
    list_select_related = ("committee",)
    form = LadderForm
    fields = (("name", "committee", "soon_days"), ("review_days", "monthly_by"))

    def whose(self, request: HttpRequest, obj: Ladder) -> Committee | None:
        """A committee's own ladder concerns its own work; the default one, or one that changes hands, all of it."""
        return obj.committee if vars(request)["committee_before"] == obj.committee_id else None

    def save_model(self, request: HttpRequest, obj: Ladder, form: Any, change: bool) -> None:  # noqa: FBT001
        vars(request)["committee_before"] = form.initial.get("committee") if change else obj.committee_id
        super().save_model(request, obj, form, change)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **options: Any) -> HttpResponse:
        """With the ladder as it is kept, on real days."""
        ladder = options.get("obj")
        if ladder is not None:
            sample = sample_day(ladder, request.GET.get("sample", ""), seat_of(request).today)
            context = context | {"sample": sample, "timeline": timeline(ladder, sample)}
        return super().render_change_form(request, context, **options)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ladder]:
        return super().get_queryset(request).prefetch_related("rungs")

    @admin.display(description=_("committee"))
    def of(self, ladder: Ladder) -> str:
        return str(ladder.committee or _("all that have none of their own"))

    @admin.display(description=_("rungs (working days)"))
    def rungs_named(self, ladder: Ladder) -> str:
        offsets = sorted(rung.offset for rung in ladder.rungs.all())
        return ", ".join(f"{offset:+d}" if offset else "0" for offset in offsets)
