"""Charts on paper: the same bars as on the pages, told apart without colour, with words beside; and the signature."""

import io
import re
from datetime import date
from itertools import combinations
from pathlib import Path

import docx
import pytest
from django.utils.translation import override
from PIL import Image
from pypdf import PdfReader

from directives.figures import Ageing, Cells
from directives.rules.standing import Cell
from tests.edges.test_paper_files import a_paper, text_of, written
from tracker.papers import as_docx, as_pdf, look
from tracker.papers.charts import Named, ages_chart, bars_chart, standing_chart, trend_chart
from tracker.papers.drawing import WIDE, WIDTH
from tracker.papers.drawing_png import as_png
from tracker.papers.form import Chart, Column, Heading, Table, Text
from tracker.papers.inks import Box, colour, marks
from tracker.papers.lettering import SWATCH, left, long

CELLS = Cells(done_on_time=47, done_late=14, open_in_time=66, open_overdue=67, undated=1)
MONTHS = [(date(2026, month, 28), Cells(done_on_time=month, open_overdue=12 - month)) for month in range(1, 13)]
AGENCIES = [Named("Bộ Công an", CELLS), Named("Ủy ban nhân dân " + "rất dài " * 12, Cells(done_late=1))]
STYLES = Path("tracker/static/tracker/css/figures.css")
# What the pages call the colour of each cell.
NAMES = {"done_on_time": "done", "done_late": "donelate", "open_in_time": "ontrack", "open_overdue": "late"}


@pytest.fixture(autouse=True)
def _in_vietnamese():
    with override("vi"):
        yield


@pytest.fixture(params=["standing", "trend", "agencies", "ages"])
def chart(request) -> Chart:
    return {
        "standing": lambda: standing_chart(CELLS),
        "trend": lambda: trend_chart(MONTHS),
        "agencies": lambda: bars_chart(AGENCIES, "Theo cơ quan"),
        "ages": lambda: ages_chart(Ageing(3, 0, 2, 1)),
    }[request.param]()


def bars(chart: Chart) -> list:
    """Its blocks without the swatches of the legend."""
    return [one for one in chart.drawing.blocks if (one.box.width, one.box.height) != (SWATCH, SWATCH)]


def test_nothing_of_a_chart_lies_outside_of_it(chart):
    for block in chart.drawing.blocks:
        assert block.box.x >= 0
        assert block.box.x + block.box.width <= WIDTH
        assert 0 <= block.box.y <= block.box.y + block.box.height <= chart.drawing.height
    for label in chart.drawing.labels:
        assert left(label) >= 0, label
        assert left(label) + long(label) <= WIDTH, label


def test_the_bar_of_the_cells_is_as_wide_as_the_text_and_says_each_number_for_which_there_is_room():
    chart = standing_chart(CELLS)
    assert [one.cell for one in bars(chart)] == [*Cell]
    assert sum(one.box.width for one in bars(chart)) == WIDTH
    assert [one.words for one in chart.drawing.labels if one.plate] == ["47", "14", "66", "67"]
    assert look.PORTRAIT.room == WIDE


def test_a_column_says_its_total_and_a_month_without_work_has_none():
    chart = trend_chart([(date(2026, 10, 31), Cells()), (date(2026, 11, 22), Cells(undated=1500))])
    assert [one.words for one in chart.drawing.labels if one.bold] == ["1.500"]
    assert [one.cell for one in bars(chart)] == ["undated"]
    assert {"10/26", "11/26"} <= {one.words for one in chart.drawing.labels}


def test_a_bar_is_as_long_as_its_total_and_its_number_stands_behind_it():
    chart = ages_chart(Ageing(4, 2, 0, 1))
    widths = {one.box.y: one.box.width for one in bars(chart)}
    first, second, last = widths.values()
    assert second == pytest.approx(first / 2, abs=1)
    assert last == pytest.approx(first / 4, abs=1)
    assert [one.words for one in chart.drawing.labels if one.bold] == ["4", "2", "0", "1"]


