"""The text of a .docx: paragraphs and tables in their order, with the numbers that Word adds by itself.

The head of a notice is a table of two columns. Its cells come out one after the other, an empty
line between them, so that issuer, number, motto, place and date each stay together.
"""

from collections.abc import Iterator

import docx
from django.utils.translation import gettext_lazy as _
from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from directives.rules.refusals import Invalid
from tracker.documents import docx_parts
from tracker.documents.docx_numbers import Numbers

NOT_WORD = _("This is not a Word document, although its name says so.")
STAMPS = frozenset({"MẬT", "TỐI MẬT", "TUYỆT MẬT", "HỎA TỐC", "HOẢ TỐC", "THƯỢNG KHẨN", "KHẨN"})
DEPTH_LIMIT = 12
PARAGRAPH, TABLE, ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
CONTENTS = (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag"))
# Deleted text that waits for approval, and the second copy of each text box, are not what is read.
LEFT_OUT = frozenset(
    {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): ""}


def text_of(content: bytes) -> str:
    """The text of the .docx in `content`. Raises Invalid('file') where it is none, damaged or unsafe."""
    plain = docx_parts.plain_copy(content)
    try:
        document = docx.Document(plain)
        numbers = Numbers(document)
        lines = [*_stamps(document), *_blocks(document.element.body, numbers, 0)]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken document may break any part of the reader
        raise Invalid("file", NOT_WORD) from None
    return "\n".join(lines)


def _stamps(document: Document) -> Iterator[str]:
    """Stamps of secrecy and urgency that stand in a page's head, outside the text."""
    for section in document.sections:
        for head in (section.header, section.first_page_header):
            for paragraph in head._element.iter(PARAGRAPH):  # noqa: SLF001 - text boxes have no other door
                if (words := _words(paragraph).strip()).upper() in STAMPS:
                    yield words


def _blocks(parent: Element, numbers: Numbers, depth: int) -> Iterator[str]:
    if depth > DEPTH_LIMIT:
        return
    for child in parent:
        if child.tag == PARAGRAPH:
            yield numbers.before(child) + _words(child)
        elif child.tag == TABLE:
            yield from _rows(child, numbers, depth + 1)
        elif child.tag in CONTENTS:
            yield from _blocks(child, numbers, depth + 1)


def _rows(table: Element, numbers: Numbers, depth: int) -> Iterator[str]:
    for row in table.iterchildren(ROW):
        cells = ["\n".join(_blocks(cell, numbers, depth)).strip() for cell in row.iter(CELL) if cell.getparent() is row]
        filled = [cell for cell in cells if cell]
        if len(filled) > 2 and not any("\n" in cell for cell in filled):
            yield " | ".join(cells)
        else:
            yield from ("\n" + cell + "\n" for cell in filled)


def _words(paragraph: Element) -> str:
    found: list[str] = []
    _gather(paragraph, found, 0)
    return "".join(found)


def _gather(element: Element, found: list[str], depth: int) -> None:
    if depth > 4 * DEPTH_LIMIT:
        return
    for child in element:
        if child.tag == qn("w:t"):
            found.append(child.text or "")
        elif child.tag in BREAKS:
            found.append(BREAKS[child.tag])
        elif child.tag not in LEFT_OUT:
            # The paragraphs of a text box stand within the paragraph that it hangs on.
            found.extend("\n" * (child.tag == PARAGRAPH))
            _gather(child, found, depth + 1)
