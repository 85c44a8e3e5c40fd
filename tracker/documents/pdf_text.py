"""The text of a PDF that has one; a scan is told from it and named as what it is."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _
from pypdf import Configuration, PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from directives.rules.refusals import Invalid, Refusal
from tracker.documents import scanned

LOCKED = _("This PDF is protected by a password. Save it without one and try again.")
BROKEN = _("This PDF is damaged and cannot be opened. Save it again and try once more.")
TOO_LONG = _("This PDF has %(pages)s pages; at most %(limit)s can be read.")
TOO_DENSE = _("Page %(page)s of this PDF holds more drawings than a notice has. Choose the .docx instead.")
SWELLS = _("This PDF unpacks to more than a notice can need. Save it anew, or choose the .docx instead.")
PAGES_LIMIT = 300
PAGE_LIMIT = 2 * 1024 * 1024  # bytes of drawing instructions, unpacked
PART_LIMIT = 16 * 1024 * 1024  # bytes of whatever is unpacked at once; pictures never are
# Its own bounds are some five to ten times as wide.
BOUNDS = Configuration(
    array_based_stream_maximum_output_length=PART_LIMIT,
    lzw_maximum_output_length=PART_LIMIT,
    run_length_maximum_output_length=PART_LIMIT,
    zlib_maximum_output_length=PART_LIMIT,
    brotli_maximum_output_length=PART_LIMIT,
    stream_decoding_work_maximum_length=3 * PART_LIMIT,
    stream_parsing_work_maximum_count=250_000,
    page_tree_maximum_entries=5_000,
    page_tree_maximum_page_entries=5_000,
    xform_maximum_invocations_per_extraction=500,
)
LETTERS_OF_A_PAGE = 40
INDENT = "    "
INDENTED = range(12, 60)  # points beyond the margin; more is a column or a title
NUMBER_GAP = re.compile(r"(Số:?)[ \u00a0]{1,60}(?=/)")
DAY_GAP = re.compile(r"(,[ \u00a0]{0,9}ngày)[ \u00a0]{2,60}(?=tháng)")

Matrix = Sequence[float]


def text_of(content: bytes, told: scanned.Told) -> str:
    """The text of the PDF in `content`; `told` hears how many pages are read. Raises Invalid('file')."""
    try:
        with apply_configuration(BOUNDS):
            reader = PdfReader(io.BytesIO(content), strict=False)
            _check_opens(reader)
            pages = list(_pages(reader, told))
    except (Refusal, MemoryError):
        raise
    except LimitReachedError:
        raise Invalid("file", SWELLS) from None
    except DependencyError:
        raise Invalid("file", LOCKED) from None
    except (PyPdfError, Exception):  # noqa: BLE001 - a broken file may break any part of the reader
        raise Invalid("file", BROKEN) from None
    empty = sum(sum(map(str.isalnum, page)) < LETTERS_OF_A_PAGE for page in pages)
    if empty * 2 > len(pages) or not pages:
        return scanned.text_of(content, len(pages), told)
    return "\n".join(pages)


def _pages(reader: PdfReader, told: scanned.Told) -> Iterator[str]:
    for number, page in enumerate(reader.pages, start=1):
        told(number - 1, len(reader.pages))
        yield _page_text(page, number)


def _check_opens(reader: PdfReader) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise Invalid("file", LOCKED)
    if len(reader.pages) > PAGES_LIMIT:
        raise Invalid("file", TOO_LONG, pages=len(reader.pages), limit=PAGES_LIMIT)


def _page_text(page: PageObject, number: int) -> str:
    drawing = page.get_contents()
    if drawing is not None and len(drawing.get_data()) > PAGE_LIMIT:
        raise Invalid("file", TOO_DENSE, page=number)
    lines = _lines(page)
    for edge in (0, -1):
        if lines and lines[edge].strip() == str(number):
            lines.pop(edge)
    text = "\n".join(lines)
    return _with_number_and_day(page, text) if number == 1 else text


def _lines(page: PageObject) -> list[str]:
    """The lines of the page; the first line of a paragraph, which stands further in, keeps its indent."""
    lines: list[tuple[str, float]] = [("", 0.0)]

    def note(text: str, page_at: Matrix, line_at: Matrix, *_font: object) -> None:
        for count, words in enumerate(text.split("\n")):
            if count:
                lines.append(("", 0.0))
            before, left = lines[-1]
            if words.strip() and not before.strip():
                left = page_at[0] * line_at[4] + page_at[2] * line_at[5] + page_at[4]
            lines[-1] = (before + words, left)

    page.extract_text(visitor_text=note)
    margins = Counter(round(left) for words, left in lines if words.strip())
    margin = margins.most_common(1)[0][0] if margins else 0
    return [INDENT * (round(left) - margin in INDENTED) + words.strip() for words, left in lines]


def _with_number_and_day(page: PageObject, text: str) -> str:
    """Fill in the number and the day that the registry stamped on the signed letter.

    They are the appearance of a signature and not of the page. The number stands in the left half
    and the date in the right (decree 30/2020/NĐ-CP, Appendix I).
    """
    middle = float(page.mediabox.width) / 2
    for left, words in _stamped(page):
        gap, limit = (NUMBER_GAP, 6) if left < middle else (DAY_GAP, 2)
        if words.isdigit() and len(words) <= limit:
            text = gap.sub(rf"\g<1> {words} ", text, count=1)
    return text


def _stamped(page: PageObject) -> Iterator[tuple[float, str]]:
    for annotation in page.get("/Annots") or ():
        stamp = annotation.get_object()
        if stamp.get("/Subtype") == "/Widget" and "/AP" in stamp and "/Rect" in stamp:
            appearance = stamp["/AP"]["/N"].get_object()
            yield float(stamp["/Rect"][0]), page.extract_xform_text(appearance).strip()
