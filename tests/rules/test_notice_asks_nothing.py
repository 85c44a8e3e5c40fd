"""What a notice thinks of things and how all are to see them: neither is work. The texts are made up."""

from datetime import date

import pytest

from directives.rules.notice_proposals import read_notice
from tests.rules.proposing import ISSUED, REGISTER, leads, only, read


def handled(*lines):
    return [each.handled_as for each in read_notice("\n\n".join(lines), ISSUED, REGISTER).paragraphs]


ASSESSED = [
    "1. Đánh giá tình hình: Cơ bản thống nhất với báo cáo của cơ quan thường trực.",
    "1. Tình hình chung: Tập trung giải ngân còn chậm; nhiều phần mềm trùng lặp.",
    "1. Kết quả thực hiện: Hoàn thành 80% kế hoạch; tiếp tục duy trì đà tăng.",
    "Cơ bản nhất trí với đề xuất về giá thuốc.",
    "Về cơ bản đồng ý với nội dung dự thảo.",
]


@pytest.mark.parametrize("sentence", ASSESSED)
def test_an_assessment_is_no_directive(sentence):
    assert (read(sentence), handled(sentence)) == ((), ["information"])


ASKED = [
    pytest.param("1. Kết quả: Bộ Y tế hoàn thành báo cáo đánh giá.", ["Bộ Y tế"], id="it names who"),
    pytest.param("Cơ bản thống nhất với báo cáo; giao Bộ Y tế hoàn thiện.", ["Bộ Y tế"], id="it assigns"),
]


@pytest.mark.parametrize(("sentence", "names"), ASKED)
def test_what_is_asked_behind_an_assessment_is_a_directive(sentence, names):
    assert leads(only(sentence)) == names


ORIENTED = [
    "Các bộ, ngành, địa phương quán triệt quan điểm lấy người dân làm trung tâm; đã làm phải có sản phẩm.",
    "Các cấp, các ngành cần quán triệt sâu sắc phương châm kỷ cương, trách nhiệm.",
    "Các địa phương nhận thức đầy đủ tinh thần của Nghị quyết.",
]


@pytest.mark.parametrize("sentence", ORIENTED)
def test_how_all_are_to_think_is_an_orientation(sentence):
    assert (read(sentence), handled(sentence)) == ((), ["orientation"])


def test_a_date_makes_work_of_what_all_are_to_think():
    found = only("Các bộ, ngành quán triệt quan điểm trên, báo cáo kết quả trước ngày 30/10/2025.")
    assert (leads(found), found.deadline.due_on) == (["Các bộ, ngành"], date(2025, 10, 30))


OUTLOOK = (
    "2. Quan điểm chỉ đạo: Thời gian tới, thực hiện theo các định hướng sau:",
    "- Cấp xã phải là nơi người dân thụ hưởng trước tiên.",
    "- Nguồn lực nhà nước dẫn dắt; huy động tối đa nguồn lực xã hội. Phấn đấu đến năm 2030, mọi xã có sóng 5G.",
)


def test_what_stands_below_a_point_of_view_is_an_orientation():
    assert handled(*OUTLOOK) == ["orientation"] * 3
    assert read(*OUTLOOK) == ()


def test_a_body_or_a_date_below_it_is_a_directive_and_so_is_what_comes_after_it():
    named, dated, after = read(
        *OUTLOOK, "- Bộ Y tế mua thuốc.", "- Rà soát xong trước ngày 30/10/2025.", "3. Tổng hợp số liệu về giá thuốc."
    )
    assert (leads(named), dated.deadline.due_on, leads(after)) == (["Bộ Y tế"], date(2025, 10, 30), [])


TROUBLE = [
    "Các cơ quan, địa phương gặp vướng mắc kịp thời phản ánh về cơ quan thường trực để được hướng dẫn.",
    "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị báo cáo về Bộ Nội vụ để tổng hợp.",
    "Trong quá trình triển khai, nếu phát sinh vướng mắc gửi ý kiến về Bộ Nội vụ để được giải đáp.",
]


@pytest.mark.parametrize("sentence", TROUBLE)
def test_to_whom_to_turn_in_trouble_is_no_directive_and_leaves_the_one_before_it_sure(sentence):
    found = only(f"4. Giao Bộ Y tế kiểm tra giá thuốc. {sentence}")
    assert (leads(found), found.doubts) == (["Bộ Y tế"], ())
    assert (read(sentence), handled(sentence)) == ((), ["information"])


def test_behind_a_semicolon_it_is_a_part_of_the_task():
    text = "Bộ Y tế kiểm tra giá thuốc; trong quá trình thực hiện, có vướng mắc báo cáo Bộ Nội vụ để tổng hợp."
    assert only(text).quote == text


def test_by_a_day_it_is_a_directive():
    *_, last = read("Các địa phương có vướng mắc báo cáo Bộ Nội vụ trước ngày 30/10/2025 để tổng hợp.")
    assert (leads(last), last.deadline.due_on) == (["Các địa phương"], date(2025, 10, 30))
