"""Reading the head of a notice: number, date, stamps, and whose reports are meant. The texts are made up."""

from datetime import date

import pytest

from directives.rules.notice_text import read_header, reference_of
from tests.rules.conclusion import NOTICE

NUMBERS = [
    pytest.param("Số: 369/TB-VPCP", 369, "TB-VPCP", "conclusion", id="a notice"),
    pytest.param("Số: 9387 /UBND-KT", 9387, "UBND-KT", "letter", id="a stray blank"),
    pytest.param("Số : 05 / CT - TTg", 5, "CT-TTg", "instruction", id="blanks everywhere"),
    pytest.param("SỐ: 136/CĐ-TTg", 136, "CĐ-TTg", "telegram", id="capitals"),
    pytest.param("**Số: 12/TB-BCĐCĐS**", 12, "TB-BCĐCĐS", "conclusion", id="bold, a steering committee"),
    pytest.param("Số: 19/2025/QĐ-TTg", 19, "2025/QĐ-TTg", "decision", id="a year within the symbol"),
    pytest.param("Số 104-CTr/TU", 104, "CTr/TU", "letter", id="the Party's order"),
    pytest.param("Số 08-KL/TW", 8, "KL/TW", "conclusion", id="a conclusion of the Party"),
    pytest.param("Số:           /UBND-KT", None, "UBND-KT", "letter", id="not yet numbered"),
    pytest.param("Số: 55/KH-UBND", 55, "KH-UBND", "plan", id="a plan"),
    pytest.param("Số: 3/NQ-CP", 3, "NQ-CP", "resolution", id="a resolution"),
]


@pytest.mark.parametrize(("line", "number", "symbol", "kind"), NUMBERS)
def test_number_symbol_and_kind(line, number, symbol, kind):
    header = read_header(f"UBND TỈNH MẪU\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{line}\nMẫu, ngày 9 tháng 8 năm 2024\n")
    assert (header.number, header.symbol, header.kind) == (number, symbol, kind)


REFERENCES = [
    pytest.param(9, "TB-VPCP", "09/TB-VPCP", id="below ten"),
    pytest.param(369, "TB-VPCP", "369/TB-VPCP", id="of the State"),
    pytest.param(19, "2025/QĐ-TTg", "19/2025/QĐ-TTg", id="with its year"),
    pytest.param(104, "CTr/TU", "104-CTr/TU", id="of the Party"),
    pytest.param(None, "TB-VPCP", "", id="not yet numbered"),
]


@pytest.mark.parametrize(("number", "symbol", "cited"), REFERENCES)
def test_a_reference_is_written_as_it_is_cited(number, symbol, cited):
    assert reference_of(number, symbol) == cited


DATES = [
    pytest.param("Hà Nội, ngày 09 tháng 8 năm 2024", date(2024, 8, 9), id="in words"),
    pytest.param("*Hà Nội, ngày 09\ntháng 8 năm 2024*", date(2024, 8, 9), id="broken over lines"),
    pytest.param("Hà Nội, ngày 09/8/2024", date(2024, 8, 9), id="in figures"),
    pytest.param("Lào Cai, ngày      tháng 6 năm 2026", None, id="not yet dated"),
    pytest.param("Hà Nội, ngày 31 tháng 6 năm 2024", None, id="no such day"),
]


@pytest.mark.parametrize(("line", "issued_on"), DATES)
def test_the_issue_date_stands_beside_the_place(line, issued_on):
    assert read_header(f"BỘ MẪU\nSố: 1/TB-BM\n{line}\nTHÔNG BÁO\nKết luận\n").issued_on == issued_on


def test_the_meeting_is_not_taken_for_the_issue():
    text = "BỘ MẪU\nSố: 1/TB-BM\nTHÔNG BÁO\nKết luận\nSáng thứ Sáu, ngày 19 tháng 7 năm 2024, họp giao ban.\n1. Một."
    assert read_header(text).issued_on is None


STAMPS = [
    pytest.param("MẬT", "mat", "normal", id="secret"),
    pytest.param("Độ mật: Tối mật", "toi_mat", "normal", id="top secret, in words"),
    pytest.param("TUYỆT MẬT", "tuyet_mat", "normal", id="of the highest secrecy"),
    pytest.param("HOẢ TỐC", "", "express", id="express, the tone on the a"),
    pytest.param("THƯỢNG KHẨN", "", "very_urgent", id="very urgent"),
    pytest.param("KHẨN", "", "urgent", id="urgent"),
    pytest.param("LƯU HÀNH NỘI BỘ", "", "normal", id="for internal use is no secret"),
]


@pytest.mark.parametrize(("stamp", "secrecy", "urgency"), STAMPS)
def test_stamps_of_secrecy_and_urgency(stamp, secrecy, urgency):
    header = read_header(f"{stamp}\n{NOTICE}")
    assert (header.secrecy, header.urgency) == (secrecy, urgency)
    assert header.number == 7


def test_a_title_about_state_secrets_is_no_stamp():
    text = NOTICE.replace("Kết luận của Phó Thủ tướng", "KẾT LUẬN VỀ CÔNG TÁC BẢO VỆ BÍ\nMẬT")
    assert read_header(text).secrecy == ""


REPORTS = [
    pytest.param(
        "Ngày 9/8/2024, Văn phòng Chính phủ đã ban hành Thông báo số 369/TB-VPCP về chuyển đổi số.",
        (369, "TB-VPCP", date(2024, 8, 9), "Văn phòng Chính phủ"),
        id="issued on a day",
    ),
    pytest.param(
        "Bộ Mẫu vừa có công văn 52/BM-VP (ngày 5/6/2018) gửi các tỉnh.",
        (52, "BM-VP", date(2018, 6, 5), ""),
        id="the day in brackets",
    ),
    pytest.param(
        "Tại Thông báo 596/TB-VPCP năm 2025, Thủ tướng yêu cầu rà soát.",
        (596, "TB-VPCP", None, ""),
        id="the document speaks",
    ),
    pytest.param(
        "Các tỉnh tiếp tục thực hiện Chỉ thị số 26/CT-TTg và chỉ đạo tại Công văn 90/VPCP-CN.",
        (None, "", None, ""),
        id="cited documents are not the one",
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), REPORTS)
def test_a_report_is_of_the_document_that_it_says_was_issued(sentence, expected):
    header = read_header(sentence)
    assert (header.number, header.symbol, header.issued_on, header.issuer_name) == expected
