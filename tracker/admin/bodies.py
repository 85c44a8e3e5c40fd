"""Agencies, their groups and committees, kept by the administrator."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, ManyToManyField, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyGroup, AgencyKind, Committee, Succession
from accounts.models.agencies import AgencyQuerySet
from accounts.roles import Verb
from directives.rules.searching import words_typed
from tracker.admin.briefings import briefed
from tracker.admin.fields import LinesField, RowForm
from tracker.admin.rows import KeptByAdministrator, PlainFields
from tracker.admin.seat import seat_of
from tracker.counted import counted


class AgencyForm(RowForm):
    aliases = LinesField(label=_("other names"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self.in_order("valid_from", "valid_to")
        if self.instance.pk and given.get("parent") == self.instance:
            self.add_error("parent", _("An agency does not belong to itself."))
        return given


class SuccessionForm(RowForm):
    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.instance.predecessor_id and given.get("successor") == self.instance.predecessor:
            self.add_error("successor", _("An agency does not succeed itself."))
        return given


class SuccessionInline(PlainFields, admin.TabularInline):
    model = Succession
    form = SuccessionForm
    fk_name = "predecessor"
    extra = 1
    verbose_name_plural = _("whose work passes to")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return seat_of(request).can(Verb.MANAGE_PEOPLE, Verb.DRAFT)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return seat_of(request).can(Verb.MANAGE_PEOPLE)

    has_change_permission = has_add_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Agency)
class AgencyAdmin(KeptByAdministrator):
    seen_with = (Verb.DRAFT, Verb.READ_HISTORY)
    form = AgencyForm
    inlines = (SuccessionInline,)
    list_display = ("name_vi", "code", "abbreviation", "kind", "parent", "valid_from", "valid_to")
    list_select_related = ("parent",)
    list_filter = ("kind",)
    search_fields = ("code", "name_vi", "name_en", "short_name_vi", "abbreviation")
    search_help_text = _("Name, abbreviation or code")

    def found(self, rows: AgencyQuerySet, typed: str) -> QuerySet[Agency]:
        words = words_typed(typed)
        named = Agency.objects.named_by(words) if words else Agency.objects.none()
        return rows.filter(Q(pk__in=named) | Q(code__icontains=typed.strip()))

    fields = (
        ("name_vi", "name_en"),
        ("short_name_vi", "abbreviation"),
        "aliases",
        ("code", "kind"),
        "parent",
        ("valid_from", "valid_to"),
        "edxml_code",
        "note",
    )


class GroupForm(RowForm):
    aliases = LinesField(label=_("other names"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("kinds"), choices=AgencyKind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


@admin.register(AgencyGroup)
class GroupAdmin(KeptByAdministrator):
    seen_with = (Verb.DRAFT, Verb.READ_HISTORY)
    form = GroupForm
    list_display = ("name_vi", "code", "kinds_named", "parent", "members_named")
    list_select_related = ("parent",)
    search_fields = ("code", "name_vi", "name_en")
    search_help_text = _("Name or code")
    fields = (("name_vi", "name_en"), "aliases", "code", "kinds", "parent", "members")
    formfield_overrides = {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[AgencyGroup]:
        return super().get_queryset(request).annotate(named=Count("members"))

    @admin.display(description=_("kinds"))
    def kinds_named(self, group: AgencyGroup) -> str:
        return ", ".join(str(AgencyKind(kind).label) for kind in group.kinds)

    @admin.display(description=_("named members"), ordering="named")
    def members_named(self, group: Any) -> str:
        return counted(group.named, reverse("admin:accounts_agency_changelist") + f"?named_in__id__exact={group.pk}")


class CommitteeForm(RowForm):
    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self.in_order("valid_from", "valid_to")
        if self.instance.pk and given.get("parent") == self.instance:
            self.add_error("parent", _("A committee does not stand above itself."))
        return given


@admin.register(Committee)
class CommitteeAdmin(KeptByAdministrator):
    form = CommitteeForm
    seen_with = (Verb.DRAFT, Verb.READ_HISTORY)
    list_display = ("name_vi", "abbreviation", "parent", "secretariat", "valid_from", "valid_to")
    list_select_related = ("parent", "secretariat")
    search_fields = ("code", "name_vi", "name_en", "abbreviation")
    search_help_text = _("Name, abbreviation or code")
    fields = (
        ("name_vi", "name_en"),
        ("code", "abbreviation"),
        "parent",
        "secretariat",
        ("valid_from", "valid_to"),
        "note",
    )

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **options: Any) -> HttpResponse:
        committee = options.get("obj")
        may_brief = committee is not None and briefed(request).filter(pk=committee.pk).exists()
        return super().render_change_form(request, {**context, "may_brief": may_brief}, **options)
