"""A paper goes out as a file: which forms there are, how it is called, and as of which day it was asked for."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.http import FileResponse, Http404
from django.utils.text import slugify

from directives.rules.refusals import N_, Invalid
from directives.rules.spelling import without_marks
from tracker.papers import as_docx, as_pdf, as_xlsx
from tracker.papers.days import day_of
from tracker.papers.form import MOST_AT_ONCE, TOO_LONG, Paper

NOT_YET = N_("This day has not come yet.")
NAME_LIMIT = 80


@dataclass(frozen=True)
class Form:
    """One kind of file."""

    content_type: str
    write: Callable[[Paper, IO[bytes]], None]


FORMS = {
    "docx": Form("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx.write),
    "pdf": Form("application/pdf", as_pdf.write),
    "xlsx": Form("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx.write),
}


def form_of(name: str) -> Form:
    """The kind of file that an address names. Raises Http404 where there is none."""
    if name not in FORMS:
        raise Http404
    return FORMS[name]


def day_asked(written: str, today: date) -> date:
    """As of which local date; `today` where nothing is written. Raises Invalid('as_of')."""
    if not written:
        return today
    day = day_of(written, "as_of")
    if day > today:
        raise Invalid("as_of", NOT_YET)
    return day


def answer(paper: Paper, name: str) -> FileResponse:
    """The paper as a file to keep. Raises Invalid('rows') where it is too long for this kind of file."""
    form = form_of(name)
    if name != "xlsx" and paper.is_longer_than(MOST_AT_ONCE, name):
        raise Invalid("rows", TOO_LONG, limit=MOST_AT_ONCE)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    try:
        form.write(paper, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    reply = FileResponse(
        file, as_attachment=True, filename=file_name(paper, name, paper.day), content_type=form.content_type
    )
    reply["Cache-Control"] = "no-store"
    return reply


def file_name(paper: Paper, form: str, on: date) -> str:
    """'viec-qua-han-2026-11-22.docx': what it is about, and a day."""
    return f"{slugify(without_marks(paper.file))[:NAME_LIMIT]}-{on:%Y-%m-%d}.{form}"
