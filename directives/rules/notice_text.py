"""The text of a notice: its header and its paragraphs, and what a person should look at again.

The reader proposes; the secretariat decides. Nothing that is not written is filled in.
"""

from collections.abc import Sequence

from directives.rules.notice_header import Header, read_header, reference_of
from directives.rules.notice_paragraphs import ParagraphSpan, read_paragraphs
from directives.rules.refusals import N_

__all__ = ["Header", "ParagraphSpan", "doubts", "read_header", "read_paragraphs", "reference_of"]

NO_NUMBER = N_("No number was found.")
NO_SYMBOL = N_("No symbol was found.")
NO_ISSUE_DATE = N_("No issue date was found.")
NO_ISSUER = N_("No issuer was found.")
NO_SUBJECT = N_("No subject was found.")
NO_SIGNER = N_("No signer was found.")
NO_MEETING = N_("No meeting date was found.")
NO_PARAGRAPHS = N_("No paragraph was found.")


def doubts(header: Header, paragraphs: Sequence[ParagraphSpan]) -> list[str]:
    """What the text did not yield, as sentences to be translated; none of it prevents a draft."""
    found = {
        NO_NUMBER: header.number,
        NO_SYMBOL: header.symbol,
        NO_ISSUE_DATE: header.issued_on,
        NO_ISSUER: header.issuer_name,
        NO_SUBJECT: header.subject,
        NO_SIGNER: header.signer,
        NO_MEETING: header.met_on or header.kind != "conclusion",
        NO_PARAGRAPHS: paragraphs,
    }
    return [sentence for sentence, what in found.items() if not what]
