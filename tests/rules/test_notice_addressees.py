"""Whom a notice tells to do something, and with whom. The sentences are made up, each for one trap."""

import unicodedata
from datetime import date

import pytest

from directives.rules.reading import doubts
from directives.rules.reading.register import Agency, Group, Register
from tests.rules.proposing import coordinating, leads, only

BEFORE_THE_MERGERS = date(2024, 8, 9)

LEADS = [
    pytest.param("Bộ Nội vụ rà soát kho lưu trữ.", ["Bộ Nội vụ"], id="a ministry"),
    pytest.param("Giao Bộ Nội vụ rà soát kho lưu trữ.", ["Bộ Nội vụ"], id="assigned"),
    pytest.param("Bộ trưởng Bộ Nội vụ chỉ đạo rà soát kho lưu trữ.", ["Bộ Nội vụ"], id="the minister is the ministry"),
    pytest.param("Bộ trưởng Bộ Xây dựng Trần Văn Mẫu kiểm tra cầu.", ["Bộ Xây dựng"], id="a minister with his name"),
    pytest.param(
        "Các Bộ: Nội vụ, Tài chính và Y tế rà soát kho lưu trữ.",
        ["Bộ Nội vụ", "Bộ Tài chính", "Bộ Y tế"],
        id="a shared head",
    ),
    pytest.param(
        "Các bộ Nội vụ, Văn hóa, Thể thao và Du lịch, Y tế rà soát kho lưu trữ.",
        ["Bộ Nội vụ", "Bộ Văn hóa, Thể thao và Du lịch", "Bộ Y tế"],
        id="a name with commas inside",
    ),
    pytest.param(
        "Các bộ, ngành, địa phương rà soát kho lưu trữ.", ["Các bộ, ngành", "Các địa phương"], id="groups stay groups"
    ),
    pytest.param(
        "Bộ trưởng, Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ rà soát kho lưu trữ.",
        ["Các bộ, ngành"],
        id="heads of bodies are the group",
    ),
    pytest.param(
        "Chủ tịch Ủy ban nhân dân các tỉnh: Gia Lai, Lâm Đồng rà soát kho lưu trữ.",
        ["Ủy ban nhân dân tỉnh Gia Lai", "Ủy ban nhân dân tỉnh Lâm Đồng"],
        id="chairmen are their committees",
    ),
    pytest.param(
        "UBND các tỉnh, thành phố từ Thanh Hóa đến Khánh Hòa kiểm đếm tàu thuyền.",
        ["Các địa phương"],
        id="a range of provinces is a group",
    ),
    pytest.param("UBND các xã, phường kê khai hộ kinh doanh.", ["UBND cấp xã"], id="communes"),
    pytest.param(
        "UBND các huyện, thị xã, thành phố kê khai hộ kinh doanh.", ["UBND cấp huyện"], id="districts and their cities"
    ),
    pytest.param(
        "Thủ trưởng các sở, ban, ngành, đoàn thể tỉnh; Chủ tịch UBND các xã, phường kê khai tài sản.",
        ["Các sở, ban, ngành", "UBND cấp xã"],
        id="a list with a semicolon",
    ),
    pytest.param(
        "Đảng ủy, UBND xã Bản Mẫu vận động nhân dân hiến đất.",
        ["Đảng ủy xã Bản Mẫu", "UBND xã Bản Mẫu"],
        id="two bodies of one place",
    ),
    pytest.param(
        "Sở Văn hóa, Thể thao và Du lịch trùng tu di tích.", ["Sở Văn hóa, Thể thao và Du lịch"], id="a department"
    ),
    pytest.param(
        "Ban Quản lý dự án 6, Ban QLDA Thăng Mẫu bàn giao mặt bằng.",
        ["Ban Quản lý dự án 6", "Ban QLDA Thăng Mẫu"],
        id="bodies that no register knows",
    ),
    pytest.param(
        "Cục Thuế, EVN rà soát hóa đơn điện.", ["Cục Thuế", "Tập đoàn Điện lực Việt Nam"], id="an abbreviation"
    ),
    pytest.param("Đơn vị chức năng của Bộ Công an điều tra.", ["Bộ Công an"], id="a part of a body is the body"),
    pytest.param("Nhà đầu tư (Công ty Mẫu) tăng ca.", ["Công ty Mẫu"], id="the one who is called by name"),
    pytest.param(
        "Thủ tướng Chính phủ yêu cầu Bộ Y tế mua thuốc.", ["Bộ Y tế"], id="the Prime Minister is not told to do it"
    ),
    pytest.param("Ủy ban nhân dân tỉnh Gia Lai đề nghị Sở Y tế mua thuốc.", ["Sở Y tế"], id="nor is who requests it"),
    pytest.param("Về thuốc điều trị: giao Bộ Y tế mua đủ cơ số.", ["Bộ Y tế"], id="after what it is about"),
    pytest.param("Để kịp mùa mưa, Bộ Y tế mua đủ cơ số thuốc.", ["Bộ Y tế"], id="after a purpose"),
    pytest.param("Hằng quý, Bộ Y tế công bố giá thuốc.", ["Bộ Y tế"], id="after a time"),
    pytest.param("Đối với Bộ Y tế: công bố giá thuốc.", ["Bộ Y tế"], id="as for whom"),
    pytest.param("Bộ Y tế theo chức năng, nhiệm vụ được giao công bố giá.", ["Bộ Y tế"], id="by what right"),
    pytest.param("Bộ Y tế được giao chủ trì xây dựng bảng giá.", ["Bộ Y tế"], id="in the passive"),
    pytest.param("UBND các xã, phường có chợ nổi rà soát hạ tầng.", ["UBND cấp xã"], id="which of a group"),
    pytest.param("Các đoàn thể tuyên truyền.", ["Các đoàn thể"], id="mass organisations are no agencies"),
    pytest.param("Thanh tra Chính phủ lập kế hoạch.", ["Thanh tra Chính phủ"], id="a name that begins like a task"),
    pytest.param("Ban QLDA công trình Mẫu lập hồ sơ.", ["Ban QLDA công trình Mẫu"], id="half a word is no task"),
    pytest.param("Đồng chí Bí thư Huyện ủy kiểm tra.", ["Huyện ủy"], id="a secretary is the Party committee"),
    pytest.param(
        "Các bộ được giao soạn thảo nghị định khẩn trương trình Chính phủ.",
        ["Các bộ, ngành"],
        id="those who were given",
    ),
    pytest.param("Các Phó Chủ tịch UBND tỉnh kiểm tra đê.", ["UBND tỉnh"], id="one committee that is not named"),
    pytest.param("Giao các bộ: Bộ Y tế mua đủ cơ số thuốc.", ["Bộ Y tế"], id="a group that leads over"),
    pytest.param("Kiểm điểm người chậm trễ, công khai kết quả.", [], id="nobody"),
]


