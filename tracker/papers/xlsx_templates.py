"""A body's own head and foot of its .xlsx papers: named places in the cells of a sheet, around the place of the table.

What comes is read as words with the looks of a head (bold, italic, size, side, joined cells), and written anew: nothing
of the file itself is kept, no formula, no picture, no link.
"""

import io
import re
from collections.abc import Sequence
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext_lazy as _

from directives.rules.refusals import Invalid
from tracker.documents import archives
from tracker.documents.blocks import Block, Words, put
from tracker.documents.xlsx_book import Book
from tracker.documents.xlsx_parts import Attributes, Package
from tracker.documents.xlsx_table import BROKEN, table_of
from tracker.papers import form, templates

BODY, TABLE = "NOI_DUNG", "TEN_BANG"
MUST = ("CO_QUAN", "TRICH_YEU", BODY)
MAY = (TABLE, *(name for name in (*templates.MUST, *templates.MAY) if name not in MUST))
MOST_ROWS, MOST_COLUMNS = 30, 30  # above the table, or below it
LONGEST = 1000  # characters in a cell
SIZES = range(6, 37)  # points
ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
SIDES = ("left", "center", "right")

ONCE = _("The place {{NOI_DUNG}} stands once, in a cell of its own: the table begins there.")
TOO_MUCH = _("A head or foot has at most %(rows)s rows and %(columns)s columns.")


def _row(*words: str, **looks: Any) -> list[Words]:
    return [Words(0, 0, one, **looks) for one in words]


USUAL = Block(
    above=[
        _row("{{CO_QUAN_CAP_TREN}}"),
        _row("{{CO_QUAN}}", bold=True),
        _row("{{SO_KY_HIEU}}"),
        _row("{{DIA_DANH_NGAY}}", italic=True),
        _row("{{TEN_LOAI}}", bold=True, size=13),
        _row("{{TRICH_YEU}}", bold=True),
        _row("{{TEN_BANG}}"),
    ],
    below=[_row("{{QUYEN_HAN}}", bold=True), _row("{{CHUC_VU}}", bold=True), [], [], _row("{{NGUOI_KY}}", bold=True)],
)


