"""The parts of an .xlsx: how much of it may be unpacked, and how one part names another."""

import posixpath

from django.utils.translation import gettext_lazy as _

from tracker.documents import archives
from tracker.documents.xml_reader import MEGABYTE, Attributes

SWELLS = _("This file unpacks to more than %(limit)s MB. Copy the rows you need into a new sheet and save that.")
PROGRAMS = _("This file holds macros. Save it as a plain “Excel Workbook (.xlsx)” and choose that.")
UNSAFE = _("This file holds instructions that a list has no need of, so it was not opened.")
PROTECTED = _("This file is protected by a password, or is an old Excel file. Save it as a plain .xlsx without one.")

BOUNDS = archives.Bounds(
    unpacked=100 * MEGABYTE,
    marks=5_000_000,
    given=3_000_000,
    swells=SWELLS,
    programs=PROGRAMS,
    unsafe=UNSAFE,
    protected=PROTECTED,
)

__all__ = ["PROGRAMS", "PROTECTED", "Attributes", "Package", "beside", "relations_of"]


class Package(archives.Package):
    """An .xlsx whose parts were looked at but not yet unpacked. Raises Invalid('file'), or one of archives.FAULTS."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content, BOUNDS)


def beside(part: str, target: str) -> str:
    """The name of the part that `part` names as `target`."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def relations_of(part: str) -> str:
    """The part that says what `part` refers to."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
