"""What is proposed for a notice: who is to do what by when. The sentences are made up, each for one trap."""

from datetime import date

import pytest

from directives.rules.notice_proposals import read_notice
from tracker.documents.register import register_of_the_seeds

ISSUED = date(2025, 9, 12)
REGISTER = register_of_the_seeds()


def read(*lines, issued_on=ISSUED):
    return read_notice("\n\n".join(lines), issued_on, REGISTER).directives


def only(*lines, issued_on=ISSUED):
    (proposal,) = read(*lines, issued_on=issued_on)
    return proposal


def leads(proposal):
    return [each.name for each in proposal.leads]


def coordinating(proposal):
    return [each.name for each in proposal.coordinating]


LEADS = [
    pytest.param("Bộ Nội vụ rà soát kho lưu trữ.", ["Bộ Nội vụ"], id="a ministry"),
    pytest.param("Giao Bộ Nội vụ rà soát kho lưu trữ.", ["Bộ Nội vụ"], id="assigned"),
    pytest.param("Bộ trưởng Bộ Nội vụ chỉ đạo rà soát kho lưu trữ.", ["Bộ Nội vụ"], id="the minister is the ministry"),
    pytest.param(
        "Các Bộ: Nội vụ, Tài chính và Y tế rà soát kho lưu trữ.",
        ["Bộ Nội vụ", "Bộ Tài chính", "Bộ Y tế"],
        id="a shared head",
    ),
    pytest.param(
        "Các bộ Nội vụ, Văn hóa, Thể thao và Du lịch, Y tế rà soát kho lưu trữ.",
        ["Bộ Nội vụ", "Bộ Văn hóa, Thể thao và Du lịch", "Bộ Y tế"],
        id="a name with commas inside",
    ),
    pytest.param(
        "Các bộ, ngành, địa phương rà soát kho lưu trữ.", ["Các bộ, ngành", "Các địa phương"], id="groups stay groups"
    ),
    pytest.param(
        "Chủ tịch Ủy ban nhân dân các tỉnh: Gia Lai, Lâm Đồng rà soát kho lưu trữ.",
        ["Ủy ban nhân dân tỉnh Gia Lai", "Ủy ban nhân dân tỉnh Lâm Đồng"],
        id="chairmen are their committees",
    ),
]


@pytest.mark.parametrize(("sentence", "names"), LEADS)
def test_the_lead_is_who_is_told_to_do_it(sentence, names):
    assert leads(only(sentence)) == names


def test_a_quote_is_a_part_of_the_text_to_the_letter():
    text = "1. Bộ Nội vụ:\n\n- Rà soát kho  lưu trữ,\nbáo cáo trước ngày **30/9/2025**.\n\n- Hoà mạng kho số."
    for proposal in read_notice(text, ISSUED, REGISTER).directives:
        assert text[proposal.start : proposal.end] == proposal.quote
        assert leads(proposal) == ["Bộ Nội vụ"]
