"""The directives of a draft: each quotes its sentence and names whom it is for.

Their events belong to the notice: history is never deleted, while a directive of a draft may be taken out.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Min, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives.actions.drafts import count_change, locked_draft, still_there
from directives.actions.moving import SOMEBODY_WAS_FASTER
from directives.actions.recording import record
from directives.actions.settling import reopen_proposal, settle_proposal
from directives.actions.stating import (
    FIELDS,
    To,
    address,
    check_addressees,
    check_new,
    check_own_dates,
    check_reference,
    facts_of,
    fill,
    named,
    put_quote,
)
from directives.models import Directive, HandledAs, Notice, Paragraph, Proposal
from directives.rules.refusals import Invalid, Stale
from directives.rules.working_days import local_day

ASIDE = 1_000_000  # beyond any position

__all__ = ["FIELDS", "To", "add_directive", "change_directive", "remove_directive"]


@transaction.atomic
def add_directive(
    notice: Notice,
    *,
    by: User,
    at: datetime,
    quote: str,
    addressees: Sequence[To] = (),
    paragraph: Paragraph | None = None,
    quote_start: int | None = None,
    since: date | None = None,
    version: int | None = None,
    taken: Proposal | None = None,
    **fields: Any,
) -> Directive:
    """Add a directive to a draft; `quote` must stand in the text (at `quote_start`, else in the paragraph).

    `since`: the issue date of the notice whose directive it states anew; that one may be late by now.
    `version`: that of the draft, as it was seen. `taken`: the proposal of which it comes; entered by hand, it settles
    the one of its sentence (see `settle_proposal`).

    Raises NotAllowed, WrongMoment, Stale, or Invalid: a quote that is not there, the same directive once more (a form
    that was sent twice), a reference that another one has, a second lead, a date before the issue date, a date that
    does not fit its kind, an agency that does not exist on the issue date.
    """
    notice = locked_draft(notice, by=by, at=at, version=version)
    paragraph = paragraph and _own(notice, paragraph)
    directive = Directive(notice=notice)
    put_quote(directive, quote, paragraph, quote_start)
    fill(directive, fields, since=since)
    _check(directive, addressees, at=at)
    directive.position = _make_room(directive)
    directive.save()
    address([(directive, addressees)])
    if paragraph is not None and paragraph.handled_as != HandledAs.DIRECTIVE:
        paragraph.handled_as = HandledAs.DIRECTIVE
        paragraph.save(update_fields=["handled_as"])
    count_change(notice)
    after, body = facts_of(directive, addressees), notice.committee.name_vi
    record(notice, "add_directive", by=by, at=at, on_behalf_of=body, after=after)
    settle_proposal(directive, addressees, taken=taken, by=by, at=at)
    return directive


def _check(directive: Directive, addressees: Sequence[To] | None, *, at: datetime) -> None:
    """Raises Invalid where it is entered already, its reference is another's, or its addressees do not go with it."""
    check_new(directive)
    check_reference(directive)
    if addressees is not None:
        check_addressees(directive.notice, addressees, day=local_day(at))
        check_own_dates(directive, addressees)


def _make_room(directive: Directive) -> int:
    """The position of a new directive by its place in the text: before those whose sentences begin behind its own.

    Those count on from there; no two may have one position at any moment.
    """
    rows = directive.notice.directives.all()
    told = rows.aggregate(last=Max("position"), behind=Min("position", filter=Q(quote_start__gt=directive.quote_start)))
    position = told["behind"]
    if position is None:
        return (told["last"] or 0) + 1
    rows.filter(position__gte=position).update(position=F("position") + ASIDE)
    rows.filter(position__gt=ASIDE).update(position=F("position") - ASIDE + 1)
    return position


@transaction.atomic
def change_directive(
    directive: Directive,
    *,
    by: User,
    at: datetime,
    addressees: Sequence[To] | None = None,
    quote: str | None = None,
    version: int | None = None,
    **fields: Any,
) -> Directive:
    """Change a directive of a draft; `addressees` replace those it had, `version` is the directive's, as it was seen.

    Raises as `add_directive` does.
    """
    notice = locked_draft(directive.notice, by=by, at=at)
    directive = _as_seen(notice, directive, version)
    directive.notice = notice
    before = facts_of(directive, named(directive))
    if quote is not None:
        put_quote(directive, quote, directive.paragraph, None)
    amended = Notice.objects.filter(directives__amendments__successor=directive).first()
    fill(directive, fields, since=amended.issued_on if amended else None)
    _check(directive, addressees, at=at)
    if addressees is not None:
        directive.addressees.all().delete()
        address([(directive, addressees)])
    directive.version += 1
    directive.save()
    count_change(notice)
    after, body = facts_of(directive, named(directive)), notice.committee.name_vi
    record(notice, "change_directive", by=by, at=at, on_behalf_of=body, before=before, after=after)
    return directive


@transaction.atomic
def remove_directive(directive: Directive, *, by: User, at: datetime, version: int | None = None) -> None:
    """Take a directive out of a draft. History keeps what it was.

    Raises NotAllowed, WrongMoment, Stale, or Invalid where a target hangs on it.
    """
    notice = locked_draft(directive.notice, by=by, at=at)
    directive = _as_seen(notice, directive, version)
    if directive.indicators.exists():
        raise Invalid("directive", _("A target belongs to this directive: give the target to another one first."))
    before, paragraph = facts_of(directive, named(directive)), directive.paragraph
    record(notice, "remove_directive", by=by, at=at, on_behalf_of=notice.committee.name_vi, before=before)
    reopen_proposal(directive, by=by, at=at)
    directive.addressees.all().delete()
    directive.delete()
    if paragraph is not None and not paragraph.directives.exists():
        paragraph.handled_as = HandledAs.UNHANDLED
        paragraph.save(update_fields=["handled_as"])
    count_change(notice)


def _as_seen(notice: Notice, directive: Directive, version: int | None) -> Directive:
    """The directive of a locked draft as it is now. Raises Stale where it is gone, or not as it was seen."""
    found = still_there(notice.directives.select_related("paragraph"), directive)
    if version is not None and version != found.version:
        raise Stale(SOMEBODY_WAS_FASTER)
    return found


def _own(notice: Notice, paragraph: Paragraph) -> Paragraph:
    if paragraph.notice_id != notice.pk:
        raise Invalid("paragraph", _("This paragraph belongs to another notice."))
    return still_there(notice.paragraphs.all(), paragraph)
