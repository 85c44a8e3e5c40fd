"""A deadline that a person types in place of the one that was read."""

from datetime import date

import pytest

from directives.rules.deadlines import Every, Kind, Recurrence
from directives.rules.refusals import Invalid
from directives.rules.typed_days import typed_deadline

ISSUED_ON = date(2026, 10, 6)

TYPED = [
    ("5/12", Kind.DATE, date(2026, 12, 5)),
    ("5/3", Kind.DATE, date(2027, 3, 5)),  # the next one
    ("31/12/2026", Kind.DATE, date(2026, 12, 31)),
    (" 31 / 12 / 26 ", Kind.DATE, date(2026, 12, 31)),
    ("05.12.2026", Kind.DATE, date(2026, 12, 5)),
    ("quý IV", Kind.PERIOD, date(2026, 12, 31)),
    ("tháng 11", Kind.PERIOD, date(2026, 11, 30)),
    ("trước ngày 20 tháng 10 năm 2026", Kind.DATE, date(2026, 10, 20)),
    ("khẩn trương", Kind.URGENT_UNDATED, None),
    ("", Kind.NONE, None),
    ("không", Kind.NONE, None),
    (" Không có thời hạn ", Kind.NONE, None),
    ("không thời hạn", Kind.NONE, None),
    ("no deadline", Kind.NONE, None),
    ("30 6 2027", Kind.DATE, date(2027, 6, 30)),
    ("30 6", Kind.DATE, date(2027, 6, 30)),
    ("30-6-27", Kind.DATE, date(2027, 6, 30)),
    ("ngay 30/6/2027", Kind.DATE, date(2027, 6, 30)),
    ("truoc ngay 30 thang 6 nam 2027", Kind.DATE, date(2027, 6, 30)),
    ("quy II", Kind.PERIOD, date(2027, 6, 30)),
    ("Quy 2/2027", Kind.PERIOD, date(2027, 6, 30)),
    ("q2/2027", Kind.PERIOD, date(2027, 6, 30)),
    ("het quy iv nam 2026", Kind.PERIOD, date(2026, 12, 31)),
    ("thang 3/2027", Kind.PERIOD, date(2027, 3, 31)),
    ("cuoi nam", Kind.PERIOD, date(2026, 12, 31)),
    ("trong 30 ngay ke tu ngay ban hanh", Kind.RELATIVE, date(2026, 11, 5)),
    ("10 ngay lam viec ke tu ngay ky", Kind.RELATIVE, date(2026, 10, 20)),
    ("khan truong", Kind.URGENT_UNDATED, None),
    ("ngay", Kind.URGENT_UNDATED, None),
    ("Chưa xác định thời hạn (yêu cầu khẩn trương)", Kind.URGENT_UNDATED, None),
    ("thuong xuyen", Kind.ONGOING, None),
    ("khong co thoi han", Kind.NONE, None),
]


@pytest.mark.parametrize(("words", "kind", "due_on"), TYPED)
def test_what_is_typed_is_understood(words, kind, due_on):
    found = typed_deadline(words, ISSUED_ON)
    assert (found.kind, found.due_on, found.review) == (kind, due_on, "")


def test_what_recurs_keeps_its_day():
    assert typed_deadline("hằng tháng, trước ngày 25", ISSUED_ON).recurrence == Recurrence(Every.MONTH, 25)


HOW_OFTEN = [
    ("6 tháng một lần", Recurrence(Every.HALF)),
    ("Sáu tháng một lần", Recurrence(Every.HALF)),
    ("6 tháng", Recurrence(Every.HALF)),
    ("định kỳ 6 tháng", Recurrence(Every.HALF)),
    ("nửa năm", Recurrence(Every.HALF)),
    ("30/6 và 31/12 hằng năm", Recurrence(Every.HALF)),
    ("25/6, 25/12 hằng năm", Recurrence(Every.HALF, 25)),
    ("15/12 hằng năm", Recurrence(Every.YEAR, 15, 12)),
    ("3 tháng một lần", Recurrence(Every.QUARTER)),
    ("mỗi tháng một lần", Recurrence(Every.MONTH)),
    ("một năm một lần", Recurrence(Every.YEAR)),
    ("hang thang", Recurrence(Every.MONTH)),
    ("hang thang ngay 5", Recurrence(Every.MONTH, 5)),
    ("hằng tháng ngày 5", Recurrence(Every.MONTH, 5)),
    ("hằng tháng ngay 5", Recurrence(Every.MONTH, 5)),
    ("ngay 5 hang thang", Recurrence(Every.MONTH, 5)),
    ("hang thang mung 5", Recurrence(Every.MONTH, 5)),
    ("mùng 5 hằng tháng", Recurrence(Every.MONTH, 5)),
    ("dinh ky hang quy, truoc ngay 20", Recurrence(Every.QUARTER, 20)),
    ("6 thang mot lan", Recurrence(Every.HALF)),
    ("sau thang mot lan", Recurrence(Every.HALF)),
    ("nua nam", Recurrence(Every.HALF)),
    ("hang tuan thu 6", Recurrence(Every.WEEK, 5)),
    ("thu nam hang tuan", Recurrence(Every.WEEK, 4)),
    ("hang nam", Recurrence(Every.YEAR)),
    ("15/12 hang nam", Recurrence(Every.YEAR, 15, 12)),
    ("hang ngay", Recurrence(Every.DAY)),
]


@pytest.mark.parametrize(("words", "recurrence"), HOW_OFTEN)
def test_how_often_is_understood_as_people_say_it(words, recurrence):
    found = typed_deadline(words, ISSUED_ON)
    assert (found.kind, found.recurrence, found.review) == (Kind.RECURRING, recurrence, "")


NOT_A_DEADLINE = (
    "Type a day (5/12 or 31/12/2026), a month, a quarter, or how often it recurs (hằng tháng, 6 tháng một lần)."
)
REFUSED = [
    pytest.param("15/3 và 15/9 hằng năm", NOT_A_DEADLINE, id="a part would be dropped"),
    pytest.param("31/2", "The deadline names a day that does not exist.", id="no such day"),
    pytest.param("1/10/2026", "The deadline lies before the issue date.", id="too early"),
    pytest.param("mai kia", NOT_A_DEADLINE, id="no deadline"),
    pytest.param("30 2 2027", "The deadline names a day that does not exist.", id="no such day, with blanks"),
    pytest.param("hằng tháng 5", NOT_A_DEADLINE, id="a figure of which nobody knows what it counts"),
    pytest.param("tháng 5 hằng năm", NOT_A_DEADLINE, id="a month would be dropped"),
    pytest.param("ngay sau hội nghị 5", NOT_A_DEADLINE, id="at once, beside words that were not read"),
    pytest.param("làm ngay thứ 5", NOT_A_DEADLINE, id="at once, beside a day that was not read"),
    pytest.param("thường xuyên 5 ngày", NOT_A_DEADLINE, id="for good, beside a figure"),
]


@pytest.mark.parametrize(("words", "sentence"), REFUSED)
def test_what_cannot_be_is_refused(words, sentence):
    with pytest.raises(Invalid) as refusal:
        typed_deadline(words, ISSUED_ON)
    assert (refusal.value.field, str(refusal.value.sentence)) == ("due_on", sentence)


def test_what_was_typed_is_kept_with_its_marks():
    typed = {"quy II": "quý II", "Hang thang ngay 5": "Hằng tháng ngày 5", "30 6 2027": "30/6/2027", " 5/12 ": "5/12"}
    assert {words: typed_deadline(words, ISSUED_ON).text for words in typed} == typed
