"""Importing a notice: what is read from real documents, what is saved, and what is refused."""

import json
import os
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from accounts.models import Role
from directives.models import Notice
from directives.rules.notice_text import reference_of
from tests.actions.conftest import nothing_changes
from tests.make import make_agency, make_committee, make_user
from tests.papers import make_docx
from tracker.documents import scanned
from tracker.documents.notices import issuer_called, read_notice

ROOT = Path(__file__).resolve().parents[2]
TEXT = """\
VĂN PHÒNG CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 07/TB-VPCP
Hà Nội, ngày 09 tháng 01 năm 2025

THÔNG BÁO
Kết luận tại cuộc họp về hồ sơ

Ngày 03 tháng 01 năm 2025, Phó Thủ tướng chủ trì cuộc họp và kết luận như sau:
1. Bộ Nội vụ rà soát hồ sơ.
2. Bộ Tài chính bố trí kinh phí./.
KT. CHỦ NHIỆM
Nguyễn Văn Mẫu
"""


def paper(folder, content, name="notice.txt"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def said(*words, language="en"):
    """What the command prints."""
    out = StringIO()
    with override(language):
        call_command("import_notice", *map(str, words), stdout=out)
    return out.getvalue()


def refusal(*words):
    with pytest.raises(CommandError) as refused:
        said(*words)
    return str(refused.value)


def test_json_shows_header_paragraphs_and_doubts(tmp_path):
    shown = json.loads(said(paper(tmp_path, TEXT), "--json"))
    assert shown == {
        "header": {
            "number": 7,
            "symbol": "TB-VPCP",
            "issued_on": "2025-01-09",
            "issuer_name": "VĂN PHÒNG CHÍNH PHỦ",
            "issuer_lines": ["VĂN PHÒNG CHÍNH PHỦ"],
            "signer": "Nguyễn Văn Mẫu",
            "signer_title": "KT. CHỦ NHIỆM",
            "met_on": "2025-01-03",
            "subject": "Kết luận tại cuộc họp về hồ sơ",
            "kind": "conclusion",
            "urgency": "normal",
            "secrecy": "",
        },
        "paragraphs": [
            {"label": "1", "start": 226, "end": 253, "text": "1. Bộ Nội vụ rà soát hồ sơ."},
            {"label": "2", "start": 254, "end": 285, "text": "2. Bộ Tài chính bố trí kinh phí"},
        ],
        "warnings": [],
    }


def test_doubts_are_told_in_the_readers_language(tmp_path):
    path = paper(tmp_path, "Công việc thường ngày.")
    assert json.loads(said(path, "--json"))["warnings"][0] == "No number was found."
    assert json.loads(said(path, "--json", language="vi"))["warnings"][0] == "Không tìm thấy số văn bản."


def test_json_needs_no_database(tmp_path):
    """Nothing listens at the addresses given, and the folder for servers of its own stays empty."""
    unset = ("DATABASE_URL", "DATABASE_URL_FILE", "REDIS_URL", "PGHOST", "SECRET_KEY")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "import_notice", paper(tmp_path, TEXT), "--json"],
        env={**environment, "VAR": str(tmp_path / "var")},
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert json.loads(done.stdout)["header"]["number"] == 7
    assert not (tmp_path / "var").exists()


@pytest.fixture
def committee(db):
    return make_committee(code="bcd-mau")


@pytest.fixture
def secretary(committee):
    return make_user(Role.SECRETARIAT, committee, email="thu-ky@dondoc.example")


