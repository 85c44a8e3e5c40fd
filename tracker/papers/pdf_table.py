"""A table of a .pdf: its head stands on each page, and a cell that is longer than a page goes on on the next."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from reportlab.lib.colors import Color, black
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Table

from tracker.papers import form, look, pulse
from tracker.papers.faces import BOLD, ITALIC, PLAIN
from tracker.papers.words import printable, printed_cell, sums

ALIGNED = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}
PADDING = 3  # points
# A row that is higher is cut into low pieces, that fill each page: no page could hold it whole.
HIGHEST, PIECE = 80 * mm, 25 * mm
EMPTY_LINE = 1.2  # of the size of its letters, as the library counts
HEAD = Color(0.92, 0.92, 0.92)
FRAME = ("BOX", (0, 0), (-1, -1), 0.5, black)


@dataclass(frozen=True)
class Line:
    """A row of a page, or a piece of a high one: its cells, how high it is (points), whether the row begins or ends."""

    cells: list[Any]
    height: float
    begins: bool = True
    ends: bool = True


class Rows(Flowable):
    """The rows of a table, page by page: each has the head and a frame, and is laid out when it comes.

    A ready-made table looks at all its rows for each page, which takes minutes for some thousand.
    """

    def __init__(
        self, lines: Iterator[Line], head: list[Any], sizes: Sequence[float], laid: Iterable[Line] = ()
    ) -> None:
        super().__init__()
        self._lines, self._head, self._sizes = lines, head, sizes
        # Laid out, but on no page yet.
        self._laid = deque(laid)
        self._last: Table | None = None

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        """How high what is left is; higher than there is room, where it is not all of it."""
        if not self._all_within(aH):
            return sum(self._sizes), aH + 1
        self._last = self._table(list(self._laid))
        width, height = self._last.wrap(aW, aH)
        return width, height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """What fits, and the rest; nothing where not even a row does."""
        self._all_within(aH)
        taken: list[Line] = []
        left = aH - self._head_height()
        while self._laid and self._laid[0].height <= left:
            left -= self._laid[0].height
            taken.append(self._laid.popleft())
        # The library marks a flowable that it had to put off: the rest is another one.
        return [self._table(taken), Rows(self._lines, self._head, self._sizes, self._laid)] if taken else []

    def draw(self) -> None:
        """The last rows."""
        if self._last is not None:
            self._last.canv = self.canv
            self._last.draw()

    def _all_within(self, room: float) -> bool:
        """Lay out as much as there is room for, and a row more; whether that is all."""
        high = self._head_height() + sum(line.height for line in self._laid)
        while high <= room and (line := next(self._lines, None)) is not None:
            self._laid.append(line)
            high += line.height
        return high <= room

    def _head_height(self) -> float:
        return _height(self._head, self._sizes) + 2 * PADDING

    def _table(self, lines: Sequence[Line]) -> Table:
        cells = [self._head, *(line.cells for line in lines)]
        return Table(cells, colWidths=list(self._sizes), style=_looks(lines))


def table_of(table: form.Table, room: float) -> list[Flowable]:
    """The table as wide as `room` (points); or the sentence that says that there is nothing."""
    rows = table.lines()
    if not rows:
        return [_cell(table.nothing, _style(look.BODY, ITALIC, TA_CENTER))] if table.nothing else []
    sizes = [width * mm for width in look.widths(table.columns, room / mm, numbered=table.numbered)]
    return [Rows(_lines(table, rows, sizes), _head(table), sizes)]


def _lines(table: form.Table, rows: Sequence[Sequence[form.Cell]], sizes: Sequence[float]) -> Iterator[Line]:
    styles = [_style(align=ALIGNED[look.alignment(column)]) for column in table.columns]
    if table.numbered:
        styles.insert(0, _style(align=TA_CENTER))
    for number, row in enumerate(rows, start=1):
        told = [printed_cell(value) for value in row]
        told = [str(number), *told] if table.numbered else told
        yield from _pieces([_cell(text, one) for text, one in zip(told, styles, strict=True)], sizes)
        pulse.beat()
    if any(total := sums(table.columns, rows)):
        cells = _total(total, table, styles)
        yield Line(cells, _height(cells, sizes) + 2 * PADDING)


def _head(table: form.Table) -> list[Any]:
    bold = _style(face=BOLD, align=TA_CENTER)
    heads = [column.head for column in table.columns]
    return [_cell(head, bold) for head in ([_("No."), *heads] if table.numbered else heads)]


def _total(total: Sequence[str], table: form.Table, styles: Sequence[ParagraphStyle]) -> list[Any]:
    told = ["", *total] if table.numbered else list(total)
    name = next(at for at, text in enumerate(told) if not text and not (table.numbered and at == 0))
    told[name] = _("Total")
    bold = [_style(face=BOLD, align=one.alignment) for one in styles]
    return [_cell(text, one) for text, one in zip(told, bold, strict=True)]


def _pieces(cells: list[Any], sizes: Sequence[float]) -> Iterator[Line]:
    """The row itself; one that is higher than HIGHEST in several, each no higher than PIECE."""
    height = _height(cells, sizes)
    if height <= HIGHEST:
        yield Line(cells, height + 2 * PADDING)
        return
    rest, begins = cells, True
    while any(rest):
        parts = [_split(cell, size - 2 * PADDING) for cell, size in zip(rest, sizes, strict=True)]
        piece, rest = [first for first, _rest in parts], [left for _first, left in parts]
        ends = not any(rest)
        yield Line(piece, _height(piece, sizes) + PADDING * (begins + ends), begins, ends)
        begins = False


def _height(cells: Sequence[Any], sizes: Sequence[float]) -> float:
    """How high the highest cell is (points); an empty one has one line."""
    return max(
        cell.wrap(size - 2 * PADDING, HIGHEST)[1] if cell else look.TABLE * EMPTY_LINE
        for cell, size in zip(cells, sizes, strict=True)
    )


def _split(cell: Any, width: float) -> tuple[Any, Any]:
    """What of a cell fits into a piece, and what is left of it."""
    if not cell:
        return "", ""
    if cell.wrap(width, PIECE)[1] <= PIECE:
        return cell, ""
    first, *rest = cell.split(width, PIECE)
    return first, rest[0] if rest else ""


def _looks(lines: Sequence[Line]) -> list[tuple[Any, ...]]:
    """Lines around all cells of a head and what follows; no line and no room between the pieces of one row."""
    begins = [0, *(at for at, line in enumerate(lines, start=1) if line.begins)]
    within = [at for at, line in enumerate(lines, start=1) if not line.begins]
    goes_on = [at for at, line in enumerate(lines, start=1) if not line.ends]
    every, pen = FRAME[1:3], FRAME[3:]
    return [
        ("FONT", *every, PLAIN, look.TABLE),
        ("VALIGN", *every, "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
        ("BACKGROUND", (0, 0), (-1, 0), HEAD),
        *((f"{side}PADDING", *every, PADDING) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
        FRAME,
        ("LINEBEFORE", *every, *pen),
        *(("TOPPADDING", (0, row), (-1, row), 0) for row in within),
        *(("BOTTOMPADDING", (0, row), (-1, row), 0) for row in goes_on),
        *(("LINEABOVE", (0, row), (-1, row), *pen) for row in begins),
    ]


def _style(size: float = look.TABLE, face: str = PLAIN, align: int = TA_LEFT) -> ParagraphStyle:
    return ParagraphStyle(
        f"{face}-{size}-{align}", fontName=face, fontSize=size, leading=size * 1.15, alignment=align, splitLongWords=1
    )


def _cell(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(printable(text)).replace("\n", "<br/>"), style)
