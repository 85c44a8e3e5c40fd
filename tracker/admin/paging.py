"""Pages of lists whose cost does not grow with what lies behind them."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

COUNTED = 2000  # rows; of more a list says "more than", and shows these


class CappedPaginator(Paginator):
    """Pages of a list of the desk. Nobody leafs through a hundred thousand rows: further rows are found by a filter,
    a search or another order, and all of them are in the sheet.
    """

    @cached_property
    def _found(self) -> int:
        rows: Any = self.object_list
        return rows.order_by()[: COUNTED + 1].count()

    @cached_property
    def count(self) -> int:
        """How many rows can be shown."""
        return min(self._found, COUNTED)

    @property
    def has_more(self) -> bool:
        """Whether there are rows that no page shows."""
        return self._found > COUNTED


@dataclass(frozen=True)
class Slice:
    """Some rows of a long order, and what leads to the rows before and behind them; '' where there are none."""

    rows: list[Any]
    before: str
    behind: str


def slice_of(rows: QuerySet[Any], *, size: int, mark: str = "") -> Slice:
    """The rows that `mark` leads to; the first ones where it is empty, or of another order.

    `rows` are ordered by columns that are never empty, by name, the last of them unique. One query, which finds the
    place by its index and counts no rows.
    """
    order = [str(name) for name in rows.query.order_by]
    backwards, place = _read(mark, order)
    if place:
        rows = rows.filter(_beyond(order, place, backwards=backwards))
    found = list((rows.reverse() if backwards else rows)[: size + 1])
    shown, more = found[:size], len(found) > size
    if backwards:
        shown.reverse()
    if not shown:
        return Slice([], "", "")
    goes_back, goes_on = (more, True) if backwards else (bool(place), more)
    before = mark_of(shown[0], order, backwards=True) if goes_back else ""
    return Slice(shown, before, mark_of(shown[-1], order) if goes_on else "")


def mark_of(row: Any, order: list[str], *, backwards: bool = False) -> str:
    """What leads to the rows behind `row`, or before it; good for this order alone."""
    return signing.dumps([backwards, *(str(_value(row, name)) for name in order)], salt=_salt(order))


def _read(mark: str, order: list[str]) -> tuple[bool, list[str]]:
    try:
        backwards, *place = signing.loads(mark, salt=_salt(order))
    except signing.BadSignature:
        return False, []
    return backwards, place


def _salt(order: list[str]) -> str:
    return f"a place in the order of {', '.join(order)}"


def _value(row: Any, name: str) -> Any:
    for part in name.removeprefix("-").split("__"):
        row = getattr(row, part)
    return row


def _beyond(order: list[str], place: list[str], *, backwards: bool) -> Q:
    """What comes behind (or before) the place; the first column says so once more, alone, for its index."""
    beyond, alike, nearest = Q(), Q(), Q()
    for name, value in zip(order, place, strict=True):
        column = name.removeprefix("-")
        past = "lt" if name.startswith("-") != backwards else "gt"
        nearest = nearest or Q(**{f"{column}__{past}e": value})
        beyond |= alike & Q(**{f"{column}__{past}": value})
        alike &= Q(**{column: value})
    return nearest & beyond
