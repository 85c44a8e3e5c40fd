"""What changed since the last session of a committee, as a page to be printed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Committee
from directives.actions.fitting import fit_day
from directives.briefing import Briefing, briefing
from directives.figures import Cells
from directives.models import Session
from directives.rules.changes import Change
from directives.rules.refusals import Invalid
from tracker import clock
from tracker.admin.fields import DayField, DeskForm
from tracker.admin.pages import page
from tracker.admin.refusals import show
from tracker.admin.seat import seat_of
from tracker.counted import counted

WITHOUT_A_SESSION = timedelta(days=30)
SESSIONS_SHOWN = 6
LONGEST_PART = 6  # digits of a part's number, and one more
CHANGES = {change.value: change for change in Change}


class DaysForm(DeskForm):
    """Between which two days; the first is that of the last session."""

    since = DayField(label=gettext_lazy("Since the end of"))
    until = DayField(label=gettext_lazy("Until the end of"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in ("since", "until"):
            try:
                fit_day(name, given.get(name))
            except Invalid as refusal:
                show(self, refusal)
        if given.get("since") and given.get("until") and given["until"] <= given["since"]:
            self.add_error("until", _("This day lies before the first one."))
        if given.get("until") and given["until"] > clock.today():
            self.add_error("until", _("This day has not come yet."))
        return given


def addresses(view: Callable[..., Any]) -> list[URLPattern]:
    """Where the page lies among the sessions."""
    return [path("briefing/<int:committee_pk>/", view(brief), name="briefing")]


def brief(request: HttpRequest, committee_pk: int) -> HttpResponse:
    """The briefing between the last session and today, or between the days that are asked for."""
    committee = get_object_or_404(briefed(request), pk=committee_pk)
    sessions = list(Session.objects.filter(committee=committee, held_on__lt=clock.today())[:SESSIONS_SHOWN])
    form = DaysForm(request.GET if "since" in request.GET else _usual(sessions))
    only = CHANGES.get(request.GET.get("only", ""))
    told = briefing(committee, part=_part(request), only=only, **form.cleaned_data) if form.is_valid() else None
    return page(
        request,
        "admin/directives/session/briefing.html",
        title=_("What changed since the last session"),
        model=Session,
        status=200 if told else 400,
        committee=committee,
        sessions=sessions,
        form=form,
        told=told,
        cells=_cells(told, committee) if told else [],
        counts=[(change, told.counts[change]) for change in Change] if told else [],
        only=only,
        made_at=clock.now(),
    )


def _part(request: HttpRequest) -> int:
    asked = request.GET.get("part", "")
    return int(asked) if asked.isdecimal() and len(asked) < LONGEST_PART else 1


def _cells(told: Briefing, committee: Committee) -> list[tuple[str, SafeString, SafeString]]:
    """The official cells, then and now, each leading to its rows."""
    names = {
        "done_on_time": _("Done on time"),
        "done_late": _("Done late"),
        "open_in_time": _("Open, in time"),
        "open_overdue": _("Open, overdue"),
        "undated": _("Undated"),
        "total": _("Total"),
    }

    def cell(cells: Cells, name: str, day: date) -> SafeString:
        asked = {"committee": committee.uuid, "as_of": day.isoformat(), "cell": name}
        return counted(getattr(cells, name), f"{reverse('figure_rows')}?{urlencode(asked)}")

    return [
        (words, cell(told.cells_then, name, told.since), cell(told.cells_now, name, told.until))
        for name, words in names.items()
    ]


def briefed(request: HttpRequest) -> QuerySet[Committee]:
    """The committees of which this person may read a briefing: one's own, or all for whoever sees all."""
    seat = seat_of(request)
    return Committee.objects.all() if seat.sight.everything else seat.committees()


def _usual(sessions: list[Session]) -> dict[str, date]:
    today = clock.today()
    return {"since": sessions[0].held_on if sessions else today - WITHOUT_A_SESSION, "until": today}
