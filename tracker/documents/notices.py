"""A file becomes what the secretariat needs for a draft: text, header, paragraphs, and what to look at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee
from directives.rules.notice_text import Header, ParagraphSpan, doubts, read_header, read_paragraphs
from directives.rules.refusals import Invalid
from directives.rules.spelling import one_tone
from tracker.documents.reading import text_of

CLASSIFIED = _("This document is stamped as a state secret. It must not be entered here: follow it up on paper.")
# Header field -> the most letters that a notice can keep of it.
# Above committees stands who set them up.
HIGHEST = {"chính phủ", "thủ tướng chính phủ"}
LIMITS = {"symbol": 60, "issuer_name": 250, "signer": 150, "signer_title": 250}
FIELDS = (
    "kind",
    "number",
    "symbol",
    "issuer_name",
    "signer",
    "signer_title",
    "met_on",
    "issued_on",
    "subject",
    "urgency",
)


@dataclass(frozen=True)
class ReadNotice:
    """What a file says; `doubts` are sentences still to be translated."""

    text: str
    header: Header
    paragraphs: Sequence[ParagraphSpan]
    doubts: Sequence[str]

    def fields(self) -> dict[str, Any]:
        """The fields of the draft, as `draft_notice` takes them."""
        values = {field: getattr(self.header, field) for field in FIELDS}
        return {**values, **{field: values[field][:limit] for field, limit in LIMITS.items()}, "text": self.text}


def read_notice(name: str, content: bytes) -> ReadNotice:
    """Read the notice in the file called `name`. Raises Invalid('file'): unreadable, or stamped as secret."""
    return understood(text_of(name, content))


def understood(text: str) -> ReadNotice:
    """Read the notice with this text. Raises Invalid('file') where it is stamped as secret."""
    header = read_header(text)
    if header.secrecy:
        raise Invalid("file", CLASSIFIED)
    paragraphs = read_paragraphs(text)
    return ReadNotice(text, header, paragraphs, doubts(header, paragraphs))


def issuer_called(name: str, on: date) -> Agency | None:
    """The one agency of the day `on` with this name, short name or alias; None where there is none, or two."""
    wanted = _plain(name)
    if not wanted:
        return None
    found = [agency for agency in Agency.objects.on(on).order_by("pk") if wanted in map(_plain, _names(agency))]
    return found[0] if len(found) == 1 else None


def issuer_of(name: str, on: date, committee: Committee) -> Agency | Committee | None:
    """The agency that a letterhead names, or the committee where that is named itself."""
    found = issuer_called(name, on)
    own = {_plain(committee.name_vi), _plain(committee.abbreviation)} - {""}
    return committee if found in (None, committee.itself) and _plain(name) in own else found


def issuer_in(header: Header, on: date, committee: Committee) -> Agency | Committee | None:
    """Whose letterhead it is: where a body stands above another, that of the one that is named last."""
    if found := issuer_of(header.issuer_name, on, committee):
        return found
    lines = header.issuer_lines
    for at in range(1, len(lines)):
        above, below = " ".join(lines[:at]), " ".join(lines[at:])
        if (_plain(above) in HIGHEST or issuer_called(above, on)) and (found := issuer_of(below, on, committee)):
            return found
    return None


def _names(agency: Agency) -> list[str]:
    return [agency.name_vi, agency.short_name_vi, *agency.aliases]


def _plain(name: str) -> str:
    """Names are alike whatever their capitals, tone placement, dashes and blanks."""
    return " ".join(one_tone(name).casefold().replace("–", "-").split())
