"""What is done with proposals: one is taken or set aside, the sure ones are taken together once they were seen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from directives.actions.proposing import mark_as_proposed, set_aside, take_proposal
from directives.models import Notice, Proposal
from tracker import clock
from tracker.admin.bench import ID_ENDS, OVERVIEW, onward, place, table
from tracker.admin.drafts import as_seen, for_drafts
from tracker.admin.refusals import sentence_of
from tracker.admin.seat import seat_of


@require_POST
@for_drafts
def take(request: HttpRequest, notice: Notice, proposal_pk: int) -> HttpResponse:
    """Make the directive that is proposed, as it stands, and go on."""
    proposal = _one(notice, proposal_pk)
    try:
        take_proposal(proposal, by=seat_of(request).user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect(_back(request, proposal))
    messages.success(request, _("The directive is saved."))
    return redirect(_back(request, proposal) if _from_the_table(request) else _next(notice, proposal))


@require_POST
@for_drafts
def aside(request: HttpRequest, notice: Notice, proposal_pk: int) -> HttpResponse:
    """Set a proposal aside, or take it up again."""
    proposal, back = _one(notice, proposal_pk), "back" in request.POST
    try:
        set_aside(proposal, by=seat_of(request).user, at=clock.now(), aside=not back)
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        told = _("%(paragraph)s is to be decided on again.") if back else _("%(paragraph)s: set aside as no directive.")
        messages.success(request, told % {"paragraph": proposal.paragraph})
    return redirect(_back(request, proposal))


@require_POST
@for_drafts
def take_many(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Make directives of the ticked proposals, and go back to what is left; of each that is refused it is told why."""
    chosen = _ticked(request)
    rows = notice.proposals.open().filter(pk__in=chosen).select_related("paragraph").order_by("start", "pk")
    n, gone = 0, len(set(chosen)) - len(rows)
    if gone:
        told = ngettext(
            "%(n)d proposal that you ticked had been decided on meanwhile.",
            "%(n)d proposals that you ticked had been decided on meanwhile.",
            gone,
        )
        messages.warning(request, told % {"n": gone})
    for proposal in rows:
        proposal.notice = notice
        try:
            take_proposal(proposal, by=seat_of(request).user, at=clock.now())
            n += 1
        except Refusal as refusal:
            messages.error(request, f"{proposal.paragraph}: {sentence_of(refusal)}")
    done = ngettext("%(n)d directive was taken over.", "%(n)d directives were taken over.", n)
    messages.success(request, done % {"n": n})
    return redirect(table(notice, ()))  # what is left was not ticked, or was refused


@require_POST
@for_drafts
def mark_many(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Mark the paragraphs without directives as they are proposed."""
    try:
        with as_seen(request, notice):
            n = mark_as_proposed(notice, by=seat_of(request).user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        messages.success(request, ngettext("%(n)d mark was changed.", "%(n)d marks were changed.", n) % {"n": n})
    return redirect(place(notice, None))


def _one(notice: Notice, pk: int) -> Proposal:
    proposal = get_object_or_404(notice.proposals.select_related("paragraph"), pk=pk)
    proposal.notice = proposal.paragraph.notice = notice
    return proposal


def _from_the_table(request: HttpRequest) -> bool:
    """Whether it was decided in the table of all proposals, and not beside its paragraph."""
    return request.GET.get("p") == OVERVIEW


def _ticked(request: HttpRequest) -> list[int]:
    return [int(pk) for pk in request.POST.getlist("proposal") if pk.isdigit() and len(pk) < ID_ENDS]


def _back(request: HttpRequest, proposal: Proposal) -> str:
    """The table with what was ticked there, or the paragraph."""
    if not _from_the_table(request):
        return place(proposal.notice, proposal.paragraph)
    return table(proposal.notice, (pk for pk in _ticked(request) if pk != proposal.pk))


def _next(notice: Notice, proposal: Proposal) -> str:
    """The paragraph itself while something is proposed of it that nobody has decided on; else the next open one."""
    more = notice.proposals.open().filter(paragraph=proposal.paragraph_id).exists()
    return place(notice, proposal.paragraph) if more else onward(notice, proposal.paragraph)
