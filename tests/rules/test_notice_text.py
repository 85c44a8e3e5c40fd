"""Reading a notice: header and paragraphs, with the traps that real notices set. The texts are made up."""

import unicodedata
from datetime import date

import pytest

from directives.rules.notice_text import Header, doubts, read_header, read_paragraphs, reference_of

NOTICE = """\
VĂN PHÒNG CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 07/TB-VPCP
Hà Nội, ngày 09 tháng 01 năm 2025

THÔNG BÁO
Kết luận của Phó Thủ tướng tại cuộc họp về số hóa hồ sơ lưu trữ

Sáng thứ Sáu, ngày 03 tháng 01 năm 2025, tại Trụ sở Chính phủ, Phó Thủ tướng chủ trì cuộc họp về số hóa.
Sau khi nghe báo cáo, Phó Thủ tướng kết luận như sau:
I. ĐÁNH GIÁ CHUNG
Việc số hóa đã được khởi động theo Thông báo số 12/TB-VPCP ngày 10 tháng 01 năm 2024.
II. NHIỆM VỤ
1. Bộ Nội vụ
- Chủ trì rà soát, trình trước ngày 31/3/2025.
- Hướng dẫn các địa phương:
+ Về kho lưu trữ;
+ Về nhân lực.
2. Bộ Tài chính:
a) Bố trí kinh phí;
b) Kiểm tra việc sử dụng;
c) Báo cáo hằng quý;
d) Phối hợp với Bộ Nội vụ;
đ) Tổng hợp;
e) Công khai;
g) Thực hiện nhiệm vụ khác.
Các bộ liên quan phối hợp.
Văn phòng Chính phủ thông báo để các cơ quan biết, thực hiện./.
Nơi nhận:
- Thủ tướng, các Phó Thủ tướng;
- Lưu: VT.
KT. BỘ TRƯỞNG, CHỦ NHIỆM
PHÓ CHỦ NHIỆM
Nguyễn Văn Mẫu
"""


def labelled(text):
    return [(span.label, " ".join(text[span.start : span.end].split())) for span in read_paragraphs(text)]


def labels(text):
    return [span.label for span in read_paragraphs(text)]


def body(*lines):
    """A notice whose body is `lines`."""
    return "Số: 07/TB-VPCP\nHà Nội, ngày 09 tháng 01 năm 2025\nTHÔNG BÁO\nKết luận như sau:\n" + "\n".join(lines)


def test_the_header_is_read():
    assert read_header(NOTICE) == Header(
        number=7,
        symbol="TB-VPCP",
        issued_on=date(2025, 1, 9),
        issuer_name="VĂN PHÒNG CHÍNH PHỦ",
        signer="Nguyễn Văn Mẫu",
        signer_title="KT. BỘ TRƯỞNG, CHỦ NHIỆM / PHÓ CHỦ NHIỆM",
        met_on=date(2025, 1, 3),
        subject="Kết luận của Phó Thủ tướng tại cuộc họp về số hóa hồ sơ lưu trữ",
        kind="conclusion",
        urgency="normal",
        secrecy="",
    )


def test_the_paragraphs_are_labelled_as_they_are_cited():
    assert labelled(NOTICE) == [
        ("I", "I. ĐÁNH GIÁ CHUNG"),
        ("I¶2", "Việc số hóa đã được khởi động theo Thông báo số 12/TB-VPCP ngày 10 tháng 01 năm 2024."),
        ("II", "II. NHIỆM VỤ"),
        ("II.1", "1. Bộ Nội vụ"),
        ("II.1-1", "- Chủ trì rà soát, trình trước ngày 31/3/2025."),
        ("II.1-2", "- Hướng dẫn các địa phương:"),
        ("II.1-2+1", "+ Về kho lưu trữ;"),
        ("II.1-2+2", "+ Về nhân lực."),
        ("II.2", "2. Bộ Tài chính:"),
        ("II.2.a", "a) Bố trí kinh phí;"),
        ("II.2.b", "b) Kiểm tra việc sử dụng;"),
        ("II.2.c", "c) Báo cáo hằng quý;"),
        ("II.2.d", "d) Phối hợp với Bộ Nội vụ;"),
        ("II.2.đ", "đ) Tổng hợp;"),
        ("II.2.e", "e) Công khai;"),
        ("II.2.g", "g) Thực hiện nhiệm vụ khác."),
        ("II.2.g¶2", "Các bộ liên quan phối hợp."),
        ("II.2.g¶3", "Văn phòng Chính phủ thông báo để các cơ quan biết, thực hiện"),
    ]


def test_the_depth_is_that_of_the_numbering():
    depths = {span.label: span.depth for span in read_paragraphs(NOTICE)}
    assert {label: depths[label] for label in ("I", "II.1", "II.1-2", "II.1-2+1", "II.2.a")} == {
        "I": 1, "II.1": 2, "II.1-2": 3, "II.1-2+1": 4, "II.2.a": 3,
    }  # fmt: skip


