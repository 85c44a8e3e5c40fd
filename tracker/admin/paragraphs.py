"""The second step: the text falls into paragraphs; of each a person says what it is, in the split view."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from directives.actions.cutting import cut_paragraph, join_paragraph
from directives.actions.entering import mark_paragraph
from directives.actions.moving import SOMEBODY_WAS_FASTER, lock_notice
from directives.models import HandledAs, Notice, Paragraph
from directives.models.notices import NO_DIRECTIVE
from directives.rules.refusals import Stale
from tracker import clock
from tracker.admin.bench import OVERVIEW, beside, onward, place, seen_of
from tracker.admin.drafts import as_seen, for_drafts
from tracker.admin.fields import DeskForm
from tracker.admin.pages import page
from tracker.admin.refusals import sentence_of
from tracker.admin.seat import seat_of
from tracker.drafting import propose_from_text

REST = [("", gettext_lazy("leave as they are")), *NO_DIRECTIVE]
WORK = "admin/directives/notice/work.html"
ONE, ALL = "admin/directives/notice/_paragraph.html", "admin/directives/notice/_overview.html"


class RestForm(DeskForm):
    """One mark for all paragraphs that have none yet."""

    rest = forms.ChoiceField(label=gettext_lazy("All paragraphs that have no mark yet"), choices=REST, required=False)


@for_drafts
def paragraphs(request: HttpRequest, notice: Notice) -> HttpResponse:
    """The split view, at the paragraph that is asked for, or at the first that nobody has handled yet."""
    form = RestForm(request.POST or None)
    if form.is_valid():
        try:
            with as_seen(request, notice):
                n = _mark_rest(request, notice, form.cleaned_data["rest"])
        except Refusal as refusal:
            messages.error(request, sentence_of(refusal))
        else:
            messages.success(request, ngettext("%(n)d mark was changed.", "%(n)d marks were changed.", n) % {"n": n})
        return redirect(place(notice, None))
    context = beside(request, notice, request.GET.get("p"), ONE)
    if context["bench"].chosen is None:
        context |= {"beside": ALL, "checking": True}
    return page(
        request,
        WORK,
        title=_("Paragraphs of %(notice)s") % {"notice": notice},
        model=Notice,
        form=form,
        marks=NO_DIRECTIVE,
        **context,
    )


@require_POST
@for_drafts
def mark(request: HttpRequest, notice: Notice, paragraph_pk: int) -> HttpResponse:
    """Say what one paragraph is, and go on to the next that nobody has handled."""
    mark = request.POST.get("handled_as", "")

    def say(paragraph: Paragraph) -> str:
        mark_paragraph(paragraph, mark, by=seat_of(request).user, at=clock.now())
        if request.GET.get("p") == OVERVIEW:
            return place(notice, None)
        return onward(notice, paragraph) if mark else place(notice, paragraph)

    return _acted(request, notice, paragraph_pk, say)


@require_POST
@for_drafts
def cut(request: HttpRequest, notice: Notice, paragraph_pk: int) -> HttpResponse:
    """Cut a paragraph in two before the character that is named."""
    where = request.POST.get("cut_at", "")

    def act(paragraph: Paragraph) -> str:
        cut_at = int(where) if where.isdigit() and len(where) < 9 else 0
        cut_paragraph(paragraph, by=seat_of(request).user, at=clock.now(), cut_at=cut_at)
        return place(notice, paragraph)

    return _acted(request, notice, paragraph_pk, act)


@require_POST
@for_drafts
def join(request: HttpRequest, notice: Notice, paragraph_pk: int) -> HttpResponse:
    """Join a paragraph with the one that follows."""

    def act(paragraph: Paragraph) -> str:
        return place(notice, join_paragraph(paragraph, by=seat_of(request).user, at=clock.now()))

    return _acted(request, notice, paragraph_pk, act)


@require_POST
@for_drafts
def split(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Read the text anew: its paragraphs and proposals take the place of those there were."""
    try:
        with as_seen(request, notice):
            propose_from_text(notice, by=seat_of(request).user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect("admin:notice_paragraphs", notice.pk)
    n = notice.paragraphs.count()
    if n:
        done = ngettext("The text was split into %(n)d paragraph.", "The text was split into %(n)d paragraphs.", n)
        messages.success(request, done % {"n": n})
    else:
        messages.warning(request, _("No paragraphs were found in the text."))
    return redirect("admin:notice_paragraphs", notice.pk)


def _acted(request: HttpRequest, notice: Notice, pk: int, act: Callable[[Paragraph], str]) -> HttpResponse:
    """Do it and go where it leads; a refusal is told where the paragraph stands.

    Who has seen another paragraph than there is by now, by its mark or its ends, does nothing to it.
    """
    seen = request.POST.get("seen")
    with transaction.atomic():
        lock_notice(pk=notice.pk)
        paragraph: Any = notice.paragraphs.filter(pk=pk).first()
        if paragraph is None and seen is not None:
            messages.warning(request, SOMEBODY_WAS_FASTER)
            return redirect(place(notice, None))
        paragraph = paragraph or get_object_or_404(notice.paragraphs, pk=pk)
        paragraph.notice = notice
        try:
            if seen is not None and seen != seen_of(paragraph, _next_ends(paragraph)):
                raise Stale(SOMEBODY_WAS_FASTER)
            return redirect(act(paragraph))
        except Refusal as refusal:
            messages.error(request, sentence_of(refusal))
            return redirect(place(notice, paragraph))


def _next_ends(paragraph: Paragraph) -> int:
    rows = paragraph.notice.paragraphs.filter(position__gt=paragraph.position)
    return next(iter(rows.order_by("position").values_list("end", flat=True)[:1]), 0)


def _mark_rest(request: HttpRequest, notice: Notice, mark: str) -> int:
    rest = list(notice.paragraphs.filter(handled_as=HandledAs.UNHANDLED)) if mark else []
    for paragraph in rest:
        mark_paragraph(paragraph, mark, by=seat_of(request).user, at=clock.now())
    return len(rest)
