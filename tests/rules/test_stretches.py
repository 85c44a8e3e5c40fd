"""The stretch of days of a report: how it is written, when it ends, and what follows it."""

from datetime import date

import pytest

from directives.rules.refusals import Invalid
from directives.rules.stretches import read_stretch

ON = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("written", "first", "last", "next_last"),
    [
        ("month", date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 31)),
        ("quarter", date(2026, 10, 1), date(2026, 12, 31), date(2027, 3, 31)),
        ("half", date(2026, 7, 1), date(2026, 12, 31), date(2027, 6, 30)),
        ("year", date(2026, 1, 1), date(2026, 12, 31), date(2027, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), date(2024, 3, 31)),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31), date(2026, 3, 31)),
        ("2025-H1", date(2025, 1, 1), date(2025, 6, 30), date(2025, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31), date(2026, 12, 31)),
        ("2026-11-01..2026-11-10", date(2026, 11, 1), date(2026, 11, 10), date(2026, 11, 20)),
        ("2026-11-22..2026-11-22", ON, ON, date(2026, 11, 23)),
    ],
)
def test_a_stretch_begins_ends_and_is_followed(written, first, last, next_last):
    found = read_stretch(written, ON)
    assert (found.first, found.last, found.next_last()) == (first, last, next_last)


def test_what_is_over_is_told_as_of_its_end_and_what_is_not_as_of_the_day():
    assert read_stretch("2026-10", ON).end(ON) == date(2026, 10, 31)
    assert read_stretch("2026-11", ON).end(ON) == ON
    assert read_stretch("2026-11", ON).day_before == date(2026, 10, 31)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "week",
        "2026-W48",
        "2026-13",
        "0000",
        "2026-Q5",
        "2026-11-30..2026-11-01",
        "2026-02-30..2026-03-01",
        "..",
        "x",
        "0001",
        "2026-01-01..9999-12-31",
    ],
)
def test_what_is_no_stretch_is_refused(written):
    with pytest.raises(Invalid) as refusal:
        read_stretch(written, ON)
    assert refusal.value.field == "period"


@pytest.mark.parametrize("written", ["2026-12", "2027", "2026-11-23..2026-11-30"])
def test_what_has_not_begun_is_refused(written):
    with pytest.raises(Invalid) as refusal:
        read_stretch(written, ON)
    assert str(refusal.value) == "This period has not begun on that day."
