"""Working days in Viet Nam, 2022 to 2026, with the holidays and swapped days that were announced."""

import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from directives.rules.working_days import Calendar, local_day

SEED = Path(__file__).resolve().parents[2] / "seeds" / "holidays.json"
DAYS = json.loads(SEED.read_text(encoding="utf-8"))["days"]
VIET_NAM = Calendar(
    off=frozenset(date.fromisoformat(row["date"]) for row in DAYS if row["kind"] != "swapped_working"),
    working=frozenset(date.fromisoformat(row["date"]) for row in DAYS if row["kind"] == "swapped_working"),
)


def day(text):
    """'8/2/2024' as it is written in Viet Nam."""
    return date(*reversed([int(part) for part in text.split("/")]))


WORKED_OR_NOT = [
    pytest.param("3/1/2022", False, id="2022 New Year fell on a Saturday, Monday was given"),
    pytest.param("4/1/2022", True, id="2022 the first working day of the year was a Tuesday"),
    pytest.param("31/1/2022", False, id="2022 Tet began on 29 Chap"),
    pytest.param("11/4/2022", False, id="2022 Hung Kings' day fell on a Sunday, Monday was given"),
    pytest.param("3/5/2022", False, id="2022 30/4 and 1/5 fell on a weekend, two days were given"),
    pytest.param("20/1/2023", False, id="2023 Tet began on a Friday"),
    pytest.param("26/1/2023", False, id="2023 Tet ended on a Thursday"),
    pytest.param("27/1/2023", True, id="2023 the Friday after Tet was worked"),
    pytest.param("3/5/2023", False, id="2023 three holidays ran into Wednesday 3/5"),
    pytest.param("4/9/2023", False, id="2023 National Day on a Saturday gave Monday"),
    pytest.param("7/2/2024", True, id="2024 28 Chap was still worked"),
    pytest.param("14/2/2024", False, id="2024 mung 5 Tet was off"),
    pytest.param("29/4/2024", False, id="2024 Monday 29/4 was swapped"),
    pytest.param("4/5/2024", True, id="2024 Saturday 4/5 was worked for 29/4"),
    pytest.param("11/5/2024", False, id="2024 the next Saturday was a plain Saturday"),
    pytest.param("3/9/2024", False, id="2024 the day beside National Day"),
    pytest.param("27/1/2025", False, id="2025 Tet began on 28 Chap"),
    pytest.param("26/4/2025", True, id="2025 Saturday 26/4 was worked for 2/5"),
    pytest.param("2/5/2025", False, id="2025 Friday 2/5 was swapped"),
    pytest.param("2/1/2026", False, id="2026 Friday 2/1 was swapped"),
    pytest.param("10/1/2026", True, id="2026 Saturday 10/1 was worked for 2/1"),
    pytest.param("22/8/2026", True, id="2026 Saturday 22/8 was worked for 31/8"),
    pytest.param("31/8/2026", False, id="2026 Monday 31/8 was swapped"),
    pytest.param("24/11/2026", False, id="2026 Viet Nam Culture Day is the first of its kind"),
    pytest.param("24/11/2025", True, id="2025 Culture Day was not yet a day off"),
]


@pytest.mark.parametrize(("on", "worked"), WORKED_OR_NOT)
def test_a_day_is_worked_or_not(on, worked):
    assert VIET_NAM.is_working(day(on)) is worked


SHIFTS = [
    pytest.param("28/1/2022", 1, "7/2/2022", id="2022 one day over the whole of Tet"),
    pytest.param("7/2/2022", -1, "28/1/2022", id="2022 one day back over the whole of Tet"),
    pytest.param("2/2/2022", 1, "7/2/2022", id="2022 counted from within Tet, the base is the day before it"),
    pytest.param("29/4/2022", 1, "4/5/2022", id="2022 over 30/4 and 1/5 with the days given"),
    pytest.param("31/8/2022", 1, "5/9/2022", id="2022 over National Day into the next week"),
    pytest.param("19/1/2023", 1, "27/1/2023", id="2023 one day over Tet lands on a Friday"),
    pytest.param("27/1/2023", -3, "17/1/2023", id="2023 three days back over Tet"),
    pytest.param("28/4/2023", 1, "4/5/2023", id="2023 over five days of holidays"),
    pytest.param("31/8/2023", 1, "5/9/2023", id="2023 over National Day"),
    pytest.param("7/2/2024", 1, "15/2/2024", id="2024 one day over Tet"),
    pytest.param("15/2/2024", -7, "30/1/2024", id="2024 a week of work back over Tet"),
    pytest.param("26/4/2024", 1, "2/5/2024", id="2024 over the bridge of 29/4"),
    pytest.param("3/5/2024", 1, "4/5/2024", id="2024 from Friday to the worked Saturday"),
    pytest.param("3/5/2024", 2, "6/5/2024", id="2024 the worked Saturday counts as a day"),
    pytest.param("6/5/2024", -3, "2/5/2024", id="2024 back over the worked Saturday"),
    pytest.param("30/8/2024", 1, "4/9/2024", id="2024 over National Day"),
    pytest.param("31/12/2024", -15, "10/12/2024", id="2024 the first rung of notice 369"),
    pytest.param("31/12/2024", -7, "20/12/2024", id="2024 the second rung of notice 369"),
    pytest.param("31/12/2024", -3, "26/12/2024", id="2024 the third rung of notice 369"),
    pytest.param("31/12/2024", -1, "30/12/2024", id="2024 the eve of the date of notice 369"),
    pytest.param("31/12/2024", 0, "31/12/2024", id="2024 the very day of notice 369"),
    pytest.param("31/12/2024", 1, "2/1/2025", id="2025 the first rung after the date of notice 369"),
    pytest.param("31/12/2024", 3, "6/1/2025", id="2025 the secretariat's rung of notice 369"),
    pytest.param("31/12/2024", 7, "10/1/2025", id="2025 the deputy's rung of notice 369"),
    pytest.param("31/12/2024", 15, "22/1/2025", id="2025 the chair's rung of notice 369"),
    pytest.param("24/1/2025", 1, "3/2/2025", id="2025 one day over Tet"),
    pytest.param("25/4/2025", 1, "26/4/2025", id="2025 from Friday to the worked Saturday"),
    pytest.param("29/4/2025", 1, "5/5/2025", id="2025 over 30/4, 1/5 and the swapped Friday"),
    pytest.param("29/8/2025", 1, "3/9/2025", id="2025 over National Day"),
    pytest.param("31/12/2025", 1, "5/1/2026", id="2026 over New Year and the swapped Friday"),
    pytest.param("9/1/2026", 1, "10/1/2026", id="2026 from Friday to the worked Saturday"),
    pytest.param("12/1/2026", -1, "10/1/2026", id="2026 from Monday back to the worked Saturday"),
    pytest.param("13/2/2026", 1, "23/2/2026", id="2026 one day over the nine days of Tet"),
    pytest.param("21/8/2026", 1, "22/8/2026", id="2026 to the Saturday worked for National Day"),
    pytest.param("28/8/2026", 1, "3/9/2026", id="2026 over the five days of National Day"),
    pytest.param("23/11/2026", 1, "25/11/2026", id="2026 over Culture Day"),
    pytest.param("24/11/2026", 0, "23/11/2026", id="2026 a date on Culture Day is reminded the day before"),
    pytest.param("15/8/2026", 0, "14/8/2026", id="2026 a date on a Saturday is reminded on Friday"),
    pytest.param("22/8/2026", 0, "22/8/2026", id="2026 a date on a worked Saturday stands"),
    pytest.param("17/2/2026", 0, "13/2/2026", id="2026 a date on the first of Tet is reminded before it"),
]


