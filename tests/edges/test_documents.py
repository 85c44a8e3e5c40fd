"""Files become text, whatever is handed in; and what cannot be read is told in a sentence."""

import io
import unicodedata
import zipfile

import docx
import pytest
from django.utils import translation
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.rules.notice_text import read_header, read_paragraphs
from directives.rules.refusals import Invalid
from tests.papers import make_docx, make_pdf, make_scan, make_zip, saved
from tracker.documents import archives, docx_parts, pdf_text, reading
from tracker.documents.reading import text_of

SENTENCE = "Bộ Nội vụ và các tỉnh rà soát hồ sơ của năm 2025 trước ngày 31/3/2026."


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def refused(name, content):
    with pytest.raises(Invalid) as refusal:
        text_of(name, content)
    assert refusal.value.field == "file"
    return str(refusal.value)


CODES = [
    pytest.param(SENTENCE.encode(), id="UTF-8"),
    pytest.param(SENTENCE.encode("utf-8-sig"), id="UTF-8 with its mark"),
    pytest.param(SENTENCE.encode("utf-16"), id="UTF-16 with its mark"),
    pytest.param(SENTENCE.encode("utf-16-le"), id="UTF-16 little end first, without mark"),
    pytest.param(SENTENCE.encode("utf-16-be"), id="UTF-16 big end first, without mark"),
    pytest.param(unicodedata.normalize("NFD", SENTENCE).encode(), id="decomposed letters"),
]


@pytest.mark.parametrize("content", CODES)
def test_plain_text_is_read_in_every_code(content):
    assert text_of("notice.txt", content) == SENTENCE


def test_text_of_old_windows_is_read():
    """There the tones stand behind their vowels."""
    assert (
        text_of("notice.txt", "hồ sơ cu\u0309a năm 2025".replace("ồ", "ô\u0300").encode("cp1258"))
        == "hồ sơ của năm 2025"
    )


TCVN3 = "Bé Néi vô vµ c¸c tØnh rµ so¸t hå s¬ cña n¨m 2025".encode("latin-1")
VNI = "Boä Noäi vuï vaø caùc tænh raø soaùt hoà sô cuûa naêm 2025".encode("latin-1")


@pytest.mark.parametrize("content", [pytest.param(TCVN3, id="TCVN3"), pytest.param(VNI, id="VNI")])
def test_letters_of_the_nineties_are_named_and_not_garbled(content):
    assert "UTF-8" in refused("notice.txt", content)


def test_line_ends_are_made_plain():
    assert text_of("notice.txt", b"a\r\nb\rc\n") == "a\nb\nc\n"


HEAD = [
    ["VĂN PHÒNG CHÍNH PHỦ\nSố: 07/TB-VPCP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nội, ngày 09 tháng 01 năm 2025"],
]
FOOT = [["Nơi nhận:\n- Lưu: VT.", "KT. CHỦ NHIỆM\nPHÓ CHỦ NHIỆM\n\nNguyễn Văn Mẫu"]]


def test_a_word_document_is_read_in_its_order_head_and_foot_included():
    text = text_of(
        "n.docx", make_docx(HEAD, "THÔNG BÁO", "Về hồ sơ", "Kết luận như sau:", "1. Một.", "a) Hai./.", FOOT)
    )
    header = read_header(text)
    assert (header.number, header.symbol, str(header.issued_on)) == (7, "TB-VPCP", "2025-01-09")
    assert (header.issuer_name, header.signer) == ("VĂN PHÒNG CHÍNH PHỦ", "Nguyễn Văn Mẫu")
    assert [text[p.start : p.end] for p in read_paragraphs(text)] == ["1. Một.", "a) Hai"]


def test_a_table_of_three_columns_keeps_its_rows():
    text = text_of("n.docx", make_docx([["TT", "Nhiệm vụ", "Hạn"], ["1", "Rà soát", "31/3/2025"]]))
    assert text == "TT | Nhiệm vụ | Hạn\n1 | Rà soát | 31/3/2025"


