"""Subscriptions at the desk: made by an administrator, their secret shown once; paused, replayed, ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.refusals import Refusal
from accounts.roles import Verb
from directives.actions import replaying, subscriptions
from directives.models import CallState, Subscription, SubscriptionState
from directives.models.subscriptions import CHALLENGE, SUBSCRIPTION
from directives.rules.change_names import ALL, CHANGED, GONE, VERBS, names_of
from tracker import clock
from tracker.admin.fields import DayField, DeskForm, RowForm
from tracker.admin.refusals import TellsRefusals, sentence_of, status_of
from tracker.admin.rows import DeskAdmin
from tracker.admin.seat import seat_of
from tracker.admin.words import verb_words
from tracker.counted import counted
from tracker.waking import wake

KINDS = {
    "committee": gettext_lazy("committees"),
    "agency": gettext_lazy("agencies"),
    "notice": gettext_lazy("notices"),
    "directive": gettext_lazy("directives"),
    "assignment": gettext_lazy("assignments"),
}
OF_ALL = {
    ALL: gettext_lazy("everything"),
    CHANGED: gettext_lazy("changed along with something else"),
    GONE: gettext_lazy("seen no more"),
}
LANGUAGES = (("vi", gettext_lazy("Vietnamese")), ("en", gettext_lazy("English")))
S = SubscriptionState
LAST = 10  # calls


def event_words(name: str) -> str:
    """`assignment.hand_in` as people say it."""
    verb = name.partition(".")[2]
    return capfirst(str(OF_ALL.get(verb) or verb_words(verb)))


def event_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """All names of changes, by kind of row."""
    return [
        (capfirst(str(label)), [(name, event_words(name)) for name in names_of(kind)])
        for kind, label in KINDS.items()
        if kind in VERBS
    ]


class SubscriptionForm(RowForm):
    events = forms.MultipleChoiceField(
        label=gettext_lazy("changes"),
        choices=event_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing ticked: all that the agency or committee may see."),
    )
    language = forms.ChoiceField(label=gettext_lazy("names of agencies in"), choices=LANGUAGES, initial="vi")

    class Meta:
        model = Subscription
        fields = ("name", "agency", "committee", "endpoint", "events", "language")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "agency" in self.fields and bool(given.get("agency")) == bool(given.get("committee")):
            self.add_error("agency", _("Choose one agency or one committee whose changes are told."))
        return given

    def _post_clean(self) -> None:
        """What columns hold is the action's question."""


class RotateForm(DeskForm):
    overlap_hours = forms.IntegerField(
        label=gettext_lazy("hours in which the former secret signs as well"),
        initial=subscriptions.USUAL_OVERLAP,
        min_value=0,
        max_value=subscriptions.LONGEST_OVERLAP,
        help_text=gettext_lazy("0 where the former one is in wrong hands."),
    )


class ReplayForm(DeskForm):
    since = DayField(label=gettext_lazy("changes since the beginning of"))


@dataclass(frozen=True)
class Act:
    """What can be done with a subscription, in which states, with which form."""

    name: str
    title: Any
    states: tuple[str, ...]
    act: Callable[..., Any]
    done: Any
    form: type[DeskForm] = DeskForm
    quiet: bool = True


ACTS = {
    one.name: one
    for one in (
        Act(
            "challenge",
            gettext_lazy("Challenge once more"),
            (S.UNVERIFIED,),
            subscriptions.challenge_again,
            gettext_lazy("The other system is asked within seconds."),
            quiet=False,
        ),
        Act(
            "resume",
            gettext_lazy("Let it go on"),
            (S.PAUSED, S.STOPPED),
            subscriptions.resume,
            gettext_lazy("The other system is called again, with all that it missed."),
            quiet=False,
        ),
        Act("pause", gettext_lazy("Pause"), (S.ACTIVE,), subscriptions.pause, gettext_lazy("It is paused.")),
        Act(
            "rotate-secret",
            gettext_lazy("Give a new secret"),
            (S.UNVERIFIED, S.ACTIVE, S.PAUSED, S.STOPPED),
            subscriptions.rotate_secret,
            "",
            RotateForm,
        ),
        Act("replay", gettext_lazy("Send again"), (S.ACTIVE, S.PAUSED, S.STOPPED), replaying.replay, "", ReplayForm),
        Act(
            "end",
            gettext_lazy("End for good"),
            (S.UNVERIFIED, S.ACTIVE, S.PAUSED, S.STOPPED),
            subscriptions.end,
            gettext_lazy("It has ended; the log stays."),
        ),
    )
}


