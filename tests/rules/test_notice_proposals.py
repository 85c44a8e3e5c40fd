"""What is proposed for a notice: which directives, by when, on which words. The sentences are made up."""

from datetime import date

import pytest

from directives.rules.deadlines import Kind
from directives.rules.notice_proposals import PARAGRAPHS, READ_LIMIT, read_notice
from directives.rules.reading import doubts
from tests.rules.proposing import ISSUED, REGISTER, coordinating, leads, only, read

DUE = [
    pytest.param("Bộ Y tế mua thuốc trước ngày 30/9/2025.", date(2025, 9, 30), id="before a day"),
    pytest.param("Bộ Y tế mua thuốc (xong trước 30/9).", date(2025, 9, 30), id="in brackets, without a year"),
    pytest.param("Bộ Y tế mua thuốc. Báo cáo kết quả trong tháng 10/2025.", date(2025, 10, 31), id="a later sentence"),
    pytest.param(
        "Bộ Y tế mua thuốc. Thời hạn hoàn thành: Quý IV/2025.", date(2025, 12, 31), id="a deadline by its name"
    ),
    pytest.param("Bộ Y tế mua thuốc trong năm 2025.", date(2025, 12, 31), id="a year"),
    pytest.param("Bộ Y tế mua thuốc, khám miễn phí đến năm 2030.", None, id="a horizon"),
    pytest.param("Bộ Y tế thực hiện Công văn số 9/VPCP-KGVX ngày 01 tháng 10 năm 2025.", None, id="a cited document"),
    pytest.param("Bộ Y tế lập bảng giá thuốc áp dụng từ ngày 01/01/2026.", None, id="an entry into force"),
    pytest.param("Bộ Y tế rà soát các việc được giao trong năm 2025.", None, id="what was given in a year"),
    pytest.param("Bộ Y tế lập kế hoạch mua thuốc giai đoạn 2026 - 2030.", None, id="the years of a plan"),
    pytest.param("Bộ Y tế mua thuốc, dự kiến họp vào ngày 19/11/2025.", None, id="what is only planned"),
    pytest.param("Bộ Y tế mua thuốc trong 10 ngày kể từ ngày 15/9/2025.", date(2025, 9, 25), id="counted days"),
    pytest.param("Bộ Y tế mua thuốc chậm nhất ngày 31/6/2025.", None, id="a day that does not exist"),
    pytest.param("Bộ Y tế treo băng rôn từ ngày 20/9 đến hết ngày 30/9/2025.", date(2025, 9, 30), id="from and to"),
]


@pytest.mark.parametrize(("sentence", "due_on"), DUE)
def test_the_due_date_is_the_one_that_binds(sentence, due_on):
    assert only(sentence).deadline.due_on == due_on


UNDATED = [
    pytest.param("Bộ Y tế công bố giá thuốc trước ngày 5 hằng tháng.", Kind.RECURRING, id="recurring"),
    pytest.param("Bộ Y tế khẩn trương công bố giá thuốc.", Kind.URGENT_UNDATED, id="urgent"),
    pytest.param("Bộ Y tế công bố giá thuốc sau khi Quốc hội thông qua luật.", Kind.RELATIVE, id="after an event"),
    pytest.param("Bộ Y tế thường xuyên kiểm tra giá thuốc.", Kind.ONGOING, id="lasting"),
    pytest.param("Bộ Y tế công bố giá thuốc.", Kind.NONE, id="nothing"),
]


@pytest.mark.parametrize(("sentence", "kind"), UNDATED)
def test_what_is_said_of_time_without_a_date(sentence, kind):
    deadline = only(sentence).deadline
    assert (deadline.kind, deadline.due_on) == (kind, None)


def test_without_a_day_of_issue_a_date_without_a_year_is_not_understood():
    assert only("Bộ Y tế mua thuốc trước 30/9.", issued_on=None).deadline.due_on is None
    assert only("Bộ Y tế mua thuốc trước 30/9/2025.", issued_on=None).deadline.due_on == date(2025, 9, 30)


