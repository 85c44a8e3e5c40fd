"""Numbers as they are typed: in Vietnamese and in English, and what is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.numbers import fits, read_number

VI, EN = {"comma": ",", "point": "."}, {"comma": ".", "point": ","}
WRITTEN = {
    "3.924": (VI, "3924"),
    "71,75 %": (VI, "71.75"),
    "71,75%": (VI, "71.75"),
    " 1.234.567,5 ": (VI, "1234567.5"),
    "3 924": (VI, "3924"),
    "3\u00a0924": (VI, "3924"),
    "3924": (VI, "3924"),
    "0,5": (VI, "0.5"),
    "−2,5": (VI, "-2.5"),
    "+12": (VI, "12"),
    "１２": (VI, "12"),
    "35 nền tảng": (VI, "35"),
    "3,924.5": (EN, "3924.5"),
    "71.75 %": (EN, "71.75"),
}
NONE = {
    "a word": ("nhiều", VI),
    "two numbers": ("35/36", VI),
    "a point where a comma is meant": ("71.75", VI),
    "groups that are none": ("39.24", VI),
    "half a group": ("3.92", VI),
    "two commas": ("1,2,3", VI),
    "a comma without a fraction": ("71,", VI),
    "a fraction without a whole": (",5", VI),
    "a figure with e": ("1e3", VI),
    "not a number": ("NaN", VI),
    "endless": ("Infinity", VI),
    "nothing": (" ", VI),
    "only a unit": ("%", VI),
    "another unit": ("35 xã", VI),
    "digits of another script": ("१२", VI),
    "a Vietnamese number in English": ("71,75", EN),
}


@pytest.mark.parametrize(("typed", "how", "number"), [(typed, *rest) for typed, rest in WRITTEN.items()])
def test_a_number_is_read_as_its_language_writes_it(typed, how, number):
    assert read_number(typed, unit="nền tảng", **how) == Decimal(number)


@pytest.mark.parametrize(("typed", "how"), NONE.values(), ids=NONE)
def test_what_is_no_number_or_could_be_two_is_none(typed, how):
    assert read_number(typed, unit="nền tảng", **how) is None


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=4, allow_nan=False))
def test_what_is_printed_in_groups_is_read_again(number):
    english = f"{number:,.4f}"
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    assert read_number(english, **EN) == read_number(vietnamese, **VI) == number


@pytest.mark.parametrize(
    ("number", "kept"),
    [("99999999999999.9999", True), ("100000000000000", False), ("0.00001", False), ("0.5000000", True), ("0", True)],
)
def test_a_figure_is_kept_to_its_last_digit_or_not_at_all(number, kept):
    assert fits(Decimal(number)) == kept
