"""Targets and what was read of them: the list, the page with where each stands, and its figures, entered once."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Field, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb
from directives.actions.measuring import add_indicator, add_reading
from directives.models import Indicator, Reading
from directives.targets import targets
from tracker import clock
from tracker.admin.refusals import TellsRefusals
from tracker.admin.rows import DeskAdmin, PlainFields
from tracker.admin.seat import Seat, seat_of
from tracker.admin.target_forms import MeasuredForm, ReadingForm, directive_field
from tracker.admin.target_pages import set_anew, verify_page
from tracker.figure_field import FigureField
from tracker.printed import figure, plain
from tracker.target_words import VERDICTS, facts


class ReadingsInline(PlainFields, admin.TabularInline):
    """The figures of a target, newest first; they are read here and entered on their own page."""

    model = Reading
    ordering = ("-as_of", "-pk")
    fields = readonly_fields = ("as_of", "agency", "shown", "as_verified", "reason", "source")
    extra = 0
    can_delete = False
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reading]:
        return super().get_queryset(request).select_related("agency", "indicator", "verified_by")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("figure as reported"))
    def shown(self, reading: Reading) -> str:
        return reported(reading)

    @admin.display(description=_("figure as verified"))
    def as_verified(self, reading: Reading) -> str:
        return verified_or_not(reading)


def reported(reading: Reading) -> str:
    """The figure as it was reported: '≥ 900/3.000'."""
    return figure(reading.reported, in_percent=reading.indicator.in_percent)


def verified_or_not(reading: Reading) -> str:
    """The figure as it was verified, or the way to its verification."""
    words = figure(reading.verified, in_percent=reading.indicator.in_percent) or _("not verified yet")
    return format_html('<a href="{}">{}</a>', reverse("admin:reading_verify", args=[reading.pk]), words)


def plainly(model: type[Indicator | Reading], name: str, label: Any = None) -> Callable[..., str]:
    """A column that prints the figure `name` of its row as reports do."""

    @admin.display(description=label or model._meta.get_field(name).verbose_name, ordering=name)  # noqa: SLF001
    def figure_of(self: admin.ModelAdmin, row: Indicator | Reading) -> str:
        return plain(getattr(row, name))

    return figure_of


class Measured(TellsRefusals, DeskAdmin):
    """Rows that a committee's secretariat enters; a wrong figure is followed by another."""

    seen_with = (Verb.READ_HISTORY,)
    kept_with = (Verb.MEASURE,)
    own_committees = True
    form: Any = MeasuredForm
    read_fields: tuple[Any, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is there already is read, its figures as reports print them."""
        return self.read_fields if obj else self.fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **options: Any) -> forms.Field | None:
        if db_field.name == "directive":
            return directive_field(seat_of(request))
        if isinstance(db_field, models.DecimalField):
            label = _("target value") if db_field.name == "target" else db_field.verbose_name
            return FigureField(label=capfirst(label))
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(field, forms.ModelChoiceField) and db_field.name in ("indicator", "part_of"):
            field.queryset = Indicator.objects.filter(committee__in=seat_of(request).committees())
        if field is not None and db_field.name == "committee":
            field.required, field.help_text = False, _("Not needed where a directive is named.")
        return field


@admin.register(Indicator)
class IndicatorAdmin(Measured):
    change_form_template = "admin/directives/indicator/change_form.html"
    list_display = ("name_vi", "committee", "unit", "wanted", "due_on", "latest", "latest_on")
    list_select_related = ("committee",)
    list_filter = (("committee", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("name_vi", "name_en", "code")
    search_help_text = _("Name or code")
    ordering = ("committee", "code")
    inlines = (ReadingsInline,)
    fields = (
        ("committee", "directive"),
        ("code", "unit"),
        ("name_vi", "name_en"),
        ("direction", "part_of"),
        ("baseline", "baseline_on"),
        ("target", "due_on"),
        ("reported_by", "frequency"),
        "note",
    )
    read_fields = (
        *fields[:4],
        ("baseline_shown", "baseline_on"),
        ("wanted", "due_on"),
        *fields[6:],
    )
    baseline_shown = plainly(Indicator, "baseline")
    wanted = plainly(Indicator, "target", _("target value"))

    def visible(self, rows: QuerySet[Indicator], seat: Seat) -> QuerySet[Indicator]:
        newest_first = Reading.objects.of_all().select_related("indicator").order_by("-as_of", "-pk")
        rows = rows.prefetch_related(Prefetch("readings", newest_first))
        return rows if seat.sight.everything else rows.filter(committee__in=seat.committees())

    def get_inlines(self, request: HttpRequest, obj: Indicator | None = None) -> Any:
        return self.inlines if obj else ()

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [path("<int:pk>/set-anew/", self.admin_site.admin_view(set_anew), name="indicator_set_anew")]
        return [*own, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Indicator, form: Any, change: bool) -> None:  # noqa: FBT001
        obj.pk = add_indicator(by=seat_of(request).user, at=clock.now(), **form.cleaned_data).pk

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **options: Any) -> HttpResponse:
        """With where the target stands, above what was entered of it."""
        row, seat = options.get("obj"), seat_of(request)
        if row is not None:
            found = targets([row], today=seat.today)[row.pk]
            context |= {"target": found, "facts": facts(found), "verdict": VERDICTS[found.verdict]}
            context["may_set_anew"] = seat.can(Verb.MEASURE) and seat.serves(row.committee_id)
        return super().render_change_form(request, context, **options)

    @admin.display(description=_("latest figure"))
    def latest(self, indicator: Indicator) -> str:
        return next((_best(reading) for reading in indicator.readings.all()), "")

    @admin.display(description=_("as of the day"))
    def latest_on(self, indicator: Indicator) -> Any:
        return next((reading.as_of for reading in indicator.readings.all()), None)


def _best(reading: Reading) -> str:
    return figure(reading.figure, in_percent=reading.indicator.in_percent)


@admin.register(Reading)
class ReadingAdmin(Measured):
    form = ReadingForm
    list_display = ("indicator", "agency", "as_of", "shown", "as_verified", "source")
    list_select_related = ("indicator", "agency", "verified_by")
    list_filter = (
        ("indicator", admin.RelatedOnlyFieldListFilter),
        ("verified_by", admin.EmptyFieldListFilter),
    )
    date_hierarchy = "as_of"
    search_fields = ("indicator__name_vi", "source")
    search_help_text = _("Name of the target, or source")
    ordering = ("-as_of", "-pk")
    fields = (
        ("indicator", "agency"),
        ("as_of", "bound"),
        "value",
        ("numerator", "denominator"),
        "source",
        "files",
        "note",
    )
    read_fields = (
        *fields[:2],
        ("value_shown", "numerator_shown", "denominator_shown"),
        ("as_verified", "verified_by", "verified_at"),
        "reason",
        "source",
        "note",
    )
    value_shown = plainly(Reading, "value")
    numerator_shown = plainly(Reading, "numerator")
    denominator_shown = plainly(Reading, "denominator")

    def visible(self, rows: QuerySet[Reading], seat: Seat) -> QuerySet[Reading]:
        return rows if seat.sight.everything else rows.filter(indicator__committee__in=seat.committees())

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [path("<int:pk>/verify/", self.admin_site.admin_view(verify_page), name="reading_verify")]
        return [*own, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Reading, form: Any, change: bool) -> None:  # noqa: FBT001
        obj.pk = add_reading(by=seat_of(request).user, at=clock.now(), **form.cleaned_data).pk

    @admin.display(description=_("figure as reported"))
    def shown(self, reading: Reading) -> str:
        return reported(reading)

    @admin.display(description=_("figure as verified"))
    def as_verified(self, reading: Reading) -> str:
        return verified_or_not(reading)