def test_a_draft_is_entered_with_its_paragraphs_its_file_and_its_issuer(tmp_path, committee, secretary):
    issuer = make_agency("Văn phòng Chính phủ")
    content = make_docx(*TEXT.splitlines())
    printed = said(paper(tmp_path, content, "tb.docx"), "--committee", "bcd-mau", "--by", "Thu-Ky@dondoc.example")
    notice = Notice.objects.get()
    assert printed.splitlines() == ["Draft 07/TB-VPCP entered with 2 paragraphs."]
    assert (notice.state, notice.committee, notice.entered_by) == ("draft", committee, secretary)
    assert (notice.issuer, notice.issued_on, notice.met_on) == (issuer, date(2025, 1, 9), date(2025, 1, 3))
    assert [(p.label, p.text) for p in notice.paragraphs.all()] == [
        ("1", "1. Bộ Nội vụ rà soát hồ sơ."),
        ("2", "2. Bộ Tài chính bố trí kinh phí"),
    ]
    assert notice.source_name == "tb.docx"
    assert notice.source_file.read() == content


def test_an_issuer_that_nobody_knows_keeps_its_printed_name(tmp_path, committee, secretary):
    said(paper(tmp_path, TEXT), "--committee", "bcd-mau", "--by", secretary.email)
    notice = Notice.objects.get()
    assert (notice.issuer, notice.issuer_name) == (None, "VĂN PHÒNG CHÍNH PHỦ")


SECRET = "MẬT\n" + TEXT


@pytest.mark.parametrize("more", [["--json"], ["--committee", "bcd-mau", "--by", "thu-ky@dondoc.example"]])
def test_a_classified_document_is_refused_and_nothing_is_shown_or_saved(tmp_path, secretary, more):
    with nothing_changes():
        sentence = refusal(paper(tmp_path, SECRET), *more)
    assert sentence.startswith("This document is stamped as a state secret.")
    assert "hồ sơ" not in sentence


def test_a_stranger_enters_no_notice(tmp_path, committee):
    officer = make_user(Role.OFFICER)
    with nothing_changes():
        refusal(paper(tmp_path, TEXT), "--committee", "bcd-mau", "--by", officer.email)


REFUSED = [
    pytest.param(["--by", "thu-ky@dondoc.example"], "Name the committee", id="no committee"),
    pytest.param(["--committee", "x", "--by", "thu-ky@dondoc.example"], "Name the committee", id="unknown committee"),
    pytest.param(["--committee", "bcd-mau"], "Name who enters it", id="nobody"),
    pytest.param(
        ["--committee", "bcd-mau", "--by", "a@dondoc.example"], "Name who enters it", id="a stranger's address"
    ),
]


@pytest.mark.parametrize(("words", "sentence"), REFUSED)
def test_who_and_where_must_be_said(tmp_path, secretary, words, sentence):
    with nothing_changes():
        assert refusal(paper(tmp_path, TEXT), *words).startswith(sentence)


def test_a_number_in_the_register_already_is_not_entered_twice(tmp_path, committee, secretary):
    make_agency("Văn phòng Chính phủ")
    words = (paper(tmp_path, TEXT), "--committee", "bcd-mau", "--by", secretary.email)
    said(*words)
    with nothing_changes():
        assert "in the register already" in refusal(*words)


def test_a_file_that_is_not_there(tmp_path):
    assert refusal(tmp_path / "none.txt", "--json").startswith("The file cannot be opened")


def test_an_issuer_is_known_by_its_name_or_alias_whatever_the_letters(db):
    province = make_agency("Ủy ban nhân dân tỉnh Hòa Mẫu", aliases=["UBND tỉnh Hòa Mẫu"])
    day = date(2025, 1, 9)
    assert issuer_called("UỶ BAN NHÂN DÂN TỈNH HOÀ MẪU", day) == province
    assert issuer_called("UBND  tỉnh Hòa Mẫu", day) == province
    assert issuer_called("", day) is None
    make_agency("Một cơ quan khác", aliases=["UBND tỉnh Hòa Mẫu"])
    assert issuer_called("UBND tỉnh Hòa Mẫu", day) is None


def documents(shared):
    """The labelled documents, each by its name."""
    return {path.stem: json.loads(path.read_text()) for path in sorted((shared / "corpus" / "dev").glob("*.json"))}


