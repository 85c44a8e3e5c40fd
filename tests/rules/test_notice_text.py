"""Reading a notice: header and paragraphs, with the traps that real notices set. The texts are made up."""

import unicodedata
from datetime import date

import pytest

from directives.rules.notice_text import Header, doubts, read_header, read_paragraphs
from tests.rules.conclusion import NOTICE


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
        issuer_lines=("VĂN PHÒNG CHÍNH PHỦ",),
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
        issuer_lines=("ỦY BAN NHÂN DÂN", "TỈNH MẪU"),
        subject="rà soát hồ sơ lưu trữ",
        signer="Trần Thị Mẫu",
        signer_title="TUQ. CHỦ TỊCH / CHÁNH VĂN PHÒNG",
        kind="letter",
    )
    assert labelled(TWO_COLUMNS) == [("1", "1. Sở Nội vụ rà soát")]


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
