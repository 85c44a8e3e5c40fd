"""A committee's own forms of its .docx papers: what is in use, the versions, a look at one with real words."""

import io
import tempfile
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Agency, Committee
from accounts.refusals import Refusal
from directives import as_of
from directives.actions.templating import bring_template, use_built_in, use_template
from directives.models import Assignment, Notice, PaperTemplate, TemplateState
from directives.models.notices import PUBLISHED
from directives.rules.refusals import N_, Invalid
from tracker import clock
from tracker.admin.fields import DeskForm
from tracker.admin.pages import page
from tracker.admin.refusals import sentence_of, show
from tracker.admin.seat import seat_of
from tracker.paper_asking import kind_name
from tracker.papers import as_docx, templates
from tracker.papers.answering import FORMS
from tracker.papers.form import Paper
from tracker.papers.kinds import PAPERS, Asking, make_paper

NOTHING_YET = N_("There is nothing yet of which this paper could tell.")


class TemplateForm(DeskForm):
    """A template as a file."""

    file = forms.FileField(
        label=gettext_lazy("Template (.docx)"), widget=forms.ClearableFileInput(attrs={"accept": ".docx"})
    )


class Line(NamedTuple):
    """A kind of paper, its version in use (None: the built-in form), and all that were brought."""

    kind: str
    name: str
    in_use: PaperTemplate | None
    versions: list[PaperTemplate]


def addresses(view: Callable[..., Any]) -> list[URLPattern]:
    """Where the pages lie among the papers."""
    of = "papers/templates/<int:committee_pk>/"
    one = "papers/templates/one/<uuid:uuid>/"
    return [
        path(of, view(all_of), name="paper_templates"),
        path(f"{of}<slug:kind>/", view(bring), name="bring_template"),
        path(f"{of}<slug:kind>/file", view(present), name="present_template"),
        path(f"{of}<slug:kind>/built-in/", view(built_in), name="use_built_in"),
        path(f"{one}look", view(look), name="look_at_template"),
        path(f"{one}use/", view(use), name="use_template"),
    ]


@require_safe
def all_of(request: HttpRequest, committee_pk: int) -> HttpResponse:
    """Each kind with what is in use."""
    committee = _committee(request, committee_pk)
    rows = PaperTemplate.objects.filter(committee=committee).select_related("by").order_by("-number")
    brought = list(rows)
    lines = [_line(kind, [row for row in brought if row.kind == kind]) for kind in _kinds()]
    return _page(request, "admin/paper_templates.html", committee=committee, lines=lines)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, committee_pk: int, kind: str) -> HttpResponse:
    """One more version: looked through, kept, and not in use before somebody says so."""
    committee = _committee(request, committee_pk)
    if kind not in _kinds():
        raise Http404
    sent = request.method == "POST"
    form, status = TemplateForm(request.POST if sent else None, request.FILES if sent else None), 400 if sent else 200
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = templates.checked(file.read(templates.LARGEST + 1))
            bring_template(committee, kind, content, name=file.name, by=seat_of(request).user, at=clock.now())
        except Refusal as refusal:
            status = show(form, refusal)
        else:
            messages.success(request, _("The template is kept. Look at it with real words, then put it into use."))
            return redirect("admin:paper_templates", committee.pk)
    told = {"kind": kind, "name": kind_name(kind), "must": templates.MUST, "may": templates.MAY, "form": form}
    return _page(request, "admin/paper_template.html", status=status, committee=committee, **told)


@require_safe
def present(request: HttpRequest, committee_pk: int, kind: str) -> Any:
    """What is in use, to be changed: the template as it was brought, or the built-in form with named places."""
    committee = _committee(request, committee_pk)
    row = PaperTemplate.objects.filter(committee=committee, kind=kind, state=TemplateState.IN_USE).first()
    if row is not None:
        return _file(row.file.open("rb"), f"{kind}-{row.number}.docx")
    try:
        paper = _real(request, committee, kind)
    except Refusal as refusal:
        return _refused(request, committee, refusal)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    as_docx.write_template(paper, file)
    return _file(file, f"{kind}.docx")


@require_safe
def look(request: HttpRequest, uuid: UUID) -> Any:
    """A paper of today in this template."""
    row = _template(request, uuid)
    with row.file.open("rb") as kept:
        own = kept.read()
    try:
        paper = _real(request, row.committee, row.kind)
        paper.template = lambda: own
        file = io.BytesIO()
        as_docx.write(paper, file)
    except Refusal as refusal:
        return _refused(request, row.committee, refusal)
    return _file(file, f"{row.kind}-{row.number}-xem-thu.docx")


@require_POST
def use(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Papers look so from now on."""
    row = _template(request, uuid)
    return _done(request, row.committee, lambda: use_template(row, by=seat_of(request).user, at=clock.now()))


@require_POST
def built_in(request: HttpRequest, committee_pk: int, kind: str) -> HttpResponse:
    """Back to the built-in form."""
    committee = _committee(request, committee_pk)
    return _done(request, committee, lambda: use_built_in(committee, kind, by=seat_of(request).user, at=clock.now()))


def _kinds() -> list[str]:
    """The kinds that are a committee's."""
    return [name for name, kind in PAPERS.items() if {"committee", "notice"} & set(kind.needs)]


def _line(kind: str, versions: list[PaperTemplate]) -> Line:
    in_use = next((row for row in versions if row.state == TemplateState.IN_USE), None)
    return Line(kind, kind_name(kind), in_use, versions)


def _real(request: HttpRequest, committee: Committee, kind: str) -> Paper:
    """A paper of this kind as of today, with real words. Raises Refusal where there is nothing to tell of."""
    seat = seat_of(request)
    given: dict[str, str] = {"committee": str(committee.uuid)}
    needs = PAPERS[kind].needs if kind in _kinds() else None
    if needs is None:
        raise Http404
    if "notice" in needs:
        notice = Notice.objects.filter(committee=committee, state__in=PUBLISHED).order_by("-pk").first()
        given = {"notice": str(notice.uuid) if notice else ""}
    if "agency" in needs:
        given["agency"] = _owing(request, committee, seat.today)
    try:
        return make_paper(kind, given, Asking(seat.sight, seat.today, seat.today))
    except ObjectDoesNotExist:
        raise Invalid("kind", NOTHING_YET) from None


def _owing(request: HttpRequest, committee: Committee, day: date) -> str:
    spans = as_of.of_committee(as_of.in_sight(seat_of(request).sight), committee)
    owing = as_of.owing(spans, day)
    return str(Agency.objects.get(pk=owing[0][0]).uuid) if owing else ""


def _committee(request: HttpRequest, pk: int) -> Committee:
    return get_object_or_404(seat_of(request).committees(), pk=pk)


def _template(request: HttpRequest, uuid: UUID) -> PaperTemplate:
    rows = PaperTemplate.objects.filter(committee__in=seat_of(request).committees())
    return get_object_or_404(rows.select_related("committee"), uuid=uuid)


def _done(request: HttpRequest, committee: Committee, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    return redirect("admin:paper_templates", committee.pk)


def _refused(request: HttpRequest, committee: Committee, refusal: Refusal) -> HttpResponse:
    messages.error(request, sentence_of(refusal))
    return redirect("admin:paper_templates", committee.pk)


def _file(content: Any, name: str) -> FileResponse:
    content.seek(0)
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=FORMS["docx"].content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _page(request: HttpRequest, template: str, **told: Any) -> HttpResponse:
    return page(request, template, title=_("Templates of the .docx papers"), model=Assignment, **told)
