"""Directives, each tied to its sentence, beside the text they stand in; and, once issued, one agency more."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import Agency
from accounts.refusals import Refusal
from accounts.roles import NotAllowed, Verb, may
from directives.actions.assigning import assign
from directives.actions.drafting import add_directive, change_directive, remove_directive
from directives.actions.moving import lock_notice
from directives.actions.proposing import take_proposal
from directives.actions.recording import subject_of
from directives.models import Directive, Notice, Paragraph, Proposal, Role
from directives.models.kinds import DeadlineKind
from directives.rules.deadlines import Deadline
from tracker import clock
from tracker.admin.agency_choices import agencies_on, by_kind
from tracker.admin.bench import OVERVIEW, beside, onward, place
from tracker.admin.both import gone, meet
from tracker.admin.directive_form import DirectiveForm, initial_of, proposal, with_proposal
from tracker.admin.drafts import for_drafts
from tracker.admin.fields import DayField, DeskForm
from tracker.admin.long_choices import LongSelect, Ready
from tracker.admin.page_versions import PageForms, was_shown
from tracker.admin.pages import page, refused_page
from tracker.admin.paragraphs import WORK
from tracker.admin.proposed import MARKER, card_of, initial_of_proposal, initial_of_words
from tracker.admin.refusals import sentence_of, show
from tracker.admin.seat import seat_of
from tracker.admin.shown import NAME
from tracker.admin.six_points import hints

REMOVED = gettext_lazy("The directive was removed from the draft in the meantime.")
# What a deadline says it says with all of these.
BELONG_TOGETHER = (("deadline_kind", "due_on", "recurrence", "recurrence_day", "recurrence_month"),)
FORM = "admin/directives/notice/_directive_form.html"
LONGEST_OFFSET = 9  # digits
FRAGMENT = "admin/directives/notice/_deadline.html"


@for_drafts
def add(request: HttpRequest, notice: Notice) -> HttpResponse:
    """A new directive, of a paragraph if one is named."""
    proposal = _proposal(notice, request.GET.get("proposal", ""))
    paragraph = proposal.paragraph if proposal else _paragraph(notice, request.GET.get("paragraph", ""))
    if proposal:
        initial = initial_of_proposal(proposal)
    else:
        words = _chosen_words(request, paragraph) if paragraph else ""
        initial = {**initial_of_words(notice, words), "paragraph": paragraph, "quote": words, "wording": words}

    def keep(form: DirectiveForm) -> None:
        given = {"quote": form.cleaned_data["quote"], "addressees": form.addressees(), **form.given()}
        by, at = seat_of(request).user, clock.now()
        if proposal:
            take_proposal(proposal, by=by, at=at, **given)
        else:
            add_directive(notice, by=by, at=at, paragraph=form.cleaned_data["paragraph"], **given)

    cards = [card_of(proposal)] if proposal else []
    others = notice.proposals.open().exclude(pk=proposal.pk).exists() if proposal else False
    return directive_page(
        request,
        notice,
        keep,
        initial=initial,
        back=place(notice, None) if others else "",
        title=_("Add a directive"),
        paragraph=paragraph,
        grounds=cards,
    )


@for_drafts
@transaction.atomic
def change(request: HttpRequest, notice: Notice, directive_pk: int) -> HttpResponse:
    """A directive of the draft, to be changed; whoever saves second meets what the first has saved."""
    of = f"directives.directive:{directive_pk}"
    if request.method == "POST":
        lock_notice(pk=notice.pk)
    rows = notice.directives.select_related("notice__committee", "paragraph").prefetch_related("addressees")
    directive = rows.filter(pk=directive_pk).first()
    if directive is None and was_shown(request, of):
        return gone(request, DirectiveForm(notice), model=Notice, sentence=str(REMOVED), title=str(notice))
    directive = directive or get_object_or_404(rows, pk=directive_pk)
    if directive.paragraph is not None:
        directive.paragraph.notice = notice
    initial, title = initial_of(directive), _("Directive %(position)s") % {"position": directive.position}
    now = PageForms(of, subject_of(notice), DirectiveForm(notice, initial=initial), together=BELONG_TOGETHER)
    saving = request.method == "POST" and "_understand" not in request.POST
    if saving and (asked := meet(request, now, model=Notice, title=title)):
        return asked

    def keep(form: DirectiveForm) -> None:
        if form.has_changed():
            change_directive(
                directive,
                by=seat_of(request).user,
                at=clock.now(),
                quote=form.cleaned_data["quote"] if "quote" in form.changed_data else None,
                addressees=form.addressees(),
                **form.given(),
            )

    return directive_page(
        request,
        notice,
        keep,
        initial=initial,
        title=title,
        paragraph=directive.paragraph,
        directive=directive,
        hints=hints(directive),
        shown=request.POST.get(NAME) or now.sealed(request),
    )


@require_POST
@for_drafts
def remove(request: HttpRequest, notice: Notice, directive_pk: int) -> HttpResponse:
    """Take a directive out of the draft."""
    directive = get_object_or_404(notice.directives.select_related("notice__committee", "paragraph"), pk=directive_pk)
    try:
        remove_directive(directive, by=seat_of(request).user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        messages.success(request, _("The directive was removed from the draft."))
    return redirect(place(notice, directive.paragraph))


class AssignForm(DeskForm):
    """One agency more for an issued directive."""

    role = forms.ChoiceField(label=gettext_lazy("role"), choices=Role.choices, initial=Role.COORDINATING)
    agency = forms.ModelChoiceField(label=gettext_lazy("agency"), queryset=Agency.objects.all(), widget=LongSelect)
    due_on = DayField(label=gettext_lazy("deadline"), required=False, help_text=gettext_lazy("Empty: the directive's."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = Ready([("", "---------")], by_kind(agencies_on(clock.today())))


def assign_more(request: HttpRequest, pk: int, directive_pk: int) -> HttpResponse:
    """Give an issued directive to one agency more; who may not is told so before the form, not after it."""
    seat = seat_of(request)
    rows = Directive.objects.in_reach(seat.sight).select_related("notice__committee")
    directive = get_object_or_404(rows, pk=directive_pk, notice_id=pk)
    answer = may(seat.user, Verb.ASSIGN, directive.notice.committee, on=seat.today)
    if not answer:
        return refused_page(request, NotAllowed(str(answer.reason)))
    form, status = AssignForm(request.POST or None), 200
    if form.is_valid():
        try:
            assign(directive, by=seat.user, at=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            status = show(form, refusal)
        else:
            messages.success(request, _("%(agency)s has been given its part.") % form.cleaned_data)
            return redirect("admin:directives_notice_change", pk)
    title = _("Assign to one agency more")
    return page(
        request,
        "admin/directives/notice/assign.html",
        title=title,
        model=Notice,
        status=status,
        directive=directive,
        form=form,
    )


def directive_page(
    request: HttpRequest,
    notice: Notice,
    keep: Any,
    *,
    initial: dict[str, Any],
    onto: str = "",
    back: str = "",
    **content: Any,
) -> HttpResponse:
    """Show the form; read the written deadline when asked to; keep what was typed when it is accepted.

    Goes on to the address `onto`, else to the next paragraph where that is asked for, else to `back` or the paragraph.
    """
    typed = request.POST or None
    read = proposal(request.POST.get("deadline_text", initial.get("deadline_text") or ""), notice.issued_on)
    if "_understand" in request.POST:
        form = DirectiveForm(
            notice, initial=with_proposal(_as_typed(notice, request), read) if read else _as_typed(notice, request)
        )
        return _show(request, notice, form, read=read, **content)
    form, status = DirectiveForm(notice, typed, initial=initial), 200
    for card in content.get("grounds", ()) if typed is None else ():
        form.point_at(card.doubted)
    if form.is_valid():
        try:
            keep(form)
        except Refusal as refusal:
            status = show(form, refusal)
        else:
            messages.success(request, _("The directive is saved."))
            if onto:
                return redirect(onto)
            paragraph = form.cleaned_data["paragraph"]
            on = "_onward" in request.POST and paragraph
            return redirect(onward(notice, paragraph) if on else back or place(notice, paragraph))
    return _show(request, notice, form, status=status, read=read, **content)


def _show(
    request: HttpRequest,
    notice: Notice,
    form: DirectiveForm,
    *,
    read: Deadline | None,
    status: int = 200,
    paragraph: Paragraph | None = None,
    **content: Any,
) -> HttpResponse:
    only_deadline = request.htmx and not request.htmx.boosted
    around = {} if only_deadline else beside(request, notice, paragraph.pk if paragraph else OVERVIEW, FORM)
    return page(
        request,
        FRAGMENT if only_deadline else WORK,
        model=Notice,
        status=status,
        form=form,
        read=read,
        read_kind=DeadlineKind(read.kind).label if read else "",
        read_review=_(read.review) if read and read.review else "",
        share_groups=form.boxes("share"),
        coordinating_groups=form.boxes("coordinating"),
        **around,
        **content,
    )


def _as_typed(notice: Notice, request: HttpRequest) -> dict[str, Any]:
    form = DirectiveForm(notice, request.POST)
    return {name: field.widget.value_from_datadict(form.data, form.files, name) for name, field in form.fields.items()}


def _proposal(notice: Notice, pk: str) -> Proposal | None:
    if not pk.isdigit():
        return None
    proposal = get_object_or_404(notice.proposals.open().select_related("paragraph"), pk=int(pk))
    proposal.notice = proposal.paragraph.notice = notice
    return proposal


def _paragraph(notice: Notice, pk: str) -> Paragraph | None:
    if not pk.isdigit():
        return None
    paragraph = get_object_or_404(notice.paragraphs, pk=int(pk))
    paragraph.notice = notice
    return paragraph


def _chosen_words(request: HttpRequest, paragraph: Paragraph) -> str:
    """The words that were selected in the paragraph, by their offsets in the text; else all of it, its number apart."""
    ends = [request.GET.get(end, "") for end in ("from", "to")]
    if all(end.isdigit() and len(end) < LONGEST_OFFSET for end in ends):
        low, high = (min(max(int(end), paragraph.start), paragraph.end) for end in ends)
        if words := paragraph.notice.text[low:high].strip():
            return words
    return MARKER.sub("", paragraph.text).strip()
