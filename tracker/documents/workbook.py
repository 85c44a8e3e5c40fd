"""Rows become an .xlsx: days are days, figures are figures, and no text is ever a formula."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter.utility import xl_range

from directives.rules.refusals import Invalid
from directives.rules.working_days import HANOI
from tracker.documents.blocks import MOST_FROZEN, Block, put

TOO_MANY = gettext_lazy("A sheet holds at most %(limit)s rows. Choose fewer with the filters.")

ROWS_LIMIT = 1_000_000  # a sheet has 1,048,576
TEXT_LIMIT = 32_767  # characters in a cell
DIGITS_LIMIT = 15  # of a figure; what has more would be rounded
NAME_LIMIT = 31  # characters of a sheet's name
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
FIRST_YEAR = 1900
DAY_NOUGHT, PLAIN_FROM = date(1899, 12, 30), date(1900, 3, 1)
LINE_HEIGHT, HIGHEST_ROW = 15, 409  # points
LETTERS_SHOWN = 2000  # of a text, by which the height of its row is found
DAY, MOMENT, SHARE = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "0.00%"


@dataclass(frozen=True)
class Heading:
    """The head of a column, and how wide it is, in characters; whether its figures are added up, or are shares."""

    text: str
    width: int = 16
    added_up: bool = False
    share: bool = False


@dataclass
class Sheet:
    """One sheet: its name, the lines above its head (the first of them bold), the heads, and the rows, read once.

    `own`: what stands above and below the table in place of these lines.
    """

    title: str
    headings: Sequence[Heading]
    rows: Iterable[Sequence[Any]]
    above: Sequence[str] = ()
    own: Block | None = None


def write(file: IO[bytes], *, title: str, headings: Sequence[Heading], rows: Iterable[Sequence[Any]]) -> int:
    """Write one sheet into `file` and say how many rows it has (see `write_sheets`)."""
    return write_sheets(file, [Sheet(title, headings, rows)])[0]


def write_sheets(file: IO[bytes], sheets: Iterable[Sheet]) -> list[int]:
    """Write the sheets into `file` and say how many rows each has; memory does not grow with them.

    Moments are written in local time. Raises Invalid('rows') where there are more than a sheet can hold.
    """
    with xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": DAY}) as book:
        pen, taken = _Pen(book), set[str]()
        return [_write_sheet(book.add_worksheet(_name(sheet.title, taken)), sheet, pen) for sheet in sheets]


def _name(title: str, taken: set[str]) -> str:
    """A name that no other sheet has; what cannot stand in it is left out."""
    plain = " ".join(title.translate(NOT_IN_NAMES).split())[:NAME_LIMIT].strip()
    name, number = plain, 1
    while name.casefold() in taken or not name:
        number += 1
        name = f"{plain[: NAME_LIMIT - 4]} {number}".strip()
    taken.add(name.casefold())
    return name


def _write_sheet(sheet: Any, told: Sheet, pen: "_Pen") -> int:
    for at, heading in enumerate(told.headings):
        sheet.set_column(at, at, heading.width)
    head = _write_above(sheet, told, pen)
    widths = [heading.width for heading in told.headings]
    _fit_row(sheet, head, [heading.text for heading in told.headings], widths)
    sheet.write_row(head, 0, [heading.text for heading in told.headings], pen.head)
    _for_print(sheet, head)
    shares = [heading.share for heading in told.headings]
    sums = {at: 0 for at, heading in enumerate(told.headings) if heading.added_up}
    count = 0
    for count, row in enumerate(told.rows, start=1):
        if count > ROWS_LIMIT:
            raise Invalid("rows", TOO_MANY, limit=ROWS_LIMIT)
        _fit_row(sheet, head + count, row, widths)
        for at, value in enumerate(row):
            pen.write(sheet, (head + count, at), value, share=at < len(shares) and shares[at])
        for at in sums:
            sums[at] += row[at] or 0
    sheet.autofilter(head, 0, head + count, max(len(told.headings) - 1, 0))
    if count and sums:
        _add_up(sheet, (head + 1, head + count), sums, pen)
    if told.own:
        put(pen.book, sheet, told.own.below, head + count + 2 + bool(count and sums))
    return count


def _write_above(sheet: Any, told: Sheet, pen: "_Pen") -> int:
    """The rows above the table; how many they are."""
    if told.own:
        put(pen.book, sheet, told.own.above, 0)
        return len(told.own.above)
    for line, words in enumerate(told.above):
        sheet.write_string(line, 0, words, pen.plain if line else pen.title)
    return len(told.above)


def _fit_row(sheet: Any, row: int, values: Sequence[Any], widths: Sequence[int]) -> None:
    """Make a row as high as its longest text needs: not every program does so when it opens the file."""
    lines = 1
    for value, width in zip(values, widths, strict=False):
        if isinstance(value, str) and (len(value) > width or "\n" in value):
            needed = sum(1 + len(line) // width for line in value[:LETTERS_SHOWN].split("\n"))
            lines = max(lines, needed)
    if lines > 1:
        sheet.set_row(row, min(lines * LINE_HEIGHT, HIGHEST_ROW))
    for kept in (sheet.set_rows, sheet.row_sizes):  # what was written needs it no more
        kept.pop(row - 2, None)


def _add_up(sheet: Any, rows: tuple[int, int], sums: Mapping[int, int], pen: "_Pen") -> None:
    """Below the last row: "Total", and of each column that is added up its sum, which follows when a row is changed."""
    first, last = rows
    sheet.write_string(last + 1, 0, _("Total"), pen.total)
    for at, value in sums.items():
        cells = xl_range(first, at, last, at)
        sheet.write_formula(last + 1, at, f"=SUM({cells})", pen.total, value)


def _for_print(sheet: Any, head: int) -> None:
    if head <= MOST_FROZEN:
        sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


class _Pen:
    """Writes a value as what it is. Text has the format of text, so that it stays text when somebody edits it."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.plain = book.add_format({})
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EEF4"}
        )
        self.text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.figure = book.add_format({"valign": "top"})
        self.share = book.add_format({"num_format": SHARE, "valign": "top"})
        self.day = book.add_format({"num_format": DAY, "valign": "top"})
        self.moment = book.add_format({"num_format": MOMENT, "valign": "top"})
        self.total = book.add_format({"bold": True, "top": 1})

    def write(self, sheet: Any, place: tuple[int, int], value: Any, *, share: bool = False) -> None:
        """Put `value` into the cell at `place` (row, column)."""
        value = as_cell(value)
        if isinstance(value, str):
            if value:
                sheet.write_string(*place, value, self.text)
        elif isinstance(value, datetime):
            sheet.write_datetime(*place, value, self.moment)
        elif isinstance(value, date):
            self._write_day(sheet, place, value)
        elif isinstance(value, (int, float)):
            sheet.write_number(*place, value, self.share if share else self.figure)

    def _write_day(self, sheet: Any, place: tuple[int, int], day: date) -> None:
        """A day is a figure to a sheet, from March 1900 on in plain steps; the library is slower to find it."""
        if day < PLAIN_FROM:
            sheet.write_datetime(*place, day, self.day)
        else:
            sheet.write_number(*place, (day - DAY_NOUGHT).days, self.day)


def as_cell(value: Any) -> str | int | float | date | datetime:
    """What a cell holds of `value`: a figure, a day, a local moment, or a text no longer than a cell can keep."""
    if value is None:
        return ""
    if type(value) is str and len(value) <= TEXT_LIMIT and "\r" not in value:
        return value
    if isinstance(value, datetime):
        return value.astimezone(HANOI).replace(tzinfo=None, microsecond=0)
    if isinstance(value, date):
        return value if value.year >= FIRST_YEAR else f"{value:%d/%m/%Y}"
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        digits = len(str(value).replace("-", "").replace(".", "").strip("0"))
        return str(value) if digits > DIGITS_LIMIT else float(value) if isinstance(value, Decimal) else value
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return text if len(text) <= TEXT_LIMIT else f"{text[: TEXT_LIMIT - 1]}…"
