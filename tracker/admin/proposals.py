"""What is done with proposals: one is taken or set aside, the sure ones are taken together once they were seen."""

import re
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from directives.actions.correcting import join_proposal
from directives.actions.proposing import mark_as_proposed, set_aside, take_proposal
from directives.models import HandledAs, Notice, Proposal
from tracker import clock
from tracker.admin.bench import ID_ENDS, OVERVIEW, onward, place, table
from tracker.admin.drafts import as_seen, for_drafts
from tracker.admin.refusals import sentence_of
from tracker.admin.seat import seat_of
from tracker.admin.undoing import undoable

DROPPED_WORDS = 10  # that are repeated of what was dropped
PLACE = re.compile(r"([0-9]{1,17}):([0-9]{1,9}):([0-9]{1,9})")  # of a paragraph: its id, where it begins and ends


@require_POST
@for_drafts
def take(request: HttpRequest, notice: Notice, proposal_pk: int) -> HttpResponse:
    """Make the directive that is proposed, as it stands, and go on."""
    proposal, strictly = _one(notice, proposal_pk), "without_unknown" not in request.POST
    who = {"by": seat_of(request).user, "at": clock.now(), "seen": _seen(request, proposal)}
    try:
        with undoable(notice, _ticks(request)) as back:
            take_proposal(proposal, strictly=strictly, **who)
            back.taken = [proposal.pk]
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect(_back(request, proposal))
    messages.success(request, _("The directive is saved."), extra_tags=str(back))
    return redirect(_back(request, proposal) if _from_the_table(request) else _next(notice, proposal))


@require_POST
@for_drafts
def aside(request: HttpRequest, notice: Notice, proposal_pk: int) -> HttpResponse:
    """Set a proposal aside, or take it up again."""
    proposal, again = _one(notice, proposal_pk), "back" in request.POST
    try:
        mark = request.POST.get("handled_as") or HandledAs.INFORMATION
        with undoable(notice, _ticks(request)) as back:
            set_aside(proposal, by=seat_of(request).user, at=clock.now(), aside=not again, handled_as=mark)
            back.aside = [proposal.pk]
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        told = _("%(paragraph)s is to be decided on again.") % {"paragraph": proposal.paragraph}
        messages.success(request, told if again else _dropped(proposal), extra_tags="" if again else str(back))
    return redirect(_back(request, proposal))


@require_POST
@for_drafts
def join(request: HttpRequest, notice: Notice, proposal_pk: int) -> HttpResponse:
    """Make the words of a proposal part of the one before it."""
    proposal = _one(notice, proposal_pk)
    back = _back(request, proposal)
    try:
        joined = join_proposal(proposal, by=seat_of(request).user, at=clock.now(), seen=_seen(request, proposal))
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        told = _("Joined with the directive before it, %(paragraph)s.") % {"paragraph": joined.paragraph}
        before = {body["name"] for body in proposal.found["leads"]} - {body["name"] for body in joined.found["leads"]}
        helps = _("%(names)s now coordinates: please check.") % {"names": ", ".join(sorted(before))}
        messages.success(request, f"{told} {helps}" if before else told)
    return redirect(back)


