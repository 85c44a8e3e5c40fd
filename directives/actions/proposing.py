"""What the reading proposes of a draft is kept beside it; nothing of it is a directive until a person takes it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyGroup, User
from directives.actions.drafting import To, add_directive
from directives.actions.drafts import count_change, locked_draft, still_there
from directives.actions.entering import mark_paragraph, set_paragraphs
from directives.actions.moving import SOMEBODY_WAS_FASTER
from directives.actions.recording import record
from directives.models import Directive, HandledAs, Notice, Paragraph, Proposal, Role
from directives.models.kinds import Recurrence
from directives.rules.deadlines import Deadline, Every, Kind
from directives.rules.notice_proposals import Proposal as Proposed
from directives.rules.notice_proposals import Reading
from directives.rules.refusals import Invalid, Stale

RECURS = {
    Every.WEEK: Recurrence.WEEKLY,
    Every.MONTH: Recurrence.MONTHLY,
    Every.QUARTER: Recurrence.QUARTERLY,
    Every.HALF: Recurrence.HALF_YEARLY,
    Every.YEAR: Recurrence.YEARLY,
}
SEEN_LETTERS = 16
DEADLINE_LIMIT, PRODUCT_LIMIT = 300, 400  # letters that a directive keeps of them
SET_ASIDE_AS = frozenset({HandledAs.INFORMATION, HandledAs.TARGET, HandledAs.ORIENTATION})
DECIDED = _("Somebody has decided on this proposal already.")
UNKNOWN_NAME = _("%(name)s is not in the register: open the proposal and choose the agency yourself.")


@transaction.atomic
def propose(notice: Notice, reading: Reading, *, by: User, at: datetime) -> list[Proposal]:
    """Split a draft as it was read, and keep what is proposed of its paragraphs; what was proposed before goes.

    Raises NotAllowed, WrongMoment, or Invalid where directives stand on its paragraphs already.
    """
    notice = locked_draft(notice, by=by, at=at)
    if not reading.paragraphs:
        return []
    paragraphs = set_paragraphs(notice, reading.paragraphs, by=by, at=at)
    for paragraph, read in zip(paragraphs, reading.paragraphs, strict=True):
        paragraph.proposed_as, paragraph.proposed_surely = read.handled_as, read.is_sure
    Paragraph.objects.bulk_update(paragraphs, ["proposed_as", "proposed_surely"])
    rows = [_row(notice, paragraphs, proposed) for proposed in reading.directives]
    return Proposal.objects.bulk_create(row for row in rows if notice.text[row.start : row.end].strip())


@transaction.atomic
def take_proposal(
    proposal: Proposal,
    *,
    by: User,
    at: datetime,
    quote: str | None = None,
    addressees: Sequence[To] | None = None,
    seen: str | None = None,
    strictly: bool = True,
    **fields: Any,
) -> Directive:
    """Make the directive that is proposed, as it stands (as it was `seen`), or as a person has set it right.

    Where not `strictly`, names that are not in the register only stand in its words. Raises as `add_directive` does;
    Stale or Invalid where it is gone or decided on; Invalid where a name it gives is not in the register and nobody was
    chosen in its place.
    """
    notice = locked_draft(proposal.notice, by=by, at=at)
    proposal = still_there(notice.proposals.select_related("paragraph"), proposal)
    check_open(proposal, seen)
    own = notice.text[proposal.start : proposal.end]
    as_proposed = quote is None or quote == own
    given = fields or fields_of(proposal)
    return add_directive(
        notice,
        by=by,
        at=at,
        taken=proposal,
        paragraph=proposal.paragraph,
        quote=own if quote is None else quote,
        quote_start=proposal.start if as_proposed else None,
        addressees=addressees_of([proposal], strictly=strictly)[proposal.pk] if addressees is None else addressees,
        **given,
    )


@transaction.atomic
def set_aside(
    proposal: Proposal, *, by: User, at: datetime, aside: bool = True, handled_as: str = HandledAs.INFORMATION
) -> Proposal:
    """Say that a proposal is no directive, or (`aside` False) that it is to be decided on after all.

    A paragraph of which nothing else is proposed or entered is handled by it, as information, target or orientation;
    it is open again once the proposal is taken up again. Raises as `take_proposal` does, and Invalid for another mark.
    """
    if handled_as not in SET_ASIDE_AS:
        raise Invalid("handled_as", _("This is not a way to handle a paragraph."))
    notice = locked_draft(proposal.notice, by=by, at=at)
    proposal = still_there(notice.proposals.select_related("paragraph"), proposal)
    if proposal.directive_id is not None:
        raise Invalid("proposal", DECIDED)
    proposal.set_aside = aside
    proposal.save(update_fields=["set_aside"])
    count_change(notice)
    verb = "set_aside" if aside else "bring_back"
    facts = {"start": proposal.start, "end": proposal.end}
    record(notice, verb, by=by, at=at, on_behalf_of=notice.committee.name_vi, after=facts)
    _mark_decided(notice, proposal, handled_as, by=by, at=at)
    return proposal


@transaction.atomic
def mark_as_proposed(
    notice: Notice, *, by: User, at: datetime, only: Mapping[int, tuple[int, int]] | None = None
) -> int:
    """Mark the paragraphs that nobody has handled as they are proposed, but for those with directives; how many.

    With `only` (where they begin and end, by their ids) no others, and of these none that was cut or joined since.
    """
    notice = locked_draft(notice, by=by, at=at)
    rows = notice.paragraphs.filter(handled_as=HandledAs.UNHANDLED).exclude(
        proposed_as__in=(HandledAs.UNHANDLED, HandledAs.DIRECTIVE)
    )
    rows = rows.exclude(pk__in=notice.proposals.open().values("paragraph"))
    ordered = rows.order_by("position")
    found = [row for row in ordered if only is None or only.get(row.pk) == (row.start, row.end)]
    for paragraph in found:
        paragraph.notice = notice
        mark_paragraph(paragraph, paragraph.proposed_as, by=by, at=at)
    return len(found)


def seen_of(proposal: Proposal) -> str:
    """What whoever takes or corrects a proposal has seen of it, in a few letters."""
    shown = json.dumps([proposal.start, proposal.end, proposal.found], sort_keys=True, ensure_ascii=False)
    return sha256(shown.encode()).hexdigest()[:SEEN_LETTERS]


def check_open(proposal: Proposal, seen: str | None) -> None:
    """Pass where nobody has decided on it, and it is as it was `seen`. Raises Invalid or Stale."""
    if proposal.directive_id is not None or proposal.set_aside:
        raise Invalid("proposal", DECIDED)
    if seen is not None and seen != seen_of(proposal):
        raise Stale(SOMEBODY_WAS_FASTER)


def fields_of(proposal: Proposal) -> dict[str, Any]:
    """The fields of the directive that is proposed, as `add_directive` takes them."""
    found, quote = proposal.found, proposal.notice.text[proposal.start : proposal.end]
    deadline = found.get("deadline") or {}
    kind, due_on = deadline.get("kind") or Kind.NONE, deadline.get("due_on")
    rhythm = deadline.get("recurrence") or {}
    every = RECURS.get(rhythm.get("every") or "", Recurrence.ONCE)
    return {
        "wording": " ".join(quote.split()),
        "product": found.get("product", "")[:PRODUCT_LIMIT],
        "deadline_text": deadline.get("text", "")[:DEADLINE_LIMIT],
        "deadline_kind": str(kind),
        "due_on": date.fromisoformat(due_on) if due_on and not every else None,
        "recurrence": every,
        "recurrence_day": rhythm.get("day") if every else None,
        "recurrence_month": rhythm.get("month") if every else None,
    }


def addressees_of(proposals: Iterable[Proposal], *, strictly: bool = True) -> dict[int, list[To]]:
    """By the id of each proposal whom it is for; two queries for all of them.

    One agency that leads is the lead; several, and groups, have each their own share. "Those concerned" and groups
    that a condition narrows are nobody until a person says who: the whole group is not bothered. Raises Invalid
    where a name is not in the register; where not `strictly`, it is left out.
    """
    rows = list(proposals)
    named = [body for row in rows for body in (*told(row.found), *beside(row.found))]
    codes = {group: {body["code"] for body in named if body["is_group"] == group} for group in (True, False)}
    bodies: dict[bool, dict[str, Any]] = {
        True: {group.code: group for group in AgencyGroup.objects.filter(code__in=codes[True])},
        False: {agency.code: agency for agency in Agency.objects.filter(code__in=codes[False])},
    }
    return {row.pk: _addressees(row.found, bodies, strictly=strictly) for row in rows}


def told(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Who is to do it, of those that are told apart."""
    return [body for body in found["leads"] if not body.get("is_open")]


