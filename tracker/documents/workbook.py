"""Rows become an .xlsx: days are days, figures are figures, and no text is ever a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext_lazy as _

from directives.rules.refusals import Invalid
from directives.rules.working_days import HANOI

TOO_MANY = _("A sheet holds at most %(limit)s rows. Choose fewer with the filters.")

ROWS_LIMIT = 1_000_000  # a sheet has 1,048,576
TEXT_LIMIT = 32_767  # characters in a cell
DIGITS_LIMIT = 15  # of a figure; what has more would be rounded
NAME_LIMIT = 31  # characters of a sheet's name
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
FIRST_YEAR = 1900
DAY, MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"


@dataclass(frozen=True)
class Heading:
    """The head of a column, and how wide it is, in characters."""

    text: str
    width: int = 16


def write(file: IO[bytes], *, title: str, headings: Sequence[Heading], rows: Iterable[Sequence[Any]]) -> int:
    """Write one sheet into `file` and say how many rows it has; memory does not grow with them.

    Moments are written in local time. Raises Invalid('rows') where there are more than a sheet can hold.
    """
    with xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": DAY}) as book:
        sheet = book.add_worksheet(" ".join(title.translate(NOT_IN_NAMES).split())[:NAME_LIMIT])
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EEF4"})
        for at, heading in enumerate(headings):
            sheet.set_column(at, at, heading.width)
        sheet.write_row(0, 0, [heading.text for heading in headings], head)
        _for_print(sheet)
        pen = _Pen(book, sheet)
        count = 0
        for count, row in enumerate(rows, start=1):
            if count > ROWS_LIMIT:
                raise Invalid("rows", TOO_MANY, limit=ROWS_LIMIT)
            for at, value in enumerate(row):
                pen.write(count, at, value)
        sheet.autofilter(0, 0, count, max(len(headings) - 1, 0))
    return count


def _for_print(sheet: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


class _Pen:
    """Writes a value as what it is. Text has the format of text, so that it stays text when somebody edits it."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.sheet = sheet
        self.text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.figure = book.add_format({"valign": "top"})
        self.day = book.add_format({"num_format": DAY, "valign": "top"})
        self.moment = book.add_format({"num_format": MOMENT, "valign": "top"})

    def write(self, row: int, column: int, value: Any) -> None:
        value = as_cell(value)
        if isinstance(value, datetime):
            self.sheet.write_datetime(row, column, value, self.moment)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, self.day)
        elif isinstance(value, (int, float)):
            self.sheet.write_number(row, column, value, self.figure)
        elif value:
            self.sheet.write_string(row, column, value, self.text)


def as_cell(value: Any) -> str | int | float | date | datetime:
    """What a cell holds of `value`: a figure, a day, a local moment, or a text no longer than a cell can keep."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(HANOI).replace(tzinfo=None, microsecond=0)
    if isinstance(value, date):
        return value if value.year >= FIRST_YEAR else f"{value:%d/%m/%Y}"
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        digits = len(str(value).replace("-", "").replace(".", "").strip("0"))
        return str(value) if digits > DIGITS_LIMIT else float(value) if isinstance(value, Decimal) else value
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return text if len(text) <= TEXT_LIMIT else f"{text[: TEXT_LIMIT - 1]}…"
