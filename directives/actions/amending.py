"""A notice in force is amended: what a draft of a corrected text, or of a later notice, decides on its directives.

Nothing of it is seen by anybody else, and nothing changes, before the draft is issued (`amendment_issue`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives.actions.drafting import add_directive, remove_directive
from directives.actions.drafts import count_change, locked_draft
from directives.actions.moving import SOMEBODY_WAS_FASTER
from directives.actions.recording import record
from directives.actions.stating import To
from directives.models import Amendment, Directive, Notice, NoticeState, Outcome, Paragraph
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid, Stale

NOT_IN_FORCE = _("%(notice)s is not in force any more: it cannot be amended.")


@transaction.atomic
def decide(
    draft: Notice, directive: Directive, outcome: str, *, by: User, at: datetime, version: int | None = None
) -> Amendment:
    """Say that a directive of the amended notice goes on unchanged, or is withdrawn, when `draft` is issued.

    `version` is the directive's as it was seen. Raises NotAllowed, WrongMoment, Stale or Invalid.
    """
    if outcome not in (Outcome.KEEP, Outcome.WITHDRAW):
        raise Invalid("outcome", _("Please choose what becomes of this directive."))
    draft, directive = _pair(draft, directive, by=by, at=at, version=version)
    was = _forget(draft, directive, by=by, at=at)
    return _note(draft, directive, outcome, was, by=by, at=at)


@transaction.atomic
def restate(
    draft: Notice,
    directive: Directive,
    *,
    by: User,
    at: datetime,
    quote: str,
    addressees: Sequence[To],
    paragraph: Paragraph | None = None,
    quote_start: int | None = None,
    version: int | None = None,
    **fields: Any,
) -> Amendment:
    """Say what a directive of the amended notice states once `draft` is issued: wording, deadline, agencies.

    The new statement is a directive of the draft, tied to its sentence there. Raises as `add_directive` does.
    """
    draft, directive = _pair(draft, directive, by=by, at=at, version=version)
    was = _forget(draft, directive, by=by, at=at)
    told = {"quote": quote, "addressees": addressees, "paragraph": paragraph, "quote_start": quote_start}
    successor = add_directive(draft, by=by, at=at, since=directive.notice.issued_on, **told, **fields)
    return _note(draft, directive, str(Outcome.CHANGE), was, by=by, at=at, successor=successor)


@transaction.atomic
def reopen(draft: Notice, directive: Directive, *, by: User, at: datetime) -> None:
    """Take the decision on a directive back: it is open again. Raises NotAllowed, WrongMoment, Stale or Invalid."""
    draft, directive = _pair(draft, directive, by=by, at=at, version=None)
    if was := _forget(draft, directive, by=by, at=at):
        _tell(draft, directive, was, "", by=by, at=at)


@transaction.atomic
def compare_anew(draft: Notice, *, by: User, at: datetime) -> None:
    """Go on from the amended notice as it is now; decisions on directives that changed meanwhile are open again."""
    draft = locked_draft(draft, by=by, at=at)
    before, draft.base_version = draft.base_version, in_force(draft).version
    draft.save(update_fields=["base_version"])
    count_change(draft)
    versions = ({"compared_with": version} for version in (before, draft.base_version))
    told: dict[str, Any] = dict(zip(("before", "after"), versions, strict=True))
    record(draft, "compare_anew", by=by, at=at, on_behalf_of=draft.committee.name_vi, **told)


def in_force(draft: Notice) -> Notice:
    """The notice that a draft amends. Raises Invalid where there is none, WrongMoment where it is not in force."""
    amended = draft.amended
    if amended is None:
        raise Invalid("amends", _("This draft amends no notice."))
    if amended.committee_id != draft.committee_id:
        raise Invalid("amends", _("The notice that this draft amends is of another committee."))
    if amended.state != NoticeState.ISSUED:
        raise WrongMoment(NOT_IN_FORCE, notice=amended.reference)
    return amended


def _pair(
    draft: Notice, directive: Directive, *, by: User, at: datetime, version: int | None
) -> tuple[Notice, Directive]:
    draft = locked_draft(draft, by=by, at=at)
    amended = in_force(draft)
    found = amended.directives.filter(pk=directive.pk).first()
    if found is None:
        raise Invalid("directive", _("This directive belongs to another notice."))
    if version is not None and version != found.version:
        raise Stale(SOMEBODY_WAS_FASTER)
    if draft.base_version is None:
        draft.base_version = amended.version
        draft.save(update_fields=["base_version"])
    return draft, found


def _forget(draft: Notice, directive: Directive, *, by: User, at: datetime) -> str:
    """Drop what was decided before; which outcome that was, empty where there was none."""
    row = draft.amendments.select_related("successor__notice").filter(directive=directive).first()
    if row is None:
        return ""
    if row.successor is not None:
        remove_directive(row.successor, by=by, at=at)  # the decision goes with it
    else:
        row.delete()
    return str(row.outcome)


def _note(
    draft: Notice,
    directive: Directive,
    outcome: str,
    was: str,
    *,
    by: User,
    at: datetime,
    successor: Directive | None = None,
) -> Amendment:
    row = Amendment.objects.create(
        draft=draft,
        directive=directive,
        outcome=outcome,
        successor=successor,
        seen_version=directive.version,
        by=by,
        at=at,
    )
    _tell(draft, directive, was, outcome, by=by, at=at)
    return row


def _tell(draft: Notice, directive: Directive, was: str, outcome: str, *, by: User, at: datetime) -> None:
    """Count the change of the draft, and keep in its history what was decided before and now."""
    count_change(locked_draft(draft, by=by, at=at))
    before, after = ({"position": directive.position, "outcome": one} for one in (was, outcome))
    who = {"by": by, "at": at, "on_behalf_of": draft.committee.name_vi}
    record(draft, "decide_amendment", before=before if was else {}, after=after, **who)
