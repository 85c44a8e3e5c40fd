"""Parts beside their total. The villages are those of 12/7/2023: 2.416/3.924, of which 2.418 and 1.506."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.adding_up import AddedUp, Column, Disagreement, add_up
from directives.rules.attainment import Bound, Figure

TOTAL = Figure(numerator=2416, denominator=3924)
EARLIER, LATER = Figure(value=2418), Figure(value=1506)


def test_the_villages_add_up():
    assert add_up(TOTAL, {"2021-2022": EARLIER, "2022-2023": LATER}) == AddedUp(compared=True)
    assert add_up(TOTAL, {"2021-2022": EARLIER, "2022-2023": LATER}).agrees


def test_a_part_that_was_printed_wrongly_is_said_with_what_it_lacks():
    found = add_up(TOTAL, {"2021-2022": EARLIER, "2022-2023": Figure(value=1056)})
    assert found.disagreements == (Disagreement(Column.WHOLE, Fraction(3924), Fraction(3474)),)
    assert found.disagreements[0].lacking == 450
    assert not found.agrees


def test_nothing_is_compared_while_a_part_has_no_figure_of_the_day():
    found = add_up(TOTAL, {"2021-2022": EARLIER, "2022-2023": None})
    assert found == AddedUp(missing=("2022-2023",))
    assert not found.agrees


def test_a_total_without_parts_is_compared_with_nothing():
    assert add_up(TOTAL, {}) == AddedUp()


def test_numerators_and_denominators_add_up_each_for_themselves():
    parts = {"a": Figure(numerator=16, denominator=22), "b": Figure(numerator=25, denominator=49)}
    found = add_up(Figure(numerator=41, denominator=72), parts, in_percent=True)
    assert [(one.column, one.lacking) for one in found.disagreements] == [(Column.WHOLE, 1)]


def test_shares_of_different_wholes_add_up_to_nothing():
    assert add_up(Figure(value=100), {"a": Figure(value=97)}, in_percent=True) == AddedUp()


BOUNDED = [
    pytest.param((98, Bound.AT_LEAST), (100, Bound.EXACT), True, id="more than 98 may be 100"),
    pytest.param((102, Bound.AT_LEAST), (100, Bound.EXACT), False, id="more than 102 is not 100"),
    pytest.param((98, Bound.EXACT), (97, Bound.AT_LEAST), True, id="98 where more than 97 is the total"),
    pytest.param((98, Bound.AT_MOST), (100, Bound.EXACT), False, id="at most 98 is not 100"),
    pytest.param((98, Bound.EXACT), (100, Bound.AT_MOST), True, id="98 where at most 100 is the total"),
]


@pytest.mark.parametrize(("part", "total", "agrees"), BOUNDED)
def test_a_bound_warns_only_of_what_is_surely_wrong(part, total, agrees):
    assert add_up(Figure(value=total[0], bound=total[1]), {"a": Figure(value=part[0], bound=part[1])}).agrees is agrees


def test_a_bound_of_a_share_is_of_its_numerator_alone():
    part = Figure(numerator=900, denominator=2999, bound=Bound.AT_LEAST)
    found = add_up(Figure(numerator=950, denominator=3000), {"a": part})
    assert [one.column for one in found.disagreements] == [Column.WHOLE]


figures = st.lists(st.decimals(min_value=-(10**13), max_value=10**13, places=4), min_size=1, max_size=20)


@given(figures, st.decimals(min_value=-100, max_value=100, places=4))
def test_what_is_said_to_be_lacking_is_what_was_taken_away(values, taken):
    total = Figure(value=sum(values, Decimal(0)) + taken)
    found = add_up(total, {str(nth): Figure(value=value) for nth, value in enumerate(values)})
    assert found.agrees == (taken == 0)
    assert sum(one.lacking for one in found.disagreements) == Fraction(taken)
