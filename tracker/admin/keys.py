"""API keys: made for one agency or committee, shown once, revoked for good."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import ApiKey
from accounts.roles import Scope, Verb
from directives.actions.recording import record
from tracker import clock
from tracker.admin.fields import DayField, RowForm
from tracker.admin.rows import DeskAdmin
from tracker.admin.seat import seat_of

SCOPES = {
    Scope.READ: _("Read"),
    Scope.REPORT: _("Acknowledge, report and hand in"),
    Scope.ASK: _("Decline, ask, and ask for more time"),
    Scope.VERIFY: _("Verify and return"),
    Scope.DECIDE: _("Decide on more time"),
    Scope.ASSIGN: _("Suspend, withdraw, give to another agency or with another deadline"),
}
OF_AGENCIES, OF_COMMITTEES = {Scope.REPORT, Scope.ASK}, {Scope.VERIFY, Scope.DECIDE, Scope.ASSIGN}
NOT_THEIRS = _("Whoever the key acts for does not do this: %(scopes)s.")
LONGEST = timedelta(days=730)
USUAL = timedelta(days=365)


class KeyForm(RowForm):
    scopes = forms.MultipleChoiceField(
        label=_("scopes"), choices=list(SCOPES.items()), initial=["read"], widget=forms.CheckboxSelectMultiple
    )
    expires_on = DayField(label=_("last day"))

    class Meta:
        model = ApiKey
        fields = ("name", "agency", "committee")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "expires_on" in self.fields:  # the page of a made key only reads
            self.fields["expires_on"].initial = clock.today() + USUAL

    def clean_expires_on(self) -> Any:
        day, today = self.cleaned_data["expires_on"], clock.today()
        if day < today:
            raise forms.ValidationError(_("This day has passed."))
        if day > today + LONGEST:
            raise forms.ValidationError(_("A key lives at most two years."))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if bool(given.get("agency")) == bool(given.get("committee")):
            self.add_error("agency", _("Choose one agency or one committee for which the key acts."))
            return given
        of_others = OF_COMMITTEES if given.get("agency") else OF_AGENCIES
        if foreign := [SCOPES[Scope(one)] for one in given.get("scopes", ()) if one in of_others]:
            self.add_error("scopes", NOT_THEIRS % {"scopes": ", ".join(map(str, foreign))})
        return given


@admin.register(ApiKey)
class KeyAdmin(DeskAdmin):
    kept_with = (Verb.MANAGE_KEYS,)
    form = KeyForm
    actions = ("revoke_chosen",)
    list_display = (
        "name",
        "begins_with",
        "agency",
        "committee",
        "scopes_named",
        "expires_at",
        "last_used_at",
        "revoked_at",
    )
    list_select_related = ("agency", "committee")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    search_fields = ("name", "prefix")
    search_help_text = _("Name, or how the key begins")

    def get_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> tuple[str, ...]:
        if obj is None:
            return ("name", "agency", "committee", "scopes", "expires_on")
        made = ("created_by", "created_at", "expires_at", "last_used_at", "revoked_at")
        return ("name", "begins_with", "agency", "committee", "scopes_named", *made)

    def get_readonly_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> tuple[str, ...]:
        return () if obj is None else self.get_fields(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:  # noqa: FBT001
        given = form.cleaned_data
        last_moment = datetime.combine(given["expires_on"] + timedelta(days=1), time.min, tzinfo=clock.HANOI)
        key, plain = ApiKey.issue(
            given["name"],
            expires_at=last_moment,
            agency=given["agency"],
            committee=given["committee"],
            scopes=tuple(given["scopes"]),
            created_by=seat_of(request).user,
        )
        acts_for = {"acts_for": (given["agency"] or given["committee"]).code, "scopes": given["scopes"]}
        record(key, "add", by=seat_of(request).user, at=clock.now(), after=acts_for)
        obj.pk, form.plain = key.pk, plain

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> list[Any]:  # noqa: FBT001, FBT002
        vars(request)["plain_key"] = getattr(form, "plain", "")
        vars(request)["last_day"] = form.cleaned_data["expires_on"]
        return []

    def response_add(self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None) -> HttpResponse:
        """The only page that ever shows the key; it is kept nowhere, not even by the browser."""
        page = {
            **self.admin_site.each_context(request),
            "title": _("The key is made"),
            "plain": vars(request)["plain_key"],
            "body": obj.agency or obj.committee,
            "last_day": vars(request)["last_day"],
        }
        answer = TemplateResponse(request, "admin/accounts/apikey/made.html", {**page, "key": obj, "opts": self.opts})
        answer["Cache-Control"] = "no-store"
        return answer

    @admin.display(description=_("begins with"))
    def begins_with(self, key: ApiKey) -> str:
        return f"dd_{key.prefix}…"

    @admin.display(description=_("scopes"))
    def scopes_named(self, key: ApiKey) -> str:
        return ", ".join(str(SCOPES.get(Scope(scope), scope)) for scope in key.scopes)

    @admin.action(description=_("Revoke the chosen keys"))
    def revoke_chosen(self, request: HttpRequest, chosen: QuerySet[ApiKey]) -> None:
        """From now on nobody comes in with them; a revoked key never lives again."""
        live = list(chosen.filter(revoked_at=None))
        for key in live:
            ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=clock.now())
            record(key, "revoke", by=seat_of(request).user, at=clock.now())
        done = ngettext("%(n)d key is revoked.", "%(n)d keys are revoked.", len(live))
        self.message_user(request, done % {"n": len(live)}, messages.SUCCESS)
