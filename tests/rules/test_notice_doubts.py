"""What is not sure is said to be so: times that no rule understands, dates on a condition, fragments."""

from datetime import date

import pytest

from directives.rules.deadlines import Every, Kind, Recurrence
from directives.rules.reading.doubts import FRAGMENT, ON_CONDITION, UNSURE_TIME
from tests.rules.proposing import leads, only, read

WEEKS = [
    pytest.param("trong tuần đầu tháng 12 năm 2025", date(2025, 12, 7), id="the first week"),
    pytest.param("chậm nhất trong tuần thứ hai của tháng 12/2025", date(2025, 12, 14), id="the second"),
    pytest.param("trong tuần cuối tháng 11/2025", date(2025, 11, 30), id="the last"),
    pytest.param("trong trung tuần tháng 12/2025", date(2025, 12, 20), id="ten days"),
]


@pytest.mark.parametrize(("words", "day"), WEEKS)
def test_a_week_of_a_month_is_read(words, day):
    proposal = only(f"Bộ Y tế báo cáo giá thuốc {words}.")
    assert (proposal.deadline.text, proposal.deadline.due_on, proposal.doubts) == (words, day, ())


UNSURE = [
    pytest.param("vào đầu tháng 12/2025", date(2025, 12, 31), id="early in a month"),
    pytest.param("trước 10/112025", date(2025, 11, 10), id="miswritten"),
    pytest.param("trước ngày 31/11/2025", None, id="a day that does not exist"),
    pytest.param("trong tuần này", None, id="this week"),
    pytest.param("trong tháng tới", None, id="next month"),
    pytest.param("ngay tuần đầu tháng sau", None, id="the first week of the next month"),
    pytest.param("tại phiên họp thường kỳ tháng 12", None, id="a meeting in a month"),
]


@pytest.mark.parametrize(("words", "day"), UNSURE)
def test_a_time_that_is_not_plain_is_doubted(words, day):
    proposal = only(f"Bộ Y tế báo cáo giá thuốc {words}.")
    assert (proposal.deadline.due_on, proposal.doubts) == (day, (UNSURE_TIME,))


@pytest.mark.parametrize("words", ["cho năm sau", "của tuần trước", "theo kết luận tại phiên họp gần nhất"])
def test_a_time_that_is_no_deadline_is_not_doubted(words):
    proposal = only(f"Bộ Y tế công bố giá thuốc {words}.")
    assert (proposal.deadline.kind, proposal.doubts) == (Kind.NONE, ())


QUARTERS = [
    pytest.param("Trước ngày 20 tháng cuối của mỗi quý, Bộ Y tế tổng hợp giá thuốc.", 20, (), id="at the beginning"),
    pytest.param("Bộ Y tế tổng hợp giá thuốc trước ngày 20 tháng cuối hằng quý.", 20, (), id="at the end"),
    pytest.param("Hằng quý (trước ngày 15 của tháng cuối quý), Bộ Y tế báo cáo.", 15, (), id="in brackets"),
    pytest.param("Bộ Y tế báo cáo giá trước ngày 20 tháng cuối quý.", 20, (UNSURE_TIME,), id="each is not said"),
    pytest.param("Hằng quý, Bộ Y tế báo cáo trước ngày 05 của tháng đầu quý sau.", None, (UNSURE_TIME,), id="the next"),
]


@pytest.mark.parametrize(("sentence", "day", "doubts"), QUARTERS)
def test_a_day_of_each_quarter_is_kept_or_doubted(sentence, day, doubts):
    proposal = only(sentence)
    assert proposal.deadline.recurrence == Recurrence(Every.QUARTER, day)
    assert proposal.doubts == doubts


@pytest.mark.parametrize(
    "words",
    ["tại phiên họp tiếp theo của Ủy ban", "trước cuộc họp tới", "tại kỳ họp gần nhất", "tại hội nghị sắp tới"],
)
def test_a_meeting_to_come_is_a_deadline_without_a_date(words):
    deadline = only(f"Bộ Y tế báo cáo Thủ tướng {words}.").deadline
    assert (deadline.kind, deadline.text, deadline.due_on) == (Kind.RELATIVE, words, None)


CONDITIONS = [
    pytest.param("; trường hợp vượt thẩm quyền, báo cáo Thủ tướng trước ngày 28/02/2026", None, id="no other date"),
    pytest.param("; nếu vượt thẩm quyền thì trình Thủ tướng trước ngày 28/02/2026", None, id="if"),
    pytest.param(
        " trước ngày 31/12/2025; trường hợp vượt thẩm quyền, báo cáo Thủ tướng trước ngày 28/02/2026",
        date(2025, 12, 31),
        id="behind one without",
    ),
]


@pytest.mark.parametrize(("words", "day"), CONDITIONS)
def test_a_date_on_a_condition_is_not_that_of_the_whole(words, day):
    proposal = only(f"Bộ Y tế sửa đổi định mức thuốc{words}.")
    assert (proposal.deadline.due_on, proposal.doubts) == (day, (ON_CONDITION,))


def test_what_is_all_on_a_condition_keeps_its_date_and_is_doubted():
    proposal = only("Trường hợp vượt thẩm quyền, Bộ Y tế báo cáo Thủ tướng trước ngày 28/02/2026.")
    assert (proposal.deadline.due_on, proposal.doubts) == (date(2026, 2, 28), (ON_CONDITION,))


@pytest.mark.parametrize(
    "words",
    [
        "tổng hợp vướng mắc (nếu có), báo cáo",
        "xử lý nghiêm các trường hợp vi phạm, báo cáo",
        "đề xuất, nếu có, báo cáo",
    ],
)
def test_cases_are_no_conditions(words):
    proposal = only(f"Bộ Y tế {words} Thủ tướng trước ngày 28/02/2026.")
    assert (proposal.deadline.due_on, proposal.doubts) == (date(2026, 2, 28), ())


FRAGMENTS = [
    "báo cáo kết quả trong tháng 12 năm 2025",
    "báo cáo Thủ tướng Chính phủ trước ngày 31/12/2025",
    "trình Chính phủ trước ngày 31/12/2025",
    "tổng hợp, báo cáo tình hình thực hiện về Văn phòng Chính phủ trước ngày 31/12/2025",
]


@pytest.mark.parametrize("words", FRAGMENTS)
def test_a_fragment_that_only_reports_is_doubted(words):
    first, second = read(f"Bộ Y tế mua đủ thuốc, hoàn thành trước ngày 30/9/2025; {words}.")
    assert (leads(second), second.deadline.due_on) == (leads(first), date(2025, 12, 31))
    assert (first.doubts, second.doubts) == ((), (FRAGMENT,))


def test_a_report_that_says_of_what_is_no_fragment():
    _first, second = read(
        "Bộ Y tế mua đủ thuốc, xong trước ngày 30/9/2025; báo cáo giá thuốc tại các tỉnh trước ngày 31/12/2025."
    )
    assert second.doubts == ()


def test_a_fragment_without_a_date_of_its_own_belongs_to_what_it_reports_on():
    proposal = only("Bộ Y tế mua đủ thuốc; báo cáo kết quả trước ngày 31/12/2025.")
    assert (proposal.deadline.due_on, proposal.doubts) == (date(2025, 12, 31), ())