def checked(content: bytes) -> bytes:
    """The template as it is kept: written anew. Raises Invalid('file') and says what is wrong with it."""
    if len(content) > templates.LARGEST:
        raise Invalid("file", templates.TOO_LARGE, limit=templates.LARGEST // 1024 // 1024)
    block = block_of(content)
    found = [name for row in (*block.above, *block.below) for one in row for name in templates.PLACE.findall(one.text)]
    for name in found:
        if name not in (*MUST, *MAY) or name == BODY:
            raise Invalid("file", ONCE if name == BODY else templates.UNKNOWN, name=name[:50])
    for name in MUST:
        if name not in (*found, BODY):
            raise Invalid("file", templates.MISSING, name=name)
    kept = io.BytesIO()
    write(block, kept)
    return kept.getvalue()


def block_of(content: bytes) -> Block:
    """The rows around the place of the table. Raises Invalid('file')."""
    rows, looks = table_of(content).rows, _looks_of(content)
    told = [_row_of(at, row, looks) for at, row in enumerate(rows)]
    places = [at for at, row in enumerate(told) if any(_is_body(one.text) for one in row)]
    if not places:
        raise Invalid("file", templates.MISSING, name=BODY)
    if len(places) > 1 or len(told[places[0]]) > 1:
        raise Invalid("file", ONCE)
    above, below = told[: places[0]], told[places[0] + 1 :]
    too_wide = any(one.last >= MOST_COLUMNS for row in (*above, *below) for one in row)
    if too_wide or max(len(above), len(below)) > MOST_ROWS:
        raise Invalid("file", TOO_MUCH, rows=MOST_ROWS, columns=MOST_COLUMNS)
    while below and not below[0]:  # how far below the table it begins is ours to say
        below = below[1:]
    return Block(above, below)


def write(block: Block, file: IO[bytes]) -> None:
    """Write the template into `file`."""
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Mẫu")
        sheet.set_column(0, 0, 60)
        put(book, sheet, block.above, 0)
        put(book, sheet, [[Words(0, 0, f"{{{{{BODY}}}}}")]], len(block.above))
        put(book, sheet, block.below, len(block.above) + 2)


def filled(block: Block, paper: form.Paper, table: str) -> Block:
    """The same with the words of a paper and the name of one of its tables."""
    said = templates.said_by(paper) | {TABLE: table.replace("{{", "{ {")}
    return block.said(lambda text: templates.PLACE.sub(lambda found: said.get(found[1], ""), text))


def _is_body(text: str) -> bool:
    return templates.PLACE.findall(text) == [BODY] and text.strip().startswith("{{") and text.strip().endswith("}}")


def _row_of(at: int, cells: Sequence[object], looks: "_Looks") -> list[Words]:
    """The cells that say something; none reaches into the next."""
    told: list[Words] = []
    end = len(cells) + MOST_COLUMNS
    for column in range(len(cells) - 1, -1, -1):
        if not cells[column] or (at, column) in looks.covered:
            continue
        bold, italic, size, side = looks.of(at, column)
        last = min(looks.joined.get((at, column), column), end - 1)
        told.insert(0, Words(column, last, str(cells[column])[:LONGEST], bold, italic, size, side))
        end = column
    return told


def _looks_of(content: bytes) -> "_Looks":
    try:
        package = Package(content)
        return _Looks(package, Book(package))
    except archives.FAULTS:
        raise Invalid("file", BROKEN) from None


class _Looks:
    """How the cells look, and which are joined with those to their right."""

    def __init__(self, package: Package, book: Book) -> None:
        self.joined: dict[tuple[int, int], int] = {}
        self.covered: set[tuple[int, int]] = set()  # by a cell above
        self._fonts: list[tuple[bool, bool, float]] = []
        self._styles: list[tuple[int, str]] = []
        self._cells: dict[tuple[int, int], int] = {}
        self._within = ""
        self._font: dict[str, Any] = {}
        if book.styles:
            within = {name: self._enter(name) for name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs")}
            begins = {**within, "b": self._mark("b"), "i": self._mark("i"), "sz": self._sized}
            begins |= {"font": self._begin_font, "xf": self._style, "alignment": self._aligned}
            ends = dict.fromkeys(within, self._leave) | {"font": self._end_font}
            package.read(book.styles, begin=begins, end=ends)
        package.read(book.sheet, begin={"c": self._cell, "mergeCell": self._merge})

    def of(self, row: int, column: int) -> tuple[bool, bool, float, str]:
        """Bold, italic, how large, at which side."""
        style = self._cells.get((row, column), 0)
        font, side = self._styles[style] if style < len(self._styles) else (0, "")
        return (*(self._fonts[font] if font < len(self._fonts) else (False, False, 11.0)), side)

    def _enter(self, name: str) -> Any:
        def enter(_attributes: Attributes) -> None:
            self._within = name

        return enter

    def _leave(self) -> None:
        self._within = ""

    def _begin_font(self, _attributes: Attributes) -> None:
        self._font = {}

    def _mark(self, name: str) -> Any:
        def mark(attributes: Attributes) -> None:
            self._font[name] = attributes.get("val", "1") not in ("0", "false")

        return mark

    def _sized(self, attributes: Attributes) -> None:
        size = float(attributes.get("val", 11))
        self._font["sz"] = size if int(size) in SIZES else 11.0

    def _end_font(self) -> None:
        if self._within == "fonts":
            self._fonts.append((self._font.get("b", False), self._font.get("i", False), self._font.get("sz", 11.0)))

    def _style(self, attributes: Attributes) -> None:
        if self._within == "cellXfs":
            self._styles.append((int(attributes.get("fontId", 0)), ""))

    def _aligned(self, attributes: Attributes) -> None:
        side = attributes.get("horizontal", "")
        if self._within == "cellXfs" and self._styles and side in SIDES:
            self._styles[-1] = self._styles[-1][0], side

    def _cell(self, attributes: Attributes) -> None:
        place = _place(attributes.get("r", ""))
        if place and len(self._cells) < MOST_ROWS * MOST_COLUMNS * 4:
            self._cells[place] = int(attributes.get("s", 0))

    def _merge(self, attributes: Attributes) -> None:
        first, _colon, last = attributes.get("ref", "").partition(":")
        begin, end = _place(first), _place(last)
        if begin and end and len(self.joined) < MOST_ROWS * MOST_COLUMNS:
            self.joined[begin] = end[1]
            self.covered |= {(row, begin[1]) for row in range(begin[0] + 1, min(end[0], begin[0] + MOST_ROWS) + 1)}


def _place(address: str) -> tuple[int, int] | None:
    found = ADDRESS.fullmatch(address)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1