@require_POST
@for_drafts
def take_many(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Make directives of the ticked proposals and mark what was read as none, as it was seen; go back to what is left.

    All of it or nothing: of the first that is refused it is told why.
    """
    chosen = _ticked(request)
    rows = notice.proposals.open().filter(pk__in=chosen).select_related("paragraph").order_by("start", "pk")
    gone = len(set(chosen)) - len(rows)
    if gone:
        told = ngettext(
            "%(n)d proposal that you ticked had been decided on meanwhile.",
            "%(n)d proposals that you ticked had been decided on meanwhile.",
            gone,
        )
        messages.warning(request, told % {"n": gone})
    try:
        with undoable(notice, chosen) as back:
            marked = _take_all(request, notice, rows)
            back.taken = [row.pk for row in rows]
    except Refused as refused:
        messages.error(request, f"{refused.proposal.paragraph}: {sentence_of(refused.refusal)}")
        return redirect(table(notice, chosen))
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect(table(notice, chosen))
    n = len(rows)
    done = ngettext("%(n)d directive was accepted.", "%(n)d directives were accepted.", n) % {"n": n}
    rest = ngettext("%(n)d other paragraph was marked.", "%(n)d other paragraphs were marked.", marked) % {"n": marked}
    messages.success(request, f"{done} {rest}" if marked else done, extra_tags=str(back))
    return redirect(table(notice, ()))  # what is left was not ticked


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


def _dropped(proposal: Proposal) -> str:
    """What was dropped, by its first words, and what is left of its paragraph."""
    words = proposal.notice.text[proposal.start : proposal.end].split()
    first = " ".join([*words[:DROPPED_WORDS], *(["…"] if words[DROPPED_WORDS:] else [])])
    left = proposal.notice.proposals.filter(paragraph=proposal.paragraph_id, set_aside=False).count()
    rest = _("%(paragraph)s: set aside as no directive.")
    if left:
        rest = ngettext("%(paragraph)s keeps %(n)d directive.", "%(paragraph)s keeps %(n)d directives.", left)
    named = {"paragraph": proposal.paragraph, "n": left}
    return " ".join([_("Dropped: “%(words)s”.") % {"words": first}, rest % named])


class Refused(Exception):
    """One of many proposals was refused."""

    def __init__(self, proposal: Proposal, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.proposal, self.refusal = proposal, refusal


def _take_all(request: HttpRequest, notice: Notice, rows: Iterable[Proposal]) -> int:
    """Take them all, and mark the paragraphs that were shown beside them; how many. Raises Refused or a Refusal."""
    user, at = seat_of(request).user, clock.now()
    for proposal in rows:
        proposal.notice = notice
        try:
            take_proposal(proposal, by=user, at=at, seen=_seen(request, proposal))
        except Refusal as refusal:
            raise Refused(proposal, refusal) from refusal
    shown = _shown(request)
    return mark_as_proposed(notice, by=user, at=at, only=shown) if shown else 0


def _shown(request: HttpRequest) -> dict[int, tuple[int, int]]:
    """The paragraphs that the table showed as no directive: where they began and ended, by their ids."""
    named = [PLACE.fullmatch(words) for words in request.POST.getlist("rest")]
    return {int(found[1]): (int(found[2]), int(found[3])) for found in named if found}


def _one(notice: Notice, pk: int) -> Proposal:
    proposal = get_object_or_404(notice.proposals.select_related("paragraph"), pk=pk)
    proposal.notice = proposal.paragraph.notice = notice
    return proposal


def _from_the_table(request: HttpRequest) -> bool:
    """Whether it was decided in the table of all proposals, and not beside its paragraph."""
    return request.GET.get("p") == OVERVIEW


def _seen(request: HttpRequest, proposal: Proposal) -> str | None:
    """What the table showed of it; None where it was taken elsewhere."""
    return request.POST.get(f"seen-{proposal.pk}")


def _ticked(request: HttpRequest) -> list[int]:
    return [int(pk) for pk in request.POST.getlist("proposal") if pk.isdecimal() and len(pk) < ID_ENDS]


def _ticks(request: HttpRequest) -> list[int] | None:
    """What was ticked in the table; None where it was decided elsewhere."""
    return _ticked(request) if _from_the_table(request) else None


def _back(request: HttpRequest, proposal: Proposal) -> str:
    """The table with what was ticked there, or the paragraph."""
    if not _from_the_table(request):
        return place(proposal.notice, proposal.paragraph)
    return table(proposal.notice, (pk for pk in _ticked(request) if pk != proposal.pk))


def _next(notice: Notice, proposal: Proposal) -> str:
    """The paragraph itself while something is proposed of it that nobody has decided on; else the next open one."""
    more = notice.proposals.open().filter(paragraph=proposal.paragraph_id).exists()
    return place(notice, proposal.paragraph) if more else onward(notice, proposal.paragraph)
