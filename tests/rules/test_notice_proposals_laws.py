"""What holds for every text, however mangled: proposals quote it exactly, and reading it takes bounded work."""

import json
import pkgutil
import re
import sys
import unicodedata
from datetime import date
from importlib import import_module

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from directives.rules import notice_proposals, reading
from directives.rules.notice_proposals import PARAGRAPHS, READ_LIMIT, read_notice
from directives.rules.reading.line import PARAGRAPH_LIMIT, line_of
from tests.rules.proposing import ISSUED, REGISTER
from tests.rules.test_notice_text_laws import calls, patterns, repeats

PIECES = (
    "Bộ Tài chính", "các Bộ: ", "các Bộ A, ", "Y tế", "Bộ Nông nghiệp và Mội trường", "UBND các tỉnh: ", "Gia Lai",
    "các bộ, ngành, địa phương", "Sở Văn hóa, Thể thao và Du lịch", "Ban Quản lý dự án 6", "Đảng ủy, UBND xã ",
    "Chủ tịch UBND tỉnh", "Bộ trưởng Bộ Xây dựng Trần Văn Mẫu", "các cơ quan liên quan", "Tỉnh", "ACV",
    " chủ trì", ", phối hợp với ", " cùng ", "giao ", "yêu cầu ", "Thủ tướng Chính phủ ", "đề nghị ", " phải ", " đã ",
    "rà soát", "trình Chính phủ", "báo cáo", "Về ", "Để ", "Đối với ", "trước ngày 30/9/2025", "trong quý IV/2025",
    "hoàn thành trong tháng 10", "31/6", "hằng tháng", "ngày 01 tháng 3", "từ ngày 1/10/2025", "năm 2025", "(", ")",
    "\"", "“", ": ", "; ", ". ", ", ", "\n", "\n\n", "1. ", "a) ", "- ", "+ ", "(1) ", "(i) ", "II. NHIỆM VỤ", "**",
    "|", "\t", "\xa0", "\u0301", "İ", "./.", "Nơi nhận:", "như sau:", "là nhiệm vụ", "Thời gian qua", "%",
)  # fmt: skip
mangled = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=60).map("".join)


@settings(max_examples=500, deadline=None)
@given(mangled, st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2090, 12, 31))))
def test_any_text_is_read_and_every_proposal_quotes_it(text, issued_on):
    read = read_notice(text, issued_on, REGISTER)
    for proposal in read.directives:
        assert proposal.quote
        assert text[proposal.start : proposal.end] == proposal.quote
        assert all(0 <= ground.start <= ground.end <= len(text) for ground in proposal.grounds)
        assert not {each.name for each in proposal.leads} & {each.name for each in proposal.coordinating}
        assert read.paragraphs[proposal.paragraph].handled_as == "directive"
    assert json.loads(json.dumps(read.as_json()))["paragraphs"] == [vars(each) for each in read.paragraphs]


@settings(max_examples=150, deadline=None)
@given(mangled)
def test_a_decomposed_text_has_the_same_proposals(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    def said(version):
        return [
            (unicodedata.normalize("NFC", each.quote), each.leads, each.coordinating, each.deadline.due_on)
            for each in read_notice(version, ISSUED, REGISTER).directives
        ]

    assert said(decomposed) == said(composed)


@given(mangled)
@example("Mội trườ ng\u0301\u0301")
@example("Mội trường\u0301\u0301 g\u0301\u0301*\u0301")
def test_a_line_keeps_every_place(text):
    line = line_of(text, 0, len(text))
    assert len(line.text) == len(line.low) == len(line.starts) == len(line.ends)
    assert line.starts == sorted(line.starts)
    assert all(start < end for start, end in zip(line.starts, line.ends, strict=True))


MODULES = [import_module(f"{reading.__name__}.{each.name}") for each in pkgutil.iter_modules(reading.__path__)]
PATTERNS = [
    pytest.param(value, id=f"{module.__name__.rsplit('.', 1)[1]}.{name}")
    for module in (notice_proposals, *MODULES)
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_pattern_repeats_without_a_limit(pattern):
    assert all(limit <= 400 for limit in repeats(patterns.parse(pattern.pattern, pattern.flags)))


LONG = [
    pytest.param("các Bộ A, ", id="ministries that are none"),
    pytest.param("các Bộ Tài chính, Y tế, ", id="lists that never end"),
    pytest.param("Bộ Tài chính; ", id="names alone"),
    pytest.param("UBND xã A, ", id="communes"),
    pytest.param("phối hợp với các bộ, ", id="coordinating without end"),
    pytest.param("để, ", id="openings"),
    pytest.param("Về A: ", id="headings in headings"),
    pytest.param("(", id="brackets that stay open"),
    pytest.param("chủ tịch ", id="titles of titles"),
    pytest.param("Ban và Ban ", id="names in names"),
    pytest.param("1. Bộ Y tế:\n- rà soát\n", id="heads and tasks"),
    pytest.param("giao Bộ Tài chính trước ngày 1/1/2026; ", id="directives"),
]


@pytest.mark.parametrize("piece", LONG)
def test_twice_the_text_is_at_most_twice_the_work(piece):
    """Counted in calls of functions; a pattern's own work is bounded by the limits of its repetitions."""
    times = PARAGRAPH_LIMIT // 3 // len(piece)

    def read(text):
        return read_notice(text, ISSUED, REGISTER)

    read("")  # the names are made ready once
    assert calls(read, piece * times * 2) <= 2.2 * calls(read, piece * times) + 500


@pytest.mark.parametrize("piece", LONG)
def test_a_megabyte_is_read_up_to_the_limits(piece):
    read = read_notice(piece * (1_000_000 // len(piece)), ISSUED, REGISTER)
    assert len(read.paragraphs) <= PARAGRAPHS
    assert all(each.end <= READ_LIMIT for each in read.paragraphs)


def test_nothing_is_asked_of_the_interpreter_s_stack():
    depth = sys.getrecursionlimit()
    assert read_notice("chủ tịch " * depth + "Bộ " * depth, ISSUED, REGISTER).directives == ()
