"""What holds for every text, however mangled: it is read without an error, exactly, and in linear work."""

import re
import sys
import unicodedata
from re import _constants as codes
from re import _parser as patterns

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from directives.rules import (
    deadlines,
    notice_header,
    notice_paragraphs,
    notice_parts,
    spelling,
    written_days,
)
from directives.rules.notice_text import read_header, read_paragraphs
from directives.rules.spelling import fold
from tests.rules.test_notice_text import NOTICE, TWO_COLUMNS

PIECES = (
    "Số: 07/TB-VPCP", "Số: /UBND", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Nội, ngày 09 tháng 8 năm 2024",
    "ngày 31/6/2024", "THÔNG BÁO", "Kết luận như sau:", "Kính gửi:", "V/v", "I.", "II. ", "1. ", "1.1. ",
    "12/ ", "(1) ", "(i) ", "a) ", "đ) ", "- ", "+ ", "* ", "**", "|", " \t", "    ", "\n", "\n\n", "\r\n",
    "\x0b", "\xa0", "\u0301", "./.", "Nơi nhận:", "KT. CHỦ TỊCH", "Nguyễn Văn Mẫu", "Điều 1.", "Khoản",
    "Thông báo số 9/TB-VPCP", "ban hành", "MẬT", ",", ".", ":",
)  # fmt: skip
mangled = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=60).map("".join)


@settings(max_examples=400, deadline=None)
@given(mangled)
def test_any_text_is_read(text):
    header = read_header(text)
    assert header.number is None or 0 < header.number < 10**6
    at = 0
    for span in read_paragraphs(text):
        assert at <= span.start < span.end <= len(text)
        assert 1 <= len(span.label) <= 30
        assert span.depth >= 1
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        at = span.end


@settings(max_examples=200, deadline=None)
@example("|\u0301Số: 07/TB-VPCP")
@given(mangled)
def test_a_decomposed_text_has_the_same_header_and_the_same_paragraphs(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    def words(version):
        return [(p.label, unicodedata.normalize("NFC", version[p.start : p.end])) for p in read_paragraphs(version)]

    assert read_header(decomposed) == read_header(composed)
    assert words(decomposed) == words(composed)


@given(st.text(max_size=200))
def test_folding_keeps_every_place(text):
    folded = fold(text)
    starts = list(folded.starts)
    assert len(starts) == len(folded.text) + 1
    assert starts == sorted(starts)
    assert starts[-1] == len(text)


MODULES = (deadlines, notice_header, notice_paragraphs, notice_parts, spelling, written_days)
PATTERNS = [
    pytest.param(value, id=f"{module.__name__.rsplit('.', 1)[1]}.{name}")
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
]


def repeats(tree):
    """The upper limits of all repetitions in a parsed pattern."""
    for code, argument in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            yield argument[1]
        for part in argument if isinstance(argument, (tuple, list)) else (argument,):
            for branch in part if isinstance(part, list) else [part]:
                if isinstance(branch, patterns.SubPattern):
                    yield from repeats(branch)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_pattern_repeats_without_a_limit(pattern):
    """With a limit to every repetition the work at one place is bounded, and the whole is linear in the text."""
    assert all(limit <= 400 for limit in repeats(patterns.parse(pattern.pattern, pattern.flags)))


def calls(read, text):
    """How many calls of any function it takes to read `text`."""
    count = 0

    def note(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


LONG = [
    pytest.param(NOTICE, id="a notice again and again"),
    pytest.param(TWO_COLUMNS, id="columns again and again"),
    pytest.param(" \t|*", id="nothing but blanks and stars"),
    pytest.param("1. a) - ", id="marks on one line"),
    pytest.param("\n1. a\n- b\n+ c", id="marks on lines of their own"),
    pytest.param("Số: " * 3 + "Hà Nội, ngày ", id="heads that never end"),
    pytest.param("Ngày 9/8/2024, Bộ Mẫu ban hành Thông báo số ", id="issues that never come"),
    pytest.param("e\u0301\u0323", id="decomposed letters"),
    pytest.param("\u0301", id="nothing but marks above"),
]


@pytest.mark.parametrize("read", [read_header, read_paragraphs])
@pytest.mark.parametrize("piece", LONG)
def test_twice_the_text_is_at_most_twice_the_work(read, piece):
    times = 20_000 // len(piece)
    read(piece * times)  # what is made ready once is ready now
    assert calls(read, piece * times * 2) <= 2.2 * calls(read, piece * times) + 100


@pytest.mark.parametrize("read", [read_header, read_paragraphs])
@pytest.mark.parametrize("piece", LONG)
def test_a_long_text_is_read(read, piece):
    read(piece * (300_000 // len(piece)))
