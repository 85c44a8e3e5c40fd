"""Users and the offices that they hold, kept by the administrator."""

from typing import Any

from axes.utils import reset
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Agency, Committee, Office, Role, User
from accounts.models.people import AGENCY_ROLES, COMMITTEE_ROLES, SYSTEM_ROLES
from accounts.roles import Verb
from directives.actions.recording import record
from tracker import clock
from tracker.admin.absences import AbsencesInline
from tracker.admin.fields import RowForm
from tracker.admin.passing import PassingOffices
from tracker.admin.rows import KeptByAdministrator, PlainFields
from tracker.admin.seat import Seat, seat_of


class OfficeForm(RowForm):
    """An office sits where its role belongs: in an agency, in a committee, or in neither."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self._sits_in_its_body(given.get("role"), given.get("agency"), given.get("committee"))
        self.in_order("starts_on", "ends_on")
        return given

    def _sits_in_its_body(self, role: str | None, agency: Agency | None, committee: Committee | None) -> None:
        if role in AGENCY_ROLES and (agency is None or committee is not None):
            self.add_error("agency", _("This role sits in an agency, and in no committee."))
        if role in COMMITTEE_ROLES and (committee is None or agency is not None):
            self.add_error("committee", _("This role sits in a committee, and in no agency."))
        if role in SYSTEM_ROLES and (agency is not None or committee is not None):
            self.add_error("role", _("This role is for the whole system: leave agency and committee empty."))


class OfficeInline(PlainFields, admin.StackedInline):
    model = Office
    form = OfficeForm
    fk_name = "user"
    extra = 1
    fields = (
        ("role", "agency", "committee"),
        ("starts_on", "ends_on"),
    )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return seat_of(request).can(Verb.MANAGE_PEOPLE)

    has_add_permission = has_view_permission
    has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class UserForm(RowForm):
    password = forms.CharField(
        label=_("New password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )

    class Meta:
        model = User
        fields = ("email", "name", "language", "is_active")

    def clean_email(self) -> str:
        """One account for each e-mail, however it is written."""
        email: str = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is an account with this e-mail already."))
        return email

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if password:
            validate_password(password, self.instance)
        return password

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - Django's signature
        if password := self.cleaned_data["password"]:
            self.instance.set_password(password)
        elif self.instance.pk is None:
            self.instance.set_unusable_password()
        return super().save(commit)


DESK_ROLES = (Role.ADMINISTRATOR, Role.AUDITOR, Role.SECRETARIAT)


def show_the_way(user: User) -> None:
    """Let the other pages show the way to the desk to whom it is open. What opens it are the offices alone."""
    User.objects.filter(pk=user.pk).update(is_staff=user.offices.filter(role__in=DESK_ROLES).exists())


@admin.register(User)
class UserAdmin(KeptByAdministrator):
    form = UserForm
    inlines = (OfficeInline,)
    actions = ("unlock_chosen",)
    list_display = ("name", "email", "language", "is_active", "last_login")
    list_filter = ("is_active", "offices__role")
    search_fields = ("email", "name", "offices__agency__name_vi", "offices__committee__name_vi")
    search_help_text = _("Name, e-mail, agency or committee")
    fields = (("name", "email"), ("language", "is_active"), "password")

    def visible(self, rows: QuerySet[User], seat: Seat) -> QuerySet[User]:
        """People; what systems do stands with their keys."""
        return rows.filter(is_system=False)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        show_the_way(form.instance)

    @admin.action(description=_("Unlock log-in of the chosen"))
    def unlock_chosen(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Forget the wrong passwords that locked these accounts."""
        for user in chosen:
            reset(username=user.email)
            record(user, "unlock", by=seat_of(request).user, at=clock.now())
        done = ngettext("%(n)d account is unlocked.", "%(n)d accounts are unlocked.", len(chosen))
        self.message_user(request, done % {"n": len(chosen)}, messages.SUCCESS)


@admin.register(Office)
class OfficeAdmin(KeptByAdministrator):
    form = OfficeForm
    inlines = (AbsencesInline,)
    list_display = ("user", "role", "agency", "committee", "starts_on", "ends_on", "substitute")
    list_filter = ("role", PassingOffices)
    search_fields = ("user__name", "user__email", "agency__name_vi", "committee__name_vi")
    search_help_text = _("Name, e-mail, agency or committee")
    fields = ("user", *OfficeInline.fields)

    def visible(self, rows: QuerySet[Office], seat: Seat) -> QuerySet[Office]:
        return rows.with_absence(seat.today).select_related("user", "agency", "committee")

    def get_readonly_fields(self, request: HttpRequest, obj: Office | None = None) -> tuple[str, ...]:
        """Who held an office is history: somebody else's is another office."""
        return () if obj is None else ("user",)

    def get_inlines(self, request: HttpRequest, obj: Office | None = None) -> Any:
        return self.inlines if obj and obj.absences.exists() else ()

    @admin.display(description=_("substitute today"))
    def substitute(self, office: Office) -> str | None:
        return office.away.substitute.name if office.away else None

    def locked_first(self, object_id: str) -> None:
        """The page of its holder locks the holder before the office."""
        list(User.objects.filter(offices=object_id).select_for_update(no_key=True).values_list("pk"))

    def save_model(self, request: HttpRequest, obj: Office, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        show_the_way(obj.user)
