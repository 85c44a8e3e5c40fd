"""The three ways to write a paper: what stands in them can be read by others, and nothing in it runs or breaks them."""

import io
from datetime import date, datetime, time

import docx
import openpyxl
import pytest
from django.utils.translation import override
from pypdf import PdfReader

from directives.rules.refusals import Invalid
from tests.office import as_pdfs
from tracker.papers import as_docx, as_pdf, as_xlsx, form
from tracker.papers.form import Annex, Column, Heading, Issuer, Kind, Paper, Share, Signature, Table, Text
from tracker.papers.words import percent, place_and_day, printable, whole

DAY = date(2026, 11, 22)
LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
COLUMNS = [
    Column("Nội dung", 60),
    Column("Số TBKL", 28, of=(Column("Số", 20), Column("Ngày", 20, Kind.DAY))),
    Column("Số lượng", 20, Kind.WHOLE, added_up=True),
    Column("Tỷ lệ", 40, Kind.SHARE),
]


SHARES = ("Tỷ lệ: số lượng", "Tỷ lệ: trên tổng số", "Tỷ lệ")


@pytest.fixture(autouse=True)
def _in_vietnamese():
    with override("vi"):
        yield


def row(words: str, many: int = 1) -> list:
    return [words, ("369/TB-VPCP", date(2024, 8, 9)), many, Share(many, 3)]


def a_paper(*rows: list, **more: object) -> Paper:
    """A report with one table of these rows."""
    more.setdefault("parts", [Heading("I. Kết quả"), Text(LETTERS), Table(COLUMNS, rows, title="Danh sách")])
    return Paper(
        issuer=Issuer("Văn phòng Chính phủ", "Chính phủ", "VPCP", "Hà Nội"),
        kind="Báo cáo",
        about="Kết quả thực hiện",
        day=DAY,
        file="bao-cao",
        symbol="BC-VPCP",
        recipients=["- Như trên;", "- Lưu: VT."],
        signature=Signature("Thủ trưởng cơ quan"),
        **more,
    )


def written(paper: Paper, write) -> bytes:
    file = io.BytesIO()
    write(paper, file)
    return file.getvalue()


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_pdf_says_every_vietnamese_letter_in_small_and_in_capitals():
    said = text_of(written(a_paper(parts=[Text(f"{LETTERS} {LETTERS.upper()}")]), as_pdf.write))
    assert LETTERS in said.replace(" ", "")
    assert LETTERS.upper() in said.replace(" ", "")


def test_every_font_of_a_pdf_goes_along_with_it():
    pages = PdfReader(io.BytesIO(written(a_paper(*map(row, ["Việc"] * 60)), as_pdf.write))).pages
    fonts = {name: font.get_object() for page in pages for name, font in page["/Resources"]["/Font"].items()}
    assert len(pages) > 1
    assert {font["/BaseFont"].partition("+")[2] for font in fonts.values()} == {
        "Tinos-Regular",
        "Tinos-Bold",
        "Tinos-Italic",
        "Tinos-BoldItalic",
    }
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in fonts.values())
    assert all("/ToUnicode" in font for font in fonts.values())


def test_the_head_of_a_table_and_the_number_of_the_page_stand_on_each_page_but_the_first():
    pages = PdfReader(io.BytesIO(written(a_paper(*map(row, ["Việc"] * 90)), as_pdf.write))).pages
    said = [page.extract_text() for page in pages]
    assert all("Nội dung" in page and "Tỷ lệ" in page for page in said)
    assert [page.split()[0] for page in said[1:]] == [str(number) for number in range(2, len(said) + 1)]
    assert said[0].startswith("CHÍNH PHỦ")


def test_the_same_paper_is_the_same_file():
    assert written(a_paper(row("Việc")), as_pdf.write) == written(a_paper(row("Việc")), as_pdf.write)


def test_an_annex_lies_lengthwise_and_counts_its_own_pages():
    annex = Annex("Danh mục", [Table(COLUMNS, [row("Việc")] * 60)], label="Phụ lục", landscape=True)
    pages = PdfReader(io.BytesIO(written(a_paper(annexes=[annex]), as_pdf.write))).pages
    assert [page.mediabox.width > page.mediabox.height for page in pages][:3] == [False, True, True]
    assert pages[1].extract_text().startswith("Phụ lục")
    assert pages[2].extract_text().split()[0] == "2"


