"""By when, as it stands between the one who is named and the task, and what must not be passed over in silence."""

from datetime import date

import pytest

from directives.rules.deadlines import Every, Kind, Recurrence
from directives.rules.notice_proposals import read_notice
from directives.rules.reading.doubts import UNCLEAR, UNSURE_TIME
from tests.rules.proposing import ISSUED, REGISTER, leads, only, read

BETWEEN = [
    pytest.param(
        "trong vòng 30 ngày kể từ ngày ban hành Thông báo này hoàn thành việc số hóa hồ sơ",
        "trong vòng 30 ngày kể từ ngày ban hành Thông báo này",
        date(2025, 10, 12),
        id="days from the issue, and no comma before the verb",
    ),
    pytest.param("trong 10 ngày làm việc công bố giá", "trong 10 ngày làm việc", date(2025, 9, 26), id="working days"),
    pytest.param(
        ", trong thời hạn 30 (ba mươi) ngày kể từ ngày 01/10/2025, trình Chính phủ nghị định",
        "trong thời hạn 30 (ba mươi) ngày kể từ ngày 01/10/2025",
        date(2025, 10, 31),
        id="days in figures and words, from a date",
    ),
    pytest.param(
        "trong thời hạn 120 ngày kể từ ngày ký Thông báo số hóa hồ sơ",
        "trong thời hạn 120 ngày kể từ ngày ký Thông báo",
        date(2026, 1, 10),
        id="more than ninety-nine days, and a verb that begins like a number",
    ),
    pytest.param("chậm nhất sau 45 ngày mua đủ thuốc", "chậm nhất sau 45 ngày", date(2025, 10, 27), id="at the latest"),
    pytest.param(
        "trong vòng 10 ngày kể từ ngày nhận được hồ sơ hợp lệ thẩm định giá thuốc",
        "trong vòng 10 ngày kể từ ngày nhận được hồ sơ hợp lệ",
        None,
        id="from a day that nobody knows yet",
    ),
    pytest.param("trước ngày 30/9/2025 công bố giá", "trước ngày 30/9/2025", date(2025, 9, 30), id="a date"),
    pytest.param("trong quý IV năm 2025 công bố giá", "trong quý IV năm 2025", date(2025, 12, 31), id="a quarter"),
]


@pytest.mark.parametrize(("words", "written", "day"), BETWEEN)
@pytest.mark.parametrize("before", ["", "Giao "])
def test_a_time_may_stand_between_the_name_and_the_task(before, words, written, day):
    proposal = only(f"{before}Bộ Y tế{'' if words.startswith(',') else ' '}{words}.")
    assert (leads(proposal), proposal.doubts) == (["Bộ Y tế"], ())
    assert (proposal.deadline.text, proposal.deadline.due_on) == (written, day)


@pytest.mark.parametrize("words", ["trong vòng một tháng", "trong mười lăm ngày làm việc"])
def test_a_time_whose_number_is_in_words_is_seen_and_doubted(words):
    proposal = only(f"Ủy ban nhân dân tỉnh Lào Cai {words} hoàn thành việc mua thuốc.")
    assert (leads(proposal), proposal.deadline.due_on) == (["Ủy ban nhân dân tỉnh Lào Cai"], None)
    assert proposal.doubts == (UNSURE_TIME,)


def test_what_was_promised_before_is_no_deadline():
    proposal = only(
        "Bộ Y tế trong vòng 30 ngày kể từ ngày ký hoàn thành việc số hóa; không để chậm như thời hạn ngày 30/8/2025."
    )
    assert (proposal.deadline.kind, proposal.deadline.due_on) == (Kind.RELATIVE, date(2025, 10, 12))


HISTORY = [
    "Bộ Y tế trong vòng 30 ngày qua đã giải quyết 500 hồ sơ.",
    "Bộ Y tế trong tháng 8 đã mua đủ thuốc.",
    "Bộ Y tế trong 8 tháng đầu năm 2025 đã ban hành 12 thông tư.",
    "Bộ Y tế trong quý III sẽ nhận 500 giường bệnh.",
]


@pytest.mark.parametrize("sentence", HISTORY)
def test_what_was_done_in_a_time_is_asked_of_nobody(sentence):
    assert read(sentence) == ()


UNCLEAR_WORDS = [
    pytest.param(
        "Bộ Y tế khẩn trương khắc phục các hạn chế đã bộc lộ khi kiểm tra.", id="a past behind the imperative"
    ),
    pytest.param("Bộ Y tế trong 8 tháng đầu năm 2025 ban hành 12 thông tư.", id="done, or to be done"),
    pytest.param("Bộ Y tế giữa mùa lạnh hoàn thành việc mua thuốc.", id="words between that no rule knows"),
]


@pytest.mark.parametrize("sentence", UNCLEAR_WORDS)
def test_a_paragraph_that_begins_with_an_agency_and_holds_a_task_is_never_silent(sentence):
    proposal = only(sentence)
    assert (leads(proposal), proposal.quote) == (["Bộ Y tế"], sentence)
    assert UNCLEAR in proposal.doubts
    assert read_notice(sentence, ISSUED, REGISTER).paragraphs[0].handled_as == "directive"


@pytest.mark.parametrize(
    "sentence",
    [
        "Bộ Y tế đã khẩn trương khắc phục hậu quả.",
        "Bộ Y tế là cơ quan chủ trì chương trình.",
        "Văn phòng Chính phủ xin thông báo để các cơ quan biết, thực hiện.",
        "Bộ Y tế và các bệnh viện.",
    ],
)
def test_a_paragraph_that_only_tells_of_an_agency_is_not_doubted(sentence):
    assert not any(UNCLEAR in each.doubts for each in read(sentence))


ISSUED_WITHIN = [
    "Bộ Y tế xây dựng Kế hoạch mua thuốc, ban hành trong tháng 12 năm 2025.",
    "Bộ Tài chính hướng dẫn việc thuê dịch vụ; ban hành văn bản trong tháng 12/2025.",
    "Bộ Tư pháp hoàn thiện dự án Luật Đường sắt trong tháng 12/2025.",
]


@pytest.mark.parametrize("sentence", ISSUED_WITHIN)
def test_what_is_issued_within_a_month_is_due_then(sentence):
    proposal = only(sentence)
    assert (proposal.deadline.due_on, proposal.doubts) == (date(2025, 12, 31), ())


LATER = [
    ("hằng tháng trước ngày 05 của tháng sau", Recurrence(Every.MONTH, 5)),
    ("hằng tháng về Bộ Tài chính trước ngày 05 tháng tiếp theo", Recurrence(Every.MONTH, 5)),
    ("hằng quý trước ngày 10 của quý sau", Recurrence(Every.QUARTER)),
    ("tháng 9 trước ngày 05 của tháng sau", None),
]


@pytest.mark.parametrize(("words", "recurrence"), LATER)
def test_a_day_of_the_month_behind_is_seen_whole_and_doubted(words, recurrence):
    proposal = only(f"Bộ Y tế báo cáo kết quả {words}.")
    assert (proposal.deadline.recurrence, proposal.doubts) == (recurrence, (UNSURE_TIME,))
    assert recurrence is None or proposal.deadline.text == words


def test_in_time_says_how_and_not_by_when():
    proposal = only("Bộ Công an phối hợp với Bộ Y tế kịp thời ngăn chặn dòng tiền bất hợp pháp.")
    assert (proposal.deadline.kind, proposal.is_sure) == (Kind.NONE, True)
