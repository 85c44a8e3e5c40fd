"""A table of a .docx: its head stands on each page. Cells are written as XML at once, which spares most of the time."""

from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tracker.papers import form, look, pulse
from tracker.papers.words import printable, printed_cell, sums

TWIPS = 1440 / 25.4  # in a millimetre
PADDING = 50  # twips
# A row with a longer cell may go on on the next page; any other stays whole.
TORN_FROM = 900  # letters
BORDER = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
BORDERS = "".join(BORDER.format(side) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))


def put_table(document: Any, table: form.Table, room: float) -> None:
    """Put the table at the end of the document, as wide as `room` (mm); or the sentence that says there is nothing."""
    rows = table.lines()
    if not rows:
        if table.nothing:
            paragraph = document.add_paragraph()
            paragraph.alignment = ALIGN.CENTER
            paragraph.add_run(printable(table.nothing)).italic = True
        return
    sizes = [round(width * TWIPS) for width in look.widths(table.columns, room, numbered=table.numbered)]
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    element = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(sizes)}" w:type="dxa"/>'
        f'<w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>{_padding()}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(_rows(table, rows, sizes))}</w:tbl>"
    )
    # Before the last properties of the body, which belong to its section.
    document.element.body.insert_element_before(element, "w:sectPr")


def _padding() -> str:
    sides = "".join(f'<w:{side} w:w="{PADDING}" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    return f"<w:tblCellMar>{sides}</w:tblCellMar>"


def _rows(table: form.Table, rows: Sequence[Sequence[form.Cell]], sizes: Sequence[int]) -> Iterator[str]:
    heads = [column.head for column in table.columns]
    aligned = [look.alignment(column) for column in table.columns]
    if table.numbered:
        heads, aligned = [_("No."), *heads], ["center", *aligned]
    yield _row(heads, sizes, ["center"] * len(heads), bold=True, head=True, kept=True)
    for number, row in enumerate(rows, start=1):
        told = [printed_cell(value) for value in row]
        told = [str(number), *told] if table.numbered else told
        yield _row(told, sizes, aligned, kept=number == len(rows) or len(rows) <= look.WHOLE)
        pulse.beat()
    if any(total := sums(table.columns, rows)):
        told = ["", *total] if table.numbered else total
        first = 1 if table.numbered else 0
        told[first] = told[first] or _("Total")
        yield _row(told, sizes, aligned, bold=True, kept=True)


def _row(
    texts: Sequence[str],
    sizes: Sequence[int],
    aligned: Sequence[str],
    *,
    bold: bool = False,
    head: bool = False,
    kept: bool = False,
) -> str:
    """A row; one that is `kept` asks to stay with what follows. Word heeds that in any table."""
    stays = "<w:keepNext/>" if kept else ""
    whole = "" if max(map(len, texts)) > TORN_FROM else "<w:cantSplit/>"
    shape = f"<w:trPr>{whole}{'<w:tblHeader/>' if head else ''}</w:trPr>"
    fill = '<w:shd w:val="clear" w:color="auto" w:fill="EBEBEB"/><w:vAlign w:val="center"/>' if head else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{fill}</w:tcPr>'
        f'<w:p><w:pPr>{stays}<w:jc w:val="{align}"/></w:pPr>{_run(text, bold=bold)}</w:p></w:tc>'
        for text, size, align in zip(texts, sizes, aligned, strict=True)
    )
    return f"<w:tr>{shape}{cells}</w:tr>"


def _run(text: str, *, bold: bool) -> str:
    size = round(2 * look.TABLE)
    looks = f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{looks}</w:rPr>{lines}</w:r>"