def test_a_date_in_a_last_paragraph_is_for_all_above_it_and_told():
    first, second = read(
        "1. Sở Y tế lập danh sách trạm y tế.",
        "2. Sở Xây dựng lập danh sách cầu yếu.",
        "Báo cáo gửi về UBND tỉnh trước ngày 25/9/2025 để tổng hợp.",
    )
    assert first.deadline.due_on == second.deadline.due_on == date(2025, 9, 25)
    assert doubts.SHARED_DUE in first.doubts


def test_points_below_a_head_have_its_lead_and_coordinators():
    first, second = read(
        "1. Bộ Y tế chủ trì, phối hợp với Bộ Tài chính:", "a) Mua thuốc trước ngày 30/9/2025;", "b) Công bố giá."
    )
    for proposal in (first, second):
        assert leads(proposal) == ["Bộ Y tế"]
        assert coordinating(proposal) == ["Bộ Tài chính"]
        assert proposal.is_inherited
    assert (first.deadline.due_on, second.deadline.due_on) == (date(2025, 9, 30), None)


def test_a_point_with_a_lead_of_its_own_inherits_nothing():
    (proposal,) = read("1. Bộ Y tế:", "a) Bộ Tài chính phối hợp với Bộ Công an bố trí kinh phí.")
    assert (leads(proposal), coordinating(proposal)) == (["Bộ Tài chính"], ["Bộ Công an"])
    assert not proposal.is_inherited


def test_a_point_that_hands_on_below_a_head_is_the_task_of_the_head():
    assert leads(only("1. Bộ Y tế:", "a) Yêu cầu các bệnh viện công khai giá thuốc.")) == ["Bộ Y tế"]


def test_a_head_ends_where_the_next_begins():
    first, second = read("1. Bộ Y tế:", "a) Mua thuốc.", "2. Bộ Tài chính:", "a) Bố trí vốn.")
    assert [leads(first), leads(second)] == [["Bộ Y tế"], ["Bộ Tài chính"]]


def test_a_chapeau_hands_its_addressee_down():
    first, second = read("Giao Sở Y tế thực hiện các việc sau:", "- Mua thuốc.", "- Công bố giá.")
    assert [leads(first), leads(second)] == [["Sở Y tế"], ["Sở Y tế"]]


def test_a_list_of_things_is_one_directive_with_its_head():
    text = "1. Bộ Y tế báo cáo các nội dung sau:\n\na) Số giường bệnh;\n\nb) Số bác sĩ."
    (proposal,) = read_notice(text, ISSUED, REGISTER).directives
    assert proposal.quote == text[len("1. ") :]


def test_two_leads_in_one_paragraph_are_two_directives():
    first, second = read("Bộ Y tế mua thuốc; Bộ Tài chính bố trí vốn.")
    assert [leads(first), leads(second)] == [["Bộ Y tế"], ["Bộ Tài chính"]]


def test_two_deadlines_in_one_paragraph_are_two_directives():
    first, second = read("Bộ Y tế mua thuốc trước ngày 20/9/2025; công bố giá trước ngày 30/9/2025.")
    assert [each.deadline.due_on for each in (first, second)] == [date(2025, 9, 20), date(2025, 9, 30)]
    assert leads(second) == ["Bộ Y tế"]


def test_work_that_closes_with_its_date_ends_there():
    first, second = read("Bộ Y tế mua thuốc; hoàn thành trước ngày 20/9/2025; công bố giá thuốc hiếm.")
    assert [each.deadline.due_on for each in (first, second)] == [date(2025, 9, 20), None]


def test_a_report_to_be_sent_belongs_to_the_work_before_it():
    proposal = only("Bộ Y tế mua thuốc; báo cáo Thủ tướng Chính phủ trước ngày 20/9/2025.")
    assert proposal.deadline.due_on == date(2025, 9, 20)


def test_what_a_draft_is_to_say_is_not_asked_of_those_it_names():
    proposal = only(
        "Bộ Y tế trình đề án theo hướng: Bộ Tài chính lo vốn; Bộ Công an lo an ninh; xong trước ngày 30/9/2025."
    )
    assert (leads(proposal), proposal.deadline.due_on) == (["Bộ Y tế"], date(2025, 9, 30))


def test_a_point_that_leads_over_brings_its_own_coordinators():
    first, second = read(
        "1. Bộ Y tế:", "- Chủ trì, phối hợp với Bộ Công an chịu trách nhiệm:", "a) Mua thuốc;", "b) Cấp thuốc."
    )
    for proposal in (first, second):
        assert (leads(proposal), coordinating(proposal)) == (["Bộ Y tế"], ["Bộ Công an"])


