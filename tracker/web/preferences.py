"""Which messages the reader wants by which channel, duties locked with their reason; and the reader's messenger."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import MessengerAddress, User
from accounts.refusals import Refusal
from directives.actions.preferring import choose_preferences
from directives.actions.reaching import forget_messenger, set_messenger
from directives.models import DeliveryKind, Wishes, channel_name, channel_names, wishes_of
from directives.rules.duties import duty
from tracker import clock
from tracker.delivery.messengers import check_address, masked
from tracker.web.desk import SignedIn
from tracker.web.forms import ActForm
from tracker.web.refusals import STATUS, done, status_of, told

COMES_WHEN = {
    DeliveryKind.ASSIGNED: gettext_lazy("When your agency is given work."),
    DeliveryKind.RETURNED: gettext_lazy("When the secretariat sends a completion report back."),
    DeliveryKind.EXTENSION_DECIDED: gettext_lazy("When more time that your agency asked for is granted or refused."),
    DeliveryKind.DIGEST: gettext_lazy(
        "Once on each working day at 07:30: what comes due, and all that is overdue, the worst first."
    ),
    DeliveryKind.CHANGED: gettext_lazy(
        "When the secretariat sets a new deadline for your agency's work, or changes much of it at once."
    ),
    DeliveryKind.NUDGED: gettext_lazy("When the agency that handed work down to yours asks for it."),
    DeliveryKind.SUCCEEDED: gettext_lazy("When agencies merge and their open work passes to yours."),
    DeliveryKind.AMENDED: gettext_lazy("When a corrected text or a later notice changes your agency's work."),
    DeliveryKind.ASKED: gettext_lazy("When an agency asks about work that you gave it and may answer."),
    DeliveryKind.ANSWERED: gettext_lazy("When a question of your agency is answered, or one that is answered for all."),
    DeliveryKind.ASSESS: gettext_lazy("When a committee asks your agency to assess itself by a set of criteria."),
    DeliveryKind.PAPER: gettext_lazy("When a report that was set up for you goes out on its day, as a file."),
    DeliveryKind.DISCONNECTED: gettext_lazy("When another system of your body can no longer be told of changes."),
    DeliveryKind.KEY_ENDS: gettext_lazy("When a key of another system that you answer for is about to expire."),
    DeliveryKind.ESCALATED: gettext_lazy("When late work reaches you by the committee's rules of escalation."),
}


NOTED = gettext_lazy("Noted. It holds from the next message on.")


class MessengerForm(ActForm):
    """The address with its secret: it is taken and never shown again."""

    version = None
    address = forms.CharField(
        label=gettext_lazy("Address of your messenger"),
        max_length=500,
        error_messages={
            "required": gettext_lazy("Write the address."),
            "max_length": gettext_lazy("An address has at most %(limit_value)d characters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "As the service gives it out, or short: zalo://token/person, tgram://token/person. "
            "Zalo, Telegram, Viber, LINE, Slack, Discord, Google Chat and Webex are understood."
        ),
    )


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
    if request.method == "POST":
        shown, wanted = (request.POST.getlist(name) for name in ("box", "wanted"))
        choices = {_box(name): False for name in shown} | {_box(name): True for name in wanted}
        try:
            choose_preferences(choices, by=request.user, at=clock.now())
        except Refusal as refusal:
            return _page(request, status=STATUS[type(refusal)], refused=told(refusal))
        messages.success(request, NOTED)
        return redirect("preferences")
    return _page(request)


@login_required
@require_POST
def messenger(request: SignedIn) -> HttpResponse:
    """The address at which the reader is reached by messenger from now on, in place of an earlier one."""
    form = MessengerForm(request.POST)
    if form.is_valid() and done(form, partial(_keep, request.user, form.cleaned_data["address"])):
        messages.success(request, NOTED)
        return redirect("preferences")
    return _page(request, status=status_of(form), form=form)


@login_required
@require_POST
def no_messenger(request: SignedIn) -> HttpResponse:
    """The reader is reached by messenger no longer."""
    forget_messenger(request.user, by=request.user, at=clock.now())
    messages.success(request, _("Noted: nothing comes by messenger any more."))
    return redirect("preferences")


def _keep(user: User, address: str) -> None:
    check_address(address)
    set_messenger(user, address, by=user, at=clock.now())


def _page(
    request: SignedIn, *, status: int = 200, refused: str = "", form: MessengerForm | None = None
) -> HttpResponse:
    wishes = wishes_of([request.user.pk])
    kept = MessengerAddress.objects.filter(user=request.user).first()
    page = {
        "section": "preferences",
        "rows": list(_rows(request.user.pk, wishes)),
        "refused": refused,
        "reached_at": masked(kept.address) if kept else "",
        "form": form or MessengerForm(),
    }
    return render(request, "web/preferences.html", page, status=status)


def _box(name: str) -> tuple[str, str]:
    kind, _colon, channel = name.partition(":")
    return kind, channel


def _rows(user_id: int, wishes: Wishes) -> Iterator[Row]:
    for kind, when in COMES_WHEN.items():
        boxes = [
            Box(
                name=f"{kind.value}:{channel}",
                words=channel_name(channel),
                wanted=wishes.wants(user_id, kind, channel),
                why=_(why) if (why := duty(kind, channel)) else "",
            )
            for channel in channel_names()
            if wishes.reach(user_id, channel)
        ]
        yield Row(kind.value, kind.label, when, boxes)
