"""Columns of a list: what a heading means, as offices write them, with or without marks, and in English."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from directives.rules.lists.cells import Cell, plain_words, text_of

HEADINGS_WITHIN = 40  # rows from the top among which the headings are looked for
# Rows that head a section: "I", "A", "IV." and a title.
SECTION = re.compile(r"(?:[IVXLC]{1,6}|[A-Z]|Phần .{1,10})[.)]?", re.IGNORECASE)
SECTION_TITLE = re.compile(r"(?:[IVXLC]{1,6}|[A-Z])[.)]\s+\S.*", re.DOTALL)
COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?")


class Means(StrEnum):
    """What a column of a list says; the names are those of the directive's fields."""

    NUMBER = "number"
    CODE = "code"
    NOTICE = "notice"
    QUOTE = "quote"
    WORDING = "wording"
    PRODUCT = "product"
    FIELD = "field"
    DECIDED_BY = "decided_by"
    LEAD = "lead"
    SHARE = "share"
    COORDINATING = "coordinating"
    COORDINATING_DUE_ON = "coordinating_due_on"
    DEADLINE = "due_on"
    DEADLINE_TEXT = "deadline_text"
    DEADLINE_KIND = "deadline_kind"
    RECURRENCE = "recurrence"
    REVIEW_ON = "review_on"
    NOTE = "note"


# Plain words; the first of each is the commonest. A heading means what it is, else the longest that it begins with.
HEADINGS: Mapping[Means, tuple[str, ...]] = {
    Means.NUMBER: ("stt", "tt", "so tt", "so thu tu", "thu tu", "no", "nr", "order"),
    Means.CODE: ("ma nhiem vu", "ma so nhiem vu", "directive code", "directive id"),
    Means.NOTICE: (
        "so ky hieu",
        "so tbkl",
        "so thong bao",
        "so thong bao ket luan",
        "thong bao ket luan",
        "so van ban",
        "so ky hieu van ban",
        "van ban giao",
        "van ban giao nhiem vu",
        "so van ban giao",
        "number and symbol",
        "notice",
    ),
    Means.QUOTE: (
        "cau trich nguyen van",
        "cau trong thong bao",
        "trich nguyen van",
        "nguyen van",
        "trich dan",
        "noi dung nguyen van",
        "sentence of the notice",
        "quote",
    ),
    Means.WORDING: (
        "noi dung nhiem vu",
        "noi dung",
        "nhiem vu",
        "nhiem vu duoc giao",
        "nhiem vu giao",
        "noi dung nhiem vu giao",
        "noi dung nhiem vu duoc giao",
        "noi dung cong viec",
        "noi dung giao",
        "noi dung chi dao",
        "noi dung thuc hien",
        "ten nhiem vu",
        "nhiem vu giai phap",
        "nhiem vu trong tam",
        "noi dung ket luan",
        "cong viec",
        "wording",
        "directive",
        "task",
        "content",
    ),
    Means.PRODUCT: (
        "san pham",
        "san pham dau ra",
        "san pham du kien",
        "san pham hoan thanh",
        "san pham can dat",
        "ket qua dau ra",
        "ket qua san pham",
        "ket qua du kien",
        "product expected",
        "product",
        "deliverable",
        "output",
    ),
    Means.FIELD: ("linh vuc", "nhom nhiem vu", "nhom linh vuc", "field", "area"),
    Means.DECIDED_BY: (
        "ai quyet dinh",
        "cap quyet dinh",
        "cap co tham quyen",
        "cap trinh",
        "tham quyen",
        "tham quyen quyet dinh",
        "nguoi quyet dinh",
        "cap phe duyet",
        "cap ban hanh",
        "who decides",
        "decided by",
    ),
    Means.LEAD: (
        "chu tri",
        "co quan chu tri",
        "don vi chu tri",
        "co quan don vi chu tri",
        "co quan thuc hien",
        "don vi thuc hien",
        "co quan chu tri thuc hien",
        "don vi chu tri thuc hien",
        "co quan duoc giao",
        "don vi duoc giao",
        "don vi duoc giao chu tri",
        "phan cong chu tri",
        "trach nhiem thuc hien",
        "phan cong thuc hien",
        "lead",
        "lead agency",
        "responsible",
        "responsible agency",
    ),
    Means.SHARE: (
        "chu tri phan minh",
        "cac co quan cung thuc hien",
        "co quan cung thuc hien",
        "own share",
        "share",
    ),
    Means.COORDINATING: (
        "phoi hop",
        "co quan phoi hop",
        "don vi phoi hop",
        "co quan don vi phoi hop",
        "co quan phoi hop thuc hien",
        "don vi phoi hop thuc hien",
        "phoi hop thuc hien",
        "coordinating",
        "coordinating agencies",
        "coordinating agency",
        "cooperating agencies",
    ),
    Means.COORDINATING_DUE_ON: (
        "thoi han cua co quan phoi hop",
        "thoi han phoi hop",
        "deadline of the coordinating agencies",
    ),
    Means.DEADLINE: (
        "thoi han",
        "thoi han hoan thanh",
        "thoi han thuc hien",
        "thoi gian hoan thanh",
        "thoi gian thuc hien",
        "thoi gian",
        "han hoan thanh",
        "han xu ly",
        "thoi han xu ly",
        "han",
        "ngay den han",
        "tien do",
        "tien do hoan thanh",
        "tien do thuc hien",
        "thoi diem hoan thanh",
        "deadline",
        "due date",
        "due on",
        "due",
    ),
    Means.DEADLINE_TEXT: (
        "thoi han ghi trong thong bao",
        "thoi han theo van ban",
        "thoi han ghi trong van ban",
        "thoi han van ban",
        "deadline as written",
    ),
    Means.DEADLINE_KIND: ("loai thoi han", "kind of deadline"),
    Means.RECURRENCE: ("dinh ky", "tinh dinh ky", "recurrence"),
    Means.REVIEW_ON: ("ngay xem lai", "review date"),
    Means.NOTE: ("ghi chu", "luu y", "y kien", "note", "notes", "remarks", "remark"),
}
BY_HEADING = {heading: means for means, headings in HEADINGS.items() for heading in headings}
IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def meaning(heading: str) -> tuple[Means, bool] | None:
    """What a heading means, and whether it says nothing but that; None where it is not known."""
    for words in (plain_words(heading), plain_words(IN_BRACKETS.sub(" ", heading))):
        if words in BY_HEADING:
            return BY_HEADING[words], True
    beginnings = [known for known in BY_HEADING if len(known) > 4 and f"{words} ".startswith(f"{known} ")]
    return (BY_HEADING[max(beginnings, key=len)], False) if beginnings else None


