"""Which messages the reader wants by which channel; what is a duty of the office is shown locked, with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from directives.actions.preferring import choose_preferences
from directives.models import Channel, DeliveryKind, Wishes, wishes_of
from directives.rules.duties import duty
from tracker import clock
from tracker.web.desk import SignedIn
from tracker.web.refusals import STATUS, told

COMES_WHEN = {
    DeliveryKind.ASSIGNED: gettext_lazy("When your agency is given work."),
    DeliveryKind.RETURNED: gettext_lazy("When the secretariat sends a completion report back."),
    DeliveryKind.EXTENSION_DECIDED: gettext_lazy("When more time that your agency asked for is granted or refused."),
    DeliveryKind.DIGEST: gettext_lazy(
        "Once on each working day at 07:30: what comes due, and all that is overdue, the worst first."
    ),
    DeliveryKind.SUCCEEDED: gettext_lazy("When agencies merge and their open work passes to yours."),
    DeliveryKind.ESCALATED: gettext_lazy("When late work reaches you by the committee's rules of escalation."),
}


@dataclass(frozen=True)
class Box:
    """One kind of message by one channel: wanted or not, or locked with the reason `why`."""

    name: str
    words: str | Promise
    wanted: bool
    why: str


@dataclass(frozen=True)
class Row:
    """One kind of message, when it comes, and its boxes."""

    kind: str
    words: str | Promise
    when: str | Promise
    boxes: list[Box]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: SignedIn) -> HttpResponse:
    """The reader's choice of messages; each page names the boxes that it shows, so that no other one is changed."""
    refused, status = "", 200
    if request.method == "POST":
        shown, wanted = (request.POST.getlist(name) for name in ("box", "wanted"))
        choices = {_box(name): False for name in shown} | {_box(name): True for name in wanted}
        try:
            choose_preferences(choices, by=request.user, at=clock.now())
        except Refusal as refusal:
            refused, status = told(refusal), STATUS[type(refusal)]
        else:
            messages.success(request, _("Noted. It holds from the next message on."))
            return redirect("preferences")
    wishes = wishes_of([request.user.pk])
    page = {"section": "preferences", "rows": list(_rows(request.user.pk, wishes)), "refused": refused}
    return render(request, "web/preferences.html", page, status=status)


def _box(name: str) -> tuple[str, str]:
    kind, _colon, channel = name.partition(":")
    return kind, channel


def _rows(user_id: int, wishes: Wishes) -> Iterator[Row]:
    for kind, when in COMES_WHEN.items():
        boxes = [
            Box(
                name=f"{kind.value}:{channel.value}",
                words=channel.label,
                wanted=wishes.wants(user_id, kind, channel),
                why=_(why) if (why := duty(kind, channel)) else "",
            )
            for channel in Channel
            if wishes.reach(user_id, channel)
        ]
        yield Row(kind.value, kind.label, when, boxes)
