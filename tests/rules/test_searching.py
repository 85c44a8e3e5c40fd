"""What is typed and what is written become the same: marks, forms, old and new tones, capitals, signs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.searching import LONGEST_WORD, beside_name, phrases, plain_text, question, words_typed

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + [
    "đ",
    *"bcdghklmnpqrstvx",
]
vietnamese = st.text(st.sampled_from([*LETTERS, *map(str.upper, LETTERS), *" -/.,0123456789"]), max_size=40)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("chuyển đổi số", "chuyen doi so"),
        ("CHUYỂN ĐỔI SỐ", "chuyen doi so"),
        ("hoà, hòa, thuỷ, thủy", "hoa hoa thuy thuy"),
        ("369/TB-VPCP", "369 tb vpcp"),
        ("09/QĐ-TTg, ngày 05/08/2024", "9 qd ttg ngay 5 8 2024"),
        ("0 00 007", "0 0 7"),
        ("104-CTr/TU", "104 ctr tu"),
        ("phục\u00advụ  (dân)\n", "phucvu dan"),
        ("m², ß, Ω, Київ, 50 %", "m 50"),
        ("snake_case", "snake case"),
        ("x" * 90, "x" * LONGEST_WORD),
        ("", ""),
    ],
)
def test_a_text_in_plain_words(written, typed):
    assert plain_text(written) == typed


def test_every_vietnamese_letter_has_its_plain_one_in_both_forms():
    for letter in [*LETTERS, *map(str.upper, LETTERS)]:
        plain = unicodedata.normalize("NFD", letter)[0].lower().replace("đ", "d")
        assert {plain_text(letter), plain_text(unicodedata.normalize("NFD", letter))} == {plain}


@given(vietnamese)
def test_no_form_and_no_capital_makes_a_difference(text):
    plain = plain_text(text)
    decomposed, composed = unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text)
    assert plain == plain_text(decomposed) == plain_text(composed) == plain_text(text.upper()) == plain_text(plain)


@given(st.text())
def test_only_small_latin_words_are_left_of_anything(text):
    words = plain_text(text).split(" ")
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words if word)
    assert "" not in words[1:]


@given(st.text())
def test_whatever_is_typed_makes_a_question_or_none(text):
    words = words_typed(text)
    assert len(words) <= 12
    assert not words or question(words).count("'") == 2 * len(words)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Chuyển đổi s", "'chuyen' & 'doi' & 's'"),
        ("chuyển đổi số", "'chuyen' & 'doi' & 'so':*"),
        ("tb 369", "'tb' & '369'"),
    ],
)
def test_the_last_word_may_be_only_begun_and_a_figure_is_whole(typed, asked):
    assert question(words_typed(typed)) == asked


def test_phrases_are_the_stretches_of_what_was_typed():
    assert list(phrases(["bo", "cong", "an"])) == ["bo", "bo cong", "bo cong an", "cong", "cong an", "an"]


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("bo cong an", ()),
        ("cong a", ()),
        ("bca", ()),
        ("bo cong an chuyen doi so", ("chuyen", "doi", "so")),
        ("de an bca", ("de", "an")),
        ("cong chuyen doi", None),
        ("bo cong anh", None),
    ],
)
def test_what_is_said_beside_a_name(typed, rest):
    assert beside_name(words_typed(typed), ["bca", "bo cong an"]) == rest
