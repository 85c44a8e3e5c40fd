"""Bytes become rows: the table of a list of directives from its .xlsx or .csv."""

from collections.abc import Callable
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from directives.rules.lists.cells import text_of
from directives.rules.refusals import Invalid
from tracker.documents import csv_table, xlsx_table
from tracker.documents.archives import is_strange
from tracker.documents.reading import EMPTY, FILE_LIMIT, HIDDEN_NAME, OLE, OTHERWISE_NAMED, TOO_LARGE
from tracker.documents.table import Table
from tracker.documents.xlsx_parts import PROGRAMS, PROTECTED

OLD_EXCEL = _("Old Excel files (.xls) cannot be read. Save it as .xlsx and try again.")
WRONG_KIND = _("Only .xlsx and .csv can be read.")

ZIP = b"PK\x03\x04"
WITH_MACROS = (".xlsm", ".xltm", ".xlam", ".xlsb")
OTHER_KINDS = (ZIP, OLE, b"%PDF-", b"{\\rtf", b"MZ", b"\x89PNG", b"\xff\xd8\xff")
READERS: dict[str, Callable[[bytes], Table]] = {".xlsx": xlsx_table.table_of, ".csv": csv_table.table_of}


def table_of(name: str, content: bytes) -> Table:
    """The rows of the file called `name`, from the top of its sheet.

    Raises Invalid('file') with a sentence that says what is wrong and what to do, for whatever is handed in.
    """
    if is_strange(name) or "/" in name:
        raise Invalid("file", HIDDEN_NAME)
    ending = PurePath(name.strip()).suffix.lower()
    _check_kind(ending, content)
    table = READERS[ending](content)
    if not any(text_of(cell) for row in table.rows for cell in row):
        raise Invalid("file", EMPTY)
    return table


def _check_kind(ending: str, content: bytes) -> None:
    if ending == ".xls":
        raise Invalid("file", OLD_EXCEL)
    if ending in WITH_MACROS:
        raise Invalid("file", PROGRAMS)
    if ending not in READERS:
        raise Invalid("file", WRONG_KIND)
    if not content:
        raise Invalid("file", EMPTY)
    if len(content) > FILE_LIMIT:
        raise Invalid("file", TOO_LARGE, limit=FILE_LIMIT // 1024 // 1024)
    if ending == ".xlsx" and content.startswith(OLE):
        raise Invalid("file", PROTECTED)
    is_zip = content.startswith(ZIP)
    if (ending == ".xlsx" and not is_zip) or (ending == ".csv" and content.startswith(OTHER_KINDS)):
        raise Invalid("file", OTHERWISE_NAMED, ending=ending)
