"""A change that moves reminders is shown with what it does before it is kept: nothing happens until it is confirmed."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from accounts.models import Committee
from directives.actions.effects import Effect, Outlook
from directives.actions.rearming import note_change
from tracker import clock
from tracker.admin.page_versions import CONFIRMED
from tracker.admin.pages import page
from tracker.admin.rows import DeskAdmin
from tracker.admin.seat import seat_of


class Unconfirmed(Exception):
    """What was written has an effect that nobody has agreed to yet: it is taken back with the transaction."""

    def __init__(self, effect: Effect) -> None:
        super().__init__(effect)
        self.effect = effect


class MovesReminders(DeskAdmin):
    """Rows of which open work depends: saved once their effect was seen, and at once where they have none."""

    asks: Any = ""  # the title of the page that asks

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Django's own, in its transaction; what it writes unconfirmed is taken back and shown."""
        self._remember(request)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Unconfirmed as unconfirmed:
            return self._ask(request, unconfirmed.effect)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The same for what is deleted."""
        self._remember(request)
        try:
            return super().delete_view(request, object_id, extra_context)
        except Unconfirmed as unconfirmed:
            return self._ask(request, unconfirmed.effect)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """The last of what is written, also where nothing is related."""
        super().save_related(request, form, formsets, change)
        self.written(request, form.instance)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        super().delete_model(request, obj)
        self.written(request, obj)

    def written(self, request: HttpRequest, obj: Model) -> None:
        """Everything is written: ask, or let the ticks look at the work again. Raises Unconfirmed."""
        effect = vars(request)["outlook"].effect()
        if effect and CONFIRMED not in request.POST:
            raise Unconfirmed(effect)
        note_change(at=clock.now(), committee=self.whose(request, obj))

    def whose(self, request: HttpRequest, obj: Model) -> Committee | None:
        """The committee whose work alone the row concerns; None: everybody's."""
        return None

    def _remember(self, request: HttpRequest) -> None:
        """How things stand before anything is written, for whoever may write."""
        if request.method == "POST" and self.has_change_permission(request):
            vars(request)["outlook"] = Outlook(today=seat_of(request).today)

    def _ask(self, request: HttpRequest, effect: Effect) -> HttpResponse:
        given = [
            (name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"
        ]
        return page(
            request,
            "admin/directives/effect.html",
            title=self.asks,
            model=self.model,
            effect=effect,
            given=given,
            confirmed=CONFIRMED,
        )
