"""Headings of a notice: they ask nothing, and swallow nothing of what stands below them. The texts are made up."""

import pytest

from directives.rules.notice_proposals import read_notice
from directives.rules.notice_text import read_paragraphs
from tests.rules.proposing import ISSUED, REGISTER, leads

HEAD = "Số: 07/TB-VPCP\nHà Nội, ngày 09 tháng 01 năm 2025\nTHÔNG BÁO\nKết luận như sau:\n"
FIRST = (
    "1. Hoàn thiện thể chế",
    "a) Bộ Tài chính hướng dẫn việc thuê dịch vụ, hoàn thành trước ngày 20 tháng 12 năm 2025.",
)
BELOW = (
    "a) Bộ Công an chủ trì, phối hợp với Bộ Y tế làm sạch dữ liệu hồ sơ sức khỏe của người dân trong phạm vi cả nước.",
    "b) Bộ Xây dựng công bố danh mục dữ liệu mở về quy hoạch, nhà ở và thị trường bất động sản tại các địa phương.",
)


def reading(*lines):
    return read_notice(HEAD + "\n".join(lines), ISSUED, REGISTER)


def asked(found):
    return [(found.paragraphs[each.paragraph].label, *leads(each)) for each in found.directives]


def labels(*lines):
    return [span.label for span in read_paragraphs(HEAD + "\n".join(lines))]


TITLES = [
    "Dữ liệu và nền tảng số",
    "Phát triển kinh tế số, xã hội số",
    "Dịch vụ công trực tuyến",
    "Các công trình trọng điểm",
    "Công tác dân số",
    "Nhiệm vụ các năm",
    "Tiến độ cổ phần hóa và các danh mục",
    "Về dữ liệu và nền tảng số",
    "Về cung cấp dịch vụ công trực tuyến",
    "Về hoàn thiện thể chế",
    "Về an toàn, an ninh mạng",
    "Bảo đảm an toàn, an ninh mạng",
]
ASKED = [("1.a", "Bộ Tài chính"), ("2.a", "Bộ Công an"), ("2.b", "Bộ Xây dựng")]


@pytest.mark.parametrize("bold", ["{}", "**{}**"], ids=["plain", "bold"])
@pytest.mark.parametrize("title", TITLES)
def test_what_stands_below_a_heading_is_kept_apart_from_it_and_the_heading_asks_nothing(title, bold):
    found = reading(*FIRST, bold.format(f"2. {title}"), *BELOW)
    assert asked(found) == ASKED
    assert [each.reason for each in found.paragraphs if each.label == "2"] == ["heading"]


USUAL = [
    "Đánh giá chung",
    "Đánh giá tình hình",
    "Đánh giá kết quả 10 tháng đầu năm",
    "Về đánh giá việc thực hiện Đề án 06",
    "Tổ chức thực hiện",
]


@pytest.mark.parametrize("title", USUAL)
def test_a_usual_title_that_begins_like_a_task_asks_nothing_over_a_text_that_only_tells(title):
    told = "Trong 10 tháng, công tác chuyển đổi số có nhiều tiến bộ; một số chỉ tiêu còn thấp so với kế hoạch năm."
    found = reading(f"1. {title}", told, f"2. {FIRST[0][3:]}", *BELOW)
    assert asked(found) == [("2.a", "Bộ Công an"), ("2.b", "Bộ Xây dựng")]


@pytest.mark.parametrize("title", TITLES)
def test_a_heading_over_a_paragraph_without_a_mark_asks_nothing_either(title):
    found = reading(*FIRST, f"2. {title}", BELOW[0].removeprefix("a) "), "3. Tổ chức thực hiện", BELOW[1][3:])
    assert asked(found) == [("1.a", "Bộ Tài chính"), ("2¶2", "Bộ Công an"), ("3¶2", "Bộ Xây dựng")]
    assert [each.reason for each in found.paragraphs if each.label in ("2", "3")] == ["heading", "heading"]


