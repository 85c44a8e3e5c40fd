"""Bytes become text: the text of a notice from its .txt, .docx or .pdf."""

import unicodedata
from collections.abc import Callable
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from directives.rules.refusals import Invalid
from tracker.documents import docx_text, pdf_text, plain

EMPTY = _("This file is empty.")
TOO_LARGE = _("The file is too large: at most %(limit)s MB.")
TOO_MUCH_TEXT = _("The file holds more text than any notice: at most %(limit)s characters.")
OLD_WORD = _("Old Word files (.doc) cannot be read. Save it as .docx and try again.")
WRONG_KIND = _("Only .txt, .docx and .pdf can be read.")
OTHERWISE_NAMED = _("This is not a %(ending)s file, although its name says so.")
PROTECTED = _("This document is protected by a password, or is an old Word file. Save it as a plain .docx.")

FILE_LIMIT = 25 * 1024 * 1024  # bytes
TEXT_LIMIT = 2_000_000  # characters
OLE = b"\xd0\xcf\x11\xe0"
# Ending -> how such a file begins, and who reads it.
READERS: dict[str, tuple[bytes, Callable[[bytes], str]]] = {
    ".txt": (b"", plain.decoded),
    ".docx": (b"PK\x03\x04", docx_text.text_of),
    ".pdf": (b"%PDF-", pdf_text.text_of),
}


def text_of(name: str, content: bytes) -> str:
    """The text of the file called `name`, composed (NFC), with plain line ends.

    Raises Invalid('file') with a sentence that says what is wrong and what to do, for whatever is handed in.
    """
    ending = PurePath(name).suffix.lower()
    _check_kind(ending, content)
    text = READERS[ending][1](content)
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if len(text) > TEXT_LIMIT:
        raise Invalid("file", TOO_MUCH_TEXT, limit=TEXT_LIMIT)
    if not text.strip():
        raise Invalid("file", EMPTY)
    return text


def _check_kind(ending: str, content: bytes) -> None:
    if len(content) > FILE_LIMIT:
        raise Invalid("file", TOO_LARGE, limit=FILE_LIMIT // 1024 // 1024)
    if ending == ".doc":
        raise Invalid("file", OLD_WORD)
    if ending not in READERS:
        raise Invalid("file", WRONG_KIND)
    if not content:
        raise Invalid("file", EMPTY)
    if ending == ".docx" and content.startswith(OLE):
        raise Invalid("file", PROTECTED)
    # Some programs write a few bytes before the mark of a PDF.
    if READERS[ending][0] not in content[:1024]:
        raise Invalid("file", OTHERWISE_NAMED, ending=ending)
