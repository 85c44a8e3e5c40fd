"""A page on paper: drawn by a browser, taken as a picture, and read back by the real text recognition."""

import io
from datetime import date

import pytest
from playwright.sync_api import Browser
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, StreamObject

from directives.rules.notice_text import read_header, read_paragraphs
from tests.papers import HEIGHT, WIDTH
from tracker.documents import scanned
from tracker.documents.apart import text_apart

ABSENT = "No scan was read: {} is not on this machine"
DOTS = (1654, 2339)  # A4 at 200 dots an inch
PAGE = """<meta charset="utf-8"><style>body { margin: 150px 140px 0 230px; font: 42px/1.4 serif }
td { width: 50%; vertical-align: top; text-align: center; font-size: 34px; white-space: nowrap; padding: 0 20px }
p { text-indent: 90px; margin: 14px 0 } h1 { font-size: 44px; text-align: center; margin: 70px }</style>
<table><tr><td>BỘ MẪU<br>Số: 7/TB-BM</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc<br>
Hà Nội, ngày 09 tháng 01 năm 2026</td></tr></table><h1>THÔNG BÁO<br>Kết luận về hồ sơ</h1>
<p>Thứ trưởng kết luận như sau:</p><p>I. NHẬN XÉT</p><p>Hồ sơ đã đầy đủ.</p><p>II. NHIỆM VỤ</p>
<p>1. Bộ Nội vụ chủ trì, phối hợp với Bộ Y tế rà soát hồ sơ của các tỉnh trước ngày 31/3/2026.</p>
<p>2. Bộ Xây dựng báo cáo kết quả.</p><p>III. TỔ CHỨC</p><p>Văn phòng theo dõi./.</p>
<table><tr><td>Nơi nhận:<br>- Các bộ;<br>- Lưu: VT.</td><td>THỨ TRƯỞNG<br><br>Nguyễn Văn Mẫu</td></tr></table>"""


def scan_of(browser: Browser, *pages: str) -> bytes:
    """A PDF whose pages are pictures, as a scanner makes it."""
    shown = browser.new_page(viewport={"width": DOTS[0], "height": DOTS[1]})
    writer = PdfWriter()
    for page in pages:
        shown.set_content(page)
        _put(writer, shown.screenshot(type="jpeg", quality=60))
    shown.close()
    return _saved(writer)


def _put(writer: PdfWriter, picture: bytes) -> None:
    image, drawing = StreamObject(), StreamObject()
    image.set_data(picture)
    names = {"Type": "XObject", "Subtype": "Image", "ColorSpace": "DeviceRGB", "Filter": "DCTDecode"}
    image.update({NameObject(f"/{key}"): NameObject(f"/{name}") for key, name in names.items()})
    figures = {"Width": DOTS[0], "Height": DOTS[1], "BitsPerComponent": 8}
    image.update({NameObject(f"/{key}"): NumberObject(figure) for key, figure in figures.items()})
    drawing.set_data(f"{WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do".encode())
    page = writer.add_blank_page(WIDTH, HEIGHT)
    page[NameObject("/MediaBox")] = ArrayObject(map(FloatObject, (0, 0, WIDTH, HEIGHT)))
    page[NameObject("/Contents")] = writer._add_object(drawing)
    inside = DictionaryObject({NameObject("/I"): writer._add_object(image)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): inside})


def _saved(writer: PdfWriter) -> bytes:
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


@pytest.mark.skipif(bool(scanned.missing()), reason=ABSENT.format(", ".join(scanned.missing())))
def test_a_page_on_paper_is_read_like_the_file_that_it_was_printed_from(browser: Browser):
    told = []

    def alive(page: int, of: int) -> bool:
        told.append((page, of))
        return True

    found = text_apart("a.pdf", scan_of(browser, PAGE), alive)
    assert found.is_scan
    assert told[-1] == (0, 1)
    header = read_header(found.text)
    assert (header.number, header.symbol, header.issued_on) == (7, "TB-BM", date(2026, 1, 9))
    assert (header.issuer_name, header.subject) == ("BỘ MẪU", "Kết luận về hồ sơ")
    assert (header.signer_title, header.signer) == ("THỨ TRƯỞNG", "Nguyễn Văn Mẫu")
    paragraphs = {each.label: found.text[each.start : each.end] for each in read_paragraphs(found.text)}
    assert paragraphs["II.1"].replace("\n", " ") == (
        "1. Bộ Nội vụ chủ trì, phối hợp với Bộ Y tế rà soát hồ sơ của các tỉnh trước ngày 31/3/2026."
    )
    assert list(paragraphs) == ["I", "I¶2", "II", "II.1", "II.2", "III", "III¶2"]
