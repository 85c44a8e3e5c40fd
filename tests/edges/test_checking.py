"""The checking table: what a row shows of a sentence, and of a date that the notice writes otherwise."""

from datetime import date

import pytest

from tracker.admin.checking import behind_names, days_in, first_words
from tracker.admin.proposed import Piece

LEAD, HELPS = Piece("Bộ Y tế", "lead"), Piece("phối hợp với Bộ Công an", "coordinating")


def words_of(pieces):
    return "".join(piece.words for piece in pieces)


SENTENCES = [
    pytest.param([LEAD, Piece(" mua thuốc.")], "…  mua thuốc.", id="behind who leads"),
    pytest.param([LEAD, Piece(" chủ trì, "), HELPS, Piece(" mua thuốc.")], "…  mua thuốc.", id="and who helps"),
    pytest.param([HELPS, Piece(" mua thuốc.")], "…  mua thuốc.", id="the lead stands above"),
    pytest.param([Piece("Mua thuốc.")], "Mua thuốc.", id="nobody is named in it"),
    pytest.param(
        [LEAD, Piece(" mua thuốc hiếm cho các bệnh viện ở xa, "), HELPS],
        "…  mua thuốc hiếm cho các bệnh viện ở xa, phối hợp với Bộ Công an",
        id="who helps is named behind the work",
    ),
]


@pytest.mark.parametrize(("pieces", "shown"), SENTENCES)
def test_a_row_shows_the_sentence_behind_its_names(pieces, shown):
    assert words_of(behind_names(pieces)) == shown


def test_a_long_sentence_is_cut_after_ten_words_and_says_so():
    numbers = [str(number) for number in range(1, 21)]
    cut = first_words([Piece("… "), Piece(" ".join(numbers[:8])), Piece(" " + " ".join(numbers[8:]), "deadline")])
    assert words_of(cut) == "… " + " ".join(numbers[:10]) + " …"
    assert cut[2].what == "deadline"
    assert words_of(first_words([Piece(" ".join(numbers[:10]))])) == " ".join(numbers[:10])


def test_whoever_is_named_behind_the_cut_and_was_given_nothing_is_shown():
    words = " ".join(map(str, range(1, 13)))
    cut = first_words(
        [Piece(words), Piece("Bộ Y tế", "other"), Piece(" theo dõi"), Piece("trước ngày 5/12", "deadline")]
    )
    assert words_of(cut) == "1 2 3 4 5 6 7 8 9 10 … Bộ Y tế …"


DAYS = [
    ("trước ngày 05/7/2025", [date(2025, 7, 5)]),
    ("trước ngày 31 tháng 3 năm 2027", [date(2027, 3, 31)]),
    ("trong quý I năm 2027", []),
    ("ngày 31/02/2027", []),
]


@pytest.mark.parametrize(("words", "days"), DAYS)
def test_the_written_words_are_shown_where_the_day_does_not_stand_in_them(words, days):
    assert days_in(words) == days
