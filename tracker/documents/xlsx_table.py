"""The first visible sheet of an .xlsx as rows of text, figures and days; formulas count as what they last said."""

import re
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from directives.rules.lists.cells import Cell
from directives.rules.refusals import Invalid
from tracker.documents import archives
from tracker.documents.table import Table, Taken
from tracker.documents.xlsx_book import Book
from tracker.documents.xlsx_parts import Attributes, Package

BROKEN = _("This file is damaged and cannot be opened. Open it in Excel, save it again and try once more.")

MERGES_LIMIT = 20_000
LETTER_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
LETTERS_LIMIT = 4  # of a column's name; sheets have three
LAST_SERIAL = 2_958_465  # 31/12/9999


def table_of(content: bytes) -> Table:
    """The rows of the .xlsx in `content`. Raises Invalid('file') with a sentence for whatever is handed in."""
    try:
        package = Package(content)
        book = Book(package)
        strings = _Strings(package, book.strings).found if book.strings else []
        sheet = _Sheet(strings, book.day_styles, book.first_day)
        package.read(book.sheet, begin=sheet.begins, end=sheet.ends, text=sheet.text)
        return Table(sheet.finished(), book.sheet_name)
    except archives.FAULTS:
        raise Invalid("file", BROKEN) from None


class _Texts:
    """Gathers the text of `t` elements, without the reading aids of East Asian texts."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._is_wanted = self._is_aid = False
        self._taken = Taken()
        self.begins: dict[str, Any] = {"t": self._begin_text, "rPh": self._begin_aid}
        self.ends: dict[str, Any] = {"t": self._stop, "rPh": self._end_aid}

    def text(self, words: str) -> None:
        if self._is_wanted:
            self._taken.text(len(words))
            self._words.append(words)

    def _begin_text(self, _attributes: Attributes) -> None:
        self._is_wanted = not self._is_aid

    def _begin_aid(self, _attributes: Attributes) -> None:
        self._is_aid = True

    def _end_aid(self) -> None:
        self._is_aid = False

    def _stop(self) -> None:
        self._is_wanted = False

    def _said(self) -> str:
        words = self._words[0] if len(self._words) == 1 else "".join(self._words)
        self._words.clear()
        return LETTER_ESCAPE.sub(lambda found: _letter(found[1]), words) if "_x" in words else words


def _letter(code: str) -> str:
    letter = chr(int(code, 16))
    return "" if "\ud800" <= letter <= "\udfff" else letter


class _Strings(_Texts):
    """The texts that cells share."""

    def __init__(self, package: Package, part: str) -> None:
        super().__init__()
        self.found: list[str] = []
        package.read(part, begin=self.begins, end={**self.ends, "si": self._end_string}, text=self.text)

    def _end_string(self) -> None:
        self._taken.cell(0, 0)
        self.found.append(self._said())


class _Sheet(_Texts):
    """The cells of a sheet, by row and column from 0."""

    def __init__(self, strings: list[str], day_styles: frozenset[int], first_day: date) -> None:
        super().__init__()
        self._strings, self._day_styles, self._first_day = strings, day_styles, first_day
        self._rows: list[list[Cell]] = []
        self._merged: list[tuple[int, int, int]] = []
        self._row = self._column = -1
        self._kind, self._style = "n", 0
        self._columns: dict[str, int] = {}
        self.begins |= {"c": self._begin_cell, "v": self._begin_value, "row": self._begin_row}
        self.begins["mergeCell"] = self._merge
        self.ends |= {"c": self._end_cell, "v": self._stop}

    def _begin_row(self, attributes: Attributes) -> None:
        self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1

    def _begin_value(self, _attributes: Attributes) -> None:
        self._is_wanted = True

    def _begin_cell(self, attributes: Attributes) -> None:
        self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s", 0))
        if address := attributes.get("r"):
            letters = address.rstrip("0123456789")
            self._row = int(address[len(letters) :]) - 1
            if letters not in self._columns:
                self._columns[letters] = _column(letters)
            self._column = self._columns[letters]
        else:
            self._column += 1

    def _end_cell(self) -> None:
        if self._words and (said := self._said()):
            self._put(said if self._kind == "inlineStr" else self._cell(said))

    def _cell(self, said: str) -> Cell:
        if self._kind == "s":
            text = self._strings[int(said)]
            self._taken.text(len(text))
            return text
        if self._kind == "b":
            return "TRUE" if said == "1" else "FALSE"
        if self._kind == "d":
            return date.fromisoformat(said[:10])
        return self._figure(float(said)) if self._kind == "n" else said

    def _figure(self, number: float) -> Cell:
        if self._style in self._day_styles and 1 <= number <= LAST_SERIAL:
            # Excel takes 1900 for a leap year: until its 29 February days are one further.
            days = int(number) + (number < 60 and self._first_day.year < 1900)
            return self._first_day + timedelta(days)
        return int(number) if number.is_integer() else number

    def _put(self, cell: Cell) -> None:
        if cell == "":
            return
        self._taken.cell(self._row, self._column)
        while len(self._rows) <= self._row:
            self._rows.append([])
        row = self._rows[self._row]
        row.extend([None] * (self._column + 1 - len(row)))
        row[self._column] = cell

    def _merge(self, attributes: Attributes) -> None:
        first, _colon, last = attributes.get("ref", "").partition(":")
        begin, end = ADDRESS.fullmatch(first), ADDRESS.fullmatch(last)
        if begin and end and len(self._merged) < MERGES_LIMIT:
            self._merged.append((_column(begin[1]), int(begin[2]) - 1, int(end[2]) - 1))

    def finished(self) -> list[list[Cell]]:
        """The rows; what is merged over several rows is said in each of them."""
        for column, first, last in self._merged:
            if first >= len(self._rows) or column >= len(self._rows[first]):
                continue
            cell = self._rows[first][column]
            for row in self._rows[first + 1 : last + 1] if cell is not None else []:
                self._taken.cell(first, column)
                row.extend([None] * (column + 1 - len(row)))
                row[column] = cell if row[column] is None else row[column]
        return self._rows


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:LETTERS_LIMIT]:
        number = number * 26 + ord(letter) - 64
    return number - 1
