"""What a sentence says of by when and by whom is read, or the proposal is doubted: a row that is sure lost nothing."""

from datetime import date

import pytest

from directives.rules.deadlines import EVE_OF_TET, Every, Kind, Recurrence
from directives.rules.reading.doubts import ONLY_HELPS, TIME_LEFT, UNSURE_TIME
from tests.rules.proposing import coordinating, leads, only, read

NOVEMBER = date(2026, 11, 19)
LEADS = "6. Bộ Nông nghiệp và Môi trường xây dựng cơ sở dữ liệu đất đai."
HELPS = "UBND các tỉnh, thành phố phối hợp chặt chẽ, bố trí đủ nhân lực, kinh phí thực hiện."


def test_a_deadline_behind_those_who_help_is_that_of_who_leads():
    proposal = only(f"{LEADS} {HELPS} Thời hạn hoàn thành: ngày 30 tháng 6 năm 2027.", issued_on=NOVEMBER)
    assert (leads(proposal), coordinating(proposal)) == (["Bộ Nông nghiệp và Môi trường"], ["Các địa phương"])
    assert (proposal.deadline.due_on, proposal.doubts) == (date(2027, 6, 30), ())


HELPING = [
    "Bộ Công an hỗ trợ kỹ thuật trong quá trình thực hiện.",
    "Bộ Công an phối hợp, hỗ trợ về chuyên môn.",
]


@pytest.mark.parametrize("sentence", HELPING)
def test_who_only_supports_helps_with_the_directive_before(sentence):
    proposal = only(f"5. Bộ Y tế làm sạch dữ liệu, hoàn thành trong quý I năm 2027. {sentence}", issued_on=NOVEMBER)
    assert (leads(proposal), coordinating(proposal)) == (["Bộ Y tế"], ["Bộ Công an"])
    assert proposal.deadline.due_on == date(2027, 3, 31)


def test_help_with_work_of_its_own_stays_apart_and_is_doubted():
    first, second = read("5. Bộ Y tế làm sạch dữ liệu. Bộ Công an phối hợp cung cấp số liệu về dân cư.")
    assert (leads(first), leads(second)) == (["Bộ Y tế"], ["Bộ Công an"])
    assert (first.doubts, second.doubts) == ((), (ONLY_HELPS,))


def test_an_early_warning_is_no_urgency():
    proposal = only("Bộ Công Thương thiết lập cơ chế cảnh báo sớm hàng giả.", issued_on=NOVEMBER)
    assert (proposal.deadline.kind, proposal.doubts) == (Kind.NONE, ())


LEFT = [
    pytest.param("vận hành thử nghiệm từ ngày 01 tháng 3 năm 2027.", (TIME_LEFT,), id="a day to come"),
    pytest.param("vận hành theo Nghị định số 70/2025/NĐ-CP ngày 20 tháng 3 năm 2027.", (), id="of a cited paper"),
    pytest.param("vận hành như từ ngày 01 tháng 3 năm 2024.", (), id="a day that is over"),
    pytest.param("theo kế hoạch giai đoạn 2027 - 2030.", (), id="years of a plan"),
]


@pytest.mark.parametrize(("words", "doubts"), LEFT)
def test_a_time_to_come_that_is_no_deadline_is_asked_about(words, doubts):
    assert only(f"Bộ Công Thương thiết lập cơ chế giám sát hàng giả; {words}", issued_on=NOVEMBER).doubts == doubts


def test_before_tet_is_the_day_before_its_first():
    sentence = "Bộ Công an mở đợt cao điểm, hoàn thành trước Tết Nguyên đán Đinh Mùi năm 2027; báo cáo kết quả."
    deadline = only(sentence, issued_on=NOVEMBER).deadline
    assert (deadline.kind, deadline.due_on, deadline.review) == (Kind.DATE, date(2027, 2, 5), EVE_OF_TET)


def test_tet_as_what_it_is_for_gives_no_day_and_is_doubted():
    proposal = only("Bộ Tài chính xuất gạo, bảo đảm người dân đủ ăn trước Tết Nguyên đán năm 2027.", issued_on=NOVEMBER)
    assert (proposal.deadline.due_on, proposal.doubts) == (None, (UNSURE_TIME,))


def test_a_sentence_that_says_when_a_paper_must_be_issued_dates_it():
    sentence = "Thông tư này phải được ban hành trong tháng 02 năm 2027."
    proposal = only(f"a) Bộ Tài chính ban hành Thông tư về hóa đơn. {sentence}", issued_on=NOVEMBER)
    assert (proposal.deadline.due_on, proposal.doubts) == (date(2027, 2, 28), ())


PROVINCES = [
    pytest.param("Tỉnh Ninh Bình, Hà Tĩnh", id="a comma"),
    pytest.param("Tỉnh Ninh Bình và Hà Tĩnh", id="and"),
    pytest.param("UBND tỉnh Ninh Bình, Hà Tĩnh", id="committees"),
]


@pytest.mark.parametrize("named", PROVINCES)
def test_provinces_share_the_rank_before_the_first(named):
    proposal = only(f"{named} rà soát đề xuất thí điểm.", issued_on=NOVEMBER)
    assert leads(proposal) == ["Ủy ban nhân dân tỉnh Ninh Bình", "Ủy ban nhân dân tỉnh Hà Tĩnh"]


def test_two_days_half_a_year_apart_recur_each_half_year():
    sentence = "Bộ Tài chính báo cáo Thủ tướng Chính phủ trước ngày 30 tháng 6 và ngày 31 tháng 12 hằng năm."
    deadline = only(sentence, issued_on=NOVEMBER).deadline
    assert (deadline.kind, deadline.due_on) == (Kind.RECURRING, None)
    assert deadline.recurrence == Recurrence(Every.HALF)


def test_other_days_of_each_year_are_asked_about():
    sentence = "Bộ Tài chính báo cáo Thủ tướng Chính phủ trước ngày 15 tháng 3 và ngày 15 tháng 9 hằng năm."
    assert only(sentence, issued_on=NOVEMBER).doubts == (UNSURE_TIME,)


def test_a_bare_heading_is_no_directive():
    lines = ["2. Các bộ, ngành rà soát quy định.", "3. Về kiến nghị của các bộ", "Giao Bộ Công an nghiên cứu cơ chế."]
    first, second = read(*lines, issued_on=NOVEMBER)
    assert (leads(first), leads(second)) == (["Các bộ, ngành"], ["Bộ Công an"])


def test_a_paper_is_named_over_the_comma_in_what_it_is_about():
    sentence = "Bộ Công an hoàn thiện dự thảo Nghị định quy định về kết nối, chia sẻ dữ liệu bắt buộc, trình Chính phủ."
    assert only(sentence).product == "dự thảo Nghị định quy định về kết nối, chia sẻ dữ liệu bắt buộc"
    short = only("Bộ Công an hoàn thiện dự thảo Nghị định về căn cước, trình Chính phủ.")
    assert short.product == "dự thảo Nghị định về căn cước"
