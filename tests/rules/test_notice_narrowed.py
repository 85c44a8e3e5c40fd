"""Groups of which only some are meant: what they have, hold or were given narrows them, and a person says who."""

import pytest

from directives.rules.reading.doubts import CONDITIONED
from tests.rules.proposing import leads, only, read

NARROWED = [
    pytest.param("Các bộ có kế hoạch vốn lớn khẩn trương giải ngân.", id="a large plan"),
    pytest.param("Các địa phương có kế hoạch vốn năm 2025 còn nhiều tập trung giải ngân.", id="a plan of a year"),
    pytest.param("Các bộ có kế hoạch giải ngân đạt thấp rà soát từng dự án.", id="a plan little of which is done"),
    pytest.param("Các bộ, ngành chậm phân bổ vốn khẩn trương phân bổ chi tiết.", id="who is late"),
    pytest.param("Các địa phương để xảy ra vi phạm phải kiểm điểm trách nhiệm.", id="where something happened"),
    pytest.param("Các địa phương thuộc diện sắp xếp khẩn trương bàn giao hồ sơ.", id="whom it concerns"),
    pytest.param("Các bộ đang được giao quản lý dự án tồn đọng rà soát, báo cáo.", id="what they were given"),
    pytest.param("Các bộ, địa phương đang được giao quản lý, sử dụng nhà, đất rà soát lại.", id="with commas"),
    pytest.param("Các bộ đang quản lý doanh nghiệp nhà nước rà soát phương án.", id="what they hold"),
    pytest.param("Yêu cầu các bộ đang được phân công theo dõi dự án chậm báo cáo.", id="behind a word that assigns"),
]


@pytest.mark.parametrize("words", NARROWED)
def test_a_group_narrowed_by_what_it_has_is_proposed_and_doubted(words):
    proposal = only(words)
    assert (proposal.doubts, proposal.is_sure) == ((CONDITIONED,), False)
    assert all(each.is_open for each in proposal.leads)


WHOLE = [
    "Các bộ có kế hoạch triển khai cụ thể, báo cáo Thủ tướng.",
    "Các địa phương có giải pháp giảm thấp nhất thiệt hại do thiên tai.",
    "Các bộ chậm nhất ngày 31/12/2025 báo cáo Thủ tướng.",
]


@pytest.mark.parametrize("words", WHOLE)
def test_what_a_group_is_to_have_narrows_nothing(words):
    proposal = only(words)
    assert (proposal.doubts, proposal.is_sure) == ((), True)


TOLD = [
    "Các bộ, ngành, địa phương đang tích cực rà soát các dự án.",
    "Các bộ đang được giao quản lý 15 dự án lớn, trong đó 3 dự án hoàn thành năm 2025.",
    "Các địa phương đang được giao nhiệm vụ theo kế hoạch.",
]


@pytest.mark.parametrize("words", TOLD)
def test_what_a_group_does_or_holds_is_no_directive(words):
    assert read(words) == ()


def test_those_who_are_named_behind_the_condition_are_meant():
    proposal = only("Các bộ có kế hoạch vốn lớn (Bộ Xây dựng, Bộ Y tế) rà soát từng dự án.")
    assert (leads(proposal), proposal.is_sure) == (["Bộ Xây dựng", "Bộ Y tế"], True)


def test_a_bracket_that_says_more_than_names_leaves_the_group():
    proposal = only("Các bộ có kế hoạch vốn lớn (Bộ Xây dựng, Bộ Y tế chủ trì) rà soát từng dự án.")
    assert (leads(proposal), proposal.is_sure) == (["Các bộ, ngành"], False)
