"""Absences at the desk: who stands in for whom, named for somebody who is ill, by the rules that all others follow."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Absence, Office, Role, User
from accounts.models.agencies import name_in_use
from accounts.people import colleagues
from accounts.roles import Verb
from directives.actions.substituting import change_absence, end_absence, locked_office, name_substitute
from tracker import clock
from tracker.admin.fields import RowForm
from tracker.admin.refusals import TellsRefusals
from tracker.admin.rows import DeskAdmin, PlainFields
from tracker.admin.seat import seat_of


class AbsenceForm(RowForm):
    """One office, one colleague, the days; once an office is chosen only its colleagues are offered."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "office" not in self.fields:  # what is there already changes in its last day alone
            return
        today = clock.today()
        offices = Office.objects.from_day(today).select_related("user", "agency", "committee")
        offices = offices.order_by("user__name", "pk")
        self.fields["office"].queryset = offices
        self.fields["office"].choices = [("", self.fields["office"].empty_label), *_told(offices)]
        self.fields["substitute"].queryset = self._offered(offices.filter(pk=self._chosen()).first())

    def _chosen(self) -> int | None:
        chosen = str(self["office"].value() or "")
        return int(chosen) if chosen.isdecimal() and len(chosen) < 18 else None

    def _offered(self, office: Office | None) -> Any:
        if office is None:
            return User.objects.filter(is_active=True, is_system=False).only("name", "email").order_by("name", "pk")
        return colleagues(office, clock.today(), clock.today())

    def _get_validation_exclusions(self) -> set[str]:
        """The action asks what the constraints ask, and says why in kinder words."""
        return super()._get_validation_exclusions() | set(self.fields) | {"begins_on"}


def _told(offices: Any) -> Iterator[tuple[int, str]]:
    """The offices of a choice: whose, which, and where; thousands of rows, so no model is made of each."""
    roles = {role.value: str(role.label) for role in Role}
    names = ("agency__name_vi", "agency__name_en", "committee__name_vi", "committee__name_en")
    for pk, name, email, role, *body in offices.values_list("pk", "user__name", "user__email", "role", *names):
        agency, agency_en, committee, committee_en = body
        where = name_in_use(agency or committee or "", agency_en or committee_en or "")
        yield pk, f"{name or email} – {roles[role]}" + (f", {where}" if where else "")


@admin.register(Absence)
class AbsenceAdmin(TellsRefusals, DeskAdmin):
    kept_with = (Verb.MANAGE_PEOPLE,)
    form = AbsenceForm
    list_display = ("holder", "office", "substitute", "begins_on", "ends_on")
    list_display_links = ("holder",)
    list_select_related = ("office__user", "office__agency", "office__committee", "substitute")
    date_hierarchy = "begins_on"
    search_fields = ("office__user__name", "substitute__name", "office__agency__name_vi", "office__committee__name_vi")
    search_help_text = _("Name, agency or committee")
    ordering = ("-begins_on", "-pk")
    fields = (("office", "substitute"), ("begins_on", "ends_on"))

    def get_readonly_fields(self, request: HttpRequest, obj: Absence | None = None) -> tuple[str, ...]:
        return () if obj is None else ("office", "substitute", "begins_on")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is over stays as it was."""
        over = isinstance(obj, Absence) and obj.ends_on < seat_of(request).today
        return not over and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What has not begun may be removed."""
        ahead = isinstance(obj, Absence) and obj.begins_on > seat_of(request).today
        return ahead and self.has_change_permission(request, obj)

    def locked_first(self, object_id: str) -> None:
        """Who changes absences locks their office before them."""
        for office_id in Absence.objects.filter(pk=object_id).values_list("office_id", flat=True):
            locked_office(office_id)

    def save_model(self, request: HttpRequest, obj: Absence, form: Any, change: bool) -> None:  # noqa: FBT001
        given, who = form.cleaned_data, {"by": seat_of(request).user, "at": clock.now()}
        if change:
            change_absence(obj, ends=given["ends_on"], **who)
        else:
            days = {"begins": given["begins_on"], "ends": given["ends_on"]}
            obj.pk = name_substitute(given["office"], given["substitute"], **days, **who).pk

    def delete_model(self, request: HttpRequest, obj: Absence) -> None:
        end_absence(obj, by=seat_of(request).user, at=clock.now())

    @admin.display(description=_("who is away"), ordering="office__user__name")
    def holder(self, absence: Absence) -> str:
        return str(absence.office.user)


class AbsencesInline(PlainFields, admin.TabularInline):
    """The absences of an office, newest first: they are read here and entered on their own page."""

    model = Absence
    ordering = ("-begins_on",)
    fields = readonly_fields = ("substitute", "begins_on", "ends_on")
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("substitute")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return seat_of(request).can(Verb.MANAGE_PEOPLE)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_add_permission
