"""Attainment: exact shares of exact figures. The figures are those that were published."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.attainment import Bound, Direction, attainment, gap, is_met, percent, share

SHARES = [
    pytest.param(41, 72, "56.94", id="41 of 72"),
    pytest.param(25, 50, "50.00", id="25 of 50"),
    pytest.param(2416, 3924, "61.57", id="2,416 of 3,924"),
    pytest.param(900, 3000, "30.00", id="900 of 3,000"),
    pytest.param(7892, 9831, "80.28", id="7,892 of 9,831"),
    pytest.param(1, 800, "0.13", id="an exact half is rounded up"),
    pytest.param(2501, 2723, "91.85", id="2,501 done of 2,723 due"),
]


@pytest.mark.parametrize(("numerator", "denominator", "shown"), SHARES)
def test_a_share_is_rounded_half_up_when_it_is_shown(numerator, denominator, shown):
    part = share(numerator, denominator)
    assert part == Fraction(numerator, denominator)
    assert str(percent(part)) == shown


def test_nothing_is_no_share_of_nothing():
    assert share(0, 0) is None


def test_a_negative_share_is_rounded_away_from_nothing_like_a_positive_one():
    assert (percent(Fraction(1, 800)), percent(Fraction(-1, 800))) == (Decimal("0.13"), Decimal("-0.13"))


ATTAINED = [
    pytest.param("11.27", 20, Direction.UP, None, Fraction(1127, 2000), id="11.27 % of the economy, 20 % wanted"),
    pytest.param(100, 100, Direction.UP, None, Fraction(1), id="the target itself"),
    pytest.param(120, 100, Direction.UP, None, Fraction(6, 5), id="more than the target"),
    pytest.param(60, 80, Direction.UP, 40, Fraction(1, 2), id="half of the way from the baseline"),
    pytest.param(30, 80, Direction.UP, 40, Fraction(-1, 4), id="the wrong way"),
    pytest.param(15, 10, Direction.DOWN, 20, Fraction(1, 2), id="half of the way down"),
    pytest.param(12, 10, Direction.DOWN, None, Fraction(5, 6), id="down without a baseline, not there yet"),
    pytest.param(8, 10, Direction.DOWN, None, Fraction(1), id="down without a baseline, below the target"),
    pytest.param(0, 0, Direction.DOWN, None, Fraction(1), id="none wanted, none left"),
    pytest.param(3, 0, Direction.DOWN, None, Fraction(0), id="none wanted, three left"),
    pytest.param(5, 0, Direction.UP, None, None, id="a target of nothing to be reached from below"),
    pytest.param(5, 40, Direction.UP, 40, None, id="the baseline is the target"),
]


@pytest.mark.parametrize(("value", "target", "direction", "baseline", "expected"), ATTAINED)
def test_attainment_is_the_share_of_the_way(value, target, direction, baseline, expected):
    assert attainment(Decimal(value), Decimal(target), direction=direction, baseline=baseline) == expected


MET = [
    pytest.param(97, Direction.UP, Bound.EXACT, False, id="97 of 100"),
    pytest.param(97, Direction.UP, Bound.AT_LEAST, None, id="more than 97 may be 100"),
    pytest.param(100, Direction.UP, Bound.AT_LEAST, True, id="at least 100"),
    pytest.param(97, Direction.UP, Bound.AT_MOST, False, id="at most 97"),
    pytest.param(103, Direction.UP, Bound.AT_MOST, None, id="at most 103 may be less than 100"),
    pytest.param(97, Direction.DOWN, Bound.EXACT, True, id="97 where no more than 100 are wanted"),
    pytest.param(97, Direction.DOWN, Bound.AT_MOST, True, id="at most 97 where no more than 100 are wanted"),
    pytest.param(97, Direction.DOWN, Bound.AT_LEAST, None, id="more than 97 where no more than 100 are wanted"),
    pytest.param(103, Direction.DOWN, Bound.AT_LEAST, False, id="more than 103 where no more than 100 are wanted"),
]


@pytest.mark.parametrize(("value", "direction", "bound", "expected"), MET)
def test_a_bound_may_leave_open_whether_a_target_of_100_is_met(value, direction, bound, expected):
    assert is_met(value, 100, direction=direction, bound=bound) is expected


def test_the_parts_reconcile_with_the_total():
    """Report 1270/BC-TCTTTg of 27/12/2017: done in time and late, open in time and overdue."""
    assert gap([14068, 1983, 5640, 223], 21914) == 0


def test_a_figure_that_was_printed_wrongly_shows_as_a_gap():
    """2025 to 20/10: 7,892 done, 1,602 in time and 319 overdue were printed for 9,831."""
    assert gap([7892, 1602, 319], 9831) == 18


def test_tenths_add_up_exactly():
    assert gap([Decimal("0.1")] * 3, Decimal("0.3")) == 0


figures = st.decimals(min_value=-(10**14), max_value=10**14, places=4)


@given(figures, figures, st.sampled_from(Direction))
def test_the_target_itself_is_always_attained_in_full(baseline, target, direction):
    if baseline != target:
        assert attainment(target, target, direction=direction, baseline=baseline) == 1
        assert attainment(baseline, target, direction=direction, baseline=baseline) == 0


@given(st.lists(figures, max_size=50))
def test_parts_always_reconcile_with_their_sum(parts):
    assert gap(parts, sum(parts, Decimal(0))) == 0
