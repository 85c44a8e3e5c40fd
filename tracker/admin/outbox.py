"""Messages: what leaves for whom, what could not be delivered, and what is held back from the leadership."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Verb
from directives.actions.sending import give_up, hold, release, send_again
from directives.models import Delivery, DeliveryState
from directives.models.outbox import DeliveryQuerySet
from tracker import clock
from tracker.admin.fields import DeskForm
from tracker.admin.issued import ReasonForm
from tracker.admin.pages import page
from tracker.admin.passing import PassingMessages
from tracker.admin.refusals import sentence_of, show
from tracker.admin.rows import DeskAdmin
from tracker.admin.seat import Seat, seat_of
from tracker.admin.watching import visible_messages, watch


@dataclass(frozen=True)
class MessageVerb:
    """What can be done with a message: with which right, in which state, with which form."""

    name: str
    title: Any
    right: Verb
    state: DeliveryState
    form: type[DeskForm]
    act: Callable[..., Delivery]
    done: Any


VERBS = {
    verb.name: verb
    for verb in (
        MessageVerb(
            "hold",
            gettext_lazy("Hold back"),
            Verb.HOLD_MESSAGE,
            DeliveryState.WAITING,
            ReasonForm,
            hold,
            gettext_lazy("The message is held back."),
        ),
        MessageVerb(
            "release",
            gettext_lazy("Let it go"),
            Verb.HOLD_MESSAGE,
            DeliveryState.HELD,
            DeskForm,
            release,
            gettext_lazy("The message will be sent."),
        ),
        MessageVerb(
            "send-again",
            gettext_lazy("Send again"),
            Verb.SEND_AGAIN,
            DeliveryState.DEAD,
            DeskForm,
            send_again,
            gettext_lazy("The message will be sent again."),
        ),
        MessageVerb(
            "give-up",
            gettext_lazy("Give up"),
            Verb.SEND_AGAIN,
            DeliveryState.DEAD,
            ReasonForm,
            give_up,
            gettext_lazy("The message is given up; its addressee was not reached."),
        ),
    )
}


@admin.register(Delivery)
class DeliveryAdmin(DeskAdmin):
    seen_with = (Verb.HOLD_MESSAGE, Verb.READ_HISTORY)
    actions = ("send_chosen_again",)
    list_display = ("due_at", "kind", "recipient", "channel", "state", "attempts", "why_not")
    list_display_links = ("due_at", "kind")
    list_select_related = ("recipient",)
    sortable_by = ("due_at",)  # hundreds of thousands of rows stand in no other order
    list_filter = ("state", "channel", "kind", PassingMessages)
    search_fields = ("recipient__name", "recipient__email", "subject")
    search_help_text = gettext_lazy("Recipient or subject")
    ordering = ("-due_at", "-pk")

    def visible(self, rows: QuerySet[Delivery], seat: Seat) -> QuerySet[Delivery]:
        return visible_messages(rows, seat)

    def found(self, rows: DeliveryQuerySet, typed: str) -> QuerySet[Delivery]:
        people = User.objects.filter(Q(name__icontains=typed.strip()) | Q(email__icontains=typed.strip()))
        return rows.with_words(typed, Q(recipient__in=list(people.values_list("pk", flat=True))))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Who is offered the action; each row is asked again by the action itself."""
        return seat_of(request).can(Verb.SEND_AGAIN)

    @admin.display(description=gettext_lazy("last error"))
    def why_not(self, row: Delivery) -> str:
        return row.last_error[:80]

    @admin.action(description=gettext_lazy("Send the chosen again"), permissions=["send"])
    def send_chosen_again(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        """Send again what could not be delivered, and say of each other message why not."""
        done = 0
        for delivery in chosen:
            try:
                send_again(delivery, by=seat_of(request).user, at=clock.now())
                done += 1
            except Refusal as refusal:
                self.message_user(request, f"{delivery}: {sentence_of(refusal)}", messages.WARNING)
        if done:
            sentence = ngettext("%(n)d message will be sent again.", "%(n)d messages will be sent again.", done)
            self.message_user(request, sentence % {"n": done}, messages.SUCCESS)

    # --- one message

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        delivery = self.get_object(request, object_id)
        if delivery is None:
            raise Http404
        return self._page(request, delivery)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        view = self.admin_site.admin_view
        own = [
            path("watch/", view(watch), name="watch"),
            path("<int:pk>/verb/<str:name>/", view(self.do), name="delivery_verb"),
        ]
        return [*own, *super().get_urls()]

    def do(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Hold, release or send again; a refusal shows the page again, with what was typed."""
        delivery = get_object_or_404(self.get_queryset(request), pk=pk)
        verb = VERBS.get(name)
        if verb is None:
            raise Http404
        if request.method != "POST":
            return redirect("admin:directives_delivery_change", pk)
        form = verb.form(request.POST)
        form.is_valid()
        try:
            verb.act(delivery, by=seat_of(request).user, at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            return self._page(request, delivery, typed={name: form}, status=show(form, refusal))
        messages.success(request, verb.done)
        return redirect("admin:directives_delivery_change", pk)

    def _page(
        self, request: HttpRequest, delivery: Delivery, *, typed: dict[str, forms.Form] | None = None, status: int = 200
    ) -> HttpResponse:
        reminders = delivery.reminders.select_related("assignment__agency", "assignment__directive__notice")
        return page(
            request,
            "admin/directives/delivery/page.html",
            title=_("Message to %(recipient)s") % {"recipient": delivery.recipient},
            model=Delivery,
            status=status,
            delivery=delivery,
            reminders=reminders.order_by("pk"),
            offers=[
                (verb, (typed or {}).get(name) or verb.form())
                for name, verb in VERBS.items()
                if (verb.state == delivery.state and seat_of(request).can(verb.right)) or name in (typed or {})
            ],
        )
