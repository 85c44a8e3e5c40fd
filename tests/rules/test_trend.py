"""Where figures go: the last step, the even way to the target, and the readings' own pace."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.attainment import Bound, Direction
from directives.rules.trend import FEWEST, Point, Way, expected, forecast, step

DAY = timedelta(1)
FIRST = date(2025, 1, 1)
DUE = FIRST + 100 * DAY
EXACT, LEAST, MOST = Bound.EXACT, Bound.AT_LEAST, Bound.AT_MOST


def point(days: int, value: object, bound: Bound = EXACT, of: int | None = None) -> Point:
    return Point(FIRST + days * DAY, Fraction(value), bound, None if of is None else Fraction(of))


STEPS = [
    pytest.param((66, EXACT), (71, EXACT), 5, EXACT, Way.BETTER, id="5 more"),
    pytest.param((71, EXACT), (66, EXACT), -5, EXACT, Way.WORSE, id="5 less"),
    pytest.param((66, EXACT), (66, EXACT), 0, EXACT, Way.SAME, id="the same"),
    pytest.param((90, EXACT), (97, LEAST), 7, LEAST, Way.BETTER, id="to more than 97: at least 7 more"),
    pytest.param((97, LEAST), (98, EXACT), 1, MOST, Way.OPEN, id="from more than 97 to 98: at most 1 more"),
    pytest.param((97, LEAST), (96, EXACT), -1, MOST, Way.WORSE, id="from more than 97 to 96: at least 1 less"),
    pytest.param((97, LEAST), (99, LEAST), None, EXACT, Way.OPEN, id="two at least: anything"),
    pytest.param((97, EXACT), (97, LEAST), 0, LEAST, Way.OPEN, id="to at least the same: no less"),
    pytest.param((97, MOST), (98, LEAST), 1, LEAST, Way.BETTER, id="from at most to at least: at least 1 more"),
]


@pytest.mark.parametrize(("was", "now", "difference", "bound", "way"), STEPS)
def test_a_step_says_no_more_than_its_figures(was, now, difference, bound, way):
    found = step(point(0, *was), point(30, *now))
    assert (found.difference, found.bound, found.way, found.since) == (difference, bound, way, FIRST)


def test_less_is_better_where_the_target_is_below():
    assert step(point(0, 20), point(9, 15), direction=Direction.DOWN).way is Way.BETTER
    assert step(point(0, 15), point(9, 20), direction=Direction.DOWN).way is Way.WORSE


@pytest.mark.parametrize(("was_of", "is_of", "other"), [(72, 72, False), (72, 80, True), (None, 80, False)])
def test_a_step_says_where_the_denominator_has_changed(was_of, is_of, other):
    assert step(point(0, 41, of=was_of), point(9, 45, of=is_of)).other_whole is other


EXPECTED = [
    pytest.param(-1, None, id="before the start"),
    pytest.param(0, 40, id="at the start"),
    pytest.param(25, 55, id="a quarter of the days, a quarter of the way"),
    pytest.param(100, 100, id="on the target's day"),
    pytest.param(300, 100, id="and after it"),
]


@pytest.mark.parametrize(("days", "value"), EXPECTED)
def test_the_even_way_from_40_to_100(days, value):
    found = expected(FIRST + days * DAY, start=point(0, 40), target=100, due_on=DUE)
    assert (found and found.value) == value


def test_thirds_stay_exact():
    assert expected(FIRST + DAY, start=point(0, 0), target=1, due_on=FIRST + 3 * DAY).value == Fraction(1, 3)


def test_no_day_lies_between_a_start_on_the_targets_day():
    assert expected(DUE, start=point(100, 40), target=100, due_on=DUE) is None


def test_the_pace_of_the_readings_leads_past_the_target_or_short_of_it():
    short = forecast([point(0, 40), point(10, 44), point(20, 48)], target=100, due_on=DUE)
    assert (short.value, short.misses, short.reached_on, short.readings) == (80, True, FIRST + 150 * DAY, 3)
    past = forecast([point(0, 40), point(10, 48), point(20, 56)], target=100, due_on=DUE, within=(0, 100))
    assert (past.value, past.misses, past.reached_on) == (100, False, FIRST + 75 * DAY)


def test_the_line_lies_nearest_to_all_readings():
    """0, 3 and 3 on days 0, 1 and 2: least squares give 1.5 a day around 2 on day 1."""
    found = forecast([point(0, 0), point(1, 3), point(2, 3)], target=9, due_on=FIRST + 5 * DAY)
    assert (found.pace, found.value) == (Fraction(3, 2), 8)


def test_a_pace_away_from_the_target_never_reaches_it():
    found = forecast([point(0, 50), point(10, 49), point(20, 48)], target=100, due_on=DUE)
    assert (found.misses, found.reached_on) == (True, None)


def test_a_target_below_is_reached_from_above():
    found = forecast([point(0, 50), point(10, 45), point(20, 40)], target=7, due_on=DUE, direction=Direction.DOWN)
    assert (found.value, found.misses, found.reached_on) == (0, False, FIRST + 86 * DAY)


NOTHING = [
    pytest.param([], id="no reading"),
    pytest.param([point(0, 40), point(10, 44)], id="two readings"),
    pytest.param([point(0, 40), point(10, 44), point(10, 45)], id="three of two days"),
    pytest.param([point(0, 40), point(10, 44), point(20, 48, LEAST)], id="a bound is no place on a line"),
    pytest.param([point(0, 40), point(10, 44), point(100, 48)], id="the day has its own figure"),
]


@pytest.mark.parametrize("points", NOTHING)
def test_too_little_is_known_to_speak_of_a_pace(points):
    assert forecast(points, target=100, due_on=DUE) is None


figures = st.decimals(min_value=-(10**6), max_value=10**6, places=4)
days = st.lists(st.integers(0, 99), min_size=FEWEST, max_size=12, unique=True)


@given(figures, figures, days, st.sampled_from(Direction))
def test_readings_on_the_even_way_lead_exactly_to_the_target(baseline, target, read_on, direction):
    start = point(0, baseline)
    points = [
        Point(FIRST + day * DAY, expected(FIRST + day * DAY, start=start, target=target, due_on=DUE).value)
        for day in read_on
    ]
    found = forecast(points, target=target, due_on=DUE, direction=direction)
    assert (found.value, found.misses) == (Fraction(target), False)


@given(st.lists(figures, min_size=FEWEST, max_size=8), figures, st.sampled_from(Direction))
def test_the_day_of_reaching_is_the_first_on_which_the_line_is_there(values, target, direction):
    points = [point(days, value) for days, value in enumerate(values)]
    found = forecast(points, target=target, due_on=DUE, direction=direction)
    late = found.reached_on is None or found.reached_on > DUE
    away = found.pace < 0 if direction is Direction.UP else found.pace > 0
    # What is there today and goes the wrong way may be gone again by then.
    assert found.misses == late or (away and found.misses)


@given(figures, figures, st.sampled_from(Bound), st.sampled_from(Bound))
def test_the_way_there_is_the_other_way_back(first, second, bound, other):
    there = step(Point(FIRST, Fraction(first), bound), Point(DUE, Fraction(second), other))
    back = step(Point(FIRST, Fraction(second), other), Point(DUE, Fraction(first), bound))
    assert (there.difference is None) == (back.difference is None)
    assert there.difference is None or there.difference == -back.difference
    turned = {Way.BETTER: Way.WORSE, Way.WORSE: Way.BETTER}
    assert back.way == turned.get(there.way, there.way)


@given(st.integers(0, 200), figures)
def test_what_is_expected_never_leaves_the_way(day, target):
    found = expected(FIRST + day * DAY, start=point(0, Decimal(0)), target=target, due_on=DUE).value
    assert min(0, target) <= found <= max(0, target)
