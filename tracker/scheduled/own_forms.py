"""The pages of own forms of papers: what is in use, the versions, a look at one with real words."""

import tempfile
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Agency, Committee
from accounts.people import Reach, reach
from accounts.refusals import Refusal
from directives import as_of
from directives.actions.templating import bring_template, use_built_in, use_template
from directives.models import Notice, PaperTemplate, TemplateState
from directives.models.notices import PUBLISHED
from directives.rules.refusals import N_, Invalid
from directives.rules.working_days import local_day
from tracker import clock
from tracker.paper_asking import kind_name
from tracker.papers import as_docx, as_xlsx, templates, xlsx_templates
from tracker.papers.answering import FORMS
from tracker.papers.form import Paper
from tracker.papers.kinds import PAPERS, Asking, make_paper
from tracker.scheduled.pages import Body, Door

NOTHING_YET = N_("There is nothing yet of which this paper could tell.")
# The kinds of file that can have an own form: how one is looked through, written with named places, and filled in.
CHECKED: dict[str, Callable[[bytes], bytes]] = {"docx": templates.checked, "xlsx": xlsx_templates.checked}
WRITTEN: dict[str, Callable[[Paper, Any], None]] = {"docx": as_docx.write_template, "xlsx": as_xlsx.write_template}
MUST: dict[str, Sequence[str]] = {"docx": templates.MUST, "xlsx": xlsx_templates.MUST}
MAY: dict[str, Sequence[str]] = {"docx": templates.MAY, "xlsx": xlsx_templates.MAY}


class TemplateForm(forms.Form):
    """A template as a file."""

    file = forms.FileField(label=gettext_lazy("Template"))

    def __init__(self, form: str, *sent: Any) -> None:
        super().__init__(*sent)
        self.label_suffix = ""
        self.fields["file"].label = _("Template (.%(form)s)") % {"form": form}
        self.fields["file"].widget = forms.ClearableFileInput(attrs={"accept": f".{form}"})


class Line(NamedTuple):
    """A kind of paper as one kind of file, its version in use (None: the built-in form), and all that were brought."""

    kind: str
    form: str
    name: str
    in_use: PaperTemplate | None
    versions: list[PaperTemplate]


def all_of(door: Door, body: Body) -> HttpResponse:
    """Each kind with what is in use."""
    brought = list(PaperTemplate.objects.of(body).select_related("by").order_by("-number"))
    lines = [
        _line(kind, form, [row for row in brought if (row.kind, row.form) == (kind, form)])
        for kind in _kinds(body)
        for form in CHECKED
    ]
    return _page(door, "scheduled/own_forms.html", body=body, lines=lines)


def bring(request: HttpRequest, door: Door, body: Body, kind: str, form: str) -> HttpResponse:
    """One more version: looked through, kept, and not in use before somebody says so."""
    _expect(body, kind, form)
    sent = request.method == "POST"
    page, status = TemplateForm(form, *((request.POST, request.FILES) if sent else ())), 400 if sent else 200
    door.dress(page)
    if page.is_valid():
        file = page.cleaned_data["file"]
        try:
            content = CHECKED[form](file.read(templates.LARGEST + 1))
            bring_template(body, kind, form, content, name=file.name, by=door.user, at=clock.now())
        except Refusal as refusal:
            field = refusal.field if isinstance(refusal, Invalid) and refusal.field in page.fields else None
            page.add_error(field, door.sentence(refusal))
            status = door.status(refusal)
        else:
            messages.success(request, _("The template is kept. Look at it with real words, then put it into use."))
            return _back(door, body)
    told = {"kind": kind, "file": form, "name": kind_name(kind), "must": MUST[form], "may": MAY[form], "form": page}
    return _page(door, "scheduled/own_form.html", status=status, body=body, **told)


def present(request: HttpRequest, door: Door, body: Body, kind: str, form: str) -> Any:
    """What is in use, to be changed: the template as it was brought, or the built-in form with named places."""
    _expect(body, kind, form)
    row = PaperTemplate.objects.of(body).filter(kind=kind, form=form, state=TemplateState.IN_USE).first()
    if row is not None:
        return _file(row.file.open("rb"), f"{kind}-{row.number}", form)
    try:
        paper = _real(door, body, kind)
    except Refusal as refusal:
        return _refused(request, door, body, refusal)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    WRITTEN[form](paper, file)
    return _file(file, kind, form)


