"""A table of a .pdf: its head stands on each page, and a cell that is longer than a page goes on on the next."""

from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from reportlab.lib.colors import Color, black
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, LongTable, Paragraph

from tracker.papers import form, look
from tracker.papers.faces import BOLD, ITALIC, PLAIN
from tracker.papers.words import printable, printed_cell, sums

ALIGNED = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}
PADDING = 3  # points
# A row that is higher is cut into low pieces, that fill each page: no page could hold it whole.
HIGHEST, PIECE = 80 * mm, 25 * mm
HEAD = Color(0.92, 0.92, 0.92)
FRAME = ("BOX", (0, 0), (-1, -1), 0.5, black)


class Framed(LongTable):
    """A long table, each page of which is framed whole, with its head."""

    def onSplit(self, T: Any, byRow: int = 1) -> None:  # noqa: N802, N803 - reportlab's names
        T.setStyle([FRAME, ("LINEBELOW", (0, 0), (-1, 0), 0.5, black)])


def table_of(table: form.Table, room: float) -> list[Flowable]:
    """The table as wide as `room` (points); or the sentence that says that there is nothing."""
    columns, rows = table.columns, table.lines()
    if not rows:
        return [_cell(table.nothing, _style(look.BODY, ITALIC, TA_CENTER))] if table.nothing else []
    sizes = [width * mm for width in look.widths(columns, room / mm, numbered=table.numbered)]
    styles = [_style(align=ALIGNED[look.alignment(column)]) for column in columns]
    if table.numbered:
        styles.insert(0, _style(align=TA_CENTER))
    lines, begins = [_head(table)], [0]
    for number, row in enumerate(rows, start=1):
        told = [printed_cell(value) for value in row]
        told = [str(number), *told] if table.numbered else told
        begins.append(len(lines))
        lines += _pieces([_cell(text, one) for text, one in zip(told, styles, strict=True)], sizes)
    if any(total := sums(columns, rows)):
        begins.append(len(lines))
        lines.append(_total(total, table, styles))
    style = _looks(begins, len(lines))
    return [Framed(lines, colWidths=sizes, repeatRows=1, style=style)]


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


def _pieces(cells: list[Paragraph], sizes: Sequence[float]) -> Iterator[list[Any]]:
    """The row itself; one that is higher than HIGHEST in several, each no higher than PIECE."""
    heights = [cell.wrap(size - 2 * PADDING, HIGHEST)[1] for cell, size in zip(cells, sizes, strict=True)]
    if max(heights) <= HIGHEST:
        yield cells
        return
    rest: list[Any] = list(cells)
    while any(rest):
        parts = [_split(cell, size - 2 * PADDING) for cell, size in zip(rest, sizes, strict=True)]
        yield [first for first, _rest in parts]
        rest = [left for _first, left in parts]


def _split(cell: Any, width: float) -> tuple[Any, Any]:
    """What of a cell fits into a piece, and what is left of it."""
    if not cell:
        return "", ""
    if cell.wrap(width, PIECE)[1] <= PIECE:
        return cell, ""
    first, *rest = cell.split(width, PIECE)
    return first, rest[0] if rest else ""


def _looks(begins: Sequence[int], rows: int) -> list[tuple[Any, ...]]:
    """Lines around all cells; none between the pieces of one row, of which each `begins` somewhere."""
    within = sorted(set(range(rows)) - set(begins))
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
        *(("BOTTOMPADDING", (0, row - 1), (-1, row - 1), 0) for row in within),
        *(("LINEABOVE", (0, row), (-1, row), *pen) for row in begins),
    ]


def _style(size: float = look.TABLE, face: str = PLAIN, align: int = TA_LEFT) -> ParagraphStyle:
    return ParagraphStyle(
        f"{face}-{size}-{align}", fontName=face, fontSize=size, leading=size * 1.15, alignment=align, splitLongWords=1
    )


def _cell(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(printable(text)).replace("\n", "<br/>"), style)
