"""Targets and what was read of them: the list with the latest figure, each with its figures, entered once."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, Field, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb
from directives.actions.measuring import add_indicator, add_reading
from directives.models import Indicator, Notice, NoticeState, Reading, Role
from directives.models.indicators import Bound
from tracker import clock
from tracker.admin.fields import DirectiveField, RowForm
from tracker.admin.refusals import TellsRefusals
from tracker.admin.rows import DeskAdmin, OfCommittee, PlainFields
from tracker.admin.seat import Seat, seat_of
from tracker.printed import plain

BOUNDS = {Bound.AT_LEAST: "≥ ", Bound.AT_MOST: "≤ ", Bound.EXACT: ""}


def figure(reading: Reading) -> str:
    """The value, or numerator and denominator: '≥ 900/3.000'."""
    parts = f"{plain(reading.numerator)}/{plain(reading.denominator)}" if reading.denominator else ""
    return BOUNDS[Bound(reading.bound)] + (plain(reading.value) or parts)


class MeasuredForm(RowForm):
    """What is entered of a target or a figure."""

    class Meta:
        labels = {"target": _("target value"), "reported_by": _("reporting agency")}

    def _get_validation_exclusions(self) -> set[str]:
        """The actions ask what the constraints ask, and say why in kinder words."""
        return super()._get_validation_exclusions() | set(self.fields)


class ReadingsInline(PlainFields, admin.TabularInline):
    """The figures of a target, newest first; they are read here and entered on their own page."""

    model = Reading
    ordering = ("-as_of", "-pk")
    fields = readonly_fields = ("as_of", "agency", "shown", "source", "note")
    extra = 0
    can_delete = False
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reading]:
        return super().get_queryset(request).select_related("agency")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("figure"))
    def shown(self, reading: Reading) -> str:
        return figure(reading)


def plainly(model: type[Indicator | Reading], name: str, label: Any = None) -> Callable[..., str]:
    """A column that prints the figure `name` of its row as reports do."""

    @admin.display(description=label or model._meta.get_field(name).verbose_name, ordering=name)  # noqa: SLF001
    def figure_of(self: admin.ModelAdmin, row: Indicator | Reading) -> str:
        return plain(getattr(row, name))

    return figure_of


class Measured(TellsRefusals, DeskAdmin):
    """Rows that a committee's secretariat enters and nobody alters: a wrong figure is followed by another."""

    seen_with = (Verb.READ_HISTORY,)
    kept_with = (Verb.MEASURE,)
    own_committees = True
    form = MeasuredForm
    read_fields: tuple[Any, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is there already is read, its figures as reports print them."""
        return self.read_fields if obj else self.fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **options: Any) -> forms.Field | None:
        if db_field.name == "directive":
            among = Notice.objects.filter(committee__in=seat_of(request).committees(), state=NoticeState.ISSUED)
            hint = _("As 2 – 369/TB-VPCP: its agencies then give the figure in their reports.")
            return DirectiveField(among=among, label=db_field.verbose_name, required=False, help_text=hint)
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(field, forms.ModelChoiceField) and db_field.name in ("indicator", "part_of"):
            field.queryset = Indicator.objects.filter(committee__in=seat_of(request).committees())
        return field


@admin.register(Indicator)
class IndicatorAdmin(Measured):
    list_display = ("name_vi", "committee", "unit", "wanted", "due_on", "latest", "latest_on")
    list_select_related = ("committee",)
    list_filter = (("committee", OfCommittee),)
    search_fields = ("name_vi", "name_en", "code")
    search_help_text = _("Name or code")
    ordering = ("committee", "code")
    inlines = (ReadingsInline,)
    fields = (
        ("committee", "code"),
        ("name_vi", "name_en"),
        ("unit", "direction"),
        ("baseline", "target", "due_on"),
        ("part_of", "directive", "reported_by"),
        "note",
    )
    read_fields = (*fields[:3], ("baseline_shown", "wanted", "due_on"), *fields[4:])
    baseline_shown = plainly(Indicator, "baseline")
    wanted = plainly(Indicator, "target", _("target value"))

    def visible(self, rows: QuerySet[Indicator], seat: Seat) -> QuerySet[Indicator]:
        # What one of many agencies reports of its own share is not the figure of all.
        of_all = Q(report=None) | Q(report__assignment__role=Role.LEAD) | Q(agency=F("indicator__reported_by"))
        newest_first = Prefetch("readings", Reading.objects.filter(of_all).order_by("-as_of", "-pk"))
        rows = rows.prefetch_related(newest_first)
        return rows if seat.sight.everything else rows.filter(committee__in=seat.committees())

    def get_inlines(self, request: HttpRequest, obj: Indicator | None = None) -> Any:
        return self.inlines if obj else ()

    def save_model(self, request: HttpRequest, obj: Indicator, form: Any, change: bool) -> None:  # noqa: FBT001
        obj.pk = add_indicator(by=seat_of(request).user, at=clock.now(), **form.cleaned_data).pk

    @admin.display(description=_("latest figure"))
    def latest(self, indicator: Indicator) -> str:
        return next((figure(reading) for reading in indicator.readings.all()), "")

    @admin.display(description=_("as of the day"))
    def latest_on(self, indicator: Indicator) -> Any:
        return next((reading.as_of for reading in indicator.readings.all()), None)


@admin.register(Reading)
class ReadingAdmin(Measured):
    list_display = ("indicator", "agency", "as_of", "shown", "source")
    list_select_related = ("indicator", "agency")
    list_filter = (("indicator", admin.RelatedOnlyFieldListFilter),)
    date_hierarchy = "as_of"
    search_fields = ("indicator__name_vi", "source")
    search_help_text = _("Name of the target, or source")
    ordering = ("-as_of", "-pk")
    fields = (("indicator", "agency"), ("as_of", "bound"), ("value", "numerator", "denominator"), "source", "note")
    read_fields = (*fields[:2], ("value_shown", "numerator_shown", "denominator_shown"), "source", "note")
    value_shown = plainly(Reading, "value")
    numerator_shown = plainly(Reading, "numerator")
    denominator_shown = plainly(Reading, "denominator")

    def visible(self, rows: QuerySet[Reading], seat: Seat) -> QuerySet[Reading]:
        return rows if seat.sight.everything else rows.filter(indicator__committee__in=seat.committees())

    def save_model(self, request: HttpRequest, obj: Reading, form: Any, change: bool) -> None:  # noqa: FBT001
        obj.pk = add_reading(by=seat_of(request).user, at=clock.now(), **form.cleaned_data).pk

    @admin.display(description=_("figure"))
    def shown(self, reading: Reading) -> str:
        return figure(reading)
