"""Who is spoken of and is not told: those whose work is summed up; groups of which only some are meant."""

from datetime import date

import pytest

from directives.rules.reading.doubts import CONDITIONED, NARROWED, OPEN, UNREAD_NAME
from tests.rules.proposing import coordinating, leads, only, read

HEAD = "3. Bộ Khoa học và Công nghệ:"
OF_THEM = [
    "c) Định kỳ hằng tháng, trước ngày 25, tổng hợp tình hình thực hiện của các bộ, ngành, địa phương, báo cáo.",
    "c) Hằng tháng tổng hợp tình hình thực hiện của các bộ, ngành, địa phương, báo cáo Thủ tướng.",
    "c) Định kỳ hằng quý, đánh giá kết quả của các bộ, ngành, địa phương, báo cáo Thủ tướng.",
    "c) Định kỳ hằng quý, đánh giá kết quả của Bộ Y tế, Bộ Tài chính, báo cáo Thủ tướng.",
    "c) Trên cơ sở đề nghị của các bộ, ngành, địa phương, tổng hợp, trình Chính phủ.",
]


@pytest.mark.parametrize("sentence", OF_THEM)
def test_those_whose_work_is_summed_up_do_not_lead(sentence):
    proposal = only(HEAD, sentence)
    assert (leads(proposal), coordinating(proposal), proposal.doubts) == (["Bộ Khoa học và Công nghệ"], [], ())


def test_one_who_is_named_behind_a_list_and_before_a_task_still_leads():
    proposal = only(HEAD, "c) Trên cơ sở đề nghị của các bộ, ngành, Bộ Tài chính tổng hợp, trình Chính phủ.")
    assert leads(proposal) == ["Bộ Tài chính"]


SOME = [
    pytest.param(
        "UBND các tỉnh có dự án đi qua đẩy nhanh giải phóng mặt bằng.", CONDITIONED, id="crossed by a project"
    ),
    pytest.param("Các địa phương có rừng trồng lại rừng.", CONDITIONED, id="with forests"),
    pytest.param("Các tỉnh, thành phố ven biển rà soát tàu cá.", NARROWED, id="on the coast"),
    pytest.param("Các bộ được giao chủ trì xây dựng luật khẩn trương hoàn thành.", CONDITIONED, id="who were charged"),
    pytest.param("Các địa phương chưa giải ngân hết phải kiểm điểm.", CONDITIONED, id="who have not done it"),
    pytest.param("UBND các tỉnh bị thiệt hại do bão hoàn thành thống kê.", CONDITIONED, id="who suffered"),
    pytest.param("Các bộ nêu trên báo cáo giá đất.", CONDITIONED, id="those named above"),
    pytest.param("Các địa phương liên quan rà soát đất.", OPEN, id="those concerned"),
]


@pytest.mark.parametrize(("sentence", "doubt"), SOME)
def test_a_group_that_is_narrowed_is_open_and_doubted(sentence, doubt):
    proposal = only(sentence)
    assert [(each.is_group, each.is_open) for each in proposal.leads] == [(True, True)]
    assert proposal.doubts == (doubt,)


@pytest.mark.parametrize("who", ["Các bộ, ngành, địa phương", "UBND các tỉnh, thành phố trực thuộc Trung ương"])
def test_a_whole_group_is_neither(who):
    proposal = only(f"{who} rà soát đất.")
    assert {each.is_open for each in proposal.leads} == {False}
    assert proposal.doubts == ()


def test_what_those_who_suffered_did_is_no_directive():
    assert read("UBND các tỉnh bị thiệt hại do bão đã hoàn thành thống kê.") == ()


@pytest.mark.parametrize("names", [" (Gia Lai, Đắk Lắk)", " (gồm: Gia Lai, Đắk Lắk)", ": Gia Lai, Đắk Lắk"])
@pytest.mark.parametrize("before", ["", "Bộ Xây dựng chủ trì, phối hợp với "])
def test_the_members_that_are_named_take_the_place_of_the_group(before, names):
    proposal = only(f"{before}UBND các tỉnh có dự án đi qua{names} đẩy nhanh thi công.")
    found = coordinating(proposal) if before else leads(proposal)
    assert found == ["Ủy ban nhân dân tỉnh Gia Lai", "Ủy ban nhân dân tỉnh Đắk Lắk"]
    assert proposal.doubts == ()


