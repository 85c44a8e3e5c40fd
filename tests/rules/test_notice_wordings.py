"""How administrations of every field word what they ask. The sentences are made up, each for one class of wording."""

from datetime import date

import pytest

from tests.rules.proposing import coordinating, leads, only, read

BODIES = [
    pytest.param("Học viện Mẫu Sơn mở lớp bồi dưỡng.", "Học viện Mẫu Sơn", id="a verb that was not known ends a name"),
    pytest.param("Các ngân hàng thương mại tiết giảm chi phí.", "Các ngân hàng thương mại", id="banks"),
    pytest.param("BTL Vùng Mẫu tìm kiếm tàu cá.", "BTL Vùng Mẫu", id="a command by its initials"),
    pytest.param(
        "BQL dự án Sông Mẫu bàn giao hồ sơ.", "Ban Quản lý dự án Sông Mẫu", id="a project board by its initials"
    ),
    pytest.param(
        "Ban Quản lý dự án 9 - Bộ Y tế bàn giao hồ sơ.", "Ban Quản lý dự án 9", id="a board beside its ministry"
    ),
    pytest.param(
        "Tập đoàn Công nghiệp than - khoáng sản Việt Nam mở thêm vỉa.",
        "Tập đoàn Công nghiệp than - khoáng sản Việt Nam",
        id="a dash before a small letter",
    ),
    pytest.param("Trạm Y tế xã tổ chức tiêm vắc xin.", "Trạm Y tế xã", id="a station of a commune"),
    pytest.param("Trưởng các thôn vận động bà con dọn kênh.", "Các thôn", id="heads of hamlets"),
    pytest.param("Các trường học trên địa bàn tổ chức ký cam kết.", "Các trường học", id="schools, wherever they are"),
    pytest.param("Các Cục quản lý chuyên ngành kiểm tra tàu.", "Các Cục quản lý chuyên ngành", id="all of a kind"),
    pytest.param("Các Sở Y tế báo cáo số ca mắc.", "Các Sở Y tế", id="the departments of all provinces"),
    pytest.param("Sở GTVT kiểm tra cầu treo.", "Sở Giao thông vận tải", id="a department by its initials"),
    pytest.param("Bộ GD-ĐT hướng dẫn ôn tập.", "Bộ Giáo dục và Đào tạo", id="a ministry as the press writes it"),
    pytest.param(
        "Báo và Phát thanh, Truyền hình Mẫu Sơn đưa tin.",
        "Báo và Phát thanh, Truyền hình Mẫu Sơn",
        id="the merged press of a province",
    ),
    pytest.param("Bộ Giáo dục Đào tạo hướng dẫn ôn tập.", "Bộ Giáo dục và Đào tạo", id="a ministry without its and"),
    pytest.param("UBND thành phố Mẫu Sơn chỉnh trang phố đi bộ.", "UBND thành phố Mẫu Sơn", id="a city of a province"),
    pytest.param(
        "Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch tỉnh dựng gian hàng.",
        "Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch tỉnh",
        id="a comma inside the name of an office",
    ),
    pytest.param("Trung tâm nghiên cứu giống lúa trồng thử.", "Trung tâm nghiên cứu giống lúa", id="what it is for"),
    pytest.param(
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh giám sát việc chi trả.",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
        id="a name within a name",
    ),
    pytest.param("Đảng ủy UBND tỉnh lãnh đạo việc sắp xếp.", "Đảng ủy UBND tỉnh", id="the Party committee of a body"),
    pytest.param("Các ban quản lý chợ kiểm tra bình chữa cháy.", "Các ban quản lý chợ", id="boards are no ministries"),
]


@pytest.mark.parametrize(("sentence", "name"), BODIES)
def test_a_body_is_named_up_to_its_task(sentence, name):
    assert leads(only(sentence)) == [name]


