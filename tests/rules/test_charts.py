"""Charts: whole units that add up, nothing that is there unseen, round numbers at the lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.charts import LEAST, bar, columns, length, scale, shares

counts = st.lists(st.integers(0, 10**6), min_size=1, max_size=8)


@given(counts, st.integers(100, 2000))
def test_the_parts_of_a_bar_add_up_to_its_length(values, whole):
    assert sum(shares(values, whole)) == (whole if any(values) else 0)


@given(counts, st.integers(100, 2000))
def test_what_is_there_is_seen_and_what_is_not_takes_no_room(values, whole):
    parted = shares(values, whole)
    assert [share >= LEAST for share in parted] == [value > 0 for value in values]
    assert all(share == 0 for share, value in zip(parted, values, strict=True) if not value)


def test_the_pieces_of_a_bar_lie_side_by_side_in_their_order():
    pieces = bar([("done", 60), ("late", 0), ("open", 40)], width=1000, height=50)
    assert [(piece.name, piece.x, piece.width, piece.height) for piece in pieces] == [
        ("done", 0, 600, 50),
        ("open", 600, 400, 50),
    ]
    assert [(piece.middle, piece.level) for piece in pieces] == [(300, 25), (800, 25)]


@pytest.mark.parametrize(
    ("value", "most", "units"), [(0, 0, 0), (0, 9, 0), (9, 9, 100), (1, 4, 25), (1, 5000, 1), (3, 0, 0)]
)
def test_a_bar_is_as_long_as_its_part_of_the_longest(value, most, units):
    assert length(value, most) == units


@pytest.mark.parametrize(
    ("most", "lines"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (7, [0, 2, 4, 6, 8]),
        (21_914, [0, 10_000, 20_000, 30_000]),
        (41, [0, 20, 40, 60]),
    ],
)
def test_the_lines_stand_at_round_numbers_and_reach_above_all(most, lines):
    assert scale(most) == lines


@given(st.integers(0, 10**7))
def test_no_chart_has_more_lines_than_can_be_read(most):
    lines = scale(most)
    assert lines[-1] >= most
    assert 2 <= len(lines) <= 5


def test_a_column_stands_on_its_foot_and_its_pieces_upon_one_another():
    drawn = columns([[("done", 3), ("open", 1)], [("done", 0), ("open", 0)]], left=20, top=0, right=220, bottom=400)
    full, empty = drawn.columns
    assert [(piece.name, piece.y, piece.height) for piece in full.pieces] == [("done", 100, 300), ("open", 0, 100)]
    assert [(piece.x, piece.width) for piece in full.pieces] == [(40, 60), (40, 60)]
    assert (full.middle, full.top, full.total) == (70, 0, 4)
    assert (empty.pieces, empty.middle, empty.top, empty.total) == ([], 170, 400, 0)
    assert [(tick.value, tick.y) for tick in drawn.ticks] == [(0, 400), (1, 300), (2, 200), (3, 100), (4, 0)]
