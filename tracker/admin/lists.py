"""A list of directives comes in: the file and its columns, the check of every row, the entry of what was checked."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.db.models import Prefetch
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.refusals import Refusal
from accounts.roles import NotAllowed, Verb
from directives.actions.list_runs import ask_for
from directives.actions.listing import Source, check_list, enter_list
from directives.models import Addressee, Directive, IntakeState, ListRun, ListStep, Notice
from directives.rules.refusals import Invalid
from tracker import clock
from tracker.admin.drafts import for_drafts, steps_of
from tracker.admin.list_files import forget, keep, kept
from tracker.admin.list_forms import AnswersForm, ColumnsForm, FileForm
from tracker.admin.list_told import as_told, counts_of, told_of
from tracker.admin.list_words import directive_columns
from tracker.admin.pages import page, refused_page
from tracker.admin.refusals import sentence_of, show, status_of
from tracker.admin.seat import seat_of
from tracker.admin.sheets import sent
from tracker.documents.table import Table
from tracker.waking import wake

SALT = "list of directives"
AT_ONCE = 200  # rows that are checked and entered while the page waits; more are for a worker
VALID_FOR = 24 * 3600  # seconds between check and entry
TEMPLATE = "admin/directives/notice/list_%s.html"
View = Callable[..., HttpResponse]


def choose(request: HttpRequest) -> HttpResponse:
    """From the list of notices: which draft, and which file."""
    if not seat_of(request).can(Verb.DRAFT):
        return refused_page(request, NotAllowed(_("Only a secretariat enters notices.")))
    return _take(request, None)


@for_drafts
def upload(request: HttpRequest, notice: Notice) -> HttpResponse:
    """The first step: the file, of which the columns are looked at next."""
    return _take(request, notice)


def _take(request: HttpRequest, notice: Notice | None) -> HttpResponse:
    seat = seat_of(request)
    form, status = FileForm(seat, notice, request.POST or None, request.FILES or None), 200
    if form.is_valid():
        draft, file = notice or form.cleaned_data["notice"], form.cleaned_data["file"]
        try:
            sha256 = keep(seat.user, draft, file.name, file.read())
        except Refusal as refusal:
            status = show(form, refusal)
        else:
            return redirect("admin:notice_list_columns", draft.pk, sha256)
    steps = {"steps": steps_of(notice), "step": "paragraphs"} if notice else {}
    title = _("Import a list of directives")
    return page(request, TEMPLATE % "file", title=title, model=Notice, status=status, form=form, notice=notice, **steps)


def with_table(view: View) -> View:
    """Hand the kept file to the view; where it is gone, it is to be chosen again."""

    @wraps(view)
    @for_drafts
    def found(request: HttpRequest, notice: Notice, sha256: str) -> HttpResponse:
        try:
            name, table = kept(seat_of(request).user, notice, sha256)
        except Invalid as refusal:
            messages.warning(request, sentence_of(refusal))
            return redirect("admin:notice_list", notice.pk)
        return view(request, notice, Source(name, sha256), table)

    return found


@with_table
def columns(request: HttpRequest, notice: Notice, source: Source, table: Table) -> HttpResponse:
    """What each column means, as guessed, or as it was said before."""
    return _columns_page(request, notice, source, ColumnsForm(table, notice, request.POST or None))


def _columns_page(
    request: HttpRequest, notice: Notice, source: Source, form: ColumnsForm, status: int = 200
) -> HttpResponse:
    title = _("What the columns mean")
    told = {"notice": notice, "source": source, "sheet": form.table.sheet, "rows": len(form.table.rows)}
    told["has_paragraphs"] = notice.paragraphs.exists()
    steps = {"steps": steps_of(notice), "step": "paragraphs"}
    return page(request, TEMPLATE % "columns", title=title, model=Notice, status=status, form=form, **told, **steps)


@require_POST
@with_table
def check(request: HttpRequest, notice: Notice, source: Source, table: Table) -> HttpResponse:
    """The second step: every row is looked at, all that is wrong is said, and nothing is written."""
    form = ColumnsForm(table, notice, request.POST)
    if form.moved or not form.is_valid():
        return _columns_page(request, notice, source, form, status=200 if form.moved else 400)
    seat, (rows, sections) = seat_of(request), form.rows()
    typed = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    try:
        if len(rows) > AT_ONCE:
            return _ask_a_worker(request, notice, ListStep.CHECK, source, typed)
        plan = check_list(notice, rows, form.wishes(request.POST), by=seat.user, at=clock.now())
    except Refusal as refusal:
        form.add_error(None, sentence_of(refusal))
        return _columns_page(request, notice, source, form, status=status_of(refusal))
    return _check_page(request, notice, source, told_of(plan, form, sections), typed)


def _check_page(
    request: HttpRequest, notice: Notice, source: Source, found: dict[str, Any], typed: dict[str, Any]
) -> HttpResponse:
    """What the check says; where it found no fault, the way to enter exactly this."""
    answers = AnswersForm(found, notice, seat_of(request), typed)
    return page(
        request,
        TEMPLATE % "check",
        title=_("Check of the list"),
        model=Notice,
        notice=notice,
        source=source,
        **as_told(found),
        questions=answers,
        kept={name: value for name, value in typed.items() if name not in answers.fields},
        token=_signed(request, notice, source, found, typed) if found["digest"] else "",
        steps=steps_of(notice),
        step="paragraphs",
    )


def _signed(request: HttpRequest, notice: Notice, source: Source, found: dict[str, Any], typed: dict[str, Any]) -> str:
    """What was checked, so that nothing else can be entered: by whom, which file, at which version, what result."""
    told = {"by": request.user.pk, "notice": notice.pk, "sha256": source.sha256, "name": source.name, "typed": typed}
    checked = {"version": found["version"], "digest": found["digest"]}
    return signing.dumps({**told, "checked": checked, "rows": found["counts"]["rows"]}, salt=SALT, compress=True)


def _ask_a_worker(
    request: HttpRequest,
    notice: Notice,
    step: ListStep,
    source: Source,
    typed: dict[str, Any],
    checked: dict[str, Any] | None = None,
) -> HttpResponse:
    """Long lists are for a worker; the page tells how far that is."""
    asked = {"name": source.name, "sha256": source.sha256, "language": get_language() or "vi"}
    told = {"by": seat_of(request).user, "at": clock.now(), "typed": typed, "checked": checked}
    run = ask_for(notice, step, **asked, **told)
    wake("lists")
    return redirect("admin:notice_list_run", notice.pk, run.uuid)


@for_drafts
def run_page(request: HttpRequest, notice: Notice, uuid: UUID) -> HttpResponse:
    """How far the check or the entry of a long list is; then what came of it."""
    run = get_object_or_404(ListRun, uuid=uuid, notice=notice, by=seat_of(request).user)
    waits = run.state in (IntakeState.WAITING, IntakeState.READING)
    if request.htmx and not waits:
        return HttpResponseClientRedirect(request.path)
    if run.state == IntakeState.READ and run.step == ListStep.ENTER:
        _thank(request, run.found["counts"])
        return redirect("admin:notice_paragraphs", notice.pk)
    if run.state == IntakeState.READ:
        return _check_page(request, notice, Source(run.name, run.sha256), run.found, run.typed)
    title = _("The list is being checked") if run.step == ListStep.CHECK else _("The list is being entered")
    told = {"notice": notice, "run": run, "waits": waits, "steps": steps_of(notice), "step": "paragraphs"}
    told["sentence"] = sentence_of(Refusal(run.sentence, **run.params)) if run.sentence else ""
    return page(request, TEMPLATE % ("_run" if request.htmx else "run"), title=title, model=Notice, **told)


@require_POST
@for_drafts
def enter(request: HttpRequest, notice: Notice, sha256: str) -> HttpResponse:
    """The third step: what was checked is entered, all of it or nothing."""
    seat = seat_of(request)
    try:
        told = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        told = {}
    if (told.get("by"), told.get("notice"), told.get("sha256")) != (seat.user.pk, notice.pk, sha256):
        messages.warning(request, _("This list was not checked yet."))
        return redirect("admin:notice_list_columns", notice.pk, sha256)
    if told["rows"] <= AT_ONCE:
        return _enter_now(request, notice.pk, sha256, told)
    source = Source(told["name"], sha256)
    try:
        return _ask_a_worker(request, notice, ListStep.ENTER, source, told["typed"], told["checked"])
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect("admin:notice_list_columns", notice.pk, sha256)


def _enter_now(request: HttpRequest, pk: int, sha256: str, told: dict[str, Any]) -> HttpResponse:
    @with_table
    def entered(request: HttpRequest, notice: Notice, source: Source, table: Table) -> HttpResponse:
        seat, form = seat_of(request), ColumnsForm(table, notice, told["typed"])
        form.is_valid()
        rows, wishes = form.rows()[0], form.wishes(told["typed"])
        try:
            plan = enter_list(notice, rows, wishes, by=seat.user, at=clock.now(), source=source, **told["checked"])
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            form.add_error(None, _("Nothing was entered. Check the list again."))
            return _columns_page(request, notice, source, form, status=status_of(refusal))
        forget(seat.user, notice, source.sha256)
        _thank(request, counts_of(plan))
        return redirect("admin:notice_paragraphs", notice.pk)

    return entered(request, pk=pk, sha256=sha256)


def _thank(request: HttpRequest, counts: dict[str, int]) -> None:
    if not counts["new"] and not counts["changed"]:
        messages.success(request, _("The list says nothing new: nothing was changed."))
        return
    added = ngettext("%(n)d directive was added", "%(n)d directives were added", counts["new"]) % {"n": counts["new"]}
    changed = _("%(n)d changed, %(same)d stay as they were") % {"n": counts["changed"], "same": counts["same"]}
    messages.success(request, f"{added}, {changed}.")


@require_safe
def directives_sheet(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The directives of a notice as a list that can come back."""
    seat = seat_of(request)
    notice = get_object_or_404(Notice.objects.in_reach(seat.sight), pk=pk)
    named = Addressee.objects.select_related("agency", "group").order_by("pk")
    rows = Directive.objects.filter(notice=notice, given_by=None).select_related("notice").defer("notice__text")
    rows = rows.prefetch_related(Prefetch("addressees", named)).order_by("position")
    return sent(_("Directives"), directive_columns(), rows.iterator(chunk_size=1000))
