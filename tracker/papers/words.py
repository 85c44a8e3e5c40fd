"""Words and figures as a paper prints them, in the reader's language."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from tracker.papers.form import Cell, Column, Issuer, Kind, Leaf, Paper, Share, Table
from tracker.printed import percent_of, plain

# What no letter is: it turns the line around, hides in it, or is not allowed in XML at all.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
TEN = 10
MONTHS_WITH_A_NOUGHT = 2  # January and February, by the decree


def printable(text: str) -> str:
    """The text in composed letters (NFC), without signs that a page cannot show; lines end in one way."""
    if "\r" in text or "\t" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", UNPRINTABLE.sub("", text)).strip()


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(printable(text).split())


def until(on: date) -> str:
    """'(tính đến hết ngày 22/11/2026)': as of which day a paper speaks."""
    return _("(until the end of %(day)s)") % {"day": day(on)}


def day(value: date | None) -> str:
    """'09/08/2024'; '' for none."""
    return f"{value:%d/%m/%Y}" if value else ""


def whole(number: int) -> str:
    """In running text: '05', '12', '3.924'; below ten a nought stands before the figure, as offices write it."""
    return f"{number:02}" if 0 < number < TEN else plain(Decimal(number))


def percent(share: Share) -> str:
    """'80,28 % (7.892/9.831)': never without its parts, rounded as on the pages; a dash of nothing."""
    parts = f"({plain(Decimal(share.part))}/{plain(Decimal(share.whole))})"
    if not share.whole:
        return f"– {parts}"
    return f"{percent_of(Fraction(share.part, share.whole))} {parts}"


def printed(value: Leaf) -> str:
    """What stands in a cell on paper."""
    if value is None:
        return ""
    if isinstance(value, Share):
        return percent(value)
    if isinstance(value, date):
        return day(value)
    return plain(Decimal(value)) if isinstance(value, int) else printable(value)


def printed_cell(value: Cell) -> str:
    """The same of a column made of several: each on a line of its own."""
    leaves = value if isinstance(value, tuple) else (value,)
    return "\n".join(filter(None, map(printed, leaves)))


def place_and_day(issuer: Issuer, on: date) -> str:
    """'Hà Nội, ngày 09 tháng 8 năm 2024': days below ten and the first two months have a nought before them."""
    month = f"{on.month:02}" if on.month <= MONTHS_WITH_A_NOUGHT else str(on.month)
    told = {"place": issuer.place or "……………", "day": f"{on.day:02}", "month": month, "year": on.year}
    return _("%(place)s, day %(day)s month %(month)s year %(year)s") % told


def number_and_symbol(paper: Paper) -> str:
    """'Số:      /BC-VPCP': with room for the number that the clerk gives."""
    number = paper.number or "\u00a0" * 8
    return _("No.: %(number)s/%(symbol)s") % {"number": number, "symbol": paper.symbol}


def motto() -> tuple[str, str]:
    """The two lines that stand on every paper."""
    return _("SOCIALIST REPUBLIC OF VIET NAM"), _("Independence - Freedom - Happiness")


def sums(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The row below a table: what is added up of each column, or nothing."""
    return [_sum(column, [row[at] for row in rows]) for at, column in enumerate(columns)]


def _sum(column: Column, values: Sequence[Cell]) -> str:
    if not column.added_up or column.kind is not Kind.WHOLE:
        return ""
    return printed(sum(value for value in values if isinstance(value, int)))


def below(table: Table) -> list[str]:
    """What stands below a table on paper, once its lines were read: how much more there is, and its note."""
    rest = _("The list goes on; the .xlsx has all of it.") if table.goes_on else ""
    if table.rest:
        rest = _("And %(rest)s more rows; the .xlsx has all of them.") % {"rest": whole(table.rest)}
    return [one for one in (rest, table.note) if one]
