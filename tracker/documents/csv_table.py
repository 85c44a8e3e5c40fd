"""A .csv as rows of text: comma, semicolon or tab, in the letters that Vietnamese offices use."""

import csv
import re
from collections.abc import Iterator
from contextlib import suppress

from django.utils.translation import gettext_lazy as _

from directives.rules.refusals import Invalid
from tracker.documents import plain
from tracker.documents.table import TEXT_LIMIT, TOO_MUCH, Table, Taken

UNREADABLE = _("The letters of this file cannot be read. Save it from Excel as “CSV UTF-8”, or as .xlsx.")
UNCLOSED = _("A cell of this file has no end: a quotation mark is missing. Save it from Excel once more.")

SEPARATORS = ";,\t"
SEPARATOR_LINE = re.compile(r"[sS][eE][pP]=(.)\r?\n")
LOOKED_AT = 64 * 1024  # characters in which the separator is looked for
CELL_LIMIT = 200_000  # characters


def table_of(content: bytes) -> Table:
    """The rows of the .csv in `content`. Raises Invalid('file') with a sentence for whatever is handed in."""
    try:
        text = plain.decoded(content)
    except Invalid:
        raise Invalid("file", UNREADABLE) from None
    if len(text) > TEXT_LIMIT:
        raise Invalid("file", TOO_MUCH)
    begin, separator = 0, ""
    if found := SEPARATOR_LINE.match(text):
        begin, separator = found.end(), found[1]
    return Table(_rows(text, begin, separator or _separator(text[:LOOKED_AT])))


def _separator(text: str) -> str:
    """The sign that parts the fullest row into most cells."""

    def cells(separator: str) -> int:
        fullest = 0
        with suppress(csv.Error):
            for row in csv.reader(_lines(text, 0), delimiter=separator):
                fullest = max(fullest, len(row))
        return fullest

    return max(SEPARATORS, key=cells)


def _lines(text: str, begin: int) -> Iterator[str]:
    """The lines with their ends; one at a time, so that a large file is not in the memory twice."""
    while begin < len(text):
        end = text.find("\n", begin) + 1 or len(text)
        yield text[begin:end]
        begin = end


def _rows(text: str, begin: int, separator: str) -> list[list[str | None]]:
    taken, rows = Taken(), list[list[str | None]]()
    limit = csv.field_size_limit(CELL_LIMIT)
    try:
        for row in csv.reader(_lines(text, begin), delimiter=separator, strict=True):
            for column, cell in enumerate(row):
                if cell:
                    taken.cell(len(rows), column)
                    taken.text(len(cell))
            rows.append([cell or None for cell in row])
    except csv.Error:
        raise Invalid("file", UNCLOSED) from None
    finally:
        csv.field_size_limit(limit)
    return rows