TOLD = [
    pytest.param("Lãnh đạo TP yêu cầu Sở Y tế mua thuốc.", ["Sở Y tế"], id="the city's leaders"),
    pytest.param("Người đứng đầu yêu cầu Bộ Y tế mua thuốc.", ["Bộ Y tế"], id="the one at the head"),
    pytest.param("Chính phủ, Thủ tướng yêu cầu Bộ Y tế mua thuốc.", ["Bộ Y tế"], id="the Government and its head"),
    pytest.param("Công điện nêu rõ, Thủ tướng giao Bộ Y tế mua thuốc.", ["Bộ Y tế"], id="what a paper says"),
    pytest.param("Trước mắt, Bộ Y tế mua thuốc.", ["Bộ Y tế"], id="for the time being"),
    pytest.param(
        "Đối với Bộ Y tế, cơ quan quản lý giá thuốc, Thủ tướng yêu cầu Bộ này công khai giá.",
        ["Bộ Y tế"],
        id="this ministry",
    ),
    pytest.param(
        "Các địa phương chưa giải ngân hết vốn phải kiểm điểm người chậm trễ.", ["Các địa phương"], id="which of them"
    ),
    pytest.param("Thủ tướng yêu cầu, khẩn trương mua thuốc.", [], id="asked of nobody who is named"),
    pytest.param("Chính phủ quyết nghị Bộ Y tế chủ trì mua thuốc.", ["Bộ Y tế"], id="it is resolved"),
    pytest.param("Ban Bí thư giao Bộ Y tế mua thuốc.", ["Bộ Y tế"], id="the Party's leaders"),
    pytest.param(
        "Thủ tướng gửi lời chia buồn và yêu cầu Bộ Y tế cứu chữa nạn nhân.", ["Bộ Y tế"], id="after condolences"
    ),
    pytest.param("(PLVN) - Thủ tướng yêu cầu Bộ Y tế mua thuốc.", ["Bộ Y tế"], id="after the name of a newspaper"),
    pytest.param("Nay, Thủ tướng Trần Văn Mẫu yêu cầu Bộ Y tế mua thuốc.", ["Bộ Y tế"], id="now"),
    pytest.param("Bộ Y tế được giao mua đủ cơ số thuốc.", ["Bộ Y tế"], id="who is given a task, as the press tells it"),
    pytest.param("Bộ Y tế cũng cần mua thuốc.", ["Bộ Y tế"], id="too"),
    pytest.param("Bộ Y tế điện và đề nghị Sở Y tế mua thuốc.", ["Sở Y tế"], id="a telegram that asks"),
]


@pytest.mark.parametrize(("sentence", "names"), TOLD)
def test_who_speaks_and_who_is_told_are_kept_apart(sentence, names):
    assert leads(only(sentence)) == names


NEWS = [
    "Thủ tướng vừa ký Công điện số 8/CĐ-TTg yêu cầu các bộ, ngành, địa phương phòng chống hạn hán.",
    "Chủ tịch UBND tỉnh đã ban hành Công văn số 6/UBND-TH chỉ đạo Sở Y tế mua thuốc.",
    "Công điện gửi Chủ tịch UBND các tỉnh: Gia Lai, Lâm Đồng; Bộ trưởng Bộ Y tế.",
    "Nghị định 12/2025/NĐ-CP quy định chức năng của Bộ Y tế.",
    "Cơ cấu tổ chức của Bộ gồm: Vụ; Văn phòng; Thanh tra.",
    "Hội Nông dân Việt Nam có Báo cáo số 04/BC-HND về giá lúa.",
    "Chiều 5.9, Văn phòng Chính phủ có văn bản truyền đạt chỉ đạo về giá thuốc.",
    "Thủ tướng đồng ý sử dụng 37 tỷ đồng để mua thuốc.",
    "Công điện nêu, giải ngân đạt được kết quả tích cực so với cùng kỳ năm trước.",
    "Quyết tâm phấn đấu tăng trưởng năm 2025 đạt 8,5%.",
]


