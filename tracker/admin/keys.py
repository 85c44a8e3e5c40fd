"""API keys: made for one agency or committee, shown once, succeeded by another, revoked for good."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import ApiKey, User
from accounts.models.keys import KeyHasEnded
from accounts.roles import NotAllowed, Scope, Verb
from directives.actions.recording import record
from tracker import clock
from tracker.admin.key_forms import SCOPES, KeyForm, SuccessorForm, moment_after
from tracker.admin.pages import page, refused_page
from tracker.admin.rows import DeskAdmin
from tracker.admin.seat import seat_of

NO_KEYS = _("Only an administrator makes keys.")


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
            return ("name", "agency", "committee", "scopes", "networks", "expires_on")
        made = ("created_by", "created_at", "expires_at", "last_used_at", "revoked_at")
        return ("name", "begins_with", "agency", "committee", "scopes_named", "networks_named", "succeeds", *made)

    def get_readonly_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> tuple[str, ...]:
        return () if obj is None else self.get_fields(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:  # noqa: FBT001
        given = form.cleaned_data
        key, plain = ApiKey.issue(
            given["name"],
            expires_at=moment_after(given["expires_on"]),
            agency=given["agency"],
            committee=given["committee"],
            scopes=tuple(given["scopes"]),
            networks=tuple(given["networks"]),
            created_by=seat_of(request).user,
        )
        record(key, "add", by=seat_of(request).user, at=clock.now(), after=_facts(key))
        obj.pk, form.plain = key.pk, plain

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> list[Any]:  # noqa: FBT001, FBT002
        vars(request)["plain_key"] = getattr(form, "plain", "")
        vars(request)["last_day"] = form.cleaned_data["expires_on"]
        return []

    def response_add(self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None) -> HttpResponse:
        return self._shown_once(request, obj, vars(request)["plain_key"], vars(request)["last_day"])

    def _shown_once(self, request: HttpRequest, key: ApiKey, plain: str, last_day: date) -> HttpResponse:
        """The only page that ever shows the key; it is kept nowhere, not even by the browser."""
        shown = {
            **self.admin_site.each_context(request),
            "title": _("The key is made"),
            "plain": plain,
            "body": key.agency or key.committee,
            "last_day": last_day,
        }
        answer = TemplateResponse(request, "admin/accounts/apikey/made.html", {**shown, "key": key, "opts": self.opts})
        answer["Cache-Control"] = "no-store"
        return answer

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [path("<int:pk>/successor/", self.admin_site.admin_view(self.succeed), name="key_successor")]
        return [*own, *super().get_urls()]

    def succeed(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make the key that comes in another one's place; for a while both are good."""
        if not self.has_add_permission(request):
            return refused_page(request, NotAllowed(NO_KEYS))
        old = get_object_or_404(ApiKey.objects.select_related("agency", "committee"), pk=pk)
        form, status = SuccessorForm(request.POST or None), 400 if request.method == "POST" else 200
        if form.is_valid():
            try:
                new, plain = _succeeded(old, form.cleaned_data, by=seat_of(request).user)
                return self._shown_once(request, new, plain, form.cleaned_data["expires_on"])
            except KeyHasEnded as refusal:
                form.add_error(None, str(refusal))
                status = 409
        told = {"title": _("A key in place of %(key)s") % {"key": old}, "model": ApiKey, "form": form, "key": old}
        return page(request, "admin/accounts/apikey/successor.html", status=status, **told)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **options: Any) -> HttpResponse:
        key = options.get("obj")
        ends = key is not None and key.is_live(clock.now()) and not ApiKey.objects.filter(succeeds=key).exists()
        may_succeed = ends and self.has_add_permission(request)
        return super().render_change_form(request, {**context, "may_succeed": may_succeed}, **options)

    @admin.display(description=_("begins with"))
    def begins_with(self, key: ApiKey) -> str:
        return f"dd_{key.prefix}…"

    @admin.display(description=_("scopes"))
    def scopes_named(self, key: ApiKey) -> str:
        return ", ".join(str(SCOPES.get(Scope(scope), scope)) for scope in key.scopes)

    @admin.display(description=_("networks"))
    def networks_named(self, key: ApiKey) -> str:
        return ", ".join(key.networks) or str(_("from anywhere"))

    @admin.action(description=_("Revoke the chosen keys"))
    def revoke_chosen(self, request: HttpRequest, chosen: QuerySet[ApiKey]) -> None:
        """From now on nobody comes in with them; a revoked key never lives again."""
        live = list(chosen.filter(revoked_at=None))
        for key in live:
            ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=clock.now())
            record(key, "revoke", by=seat_of(request).user, at=clock.now())
        done = ngettext("%(n)d key is revoked.", "%(n)d keys are revoked.", len(live))
        self.message_user(request, done % {"n": len(live)}, messages.SUCCESS)


@transaction.atomic
def _succeeded(old: ApiKey, days: dict[str, date], *, by: User) -> tuple[ApiKey, str]:
    """The key in place of `old`, and its plain text; the register keeps both. Raises KeyHasEnded."""
    at, before = clock.now(), old.expires_at
    both_until, expires_at = moment_after(days["both_until"]), moment_after(days["expires_on"])
    new, plain = old.succeed(expires_at=expires_at, both_until=both_until, at=at, created_by=by)
    record(new, "add", by=by, at=at, after={**_facts(new), "succeeds": str(old)})
    ends = {"expires_at": min(before, both_until).isoformat()}
    record(old, "succeed", by=by, at=at, before={"expires_at": before.isoformat()}, after=ends)
    return new, plain


def _facts(key: ApiKey) -> dict[str, Any]:
    """What history keeps of a key that was made."""
    body = key.agency or key.committee
    return {"acts_for": body and body.code, "scopes": key.scopes, "networks": key.networks}