WRAPPED = (
    "1. Các bộ, ngành tập trung hoàn thiện thể chế, rà soát văn bản đã ban hành",
    "và tham mưu sửa đổi những quy định còn chồng chéo về giao dịch điện tử,",
    "báo cáo Thủ tướng Chính phủ kết quả rà soát trong quý IV năm 2025 theo",
    "quy định hiện hành của pháp luật về ban hành văn bản.",
)
LISTS = [
    pytest.param(("2. Dữ liệu và nền tảng số", "a) Bộ Công an rà soát;"), ["1", "2", "2.a"], id="letters"),
    pytest.param(("2. Phát triển kinh tế số", "2.1. Bộ Công an rà soát;"), ["1", "2", "2.1"], id="two figures"),
    pytest.param(("II. DỊCH VỤ CÔNG TRỰC TUYẾN", "1. Bộ Công an rà soát;"), ["1", "II", "II.1"], id="in capitals"),
    pytest.param(("2. Xã hội số", "- Bộ Công an rà soát;"), ["1", "2", "2-1"], id="dashes"),
    pytest.param(
        ("2. Đẩy mạnh phát triển hạ tầng số, dữ liệu số, kinh tế số và xã hội số", "a) Bộ Công an rà soát;"),
        ["1", "2", "2.a"],
        id="a heading as long as a line",
    ),
    pytest.param(
        ("2. Bộ Công an bổ sung quy định của pháp luật hiện hành nêu tại các điểm", "a) Khoản 2 Điều 5 của Luật;"),
        ["1", "2"],
        id="a point that is cited",
    ),
    pytest.param(
        ("2. Bộ Công an thực hiện nội dung Thủ tướng yêu cầu tại Thông báo số", "31/TB-VPCP ngày 02 tháng 9;"),
        ["1", "2"],
        id="the number of a paper",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), LISTS)
def test_where_lines_are_broken_a_list_is_told_from_a_figure_of_the_sentence(lines, expected):
    assert labels(*WRAPPED, *lines) == expected


TASKS = [
    pytest.param("2. Bộ Công an làm sạch dữ liệu", ("2", "Bộ Công an"), id="it names who"),
    pytest.param("2. Giao Bộ Công an làm sạch dữ liệu số", ("2", "Bộ Công an"), id="it assigns"),
    pytest.param("2. Về nền tảng số, giao Bộ Công an làm sạch dữ liệu", ("2", "Bộ Công an"), id="about, and assigns"),
    pytest.param("2. Rà soát dữ liệu, báo cáo trước ngày 30/11/2025", ("2",), id="it says by when"),
]


@pytest.mark.parametrize(("line", "expected"), TASKS)
def test_a_task_whose_full_stop_was_forgotten_is_no_heading(line, expected):
    found = reading(*FIRST, line, "Việc này được thực hiện trên toàn quốc.")
    assert asked(found) == [("1.a", "Bộ Tài chính"), expected]


def test_a_line_without_a_stop_below_an_agency_is_its_task():
    found = reading(*FIRST, "2. Bộ Công an:", "2.1. Làm sạch dữ liệu về dân cư", "Dữ liệu phải đúng, đủ và sống.")
    assert asked(found)[1] == ("2.1", "Bộ Công an")


FORGOTTEN = [
    pytest.param(
        "3. Khẩn trương ban hành Nghị định về định danh và xác thực điện tử",
        "Nghị định cần thống nhất với Luật Giao dịch điện tử.",
        id="urgent",
    ),
    pytest.param(
        "3. Xây dựng kế hoạch triển khai Đề án 06 giai đoạn mới",
        "Kế hoạch nêu rõ người, việc, thời hạn, hoàn thành trước ngày 30/9/2027.",
        id="the day stands below it",
    ),
    pytest.param("3. Rà soát thủ tục hành chính nội bộ", "Bộ Công an công khai kết quả.", id="no field of work"),
    pytest.param("3. Đẩy mạnh chuyển đổi số", "Dữ liệu phải đúng, đủ và sống.", id="nobody is told below it"),
]


@pytest.mark.parametrize(("line", "below"), FORGOTTEN)
def test_a_line_that_begins_with_a_task_is_doubted_and_no_heading(line, below):
    found = reading(*FIRST, line, f"\n{below}")
    (asked_there,) = (each for each in found.directives if found.paragraphs[each.paragraph].label == "3")
    assert (asked_there.quote, asked_there.is_sure) == (line.removeprefix("3. "), False)
    assert [each.handled_as for each in found.paragraphs if each.label == "3"] == ["directive"]
