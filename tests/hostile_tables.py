"""Files that a stranger might send for a list: each is made here, none is kept, and all must be refused."""

import io
import struct
import zipfile
from collections.abc import Callable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
MEGABYTE = 1024 * 1024


def sheet(cells: str) -> bytes:
    """A sheet of these rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'.encode()


HONEST = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>Nội dung</t></is></c></row>')


def book(cells: bytes = HONEST, more: dict[str, str] | None = None) -> bytes:
    """An .xlsx with this sheet, and whatever parts are named besides."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATED)
        archive.writestr("xl/worksheets/sheet1.xml", cells)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return file.getvalue()


def streamed(begin: bytes, step: bytes, times: int, end: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """An .xlsx in which one part is a piece that comes again and again; it is never in the memory as a whole."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATED)
        with archive.open(part, "w", force_zip64=True) as opened:
            opened.write(begin)
            for _ in range(times):
                opened.write(step)
            opened.write(end)
        if part != "xl/worksheets/sheet1.xml":
            archive.writestr("xl/worksheets/sheet1.xml", HONEST)
    return file.getvalue()


HEAD, TAIL = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode(), b"</sheetData></worksheet>"


def forged() -> bytes:
    """300 MB that the directory of the archive declares as 100 bytes."""
    content = streamed(HEAD, b" " * MEGABYTE, 300, TAIL)
    real = struct.pack("<L", len(HEAD) + 300 * MEGABYTE + len(TAIL))
    return content.replace(real, struct.pack("<L", 100))


def encrypted() -> bytes:
    """An archive whose parts are said to be under a password."""
    content = bytearray(book())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = content.find(mark)
        while found >= 0:
            content[found + at] |= 1
            found = content.find(mark, found + 4)
    return bytes(content)


def crowded() -> bytes:
    """Sixty thousand empty parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(60_000):
            archive.writestr(f"xl/media/{number}", b"")
    return file.getvalue()


def named(name: str) -> Callable[[], bytes]:
    """An honest .xlsx with one part more, of this name."""

    def made() -> bytes:
        file = io.BytesIO(book())
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(name, b"x")
        return file.getvalue()

    return made


def many_names() -> bytes:
    """A million elements, each with a name of its own."""
    return book(sheet("".join(f"<a{n}/>" for n in range(1_000_000))))


def many_attributes() -> bytes:
    """A million attributes, each with a name of its own."""
    return book(sheet("".join(f'<c a{n}=""/>' for n in range(1_000_000))))


def deep() -> bytes:
    """Ten million elements in one another."""
    return streamed(HEAD, b"<a>" * 10_000, 1000, TAIL)


def long_tag() -> bytes:
    """One tag of 60 MB."""
    return streamed(HEAD + b'<c r="', b"A" * MEGABYTE, 60, b'"/>' + TAIL)


def repeated_string() -> bytes:
    """One text of 30,000 letters that 400,000 cells share."""
    cells = "".join(f'<row r="{n}">' + '<c t="s"><v>0</v></c>' * 20 + "</row>" for n in range(1, 20_001))
    text = f'<sst xmlns="{MAIN}"><si><t>{"x" * 30_000}</t></si></sst>'
    return book(sheet(cells), {"xl/sharedStrings.xml": text})


def cells_without_end() -> bytes:
    """Three million cells of one letter."""
    return streamed(HEAD, b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>", 30_000, TAIL)


ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

# Name of the case -> the file's name, what makes it, and how the sentence begins.
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("a.xlsx", lambda: streamed(HEAD, b" " * MEGABYTE, 2000, TAIL), "This file unpacks to more"),
    "300 MB unpacked": ("a.xlsx", lambda: streamed(HEAD, b" " * MEGABYTE, 300, TAIL), "This file unpacks to more"),
    "300 MB beside the sheet": (
        "a.xlsx",
        lambda: streamed(b"", b"\0" * MEGABYTE, 300, b"", part="xl/media/image1.png"),
        "This file unpacks to more",
    ),
    "forged sizes": ("a.xlsx", forged, "This file is damaged"),
    "macros": ("a.xlsx", named("xl/vbaProject.bin"), "This file holds macros"),
    "macros by its ending": ("a.xlsm", book, "This file holds macros"),
    "external entity": (
        "a.xlsx",
        lambda: book(ENTITY.encode() + sheet("<row><c><v>&x;</v></c></row>")),
        "This file holds instructions",
    ),
    "entities of entities": (
        "a.xlsx",
        lambda: book(LAUGHS.encode() + b"]>" + sheet("<row><c><v>&j;</v></c></row>")),
        "This file holds instructions",
    ),
    "PDF under another name": ("a.xlsx", lambda: b"%PDF-1.7 ...", "This is not a .xlsx"),
    "program under another name": ("a.csv", lambda: b"MZ\x90\0" + b"\0" * 4096, "This is not a .csv"),
    "sheet under another name": ("a.csv", book, "This is not a .csv"),
    "old sheet": ("a.xls", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 512, "Old Excel files"),
    "password": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 512, "This file is protected"),
    "password of the archive": ("a.xlsx", encrypted, "This file is protected"),
    "truncated": ("a.xlsx", lambda: book()[:400], "This file is damaged"),
    "cut in the middle": ("a.xlsx", lambda: book()[:200] + book()[300:], "This file is damaged"),
    "broken XML": ("a.xlsx", lambda: book(HONEST[:-20]), "This file is damaged"),
    "part with a path": ("a.xlsx", named("../../etc/cron.d/x"), "This file holds instructions"),
    "part from the root": ("a.xlsx", named("/etc/passwd"), "This file holds instructions"),
    "part with a bidi mark": ("a.xlsx", named("xl/media/gnp.\u202eslx"), "This file holds instructions"),
    "name with a path": ("../../a.xlsx", book, "The name of this file"),
    "name with a Windows path": ("C:\\a.xlsx", book, "The name of this file"),
    "name with a bidi mark": ("danh-muc\u202exslx.exe.xlsx", book, "The name of this file"),
    "a cell in the last corner": ("a.xlsx", lambda: book(sheet(FAR)), "This sheet has more than 30000 rows"),
    "a cell before the first row": ("a.xlsx", lambda: book(sheet('<row><c r="A0"><v>1</v></c></row>')), "This file is"),
    "many parts": ("a.xlsx", crowded, "This file holds instructions"),
    "many names": ("a.xlsx", many_names, "This file holds instructions"),
    "many names of attributes": ("a.xlsx", many_attributes, "This file holds instructions"),
    "nested without end": ("a.xlsx", deep, "This file holds instructions"),
    "one tag of 60 MB": ("a.xlsx", long_tag, "This file holds instructions"),
    "one long text in every cell": ("a.xlsx", repeated_string, "This sheet holds more text"),
    "three million cells": ("a.xlsx", cells_without_end, "This sheet holds more text"),
    "no sheet": ("a.xlsx", lambda: book(b""), "This file is damaged"),
    "empty sheet": ("a.xlsx", lambda: book(sheet("")), "This file is empty"),
    "nothing": ("a.csv", lambda: b"", "This file is empty"),
    "no letters": ("a.csv", lambda: bytes(range(128, 256)) * 400, "The letters of this file"),
    "quotation mark without end": ("a.csv", lambda: b'a;b\n"' + b"x;\n" * 400_000, "A cell of this file has no end"),
    "18 MB of separators": ("a.csv", lambda: b"a;" * 9_000_000, "This sheet has more than 100 columns"),
    "18 MB of lines": ("a.csv", lambda: b"a;b;c\n" * 3_000_000, "This sheet has more than 30000 rows"),
    "40 MB": ("a.csv", lambda: b"x" * 40 * MEGABYTE, "The file is too large"),
}