def numbered(*forms):
    """A document whose numbers Word writes: each form is a paragraph's level, number form and pattern."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for level, (form, pattern) in enumerate((("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))):
        abstract.append(_level(level, form, pattern))
    numbering.insert(0, abstract)
    one = OxmlElement("w:num")
    one.set(qn("w:numId"), "77")
    one.append(_with("w:abstractNumId", "77"))
    numbering.append(one)
    for level, words in forms:
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        properties.get_or_add_numPr().get_or_add_ilvl().val = level
        properties.numPr.get_or_add_numId().val = 77
    return saved(document)


def _level(level, form, pattern):
    element = OxmlElement("w:lvl")
    element.set(qn("w:ilvl"), str(level))
    element.extend([_with("w:start", "1"), _with("w:numFmt", form), _with("w:lvlText", pattern)])
    return element


def _with(tag, value):
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    return element


def test_the_numbers_that_word_writes_by_itself_are_read():
    content = numbered(
        (0, "ĐÁNH GIÁ"), (0, "NHIỆM VỤ"), (1, "Bộ Nội vụ"), (2, "Rà soát"), (2, "Báo cáo"), (1, "Bộ Y tế")
    )
    assert text_of("n.docx", content).splitlines() == [
        "I. ĐÁNH GIÁ", "II. NHIỆM VỤ", "1. Bộ Nội vụ", "a) Rà soát", "b) Báo cáo", "2. Bộ Y tế",
    ]  # fmt: skip


def test_what_was_inserted_is_read_and_what_was_deleted_is_not():
    document = docx.Document()
    paragraph = document.add_paragraph("Hạn là ")
    for tag, part, words in (("w:ins", "w:t", "31/3"), ("w:del", "w:delText", "30/6")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(part)
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    assert text_of("n.docx", saved(document)) == "Hạn là 31/3"


def test_a_stamp_in_the_head_of_the_page_is_seen():
    document = docx.Document()
    document.add_paragraph("Số: 7/TB-VPCP")
    document.sections[0].header.paragraphs[0].text = "MẬT"
    assert read_header(text_of("n.docx", saved(document))).secrecy == "mat"


NOTICE = (
    "VĂN PHÒNG CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 07/TB-VPCP", "Hà Nội, ngày 09 tháng 01 năm 2025",
    "THÔNG BÁO", "Kết luận về hồ sơ", "Phó Thủ tướng kết luận như sau:",
)  # fmt: skip
BODY = (
    (30, "1. Bộ Nội vụ"),
    (30, "Chủ trì rà soát toàn bộ hồ sơ lưu trữ của các bộ, cơ quan và của các địa"),
    "phương, trình Thủ tướng Chính phủ xem xét, quyết định trước ngày 31/3/2025.",
    (30, "Tổng hợp kết quả rà soát của các bộ, cơ quan, báo cáo Thủ tướng Chính phủ"),
    "hằng quý cho đến khi hoàn thành việc số hóa của tất cả các cơ quan.",
)


def test_a_pdf_is_read_and_its_indents_tell_the_paragraphs():
    text = text_of("n.pdf", make_pdf([*NOTICE, *BODY]))
    assert read_header(text).number == 7
    assert [(p.label, text[p.start : p.end].split()[0]) for p in read_paragraphs(text)] == [
        ("1", "1."), ("1¶2", "Chủ"), ("1¶3", "Tổng"),
    ]  # fmt: skip


def test_a_number_and_a_day_stamped_as_signatures_are_filled_in():
    head = ["BỘ MẪU", "Số:          /BM-VP Hà Nội, ngày        tháng 7 năm 2026", *(line for _, line in BODY[:2])]
    header = read_header(text_of("n.pdf", make_pdf(head, stamps=[(124, "7432"), (402, "21")])))
    assert (header.number, str(header.issued_on)) == (7432, "2026-07-21")


def test_a_stamp_that_is_no_number_fills_in_nothing():
    head = ["BỘ MẪU", "Số:          /BM-VP Hà Nội, ngày        tháng 7 năm 2026", *(line for _, line in BODY[:2])]
    header = read_header(text_of("n.pdf", make_pdf(head, stamps=[(124, "Văn thư"), (402, "2026")])))
    assert (header.number, header.issued_on) == (None, None)


def test_page_numbers_are_no_text():
    pages = [[*NOTICE, "1"], ["2", *(words for _, words in BODY[:2]), "Hết."]]
    lines = [line.strip() for line in text_of("n.pdf", make_pdf(*pages)).split("\n")]
    assert "2" not in lines
    assert "1" not in lines


def test_a_pdf_without_a_password_to_open_is_read_although_it_is_locked_for_changes():
    assert "07/TB-VPCP" in text_of("n.pdf", make_pdf([*NOTICE], password="chủ"))


def huge_pdf():
    return make_pdf(["x" * 200] * (pdf_text.PAGE_LIMIT // 400))


def swollen_docx():
    return make_zip(word__document_xml=b"<a>" + b" " * (docx_parts.BOUNDS.unpacked + 1) + b"</a>")


def lying_docx():
    """An archive whose directory declares a small part where a large one comes out."""
    content = bytearray(make_zip(word__document_xml=b"<a>" + b" " * 4_000_000 + b"</a>"))
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(content)


def entities_docx():
    return make_zip(word__document_xml=b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;&b;</a>')


REFUSED = [
    pytest.param("n.txt", lambda: b"", reading.EMPTY, id="an empty file"),
    pytest.param("n.txt", lambda: b" \n\t", reading.EMPTY, id="nothing but blanks"),
    pytest.param("n.xlsx", lambda: b"PK\x03\x04", reading.WRONG_KIND, id="a spreadsheet"),
    pytest.param("n", lambda: b"abc", reading.WRONG_KIND, id="no ending"),
    pytest.param("n.doc", lambda: reading.OLE, reading.OLD_WORD, id="an old Word file"),
    pytest.param("n.docx", lambda: reading.OLE + b"x" * 600, reading.PROTECTED, id="a Word file with a password"),
    pytest.param("n.docx", lambda: b"%PDF-1.7", "This is not a .docx file", id="a PDF called .docx"),
    pytest.param("n.pdf", lambda: make_docx("a"), "This is not a .pdf file", id="a Word file called .pdf"),
    pytest.param("n.docx", lambda: make_docx("a")[:900], docx_parts.BROKEN, id="half a Word file"),
    pytest.param("n.docx", lambda: make_zip(a_txt=b"a"), "This is not a Word document", id="some other archive"),
    pytest.param("n.docx", swollen_docx, "This file unpacks to more than 64 MB", id="an archive that swells"),
    pytest.param("n.docx", lying_docx, docx_parts.BROKEN, id="an archive that lies about its size"),
    pytest.param("n.docx", entities_docx, docx_parts.UNSAFE, id="XML that defines entities"),
    pytest.param("n.pdf", lambda: b"%PDF-1.7\nnothing", pdf_text.BROKEN, id="a PDF with nothing in it"),
    pytest.param(
        "n.pdf",
        lambda: make_pdf([*NOTICE], password="chủ", user_password="khách"),
        pdf_text.LOCKED,
        id="a PDF with a password",
    ),
    pytest.param("n.pdf", lambda: make_scan(pdf_text.PAGES_LIMIT + 1), "This PDF has 301 pages", id="too many pages"),
    pytest.param("n.pdf", huge_pdf, "Page 1 of this PDF holds more drawings", id="a page too dense"),
    pytest.param(
        "n.txt", lambda: b"a" * (reading.FILE_LIMIT + 1), "The file is too large: at most 25 MB", id="too large"
    ),
    pytest.param("n.txt", lambda: b"a" * (reading.TEXT_LIMIT + 1), "more text than any notice", id="too much text"),
    pytest.param("n.txt", lambda: b"\x00\x01\x02binary\xff\xfe" * 9, "This file holds no text", id="no text at all"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED)
def test_what_cannot_be_read_is_refused_with_a_sentence(name, content, sentence):
    assert str(sentence) in refused(name, content())


def test_too_many_parts_are_not_opened():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for number in range(archives.PARTS_LIMIT + 1):
            archive.writestr(f"word/{number}.xml", "<a/>")
    assert refused("n.docx", kept.getvalue()) == docx_parts.UNSAFE


DOCX, PDF = make_docx(HEAD, "1. Một."), make_pdf([*NOTICE, *BODY], stamps=[(124, "7")])


def outcome(name, content):
    """The text, or the field that a refusal names; anything else breaks the test."""
    try:
        return text_of(name, content)
    except Invalid as refusal:
        return refusal.field


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([("n.docx", DOCX), ("n.pdf", PDF)]), st.data())
def test_a_damaged_file_is_read_or_refused_and_never_breaks_the_reader(file, data):
    name, content = file
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start, min(len(content), start + 400)))
    assert outcome(name, content[:start] + data.draw(st.binary(max_size=40)) + content[end:])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["n.txt", "n.docx", "n.pdf"]), st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(name, content):
    start = {"n.docx": b"PK\x03\x04", "n.pdf": b"%PDF-1.4\n"}.get(name, b"")
    assert outcome(name, start + content)