@pytest.mark.parametrize(("sentence", "names"), LEADS)
def test_the_lead_is_who_is_told_to_do_it(sentence, names):
    assert leads(only(sentence)) == names


SPELLINGS = [
    pytest.param(unicodedata.normalize("NFD", "Ủy ban nhân dân tỉnh Thanh Hóa rà soát."), id="decomposed"),
    pytest.param("Uỷ ban nhân dân tỉnh Thanh Hoá rà soát.", id="older tone placement"),
    pytest.param("ỦY BAN NHÂN DÂN TỈNH THANH HÓA rà soát.", id="capitals"),
    pytest.param("Ủy ban  nhân dân\ntỉnh **Thanh Hóa** rà soát.", id="stars and broken lines"),
    pytest.param("Ủy ban nhân đân tỉnh Thanh Hóa rà soát.", id="a wrong letter"),
    pytest.param("UBND tỉnh Thanh Hóa rà soát.", id="shortened"),
    pytest.param("Chủ tịch UBND tỉnh Thanh Hóa rà soát.", id="its chairman"),
]


@pytest.mark.parametrize("sentence", SPELLINGS)
def test_a_name_is_known_in_every_spelling(sentence):
    assert [each.code for each in only(sentence).leads] == ["thanh-hoa"]


def test_a_name_with_one_wrong_letter_is_known_and_told():
    proposal = only("Bộ Nông nghiệp và Mội trường công bố giá đất.")
    assert [each.code for each in proposal.leads] == ["bnnmt"]
    assert doubts.MISSPELT in proposal.doubts


def test_a_wrong_letter_that_may_mean_two_agencies_means_none():
    alike = (Agency("a", "Ban An toàn Đông Sơn"), Agency("b", "Ban An toàn Đông Tơn"))
    proposal = only("Ban An toàn Đông Lơn rà soát hồ sơ.", register=Register(alike))
    assert [each.code for each in proposal.leads] == [""]


