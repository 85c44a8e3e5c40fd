"""What headings mean and whom cells name, as offices write them: with marks, without, in short, and in English."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.deadlines import Kind
from directives.rules.lists.bodies import Names
from directives.rules.lists.cells import cut, day_of, plain_words, text_of
from directives.rules.lists.columns import Means, guess, heading_row, heads_section, meaning, numbers_columns
from directives.rules.lists.deadlines import ANOTHER_DAY, read_deadline
from directives.rules.working_days import Calendar

ISSUED_ON = date(2024, 8, 9)
HEADINGS = {
    "STT": Means.NUMBER,
    "Số TT": Means.NUMBER,
    "Nội dung nhiệm vụ": Means.WORDING,
    "NOI DUNG NHIEM VU": Means.WORDING,
    "Nội dung nhiệm vụ giao": Means.WORDING,
    "Nhiệm vụ cụ thể": Means.WORDING,
    "Cơ quan chủ trì": Means.LEAD,
    "Đơn vị\nchủ trì": Means.LEAD,
    "Co quan, don vi chu tri": Means.LEAD,
    "Cơ quan phối hợp": Means.COORDINATING,
    "Phối hợp": Means.COORDINATING,
    "Thời hạn": Means.DEADLINE,
    "Thời hạn hoàn thành (theo Kế hoạch)": Means.DEADLINE,
    "THỜI GIAN HOÀN THÀNH": Means.DEADLINE,
    "Thời hạn theo văn bản": Means.DEADLINE_TEXT,
    "Sản phẩm": Means.PRODUCT,
    "Sản phẩm đầu ra": Means.PRODUCT,
    "Ghi chú": Means.NOTE,
    "Lĩnh vực": Means.FIELD,
    "Số TBKL (Số/Ngày/Lãnh đạo ký)": Means.NOTICE,
    "Lead agency": Means.LEAD,
    "Deadline": Means.DEADLINE,
    "Task": Means.WORDING,
    "Kết quả thực hiện": None,
    "Trạng thái": None,
    "Trích yếu": None,
    "Điện thoại": None,
    "": None,
}


@pytest.mark.parametrize(("heading", "means"), HEADINGS.items())
def test_a_heading_means_what_offices_mean_by_it(heading, means):
    assert (meaning(heading) or (None,))[0] == means


def test_each_meaning_is_guessed_once_for_the_heading_that_says_it_best():
    assert guess(["Nhiệm vụ cụ thể", "Nội dung nhiệm vụ", "Thời hạn", "Tiến độ"]) == [
        None,
        Means.WORDING,
        Means.DEADLINE,
        None,
    ]


HEAD = ["STT", "Nội dung", "Cơ quan thực hiện", None, "Thời hạn"]
BELOW = ["STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn"]
TABLES = {
    "below a title": ([["DANH MỤC NHIỆM VỤ"], [], BELOW, [1, "Việc"]], 2),
    "the lower of two": ([HEAD, BELOW, [1, "Việc"]], 1),
    "none that is known": ([[], ["Một", "Hai"], ["a", "b"]], 1),
    "nothing at all": ([], 0),
}


@pytest.mark.parametrize(("rows", "at"), TABLES.values(), ids=TABLES)
def test_the_row_of_the_headings_is_found(rows, at):
    assert heading_row(rows) == at


@pytest.mark.parametrize(
    ("row", "numbers"),
    [(["(1)", "(2)", "(3)"], True), ([1, 2, 3, 4], True), ([1, "Việc", 3], False), ([1, 2], False), ([1, 3, 4], False)],
)
def test_a_row_may_only_number_the_columns(row, numbers):
    assert numbers_columns(row) is numbers


SECTIONS = [
    ({Means.NUMBER: "I", Means.WORDING: "Về thể chế"}, True),
    ({Means.NUMBER: "A.", Means.WORDING: "Nhiệm vụ chung", Means.LEAD: ""}, True),
    ({Means.NUMBER: "I. Nhiệm vụ trọng tâm", Means.WORDING: None}, True),
    ({Means.WORDING: "II. Nhiệm vụ khác"}, True),
    ({Means.NUMBER: 1, Means.WORDING: "Việc"}, False),
    ({Means.NUMBER: "I", Means.WORDING: "Việc", Means.LEAD: "Bộ Y tế"}, False),
    ({Means.WORDING: "Việc"}, False),
    ({}, False),
]


@pytest.mark.parametrize(("cells", "heads"), SECTIONS)
def test_a_title_of_a_section_is_no_directive(cells, heads):
    assert heads_section(cells) is heads


# --- bodies

NAMES = Names(
    {
        "bca": ["Bộ Công an", "Công an", "BCA"],
        "btc": ["Bộ Tài chính", "Tài chính", "BTC"],
        "byt": ["Bộ Y tế", "Y tế", "Ministry of Health"],
        "bvh": ["Bộ Văn hóa, Thể thao và Du lịch", "Bộ VHTTDL"],
        "bgd": ["Bộ Giáo dục và Đào tạo"],
        "bld": ["Bộ Lao động - Thương binh và Xã hội"],
        "bkh": ["Bộ Khoa học và Công nghệ", "Bộ KH&CN"],
        "hn": ["Ủy ban nhân dân thành phố Hà Nội", "Hà Nội", "UBND TP Hà Nội"],
        "hg": ["Ủy ban nhân dân tỉnh Hà Giang", "Hà Giang", "UBND tỉnh Hà Giang"],
        "hna": ["Ủy ban nhân dân tỉnh Hà Nam", "Hà Nam"],
        "hnam2": ["Hạ Nam"],
        "bn": ["Các bộ, ngành", "Bộ, ngành"],
        "dp": ["Các địa phương", "Các tỉnh, thành phố"],
        "bndp": ["Các bộ, ngành, địa phương"],
    }.items()
)
CELLS = {
    "Bộ Công an": ["bca"],
    "bo cong an": ["bca"],
    "BỘ CÔNG AN": ["bca"],
    "BCA": ["bca"],
    "Bộ Công an, Tài chính, Y tế": ["bca", "btc", "byt"],
    "Các Bộ: Công an, Tài chính và Y tế": ["bca", "btc", "byt"],
    "Bo Van hoa, The thao va Du lich, Bo Y te": ["bvh", "byt"],
    "Bộ Văn hoá, Thể thao và Du lịch": ["bvh"],
    "Bộ Giáo dục và Đào tạo và Bộ Y tế": ["bgd", "byt"],
    "Bộ Lao động – Thương binh và Xã hội; Bộ KH&CN": ["bld", "bkh"],
    "- Bộ Công an\n- Bộ Y tế": ["bca", "byt"],
    "1. Bộ Y tế\n2) BTC": ["byt", "btc"],
    "BTC/BCA": ["btc", "bca"],
    "Bộ Tài chính - Bộ Y tế": ["btc", "byt"],
    "Bộ Tài chính (chủ trì), phối hợp với Bộ Y tế": ["btc", "byt"],
    "Các bộ, ngành, địa phương": ["bndp"],
    "các bộ, ngành; Hà Nội, Hà Giang": ["bn", "hn", "hg"],
    "Các tỉnh, thành phố: Hà Nội, Hà Giang": ["hn", "hg"],
    "UBND các tỉnh: Hà Giang, Hà Nam": ["hg", "hna"],
    "Ministry of Health": ["byt"],
    "Bộ Y tế, Bộ Y tế": ["byt"],
    "Hạ Nam": ["hnam2"],
    "": [],
    " , ; ": [],
}


@pytest.mark.parametrize(("cell", "keys"), CELLS.items())
def test_bodies_are_known_by_all_their_names(cell, keys):
    assert [one.keys for one in NAMES.read(cell)] == [(key,) for key in keys]


# Nothing here may be taken for a ministry that it only sounds like.
UNCLEAR = {
    "Sở Y tế": [("Sở Y tế", ())],
    "Phòng Tài chính": [("Phòng Tài chính", ())],
    "Công an tỉnh Hà Nam": [("Công an tỉnh Hà Nam", ())],
    "Bộ Công an và các đơn vị liên quan": [("Bộ Công an", ("bca",)), ("đơn vị liên quan", ())],
    "Bộ Không Có, Bộ Y tế": [("Bộ Không Có", ()), ("Bộ Y tế", ("byt",))],
    "Ha Nam": [("Ha Nam", ("hna", "hnam2"))],
    "Bộ": [("Bộ", ())],
}


@pytest.mark.parametrize(("cell", "read"), UNCLEAR.items())
def test_what_is_unclear_is_asked_and_never_guessed(cell, read):
    assert [(one.text, one.keys) for one in NAMES.read(cell)] == read


@given(st.text(alphabet="Bộ Công an,;:/()-–\n\tvàcácsởYtế1.🙂", max_size=60))
def test_no_cell_however_mangled_breaks_the_reading(cell):
    for one in NAMES.read(cell):
        assert one.text
        assert len(set(one.keys)) == len(one.keys)


@given(st.lists(st.sampled_from(["Bộ Công an", "Bộ Y tế", "Hà Nội", "Các bộ, ngành"]), unique=True))
def test_names_joined_by_semicolons_are_read_back(names):
    read = NAMES.read("; ".join(names))
    assert [one.text for one in read] == names
    assert all(one.is_clear for one in read)


# --- cells and deadlines


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2024, 12, 31), date(2024, 12, 31)),
        ("31/12/2024", date(2024, 12, 31)),
        (" 1.2.2025 ", date(2025, 2, 1)),
        ("2024-12-31", date(2024, 12, 31)),
        ("31/02/2024", None),
        ("trước ngày 31/12/2024", None),
        ("12/2024", None),
        (45657, None),
        (None, None),
    ],
)
def test_a_day_is_a_day_or_written_as_nothing_else(cell, day):
    assert day_of(cell) == day


@pytest.mark.parametrize(
    ("cell", "text"), [(12.0, "12"), (1.5, "1.5"), (None, ""), (" a\r\nb ", "a\nb"), ("e\u0302", "ê")]
)
def test_a_cell_says_its_text(cell, text):
    assert text_of(cell) == text


def test_a_text_is_cut_to_what_a_cell_keeps():
    assert (len(cut("x" * 40_000)), cut("x")) == (32_767, "x")


def test_plain_words_have_no_marks_and_no_signs():
    assert plain_words("  Cơ quan, ĐƠN VỊ chủ_trì (*) ") == "co quan don vi chu tri"


def test_the_day_that_is_given_wins_over_the_words_and_says_so():
    read = read_deadline(date(2024, 10, 1), "trong tháng 9/2024", ISSUED_ON, Calendar())
    assert (read.kind, read.due_on, read.text, read.review) == (
        Kind.DATE,
        date(2024, 10, 1),
        "trong tháng 9/2024",
        ANOTHER_DAY,
    )
