"""One verb for many assignments at the desk: what would be refused and why, one reason, and what became of each."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.refusals import Refusal
from directives.actions.many import AT_ONCE, as_chosen, carry_out_next, choose, foreseen, start, tried
from directives.models import Assignment, BulkChange, BulkRow, RowState
from directives.rules.lifecycle import LABELS, State, after
from directives.rules.spelling import without_marks
from tracker import clock
from tracker.admin.many_changed import ManyForm, changed_rows, choose_again, differences, late_rows, left_out
from tracker.admin.pages import page
from tracker.admin.refusals import sentence_of, show
from tracker.admin.seat import seat_of
from tracker.admin.sheets import XLSX
from tracker.admin.verbs import VERBS
from tracker.documents import workbook
from tracker.waking import wake

SHOWN = 100
GIVEN: dict[str, Any] = {"reason": "", "seen": "", "anew": ()}
WIDTHS = (34, 60, 18, 16, 18, 18, 60)


@dataclass(frozen=True)
class Line:
    """A row of the change as it is shown: the state before and after, or why it is refused."""

    row: BulkRow
    before: str
    after: str
    refused: str
    meanwhile: str = ""  # what somebody else changed of it before its turn came

    @property
    def changed(self) -> bool:
        return not self.refused


def addresses(view: Callable[..., Any]) -> list[URLPattern]:
    """Where these pages lie among the assignments."""
    return [
        path("many/<uuid:uuid>/", view(one_change), name="bulk_change"),
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


def one_change(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Before it is started: what would be refused, and the reason. Afterwards: what became of each."""
    seat = seat_of(request)
    change = get_object_or_404(BulkChange, uuid=uuid, by=seat.user)
    form, status = ManyForm(change, request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        form.is_valid()
        given = {name: form.cleaned_data.get(name) or default for name, default in GIVEN.items()}
        try:
            start(change, by=seat.user, at=clock.now(), **{**given, "seen": given["seen"] or as_chosen(change)})
        except Refusal as refusal:
            status = show(form, refusal)
            form.shown_again(change)
        else:
            _carry_out(change)
            return redirect("admin:bulk_change", change.uuid)
    return _told(request, change, status) if change.started_at else _foretold(request, change, form, status)


@require_safe
def sheet(request: HttpRequest, uuid: Any) -> FileResponse:
    """What became of each row, as a file to keep."""
    change = get_object_or_404(BulkChange, uuid=uuid, by=seat_of(request).user)
    title = _("Change of many assignments")
    heads = (_("agency"), _("directive"), _("notice"), _("result"), _("before"), _("after"), _("reason"))
    headings = [workbook.Heading(capfirst(text), width) for text, width in zip(heads, WIDTHS, strict=True)]
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    workbook.write(file, title=title, headings=headings, rows=map(_cells, _lines(_rows(change).iterator(2000))))
    file.seek(0)
    name = f"{without_marks(title).lower().replace(' ', '-')}-{clock.today():%Y-%m-%d}.xlsx"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    answer["Cache-Control"] = "no-store"
    return answer


def _carry_out(change: BulkChange) -> None:
    """A page of rows at once; more are for a worker, which is told and would find them anyway."""
    n = change.rows.count()
    if n > AT_ONCE:
        wake("change_many")
        return
    while n and carry_out_next(at=clock.now(), change=change):
        n -= 1


def _foretold(request: HttpRequest, change: BulkChange, form: ManyForm, status: int) -> HttpResponse:
    seat, now, n = seat_of(request), clock.now(), change.rows.count()
    exact = n <= AT_ONCE
    refusals = tried(change, by=seat.user, at=now) if exact else foreseen(change, by=seat.user, at=now)
    told = {pk: sentence_of(refusal) for pk, refusal in refusals.items()}
    return page(
        request,
        "admin/directives/assignment/many.html",
        title=_("%(verb)s: %(n)d assignments") % {"verb": VERBS[change.verb].title, "n": n},
        model=Assignment,
        status=status,
        change=change,
        verb=VERBS[change.verb],
        form=form,
        n=n,
        n_refused=len(told),
        n_going=n - len(told),
        changed=changed_rows(change, form),
        n_changed=late_rows(change).count(),
        why=Counter(told.values()).most_common(),
        lines=_lines(_rows(change)[:SHOWN], told),
        exact=exact,
        shown=SHOWN,
        in_background=not exact,
    )


def _told(request: HttpRequest, change: BulkChange, status: int) -> HttpResponse:
    sums = dict(change.rows.order_by().values_list("state").annotate(n=Count("pk")))
    waiting, n = sums.get(RowState.WAITING, 0), sum(sums.values())
    refused = change.rows.filter(state=RowState.REFUSED).order_by("pk")
    return page(
        request,
        "admin/directives/assignment/many_done.html",
        title=_("%(verb)s: %(n)d assignments") % {"verb": VERBS[change.verb].title, "n": n},
        model=Assignment,
        status=status,
        change=change,
        waiting=waiting,
        done=n - waiting,
        n=n,
        n_changed=sums.get(RowState.CHANGED, 0),
        n_refused=refused.count(),
        n_left=left_out(change).count(),
        lines=_lines(_rows(change).exclude(state=RowState.WAITING).order_by("-state", "pk")[:SHOWN]),
        shown=SHOWN,
    )


def _rows(change: BulkChange) -> QuerySet[BulkRow]:
    rows = change.rows.select_related("change", "assignment__agency", "assignment__directive__notice")
    return rows.defer("assignment__directive__notice__text").order_by("pk")


def _lines(rows: Iterable[BulkRow], foretold: Mapping[int, str] | None = None) -> list[Line]:
    if foretold is not None:
        return [_foretold_line(row, foretold.get(row.pk, "")) for row in rows]
    return [_done_line(row) for row in rows]


def _done_line(row: BulkRow) -> Line:
    before, after = _state(row.before.get("state")), _state(row.after.get("state"))
    if row.state != RowState.REFUSED or not row.before:
        return Line(row, before, after, _why(row))
    told = "; ".join(f"{fact.name}: {fact.before} → {fact.after}" for fact in differences(row.before, row.after))
    return Line(row, before, after, _why(row), told)


def _foretold_line(row: BulkRow, refused: str) -> Line:
    work = row.assignment
    then = "" if refused else _state(after(work.state, row.change.verb, left=work.resume_to))
    return Line(row, _state(work.state), then, refused)


def _state(state: str | None) -> str:
    return _(LABELS[State(state)]) if state else ""


def _why(row: BulkRow) -> str:
    return sentence_of(Refusal(row.sentence, **row.params)) if row.sentence else ""


def _cells(line: Line) -> list[Any]:
    row = line.row
    about = [str(row.assignment.agency), row.assignment.directive.wording, str(row.assignment.directive.notice)]
    return [*about, str(row.get_state_display()), line.before, line.after, line.refused]
