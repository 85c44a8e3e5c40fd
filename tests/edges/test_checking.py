"""The checking table: what a row shows of a sentence, and of a date that the notice writes otherwise."""

import json
from datetime import date

import pytest

from directives.models import Notice, Proposal
from tracker.admin.checking import Check, behind_names, days_in, first_words
from tracker.admin.proposed import Card, Piece

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


NUMBERS = [str(number) for number in range(1, 61)]


def test_a_sentence_is_shown_whole_and_a_very_long_one_cut_after_45_words_where_it_says_so():
    cut = first_words([Piece("… "), Piece(" ".join(NUMBERS[:8])), Piece(" " + " ".join(NUMBERS[8:]), "product")])
    assert words_of(cut) == "… " + " ".join(NUMBERS[:45]) + " …"
    assert cut[2].what == "product"
    assert words_of(first_words([Piece(" ".join(NUMBERS[:45]))])) == " ".join(NUMBERS[:45])


def test_a_deadline_is_not_cut_within_and_nothing_of_it_is_left_alone():
    words, due = " ".join(NUMBERS[:44]), "trước ngày 05 tháng 12 năm 2026"
    assert words_of(first_words([Piece(f"{words} "), Piece(due, "deadline"), Piece(" và nữa")])) == f"{words} {due} …"


def test_whoever_is_named_behind_the_cut_and_was_given_nothing_is_shown():
    words = " ".join(NUMBERS)
    cut = first_words(
        [Piece(words), Piece("Bộ Y tế", "other"), Piece(" theo dõi"), Piece("trước ngày 5/12", "deadline")]
    )
    assert words_of(cut) == " ".join(NUMBERS[:45]) + " … Bộ Y tế …"


DAYS = [
    ("trước ngày 05/7/2025", [date(2025, 7, 5)]),
    ("trước ngày 31 tháng 3 năm 2027", [date(2027, 3, 31)]),
    ("trong quý I năm 2027", []),
    ("ngày 31/02/2027", []),
]


@pytest.mark.parametrize(("words", "days"), DAYS)
def test_the_written_words_are_shown_where_the_day_does_not_stand_in_them(words, days):
    assert days_in(words) == days


def test_a_cut_behind_a_semicolon_is_offered_first_and_none_within_the_names():
    text = "Bộ A chủ trì, phối hợp với các Bộ: B, C xây dựng kế hoạch, báo cáo; chỉ đạo Cục D kiểm tra."
    helping = {"what": "coordinating", "start": text.index("phối hợp"), "end": text.index(" xây dựng")}
    row = Proposal(notice=Notice(text=text), start=0, end=len(text), found={"grounds": [helping]})
    offered = [words for _place, words in json.loads(Check(Card(row, [])).cuts)]
    assert offered == ["chỉ đạo Cục D kiểm tra.", "báo cáo; chỉ đạo Cục D kiểm tra."]
