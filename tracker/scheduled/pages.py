"""The pages of scheduled papers: the list with when each goes out next, a new one, and one with what it made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Agency, Committee, User
from accounts.refusals import Refusal
from directives.actions.scheduling import (
    add_schedule,
    change_schedule,
    end_schedule,
    pause_schedule,
    resume_schedule,
)
from directives.models import KeptPaper, PaperSchedule, ScheduleState, load_calendar
from directives.rules.paper_days import moment_of, next_day
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day
from tracker import clock
from tracker.paper_asking import day_words, kind_name, why_not
from tracker.scheduled.form import ScheduleForm

PAGE = 20
ACTS = {"pause": pause_schedule, "resume": resume_schedule, "end": end_schedule}
Body = Committee | Agency


@dataclass(frozen=True)
class Door:
    """One of the two ways in: whose schedules are to be seen and kept there, and how its pages look."""

    frame: str
    names: str
    user: User
    # Whose schedules this person keeps, and as far as reading goes.
    keeps: Sequence[Body]
    reads: Sequence[Body]
    page: Callable[..., HttpResponse]
    sentence: Callable[[Refusal], str]
    status: Callable[[Refusal], int]
    dress: Callable[[Any], None]

    def address(self, name: str, *args: Any) -> str:
        """Where one of these pages lies."""
        return reverse(self.names + name, args=args)


@dataclass(frozen=True)
class Line:
    """A schedule as the list shows it."""

    schedule: PaperSchedule
    name: str
    days: str
    next_at: Any
    last: KeptPaper | None

    @property
    def failed(self) -> str:
        """Why there was none the last time; nothing where there was one."""
        return why_not(self.last) if self.last else ""


def schedules(request: HttpRequest, door: Door) -> HttpResponse:
    """All that goes out by itself, with when next and what came of it last."""
    rows = _rows(door).select_related("committee", "agency", "by").order_by("state", "pk")
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = _lines(list(shown.object_list))
    told = {"shown": shown, "lines": lines, "title": _("Scheduled papers")}
    return _page(door, "scheduled/list.html", **told)


def new(request: HttpRequest, door: Door, body: Body) -> HttpResponse:
    """One more; on POST it is set up."""
    form = ScheduleForm(body, _sent(request))
    door.dress(form)
    if form.is_valid():
        try:
            row = add_schedule(body, form.wanted, by=door.user, at=clock.now())
        except Refusal as refusal:
            _show(door, form, refusal)
        else:
            messages.success(request, _("The paper goes out by itself from now on."))
            return redirect(door.address("paper_schedule", row.uuid))
    title = _("A new scheduled paper")
    return _page(door, "scheduled/form.html", status=_status(form), title=title, form=form, body=body)


def one(request: HttpRequest, door: Door, uuid: UUID) -> HttpResponse:
    """One with its form, when it goes out next, and the papers that it made; on POST it is changed."""
    row = _found(door, uuid)
    keeps = row.body in door.keeps
    if request.method == "POST" and not keeps:
        raise Http404
    form = ScheduleForm(row.body, _sent(request), row)
    door.dress(form)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            change_schedule(row, form.wanted, by=door.user, at=clock.now(), version=version)
        except Refusal as refusal:
            _show(door, form, refusal)
        else:
            messages.success(request, _("The schedule is changed."))
            return redirect(door.address("paper_schedule", row.uuid))
    papers = Paginator(row.papers.order_by("-as_of", "-pk"), PAGE).get_page(request.GET.get("page"))
    told = {"line": _lines([row])[0], "papers": papers, "keeps": keeps, "body": row.body}
    told["may_change"] = keeps and row.state != ScheduleState.ENDED
    return _page(door, "scheduled/one.html", status=_status(form), title=kind_name(row.kind), form=form, **told)


def act(request: HttpRequest, door: Door, uuid: UUID, verb: str) -> HttpResponse:
    """Pause, let go on, or end; a refusal is said on its page."""
    row = _found(door, uuid)
    if verb not in ACTS or row.body not in door.keeps:
        raise Http404
    try:
        ACTS[verb](row, by=door.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, door.sentence(refusal))
    return redirect(door.address("paper_schedule", row.uuid))


def body_named(door: Door, kind: str, pk: int) -> Body:
    """The committee or agency of which this person keeps schedules. Raises Http404."""
    wanted = {"committee": Committee, "agency": Agency}.get(kind)
    for body in door.keeps:
        if isinstance(body, wanted or ()) and body.pk == pk:
            return body
    raise Http404


def _rows(door: Door) -> Any:
    committees = frozenset(body.pk for body in door.reads if isinstance(body, Committee))
    agencies = frozenset(body.pk for body in door.reads if isinstance(body, Agency))
    return PaperSchedule.objects.of(committees=committees, agencies=agencies).with_days(_today())


def _found(door: Door, uuid: UUID) -> Any:
    return get_object_or_404(_rows(door).select_related("committee", "agency", "by"), uuid=uuid)


def _lines(rows: Sequence[Any]) -> list[Line]:
    """Three queries, however many they are."""
    now, calendar = clock.now(), load_calendar()
    latest = KeptPaper.objects.filter(schedule__in=rows).order_by("schedule_id", "-as_of").distinct("schedule_id")
    last = {paper.schedule_id: paper for paper in latest}
    lines = []
    for row in rows:
        day = None
        if row.state == ScheduleState.ACTIVE:
            day = next_day(row.when, now, calendar, row.days_of_sessions)
        next_at = moment_of(row.when, day) if day else None
        lines.append(Line(row, kind_name(row.kind), day_words(row.when), next_at, last.get(row.pk)))
    return lines


def _show(door: Door, form: ScheduleForm, refusal: Refusal) -> None:
    field = refusal.field if isinstance(refusal, Invalid) and refusal.field in form.fields else None
    form.add_error(field, door.sentence(refusal))
    form.status = door.status(refusal)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _status(form: ScheduleForm) -> int:
    return form.status if form.errors else 200


def _page(door: Door, template: str, **told: Any) -> HttpResponse:
    named = {
        name: door.names + name for name in ("new_paper_schedule", "paper_schedule", "act_on_schedule", "kept_paper")
    }
    return door.page(template, frame=door.frame, desk=bool(door.names), door=door, names=named, **told)


def _today() -> date:
    return local_day(clock.now())
