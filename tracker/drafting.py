"""What was read becomes a draft with its paragraphs and proposals, in one transaction."""

from datetime import datetime
from typing import Any

from accounts.models import Committee, User
from directives.actions.attaching import atomic_with_files
from directives.actions.entering import draft_notice
from directives.actions.proposing import propose
from directives.models import Notice, Proposal
from directives.rules.notice_proposals import read_notice
from directives.rules.working_days import local_day
from tracker.documents.notices import ReadNotice, issuer_called
from tracker.documents.register import register_of_the_database


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

    Raises as `draft_notice` does.
    """
    issuer = issuer_called(read.header.issuer_name, read.header.issued_on or local_day(at))
    given = {**read.fields(), "issuer": issuer, **fields}
    notice = draft_notice(committee=committee, by=by, at=at, secrecy=secrecy, source=source, **given)
    propose_from_text(notice, by=by, at=at)
    return notice


def propose_from_text(notice: Notice, *, by: User, at: datetime) -> list[Proposal]:
    """Read what the text of a draft asks of whom, and keep it as proposals. Raises as `propose` does."""
    reading = read_notice(notice.text, notice.issued_on, register_of_the_database())
    return propose(notice, reading, by=by, at=at)


def is_untouched(notice: Notice) -> bool:
    """Whether nobody has decided on anything in a draft yet, so that reading it anew loses no work."""
    return not notice.directives.exists() and not notice.paragraphs.exclude(handled_as="").exists()
