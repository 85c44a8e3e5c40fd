"""Setting right in the row of the checking table: a cell is typed anew, checked, kept, and the row shown again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Agency, AgencyGroup
from accounts.refusals import Refusal
from directives.actions.correcting import (
    NO_CUT,
    correct_bodies,
    correct_deadline,
    propose_paragraph,
    split_proposal,
)
from directives.models import Notice, Proposal, load_calendar
from directives.rules.refusals import Invalid
from directives.rules.typed_days import typed_deadline
from tracker import clock
from tracker.admin.agency_choices import choosable_bodies
from tracker.admin.bench import place
from tracker.admin.checking import Check
from tracker.admin.drafts import for_drafts
from tracker.admin.proposed import MARKER, card_of, found_in
from tracker.admin.refusals import sentence_of, status_of
from tracker.admin.seat import seat_of

ROWS = "admin/directives/notice/_check_rows.html"
LONGEST_OFFSET = 9  # digits
NO_CELL = gettext_lazy("This cell cannot be set right here.")
UNKNOWN = gettext_lazy("Choose an agency from the list.")
MOST = 200  # bodies in one cell, at most
CELLS = ("leads", "coordinating")


@require_safe
@for_drafts
def bodies(request: HttpRequest, notice: Notice) -> HttpResponse:
    """The agencies and groups that a directive of this draft may name, for the fields that find them by typing."""
    return JsonResponse({"bodies": choosable_bodies(notice.issued_on, clock.today())})


@require_POST
@for_drafts
def correct(request: HttpRequest, notice: Notice, proposal_pk: int) -> HttpResponse:
    """Keep what was typed in one cell ("leads", "coordinating", "deadline"); answer with the row as it is then.

    A refusal answers with its sentence alone, and changes nothing.
    """
    typed, cell = request.POST, request.POST.get("cell", "")
    who: dict[str, Any] = {"by": seat_of(request).user, "at": clock.now(), "seen": typed.get("seen")}

    def keep(proposal: Proposal) -> list[Proposal]:
        if cell in CELLS:
            return [correct_bodies(proposal, cell, _bodies(typed.getlist("body")), **who)]
        if cell != "deadline":
            raise Invalid("cell", NO_CELL)
        deadline = typed_deadline(typed.get("due", ""), notice.issued_on or clock.today(), calendar=load_calendar())
        return [correct_deadline(proposal, deadline, **who)]

    return _answered(request, notice, proposal_pk, keep, corrected=True)


@require_POST
@for_drafts
def split(request: HttpRequest, notice: Notice, proposal_pk: int) -> HttpResponse:
    """Make two rows of one, the second from the words that were chosen on; both are read anew."""
    where = request.POST.get("cut_at", "")
    who: dict[str, Any] = {"by": seat_of(request).user, "at": clock.now(), "seen": request.POST.get("seen")}

    def keep(proposal: Proposal) -> list[Proposal]:
        cut_at = int(where) if where.isdigit() and len(where) < LONGEST_OFFSET else 0
        if not proposal.start < cut_at < proposal.end:
            raise Invalid("cut_at", NO_CUT)
        halves = (
            found_in(notice, proposal.start, cut_at, after=proposal.found),
            found_in(notice, cut_at, proposal.end, after=proposal.found),
        )
        return list(split_proposal(proposal, cut_at, halves, **who))

    return _answered(request, notice, proposal_pk, keep)


@require_POST
@for_drafts
def propose(request: HttpRequest, notice: Notice, paragraph_pk: int) -> HttpResponse:
    """Make a row of a paragraph that was read as no directive, and go back to the table."""
    paragraph = get_object_or_404(notice.paragraphs, pk=paragraph_pk)
    paragraph.notice = notice
    marker = MARKER.match(notice.text[paragraph.start : paragraph.end])
    start = paragraph.start + (marker.end() if marker else 0)
    try:
        found = found_in(notice, start, paragraph.end)
        propose_paragraph(paragraph, found, start=start, by=seat_of(request).user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        told = _("%(paragraph)s: proposed as a directive, to be confirmed.")
        messages.success(request, told % {"paragraph": paragraph})
    return redirect(place(notice, None))


def _answered(
    request: HttpRequest,
    notice: Notice,
    pk: int,
    keep: Callable[[Proposal], list[Proposal]],
    *,
    corrected: bool = False,
) -> HttpResponse:
    """The rows as they are then; what a person has set right by hand is ticked."""
    proposal = get_object_or_404(notice.proposals.select_related("paragraph"), pk=pk)
    proposal.notice = proposal.paragraph.notice = notice
    try:
        with transaction.atomic():
            rows = keep(proposal)
    except Refusal as refusal:
        return _refused(refusal)
    return _rows(request, notice, rows, corrected=corrected)


def _rows(request: HttpRequest, notice: Notice, rows: list[Proposal], *, corrected: bool) -> HttpResponse:
    notice.refresh_from_db(fields=["version"])
    checks = []
    for row in rows:
        row.notice = row.paragraph.notice = notice
        card = card_of(row)
        card.paragraph = row.paragraph
        checks.append(Check(card, is_ticked=card.is_sure or corrected, is_corrected=corrected))
    return render(request, ROWS, {"checks": checks, "notice": notice})


def _refused(refusal: Refusal) -> HttpResponse:
    return HttpResponse(sentence_of(refusal), status=status_of(refusal), content_type="text/plain; charset=utf-8")


def _bodies(values: list[str]) -> list[Agency | AgencyGroup]:
    """Those that are named, in their order. Raises Invalid where one is not there."""
    named = [value.partition(":") for value in dict.fromkeys(values[:MOST])]
    pks = {kind: [int(pk) for of, _colon, pk in named if of == kind and pk.isdigit()] for kind in ("agency", "group")}
    found: dict[tuple[str, str], Agency | AgencyGroup] = {
        ("agency", str(row.pk)): row for row in Agency.objects.filter(pk__in=pks["agency"])
    }
    found |= {("group", str(row.pk)): row for row in AgencyGroup.objects.filter(pk__in=pks["group"])}
    if any((kind, pk) not in found for kind, _colon, pk in named):
        raise Invalid("addressees", UNKNOWN)
    return [found[kind, pk] for kind, _colon, pk in named]
