"""What a notice thinks of things and how all are to see them: neither is work. The texts are made up."""

from datetime import date

import pytest

from directives.rules.notice_proposals import read_notice
from directives.rules.reading.doubts import UNCLEAR
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


SEPT, OCT, LAST = date(2027, 9, 30), date(2027, 10, 15), date(2027, 12, 31)
ADVICE = (
    "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Bộ Công an để được hướng dẫn; "
    "Bộ Công an tổng hợp, báo cáo Thủ tướng Chính phủ trước 15/10/2027."
)
STILL_ASKED = [
    pytest.param(
        ["Cơ bản thống nhất với dự thảo Nghị định; Bộ Công an hoàn thiện, trình Chính phủ trước ngày 30/9/2027."],
        [("Bộ Công an", SEPT)],
        id="consent, and an agency behind it",
    ),
    pytest.param(
        ["Cơ bản thống nhất với dự thảo Nghị định; hoàn thiện, trình Chính phủ trong tháng 9/2027."],
        [("", SEPT)],
        id="consent, and a month behind it",
    ),
    pytest.param(
        ["Cơ bản thống nhất với dự thảo Nghị định, hoàn thiện, trình Chính phủ trong tháng 9/2027."],
        [("", SEPT)],
        id="consent, and a month in it",
    ),
    pytest.param(
        [ADVICE],
        [("Bộ Công an", OCT)],
        id="advice, and an agency behind it",
    ),
    pytest.param(
        ["Nếu có vướng mắc, Bộ Y tế tổng hợp, báo cáo Thủ tướng Chính phủ để xem xét, giải quyết."],
        [("Bộ Y tế", None)],
        id="an agency collects",
    ),
    pytest.param(
        ["Nếu có vướng mắc, đề nghị Bộ Nội vụ tổng hợp, báo cáo cấp có thẩm quyền để xem xét."],
        [("Bộ Nội vụ", None)],
        id="an agency is asked to collect",
    ),
    pytest.param(
        ["Các bộ, ngành phát sinh khó khăn, vướng mắc gửi Bộ Công an trước 15 hằng tháng để tổng hợp."],
        [("Các bộ, ngành", None)],
        id="trouble by a day of each month",
    ),
    pytest.param(
        ["Các địa phương có vướng mắc báo cáo Bộ Nội vụ trong quý IV/2027 để tổng hợp."],
        [("Các địa phương", LAST)],
        id="trouble by a quarter",
    ),
    pytest.param(
        ["Các bộ, ngành quán triệt quan điểm trên, xây dựng kế hoạch trình Thủ tướng Chính phủ trước 30/9/2027."],
        [("Các bộ, ngành", SEPT)],
        id="a view, and a day",
    ),
    pytest.param(
        ["Các bộ, ngành quán triệt tinh thần kết luận; rà soát, cắt giảm thủ tục hành chính trong quý IV."],
        [("Các bộ, ngành", LAST)],
        id="a view, and a quarter",
    ),
    pytest.param(
        ["Các bộ, ngành quán triệt quan điểm trên; Bộ Công an xây dựng kế hoạch triển khai trong quý IV/2027."],
        [("Bộ Công an", LAST)],
        id="a view, and an agency behind it",
    ),
    pytest.param(
        [
            "1. Quan điểm chỉ đạo",
            "a) Rà soát, sửa đổi quy định, báo cáo Thủ tướng Chính phủ trong tháng 9/2027.",
            "b) Xây dựng cơ sở dữ liệu dùng chung trước 30/9/2027.",
        ],
        [("", SEPT), ("", SEPT)],
        id="below a point of view",
    ),
    pytest.param(
        ["2. Nguyên tắc hỗ trợ", "a) Xây dựng cơ sở dữ liệu, trình Thủ tướng Chính phủ trong quý IV/2027."],
        [("", LAST)],
        id="below principles",
    ),
    pytest.param(
        ["II. Định hướng thời gian tới", "1. Rà soát thủ tục hành chính, báo cáo kết quả trước 15/10/2027."],
        [("", OCT)],
        id="below an outlook",
    ),
    pytest.param(
        ["1. Quan điểm:", "- Tổ chức sơ kết, định kỳ hằng quý báo cáo Thủ tướng Chính phủ."],
        [("", None)],
        id="below a point of view, each quarter",
    ),
    pytest.param(
        ["1. Kết quả giải quyết thủ tục hành chính: Yêu cầu khẩn trương khắc phục, phải đạt 100% trước 30/9/2027."],
        [("", SEPT)],
        id="behind a title on its line",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), STILL_ASKED)
def test_what_is_dated_or_said_to_an_agency_never_vanishes(lines, expected):
    found = read(*lines, issued_on=date(2027, 8, 1))
    assert [(", ".join(leads(each)), each.deadline.due_on) for each in found] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "- Đời sống hằng ngày của người dân phải tốt hơn.",
        "- Phát huy tinh thần Nghị quyết số 57-NQ/TW ngày 22/12/2024.",
        "- Khẩn trương đưa Nghị quyết vào cuộc sống.",
    ],
)
def test_the_date_of_a_cited_paper_or_a_day_of_everyday_life_sets_no_time(sentence):
    assert (read("1. Quan điểm chỉ đạo:", sentence), handled("1. Quan điểm chỉ đạo:", sentence)[1]) == (
        (),
        "orientation",
    )


TOLD_ON = [
    ("Thời gian qua, Bộ Công an đã làm sạch dữ liệu; Bộ Y tế ban hành 12 thông tư.", None),
    ("Ghi nhận, đánh giá cao Bộ Công an; Bộ Y tế hoàn thiện hồ sơ trước ngày 30/10/2025.", date(2025, 10, 30)),
]


@pytest.mark.parametrize(("sentence", "due_on"), TOLD_ON)
def test_behind_what_was_an_agency_is_not_passed_over_but_doubted(sentence, due_on):
    found = only(sentence)
    assert (leads(found), found.deadline.due_on, found.doubts) == (["Bộ Y tế"], due_on, (UNCLEAR,))