@pytest.mark.parametrize("sentence", NEWS)
def test_news_of_a_paper_asks_nothing(sentence):
    assert read(sentence) == ()


def test_fresh_news_of_what_one_body_is_told_is_a_directive():
    proposal = only("UBND tỉnh vừa có văn bản giao Sở Xây dựng bàn giao nhà văn hóa.")
    assert leads(proposal) == ["Sở Xây dựng"]


TOGETHER = [
    pytest.param("Bộ Y tế phối hợp với Sở ngành liên quan mua thuốc.", ["Các sở, ban, ngành"], id="departments"),
    pytest.param("Bộ Y tế phối hợp với các bên liên quan mua thuốc.", ["Các bên liên quan"], id="all parties"),
    pytest.param(
        "Bộ Y tế phối hợp với chính quyền địa phương mua thuốc.", ["Chính quyền địa phương"], id="authorities"
    ),
    pytest.param("Bộ Y tế phối hợp với các tỉnh biên giới mua thuốc.", ["Các địa phương"], id="provinces of a kind"),
    pytest.param(
        "Sở Y tế chủ trì, phối hợp các Sở: Tài chính, Nội vụ; Ban Dân tộc tỉnh; UBND các huyện: Mẫu, Sơn mua thuốc.",
        ["Sở Tài chính", "Sở Nội vụ", "Ban Dân tộc tỉnh", "UBND huyện Mẫu", "UBND huyện Sơn"],
        id="a list with semicolons",
    ),
    pytest.param(
        "Phòng Kinh tế phối hợp với Văn phòng HĐND và UBND xã lập danh sách.",
        ["Văn phòng HĐND và UBND xã"],
        id="an office of two bodies",
    ),
    pytest.param(
        "Sở Y tế phối hợp với các sở ngành chức năng và UBND các huyện mua thuốc.",
        ["Các sở, ban, ngành", "UBND cấp huyện"],
        id="a group by what it is for",
    ),
    pytest.param(
        "UBND huyện Mẫu phối hợp các phòng, ban chuyên môn mua thuốc.", ["Các phòng, ban chuyên môn"], id="its offices"
    ),
]


@pytest.mark.parametrize(("sentence", "names"), TOGETHER)
def test_those_who_work_together_are_known_however_they_are_called(sentence, names):
    assert coordinating(only(sentence)) == names


DUES = [
    pytest.param("hoàn thành văn bản đến hết ngày 31 tháng 12 năm 2025", date(2025, 12, 31), id="up to and with a day"),
    pytest.param("bàn giao chậm nhất vào ngày mai - 13/9", date(2025, 9, 13), id="tomorrow, with its date"),
    pytest.param("chuẩn bị than cho các tháng cuối năm 2025", None, id="for which months"),
    pytest.param("không thu phí bến bãi trong năm 2025", None, id="for how long"),
    pytest.param("thực hiện kết luận của hội nghị tổ chức vào ngày 5/9/2025", None, id="when something took place"),
    pytest.param("thực hiện kết luận trước ngày 12/01/2025", None, id="long over"),
    pytest.param("gửi kết quả trước ngày 10/9/2025", date(2025, 9, 10), id="just over when the notice comes out"),
    pytest.param(
        "miễn thị thực cho khách đi theo đoàn đến hết năm 2026, báo cáo Thủ tướng trong tháng 10 năm 2025",
        date(2025, 10, 31),
        id="by when it is reported",
    ),
    pytest.param("mở cửa khám trước 7h00 sáng ngày 01/10/2025", date(2025, 10, 1), id="with the hour of the morning"),
    pytest.param(
        "giữ chỗ cho nhà đầu tư; sau 02 tháng kể từ ngày ký, nếu không nộp hồ sơ thì thu hồi",
        None,
        id="what happens otherwise",
    ),
]


