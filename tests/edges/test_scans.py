"""A PDF of pictures: what is missing to read it is named, and what recognition leaves behind is set right.

`tests/browser/test_scanned.py` reads a page with the real programs.
"""

import pytest
from django.utils import translation

from directives.rules.refusals import Invalid
from tests.papers import make_scan
from tracker.documents.reading import text_of
from tracker.documents.recognised import set_right


def refused(name, content):
    with translation.override("en"):
        with pytest.raises(Invalid) as refusal:
            text_of(name, content)
        return str(refusal.value)


def test_a_scan_is_told_to_be_one_and_what_is_missing(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    sentence = refused("n.pdf", make_scan(3))
    assert sentence.startswith("This PDF is a scan: its 3 pages")
    assert "OCR" in sentence
    assert "poppler-utils, tesseract-ocr, tesseract-ocr-vie" in sentence


def program(folder, name, script):
    """A stand-in for a program that this machine may not have, which does what the real one is asked for."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_tesseract_without_vietnamese_reads_no_scan(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path, "pdftoppm", "exit 1")
    program(tmp_path, "tesseract", "echo eng")
    assert "is missing here: tesseract-ocr-vie." in refused("n.pdf", make_scan(3))


def test_a_scan_is_recognised_page_by_page(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    program(tmp_path, "pdftoppm", 'cat > /dev/null; echo "$@"')
    program(tmp_path, "tesseract", '[ "$1" = --list-langs ] && echo vie && exit; echo "Nghị quyết"; cat')
    told = []
    text = text_of("n.pdf", make_scan(2), lambda page, of, scan=False: told.append((page, of, scan)))
    pages = [f"Nghị quyết\n-gray -r 200 -f {page} -l {page} -png -\n" for page in (1, 2)]
    assert text == "\n".join(pages)
    assert told[-2:] == [(0, 2, True), (1, 2, True)]


SET_RIGHT = {
    "two columns of the head": ("BỘ MẪU CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "BỘ MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
    "a sentence cut by an empty line": ("rà soát hồ sơ,\n\ntrình Thủ tướng", "rà soát hồ sơ,\ntrình Thủ tướng"),
    "a point is no rest of a sentence": ("nhiệm vụ\n\na) Rà soát", "nhiệm vụ\n\na) Rà soát"),
    "a lost stroke": ("I. MỘT\nII. HAI\nII. BA\nIV. BỐN", "I. MỘT\nII. HAI\nIII. BA\nIV. BỐN"),
    "a lost dot": ("II NHIỆM VỤ", "II. NHIỆM VỤ"),
    "a wrong mark": ("ngày 18 tháng 11 nắm 2026", "ngày 18 tháng 11 năm 2026"),
    "two columns of the foot": (
        "Nơi nhận: BỘ TRƯỞNG\n- Các bộ;\n- Lưu: VT, TH. Nguyễn Văn Mẫu",
        "Nơi nhận:\n- Các bộ;\n- Lưu: VT, TH.\n\nBỘ TRƯỞNG\nNguyễn Văn Mẫu",
    ),
}


@pytest.mark.parametrize(("recognised", "meant"), SET_RIGHT.values(), ids=SET_RIGHT)
def test_what_recognition_leaves_behind_is_set_right(recognised, meant):
    assert set_right(recognised) == meant