def look(request: HttpRequest, door: Door, uuid: UUID) -> Any:
    """A paper of today in this template."""
    row = template_named(door, uuid)
    with row.file.open("rb") as kept:
        own = kept.read()
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    try:
        paper = _real(door, row.body, row.kind)
        paper.template = lambda form: own if form == row.form else None
        FORMS[row.form].write(paper, file)
    except Refusal as refusal:
        file.close()
        return _refused(request, door, row.body, refusal)
    return _file(file, f"{row.kind}-{row.number}-xem-thu", row.form)


def use(request: HttpRequest, door: Door, uuid: UUID) -> HttpResponse:
    """Papers look so from now on."""
    row = template_named(door, uuid)
    return _done(request, door, row.body, lambda: use_template(row, by=door.user, at=clock.now()))


def built_in(request: HttpRequest, door: Door, body: Body, kind: str, form: str) -> HttpResponse:
    """Back to the built-in form."""
    _expect(body, kind, form)
    return _done(request, door, body, lambda: use_built_in(body, kind, form, by=door.user, at=clock.now()))


def template_named(door: Door, uuid: UUID) -> PaperTemplate:
    """One of the bodies whose papers this person keeps. Raises Http404."""
    row = get_object_or_404(PaperTemplate.objects.select_related("committee", "agency"), uuid=uuid)
    if row.body not in door.keeps:
        raise Http404
    return row


def _kinds(body: Body) -> list[str]:
    """The kinds that are this body's."""
    if isinstance(body, Committee):
        return [name for name, kind in PAPERS.items() if {"committee", "notice"} & set(kind.needs)]
    return [name for name, kind in PAPERS.items() if kind.needs == ("agency",)]


def _expect(body: Body, kind: str, form: str) -> None:
    if kind not in _kinds(body) or form not in CHECKED:
        raise Http404


def _line(kind: str, form: str, versions: list[PaperTemplate]) -> Line:
    in_use = next((row for row in versions if row.state == TemplateState.IN_USE), None)
    return Line(kind, form, kind_name(kind), in_use, versions)


def _real(door: Door, body: Body, kind: str) -> Paper:
    """A paper of this kind as of today, with real words. Raises Refusal where there is nothing to tell of."""
    today = local_day(clock.now())
    sight = reach(door.user, today)
    try:
        return make_paper(kind, _given(body, PAPERS[kind].needs, sight), Asking(sight, today, today))
    except ObjectDoesNotExist:
        raise Invalid("kind", NOTHING_YET) from None


def _given(body: Body, needs: Sequence[str], sight: Reach) -> dict[str, str]:
    if isinstance(body, Agency):
        return {"agency": str(body.uuid)}
    if "notice" in needs:
        notice = Notice.objects.filter(committee=body, state__in=PUBLISHED).order_by("-pk").first()
        return {"notice": str(notice.uuid) if notice else ""}
    given = {"committee": str(body.uuid)}
    return {**given, "agency": _owing(body, sight)} if "agency" in needs else given


def _owing(committee: Committee, sight: Reach) -> str:
    owing = as_of.owing(as_of.of_committee(as_of.in_sight(sight), committee), local_day(clock.now()))
    return str(Agency.objects.get(pk=owing[0][0]).uuid) if owing else ""


def _done(request: HttpRequest, door: Door, body: Body, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, door.sentence(refusal))
    return _back(door, body)


def _refused(request: HttpRequest, door: Door, body: Body, refusal: Refusal) -> HttpResponse:
    messages.error(request, door.sentence(refusal))
    return _back(door, body)


def _back(door: Door, body: Body) -> HttpResponse:
    return redirect(door.address("paper_templates", body.pk))


def _file(content: Any, name: str, form: str) -> FileResponse:
    content.seek(0)
    answer = FileResponse(content, as_attachment=True, filename=f"{name}.{form}", content_type=FORMS[form].content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


NAMES = ("paper_templates", "bring_template", "present_template", "look_at_template", "use_template", "use_built_in")


def _page(door: Door, template: str, *, status: int = 200, **told: Any) -> HttpResponse:
    named = {name: door.names + name for name in NAMES}
    told |= {"frame": door.frame, "desk": bool(door.names), "names": named, "title": _("Templates of papers")}
    return door.page(template, status=status, **told)
