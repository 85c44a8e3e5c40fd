"""What a figure says in its unit, how far it has come with its parts, and whether its target is met."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.attainment import Attained, Bound, Direction, Figure, Verdict, attained, percent, verdict

DUE = date(2025, 12, 31)
DAY = timedelta(1)
OF_72 = Figure(numerator=41, denominator=72)

WORTH = [
    pytest.param(OF_72, False, Fraction(41), id="41 of 72 criteria are 41 criteria"),
    pytest.param(OF_72, True, Fraction(4100, 72), id="and a share of them in per cent"),
    pytest.param(Figure(value=Decimal("71.75")), True, Fraction(7175, 100), id="a value is itself"),
    pytest.param(Figure(value=40, numerator=41, denominator=72), False, Fraction(40), id="a value goes first"),
    pytest.param(Figure(numerator=41, denominator=0), True, None, id="nothing is no share of nothing"),
    pytest.param(Figure(), False, None, id="nothing is said"),
]


@pytest.mark.parametrize(("figure", "in_percent", "worth"), WORTH)
def test_a_figure_is_worth_what_its_unit_counts(figure, in_percent, worth):
    assert figure.worth(in_percent=in_percent) == worth


def test_the_attainment_has_its_parts():
    half = attained(Figure(value=60), 80, in_percent=True, baseline=40)
    assert half == Attained(Fraction(20), Fraction(40), Fraction(1, 2), Bound.EXACT)
    assert half.covered / half.way == half.share


@pytest.mark.parametrize(("denominator", "shown"), [(72, "56.94"), (80, "51.25")])
def test_without_a_target_it_is_the_denominator_of_that_day(denominator, shown):
    assert str(percent(attained(Figure(numerator=41, denominator=denominator), None, in_percent=False).share)) == shown


@pytest.mark.parametrize(
    "figure", [Figure(), Figure(value=5), Figure(numerator=5)], ids=["nothing", "a value", "half a share"]
)
def test_without_target_and_denominator_nothing_is_attained(figure):
    assert attained(figure, None, in_percent=False) is None


@pytest.mark.parametrize(
    ("direction", "bound", "of_share"),
    [
        (Direction.UP, Bound.AT_LEAST, Bound.AT_LEAST),
        (Direction.UP, Bound.AT_MOST, Bound.AT_MOST),
        (Direction.DOWN, Bound.AT_LEAST, Bound.AT_MOST),
        (Direction.DOWN, Bound.AT_MOST, Bound.AT_LEAST),
        (Direction.DOWN, Bound.EXACT, Bound.EXACT),
    ],
)
def test_a_bound_is_turned_where_less_is_better(direction, bound, of_share):
    assert attained(Figure(value=97, bound=bound), 90, in_percent=True, direction=direction).bound == of_share


VERDICTS = [
    pytest.param("100", Bound.EXACT, DUE, DUE, Verdict.MET, id="reached on the day"),
    pytest.param("100", Bound.EXACT, DUE - DAY, DUE - DAY, Verdict.MET, id="reached before it"),
    pytest.param("99.9999", Bound.EXACT, DUE - DAY, DUE, Verdict.NOT_YET, id="its last day"),
    pytest.param("99.9999", Bound.EXACT, DUE, DUE, Verdict.NOT_MET, id="missed on the day"),
    pytest.param("99.9999", Bound.EXACT, DUE + DAY, DUE + DAY, Verdict.NOT_MET, id="missed after it"),
    pytest.param("99.9999", Bound.EXACT, DUE - DAY, DUE + DAY, Verdict.OPEN, id="no figure since the day"),
    pytest.param("97", Bound.AT_LEAST, DUE, DUE, Verdict.OPEN, id="more than 97 may be 100"),
    pytest.param("97", Bound.AT_MOST, DUE, DUE, Verdict.NOT_MET, id="at most 97 is not 100"),
]


@pytest.mark.parametrize(("value", "bound", "as_of", "today", "said"), VERDICTS)
def test_a_target_of_100_by_the_end_of_2025(value, bound, as_of, today, said):
    assert verdict(Decimal(value), 100, bound=bound, as_of=as_of, due_on=DUE, today=today) is said


def test_a_target_without_a_day_is_not_met_yet_and_never_missed():
    assert verdict(99, 100, as_of=DUE, due_on=None, today=DUE + DAY) is Verdict.NOT_YET


@pytest.mark.parametrize(("value", "target", "as_of"), [(None, 100, DUE), (99, None, DUE), (99, 100, None)])
def test_without_a_figure_or_a_target_it_cannot_be_told(value, target, as_of):
    assert verdict(value, target, as_of=as_of, due_on=DUE, today=DUE) is Verdict.OPEN


counts = st.integers(min_value=0, max_value=10**6)
signed = st.decimals(min_value=-(10**6), max_value=10**6, places=4)


@given(counts, counts.filter(bool), st.sampled_from(Direction))
def test_a_share_in_percent_and_its_parts_attain_the_same(numerator, denominator, direction):
    """Against 100 per cent, and against the denominator itself."""
    figure = Figure(numerator=numerator, denominator=denominator)
    in_percent = attained(figure, 100, in_percent=True, direction=direction)
    assert in_percent.share == attained(figure, None, in_percent=False, direction=direction).share


@given(signed, signed, signed, st.sampled_from(Direction))
def test_the_parts_always_make_the_share_where_there_is_a_baseline(value, target, baseline, direction):
    found = attained(Figure(value=value), target, in_percent=False, direction=direction, baseline=baseline)
    assert (found is None) == (target == baseline)
    assert found is None or found.covered == found.share * found.way


@given(signed, signed, st.sampled_from(Direction), st.sampled_from(Bound))
def test_what_is_met_is_attained_in_full_and_the_other_way_round(value, baseline, direction, bound):
    target = baseline + (7 if direction is Direction.UP else -7)
    figure = Figure(value=value, bound=bound)
    found = attained(figure, target, in_percent=False, direction=direction, baseline=baseline)
    said = verdict(value, target, bound=bound, direction=direction, as_of=DUE, due_on=DUE, today=DUE)
    surely = {Bound.EXACT, Bound.AT_LEAST}
    assert (said is Verdict.MET) == (found.share >= 1 and found.bound in surely)
    assert (said is Verdict.NOT_MET) == (found.share < 1 and found.bound is not Bound.AT_LEAST)
