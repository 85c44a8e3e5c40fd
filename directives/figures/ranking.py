"""In which order agencies come out: by how little is overdue, and then by how much is done."""

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import TypeVar

from directives.figures.cells import Cells

Key = TypeVar("Key", bound=Hashable)


def ranks(found: Mapping[Key, Cells]) -> dict[Key, int]:
    """The rank of each that has work with a deadline: 1 has the least overdue of it; of those alike the most done.

    Both are shares of what has a deadline, so that much work is no disadvantage. Who is alike in both has the same
    rank, and the next one comes after all of them (1, 2, 2, 4).
    """
    worth = {
        key: (Fraction(cells.open_overdue, cells.dated), -Fraction(cells.done, cells.dated))
        for key, cells in found.items()
        if cells.dated
    }
    places: dict[tuple[Fraction, Fraction], int] = {}
    for place, one in enumerate(sorted(worth.values()), start=1):
        places.setdefault(one, place)
    return {key: places[one] for key, one in worth.items()}
