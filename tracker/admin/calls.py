"""The log of calls to other systems: what was sent, what was answered, and sending it again."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.refusals import Refusal
from accounts.roles import Verb
from directives.actions.replaying import send_again
from directives.models import Call
from tracker import clock
from tracker.admin.pages import page
from tracker.admin.refusals import sentence_of
from tracker.admin.rows import DeskAdmin
from tracker.admin.seat import seat_of
from tracker.admin.subscriptions import call_words
from tracker.waking import wake


@admin.register(Call)
class CallAdmin(DeskAdmin):
    seen_with = (Verb.SUBSCRIBE,)
    actions = ("send_chosen_again",)
    list_display = ("created_at", "subscription", "told", "state", "attempts", "status", "trouble")
    list_display_links = ("created_at", "told")
    list_select_related = ("subscription",)
    sortable_by = ()  # a feed's calls stand in no other order
    list_filter = ("state", "subscription")
    search_fields = ("uuid", "about", "sequence")
    search_help_text = gettext_lazy("Id of the call or of the row, or number of the change")
    ordering = ("-pk",)

    def found(self, rows: Any, typed: str) -> QuerySet[Call] | None:
        """By webhook-id as it was sent, by the row's id, or by the number of the change."""
        word = typed.strip().removeprefix("msg_").replace("-", "")
        if word.isascii() and word.isdigit() and len(word) <= 18:
            return rows.filter(sequence=int(word))
        if len(word) == 32 and all(letter in "0123456789abcdefABCDEF" for letter in word):
            return rows.filter(uuid=word) | rows.filter(about=word)
        return rows.none()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("what it tells"))
    def told(self, call: Call) -> str:
        return call_words(call.kind, call.verb)

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Who is offered the action; each row is asked again by the action itself."""
        return seat_of(request).can(Verb.SUBSCRIBE)

    @admin.action(description=gettext_lazy("Send the chosen again"), permissions=["send"])
    def send_chosen_again(self, request: HttpRequest, chosen: QuerySet[Call]) -> None:
        """Each under its own id; of each that cannot be sent, why not."""
        done = 0
        for call in chosen.select_related("subscription"):
            try:
                send_again(call, by=seat_of(request).user, at=clock.now())
                done += 1
            except Refusal as refusal:
                self.message_user(request, f"{call.message}: {sentence_of(refusal)}", messages.WARNING)
        if done:
            sentence = ngettext("%(n)d call will be sent again.", "%(n)d calls will be sent again.", done)
            self.message_user(request, sentence % {"n": done}, messages.SUCCESS)
            wake("call")

    # --- one call

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        call = self.get_object(request, object_id)
        if call is None:
            raise Http404
        return page(
            request,
            "admin/directives/call/page.html",
            title=call_words(call.kind, call.verb),
            model=Call,
            call=call,
            tries=call.tries.order_by("-pk"),
        )

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [path("<int:pk>/send-again/", self.admin_site.admin_view(self.again), name="call_send_again")]
        return [*own, *super().get_urls()]

    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send one again; a refusal is said above the page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        call = get_object_or_404(self.get_queryset(request).select_related("subscription"), pk=pk)
        if request.method == "POST":
            try:
                send_again(call, by=seat_of(request).user, at=clock.now())
                messages.success(request, _("The call will be sent again."))
                wake("call")
            except Refusal as refusal:
                messages.error(request, sentence_of(refusal))
        return redirect("admin:directives_call_change", pk)
