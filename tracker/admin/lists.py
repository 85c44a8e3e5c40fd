"""A list of directives comes in: the file and its columns, the check of every row, the entry of what was checked."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db.models import Prefetch
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.refusals import Refusal
from accounts.roles import NotAllowed, Verb
from directives.actions.list_lines import Outcome, Plan
from directives.actions.listing import Source, check_list, enter_list
from directives.models import Addressee, Directive, Notice
from directives.rules.refusals import Invalid
from tracker import clock
from tracker.admin.drafts import for_drafts, steps_of
from tracker.admin.list_files import forget, keep, kept
from tracker.admin.list_forms import AnswersForm, ColumnsForm, FileForm
from tracker.admin.list_told import grouped, lines_told
from tracker.admin.list_words import directive_columns
from tracker.admin.pages import page, refused_page
from tracker.admin.refusals import sentence_of, show, status_of
from tracker.admin.seat import seat_of
from tracker.admin.sheets import sent
from tracker.documents.table import Table

SALT = "list of directives"
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
    title = _("Read in a list of directives")
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
    try:
        plan = check_list(notice, rows, form.wishes(request.POST), by=seat.user, at=clock.now())
    except Refusal as refusal:
        form.add_error(None, sentence_of(refusal))
        return _columns_page(request, notice, source, form, status=status_of(refusal))
    answers = AnswersForm(plan, seat, request.POST)
    typed = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    return page(
        request,
        TEMPLATE % "check",
        title=_("Check of the list"),
        model=Notice,
        notice=notice,
        source=source,
        plan=plan,
        counts=_counts(plan),
        faults=grouped(plan.faults),
        notes=grouped(plan.notes),
        sections=sections,
        unread=form.unread(),
        questions=answers,
        kept={name: value for name, value in typed.items() if name not in answers.fields},
        told=lines_told(plan),
        token="" if plan.faults else _signed(request, notice, source, plan, typed),
        steps=steps_of(notice),
        step="paragraphs",
    )


def _counts(plan: Plan) -> dict[str, int]:
    return {outcome.value: plan.count(outcome) for outcome in Outcome} | {"rows": len(plan.lines)}


def _signed(request: HttpRequest, notice: Notice, source: Source, plan: Plan, typed: dict[str, Any]) -> str:
    """What was checked, so that nothing else can be entered: by whom, which file, at which version, what result."""
    told = {"by": request.user.pk, "notice": notice.pk, "sha256": source.sha256, "typed": typed}
    return signing.dumps({**told, "version": notice.version, "digest": plan.digest}, salt=SALT, compress=True)


@require_POST
@with_table
def enter(request: HttpRequest, notice: Notice, source: Source, table: Table) -> HttpResponse:
    """The third step: what was checked is entered, all of it or nothing."""
    seat = seat_of(request)
    try:
        told = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        told = {}
    if (told.get("by"), told.get("notice"), told.get("sha256")) != (seat.user.pk, notice.pk, source.sha256):
        messages.warning(request, _("This list was not checked yet."))
        return redirect("admin:notice_list_columns", notice.pk, source.sha256)
    form = ColumnsForm(table, notice, told["typed"])
    form.is_valid()
    checked = {"version": told["version"], "digest": told["digest"], "source": source}
    try:
        plan = enter_list(notice, form.rows()[0], form.wishes(told["typed"]), by=seat.user, at=clock.now(), **checked)
    except Refusal as refusal:
        form.add_error(None, sentence_of(refusal))
        form.add_error(None, _("Nothing was entered. Check the list again."))
        return _columns_page(request, notice, source, form, status=status_of(refusal))
    forget(seat.user, notice, source.sha256)
    _thank(request, _counts(plan))
    return redirect("admin:notice_paragraphs", notice.pk)


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
