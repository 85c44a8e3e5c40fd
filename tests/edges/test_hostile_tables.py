"""Whatever is sent as a list is refused with a sentence, in seconds, and in little memory; the honest one is read."""

import io
import json
import subprocess
import sys
from datetime import date

import openpyxl
import pytest

from directives.rules.refusals import Invalid
from tests.hostile_tables import BOOK, HEAD, HOSTILE, MAIN, TAIL, book, sheet
from tracker.documents import workbook
from tracker.documents.tables import table_of

MEASURED = """
import json, re, sys, time
from django.conf import settings
settings.configure(USE_I18N=False)
from directives.rules.refusals import Invalid
from tracker.documents.tables import table_of
with open(sys.argv[2], "rb") as file:
    content = file.read()
def peak():  # not getrusage: that counts what the parent held when this process was started
    with open("/proc/self/status") as status:
        return int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read())[1])
before, began, said, rows = peak(), time.process_time(), "", 0
try:
    rows = len(table_of(sys.argv[1], content).rows)
except Invalid as refusal:
    said = str(refusal)
print(json.dumps([said, rows, time.process_time() - began, (peak() - before) / 1024]))
"""


def measured(tmp_path, name: str, content: bytes) -> tuple[str, int, float, float]:
    """The sentence, the rows, seconds of processor time and the MB of memory that it took, in a process of its own."""
    path = tmp_path / "sent"
    path.write_bytes(content)
    run = [sys.executable, "-c", MEASURED, name, str(path)]
    return json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is asked of Linux")
@pytest.mark.parametrize(("name", "made", "beginning"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_quickly_in_little_memory_and_with_a_sentence(tmp_path, name, made, beginning):
    said, _rows, seconds, grown = measured(tmp_path, name, made())
    assert said.startswith(beginning)
    assert seconds < 5
    assert grown < 150


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is asked of Linux")
def test_an_honest_list_of_twenty_thousand_rows_is_read(tmp_path):
    made, file = openpyxl.Workbook(write_only=True), io.BytesIO()
    lines = made.create_sheet()
    for number in range(20_000):
        lines.append([number, f"Hoàn thành nhiệm vụ {number} " * 5, "Bộ Công an", date(2024, 12, 31), "Báo cáo", None])
    made.save(file)
    said, rows, _seconds, grown = measured(tmp_path, "a.xlsx", file.getvalue())
    assert (said, rows) == ("", 20_000)
    assert grown < 150


def rows_of(content: bytes, name: str = "a.xlsx") -> list[list]:
    return [list(row) for row in table_of(name, content).rows]


def test_days_figures_texts_and_formulas_are_read_as_what_they_show():
    made, file = openpyxl.Workbook(), io.BytesIO()
    made.active.append(["a", 12, 1.5, date(2024, 12, 31), True, None, "=1+1"])
    made.active["B1"].number_format = "0"
    made.save(file)
    assert rows_of(file.getvalue()) == [["a", 12, 1.5, date(2024, 12, 31), "TRUE"]]


@pytest.mark.parametrize("text", ["_x0041_", "a\x0bb", "=1+1", " hai dòng\nmột ", "tab\tvà 'nháy'"])
def test_what_we_write_we_read(text):
    file = io.BytesIO()
    workbook.write(file, title="Thử", headings=[workbook.Heading("A")], rows=[[text]])
    assert rows_of(file.getvalue())[1] == [text]


def test_what_is_merged_over_rows_is_said_in_each():
    made, file = openpyxl.Workbook(), io.BytesIO()
    for row in (["a", 1], [None, 2], [None, 3]):
        made.active.append(row)
    made.active.merge_cells("A1:A2")
    made.save(file)
    assert rows_of(file.getvalue()) == [["a", 1], ["a", 2], [None, 3]]


def test_the_first_sheet_that_can_be_seen_is_read():
    made, file = openpyxl.Workbook(), io.BytesIO()
    made.active.append(["ẩn"])
    made.active.sheet_state = "hidden"
    made.create_sheet("Danh mục").append(["hiện"])
    made.save(file)
    table = table_of("a.xlsx", file.getvalue())
    assert (table.sheet, list(table.rows[0])) == ("Danh mục", ["hiện"])


def test_a_book_counted_from_1904_has_the_same_days():
    made, file = openpyxl.Workbook(), io.BytesIO()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    made.active.append([date(2024, 12, 31)])
    made.save(file)
    assert rows_of(file.getvalue()) == [[date(2024, 12, 31)]]


def test_cells_without_addresses_prefixes_and_reading_aids_are_understood():
    cells = '<x:row><x:c t="inlineStr"><x:is><x:r><x:t>hai </x:t></x:r><x:r><x:t>đoạn</x:t></x:r></x:is></x:c>'
    cells += '<x:c/><x:c t="inlineStr"><x:is><x:t>từ</x:t><x:rPh><x:t>aid</x:t></x:rPh></x:is></x:c></x:row>'
    content = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{cells}</x:sheetData></x:worksheet>'.encode()
    assert rows_of(book(content)) == [["hai đoạn", None, "từ"]]


@pytest.mark.parametrize("ending", ["xlsx", "XLSX"])
def test_a_style_on_empty_cells_far_away_is_no_row(ending):
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>'
    assert rows_of(book(sheet(cells)), f"a.{ending}") == [[1]]


CSV = {
    "UTF-8 with a mark": "STT;Nội dung\n1;Việc".encode("utf-8-sig"),
    "UTF-8": "STT;Nội dung\r\n1;Việc\r\n".encode(),
    "UTF-16": "STT;Nội dung\n1;Việc".encode("utf-16"),
    "comma": b"STT,N\xe1\xbb\x99i dung\n1,Vi\xe1\xbb\x87c",
    "tab": "STT\tNội dung\n1\tViệc".encode(),
    "named separator": "sep=,\r\nSTT,Nội dung\r\n1,Việc".encode(),
    "quotation marks": '"STT";"Nội dung"\n"1";"Việc"'.encode(),
}


@pytest.mark.parametrize("content", CSV.values(), ids=CSV)
def test_a_csv_is_read_with_its_letters_and_its_separator(content):
    assert rows_of(content, "a.csv") == [["STT", "Nội dung"], ["1", "Việc"]]


def test_a_csv_in_the_letters_of_windows_is_read():
    text = "STT;Nô\u0323i dung cu\u0309a cơ quan\n1;Viê\u0323c"
    assert rows_of(text.encode("cp1258"), "a.csv") == [["STT", "Nội dung của cơ quan"], ["1", "Việc"]]


def test_a_cell_of_a_csv_may_hold_lines_and_separators():
    assert rows_of(b'a;"b;\nc"\n', "a.csv") == [["a", "b;\nc"]]


@pytest.mark.parametrize("part", [BOOK[:-20], "x", ""])
def test_a_broken_book_is_damaged(part):
    content = book(HEAD + TAIL).replace(b"PK\x05\x06", b"PK\x05\x07") if not part else book(part.encode())
    with pytest.raises(Invalid, match="Tệp bị hỏng"):
        table_of("a.xlsx", content)