def test_whom_another_works_with_is_not_told():
    proposal = only(
        "5. Bộ Y tế tổ chức lễ, yêu cầu đơn vị tổ chức sự kiện phối hợp với Bộ Công an, Bộ Quốc phòng giữ an ninh."
    )
    assert (leads(proposal), coordinating(proposal)) == (["Bộ Y tế"], [])


def test_the_second_half_of_a_sentence_has_the_helpers_of_the_first():
    first, second = read(
        "1. Bộ Công an:",
        "- Chủ trì, phối hợp với Bộ Xây dựng mở 100% cảng hàng không, hoàn thành trong tháng 10 năm 2025; "
        "tại các ga, hoàn thành trong năm 2025.",
    )
    assert coordinating(first) == coordinating(second) == ["Bộ Xây dựng"]


UNREAD = [
    "Bộ Y tế phối hợp với các hãng bay khác chủ động mở tuyến.",
    "Đề nghị các địa phương và Ban chỉ đạo chuyển đổi số của các bộ, ngành khẩn trương rà soát.",
]


@pytest.mark.parametrize("sentence", UNREAD)
def test_a_name_beside_others_that_is_not_read_is_doubted(sentence):
    assert UNREAD_NAME in only(sentence).doubts


HANOI, DANANG = "Ủy ban nhân dân thành phố Hà Nội", "Ủy ban nhân dân thành phố Đà Nẵng"
EXCEPTED = [
    pytest.param(f". Riêng {HANOI} và {DANANG} hoàn thành", [HANOI, DANANG], id="by their full names"),
    pytest.param(". Riêng UBND thành phố Hà Nội hoàn thành", [HANOI], id="one of them"),
    pytest.param(". Riêng Hà Nội và Đà Nẵng hoàn thành", [HANOI, DANANG], id="by their bare names"),
    pytest.param(", riêng thành phố Hà Nội, thành phố Đà Nẵng hoàn thành", [HANOI, DANANG], id="behind a comma"),
    pytest.param("; riêng Bộ Y tế, Bộ Công an xong", ["Bộ Y tế", "Bộ Công an"], id="behind a semicolon"),
    pytest.param(". Riêng Bộ Y tế", ["Bộ Y tế"], id="only the date"),
    pytest.param(". Bộ Y tế hoàn thành", ["Bộ Y tế"], id="without the word"),
]


@pytest.mark.parametrize("above", ["Các địa phương ", "3.6. Các địa phương:\n\n- "])
@pytest.mark.parametrize(("words", "names"), EXCEPTED)
def test_who_is_taken_out_of_a_group_has_a_date_of_his_own(above, words, names):
    group, some = read(f"{above}bố trí công chức trước ngày 31/3/2026{words} trước ngày 31/01/2026.")
    assert (leads(group), group.deadline.due_on) == (["Các địa phương"], date(2026, 3, 31))
    assert (leads(some), some.deadline.due_on) == (names, date(2026, 1, 31))


def test_where_a_name_only_says_at_which_place_the_date_is_of_the_task():
    text = "Bộ Công an lắp thiết bị trên địa bàn thành phố Hà Nội, thành phố Đà Nẵng, hoàn thành trong năm 2026."
    assert leads(only(text)) == ["Bộ Công an"]


APPOSED = [
    pytest.param("Bộ Nội vụ, cơ quan thường trực của Ủy ban, chủ trì mua thuốc.", ["Bộ Nội vụ"], id="before a task"),
    pytest.param("Bộ Nội vụ, là cơ quan đầu mối quản lý biên chế, mua thuốc.", ["Bộ Nội vụ"], id="what it is"),
    pytest.param("Bộ Nội vụ - cơ quan thường trực Ban Chỉ đạo - mua thuốc.", ["Bộ Nội vụ"], id="between dashes"),
    pytest.param("Giao Bộ Nội vụ, cơ quan thường trực của Ủy ban, mua thuốc.", ["Bộ Nội vụ"], id="assigned"),
    pytest.param(
        "Bộ Nội vụ, cơ quan thường trực của Ủy ban, Bộ Y tế và Bộ Công an mua thuốc.",
        ["Bộ Nội vụ", "Bộ Y tế", "Bộ Công an"],
        id="the first of a list",
    ),
]


@pytest.mark.parametrize(("sentence", "names"), APPOSED)
def test_what_an_agency_is_names_nobody_else(sentence, names):
    found = only(sentence)
    assert (leads(found), found.doubts) == (names, ())
