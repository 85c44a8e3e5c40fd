"""Archives: a .docx is a zip file, and an upload is hostile until proven otherwise."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext_lazy as _

from directives.rules.refusals import Invalid

BROKEN = _("This file is damaged and cannot be opened. Save it again and try once more.")
SWELLS = _("This file unpacks to more than %(limit)s MB. Remove its pictures or choose the PDF.")
UNSAFE = _("This file holds instructions that a notice has no need of, so it was not opened.")

PARTS_LIMIT = 2000
PART = b"PK\x01\x02"  # how the directory of an archive begins each entry
UNPACKED_LIMIT = 64 * 1024 * 1024  # bytes, all parts together
STEP = 1024 * 1024


def check(content: bytes) -> None:
    """Refuse an archive that is broken, swells, or carries XML that defines entities. Raises Invalid('file')."""
    if is_crowded(content):
        raise Invalid("file", SWELLS, limit=UNPACKED_LIMIT // STEP)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(archive)
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    fromstring(archive.read(name), forbid_dtd=True)
    except DefusedXmlException:
        raise Invalid("file", UNSAFE) from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ParseError,
        ValueError,
    ):
        # zipfile tells of a password by RuntimeError and of strange compression by NotImplementedError.
        raise Invalid("file", BROKEN) from None


def is_crowded(content: bytes) -> bool:
    """Whether the archive has so many parts that its directory alone would fill the memory."""
    return content.count(PART) > PARTS_LIMIT


def _check_sizes(archive: zipfile.ZipFile) -> None:
    """What the directory declares, then what really comes out: the two may differ."""
    parts = archive.infolist()
    declared = sum(part.file_size for part in parts)
    if declared > UNPACKED_LIMIT:
        raise Invalid("file", SWELLS, limit=UNPACKED_LIMIT // STEP)
    unpacked = 0
    for part in parts:
        for piece in _pieces(archive, part):
            unpacked += len(piece)
            if unpacked > UNPACKED_LIMIT:
                raise Invalid("file", SWELLS, limit=UNPACKED_LIMIT // STEP)


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as opened:
        while piece := opened.read(STEP):
            yield piece
