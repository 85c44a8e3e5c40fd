"""Papers for tests: notices as .docx and .pdf, written here letter by letter, so that each holds only what is said."""

import io
import zipfile
from collections.abc import Sequence

import docx
from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

WIDTH, HEIGHT = 595, 842  # A4 in points
MARGIN, LINE = 85, 18
Line = str | tuple[int, str]  # a line may say how far in it begins, in points


def make_docx(*blocks: str | list[list[str]]) -> bytes:
    """A Word document: a string is a paragraph, a list of rows is a table."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            table = document.add_table(len(block), len(block[0]))
            for row, cells in zip(table.rows, block, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def make_zip(**parts: bytes) -> bytes:
    """A zip file of `parts`; double underscores in a name stand for slashes, single ones for dots."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return kept.getvalue()


def make_pdf(
    *pages: Sequence[Line], stamps: Sequence[tuple[int, str]] = (), password: str = "", user_password: str = ""
) -> bytes:
    """A PDF of text; `stamps` are signatures on the first page, each with how far left it stands and what it shows."""
    writer = PdfWriter()
    for lines in pages:
        _write(writer, writer.add_blank_page(WIDTH, HEIGHT), lines)
    if stamps:
        first = writer.pages[0]
        drawn = ArrayObject(_stamp(writer, left, words) for left, words in stamps)
        first[NameObject("/Annots")] = drawn
    if password:
        writer.encrypt(user_password, password, algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def make_scan(pages: int = 1) -> bytes:
    """A PDF whose pages hold no letter."""
    return make_pdf(*[[]] * pages)


def _write(writer: PdfWriter, page: PageObject, lines: Sequence[Line]) -> None:
    placed = [line if isinstance(line, tuple) else (0, line) for line in lines]
    codes = _codes("".join(words for _, words in placed))
    drawn = [
        f"BT /F1 13 Tf {MARGIN + inset} {HEIGHT - MARGIN - LINE * at} Td <{_hex(words, codes)}> Tj ET"
        for at, (inset, words) in enumerate(placed)
        if words
    ]
    page[NameObject("/Contents")] = _stream(writer, "\n".join(drawn))
    page[NameObject("/Resources")] = _resources(writer, codes)


def _stamp(writer: PdfWriter, left: int, words: str) -> DictionaryObject:
    codes = _codes(words)
    look = DecodedStreamObject()
    look.set_data(f"BT /F1 13 Tf 0 3 Td <{_hex(words, codes)}> Tj ET".encode())
    look.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, 60, 14))),
            NameObject("/Resources"): _resources(writer, codes),
        }
    )
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject(f"Signature{left}"),
            NameObject("/Rect"): ArrayObject(map(FloatObject, (left, 725, left + 33, 739))),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
        }
    )


def _codes(words: str) -> dict[str, int]:
    return {letter: code for code, letter in enumerate(sorted(set(words)), start=1)}


def _hex(words: str, codes: dict[str, int]) -> str:
    return "".join(f"{codes[letter]:02x}" for letter in words)


def _resources(writer: PdfWriter, codes: dict[str, int]) -> DictionaryObject:
    """A font that has no letters to draw but knows which letter each code stands for."""
    pairs = "\n".join(f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items())
    space = "1 begincodespacerange <00> <ff> endcodespacerange"
    to_unicode = f"begincmap\n{space}\n{len(codes)} beginbfchar\n{pairs}\nendbfchar\nendcmap"
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/ToUnicode"): _stream(writer, to_unicode),
        }
    )
    return DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})


def _stream(writer: PdfWriter, words: str) -> object:
    stream = DecodedStreamObject()
    stream.set_data(words.encode())
    return writer._add_object(stream)