def test_a_transition_of_the_principal_changes_no_addressee():
    _first, second = read(
        "Phó Thủ tướng giao Bộ Y tế mua thuốc.", "Phó Thủ tướng lưu ý:", "- Xây dựng tiêu chí chọn thuốc."
    )
    assert leads(second) == ["Bộ Y tế"]


def test_who_is_named_again_with_this_is_the_same():
    proposal = only("Các bộ, ngành rà soát hồ sơ. Các cơ quan này báo cáo trước ngày 20/9/2025.")
    assert (leads(proposal), proposal.deadline.due_on) == (["Các bộ, ngành"], date(2025, 9, 20))


def test_a_paragraph_without_an_addressee_goes_on_with_the_one_before_it_and_is_told():
    _first, second = read("Thủ tướng giao Bộ Y tế mua thuốc.", "Công bố giá các loại thuốc hiếm.")
    assert leads(second) == ["Bộ Y tế"]
    assert second.doubts == (doubts.CARRIED,)


def test_the_province_alone_is_the_one_that_the_notice_is_about():
    *_, last = read(
        "UBND tỉnh Gia Lai rà soát quỹ đất.", "Tỉnh Gia Lai công bố giá đất.", "Bộ Y tế phối hợp với Tỉnh mua thuốc."
    )
    assert coordinating(last) == ["Ủy ban nhân dân tỉnh Gia Lai"]


NO_DIRECTIVE = [
    pytest.param("Thời gian qua, các bộ, ngành đã tích cực rà soát thủ tục.", id="what was done"),
    pytest.param("Bộ Y tế đã mua đủ thuốc.", id="done by one"),
    pytest.param("Đánh giá cao Bộ Y tế chuẩn bị chu đáo.", id="praise"),
    pytest.param("Số hóa hồ sơ là nhiệm vụ trọng tâm của các cấp.", id="a statement"),
    pytest.param("Bộ Y tế kiến nghị Thủ tướng Chính phủ giao Bộ Tài chính bố trí vốn.", id="what is only asked for"),
    pytest.param("Đồng ý với đề nghị của Bộ Y tế về bố trí vốn.", id="an approval"),
    pytest.param("Đồng ý chủ trương lập quy hoạch khu phố cổ.", id="an approval of work"),
    pytest.param("Văn phòng Chính phủ thông báo để các bộ biết, thực hiện./.", id="the closing formula"),
    pytest.param("Phấn đấu đến hết năm 2025, 100% hồ sơ được số hóa.", id="a target"),
    pytest.param("II. NHIỆM VỤ TRỌNG TÂM", id="a heading"),
    pytest.param("1. Về kiến nghị giao Bộ Y tế bố trí vốn:", id="what a paragraph answers"),
    pytest.param("Căn cứ nội dung trên, các đơn vị triển khai thực hiện", id="how a letter closes"),
    pytest.param("", id="nothing"),
]


@pytest.mark.parametrize("sentence", NO_DIRECTIVE)
def test_what_asks_nothing_is_no_directive(sentence):
    assert read(sentence) == ()


def test_below_a_heading_that_assesses_nothing_is_asked():
    assert read("I. ĐÁNH GIÁ CHUNG", "1. Bộ Y tế rà soát kịp thời.", "2. Các bộ tập trung tháo gỡ.") == ()


def test_how_each_paragraph_is_to_be_handled():
    text = (
        "II. NHIỆM VỤ\n\n1. Bộ Y tế:\n\na) Mua thuốc.\n\n"
        "Mục tiêu: phấn đấu đạt tỷ lệ 95% dân số.\n\nThời gian qua, dịch đã được kiểm soát."
    )
    handled = [each.handled_as for each in read_notice(text, ISSUED, REGISTER).paragraphs]
    assert handled == ["information", "orientation", "directive", "target", "information"]


def test_a_target_that_leads_over_to_the_tasks_is_a_target():
    text = "Phấn đấu đến năm 2027, 100% bếp ăn được kiểm tra. Để đạt mục tiêu trên, yêu cầu:\n\n1. Bộ Y tế mua thuốc."
    handled = [each.handled_as for each in read_notice(text, ISSUED, REGISTER).paragraphs]
    assert handled == ["target", "directive"]


