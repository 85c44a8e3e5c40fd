"""The text of a scan: its pages become pictures, and tesseract reads their Vietnamese, page by page.

Both programs come from Debian (`poppler-utils`, `tesseract-ocr`, `tesseract-ocr-vie`); without them nothing is read.
"""

import os
import shutil
import subprocess
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from directives.rules.refusals import Invalid
from tracker.documents.recognised import set_right

SCAN = _(
    "This PDF is a scan: its %(pages)s pages are pictures without text. To read it, text recognition (OCR) is "
    "missing here: %(missing)s. Choose the .docx or a PDF with text."
)
TOO_LONG = _("This PDF is a scan of %(pages)s pages; at most %(limit)s can be recognised. Choose the .docx instead.")
BROKEN = _("This scan could not be recognised. Choose the .docx or a PDF with text.")

PAGES_LIMIT = 40
PAGE_SECONDS = 60  # of each program; a page takes two or three
DOTS = 200  # an inch; finer pictures of a typed page are not read better, only more slowly
LANGUAGE = "vie"
# One thread for each page: several wait for one another, and made a page take seven times as long on two cores.
ENVIRONMENT = {"OMP_THREAD_LIMIT": "1"}


class Told(Protocol):
    """Hears how many pages of how many are read, and whether they are recognised from pictures."""

    def __call__(self, page: int, of: int, *, scan: bool = False) -> None: ...


def text_of(content: bytes, pages: int, told: Told) -> str:
    """The recognised text of a scan of so many pages. Raises Invalid('file'), naming what is missing to read it."""
    if lacking := missing():
        raise Invalid("file", SCAN, pages=pages, missing=", ".join(lacking))
    if pages > PAGES_LIMIT:
        raise Invalid("file", TOO_LONG, pages=pages, limit=PAGES_LIMIT)
    found = []
    for page in range(1, pages + 1):
        told(page - 1, pages, scan=True)
        found.append(_recognised(_picture(content, page)))
    return set_right("\n".join(found))


def missing() -> list[str]:
    """The Debian packages without which no scan is read."""
    found = [] if shutil.which("pdftoppm") else ["poppler-utils"]
    if not shutil.which("tesseract"):
        return [*found, "tesseract-ocr", f"tesseract-ocr-{LANGUAGE}"]
    known = _run(["tesseract", "--list-langs"], b"").decode(errors="replace").split()
    return found if LANGUAGE in known else [*found, f"tesseract-ocr-{LANGUAGE}"]


def _picture(content: bytes, page: int) -> bytes:
    only = ["-f", str(page), "-l", str(page)]
    return _run(["pdftoppm", "-gray", "-r", str(DOTS), *only, "-png", "-"], content)


def _recognised(picture: bytes) -> str:
    return _run(["tesseract", "-", "-", "-l", LANGUAGE], picture).decode(errors="replace").replace("\f", "")


def _run(command: list[str], given: bytes) -> bytes:
    environment = {**os.environ, **ENVIRONMENT}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; what was sent comes by its standard input
            command, input=given, capture_output=True, timeout=PAGE_SECONDS, check=True, env=environment
        )
    except (OSError, subprocess.SubprocessError):
        raise Invalid("file", BROKEN) from None
    return done.stdout
