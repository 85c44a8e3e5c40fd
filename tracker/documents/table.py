"""A table as a list of directives is read from it: rows of cells, no more of them than a list can need."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from directives.rules.lists.cells import Cell
from directives.rules.refusals import Invalid

TOO_MANY_ROWS = _("This sheet has more than %(limit)s rows. Split it into several files.")
TOO_MANY_COLUMNS = _("This sheet has more than %(limit)s columns. Remove those that the list does not need.")
TOO_MUCH = _("This sheet holds more text than any list. Split it into several files.")

ROWS_LIMIT = 30_000
COLUMNS_LIMIT = 100
CELLS_LIMIT = 500_000
TEXT_LIMIT = 20_000_000  # characters


@dataclass(frozen=True)
class Table:
    """The rows from the top of the sheet, and what the sheet is called."""

    rows: Sequence[Sequence[Cell]]
    sheet: str = ""


class Taken:
    """Counts what was taken from a sheet. Raises Invalid('file') where it is more than a list can need."""

    def __init__(self) -> None:
        self._cells = self._letters = 0

    def cell(self, row: int, column: int) -> None:
        """One cell more, at this place from 0. Raises ValueError where no cell can be."""
        self._cells += 1
        if row < 0 or column < 0:
            raise ValueError("a cell stands outside the sheet")
        if row >= ROWS_LIMIT:
            raise Invalid("file", TOO_MANY_ROWS, limit=ROWS_LIMIT)
        if column >= COLUMNS_LIMIT:
            raise Invalid("file", TOO_MANY_COLUMNS, limit=COLUMNS_LIMIT)
        if self._cells > CELLS_LIMIT:
            raise Invalid("file", TOO_MUCH)

    def text(self, letters: int) -> None:
        """So many characters more."""
        self._letters += letters
        if self._letters > TEXT_LIMIT:
            raise Invalid("file", TOO_MUCH)