def test_an_agency_that_did_not_exist_then_is_told():
    sentence = "Bộ Thông tin và Truyền thông kiểm tra đường truyền."
    assert only(sentence, issued_on=BEFORE_THE_MERGERS).doubts == ()
    assert only(sentence).doubts == (doubts.NOT_THEN,)


def test_a_name_means_the_agency_of_the_day_of_the_notice():
    cities = (
        Agency("tỉnh", "Ủy ban nhân dân tỉnh Mẫu", kind="province", valid_to=date(2025, 8, 31)),
        Agency("thành phố", "Ủy ban nhân dân thành phố Mẫu", kind="province", valid_from=date(2025, 9, 1)),
    )
    register, sentence = Register(cities), "UBND tỉnh Mẫu rà soát hồ sơ."
    assert [each.code for each in only(sentence, register=register).leads] == ["thành phố"]
    assert [each.code for each in only(sentence, issued_on=date(2025, 8, 1), register=register).leads] == ["tỉnh"]


def test_a_group_has_the_code_of_the_register():
    register = Register(groups=(Group("nganh", "Các bộ, ngành trung ương", ("Các bộ, ngành",)),))
    (lead,) = only("Các bộ, cơ quan rà soát hồ sơ.", register=register).leads
    assert (lead.code, lead.is_group) == ("nganh", True)


COORDINATING = [
    pytest.param(
        "Bộ Y tế chủ trì, phối hợp với Bộ Tài chính và các cơ quan liên quan mua thuốc.",
        ["Bộ Tài chính", "Các cơ quan liên quan"],
        id="a body and a group",
    ),
    pytest.param(
        "Bộ Y tế phối hợp chặt chẽ với các Bộ Tài chính, Công an mua thuốc.",
        ["Bộ Tài chính", "Bộ Công an"],
        id="a shared head",
    ),
    pytest.param("Bộ Y tế phối hợp Bộ Tài chính mua thuốc.", ["Bộ Tài chính"], id="without with"),
    pytest.param("Bộ Y tế chủ trì, cùng Bộ Tài chính mua thuốc.", ["Bộ Tài chính"], id="together with"),
    pytest.param("Bộ Y tế làm việc với UBND tỉnh Gia Lai về vắc xin.", ["Ủy ban nhân dân tỉnh Gia Lai"], id="meeting"),
    pytest.param("Bộ Y tế làm việc với công ty Mẫu về vắc xin.", [], id="a firm that one meets"),
    pytest.param("Bộ Y tế tổng hợp, gửi Bộ Tài chính trước 30/9.", [], id="who only receives a report"),
    pytest.param("Bộ Y tế phối hợp với các lực lượng khác cứu hộ.", [], id="others"),
    pytest.param(
        "Bộ Y tế làm việc với các địa phương (Gia Lai, Huế) về vắc xin.",
        ["Ủy ban nhân dân tỉnh Gia Lai", "Ủy ban nhân dân thành phố Huế"],
        id="the group is told in brackets",
    ),
]


@pytest.mark.parametrize(("sentence", "names"), COORDINATING)
def test_who_works_with_the_lead_coordinates(sentence, names):
    assert coordinating(only(sentence)) == names


@pytest.mark.parametrize(
    ("sentence", "is_open"),
    [
        ("Bộ Y tế phối hợp với các bộ, cơ quan liên quan mua thuốc.", True),
        ("Bộ Y tế phối hợp với các bộ, ngành có liên quan mua thuốc.", True),
        ("Bộ Y tế phối hợp với các bộ, ngành mua thuốc.", False),
        ("Bộ Y tế phối hợp với Bộ Tài chính và liên quan mua thuốc.", False),
    ],
)
def test_of_a_group_that_helps_it_is_told_whether_only_those_concerned_are_meant(sentence, is_open):
    read = only(sentence)
    assert [body.is_open for body in read.coordinating] == [is_open]
    assert doubts.OPEN not in read.doubts


def test_those_concerned_who_are_to_do_it_are_doubtful():
    assert doubts.OPEN in only("Các bộ, cơ quan liên quan rà soát hồ sơ.").doubts
    assert doubts.OPEN not in only("Các bộ, cơ quan rà soát hồ sơ.").doubts
