"""Notices and directives that another system keeps are entered as they stand there: sent again they change nothing.

A notice is known by its reference in that system, or by issuer, year, number and symbol; a directive by its reference
within its notice. Drafts follow; what was issued is never changed in silence.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Agency, Committee, User
from accounts.roles import Verb, require
from directives.actions.drafting import To, add_directive, change_directive, remove_directive
from directives.actions.drafts import locked_draft
from directives.actions.entering import amend_draft, draft_notice, set_paragraphs
from directives.actions.issuers import with_issuer
from directives.actions.stating import QUOTE_MISSING, named, paragraph_of
from directives.actions.twins import REFERENCES, numbered, wait_for
from directives.models import Directive, Notice, NoticeState
from directives.rules.notice_text import read_paragraphs
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Mirrored:
    """What stands in the register now, and whether it was not there before."""

    row: Notice | Directive
    is_new: bool = False


@transaction.atomic
def mirror_notice(
    *,
    committee: Committee,
    by: User,
    at: datetime,
    directives: Sequence[Said] | None = None,
    version: int | None = None,
    **fields: Any,
) -> Mirrored:
    """Let the register hold the notice with these `fields`; what they do not name stays as it is.

    Where `directives` are given, those of the draft that have a reference become these; those without one, which
    people entered, stay. Two that come at once wait for each other. What stands so already is no event.

    Raises NotAllowed, Invalid, Stale, or WrongMoment where it would change what was issued or withdrawn.
    """
    require(by, Verb.DRAFT, committee, on=local_day(at))
    fields = with_issuer(fields, committee, by=by, at=at)
    row = _known(committee, fields)
    if row is None:
        for name in sorted(_names(fields)):
            wait_for(REFERENCES, name)
        row = _known(committee, fields)
    is_new = row is None
    notice = _follow(row, fields, directives, by=by, at=at, version=version) if row else None
    if notice is None:
        notice = draft_notice(committee=committee, by=by, at=at, **fields)
        _split(notice, by=by, at=at)
    if directives is not None:
        _mirror_directives(notice, directives, by=by, at=at)
    notice.refresh_from_db()
    return Mirrored(notice, is_new)


@transaction.atomic
def mirror_directive(
    notice: Notice, *, by: User, at: datetime, external_ref: str, version: int | None = None, **said: Any
) -> Mirrored:
    """Let the draft hold the directive that another system knows by `external_ref`; raises as `mirror_notice` does."""
    require(by, Verb.DRAFT, notice.committee, on=local_day(at))
    wait_for(REFERENCES, f"{notice.uuid} {external_ref}")
    row = notice.directives.filter(external_ref=external_ref).first()
    stated = {**said, "external_ref": external_ref}
    return Mirrored(_state(notice, row, stated, by=by, at=at, version=version), is_new=row is None)


def _names(fields: Said) -> set[str]:
    """By what the notice is known; whoever enters it holds these."""
    names = {f"ref {fields['external_ref']}"} if fields.get("external_ref") else set[str]()
    if number := _number(fields):
        issuer, year, digits, symbol = number
        names.add(f"number {issuer.code} {year} {digits} {symbol}")
    return names


def _number(fields: Said) -> tuple[Agency, int, int, str] | None:
    issuer, number, issued_on = fields.get("issuer"), fields.get("number"), fields.get("issued_on")
    if issuer is None or number is None or issued_on is None:
        return None
    return issuer, issued_on.year, number, fields.get("symbol", "")


def _known(committee: Committee, fields: Said) -> Notice | None:
    """The committee's notice that is meant. One of another system's reference is another one."""
    rows = Notice.objects.kept().filter(committee=committee)
    reference = fields.get("external_ref")
    if reference and (row := rows.filter(external_ref=reference).first()):
        return row
    if (number := _number(fields)) is None:
        return None
    issuer, year, digits, symbol = number
    same = {"issuer": issuer, "issued_on__year": year, "number": digits, "symbol": symbol}
    live = numbered(issuer.pk, year, digits, symbol)
    row = live or rows.filter(state=NoticeState.WITHDRAWN, **same).order_by("-pk").first()
    is_meant = row is not None and row.committee_id == committee.pk and (not reference or not row.external_ref)
    return row if is_meant else None


def _follow(
    row: Notice, fields: Said, directives: Sequence[Said] | None, *, by: User, at: datetime, version: int | None
) -> Notice:
    """Change what stands otherwise. With a new text the directives that were mirrored begin anew."""
    changed = {name: value for name, value in fields.items() if _differs(getattr(row, name), value)}
    if not changed:
        return row
    row = locked_draft(row, by=by, at=at, version=version)
    if "text" in changed and directives is not None:
        for directive in row.directives.exclude(external_ref=""):
            remove_directive(directive, by=by, at=at)
    row = amend_draft(row, by=by, at=at, **changed)
    if "text" in changed:
        _split(row, by=by, at=at)
    return row


def _split(notice: Notice, *, by: User, at: datetime) -> None:
    if paragraphs := read_paragraphs(notice.text):
        set_paragraphs(notice, paragraphs, by=by, at=at)


def _mirror_directives(notice: Notice, stated: Sequence[Said], *, by: User, at: datetime) -> None:
    there = {row.external_ref: row for row in notice.directives.exclude(external_ref="")}
    references = [said["external_ref"] for said in stated]
    for reference, row in there.items():
        if reference not in references:
            remove_directive(row, by=by, at=at)
    for said in stated:
        _state(notice, there.get(said["external_ref"]), said, by=by, at=at, version=None)


def _state(
    notice: Notice, row: Directive | None, said: Said, *, by: User, at: datetime, version: int | None
) -> Directive:
    """Add the directive, change what stands otherwise, or leave it as it is. Raises as the two verbs do."""
    stated = dict(said)
    start, position = stated.pop("quote_start", None), stated.pop("paragraph", None)
    if row is None:
        if "quote" not in stated:
            raise Invalid("quote", QUOTE_MISSING)
        of = paragraph_of(notice, stated["quote"], start, position)
        return add_directive(notice, by=by, at=at, paragraph=of, quote_start=start, **stated)
    addressees: Sequence[To] | None = stated.pop("addressees", None)
    changed = {name: value for name, value in stated.items() if _differs(_stands(row, name, value), value)}
    if addressees is not None and set(addressees) != set(named(row)):
        changed["addressees"] = addressees
    if not changed:
        return row
    return change_directive(row, by=by, at=at, version=version, **changed)


def _stands(row: Directive, name: str, value: Any) -> Any:
    """What the row says; a wording that is left empty is the sentence itself."""
    return "" if name == "wording" and not value and row.wording == row.quote else getattr(row, name)


def _differs(stands: Any, value: Any) -> bool:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip() != str(stands).strip()
    return stands != value