def test_decomposed_letters_change_no_header_and_no_label_and_offsets_stay_exact():
    decomposed = unicodedata.normalize("NFD", NOTICE)
    assert read_header(decomposed) == read_header(NOTICE)
    composed = [(label, unicodedata.normalize("NFC", words)) for label, words in labelled(decomposed)]
    assert composed == labelled(NOTICE)


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


TWO_COLUMNS = """\
   ỦY BAN NHÂN DÂN                 CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
      TỈNH MẪU                         Độc lập - Tự do - Hạnh phúc
   Số: 15 /UBND-TH                    Mẫu, ngày 02 tháng 6 năm 2026
 V/v rà soát hồ sơ
lưu trữ

Kính gửi: Các sở, ngành.
   Chủ tịch UBND tỉnh yêu cầu:
   1. Sở Nội vụ rà soát./.
Nơi nhận:                              TUQ. CHỦ TỊCH
- Như trên;                            CHÁNH VĂN PHÒNG

                                       Trần Thị Mẫu
"""


def test_columns_side_by_side_are_told_apart():
    header = read_header(TWO_COLUMNS)
    assert header == Header(
        number=15,
        symbol="UBND-TH",
        issued_on=date(2026, 6, 2),
        issuer_name="ỦY BAN NHÂN DÂN TỈNH MẪU",
        subject="rà soát hồ sơ lưu trữ",
        signer="Trần Thị Mẫu",
        signer_title="TUQ. CHỦ TỊCH / CHÁNH VĂN PHÒNG",
        kind="letter",
    )
    assert labelled(TWO_COLUMNS) == [("1", "1. Sở Nội vụ rà soát")]


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


def test_an_excerpt_without_a_head_is_all_body():
    assert labelled("Mở đầu.\n\nTiếp theo.") == [("¶1", "Mở đầu."), ("¶2", "Tiếp theo.")]


def test_a_figure_left_by_a_broken_line_is_no_number():
    text = body(
        "1. Bộ Nông nghiệp và Môi trường rà soát quy định của pháp luật hiện hành tại Khoản",
        "3 - Điều 61 của Luật, trình cấp có thẩm quyền xem xét, quyết định theo Khoản",
        "2. Điều 5 của Nghị định và báo cáo Thủ tướng Chính phủ kết quả trong tháng",
        "12. Các tỉnh phối hợp thực hiện, kiểm tra việc vận hành tuyến cao tốc Bến Lức",
        "- Long Thành và các tuyến khác trên địa bàn theo đúng quy định của pháp luật.",
        "2. Bộ Tài chính bố trí kinh phí cho việc rà soát theo quy định của pháp luật.",
    )
    assert labels(text) == ["1", "2"]


def test_numbers_that_begin_again_are_told_apart():
    text = body("1. Một.", "2. Hai.", "Đối với các địa phương:", "1. Ba.", "a) Bốn.", "2. Năm.")
    assert labels(text) == ["1", "2", "2¶2", "1 (2)", "1 (2).a", "2 (2)"]


def test_points_begin_again_below_the_next_number():
    assert labels(body("1. Một:", "a) Hai;", "b) Ba.", "2. Bốn:", "a) Năm.")) == ["1", "1.a", "1.b", "2", "2.a"]


def test_an_excerpt_may_begin_in_the_middle():
    assert labels(body("II. Giải pháp", "5. Một.", "6. Hai.")) == ["II", "II.5", "II.6"]


MARKS = [
    pytest.param(["A. Một", "I. Hai", "1. Ba", "1.1. Bốn", "1.2. Năm"], ["A", "A.I", "A.I.1", "A.I.1.1", "A.I.1.2"]),
    pytest.param(["(1) Một:", "- Hai;", "(2) Ba:"], ["1", "1-1", "2"]),
    pytest.param(["- Một:", "(1) Hai;", "(2) Ba.", "- Bốn."], ["-1", "-1.1", "-1.2", "-2"]),
    pytest.param(["Điều 1. Một", "1. Hai", "Điều 2. Ba"], ["1", "1.1", "2"]),
    pytest.param(["1. Một:", "(i) Hai;", "(ii) Ba."], ["1", "1.i", "1.ii"]),
    pytest.param(["**1. Một**", "* Hai;", "* Ba."], ["1", "1*1", "1*2"]),
    pytest.param(["1/ Một.", "2/ Hai."], ["1", "2"]),
]


@pytest.mark.parametrize(("lines", "expected"), MARKS)
def test_marks_of_every_kind(lines, expected):
    assert labels(body(*lines)) == expected


def test_the_opening_and_the_foot_are_no_paragraphs():
    text = NOTICE.replace("/.", "")
    assert labelled(text)[0][0] == "I"
    assert labelled(text)[-1][1].endswith("biết, thực hiện.")


def test_windows_line_ends_change_nothing():
    assert labelled(NOTICE.replace("\n", "\r\n")) == labelled(NOTICE)


def test_what_the_text_does_not_say_is_told():
    assert doubts(read_header(NOTICE), read_paragraphs(NOTICE)) == []
    assert doubts(Header(number=5, symbol="UBND-KT", kind="letter"), []) == [
        "No issue date was found.", "No issuer was found.", "No subject was found.", "No signer was found.",
        "No paragraph was found.",
    ]  # fmt: skip