def contains(text, reference, issued_on):
    """Whether the text says the number, and the issue date in any of the ways in which dates are written."""
    line = " ".join(text.split())
    days = ()
    if issued_on:
        day = date.fromisoformat(issued_on)
        days = (
            f"{day.day}/{day.month}/{day.year}",
            f"{day:%d/%m/%Y}",
            f"ngày {day:%d} tháng {day.month} năm {day.year}",
        )
    has_number = bool(reference) and reference in line.replace(" /", "/")
    return has_number, any(written in line for written in days)


# Where a text names its issue day only as somebody's deadline, it does not say when it was issued.
ONLY_A_DEADLINE = {"cd232-2025-nha-o-sau-lu", "tb24-2025-metro"}


def test_real_documents_yield_the_number_and_the_date_that_they_say(shared):
    numbers, dates = {}, {}
    for name, labelled in documents(shared).items():
        header = read_notice("d.txt", labelled["text"].encode()).header
        has_number, has_date = contains(labelled["text"], labelled["number"], labelled["issued_on"])
        if has_number or header.number:
            numbers[name] = (reference_of(header.number, header.symbol), labelled["number"])
        if (has_date and name not in ONLY_A_DEADLINE) or header.issued_on:
            dates[name] = (str(header.issued_on), labelled["issued_on"])
    assert {name: pair for name, pair in numbers.items() if pair[0] != pair[1]} == {}
    assert {name: pair for name, pair in dates.items() if pair[0] != pair[1]} == {}
    assert (len(numbers), len(dates)) == (27, 22)


def test_every_labelled_directive_of_real_documents_lies_in_the_paragraphs(shared):
    lying, across = 0, 0
    for labelled in documents(shared).values():
        read = read_notice("d.txt", labelled["text"].encode())
        for directive in labelled["directives"]:
            start = read.text.index(directive["text"])
            end = start + len(directive["text"].rstrip(" ./;\n"))
            touched = [span for span in read.paragraphs if span.start < end and start < span.end]
            lying += bool(touched) and touched[0].start <= start and end <= touched[-1].end
            across += len(touched) > 1
    assert lying == 375
    assert across <= 6


FILES = {
    "cv-7432-ubnd-xd-2026.pdf": (7432, "UBND-XD", date(2026, 7, 21)),
    "cv-bao-cao-kcn-lao-cai-2026.docx": (None, "UBND-KT", None),
    "cv-bao-ve-khoang-san-lao-cai-2026.docx": (None, "UBND-KT", None),
    "cv-uy-quyen-lao-cai-2025.docx": (None, "UBND-KT", None),
}


def test_real_files_are_read_or_told_to_be_scans_where_nothing_recognises_them(shared, subtests, monkeypatch):
    """The letters kept as .docx are drafts: neither number nor day was written into them yet."""
    monkeypatch.setenv("PATH", "")
    for path in sorted((shared / "corpus" / "files").iterdir()):
        with subtests.test(path.name):
            if path.name not in FILES:
                assert "is a scan" in refusal(path, "--json")
                continue
            header = read_notice(path.name, path.read_bytes()).header
            assert (header.number, header.symbol, header.issued_on) == FILES[path.name]
            assert header.issuer_name == "ỦY BAN NHÂN DÂN TỈNH LÀO CAI"
            assert header.signer
            assert header.subject


@pytest.mark.skipif(bool(scanned.missing()), reason="text recognition is not here: no real scan was read")
def test_a_real_scan_is_recognised_but_for_the_number_and_day_written_by_hand(shared):
    path = shared / "corpus" / "files" / "real_hanoi_tb_453_flag.pdf"
    read = read_notice(path.name, path.read_bytes())
    assert (read.header.number, read.header.symbol, read.header.issued_on) == (None, "TB-UBND", None)
    assert read.header.signer == "Võ Tuấn Anh"
    assert "treo cờ Tổ quốc từ ngày 10/5/2026 đến hết ngày 14/5/2026" in read.text