PRODUCTS = [
    pytest.param("Bộ Y tế xây dựng Đề án thuốc hiếm, trình trong năm 2025.", "Đề án thuốc hiếm", id="a scheme"),
    pytest.param("Bộ Y tế trình Chính phủ ban hành Nghị định về giá trước 30/9.", "Nghị định về giá", id="a decree"),
    pytest.param("Bộ Y tế kiểm tra giá thuốc.", "", id="none"),
    pytest.param("Bộ Y tế hoàn thiện dự thảo Luật Dược (sửa đổi).", "dự thảo Luật Dược (sửa đổi)", id="a law anew"),
    pytest.param("Bộ Y tế gửi báo cáo kết quả về Bộ Tài chính.", "báo cáo kết quả", id="to whom it goes"),
    pytest.param("Bộ Y tế đề xuất sửa đổi Nghị định số 98/2020/NĐ-CP về xử phạt.", "", id="a decree that is cited"),
]


@pytest.mark.parametrize(("sentence", "product"), PRODUCTS)
def test_the_product_is_the_paper_to_be_made(sentence, product):
    assert only(sentence).product == product


def test_every_guess_tells_its_words():
    text = "1. Bộ Y tế chủ trì, phối hợp với Bộ Công an xây dựng Đề án thuốc hiếm trước ngày 30/9/2025."
    (proposal,) = read_notice(text, ISSUED, REGISTER).directives
    words = {ground.what: text[ground.start : ground.end] for ground in proposal.grounds}
    assert words == {
        "lead": "Bộ Y tế",
        "coordinating": "phối hợp với Bộ Công an",
        "deadline": "trước ngày 30/9/2025",
        "product": "Đề án thuốc hiếm",
    }
    assert proposal.is_sure


DOUBTS = [
    pytest.param("Công khai kết quả kiểm tra.", doubts.NO_LEAD, id="nobody is named"),
    pytest.param("Ban Quản lý chợ Mẫu dọn vệ sinh.", doubts.UNKNOWN, id="not in the register"),
    pytest.param(
        "Bộ Y tế mua thuốc trước ngày 20/9/2025, phân phối trước ngày 30/9/2025.",
        doubts.TWO_DATES,
        id="two dates in one clause",
    ),
    pytest.param("Các địa phương ven biển rà soát tàu cá.", doubts.NARROWED, id="a group of one region leads"),
    pytest.param(
        "Bộ Y tế chủ trì, phối hợp với các địa phương vùng Tây Nguyên mua thuốc.",
        doubts.NARROWED,
        id="a group of one region helps",
    ),
]


@pytest.mark.parametrize(("sentence", "doubt"), DOUBTS)
def test_a_doubt_is_told(sentence, doubt):
    proposal = only(sentence)
    assert doubt in proposal.doubts
    assert not proposal.is_sure


def test_a_region_that_is_only_what_the_work_is_about_leaves_no_doubt():
    assert only("Các địa phương rà soát vùng trồng lúa.").is_sure


def test_a_quote_is_a_part_of_the_text_to_the_letter():
    text = "1. Bộ Nội vụ:\n\n- Rà soát kho  lưu trữ,\nbáo cáo trước ngày **30/9/2025**.\n\n- Hoà mạng kho số."
    first, second = read_notice(text, ISSUED, REGISTER).directives
    assert text[first.start : first.end] == first.quote == "Rà soát kho  lưu trữ,\nbáo cáo trước ngày **30/9/2025**."
    assert text[second.start : second.end] == second.quote == "Hoà mạng kho số."


def test_what_is_longer_than_any_notice_is_told_not_to_be_read():
    assert read_notice("Bộ Y tế mua thuốc.", ISSUED, REGISTER).unread_from is None
    assert read_notice("a " * READ_LIMIT, ISSUED, REGISTER).unread_from == READ_LIMIT
    text = "- Mua thuốc.\n" * (PARAGRAPHS + 1)
    unread_from = read_notice(text, ISSUED, REGISTER).unread_from
    assert unread_from == text.index("Mua", PARAGRAPHS * len("- Mua thuốc.\n")) - len("- ")
