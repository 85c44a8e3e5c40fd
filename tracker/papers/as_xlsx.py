"""A paper as an .xlsx, to reckon with: a sheet for each table, days as days and figures as figures."""

from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from tracker.documents import workbook
from tracker.documents.blocks import Block
from tracker.papers import form, pulse, xlsx_templates
from tracker.papers.words import one_line, printable

LETTERS = 0.62  # in a millimetre of a column, about
NARROWEST = 8  # letters
NUMBERS = workbook.Heading("", 6)  # of the column that only counts


def write(paper: form.Paper, file: IO[bytes]) -> None:
    """Write the tables of `paper` into `file`; memory does not grow with their rows.

    Raises Invalid('rows') where a table is longer than a sheet.
    """
    own = paper.template("xlsx") if paper.template else None
    block = xlsx_templates.block_of(own) if own else None
    workbook.write_sheets(file, (_sheet(paper, table, block) for table in paper.tables("xlsx")))


def write_template(paper: form.Paper, file: IO[bytes]) -> None:
    """Write the form to begin with: named places above and below the place of the table."""
    xlsx_templates.write(xlsx_templates.USUAL, file)


def _sheet(paper: form.Paper, table: form.Table, block: Block | None) -> workbook.Sheet:
    said = (paper.kind.upper(), paper.about, table.title, paper.issuer.name)
    headings = [heading for column in table.columns for heading in _headings(column)]
    if table.numbered:
        headings.insert(0, workbook.Heading(_("No."), NUMBERS.width))
    title = table.title or paper.kind or paper.about
    own = xlsx_templates.filled(block, paper, table.title) if block else None
    return workbook.Sheet(one_line(title), headings, _rows(table), [one_line(line) for line in said if line], own)


def _headings(column: form.Column) -> Iterator[workbook.Heading]:
    for leaf in column.leaves:
        letters = max(round(leaf.width * LETTERS), NARROWEST)
        if leaf.kind is form.Kind.SHARE:
            yield workbook.Heading(_("%(column)s: part") % {"column": leaf.head}, letters)
            yield workbook.Heading(_("%(column)s: of") % {"column": leaf.head}, letters)
        is_share = leaf.kind is form.Kind.SHARE
        yield workbook.Heading(leaf.head, letters, leaf.added_up, is_share)


def _rows(table: form.Table) -> Iterator[list[Any]]:
    for number, row in enumerate(table.rows, start=1):
        cells: list[Any] = [number] if table.numbered else []
        for value in row:
            _put(cells, value)
        yield cells
        pulse.beat()


def _put(cells: list[Any], value: form.Cell) -> None:
    if isinstance(value, str):
        cells.append(printable(value))
    elif isinstance(value, tuple):
        for leaf in value:
            _put(cells, leaf)
    elif isinstance(value, form.Share):
        cells += (value.part, value.whole, value.value)
    else:
        cells.append(value)
