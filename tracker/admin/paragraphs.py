"""The second step: the text falls into paragraphs, and each is marked for what it is."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from directives.actions.entering import mark_paragraph, set_paragraphs
from directives.models import HandledAs, Notice, Paragraph
from directives.rules.notice_text import read_paragraphs
from tracker import clock
from tracker.admin.drafts import for_drafts, steps_of
from tracker.admin.fields import DeskForm
from tracker.admin.pages import page
from tracker.admin.refusals import sentence_of, show
from tracker.admin.seat import seat_of

REST = [("", gettext_lazy("leave as they are")), *HandledAs.choices[2:]]


class MarksForm(DeskForm):
    """One mark for each paragraph, and one for all that have none yet."""

    rest = forms.ChoiceField(label=gettext_lazy("All paragraphs that have no mark yet"), choices=REST, required=False)

    def __init__(self, paragraphs: Iterable[Paragraph], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.paragraphs = list(paragraphs)
        for paragraph in self.paragraphs:
            self.fields[f"mark_{paragraph.pk}"] = forms.ChoiceField(
                choices=HandledAs.choices, required=False, initial=paragraph.handled_as, widget=forms.RadioSelect
            )

    def rows(self) -> list[tuple[Paragraph, forms.BoundField]]:
        """Each paragraph with its mark."""
        return [(paragraph, self[f"mark_{paragraph.pk}"]) for paragraph in self.paragraphs]

    def marks(self) -> list[tuple[Paragraph, str]]:
        """The paragraphs whose mark is to change, with the new one."""
        rest = self.cleaned_data["rest"]
        wanted = [(paragraph, self.cleaned_data[f"mark_{paragraph.pk}"] or rest) for paragraph in self.paragraphs]
        return [(paragraph, mark) for paragraph, mark in wanted if mark != paragraph.handled_as]


@for_drafts
def paragraphs(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Show the paragraphs with their marks, and keep the marks that were changed, all or none."""
    rows = notice.paragraphs.annotate(n_directives=Count("directives")).order_by("position")
    for row in rows:
        row.notice = notice  # their words are cut from its text
    form, status = MarksForm(rows, request.POST or None), 200
    if form.is_valid():
        try:
            n = _keep(request, form.marks())
        except Refusal as refusal:
            status = show(form, refusal)
        else:
            messages.success(request, ngettext("%(n)d mark was changed.", "%(n)d marks were changed.", n) % {"n": n})
            return redirect(
                "admin:notice_directives" if "_onward" in request.POST else "admin:notice_paragraphs", notice.pk
            )
    return page(
        request,
        "admin/directives/notice/paragraphs.html",
        title=_("Paragraphs of %(notice)s") % {"notice": notice},
        model=Notice,
        status=status,
        notice=notice,
        form=form,
        steps=steps_of(notice),
        step="paragraphs",
    )


@require_POST
@for_drafts
def split(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Read the text's paragraphs and keep them in place of those there were."""
    found = read_paragraphs(notice.text)
    if not found:
        messages.warning(request, _("No paragraphs were found in the text."))
        return redirect("admin:notice_paragraphs", notice.pk)
    try:
        n = len(set_paragraphs(notice, found, by=seat_of(request).user, at=clock.now()))
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        done = ngettext("The text was split into %(n)d paragraph.", "The text was split into %(n)d paragraphs.", n)
        messages.success(request, done % {"n": n})
    return redirect("admin:notice_paragraphs", notice.pk)


@transaction.atomic
def _keep(request: HttpRequest, marks: list[tuple[Paragraph, str]]) -> int:
    for paragraph, mark in marks:
        mark_paragraph(paragraph, mark, by=seat_of(request).user, at=clock.now())
    return len(marks)
