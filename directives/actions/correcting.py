"""Setting a proposal right before it is taken: whom it is for, by when, that it is two; or that a paragraph is one."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyGroup, User
from directives.actions.drafts import count_change, locked_draft, still_there
from directives.actions.proposing import addressees_of, check_open, fields_of, json_of
from directives.actions.recording import record
from directives.actions.stating import check_addressees
from directives.models import HandledAs, Notice, Paragraph, Proposal, Role
from directives.rules.deadlines import Deadline
from directives.rules.notice_proposals import Addressee
from directives.rules.reading.doubts import CONDITIONED, NARROWED, NOT_THEN, OF_BODIES, OF_DATES, OPEN, UNKNOWN
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

GROUND_OF = {"leads": "lead", "coordinating": "coordinating"}
OF_HELPERS = frozenset({UNKNOWN, NOT_THEN, OPEN, NARROWED, CONDITIONED})  # doubts that go with a name
NOBODY = _("Name who is to do it.")
NO_CUT = _("It cannot be cut there.")
NONE_BEFORE = _("No directive that waits for a decision stands directly before it.")
NOT_OPEN = _("This paragraph is handled already, or something is proposed of it.")


@transaction.atomic
def correct_bodies(
    proposal: Proposal, what: str, bodies: Sequence[Agency | AgencyGroup], *, by: User, at: datetime, seen: str | None
) -> Proposal:
    """Put these in place of those who were read as `what`: "leads" or "coordinating".

    Who becomes a lead helps no longer, and the other way round. Raises NotAllowed, WrongMoment, Stale, or Invalid
    where nobody is left to do it, or an agency did not exist.
    """
    notice, proposal = _locked(proposal, by=by, at=at, seen=seen)
    if what == "leads" and not bodies:
        raise Invalid("addressees", NOBODY)
    named = [asdict(Addressee(body.name_vi, body.code, isinstance(body, AgencyGroup))) for body in bodies]
    other = next(key for key in GROUND_OF if key != what)
    chosen = {(body["is_group"], body["code"]) for body in named}
    rest = [body for body in proposal.found[other] if (body["is_group"], body["code"]) not in chosen]
    if what == "coordinating" and len(rest) < len(proposal.found[other]) and not rest:
        raise Invalid("addressees", NOBODY)
    found = {**proposal.found, what: named, other: rest}
    return _kept(notice, proposal, _without(found, OF_BODIES, GROUND_OF[what]), by=by, at=at)


@transaction.atomic
def correct_deadline(proposal: Proposal, deadline: Deadline, *, by: User, at: datetime, seen: str | None) -> Proposal:
    """Put this deadline in place of the one that was read, with words of the notice only where it was set from them.

    Raises NotAllowed, WrongMoment, Stale or Invalid.
    """
    notice, proposal = _locked(proposal, by=by, at=at, seen=seen)
    quote = notice.text[proposal.start : proposal.end]
    told, read = json_of(deadline), proposal.found.get("deadline") or {}
    is_as_read = all(told[key] == read.get(key) for key in ("kind", "due_on", "recurrence"))
    told["text"] = read["text"] if is_as_read else deadline.text if deadline.text in quote else ""
    return _kept(notice, proposal, _without({**proposal.found, "deadline": told}, OF_DATES, "deadline"), by=by, at=at)


@transaction.atomic
def split_proposal(
    proposal: Proposal,
    cut_at: int,
    halves: tuple[Mapping[str, Any], Mapping[str, Any]],
    *,
    by: User,
    at: datetime,
    seen: str | None,
) -> tuple[Proposal, Proposal]:
    """Make two of it, the second from the character `cut_at` of the text on; `halves` is what each of them says.

    Raises NotAllowed, WrongMoment, Stale, or Invalid where one of them would hold no words.
    """
    notice, proposal = _locked(proposal, by=by, at=at, seen=seen)
    text, end = notice.text, proposal.end
    if not proposal.start < cut_at < end or not text[cut_at:end].strip() or not text[proposal.start : cut_at].strip():
        raise Invalid("cut_at", NO_CUT)
    second = Proposal(notice=notice, start=cut_at, end=end, found=dict(halves[1]), is_sure=not halves[1]["doubts"])
    second.paragraph = (
        notice.paragraphs.filter(start__lte=cut_at, end__gt=cut_at).order_by("position").first() or proposal.paragraph
    )
    proposal.end = proposal.start + len(text[proposal.start : cut_at].rstrip())
    proposal.found, proposal.is_sure = dict(halves[0]), not halves[0]["doubts"]
    proposal.save(update_fields=["end", "found", "is_sure"])
    second.save()
    count_change(notice)
    facts = {"start": proposal.start, "end": end}
    record(
        notice, "split_proposal", by=by, at=at, on_behalf_of=notice.committee.name_vi,
        before=facts, after={**facts, "cut_at": cut_at},
    )  # fmt: skip
    return proposal, second


@transaction.atomic
def join_proposal(proposal: Proposal, *, by: User, at: datetime, seen: str | None) -> Proposal:
    """Make its words part of the proposal before it, which keeps what it says; its deadline where that has none.

    Who was named in it and is not named there helps.

    Raises NotAllowed, WrongMoment, Stale, or Invalid where none that is open stands in the same paragraph or the one
    before.
    """
    notice, proposal = _locked(proposal, by=by, at=at, seen=seen)
    rows = notice.proposals.open().filter(start__lt=proposal.start).select_related("paragraph")
    first = rows.order_by("-start", "-pk").first()
    if first is None or proposal.paragraph.position - first.paragraph.position > 1:
        raise Invalid("proposal", NONE_BEFORE)
    facts = {"start": first.start, "end": first.end}
    found, due = first.found, proposal.found.get("deadline") or {}
    if due.get("text") and not (found.get("deadline") or {}).get("text"):
        grounds = [each for each in proposal.found["grounds"] if each["what"] == "deadline"]
        found = _without({**found, "deadline": due}, OF_DATES, "deadline")
        found["grounds"] = [*found["grounds"], *grounds]
    found = _with_helpers(found, proposal.found)
    first.end, first.found, first.is_sure = max(first.end, proposal.end), found, not found["doubts"]
    first.save(update_fields=["end", "found", "is_sure"])
    proposal.delete()
    count_change(notice)
    record(
        notice, "join_proposal", by=by, at=at, on_behalf_of=notice.committee.name_vi,
        before=facts, after={"start": first.start, "end": first.end},
    )  # fmt: skip
    return first


@transaction.atomic
def propose_paragraph(
    paragraph: Paragraph, found: Mapping[str, Any], *, start: int, by: User, at: datetime
) -> Proposal:
    """Propose a directive of a paragraph that was read as none: its words from `start` on, and what they say.

    Raises NotAllowed, WrongMoment, Stale, or Invalid where it is handled, or something is proposed of it.
    """
    notice = locked_draft(paragraph.notice, by=by, at=at)
    paragraph = still_there(notice.paragraphs.all(), paragraph)
    if paragraph.handled_as not in (HandledAs.UNHANDLED, HandledAs.DIRECTIVE) or _has_open(notice, paragraph):
        raise Invalid("paragraph", NOT_OPEN)
    end = paragraph.start + len(notice.text[paragraph.start : paragraph.end].rstrip())
    row = Proposal(notice=notice, paragraph=paragraph, start=start, end=end, found=dict(found), is_sure=False)
    row.is_sure = not row.found["doubts"]
    row.save()
    count_change(notice)
    facts = {"start": row.start, "end": row.end}
    record(notice, "propose_paragraph", by=by, at=at, on_behalf_of=notice.committee.name_vi, after=facts)
    return row


def _has_open(notice: Notice, paragraph: Paragraph) -> bool:
    return notice.proposals.open().filter(paragraph=paragraph).exists()


def _locked(proposal: Proposal, *, by: User, at: datetime, seen: str | None) -> tuple[Notice, Proposal]:
    notice = locked_draft(proposal.notice, by=by, at=at)
    proposal = still_there(notice.proposals.select_related("paragraph"), proposal)
    proposal.notice = proposal.paragraph.notice = notice
    check_open(proposal, seen)
    return notice, proposal


def _without(found: Mapping[str, Any], settled: frozenset[str], ground: str) -> dict[str, Any]:
    """What was found, without the doubts that are settled and the words on which the guess rested."""
    return {
        **found,
        "doubts": [doubt for doubt in found["doubts"] if doubt not in settled],
        "grounds": [each for each in found["grounds"] if each["what"] != ground],
    }


def _kept(notice: Notice, proposal: Proposal, found: dict[str, Any], *, by: User, at: datetime) -> Proposal:
    before = _facts(proposal)
    proposal.found, proposal.is_sure = found, not found["doubts"]
    check_addressees(notice, addressees_of([proposal], strictly=False)[proposal.pk], day=local_day(at))
    proposal.save(update_fields=["found", "is_sure"])
    count_change(notice)
    record(
        notice, "correct_proposal", by=by, at=at, on_behalf_of=notice.committee.name_vi,
        before=before, after=_facts(proposal),
    )  # fmt: skip
    return proposal


def _with_helpers(found: Mapping[str, Any], joined: Mapping[str, Any]) -> dict[str, Any]:
    """What was found, with those as helping whom only the `joined` one names, and the doubts of their names."""
    known = {body["name"] for key in GROUND_OF for body in found[key]}
    more = {body["name"]: body for key in GROUND_OF for body in joined[key] if body["name"] not in known}
    doubts = [doubt for doubt in joined["doubts"] if more and doubt in OF_HELPERS and doubt not in found["doubts"]]
    grounds = [
        {**each, "what": "coordinating"} for each in joined["grounds"] if more and each["what"] in GROUND_OF.values()
    ]
    return {
        **found,
        "coordinating": [*found["coordinating"], *more.values()],
        "doubts": [*found["doubts"], *doubts],
        "grounds": [*found["grounds"], *grounds],
    }


def _facts(proposal: Proposal) -> dict[str, Any]:
    """What history keeps of a proposal before and after it was set right."""
    given = fields_of(proposal)
    roles = (("leads", Role.LEAD), ("coordinating", Role.COORDINATING))
    named = [[str(role), body["code"]] for key, role in roles for body in proposal.found[key] if body["code"]]
    return {
        "start": proposal.start,
        "end": proposal.end,
        "deadline_kind": given["deadline_kind"],
        "due_on": given["due_on"].isoformat() if given["due_on"] else None,
        "addressees": named,
    }
