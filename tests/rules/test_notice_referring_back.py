"""Sentences that say by when of what stands before them, of one or of several; what is in doubt is said to be so."""

from datetime import date

import pytest

from directives.rules.reading.doubts import LATER_DUE, NEXT_DUE, PERHAPS_DUE, SEVERAL_DUE, TWO_DATES, UNSURE_TIME
from tests.rules.proposing import leads, only, read

HEAD = "5. Bộ Tài chính:"
TASK = "a) Tổng hợp, trình cấp có thẩm quyền bổ sung kinh phí cho các bệnh viện."
DAY = date(2025, 12, 10)

OF_THE_ONE = [
    "Việc này phải hoàn thành trước ngày 10 tháng 12 năm 2025.",
    "Nhiệm vụ này hoàn thành trước ngày 10/12/2025.",
    "Công việc trên xong trước ngày 10/12/2025.",
    "Thời gian hoàn thành: trước ngày 10/12/2025.",
    "Thời hạn báo cáo chậm nhất ngày 10/12/2025.",
    "Hạn cuối là ngày 10/12/2025.",
    "Dự thảo Nghị định này phải trình Chính phủ trước ngày 10/12/2025.",
    "Hoàn thành trước ngày 10/12/2025.",
]


@pytest.mark.parametrize("sentence", OF_THE_ONE)
def test_a_sentence_that_refers_back_dates_the_one_before_it(sentence):
    proposal = only(HEAD, f"{TASK} {sentence}")
    assert (leads(proposal), proposal.deadline.due_on, proposal.doubts) == (["Bộ Tài chính"], DAY, ())
    assert proposal.quote.startswith("Tổng hợp")
    assert sentence.rstrip(".") in proposal.quote


PERHAPS = [
    pytest.param("Việc bổ sung kinh phí phải hoàn thành trước ngày 10/12/2025.", PERHAPS_DUE, id="names its subject"),
    pytest.param("Nội dung này cần rà soát kỹ, báo cáo trước ngày 10/12/2025.", PERHAPS_DUE, id="asks for more"),
    pytest.param("Đề xuất chế độ cho bác sĩ trong quý IV năm 2025.", LATER_DUE, id="has a task of its own"),
]


@pytest.mark.parametrize(("sentence", "doubt"), PERHAPS)
def test_a_date_behind_a_directive_that_may_be_of_something_else_is_doubted(sentence, doubt):
    assert only(HEAD, f"{TASK} {sentence}").doubts == (doubt,)


def test_a_time_that_no_rule_reads_is_doubted():
    proposal = only(HEAD, f"{TASK} Thời hạn: 05 ngày làm việc kể từ ngày ban hành.")
    assert proposal.doubts == (UNSURE_TIME,)


def test_a_date_in_the_next_sentence_that_stays_apart_is_pointed_to():
    first, second = read("5. Bộ Y tế rà soát giá thuốc. Việc khám bệnh từ xa phải được mở trước ngày 10/12/2025.")
    assert (first.deadline.due_on, first.doubts) == (None, (NEXT_DUE,))
    assert (second.deadline.due_on, leads(second)) == (DAY, [])


def test_a_paragraph_of_its_own_that_only_dates_belongs_to_the_directive_above():
    below = ["6. Bộ Y tế rà soát thuốc.", "7. Bộ Nội vụ rà soát lương.", "8. Bộ Công an rà soát biển báo."]
    first, *others = read("5. Bộ Tài chính rà soát giá đất.", "- Thời hạn: trước ngày 10/12/2025.", *below)
    assert (first.deadline.due_on, first.doubts) == (DAY, ())
    assert [each.deadline.due_on for each in others] == [None, None, None]


SHARED = [
    pytest.param(
        ["5. Bộ Tài chính rà soát giá đất. Bộ Y tế rà soát giá thuốc. Cả hai việc xong trước ngày 10/12/2025."],
        id="in one paragraph",
    ),
    pytest.param(
        [HEAD, "a) Rà soát giá đất.", "b) Xây dựng bảng giá.", "Các nhiệm vụ trên hoàn thành trước ngày 10/12/2025.",
         *(f"{n}. Văn phòng Chính phủ." for n in (6, 7, 8))],
        id="below their list",
    ),
]  # fmt: skip


@pytest.mark.parametrize("lines", SHARED)
def test_a_date_of_several_is_given_to_each_and_doubted(lines):
    first, second = read(*lines)
    assert [(each.deadline.due_on, each.doubts) for each in (first, second)] == [(DAY, (SEVERAL_DUE,))] * 2


def test_a_date_of_two_does_not_replace_one_of_its_own():
    lines = "5. Bộ Tài chính rà soát giá đất trước ngày 05/12/2025. Bộ Y tế rà soát giá thuốc. Cả hai việc xong trước"
    first, second = read(f"{lines} ngày 10/12/2025.")
    assert (first.deadline.due_on, first.doubts) == (date(2025, 12, 5), ())
    assert (second.deadline.due_on, second.doubts) == (DAY, (SEVERAL_DUE,))


def test_each_of_them_are_those_who_were_named():
    proposal = only("3. Bộ Y tế, Bộ Công an giúp dân sửa nhà; mỗi Bộ báo cáo kết quả trước ngày 10/12/2025.")
    assert (leads(proposal), proposal.deadline.due_on, proposal.doubts) == (["Bộ Y tế", "Bộ Công an"], DAY, ())


def test_two_days_of_one_task_are_doubted_as_before():
    proposal = only(HEAD, f"{TASK[:-1]} trước ngày 05/12/2025. Việc này phải hoàn thành trước ngày 10/12/2025.")
    assert proposal.doubts == (TWO_DATES,)
