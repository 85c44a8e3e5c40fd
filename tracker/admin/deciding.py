"""The desk that decides on more time: what waits, what each would do, and one answer for several."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.refusals import Refusal
from accounts.roles import Verb
from directives.actions.extending import grant_extension, refuse_extension
from directives.actions.extension_effects import ExtensionEffect, extension_effects, times_granted
from directives.actions.moving import REASON_MISSING
from directives.models import Assignment, ExtensionRequest, ExtensionState
from directives.rules.refusals import Stale
from tracker import clock
from tracker.admin.changed_since import changed_since
from tracker.admin.fields import DayField, DeskForm
from tracker.admin.guard import same_version
from tracker.admin.pages import page
from tracker.admin.refusals import sentence_of, status_of
from tracker.admin.seat import Seat, seat_of

GRANT, REFUSE = "grant", "refuse"
SHOWN = 50


class AnswerForm(DeskForm):
    """One reason for all that are chosen."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=gettext_lazy("Told to every agency that is chosen; needed to refuse, a remark where you grant."),
    )


class RequestForm(forms.Form):
    """What is given of one request: whether it is chosen, until when, and the state of it that was seen."""

    chosen = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    due_on = DayField(required=False)

    def __init__(self, given: QueryDict | None, request: ExtensionRequest, *, chosen: bool = False) -> None:
        initial = {"version": request.assignment.version, "due_on": request.asked_due_on, "chosen": chosen}
        super().__init__(given, prefix=f"r{request.pk}", initial=initial)


@dataclass
class Line:
    """One request as the page shows it."""

    request: ExtensionRequest
    form: RequestForm
    effect: ExtensionEffect | None
    times: int

    @property
    def granted(self) -> str:
        """How the list is asked for the requests about the same work that were granted."""
        return f"?assignment__exact={self.request.assignment_id}&state__exact=granted"

    refused: str = ""


def open_requests(seat: Seat) -> QuerySet[ExtensionRequest]:
    """What waits for this person's decision, the oldest first; who only reads sees what waits for others."""
    rows = ExtensionRequest.objects.filter(state=ExtensionState.OPEN, assignment__directive__given_by=None)
    if seat.sight.drafts_of:
        rows = rows.filter(assignment__directive__notice__committee__in=seat.sight.drafts_of)
    elif not seat.sight.everything:
        rows = rows.none()
    return rows.order_by("asked_at", "pk")


def extension_desk(request: HttpRequest) -> HttpResponse:
    """The requests that wait; on POST the chosen ones are granted or refused, each wholly or not at all."""
    seat = seat_of(request)
    if not seat.can(Verb.VERIFY, Verb.READ_HISTORY):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, _lines(seat, None, every="all" in request.GET), AnswerForm())
    if not seat.can(Verb.DECIDE_EXTENSION):
        raise PermissionDenied
    lines, form = _lines(seat, request.POST), AnswerForm(request.POST)
    answer = GRANT if GRANT in request.POST else REFUSE
    chosen = [line for line in lines if line.form["chosen"].data]
    if not chosen:
        form.add_error(None, _("Choose at least one request."))
    if answer == REFUSE and form.is_valid() and not form.cleaned_data["reason"]:
        form.add_error("reason", REASON_MISSING)
    if not form.is_valid():
        return _page(request, lines, form, status=400)
    return _answered(request, chosen, answer, form.cleaned_data["reason"])


def _answered(request: HttpRequest, chosen: Sequence[Line], answer: str, reason: str) -> HttpResponse:
    """Decide on one after the other; where some are refused the page comes again, with the sentence at each."""
    seat = seat_of(request)
    statuses = [_decide(line, answer, reason, seat) for line in chosen]
    done = statuses.count(302)
    if done:
        messages.success(request, _done(answer, done))
    if done == len(chosen):
        return redirect("admin:extension_desk")
    told = {line.request.pk: line for line in chosen if line.refused}
    left = _lines(seat, None)
    for line in left:
        if line.request.pk in told:
            line.refused = told.pop(line.request.pk).refused
            line.form.initial["chosen"] = True
    for line in told.values():  # decided meanwhile, so that it is not among what waits any more
        messages.warning(request, f"{line.request.assignment}: {line.refused}")
    return _page(request, left, AnswerForm(initial={"reason": reason}), status=200 if done else max(statuses))


def _decide(line: Line, answer: str, reason: str, seat: Seat) -> int:
    """Decide on one; the sentence of a refusal stands at its line. Returns the status it would have alone."""
    if line.form.errors:
        line.refused = " ".join(sentence for told in line.form.errors.values() for sentence in told)
        return 400
    asked, given = line.request, line.form.cleaned_data
    try:
        with same_version(Assignment, asked.assignment_id, given["version"]):
            if answer == GRANT:
                grant_extension(asked, by=seat.user, at=clock.now(), due_on=given["due_on"], reason=reason)
            else:
                refuse_extension(asked, by=seat.user, at=clock.now(), reason=reason)
    except Refusal as refusal:
        since = changed_since(asked.assignment, given["version"]) if isinstance(refusal, Stale) else ""
        line.refused = f"{sentence_of(refusal)} {since}".strip()
        return status_of(refusal)
    return 302


def _done(answer: str, many: int) -> str:
    if answer == GRANT:
        return ngettext("%(n)s request is granted.", "%(n)s requests are granted.", many) % {"n": many}
    return ngettext("%(n)s request is refused.", "%(n)s requests are refused.", many) % {"n": many}


def _lines(seat: Seat, given: QueryDict | None, *, every: bool = False) -> list[Line]:
    """The oldest that wait; of what was given also those that were decided meanwhile, so that each is answered."""
    rows = open_requests(seat).select_related(
        "asked_by", "assignment__agency", "assignment__directive__notice__committee", "assignment__directive__paragraph"
    )
    shown = list(rows.prefetch_related("attachments").defer("assignment__directive__notice__text")[:SHOWN])
    shown += _gone(seat, given, {request.pk for request in shown})
    effects = extension_effects(shown, today=seat.today)
    times = times_granted([request.assignment for request in shown])
    return [
        Line(request, RequestForm(given, request, chosen=every), effects.get(request.pk), times[request.assignment_id])
        for request in shown
    ]


def _gone(seat: Seat, given: QueryDict | None, shown: set[int]) -> Sequence[ExtensionRequest]:
    """Requests that were chosen on the page and do not wait any more."""
    chosen = [name for name in given or () if name.startswith("r") and name.endswith("-chosen")]
    ids = {int(number) for name in chosen if (number := name[1:-7]).isascii() and number.isdigit()} - shown
    if not ids:
        return []
    mine = ExtensionRequest.objects.filter(pk__in=sorted(ids)[:SHOWN], assignment__committee__in=seat.sight.drafts_of)
    return list(mine.select_related("assignment__agency", "assignment__directive__notice__committee"))


def _page(request: HttpRequest, lines: list[Line], form: AnswerForm, *, status: int = 200) -> HttpResponse:
    seat: Seat = seat_of(request)
    waiting = [line for line in lines if line.request.state == ExtensionState.OPEN]
    return page(
        request,
        "admin/directives/extensionrequest/desk.html",
        title=_("Decide on more time"),
        model=ExtensionRequest,
        status=status,
        lines=waiting,
        total=open_requests(seat).count(),
        form=form,
        decides=seat.can(Verb.DECIDE_EXTENSION),
        today=seat.today,
    )