def beside(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Who is to help, of those that are told apart."""
    return [body for body in found["coordinating"] if not body.get("is_open")]


def _addressees(found: dict[str, Any], bodies: dict[bool, dict[str, Any]], *, strictly: bool) -> list[To]:
    leads, to = told(found), []
    alone = len(found["leads"]) == 1 and not found["leads"][0]["is_group"]
    roles = [(Role.LEAD if alone else Role.SHARE, body) for body in leads]
    roles += [(Role.COORDINATING, body) for body in beside(found)]
    seen: set[tuple[bool, str]] = set()
    for role, body in roles:
        key = (body["is_group"], body["code"])
        known = bodies[key[0]].get(key[1])
        if known is None and strictly:
            raise Invalid("addressees", UNKNOWN_NAME, name=body["name"])
        if known is not None and key not in seen:
            seen.add(key)
            to.append(To(role, group=known) if body["is_group"] else To(role, agency=known))
    return to


def found_of(proposed: Proposed) -> dict[str, Any]:
    """What is kept of a proposal, as JSON holds it."""
    return {
        "leads": [asdict(body) for body in proposed.leads],
        "coordinating": [asdict(body) for body in proposed.coordinating],
        "deadline": json_of(proposed.deadline),
        "product": proposed.product,
        "grounds": [asdict(ground) for ground in proposed.grounds],
        "doubts": list(proposed.doubts),
    }


def json_of(deadline: Deadline) -> dict[str, Any]:
    """A deadline as JSON holds it."""
    return {**asdict(deadline), "due_on": deadline.due_on.isoformat() if deadline.due_on else None}


def _row(notice: Notice, paragraphs: Sequence[Paragraph], proposed: Proposed) -> Proposal:
    place = {"paragraph": paragraphs[proposed.paragraph], "start": proposed.start, "end": proposed.end}
    return Proposal(notice=notice, found=found_of(proposed), is_sure=proposed.is_sure, **place)


def _mark_decided(notice: Notice, proposal: Proposal, mark: str, *, by: User, at: datetime) -> None:
    """What was set aside leaves nothing to be asked of its paragraph; what is taken up again asks anew."""
    paragraph = proposal.paragraph
    was = {HandledAs.UNHANDLED} if proposal.set_aside else SET_ASIDE_AS
    others = notice.proposals.filter(paragraph=paragraph).exclude(pk=proposal.pk)
    is_alone = not others.exclude(set_aside=True).exists() and not paragraph.directives.exists()
    if is_alone and paragraph.handled_as in was:
        paragraph.notice = notice
        mark_paragraph(paragraph, mark if proposal.set_aside else HandledAs.UNHANDLED, by=by, at=at)
