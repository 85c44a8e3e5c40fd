"""What of a set of criteria is reached: the totals of Gia Viễn's reports, 41 of 72 and 25 of 50."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.assessing import Asked, Kind, Tally, can_be, is_reached, tally
from directives.rules.attainment import Direction

YES_NO = Asked(Kind.YES_NO)
SCORED = Asked(Kind.SCORED, full=10)
MOSTLY = Asked(Kind.SCORED, full=10, enough=8)
COVERED = Asked(Kind.INDICATOR, target=Decimal("71.75"))
OVERDUE = Asked(Kind.INDICATOR, target=5, direction=Direction.DOWN)

REACHED = [
    pytest.param(YES_NO, 1, True, id="yes"),
    pytest.param(YES_NO, 0, False, id="no"),
    pytest.param(YES_NO, None, None, id="not said"),
    pytest.param(SCORED, 10, True, id="all points"),
    pytest.param(SCORED, Decimal("9.9999"), False, id="nearly all points"),
    pytest.param(MOSTLY, 8, True, id="as many points as are enough"),
    pytest.param(COVERED, Decimal("71.75"), True, id="the target"),
    pytest.param(COVERED, Decimal("71.74"), False, id="below the target"),
    pytest.param(OVERDUE, 5, True, id="no more than the target"),
    pytest.param(OVERDUE, 6, False, id="more than the target"),
    pytest.param(Asked(Kind.INDICATOR), 6, None, id="an indicator without a target"),
]


@pytest.mark.parametrize(("asked", "said", "reached"), REACHED)
def test_a_criterion_is_reached(asked, said, reached):
    assert is_reached(asked, said) is reached


@pytest.mark.parametrize(
    ("asked", "said", "possible"),
    [
        (YES_NO, 1, True),
        (YES_NO, 2, False),
        (YES_NO, Decimal("0.5"), False),
        (SCORED, 0, True),
        (SCORED, Decimal("10.0001"), False),
        (SCORED, -1, False),
        (COVERED, -3, True),
    ],
)
def test_an_answer_is_one_that_the_criterion_knows(asked, said, possible):
    assert can_be(asked, said) is possible


def test_41_of_72_and_what_is_left_of_them():
    total = tally([(YES_NO, 1)] * 41 + [(YES_NO, 0)] * 31)
    assert (total.reached, total.total, total.missed, total.share) == (41, 72, 31, Fraction(41, 72))


def test_points_are_added_beside_the_criteria():
    total = tally([(SCORED, Decimal("7.5")), (MOSTLY, 8), (YES_NO, 1), (SCORED, None)])
    assert total == Tally(reached=2, missed=1, open=1, points=Fraction(31, 2), full=Fraction(30))


def test_an_empty_set_has_no_share():
    assert tally([]).share is None


answers = st.lists(
    st.tuples(st.sampled_from([YES_NO, SCORED, MOSTLY, COVERED]), st.none() | st.integers(0, 1)), max_size=40
)


@given(answers)
def test_reached_missed_and_open_always_add_up_to_all(said):
    total = tally(said)
    assert total.total == len(said)
    assert total.open == sum(given is None for _asked, given in said)
    assert 0 <= total.points <= total.full
