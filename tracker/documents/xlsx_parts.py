"""The parts of an .xlsx, unpacked piece by piece and never further than a list can need.

An upload is hostile until proven otherwise: what swells, defines entities, nests without end or holds programs is
refused, and nothing is ever written to disk under a name that the file chose.
"""

import io
import posixpath
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from directives.rules.refusals import Invalid
from tracker.documents import archives

SWELLS = _("This file unpacks to more than %(limit)s MB. Copy the rows you need into a new sheet and save that.")
PROGRAMS = _("This file holds macros. Save it as a plain “Excel Workbook (.xlsx)” and choose that.")
UNSAFE = _("This file holds instructions that a list has no need of, so it was not opened.")
PROTECTED = _("This file is protected by a password, or is an old Excel file. Save it as a plain .xlsx without one.")

MEGABYTE = 1024 * 1024
UNPACKED_LIMIT = 100 * MEGABYTE  # bytes, all parts together
PIECE = 64 * 1024
TOKEN_LIMIT = 2 * MEGABYTE  # bytes of one tag or comment
DEPTH_LIMIT = 60
MARKS_LIMIT = 4_000_000  # begins and ends of elements
NAMES_LIMIT = 1000  # different names of elements, and of attributes
MACROS = ("vbaproject.bin", "macrosheets/", "vbadata.xml")

Attributes = dict[str, str]
Begins = Mapping[str, Callable[[Attributes], None]]
Ends = Mapping[str, Callable[[], None]]
Text = Callable[[str], None]


class Package:
    """An .xlsx whose parts were looked at but not yet unpacked. Raises Invalid('file'), or what zipfile raises."""

    def __init__(self, content: bytes) -> None:
        if archives.is_crowded(content):
            raise Invalid("file", UNSAFE)
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._parts = {part.filename.lower(): part for part in self._archive.infolist()}
        self._left = UNPACKED_LIMIT
        self._check()

    def _check(self) -> None:
        parts = self._archive.infolist()
        if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
            raise Invalid("file", SWELLS, limit=UNPACKED_LIMIT // MEGABYTE)
        if any(part.flag_bits & 1 for part in parts):
            raise Invalid("file", PROTECTED)
        if any(macro in name for name in self._parts for macro in MACROS):
            raise Invalid("file", PROGRAMS)
        if any(is_strange(part.filename) for part in parts):
            raise Invalid("file", UNSAFE)

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name.lower() in self._parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part. Raises KeyError where there is none."""
        with self._archive.open(self._parts[name.lower()]) as opened:
            while piece := opened.read(PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise Invalid("file", SWELLS, limit=UNPACKED_LIMIT // MEGABYTE)
                yield piece

    def read(self, name: str, *, begin: Begins, end: Ends | None = None, text: Text | None = None) -> None:
        """Go through a part: `begin` and `end` are called for the elements that they name, without their prefix."""
        reader = _Reader(begin, end or {}, text)
        for piece in self.pieces(name):
            reader.feed(piece)
        reader.close()


def is_strange(name: str) -> bool:
    """Whether a name leads out of its folder, or holds signs that hide how it reads."""
    hidden = any(unicodedata.category(sign) in ("Cc", "Cf") for sign in name)
    return hidden or "\\" in name or name.startswith("/") or ".." in name.split("/")


def beside(part: str, target: str) -> str:
    """The name of the part that `part` names as `target`."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def relations_of(part: str) -> str:
    """The part that says what `part` refers to."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


class _Reader:
    """An XML reader that keeps nothing and stops at what no list needs."""

    def __init__(self, begins: Begins, ends: Ends, text: Text | None) -> None:
        self._wanted = begins, ends
        # By the name with its address: what is to be called where the element begins, and where it ends.
        self._begins: dict[str, Callable[[Attributes], None] | None] = {}
        self._ends: dict[str, Callable[[], None] | None] = {}
        self._attributes: set[str] = set()
        self._depth = self._fed = self._marks = self._spaces = 0
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartNamespaceDeclHandler = self._declared
        parser.StartElementHandler = self._began
        parser.EndElementHandler = self._ended
        if text is not None:
            parser.CharacterDataHandler = text

    def feed(self, piece: bytes) -> None:
        self._fed += len(piece)
        self._marks += piece.count(b"<")
        self._parser.Parse(piece, False)
        if self._fed - self._parser.CurrentByteIndex > TOKEN_LIMIT or self._marks > MARKS_LIMIT:
            raise Invalid("file", UNSAFE)

    def close(self) -> None:
        self._parser.Parse(b"", True)

    def _began(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if name not in self._begins:
            self._meet(name)
        if attributes:
            self._attributes.update(attributes)
        if self._depth > DEPTH_LIMIT or len(self._attributes) > NAMES_LIMIT:
            raise Invalid("file", UNSAFE)
        if called := self._begins[name]:
            called(attributes)

    def _ended(self, name: str) -> None:
        self._depth -= 1
        if called := self._ends[name]:
            called()

    def _meet(self, name: str) -> None:
        begins, ends = self._wanted
        local = name.rpartition(" ")[2]
        self._begins[name], self._ends[name] = begins.get(local), ends.get(local)
        if len(self._begins) > NAMES_LIMIT:
            raise Invalid("file", UNSAFE)

    def _declared(self, prefix: str | None, address: str) -> None:
        self._spaces += 1
        if self._spaces > NAMES_LIMIT:
            raise Invalid("file", UNSAFE)


def _refuse(*declared: object) -> None:
    raise Invalid("file", UNSAFE)
