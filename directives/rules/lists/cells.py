"""Cells of a list: text, figures and days, and how they are read."""

import re
import unicodedata
from datetime import date

from directives.rules.spelling import one_tone, without_marks

Cell = str | int | float | date | None

CELL_LIMIT = 32_767  # characters that a cell of a sheet can keep
CUT = "…"
DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\.?")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
NOT_WORDS = re.compile(r"[^\w]+")


def text_of(cell: Cell) -> str:
    """What a cell says, composed (NFC), with plain line ends and no blanks around; a whole figure without a comma."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return unicodedata.normalize("NFC", str(cell)).replace("\r\n", "\n").replace("\r", "\n").strip()


def day_of(cell: Cell) -> date | None:
    """The day that a cell holds, or writes as nothing but a day: 31/12/2024. None where it is something else."""
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    if found := DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := ISO_DAY.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def cut(text: str) -> str:
    """As much of a text as a cell can keep."""
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - 1] + CUT


def plain_words(text: str) -> str:
    """Lower-case words without marks and signs, one blank between them: 'Cơ quan chủ trì (*)' is 'co quan chu tri'."""
    return " ".join(NOT_WORDS.sub(" ", without_marks(text).lower().replace("_", " ")).split())


def marked_words(text: str) -> str:
    """The same with the marks, the tone where the newer orthography has it."""
    composed = one_tone(unicodedata.normalize("NFC", text)).lower()
    return " ".join(NOT_WORDS.sub(" ", composed.replace("_", " ")).split())