@pytest.mark.parametrize(("task", "day"), DUES)
def test_the_date_that_binds_is_told_from_the_others(task, day):
    assert only(f"Bộ Y tế {task}.").deadline.due_on == day


RECURRING = [
    pytest.param("Hằng tháng, Bộ Y tế tổng hợp số ca mắc, báo cáo trước ngày 25.", 25, id="the day further on"),
    pytest.param("Hằng quý Bộ Y tế báo cáo kết quả chậm nhất là ngày 05.", 5, id="the last day further on"),
    pytest.param("Bộ Y tế công bố giá thuốc trước ngày 5 hằng tháng.", 5, id="the day before"),
    pytest.param("Hằng tháng, Bộ Y tế công bố giá thuốc trước ngày 25/9/2025.", None, id="the date of something else"),
    pytest.param("Hằng tuần Bộ Y tế giao ban, kết thúc trước ngày 25.", None, id="weeks have no day of the month"),
]


@pytest.mark.parametrize(("sentence", "day"), RECURRING)
def test_what_recurs_keeps_the_day_on_which_it_does(sentence, day):
    deadline = only(sentence).deadline
    assert (deadline.recurrence and deadline.recurrence.day) == day


ASKED = [
    pytest.param("Ông cũng đề nghị Bộ Y tế mua thuốc.", ["Bộ Y tế"], id="he, named before"),
    pytest.param(
        "Phó Thủ tướng yêu cầu chậm nhất ngày 30/9, Bộ Y tế phải công bố giá thuốc.",
        ["Bộ Y tế"],
        id="a date before him",
    ),
    pytest.param("Bộ Y tế được lưu ý tính toán lượng thuốc.", ["Bộ Y tế"], id="what is brought to his notice"),
    pytest.param("Thủ tướng yêu cầu Bộ Y tế và cơ quan liên quan mua thuốc.", ["Bộ Y tế", "Các cơ quan liên quan"]),
    pytest.param("Giao ba Bộ: Y tế, Nội vụ rà soát biên chế.", ["Bộ Y tế", "Bộ Nội vụ"], id="a counted list"),
    pytest.param(
        "Yêu cầu Bộ Y tế và các bộ, ngành; Bí thư, Chủ tịch UBND các tỉnh, thành phố: Lào Cai, Huế mua thuốc.",
        ["Bộ Y tế", "Các bộ, ngành", "Ủy ban nhân dân tỉnh Lào Cai", "Ủy ban nhân dân thành phố Huế"],
        id="secretaries and chairmen of named provinces",
    ),
]


@pytest.mark.parametrize(("sentence", "names"), ASKED)
def test_those_whom_somebody_asks_are_told_from_him(sentence, names):
    assert leads(only(sentence)) == names


UNASKED = [
    pytest.param("Quyết định có hiệu lực thi hành kể từ ngày ký.", id="an entry into force"),
    pytest.param("Ban hành kèm theo Quyết định này Quy chế làm việc.", id="what is issued with it"),
    pytest.param("Sở Y tế nhận được Văn bản số 12/BYT về giá thuốc.", id="what arrived"),
    pytest.param("Văn phòng UBND tỉnh ban hành văn bản số 12/VP hướng dẫn các xã ghi sổ.", id="what came out"),
    pytest.param("Thực hiện Công văn số 12/UBND ngày 02/9/2025 của UBND tỉnh về việc mua thuốc;", id="on what ground"),
    pytest.param("Thủ tướng ký Công điện số 12/CĐ-TTg yêu cầu các bộ, ngành chống bão.", id="news without an adverb"),
    pytest.param("Phó Thủ tướng Chính phủ Trần Văn Mẫu yêu cầu cơ quan này giảm giá.", id="it, of which nobody knows"),
]


@pytest.mark.parametrize("sentence", UNASKED)
def test_what_came_about_is_asked_of_nobody(sentence):
    assert not any(each.leads for each in read(sentence))
