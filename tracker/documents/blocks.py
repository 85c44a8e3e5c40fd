"""What stands above and below the table of a sheet: words in cells, with the few looks that a head of a paper has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

MOST_FROZEN = 6  # rows above the table that stay in sight while one scrolls


@dataclass(frozen=True)
class Words:
    """One cell: in which column it begins and ends (from 0), what it says, and how that looks."""

    column: int
    last: int
    text: str
    bold: bool = False
    italic: bool = False
    size: float = 11  # points
    align: str = ""  # left, center or right


@dataclass(frozen=True)
class Block:
    """The rows above the table and those below it; an empty row has no words."""

    above: Sequence[Sequence[Words]]
    below: Sequence[Sequence[Words]] = ()

    def said(self, say: Callable[[str], str]) -> "Block":
        """The same with other words."""
        above, below = (
            [[replace(one, text=say(one.text)) for one in row] for row in rows] for rows in (self.above, self.below)
        )
        return Block(above, below)


def put(book: Any, sheet: Any, rows: Sequence[Sequence[Words]], first: int) -> None:
    """Write the rows into `sheet` of `book` from the row `first` (from 0) on."""
    for at, row in enumerate(rows, start=first):
        for one in row:
            looks = {"bold": one.bold, "italic": one.italic, "font_size": one.size, "align": one.align or "left"}
            style = book.add_format({**looks, "num_format": "@", "text_wrap": "\n" in one.text})
            if one.last > one.column:
                sheet.merge_range(at, one.column, at, one.last, "", style)
            sheet.write_string(at, one.column, one.text, style)
