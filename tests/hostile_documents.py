"""Files that a stranger might send for a notice: each is made here, none is kept, and all must be refused."""

import io
import zipfile
import zlib
from collections.abc import Callable

from tests.hostile_tables import ENTITY, LAUGHS, MEGABYTE, crowded, encrypted, forged, named
from tests.papers import make_docx, make_pdf

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT, LINKS = "word/document.xml", "word/_rels/document.xml.rels"
HEAD, TAIL = f'<w:document xmlns:w="{WORD}"><w:body>'.encode(), b"</w:body></w:document>"
RELATED = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
LINE = b"<w:p><w:r><w:t>a</w:t></w:r></w:p>"


def docx(begin: bytes, step: bytes = b"", times: int = 0, end: bytes = TAIL, part: str = DOCUMENT) -> bytes:
    """A Word document in which one part is a piece that comes again and again; it is never in the memory as a whole."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(make_docx("Một"))) as honest,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for other in honest.infolist():
            if other.filename != part:
                archive.writestr(other.filename, honest.read(other))
        with archive.open(part, "w", force_zip64=True) as opened:
            opened.write(begin)
            for _ in range(times):
                opened.write(step)
            opened.write(end)
    return file.getvalue()


def body(words: str) -> bytes:
    """A Word document with this XML in its one paragraph."""
    return docx(HEAD, f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>".encode(), 1)


def declared(doctype: str, entity: str) -> bytes:
    """A Word document whose main part declares what `entity` stands for."""
    return docx(doctype.encode() + HEAD, f"<w:p><w:r><w:t>&{entity};</w:t></w:r></w:p>".encode(), 1)


def with_part(name: str, content: bytes = b"x") -> bytes:
    """A Word document with one part more."""
    file = io.BytesIO(make_docx("Một"))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def links() -> bytes:
    """A Word document that refers to four hundred thousand places outside it."""
    step = b'<Relationship Id="r" Type="x" Target="http://x" TargetMode="External"/>' * 1000
    return docx(RELATED, step, 400, b"</Relationships>", part=LINKS)


def pdf(objects: dict[int, bytes]) -> bytes:
    """A PDF of these objects; the first is its root."""
    file, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in objects.items():
        places[number] = len(file)
        file += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    begin, size = len(file), max(objects) + 1
    file += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        file += b"%010d 00000 n \n" % places.get(number, 0)
    return bytes(file + b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, begin))


def stream(step: bytes, times: int = 1, more: bytes = b"", packed: int = 1) -> bytes:
    """A stream of a piece that comes again and again, packed so many times over."""
    press = zlib.compressobj(1)
    content = b"".join([*(press.compress(step) for _ in range(times)), press.flush()])
    for _ in range(packed - 1):
        content = zlib.compress(content, 1)
    said = b"<</Length %d/Filter[%s]%s>>" % (len(content), b"/FlateDecode " * packed, more)
    return said + b"\nstream\n" + content + b"\nendstream"


def page(contents: bytes, pages: int = 1, resources: bytes = b"/Font<</F 5 0 R>>", **more: bytes) -> bytes:
    """A PDF whose pages, all the same one, draw `contents`; `more` are objects by their number, such as _6."""
    said = b"/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>" % resources
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b"3 0 R " * pages),
        3: b"<</Type/Page/Parent 2 0 R%s>>" % said,
        4: contents,
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
    }
    return pdf(objects | {int(number[1:]): content for number, content in more.items()})


def letters(step: bytes, times: int = 1) -> bytes:
    """A PDF whose font says by this stream which letters it has."""
    return page(stream(WORDS * 20), _6=stream(step, times))


def tree() -> bytes:
    """A PDF of one page that its tree names ten million times."""
    branches = {n: b"<</Type/Pages/Count 9/Kids[" + b"%d 0 R " % (n + 1) * 10 + b"]>>" for n in range(2, 10)}
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", **branches, 10: b"<</Type/Page/MediaBox[0 0 9 9]>>"})


WORDS = b"BT /F 12 Tf 1 0 0 1 72 700 Tm (abc def) Tj ET\n"
MEGABYTE_OF_WORDS = WORDS * (MEGABYTE // len(WORDS))
RANGES = b"begincmap 1 beginbfrange\n%sendbfrange endcmap"
SWELLS, UNSAFE, BROKEN = "This file unpacks to more", "This file holds instructions", "This file is damaged"
PDF_SWELLS, PDF_BROKEN = "This PDF unpacks to more", "This PDF is damaged"
OTHERWISE = "This is not a "

# Name of the case -> the file's name, what makes it, and how the sentence begins.
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("a.docx", lambda: docx(HEAD, b" " * MEGABYTE, 2000), SWELLS),
    "300 MB unpacked": ("a.docx", lambda: docx(HEAD, b" " * MEGABYTE, 300), SWELLS),
    "300 MB of a picture": (
        "a.docx",
        lambda: docx(b"", b"\0" * MEGABYTE, 300, b"", part="word/media/image1.png"),
        SWELLS,
    ),
    "forged sizes": ("a.docx", forged, BROKEN),
    "60 MB of blanks": ("a.docx", lambda: docx(HEAD, b" " * MEGABYTE, 60), "The file holds more text"),
    "ten million elements": ("a.docx", lambda: docx(HEAD, b"<w:p/>" * 100_000, 100), UNSAFE),
    "a million lines": ("a.docx", lambda: docx(HEAD, LINE * 10_000, 100), UNSAFE),
    "nested without end": ("a.docx", lambda: docx(HEAD, b"<w:tbl>" * 10_000, 800), UNSAFE),
    "one tag of 60 MB": ("a.docx", lambda: docx(HEAD + b'<w:p a="', b"A" * MEGABYTE, 60, b'"/>' + TAIL), UNSAFE),
    "many names of attributes": (
        "a.docx",
        lambda: docx(HEAD, b"<w:p " + b"".join(b'a%d="" ' % n for n in range(100_000)) + b"/>", 10),
        UNSAFE,
    ),
    "many links": ("a.docx", links, UNSAFE),
    "many parts": ("a.docx", crowded, UNSAFE),
    "external entity": ("a.docx", lambda: declared(ENTITY, "x"), UNSAFE),
    "entities of entities": ("a.docx", lambda: declared(LAUGHS + "]>", "j"), UNSAFE),
    "macros": ("a.docx", lambda: with_part("word/vbaProject.bin"), "This file holds macros"),
    "macros by its ending": ("a.docm", lambda: make_docx("Một"), "This file holds macros"),
    "part with a path": ("a.docx", lambda: with_part("../../etc/cron.d/x"), UNSAFE),
    "part with a bidi mark": ("a.docx", named("word/gnp.\u202excod"), UNSAFE),
    "password": ("a.docx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 512, "This document is protected"),
    "password of the archive": ("a.docx", encrypted, "This document is protected"),
    "truncated": ("a.docx", lambda: make_docx("Một")[:900], BROKEN),
    "cut in the middle": ("a.docx", lambda: make_docx("Một")[:9000] + make_docx("Một")[9400:], BROKEN),
    "broken XML": ("a.docx", lambda: body("<"), BROKEN),
    "name with a path": ("../../a.docx", lambda: make_docx("Một"), "The name of this file"),
    "name with a bidi mark": ("thong-bao\u202excod.exe.docx", lambda: make_docx("Một"), "The name of this file"),
    "PDF under another name": ("a.docx", lambda: b"%PDF-1.7 ...", OTHERWISE),
    "program under another name": ("a.pdf", lambda: b"MZ\x90\0" + b"\0" * 4096, OTHERWISE),
    "program called text": ("a.txt", lambda: b"MZ\x90\0" + b"\0" * 4096, "This file holds no text"),
    "300 MB on a page": ("a.pdf", lambda: page(stream(b" " * MEGABYTE, 300)), PDF_SWELLS),
    "300 MB packed twice": ("a.pdf", lambda: page(stream(b" " * MEGABYTE, 300, packed=2)), PDF_SWELLS),
    "300 MB of letters": ("a.pdf", lambda: letters(b" " * MEGABYTE, 300), PDF_SWELLS),
    "70 MB by prediction": (
        "a.pdf",
        lambda: page(stream(b"\0" * MEGABYTE, 70, b"/DecodeParms<</Predictor 12/Columns 4>>")),
        PDF_SWELLS,
    ),
    "a page without end": ("a.pdf", lambda: page(stream(MEGABYTE_OF_WORDS, 7)), "Page 1 of this PDF holds"),
    "three hundred dense pages": ("a.pdf", lambda: page(stream(MEGABYTE_OF_WORDS), 300), PDF_SWELLS),
    "one page ten million times": ("a.pdf", tree, PDF_SWELLS),
    "letters without end": ("a.pdf", lambda: letters(RANGES % (b"<0000> <ffff> <0000>\n" * 5000)), PDF_SWELLS),
    # Broken off, unless the machine is so quick that all of it is read.
    "24 MB of objects": (
        "a.pdf",
        lambda: b"%PDF-1.7\n" + b"1 0 obj <<>> endobj\n" * 1_200_000,
        ("This file is so", PDF_BROKEN),
    ),
    "24 MB of brackets": ("a.pdf", lambda: b"%PDF-1.7\n" + b"<<" * 12 * MEGABYTE, PDF_BROKEN),
    "half a PDF": ("a.pdf", lambda: make_pdf(["abc" * 20] * 9)[:600], PDF_BROKEN),
    "PDF with a password": ("a.pdf", lambda: make_pdf(["a"], password="a", user_password="b"), "This PDF is protected"),
    "24 MB of text": ("a.txt", lambda: b"x " * 12 * MEGABYTE, "The file holds more text"),
    "26 MB": ("a.txt", lambda: b"x" * 26 * MEGABYTE, "The file is too large"),
}
