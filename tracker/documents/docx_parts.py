"""The parts of a .docx: looked at before any of them is opened, and handed on without pictures."""

import io
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from directives.rules.refusals import Invalid
from tracker.documents import archives
from tracker.documents.xml_reader import MEGABYTE

BROKEN = _("This file is damaged and cannot be opened. Save it again and try once more.")
SWELLS = _("This file unpacks to more than %(limit)s MB. Remove its pictures or choose the PDF.")
PROGRAMS = _("This file holds macros. Save it as a plain “Word Document (.docx)” and choose that.")
UNSAFE = _("This file holds instructions that a notice has no need of, so it was not opened.")
PROTECTED = _("This document is protected by a password, or is an old Word file. Save it as a plain .docx.")
TOO_MUCH_TEXT = _("The file holds more text than any notice: at most %(limit)s characters.")

TEXT_LIMIT = 2_000_000  # characters
XML_LIMIT = 24 * MEGABYTE
XML = (".xml", ".rels")
BOUNDS = archives.Bounds(
    unpacked=64 * MEGABYTE,
    # About two hundred dense pages as Word writes them; the tree of so many takes some 100 MB.
    marks=700_000,
    given=400_000,
    swells=SWELLS,
    programs=PROGRAMS,
    unsafe=UNSAFE,
    protected=PROTECTED,
)


def plain_copy(content: bytes) -> io.BytesIO:
    """The .docx in `content` with every part that is not XML emptied, once all of them were looked at.

    Raises Invalid('file') where it is damaged, swells, is locked, holds programs, or XML that no notice needs.
    """
    try:
        return _copied(archives.Package(content, BOUNDS))
    except archives.FAULTS:
        raise Invalid("file", BROKEN) from None


def _copied(package: archives.Package) -> io.BytesIO:
    kept, taken = io.BytesIO(), _Taken()
    with zipfile.ZipFile(kept, "w") as copy:
        for name in package:
            with copy.open(name, "w") as part:
                if not name.lower().endswith(XML):
                    taken.leave(package.pieces(name))
                    continue
                for piece in package.read_pieces(name, text=taken.words):
                    taken.piece(piece)
                    part.write(piece)
    return kept


class _Taken:
    """Counts what was taken from a document. Raises Invalid('file') where it is more than a notice can need."""

    def __init__(self) -> None:
        self._letters = self._bytes = 0

    def words(self, words: str) -> None:
        self._letters += len(words)
        if self._letters > TEXT_LIMIT:
            raise Invalid("file", TOO_MUCH_TEXT, limit=TEXT_LIMIT)

    def piece(self, piece: bytes) -> None:
        self._bytes += len(piece)
        if self._bytes > XML_LIMIT:
            raise Invalid("file", UNSAFE)

    def leave(self, pieces: Iterator[bytes]) -> None:
        """Unpack and drop: what really comes out may be more than the directory declares."""
        for _piece in pieces:
            pass
