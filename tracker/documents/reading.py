"""Bytes become text: the text of a notice from its .txt, .docx or .pdf."""

import unicodedata
from collections.abc import Callable
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from directives.rules.refusals import Invalid
from tracker.documents import docx_text, pdf_text, plain
from tracker.documents.archives import is_strange
from tracker.documents.docx_parts import PROGRAMS, PROTECTED, TEXT_LIMIT, TOO_MUCH_TEXT
from tracker.documents.scanned import Told

EMPTY = _("This file is empty.")
TOO_LARGE = _("The file is too large: at most %(limit)s MB.")
OLD_WORD = _("Old Word files (.doc) cannot be read. Save it as .docx and try again.")
WRONG_KIND = _("Only .txt, .docx and .pdf can be read.")
OTHERWISE_NAMED = _("This is not a %(ending)s file, although its name says so.")
HIDDEN_NAME = _("The name of this file holds hidden signs or a path. Rename it and choose it again.")

FILE_LIMIT = 25 * 1024 * 1024  # bytes
OTHER_ENDINGS = {".doc": OLD_WORD, ".docm": PROGRAMS, ".dotm": PROGRAMS}
OLE = b"\xd0\xcf\x11\xe0"
# Ending -> how such a file begins, and who reads it.
READERS: dict[str, tuple[bytes, Callable[[bytes, Told], str]]] = {
    ".txt": (b"", lambda content, _told: plain.decoded(content)),
    ".docx": (b"PK\x03\x04", lambda content, _told: docx_text.text_of(content)),
    ".pdf": (b"%PDF-", pdf_text.text_of),
}


def unheard(page: int, of: int, *, scan: bool = False) -> None:
    """Nobody is told how far the reading is."""


def text_of(name: str, content: bytes, told: Told = unheard) -> str:
    """The text of the file called `name`, composed (NFC), with plain line ends; `told` hears how far it is.

    Raises Invalid('file') with a sentence that says what is wrong and what to do, for whatever is handed in.
    """
    ending = check_kind(name, content)
    text = READERS[ending][1](content, told)
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if len(text) > TEXT_LIMIT:
        raise Invalid("file", TOO_MUCH_TEXT, limit=TEXT_LIMIT)
    if not text.strip():
        raise Invalid("file", EMPTY)
    return text


def check_kind(name: str, content: bytes) -> str:
    """The ending of a file that may be opened. Raises Invalid('file') by name, size and first bytes alone."""
    ending = _ending(name)
    if len(content) > FILE_LIMIT:
        raise Invalid("file", TOO_LARGE, limit=FILE_LIMIT // 1024 // 1024)
    if not content:
        raise Invalid("file", EMPTY)
    if ending == ".docx" and content.startswith(OLE):
        raise Invalid("file", PROTECTED)
    # Some programs write a few bytes before the mark of a PDF.
    if READERS[ending][0] not in content[:1024]:
        raise Invalid("file", OTHERWISE_NAMED, ending=ending)
    return ending


def _ending(name: str) -> str:
    if is_strange(name) or "/" in name:
        raise Invalid("file", HIDDEN_NAME)
    ending = PurePath(name.strip()).suffix.lower()
    if ending not in READERS:
        raise Invalid("file", OTHER_ENDINGS.get(ending, WRONG_KIND))
    return ending