def test_colours_are_those_that_the_pages_print():
    printed = dict(re.findall(r"--(\w+): #(\w{6})", STYLES.read_text().split("@media print")[1]))
    for cell, name in {**NAMES, "undated": "still"}.items():
        assert "{:02x}{:02x}{:02x}".format(*colour(cell)) == printed[name], cell


def test_no_two_cells_have_the_same_hatch():
    drawn = {cell: marks(cell, Box(0, 0, 60, 60)) for cell in Cell}
    assert drawn[Cell.DONE_ON_TIME] == []
    for one, other in combinations(Cell, 2):
        assert drawn[one] != drawn[other]


def test_a_picture_has_three_hundred_dots_in_an_inch_and_is_the_same_each_time(chart):
    picture = Image.open(io.BytesIO(as_png(chart.drawing)))
    assert picture.width == 2 * WIDTH
    assert picture.info["dpi"][0] == pytest.approx(308, abs=1)
    assert as_png(chart.drawing) == as_png(chart.drawing)


def test_a_chart_of_a_word_file_is_told_to_whoever_does_not_see_it():
    content = written(a_paper(parts=[standing_chart(CELLS)]), as_docx.write)
    (picture,) = docx.Document(io.BytesIO(content)).inline_shapes
    told = picture._inline.docPr
    assert told.get("title") == "Phần việc theo tình trạng thời hạn"
    assert told.get("descr") == (
        "tổng số 195, hoàn thành đúng hạn 47, hoàn thành quá hạn 14, đang thực hiện, trong hạn 66, đang thực hiện, "
        "quá hạn 67, không thời hạn 1"
    )
    assert picture.width.mm == pytest.approx(160, abs=0.1)


def test_the_words_of_a_chart_in_a_pdf_can_be_searched_in_fonts_that_go_along():
    content = written(a_paper(parts=[bars_chart(AGENCIES, "Theo cơ quan")]), as_pdf.write)
    said = text_of(content)
    for words in ("Bộ Công an", "Hoàn thành đúng hạn", "Đang thực hiện, quá hạn", "195", "…"):
        assert words in said, words
    fonts = [
        font.get_object()
        for page in PdfReader(io.BytesIO(content)).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in fonts)


def test_the_signature_never_stands_on_a_page_without_the_last_words():
    alone = 0
    for many in range(26, 36):
        parts = [*(Text(f"Dòng {number}.") for number in range(many)), Text("Trên đây là báo cáo./.")]
        pages = PdfReader(io.BytesIO(written(a_paper(parts=parts), as_pdf.write))).pages
        last = pages[-1].extract_text()
        assert "THỦ TRƯỞNG CƠ QUAN" in last
        assert "Trên đây là báo cáo./." in last
        alone += "Dòng" not in last
    assert alone  # some of them did not fit on the first page


def test_a_head_is_never_the_last_of_its_page():
    for many in range(24, 32):
        parts = [*(Text(f"Dòng {number}.") for number in range(many)), Heading("I. KẾT QUẢ"), standing_chart(CELLS)]
        pages = PdfReader(io.BytesIO(written(a_paper(parts=parts), as_pdf.write))).pages
        (at,) = [number for number, page in enumerate(pages) if "I. KẾT QUẢ" in page.extract_text()]
        assert "Hoàn thành đúng hạn" in pages[at].extract_text(), many


def test_a_small_table_stands_on_one_page_and_what_is_higher_than_one_goes_on():
    for many in range(18, 30):
        table = Table([Column("Cơ quan", 60)], [[f"Hàng {number}."] for number in range(6)], title="Theo cơ quan")
        parts = [*(Text(f"Dòng {number}.") for number in range(many)), table]
        pages = PdfReader(io.BytesIO(written(a_paper(parts=parts), as_pdf.write))).pages
        (page,) = [said for one in pages if "Hàng 0." in (said := one.extract_text())]
        assert "Theo cơ quan" in page
        assert "Hàng 5." in page, many
    high = Table(
        [Column("Nội dung", 60)],
        [
            [
                "dài " * 2000,
            ],
            ["hết"],
        ],
    )
    assert text_of(written(a_paper(parts=[Text("Dòng."), high]), as_pdf.write)).count("dài") == 2000