@pytest.mark.parametrize(("start", "n", "end"), SHIFTS)
def test_working_days_are_shifted_over_holidays_and_swaps(start, n, end):
    assert VIET_NAM.shift(day(start), n) == day(end)
    assert VIET_NAM.count(day(start), day(end)) == n


COUNTS = [
    pytest.param("31/12/2021", "31/12/2022", 249, id="2022 a year of work, 260 weekdays less 11"),
    pytest.param("31/12/2022", "31/12/2023", 249, id="2023 a year of work, 260 weekdays less 11"),
    pytest.param("31/12/2023", "31/12/2024", 251, id="2024 a year of work, 262 weekdays less 12 and a Saturday"),
    pytest.param("31/12/2024", "31/12/2025", 250, id="2025 a year of work, 261 weekdays less 12 and a Saturday"),
    pytest.param("31/12/2025", "31/12/2026", 249, id="2026 a year of work, 261 weekdays less 14 and two Saturdays"),
    pytest.param("9/8/2024", "31/12/2024", 100, id="2024 from the issue of notice 369 to its date"),
    pytest.param("7/2/2024", "14/2/2024", 0, id="2024 within Tet nothing is counted"),
    pytest.param("3/2/2025", "24/1/2025", -1, id="2025 back over Tet is one day"),
]


@pytest.mark.parametrize(("start", "end", "n"), COUNTS)
def test_working_days_are_counted(start, end, n):
    assert VIET_NAM.count(day(start), day(end)) == n


NEXT = [
    pytest.param("8/2/2024", "15/2/2024", id="from the eve of Tet to the day after it"),
    pytest.param("4/5/2024", "4/5/2024", id="a worked Saturday is itself a working day"),
    pytest.param("27/4/2024", "2/5/2024", id="from Saturday over the bridge of 29/4"),
    pytest.param("24/11/2026", "25/11/2026", id="over Culture Day"),
]


@pytest.mark.parametrize(("start", "end"), NEXT)
def test_the_next_working_day(start, end):
    assert VIET_NAM.next_working(day(start)) == day(end)


def test_a_day_both_off_and_worked_is_off():
    saturday = date(2024, 5, 4)
    assert not Calendar(off=frozenset([saturday]), working=frozenset([saturday])).is_working(saturday)


def test_a_plain_calendar_knows_only_the_week():
    assert [Calendar().is_working(date(2024, 4, 29) + timedelta(n)) for n in range(7)] == [True] * 5 + [False] * 2


LOCAL_DAYS = [
    pytest.param(datetime(2024, 12, 31, 16, 59, 59, tzinfo=UTC), "31/12/2024", id="the last second of the year"),
    pytest.param(datetime(2024, 12, 31, 17, 0, tzinfo=UTC), "1/1/2025", id="midnight in Ha Noi is 17:00 in UTC"),
]


@pytest.mark.parametrize(("at", "expected"), LOCAL_DAYS)
def test_a_moment_belongs_to_the_day_it_is_in_ha_noi(at, expected):
    assert local_day(at) == day(expected)


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Ho_Chi_Minh"])
def test_the_day_is_ha_nois_wherever_the_server_stands(zone, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert local_day(datetime(2024, 12, 31, 17, 0, tzinfo=UTC)) == day("1/1/2025")
        assert local_day(datetime(2024, 12, 31, 16, 59, tzinfo=UTC)) == day("31/12/2024")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_naive_moment_belongs_to_no_day():
    with pytest.raises(ValueError, match=r"^a moment without a time zone belongs to no day$"):
        local_day(datetime(2024, 12, 31, 17, 0))  # noqa: DTZ001 - the naive moment is the case