def test_a_word_file_says_the_same_in_the_order_of_the_decree():
    document = docx.Document(io.BytesIO(written(a_paper(row("Việc", 2)), as_docx.write)))
    head, table, foot = document.tables
    assert [cell.text.strip() for line in head.rows for cell in line.cells] == [
        "CHÍNH PHỦ\nVĂN PHÒNG CHÍNH PHỦ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "Số: \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/BC-VPCP",
        "Hà Nội, ngày 22 tháng 11 năm 2026",
    ]
    assert [[cell.text for cell in line.cells] for line in table.rows] == [
        ["STT", "Nội dung", "Số TBKL", "Số lượng", "Tỷ lệ"],
        ["1", "Việc", "369/TB-VPCP\n09/08/2024", "2", "66,67 % (2/3)"],
        ["", "Tổng số", "", "2", ""],
    ]
    assert foot.rows[0].cells[0].text == "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    assert foot.rows[0].cells[1].text.strip() == "THỦ TRƯỞNG CƠ QUAN"
    assert [p.text for p in document.paragraphs if p.text][:3] == ["BÁO CÁO", "Kết quả thực hiện", "I. Kết quả"]
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_a_sheet_has_days_figures_and_one_formula():
    content = written(a_paper(row("Việc", 2), row("Việc nữa", 1)), as_xlsx.write)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    lines = list(sheet.iter_rows(values_only=True))
    head = next(at for at, line in enumerate(lines) if line[0] == "STT")
    assert [line[0] for line in lines[:head]] == ["BÁO CÁO", "Kết quả thực hiện", "Danh sách", "Văn phòng Chính phủ"]
    assert lines[head] == ("STT", "Nội dung", "Số", "Ngày", "Số lượng", *SHARES)
    day = datetime.combine(date(2024, 8, 9), time())
    assert lines[head + 1 :] == [
        (1, "Việc", "369/TB-VPCP", day, 2, 2, 3, 0.6667),
        (2, "Việc nữa", "369/TB-VPCP", day, 1, 1, 3, 0.3333),
        ("Tổng số", None, None, None, "=SUM(E6:E7)", None, None, None),
    ]
    assert sheet.freeze_panes == f"A{head + 2}"
    assert sheet.cell(head + 2, 8).number_format == "0.00%"


HOSTILE = {
    "a formula": "=1+1",
    "a command": "+cmd|' /C calc'!A0",
    "signs of control": "\x00\x01\x1b[31mđỏ\u202e\ufeff\ud800",
    "marks": "<b>&amp;</b><script>alert(1)</script> ]]> {{ x }}",
    "a word without end": "x" * 3000,
    "a long text": "Nội dung rất dài. " * 1200,
    "many lines": "dòng\r\n" * 300,
    "decomposed": "Ho\u0300a bi\u0300nh",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_text_is_only_text(what):
    words = HOSTILE[what]
    plain = printable(words)
    rows = [row(words), row("sau")]
    assert text_of(written(a_paper(*rows), as_pdf.write)).replace(" ", "").count("sau") >= 1
    table = docx.Document(io.BytesIO(written(a_paper(*rows), as_docx.write))).tables[1]
    assert table.cell(1, 1).text == plain
    sheet = openpyxl.load_workbook(io.BytesIO(written(a_paper(*rows), as_xlsx.write))).active
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    assert [cell.value for cell in cells] == ["=SUM(E6:E7)"]
    assert sheet["B6"].value == plain


def test_a_text_longer_than_a_page_goes_on_on_the_next_and_loses_nothing():
    words = " ".join(f"tu{number}" for number in range(4000))
    said = text_of(written(a_paper(row(words), landscape=True), as_pdf.write)).split()
    assert [word for word in said if word.startswith("tu") and word[2:].isdigit()] == words.split()


def test_another_office_program_opens_every_file(tmp_path):
    table = Table(COLUMNS, [row(words) for words in HOSTILE.values()], title="Danh sách [1]/*?")
    annex = Annex("Danh mục", [Table(COLUMNS, [row("Ẳng Cang")] * 60)], label="Phụ lục", landscape=True)
    files = {
        f"paper-{kind}.{kind}": written(a_paper(parts=[Text(LETTERS), table], annexes=[annex]), write)
        for kind, write in (("docx", as_docx.write), ("xlsx", as_xlsx.write))
    }
    made = as_pdfs(tmp_path, files)
    assert set(made) == set(files)
    for content in made.values():
        assert "Ẳng Cang" in text_of(content)
        assert "=1+1" in text_of(content)


def test_a_paper_that_is_too_long_is_refused_but_not_as_a_sheet(monkeypatch):
    monkeypatch.setattr(form, "MOST_LINES", 2)
    for write in (as_pdf.write, as_docx.write):
        with pytest.raises(Invalid) as refusal:
            written(a_paper(*map(row, ["Việc"] * 3)), write)
        assert refusal.value.field == "rows"
    assert written(a_paper(*map(row, ["Việc"] * 3)), as_xlsx.write)


def test_a_table_without_rows_says_so():
    paper = a_paper(parts=[Table(COLUMNS, [], nothing="Không có nhiệm vụ nào.")])
    assert "Không có nhiệm vụ nào." in text_of(written(paper, as_pdf.write))
    words = docx.Document(io.BytesIO(written(paper, as_docx.write))).paragraphs
    assert "Không có nhiệm vụ nào." in [paragraph.text for paragraph in words]


@pytest.mark.parametrize(
    ("share", "printed"),
    [
        (Share(7892, 9831), "80,28 % (7.892/9.831)"),
        (Share(1, 3), "33,33 % (1/3)"),
        (Share(0, 0), "– (0/0)"),
        (Share(3, 3), "100 % (3/3)"),
    ],
)
def test_a_percentage_never_stands_without_its_parts(share, printed):
    assert percent(share) == printed


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2024, 8, 9), "Hà Nội, ngày 09 tháng 8 năm 2024"),
        (date(2025, 2, 14), "Hà Nội, ngày 14 tháng 02 năm 2025"),
        (date(2026, 11, 22), "Hà Nội, ngày 22 tháng 11 năm 2026"),
    ],
)
def test_a_day_is_written_as_the_decree_says(day, printed):
    assert place_and_day(Issuer("Văn phòng", place="Hà Nội"), day) == printed


@pytest.mark.parametrize(("number", "printed"), [(0, "0"), (5, "05"), (12, "12"), (3924, "3.924")])
def test_a_figure_below_ten_has_a_nought_before_it_in_running_text(number, printed):
    assert whole(number) == printed
