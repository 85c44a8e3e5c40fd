"""One verb for many assignments at the desk: what is wanted, what would be refused and why, and what became of each."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import OperationalError
from django.db.models import Count, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.refusals import Refusal
from directives.actions.many import AT_ONCE, as_chosen, carry_out_next, choose, start, tried
from directives.actions.many_foreseen import foreseen
from directives.actions.many_told import end_next
from directives.actions.many_wishes import want
from directives.models import Assignment, BulkChange, BulkRow, RowState
from tracker import clock
from tracker.admin.many_changed import ManyForm, changed_rows, choose_again, late_rows, left_out
from tracker.admin.many_lines import Line, done, foretold, rows_of
from tracker.admin.many_wishes import wanted_words, wish_form
from tracker.admin.pages import page
from tracker.admin.refusals import sentence_of, show
from tracker.admin.seat import Seat, seat_of
from tracker.admin.sheet_columns import Column
from tracker.admin.sheets import sent
from tracker.admin.verbs import VERBS
from tracker.waking import wake

SHOWN = 100
ONLY = (RowState.CHANGED, RowState.REFUSED)
GIVEN: dict[str, Any] = {"reason": "", "seen": "", "anew": ()}
PAGE, DONE, PROGRESS = (f"admin/directives/assignment/{name}.html" for name in ("many", "many_done", "_many_done"))


def addresses(view: Callable[..., Any]) -> list[URLPattern]:
    """Where these pages lie among the assignments."""
    return [
        path("many/<uuid:uuid>/", view(one_change), name="bulk_change"),
        path("many/<uuid:uuid>/want/", view(say_what), name="bulk_change_want"),
        path("many/<uuid:uuid>/sheet/", view(sheet), name="bulk_change_sheet"),
        path("many/<uuid:uuid>/again/", view(choose_again), name="bulk_change_again"),
    ]


def chosen(request: HttpRequest, verb: str, rows: QuerySet[Assignment]) -> HttpResponse | None:
    """From the list to the page that shows what would happen; nothing is changed yet."""
    try:
        change = choose(verb, rows.order_by("pk"), by=seat_of(request).user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
        return None
    return redirect("admin:bulk_change", change.uuid)


def _found(seat: Seat, uuid: UUID) -> BulkChange:
    return get_object_or_404(BulkChange.objects.in_reach(seat.sight, seat.user).select_related("by"), uuid=uuid)


@require_POST
def say_what(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """To which agency, or by when: noted, and shown for each row; nothing is changed yet."""
    seat = seat_of(request)
    change = _found(seat, uuid)
    form, status = wish_form(change, request.POST), 400
    if form is None:
        return redirect("admin:bulk_change", change.uuid)
    if form.is_valid():
        try:
            want(change, by=seat.user, at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            status = show(form, refusal)
        else:
            return redirect("admin:bulk_change", change.uuid)
    if change.started_at:
        return _told(request, change, status)
    return _foretold(request, change, ManyForm(change), status, wish=form)


def one_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Before it is started: what would be refused, and the reason. Afterwards: what became of each."""
    seat = seat_of(request)
    change = _found(seat, uuid)
    form, status = ManyForm(change, request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        form.is_valid()
        given = {name: form.cleaned_data.get(name) or default for name, default in GIVEN.items()}
        try:
            start(change, by=seat.user, at=clock.now(), **{**given, "seen": given["seen"] or as_chosen(change)})
        except Refusal as refusal:
            status = show(form, refusal)
            change = _found(seat, uuid)  # a second click meets what the first has started
            form.shown_again(change)
        else:
            _carry_out(change)
            return redirect("admin:bulk_change", change.uuid)
    return _told(request, change, status) if change.started_at else _foretold(request, change, form, status)


@require_safe
def sheet(request: HttpRequest, uuid: UUID) -> FileResponse:
    """What became of each row, as a file to keep."""
    seat = seat_of(request)
    rows = rows_of(_found(seat, uuid), seat.sight)
    return sent(_("Change of many assignments"), _columns(), done(rows.iterator(2000)))


def _columns() -> list[Column]:
    return [
        Column(_("agency"), lambda line: str(line.row.assignment.agency), 34),
        Column(_("directive"), lambda line: line.row.assignment.directive.wording, 60),
        Column(_("notice"), lambda line: str(line.row.assignment.directive.notice), 18),
        Column(_("result"), lambda line: str(line.row.get_state_display()), 16),
        Column(_("before"), lambda line: line.before, 28),
        Column(_("after"), lambda line: line.after, 28),
        Column(_("reason"), lambda line: line.refused, 60),
    ]


def _carry_out(change: BulkChange) -> None:
    """A page of rows at once; more are for a worker, which is told and would find them anyway."""
    n = change.chosen
    if n > AT_ONCE:
        wake("change_many")
        return
    try:
        while n and carry_out_next(at=clock.now(), change=change):
            n -= 1
        end_next(at=clock.now(), change=change)
    except OperationalError:  # somebody held the row too long: what is left waits for the worker
        wake("change_many")


def _foretold(
    request: HttpRequest, change: BulkChange, form: ManyForm, status: int, *, wish: forms.Form | None = None
) -> HttpResponse:
    wish = wish or wish_form(change)
    known = wish is None or bool(change.wanted)
    told, lines = _refusals(request, change) if known else ({}, [])
    only = request.GET.get("only", "")
    return page(
        request,
        PAGE,
        title=_title(change),
        model=Assignment,
        status=status,
        change=change,
        verb=VERBS[change.verb],
        form=form,
        wish=wish,
        wanted=wanted_words(change),
        known=known,
        n=change.chosen,
        n_refused=len(told),
        n_going=change.chosen - len(told),
        changed=changed_rows(change, form) if known else [],
        n_changed=late_rows(change).count(),
        why=Counter(told.values()).most_common(),
        lines=lines,
        shown=SHOWN,
        pages=_pages(request, {"changed": change.chosen - len(told), "refused": len(told)}.get(only, change.chosen)),
        in_background=change.chosen > AT_ONCE,
    )


def _refusals(request: HttpRequest, change: BulkChange) -> tuple[dict[int, str], list[Line]]:
    """What would be refused and why, and the first rows as they would become."""
    seat, now = seat_of(request), clock.now()
    ask = tried if change.chosen <= AT_ONCE else foreseen
    told = {pk: sentence_of(refusal) for pk, refusal in ask(change, by=seat.user, at=now).items()}
    rows = rows_of(change, seat.sight)
    only = request.GET.get("only")
    if only in ONLY:
        rows = rows.filter(pk__in=told) if only == RowState.REFUSED else rows.exclude(pk__in=told)
    return told, foretold(change, _of_page(request, rows), told, at=now)


def _of_page(request: HttpRequest, rows: QuerySet[BulkRow]) -> list[BulkRow]:
    """Some of them at a time."""
    return list(Paginator(rows, SHOWN).get_page(request.GET.get("page")))


def _pages(request: HttpRequest, many: int) -> Any:
    """Which of how many pages are shown."""
    return Paginator(range(many), SHOWN).get_page(request.GET.get("page"))


def _told(request: HttpRequest, change: BulkChange, status: int) -> HttpResponse:
    seat = seat_of(request)
    rows = rows_of(change, seat.sight)
    sums = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    waiting, n = sums.get(RowState.WAITING, 0), sum(sums.values())
    only = request.GET.get("only")
    states = [only] if only in ONLY else [state for state in sums if state != RowState.WAITING]
    told = rows.filter(state__in=states)
    return page(
        request,
        PROGRESS if request.htmx else DONE,
        title=_title(change),
        model=Assignment,
        status=status,
        change=change,
        own=change.by_id == seat.user.pk,
        wanted=wanted_words(change),
        waiting=waiting,
        done=n - waiting,
        n=n,
        n_changed=sums.get(RowState.CHANGED, 0),
        n_refused=sums.get(RowState.REFUSED, 0),
        n_left=left_out(change).count(),
        lines=list(done(_of_page(request, told.order_by("-state", "pk")))),
        pages=_pages(request, sum(sums.get(state, 0) for state in states)),
    )


def _title(change: BulkChange) -> str:
    return _("%(verb)s: %(n)d assignments") % {"verb": VERBS[change.verb].title, "n": change.chosen}
