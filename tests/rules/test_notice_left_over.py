"""Sure means sure: who is named and was given nothing is seen, and brackets say who leads and who helps."""

from datetime import date

import pytest

from directives.rules.reading.doubts import LEFT_OVER, ON_CONDITION, UNSURE_TIME
from tests.rules.proposing import coordinating, leads, only

HELPING = [
    pytest.param("Bộ Tư pháp chủ trì, Bộ Y tế phối hợp với Bộ Nội vụ rà soát quy định.", id="he helps with another"),
    pytest.param("Bộ Tư pháp rà soát quy định (phối hợp: Bộ Y tế, Bộ Nội vụ).", id="behind a label in brackets"),
    pytest.param("Bộ Tư pháp rà soát quy định (Bộ Y tế, Bộ Nội vụ phối hợp).", id="in brackets"),
    pytest.param("Bộ Tư pháp rà soát quy định (có sự tham gia của Bộ Y tế, Bộ Nội vụ).", id="who take part"),
    pytest.param("Rà soát quy định (Bộ Tư pháp chủ trì; Bộ Y tế, Bộ Nội vụ phối hợp).", id="the lead too"),
    pytest.param("Rà soát quy định (chủ trì: Bộ Tư pháp; phối hợp: Bộ Y tế, Bộ Nội vụ).", id="both behind labels"),
]


@pytest.mark.parametrize("sentence", HELPING)
def test_each_who_helps_is_read(sentence):
    proposal = only(sentence)
    assert (leads(proposal), set(coordinating(proposal))) == (["Bộ Tư pháp"], {"Bộ Y tế", "Bộ Nội vụ"})
    assert proposal.doubts == ()


def test_who_receives_a_report_is_given_nothing_and_not_doubted():
    proposal = only("Bộ Tư pháp rà soát quy định, gửi Bộ Y tế trước ngày 30/9/2025.")
    others = [(ground.start, ground.end) for ground in proposal.grounds if ground.what == "other"]
    assert [proposal.quote[low:high] for low, high in others] == ["Bộ Y tế"]
    assert proposal.doubts == ()


def test_who_seems_to_be_asked_and_was_given_nothing_is_doubted():
    proposal = only("Bộ Tư pháp rà soát quy định về giá thuốc, do Bộ Y tế hướng dẫn.")
    assert (coordinating(proposal), proposal.doubts) == ([], (LEFT_OVER,))


def test_a_day_that_belongs_to_what_comes_before_the_task_does_not_bind_it():
    sentence = (
        "Trên cơ sở báo cáo của các địa phương trước ngày 31/10/2025, Bộ Y tế xây dựng đề án, trình trong quý I/2026."
    )
    proposal = only(sentence)
    assert (proposal.deadline.due_on, proposal.doubts) == (date(2026, 3, 31), (ON_CONDITION,))


@pytest.mark.parametrize("words", ["05 của tháng sau", "05 tháng kế tiếp"])
def test_a_day_of_the_month_after_is_doubted(words):
    proposal = only(f"Bộ Y tế báo cáo giá thuốc hằng tháng, trước ngày {words}.")
    assert (proposal.deadline.recurrence.day, proposal.doubts) == (5, (UNSURE_TIME,))
