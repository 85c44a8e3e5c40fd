"""A notice as the secretariat enters it: header and text, the file it was read from, paragraphs; or gives it up."""

import hashlib
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, User
from accounts.roles import Verb, require
from directives.actions.attaching import atomic_with_files, plain_name, put
from directives.actions.drafts import count_change, locked_draft, still_there
from directives.actions.fitting import fit, fit_text
from directives.actions.issuers import with_issuer
from directives.actions.moving import in_line
from directives.actions.recording import record
from directives.actions.twins import refuse_same_file, same_number
from directives.models import Addressee, HandledAs, Indicator, Notice, NoticeState, Paragraph
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

FIELDS = frozenset(
    {
        "session",
        "kind",
        "number",
        "symbol",
        "issuer",
        "issuer_name",
        "signer",
        "signer_title",
        "met_on",
        "issued_on",
        "subject",
        "urgency",
        "text",
        "amends",
        "supersedes",
        "corrects",
        "external_ref",
        "note",
    }
)


class Stretch(Protocol):
    """A paragraph as the reader proposes it: a label and offsets into the text."""

    @property
    def label(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@atomic_with_files()
def draft_notice(
    *,
    committee: Committee,
    by: User,
    at: datetime,
    secrecy: str = "",
    source: tuple[str, bytes] | None = None,
    **fields: Any,
) -> Notice:
    """Enter a notice as a draft. `source` is the name and bytes of the file it was read from; the `issuer` among the
    fields is an agency, or the committee itself.

    Raises NotAllowed, or Invalid for a classified document (`secrecy` not empty: it may not be in this system at
    all), a number that is taken, or dates in the wrong order.
    """
    require(by, Verb.DRAFT, committee, on=local_day(at))
    notice = Notice(committee=committee, entered_at=at, entered_by=by)
    _fill(notice, secrecy=secrecy, at=at, **with_issuer(fields, committee, by=by, at=at))
    _check_amended(notice)
    if source is not None:
        _keep_source(notice, *source)
    notice.save()
    record(notice, Verb.DRAFT, by=by, at=at, on_behalf_of=committee.name_vi, after=notice_facts(notice))
    return notice


@transaction.atomic
def amend_draft(
    notice: Notice, *, by: User, at: datetime, secrecy: str = "", version: int | None = None, **fields: Any
) -> Notice:
    """Change a draft's fields. A changed text drops the paragraphs; directives that quote it must go first.

    Raises NotAllowed, WrongMoment (issued already), Stale or Invalid.
    """
    notice = locked_draft(notice, by=by, at=at, version=version)
    before, old_text = notice_facts(notice), notice.text
    committee = fields.get("committee") or notice.committee
    _fill(notice, secrecy=secrecy, at=at, **with_issuer(fields, committee, by=by, at=at))
    _check_amended(notice)
    if notice.text != old_text:
        if notice.directives.exists():
            raise Invalid("text", _("Directives quote this text. Remove them before you change it."))
        notice.paragraphs.all().delete()
        notice.amendments.all().delete()
    notice.version += 1
    notice.save()
    record(
        notice,
        "amend",
        by=by,
        at=at,
        on_behalf_of=notice.committee.name_vi,
        before=before,
        after=notice_facts(notice),
    )
    return notice


@transaction.atomic
def discard(notice: Notice, *, by: User, at: datetime, reason: str = "", version: int | None = None) -> Notice:
    """Give a draft up: its text, file, paragraphs and directives go, and its number is free again.

    Its header stays, and history with all that was entered. The file leaves the disk once this is certain. Raises
    NotAllowed, WrongMoment (issued already), Stale, or Invalid where a target hangs on one of its directives.
    """
    notice = locked_draft(notice, by=by, at=at, version=version)
    fit_text("reason", reason)
    if Indicator.objects.filter(directive__notice=notice).exists():
        raise Invalid("directives", _("A target belongs to a directive of this draft: it cannot be discarded."))
    before, file = notice_facts(notice), notice.source_file.name
    Addressee.objects.filter(directive__notice=notice).delete()
    notice.amendments.all().delete()
    notice.directives.all().delete()
    notice.paragraphs.all().delete()
    notice.state, notice.text, notice.source_name = NoticeState.DISCARDED, "", ""
    notice.source_file = ""
    notice.version += 1
    notice.save()
    if file:
        transaction.on_commit(lambda: notice.source_file.storage.delete(file))
    record(
        notice,
        "discard",
        by=by,
        at=at,
        on_behalf_of=notice.committee.name_vi,
        before=before,
        after=notice_facts(notice),
        reason=reason.strip(),
    )
    return notice


@transaction.atomic
def set_paragraphs(
    notice: Notice, paragraphs: Iterable[Stretch], *, by: User, at: datetime, version: int | None = None
) -> list[Paragraph]:
    """Split a draft's text; offsets are characters of `notice.text`, in order and apart.

    Raises NotAllowed, WrongMoment, Stale or Invalid.
    """
    notice = locked_draft(notice, by=by, at=at, version=version)
    if notice.directives.exists():
        raise Invalid("paragraphs", _("Directives stand on these paragraphs. Remove them before you split anew."))
    rows, reached = [], 0
    for position, stretch in enumerate(paragraphs, start=1):
        if not reached <= stretch.start < stretch.end <= len(notice.text):
            raise Invalid("paragraphs", _("The paragraphs do not lie one after the other within the text."))
        reached = stretch.end
        rows.append(
            Paragraph(notice=notice, position=position, label=stretch.label, start=stretch.start, end=stretch.end)
        )
        fit(rows[-1], "label")
    notice.paragraphs.all().delete()
    written = Paragraph.objects.bulk_create(rows)
    count_change(notice)
    record(notice, "split", by=by, at=at, on_behalf_of=notice.committee.name_vi, after={"paragraphs": len(rows)})
    return written


@transaction.atomic
def mark_paragraph(
    paragraph: Paragraph, handled_as: str, *, by: User, at: datetime, version: int | None = None
) -> Paragraph:
    """Say how a paragraph of a draft was handled. A paragraph that carries directives stays 'directive'."""
    notice = locked_draft(paragraph.notice, by=by, at=at, version=version)
    paragraph = still_there(notice.paragraphs.all(), paragraph)
    if handled_as not in HandledAs.values:
        raise Invalid("handled_as", _("This is not a way to handle a paragraph."))
    if handled_as != HandledAs.DIRECTIVE and paragraph.directives.exists():
        raise Invalid("handled_as", _("This paragraph carries a directive. Remove it first."))
    before, paragraph.handled_as = paragraph.handled_as, handled_as
    paragraph.save(update_fields=["handled_as"])
    count_change(notice)
    record(
        notice,
        "mark",
        by=by,
        at=at,
        on_behalf_of=notice.committee.name_vi,
        before={"paragraph": paragraph.position, "handled_as": before},
        after={"paragraph": paragraph.position, "handled_as": handled_as},
    )
    return paragraph


def _fill(notice: Notice, *, secrecy: str, at: datetime, **fields: Any) -> None:
    if secrecy:
        # Law on the protection of state secrets; Decree 63/2026/NĐ-CP.
        raise Invalid("secrecy", _("A classified document must not be entered here. Follow it up on paper."))
    if unknown := fields.keys() - FIELDS:
        raise TypeError(f"a notice has no field {', '.join(sorted(unknown))}")
    for field, value in fields.items():
        setattr(notice, field, unicodedata.normalize("NFC", value) if isinstance(value, str) else value)
    notice.symbol = notice.symbol.strip()
    fit(notice, *fields)
    check_dates(notice, day=local_day(at))
    _check_number(notice)


def _check_amended(notice: Notice) -> None:
    """Ask whether what a draft corrects can be corrected, and remember as what it was seen. Raises Invalid."""
    if sum(map(bool, (notice.corrects, notice.amends, notice.supersedes))) > 1:
        raise Invalid("supersedes", _("A notice corrects, amends or supersedes another one: choose one of them."))
    if notice.corrects is None:
        return
    if notice.corrects.state != NoticeState.ISSUED or notice.corrects.committee_id != notice.committee_id:
        raise Invalid("corrects", _("Only an issued notice of the same committee can be corrected."))
    if notice.number is not None:
        raise Invalid("number", _("A corrected text keeps the number of the notice that it corrects."))
    if notice.base_version is None:
        notice.base_version = notice.corrects.version


def check_dates(notice: Notice, *, day: date) -> None:
    """Ask whether meeting, issue and the local date `day` of entry follow one another. Raises Invalid."""
    if notice.issued_on and notice.issued_on > day:
        raise Invalid("issued_on", _("The issue date lies in the future."))
    if notice.met_on and notice.issued_on and notice.met_on > notice.issued_on:
        raise Invalid("met_on", _("The meeting cannot be after the notice was issued."))


def _check_number(notice: Notice) -> None:
    others = Notice.objects.kept().exclude(pk=notice.pk)
    if notice.external_ref and others.filter(external_ref=notice.external_ref).exists():
        raise Invalid("external_ref", _("This reference is in the register already."))
    if notice.number is None or notice.issuer is None or notice.issued_on is None:
        return
    in_line(notice.issuer)
    if same_number(notice) is not None:
        raise Invalid(
            "number",
            _("%(reference)s of %(year)s by %(issuer)s is in the register already."),
            reference=notice.reference,
            year=notice.issued_on.year,
            issuer=notice.issuer.name,
        )


def _keep_source(notice: Notice, name: str, content: bytes) -> None:
    notice.source_sha256 = hashlib.sha256(content).hexdigest()
    refuse_same_file(notice.source_sha256)
    notice.source_name = plain_name(name)
    put(notice.source_file, ContentFile(content))


def notice_facts(notice: Notice) -> dict[str, Any]:
    """What history keeps of a notice before and after a verb."""
    return {
        "reference": notice.reference,
        "state": str(notice.state),
        "subject": notice.subject,
        "met_on": notice.met_on.isoformat() if notice.met_on else None,
        "issued_on": notice.issued_on.isoformat() if notice.issued_on else None,
        "text_sha256": hashlib.sha256(notice.text.encode()).hexdigest(),
        "version": notice.version,
    }
