"""A directive that is entered from a sentence settles what was proposed of that sentence."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from directives.actions.recording import record
from directives.actions.stating import To
from directives.models import Directive, HandledAs, Proposal, Role


def settle_proposal(
    directive: Directive, addressees: Sequence[To], *, taken: Proposal | None, by: User, at: datetime
) -> None:
    """Link a new directive of a locked draft to the proposal that was `taken`, else to the open one of its sentence.

    A sentence is quoted where at least half of its letters are. Where several are, as with a paragraph that is quoted
    whole, it is the first that tells one of those who are to do the directive; none where nobody of them is told,
    since then nobody can say which was meant. The others stay to be decided on: no task is lost by one act.
    """
    proposal = taken or _meant(directive, addressees)
    if proposal is None:
        return
    proposal.directive = directive
    proposal.save(update_fields=["directive"])
    _mark_quoted(directive)
    if taken is None:
        _record("settle_proposal", proposal, by=by, at=at, directive=str(directive.uuid))


def reopen_proposal(directive: Directive, *, by: User, at: datetime) -> None:
    """Ask again about the proposal of which a directive came that is about to leave its locked draft."""
    for proposal in directive.notice.proposals.filter(directive=directive):
        proposal.directive = None
        proposal.save(update_fields=["directive"])
        _record("bring_back", proposal, by=by, at=at)


def _meant(directive: Directive, addressees: Sequence[To]) -> Proposal | None:
    low, high = directive.quote_start, directive.quote_end
    touched = directive.notice.proposals.open().filter(start__lt=high, end__gt=low).order_by("start", "pk")
    quoted = [row for row in touched if 2 * (min(row.end, high) - max(row.start, low)) >= row.end - row.start]
    if len(quoted) > 1:
        named = {_key(to) for to in addressees if to.role != Role.COORDINATING}
        quoted = [row for row in quoted if named & {(body["is_group"], body["code"]) for body in row.found["leads"]}]
    return quoted[0] if quoted else None


def _key(to: To) -> tuple[bool, str | None]:
    body = to.group or to.agency
    return (to.group is not None, body.code if body else None)


def _mark_quoted(directive: Directive) -> None:
    """A sentence may reach into the paragraphs that follow: they are handled by its directive too."""
    also = directive.notice.paragraphs.filter(
        start__lt=directive.quote_end, end__gt=directive.quote_start, handled_as=HandledAs.UNHANDLED
    )
    also.update(handled_as=HandledAs.DIRECTIVE)


def _record(verb: str, proposal: Proposal, *, by: User, at: datetime, **told: str) -> None:
    notice, facts = proposal.notice, {"start": proposal.start, "end": proposal.end, **told}
    record(notice, verb, by=by, at=at, on_behalf_of=notice.committee.name_vi, after=facts)
