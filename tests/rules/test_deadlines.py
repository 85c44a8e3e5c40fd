"""Deadlines as they are written, and as they are understood."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules import deadlines, written_days
from directives.rules.deadlines import Deadline, Every, Kind, Recurrence, understand
from directives.rules.working_days import Calendar

ISSUED = date(2024, 8, 9)  # the Friday on which notice 369/TB-VPCP was issued

DATED = [
    pytest.param("trước ngày 31/12/2024", date(2024, 12, 31), id="dd/mm/yyyy"),
    pytest.param("hoàn thành trước ngày 1/9/2024", date(2024, 9, 1), id="d/m/yyyy"),
    pytest.param("trước ngày 20 tháng 10 năm 2024", date(2024, 10, 20), id="in words"),
    pytest.param("chậm nhất ngày 05.10.2024", date(2024, 10, 5), id="with full stops"),
    pytest.param("trước ngày 31/12/24", date(2024, 12, 31), id="a year of two figures"),
    pytest.param("trước 17 giờ ngày 27/11/2024", date(2024, 11, 27), id="an hour of the day"),
    pytest.param("trong ngày 08 tháng 9 năm 2024", date(2024, 9, 8), id="within the day"),
    pytest.param("trước\nngày 15 tháng 11\nnăm 2024", date(2024, 11, 15), id="broken over lines"),
    pytest.param("TRƯỚC NGÀY 31/12/2024", date(2024, 12, 31), id="capitals"),
    pytest.param("đến **ngày 15/12/2024", date(2024, 12, 15), id="the stars of bold type"),
    pytest.param("tru\u031bo\u031b\u0301c nga\u0300y 31/12/2024", date(2024, 12, 31), id="decomposed letters"),
    pytest.param("Từ ngày 15 tháng 9 năm 2024 đến 30 tháng 11 năm 2024", date(2024, 11, 30), id="from and to"),
    pytest.param("từ nay đến 31/12/2024", date(2024, 12, 31), id="from now on to a day"),
    pytest.param("khẩn trương hoàn thành trước ngày 10/9/2024", date(2024, 9, 10), id="urgent with a date is a date"),
    pytest.param(
        "theo Thông báo số 9/TB-VPCP ngày 11 tháng 01 năm 2024, xong trước ngày 30/9/2024",
        date(2024, 9, 30),
        id="the date of a cited document is no deadline",
    ),
]


@pytest.mark.parametrize(("text", "due_on"), DATED)
def test_a_date_is_the_due_date(text, due_on):
    assert understand(text, ISSUED) == Deadline(text, Kind.DATE, due_on)


REVIEWED = [
    pytest.param("trước 30/6", Kind.DATE, date(2025, 6, 30), written_days.NO_YEAR, id="no year, past: the next one"),
    pytest.param("trước 30/9", Kind.DATE, date(2024, 9, 30), written_days.NO_YEAR, id="no year, to come: this one"),
    pytest.param("ngày 9 tháng 8", Kind.DATE, ISSUED, written_days.NO_YEAR, id="no year, the very day of issue"),
    pytest.param("trước ngày 31/6/2024", Kind.NONE, None, written_days.NO_SUCH_DAY, id="31 June"),
    pytest.param("trước ngày 29/2/2025", Kind.NONE, None, written_days.NO_SUCH_DAY, id="29 February of a plain year"),
    pytest.param("trước 10/112024", Kind.DATE, date(2024, 11, 10), written_days.MISWRITTEN, id="a stroke is missing"),
    pytest.param("trước ngày 30/7/2024", Kind.DATE, date(2024, 7, 30), deadlines.BEFORE_ISSUE, id="before the issue"),
    pytest.param(
        "trình trước 10/9/2024, xong trước 31/12/2024", Kind.DATE, date(2024, 12, 31), deadlines.SEVERAL, id="two dates"
    ),
    pytest.param("trong tháng 9", Kind.PERIOD, date(2024, 9, 30), written_days.NO_YEAR, id="a month without year"),
    pytest.param("trong tháng 2", Kind.PERIOD, date(2025, 2, 28), written_days.NO_YEAR, id="a past month, next year"),
    pytest.param("đầu tháng 9/2024", Kind.PERIOD, date(2024, 9, 30), written_days.PART_OF_PERIOD, id="early in it"),
    pytest.param("giữa tháng 9/2024", Kind.PERIOD, date(2024, 9, 30), written_days.PART_OF_PERIOD, id="amid it"),
    pytest.param(
        "trước tuần cuối tháng 9/2024", Kind.PERIOD, date(2024, 9, 30), written_days.PART_OF_PERIOD, id="before a week"
    ),
    pytest.param(
        "tháng đầu quý IV/2024", Kind.PERIOD, date(2024, 12, 31), written_days.PART_OF_PERIOD, id="a quarter's first"
    ),
    pytest.param("trong tuần đầu tháng 2", Kind.PERIOD, date(2025, 2, 7), written_days.NO_YEAR, id="a week, no year"),
    pytest.param("tại phiên họp tiếp theo", Kind.RELATIVE, None, deadlines.ON_AN_EVENT, id="at the next meeting"),
    pytest.param("trước quý IV/2024", Kind.PERIOD, date(2024, 9, 30), written_days.EVE_OF_PERIOD, id="before it"),
    pytest.param("khẩn trương", Kind.URGENT_UNDATED, None, deadlines.UNSETTLED, id="urgently"),
    pytest.param("Sớm trình Chính phủ", Kind.URGENT_UNDATED, None, deadlines.UNSETTLED, id="soon"),
    pytest.param("sau khi Quốc hội thông qua", Kind.RELATIVE, None, deadlines.ON_AN_EVENT, id="after an event"),
    pytest.param("theo tiến độ được phê duyệt", Kind.RELATIVE, None, deadlines.ON_AN_EVENT, id="as another plan says"),
    pytest.param("trước Tết Nguyên đán năm 2025", Kind.DATE, date(2025, 1, 28), deadlines.EVE_OF_TET, id="before Tet"),
    pytest.param("trước Tết Nguyên đán", Kind.DATE, date(2025, 1, 28), deadlines.EVE_OF_TET, id="before the next Tet"),
    pytest.param(
        "trước Tết Nguyên đán Ất Tỵ", Kind.DATE, date(2025, 1, 28), deadlines.EVE_OF_TET, id="before a named Tet"
    ),
    pytest.param("trước Tết Nguyên đán Bính Ngọ 2025", Kind.RELATIVE, None, deadlines.ON_AN_EVENT, id="no such Tet"),
    pytest.param("trước Tết Nguyên đán năm 2099", Kind.RELATIVE, None, deadlines.ON_AN_EVENT, id="a Tet unknown"),
    pytest.param(
        "trước ngày 15/3 và ngày 15/9 hằng năm", Kind.RECURRING, None, deadlines.SEVERAL_A_YEAR, id="two a year"
    ),
    pytest.param("trong 10 ngày", Kind.RELATIVE, date(2024, 8, 19), deadlines.FROM_ISSUE, id="ten days from nothing"),
    pytest.param("báo cáo định kỳ", Kind.RECURRING, None, deadlines.NO_INTERVAL, id="recurring, how often unsaid"),
    pytest.param("trong 5 tháng", Kind.RELATIVE, date(2025, 1, 9), deadlines.FROM_ISSUE, id="months into January"),
    pytest.param("vòng 6 ngày làm việc", Kind.RELATIVE, date(2024, 8, 19), deadlines.FROM_ISSUE, id="working days"),
    pytest.param("10 ngày kể từ khi nhận được", Kind.RELATIVE, None, deadlines.ON_AN_EVENT, id="days from an event"),
    pytest.param(
        "10 ngày kể từ ngày 15/9", Kind.RELATIVE, date(2024, 9, 25), written_days.NO_YEAR, id="days from a day, no year"
    ),
    pytest.param("theo quy định", Kind.NONE, None, deadlines.NOT_UNDERSTOOD, id="nothing that is a deadline"),
]


@pytest.mark.parametrize(("text", "kind", "due_on", "review"), REVIEWED)
def test_a_doubt_is_told(text, kind, due_on, review):
    assert understand(text, ISSUED) == Deadline(text, kind, due_on, review)


PERIODS = [
    pytest.param("trong tháng 8 năm 2024", date(2024, 8, 31), id="a month"),
    pytest.param("chậm nhất trong tháng 02/2028", date(2028, 2, 29), id="February of a leap year"),
    pytest.param("trong quý I/2025", date(2025, 3, 31), id="the first quarter"),
    pytest.param("đến hết quý III năm 2024", date(2024, 9, 30), id="the third quarter"),
    pytest.param("ngay trong Quý 4 năm 2024", date(2024, 12, 31), id="a quarter in figures"),
    pytest.param("trong quí IV năm 2024", date(2024, 12, 31), id="the other spelling of quý"),
    pytest.param("trong 6 tháng đầu năm 2025", date(2025, 6, 30), id="the first half"),
    pytest.param("6 tháng cuối năm 2024", date(2024, 12, 31), id="the second half"),
    pytest.param("trong năm 2025", date(2025, 12, 31), id="a year"),
    pytest.param("đến hết năm 2025", date(2025, 12, 31), id="to the end of a year"),
    pytest.param("ngay trong năm 2025", date(2025, 12, 31), id="urgent within a year is a year"),
    pytest.param("trong năm nay", date(2024, 12, 31), id="this year"),
    pytest.param("trong quý này", date(2024, 9, 30), id="this quarter"),
    pytest.param("trong tháng", date(2024, 8, 31), id="within the month"),
    pytest.param("trong quý", date(2024, 9, 30), id="within the quarter"),
    pytest.param("hết năm", date(2024, 12, 31), id="to the end of the year"),
    pytest.param("trong tuần đầu tháng 12 năm 2024", date(2024, 12, 7), id="the first week of a month"),
    pytest.param("tuần thứ nhất của tháng 9/2024", date(2024, 9, 7), id="the same in other words"),
    pytest.param("trong tuần thứ hai của tháng 12/2024", date(2024, 12, 14), id="the second week"),
    pytest.param("trong tuần 3 tháng 9 năm 2024", date(2024, 9, 21), id="the third week in figures"),
    pytest.param("tuần lễ thứ tư tháng 2/2025", date(2025, 2, 28), id="the fourth week"),
    pytest.param("trong tuần cuối tháng 02 năm 2028", date(2028, 2, 29), id="the last week ends with the month"),
    pytest.param("thượng tuần tháng 9/2024", date(2024, 9, 10), id="the first ten days"),
    pytest.param("trung tuần tháng 9/2024", date(2024, 9, 20), id="the middle ten days"),
    pytest.param("hạ tuần tháng 9/2024", date(2024, 9, 30), id="the last ten days"),
    pytest.param("nửa đầu tháng 9/2024", date(2024, 9, 15), id="half a month"),
    pytest.param("nửa cuối tháng 9/2024", date(2024, 9, 30), id="the other half"),
    pytest.param("trong tháng cuối quý IV năm 2024", date(2024, 12, 31), id="the last month of one quarter"),
]


QUARTER_OF_SEPTEMBER = (date(2024, 9, 15), date(2024, 9, 30))
QUARTER_OF_OCTOBER = (date(2024, 10, 1), date(2024, 12, 31))


@pytest.mark.parametrize(("issued_on", "last"), [QUARTER_OF_SEPTEMBER, QUARTER_OF_OCTOBER])
def test_the_quarter_is_the_one_of_the_issue(issued_on, last):
    assert understand("trong quý này", issued_on).due_on == last


def test_due_on_the_very_day_of_issue_is_no_doubt():
    assert understand("trước ngày 09/8/2024", ISSUED) == Deadline("trước ngày 09/8/2024", Kind.DATE, ISSUED)


@pytest.mark.parametrize(("text", "due_on"), PERIODS)
def test_a_period_is_due_on_its_last_day(text, due_on):
    assert understand(text, ISSUED) == Deadline(text, Kind.PERIOD, due_on)


RECURRING = [
    pytest.param("hằng tháng trước ngày 25", Recurrence(Every.MONTH, 25), id="every month by the 25th"),
    pytest.param("trước ngày 25 hàng tháng", Recurrence(Every.MONTH, 25), id="the other spelling of hằng"),
    pytest.param("trước 13 giờ hằng ngày", Recurrence(Every.DAY), id="every day, an hour is no day"),
    pytest.param("Trước 10h00 ngày thứ Sáu hàng tuần", Recurrence(Every.WEEK, 5), id="every Friday"),
    pytest.param("chủ nhật hằng tuần", Recurrence(Every.WEEK, 7), id="every Sunday"),
    pytest.param("Định kỳ hằng quý", Recurrence(Every.QUARTER), id="every quarter"),
    pytest.param("định kỳ 6 tháng, báo cáo", Recurrence(Every.HALF), id="every half-year"),
    pytest.param("trước ngày 15/12 hằng năm", Recurrence(Every.YEAR, 15, 12), id="every 15 December"),
    pytest.param("01 lần/tháng", Recurrence(Every.MONTH), id="once a month"),
    pytest.param(
        "trước ngày 20 tháng cuối của mỗi quý", Recurrence(Every.QUARTER, 20), id="of each quarter's last month"
    ),
    pytest.param("ngày 15 của tháng thứ ba hằng quý", Recurrence(Every.QUARTER, 15), id="of its third month"),
    pytest.param("định kỳ, ngày 20 tháng cuối quý", Recurrence(Every.QUARTER, 20), id="regularly, of the last month"),
]


@pytest.mark.parametrize(("text", "recurrence"), RECURRING)
def test_a_recurring_deadline_keeps_its_rule_and_has_no_date(text, recurrence):
    assert understand(text, ISSUED) == Deadline(text, Kind.RECURRING, recurrence=recurrence)


QUARTERLY = [
    pytest.param("trước ngày 20 tháng cuối quý", 20, deadlines.EACH_UNSAID, id="each or this one"),
    pytest.param("hằng quý, trước ngày 05 của tháng đầu quý sau", None, deadlines.OTHER_MONTH, id="of the next one"),
    pytest.param("trước ngày 10 tháng đầu mỗi quý", None, deadlines.OTHER_MONTH, id="of the first month"),
    pytest.param("hằng quý, trước ngày 05 quý sau", None, deadlines.OTHER_MONTH, id="of the next one, no month"),
]


@pytest.mark.parametrize(("text", "day", "review"), QUARTERLY)
def test_a_day_of_a_quarter_that_cannot_be_kept_or_is_not_sure_is_asked_about(text, day, review):
    expected = Deadline(text, Kind.RECURRING, None, review, Recurrence(Every.QUARTER, day))
    assert understand(text, ISSUED) == expected


def test_a_bank_does_not_recur():
    assert understand("theo đề án ngân hàng năm 2025", ISSUED).kind is not Kind.RECURRING


@pytest.mark.parametrize("text", ["thường xuyên", "Từ ngày 15 tháng 9 năm 2024", "kể từ 12 giờ ngày 28/8/2024"])
def test_what_has_a_beginning_or_no_end_is_ongoing(text):
    assert understand(text, ISSUED) == Deadline(text, Kind.ONGOING)


COUNTED = [
    pytest.param("trong thời gian 21 ngày kể từ ngày 28/8/2024", date(2024, 9, 18), id="days from a day"),
    pytest.param("trong 15 ngày kể từ ngày ban hành Thông báo này", date(2024, 8, 24), id="days from the issue"),
    pytest.param("trong 2 tuần kể từ ngày ký", date(2024, 8, 23), id="weeks"),
    pytest.param("trong 01 tháng kể từ ngày 31/8/2024", date(2024, 9, 30), id="a month from the 31st"),
    pytest.param("sau 2 năm kể từ ngày ký", date(2026, 8, 9), id="years"),
    pytest.param("trong 120 ngày kể từ ngày ký", date(2024, 12, 7), id="more than ninety-nine days"),
    pytest.param("trong 30 (ba mươi) ngày kể từ ngày ký", date(2024, 9, 8), id="in figures and words"),
]


@pytest.mark.parametrize(("text", "due_on"), COUNTED)
def test_counted_time_runs_from_the_day_named(text, due_on):
    assert understand(text, ISSUED) == Deadline(text, Kind.RELATIVE, due_on)


def test_working_days_are_counted_over_holidays():
    national_day = Calendar(off=frozenset([date(2024, 9, 2), date(2024, 9, 3)]))
    text = "trong 05 ngày làm việc kể từ ngày 30/8/2024"
    assert understand(text, ISSUED).due_on == date(2024, 9, 6)
    assert understand(text, ISSUED, calendar=national_day).due_on == date(2024, 9, 10)


@pytest.mark.parametrize("text", ["trong vòng 20 ngày làm việc", "20 ngày làm việc kể từ ngày ban hành"])
def test_working_days_from_the_issue_are_counted_over_holidays_too(text):
    national_day = Calendar(off=frozenset([date(2024, 9, 2), date(2024, 9, 3)]))
    assert understand(text, ISSUED, calendar=national_day).due_on == date(2024, 9, 10)


LITERAL = [
    pytest.param("trước ngày 31/12/2024", date(2024, 12, 30), id="before a day"),
    pytest.param("trước 31/12/2024", date(2024, 12, 30), id="before a date"),
    pytest.param("chậm nhất ngày 31/12/2024", date(2024, 12, 31), id="on a day at the latest"),
    pytest.param("trước 15 giờ ngày 31/12/2024", date(2024, 12, 31), id="before an hour of the day"),
]


@pytest.mark.parametrize(("text", "due_on"), LITERAL)
def test_before_a_day_may_be_taken_literally(text, due_on):
    assert understand(text, ISSUED, before_counts=False).due_on == due_on


def test_nothing_written_is_no_deadline_and_no_doubt():
    assert understand("  \n", ISSUED) == Deadline("  \n", Kind.NONE)


WORDS = (
    "trước ngày", "ngày", "tháng", "năm", "quý", "trong", "hết", "đến", "từ", "kể từ", "hằng", "định kỳ", "sau khi",
    "1", "31", "30/2", "2024", "99", "/", "0000", "iv", "6", "giờ", "*", "lần", "thứ sáu",
)  # fmt: skip
phrases = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))


@given(phrases, st.dates(date(1945, 9, 2), date(2100, 12, 31)), st.booleans())
def test_any_text_is_understood_somehow(text, issued_on, before_counts):
    deadline = understand(text, issued_on, before_counts=before_counts)
    assert deadline.text == text
    if deadline.kind in (Kind.RECURRING, Kind.ONGOING, Kind.URGENT_UNDATED, Kind.NONE):
        assert deadline.due_on is None
    if deadline.kind in (Kind.DATE, Kind.PERIOD):
        assert deadline.due_on is not None
    assert (deadline.recurrence is None) or deadline.kind is Kind.RECURRING


def test_the_kinds_have_the_names_that_are_stored():
    assert [str(kind) for kind in Kind] == [
        "date", "period", "relative", "recurring", "ongoing", "urgent_undated", "none",
    ]  # fmt: skip


def test_the_intervals_have_the_names_that_are_stored():
    assert [str(every) for every in Every] == ["daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly"]
