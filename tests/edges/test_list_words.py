"""Rows and columns of a list, as people call them."""

import pytest

from tracker.admin.list_forms import letter_of
from tracker.admin.list_told import ranges


@pytest.mark.parametrize(("numbers", "short"), [([3], "3"), ([5, 3, 4, 9], "3–5, 9"), ([], "")])
def test_rows_are_told_in_short(numbers, short):
    assert ranges(numbers) == short


@pytest.mark.parametrize(("column", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_sheets_call_them(column, letter):
    assert letter_of(column) == letter
