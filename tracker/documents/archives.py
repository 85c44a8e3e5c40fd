"""Archives: a .docx and an .xlsx are zip files, and an upload is hostile until proven otherwise.

Parts are unpacked piece by piece and never further than an office document can need: what swells, defines entities,
nests without end or holds programs is refused, and nothing is ever written to disk under a name that the file chose.
"""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers.expat import ExpatError

from directives.rules.refusals import Invalid
from tracker.documents.xml_reader import MEGABYTE, Allowance, Begins, Ends, Reader, Text

PARTS_LIMIT = 2000
PART = b"PK\x01\x02"  # how the directory of an archive begins each entry
PIECE = 64 * 1024
MACROS = ("vbaproject.bin", "macrosheets/", "vbadata.xml")
# What a damaged archive or part raises: zipfile tells of a password by RuntimeError, of strange compression by
# NotImplementedError.
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    ExpatError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    OverflowError,
)


@dataclass(frozen=True)
class Bounds:
    """What an archive of one kind may hold, and the sentences that refuse what it may not."""

    unpacked: int  # bytes, all parts together
    marks: int  # begins and ends of elements, in the parts that are read
    given: int  # attributes, likewise
    swells: Any
    programs: Any
    unsafe: Any
    protected: Any


class Package:
    """An archive whose parts were looked at but not yet unpacked. Raises Invalid('file'), or one of FAULTS."""

    def __init__(self, content: bytes, bounds: Bounds) -> None:
        if content.count(PART) > PARTS_LIMIT:  # the directory alone would fill the memory
            raise Invalid("file", bounds.unsafe)
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._parts = {part.filename.lower(): part for part in self._archive.infolist()}
        self._bounds, self._left = bounds, bounds.unpacked
        self._allowed = Allowance(bounds.marks, bounds.given, bounds.unsafe)
        self._check()

    def _check(self) -> None:
        parts = self._archive.infolist()
        if sum(part.file_size for part in parts) > self._bounds.unpacked:
            self._swells()
        if any(part.flag_bits & 1 for part in parts):
            raise Invalid("file", self._bounds.protected)
        if any(macro in name for name in self._parts for macro in MACROS):
            raise Invalid("file", self._bounds.programs)
        if any(is_strange(part.filename) for part in parts):
            raise Invalid("file", self._bounds.unsafe)

    def _swells(self) -> None:
        raise Invalid("file", self._bounds.swells, limit=self._bounds.unpacked // MEGABYTE)

    def __iter__(self) -> Iterator[str]:
        """The names of the parts, as the archive writes them."""
        return (part.filename for part in self._parts.values())

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name.lower() in self._parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part. Raises KeyError where there is none."""
        with self._archive.open(self._parts[name.lower()]) as opened:
            while piece := opened.read(PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    self._swells()
                yield piece

    def read(
        self, name: str, *, begin: Begins | None = None, end: Ends | None = None, text: Text | None = None
    ) -> None:
        """Go through a part: `begin` and `end` are called for the elements that they name, without their prefix."""
        for _piece in self.read_pieces(name, begin=begin, end=end, text=text):
            pass

    def read_pieces(
        self, name: str, *, begin: Begins | None = None, end: Ends | None = None, text: Text | None = None
    ) -> Iterator[bytes]:
        """The bytes of a part, each piece once it was gone through as `read` does."""
        reader = Reader(begin or {}, end or {}, text, self._allowed)
        for piece in self.pieces(name):
            reader.feed(piece)
            yield piece
        reader.close()


def is_strange(name: str) -> bool:
    """Whether a name leads out of its folder, or holds signs that hide how it reads."""
    hidden = any(unicodedata.category(sign) in ("Cc", "Cf") for sign in name)
    return hidden or "\\" in name or name.startswith("/") or ".." in name.split("/")