def guess(headings: Sequence[Cell]) -> list[Means | None]:
    """What each column means; each meaning once, for the heading that says it best, else for the first one."""
    read = [meaning(text_of(heading)) for heading in headings]
    taken: dict[Means, int] = {}
    for wanted in (True, False):
        for at, found in enumerate(read):
            if found is not None and found[1] is wanted:
                taken.setdefault(found[0], at)
    return [found[0] if found and taken[found[0]] == at else None for at, found in enumerate(read)]


def heading_row(rows: Sequence[Sequence[Cell]]) -> int:
    """Which row holds the headings, from 0: the one that says most, the lower of two; else the first that is filled."""
    best, most = None, 0
    for at, row in enumerate(rows[:HEADINGS_WITHIN]):
        found = [means for means in guess(row) if means]
        if Means.WORDING in found and len(found) >= max(most, 2):
            best, most = at, len(found)
    if best is not None:
        return best
    return next((at for at, row in enumerate(rows) if any(map(text_of, row))), 0)


def numbers_columns(row: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns, as official tables do below the headings: (1) (2) (3)."""
    said = [text_of(cell) for cell in row if text_of(cell)]
    found = [COLUMN_NUMBER.fullmatch(text) for text in said]
    if len(said) < 3 or not all(found):
        return False
    numbers = [int(one[1]) for one in found if one]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def heads_section(cells: Mapping[Means, Cell]) -> bool:
    """Whether a row is the title of a section and gives nobody anything to do."""
    said = {means: text_of(cell) for means, cell in cells.items() if text_of(cell)}
    number, title = said.pop(Means.NUMBER, ""), said.pop(Means.WORDING, "")
    if said:
        return False
    if not title:
        return bool(SECTION_TITLE.fullmatch(number))
    return bool(SECTION.fullmatch(number)) or (not number and bool(SECTION_TITLE.fullmatch(title)))
