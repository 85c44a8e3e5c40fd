"""What was read becomes a draft with its paragraphs and proposals, in one transaction."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, User
from directives.actions.attaching import atomic_with_files
from directives.actions.entering import draft_notice
from directives.actions.proposing import propose
from directives.actions.touching import settle
from directives.models import HandledAs, Notice, NoticeState, Proposal
from directives.rules.notice_proposals import read_notice
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day
from tracker.documents.notices import ReadNotice, issuer_in
from tracker.documents.register import register_of_the_database

TIES = ("corrects", "amends", "supersedes")
SAME_TEXT = _("This is the text of %(notice)s as it stands, word for word: there is nothing to amend.")


@atomic_with_files()
def enter_read(
    read: ReadNotice,
    *,
    committee: Committee,
    by: User,
    at: datetime,
    secrecy: str = "",
    source: tuple[str, bytes] | None = None,
    **fields: Any,
) -> Notice:
    """Keep what was read as a draft of `committee`, with its paragraphs and what is proposed of them.

    Raises as `draft_notice` does, and Invalid(text) where it should amend a notice that says the very same.
    """
    for tie in TIES:
        if fields.get(tie) is not None and fields[tie].text.split() == read.text.split():
            raise Invalid("text", SAME_TEXT, notice=fields[tie].reference)
    issuer = issuer_in(read.header, read.header.issued_on or local_day(at), committee)
    given = {**read.fields(), "issuer": issuer, **fields}
    notice = draft_notice(committee=committee, by=by, at=at, secrecy=secrecy, source=source, **given)
    propose_from_text(notice, by=by, at=at)
    return notice


def propose_from_text(notice: Notice, *, by: User, at: datetime) -> list[Proposal]:
    """Read what the text of a draft asks of whom, and keep it as proposals. Raises as `propose` does.

    Where the draft amends a notice in force, what that asks already is not proposed once more.
    """
    reading = read_notice(notice.text, notice.issued_on, register_of_the_database())
    found = propose(notice, reading, by=by, at=at)
    if notice.amended is not None and notice.amended.state == NoticeState.ISSUED:
        settle(notice, by=by, at=at)
    return found


def corrected(notice: Notice, issued_on: date | None, note: str) -> dict[str, Any]:
    """The fields of the draft of a corrected text: it has no number, and the header is the notice's."""
    own = {"number": None, "symbol": "", "issuer": None, "met_on": None, "subject": notice.subject}
    return {**own, "corrects": notice, "kind": notice.kind, "issued_on": issued_on, "note": note}


def is_untouched(notice: Notice) -> bool:
    """Whether nobody has decided on anything in a draft yet, so that reading it anew loses no work."""
    by_hand = notice.paragraphs.exclude(handled_as__in=(HandledAs.UNHANDLED, HandledAs.KNOWN))
    return not notice.directives.exists() and not by_hand.exists()