@admin.register(Subscription)
class SubscriptionAdmin(TellsRefusals, DeskAdmin):
    kept_with = (Verb.SUBSCRIBE,)
    form = SubscriptionForm
    list_display = ("name", "of", "endpoint", "state_said", "waiting_calls", "taken_at", "failed_at")
    list_select_related = ("agency", "committee")
    list_filter = ("state",)
    search_fields = ("name", "endpoint")
    search_help_text = gettext_lazy("Name or endpoint")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscription]:
        waits = Count("calls", filter=Q(calls__state=CallState.WAITING))
        return super().get_queryset(request).annotate(waits=waits)

    def get_fields(self, request: HttpRequest, obj: Subscription | None = None) -> tuple[Any, ...]:
        if obj is None:
            return ("name", ("agency", "committee"), "endpoint", "events", "language")
        return ("name", "endpoint", "events", "language")

    def has_change_permission(self, request: HttpRequest, obj: Subscription | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.state != S.ENDED)

    def save_model(self, request: HttpRequest, obj: Subscription, form: Any, change: bool) -> None:  # noqa: FBT001
        given, who = form.cleaned_data, {"by": seat_of(request).user, "at": clock.now()}
        wanted = {name: given[name] for name in subscriptions.FIELDS if name in given}
        if change:
            subscriptions.change(obj, **who, **wanted)
        else:
            row, form.plain = subscriptions.subscribe(given["agency"] or given["committee"], **who, **wanted)
            obj.pk = row.pk

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> list[Any]:  # noqa: FBT001, FBT002
        vars(request)["plain_secret"] = getattr(form, "plain", "")
        return []

    def response_add(
        self, request: HttpRequest, obj: Subscription, post_url_continue: str | None = None
    ) -> HttpResponse:
        wake("call")
        return self._shown_once(request, obj, vars(request)["plain_secret"], _("The subscription is made"))

    def response_change(self, request: HttpRequest, obj: Subscription) -> HttpResponse:
        wake("call")
        return super().response_change(request, obj)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **options: Any) -> HttpResponse:
        """With how it stands, what can be done with it, and its last calls."""
        row = options.get("obj")
        if row is not None:
            context = context | {
                "row": row,
                "waiting_at": waiting_at(row),
                "offers": self._offers(row) if self.has_change_permission(request, row) else [],
                "calls": [(call, call_words(call.kind, call.verb)) for call in row.calls.order_by("-pk")[:LAST]],
            }
        return super().render_change_form(request, context, **options)

    @staticmethod
    def _offers(row: Subscription) -> list[tuple[Act, forms.Form]]:
        return [(act, act.form()) for act in ACTS.values() if row.state in act.states]

    # --- what is done with one

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [path("<int:pk>/act/<slug:name>/", self.admin_site.admin_view(self.do), name="subscription_act")]
        return [*own, *super().get_urls()]

    def do(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Do it; a refusal is said above the page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        act = ACTS.get(name)
        if act is None:
            raise Http404
        back = redirect("admin:directives_subscription_change", pk)
        form = act.form(request.POST)
        if request.method != "POST":
            return back
        if not form.is_valid():
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
            return back
        try:
            outcome = act.act(row, by=seat_of(request).user, at=clock.now(), **_asked(form))
        except Refusal as refusal:
            messages.error(request, sentence_of(refusal))
            return self._refused(request, pk, status_of(refusal))
        wake("call")
        if name == "rotate-secret":
            return self._shown_once(request, outcome[0], outcome[1], _("The new secret"))
        messages.success(request, _replayed(outcome) if name == "replay" else act.done)
        return back

    def _refused(self, request: HttpRequest, pk: int, status: int) -> HttpResponse:
        request.method = "GET"
        answer = self.changeform_view(request, str(pk))
        answer.status_code = status
        return answer

    def _shown_once(self, request: HttpRequest, row: Subscription, plain: str, title: str) -> HttpResponse:
        """The only page that ever shows the secret; not even the browser keeps it."""
        page = {**self.admin_site.each_context(request), "title": title, "plain": plain, "row": row, "opts": self.opts}
        answer = TemplateResponse(request, "admin/directives/subscription/made.html", page)
        answer["Cache-Control"] = "no-store"
        return answer

    # --- columns

    @admin.display(description=gettext_lazy("of"))
    def of(self, row: Subscription) -> str:
        return row.body.name

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_said(self, row: Subscription) -> str:
        why = row.get_stopped_because_display()
        return f"{row.get_state_display()}: {why}" if why else row.get_state_display()

    @admin.display(description=gettext_lazy("waiting"))
    def waiting_calls(self, row: Subscription) -> str:
        return counted(row.waits, waiting_at(row))


def waiting_at(row: Subscription) -> str:
    """Where the calls stand that wait."""
    return f"{reverse('admin:directives_call_changelist')}?subscription__id__exact={row.pk}&state__exact=waiting"


def _asked(form: forms.Form) -> dict[str, Any]:
    asked = dict(form.cleaned_data)
    if (day := asked.get("since")) is not None:
        asked["since"] = datetime.combine(day, time.min, tzinfo=clock.HANOI)
    return asked


def _replayed(many: int) -> str:
    return ngettext("%(n)d call will be sent again.", "%(n)d calls will be sent again.", many) % {"n": many}


def call_words(kind: str, verb: str) -> str:
    """What a call tells, in words."""
    if kind == SUBSCRIPTION:
        return _("Challenge") if verb == CHALLENGE else _("Changes were forgotten: begin anew")
    return capfirst(f"{KINDS[kind]}: {verb_words(verb) if verb else OF_ALL[CHANGED]}")
