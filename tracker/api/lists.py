"""One page of a list: by a question that is put together once for all who ask alike, else by one of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from django.db.models import QuerySet

from accounts.prepared import Given, Statement
from tracker.api.callers import AnyEye, Eye, ShapeOfReach, shape_of_reach
from tracker.api.filters import Filters, Shape
from tracker.api.paging import Order, Page, Position, Row, Stretch, gather, read_page
from tracker.api.resource import Resource

# Questions that are kept put together; each takes some kilobytes.
MOST_KEPT = 1000
KEY, TIE = "after.key", "after.tie"


def page_of(resource: Resource, asked: Filters, order: Order, *, after: Position | None, limit: int) -> Page:
    """At most `limit` rows of what the filters leave, behind `after`; in one or two questions."""
    if (shape := asked.shape) is not None:
        return gather(_prepared(resource, asked.cleaned, shape, order, after), order, limit)
    rows = asked.filter_queryset(resource.rows()).values(*resource.columns)
    keyed = asked.ask_for(order.key)
    return read_page(rows, order, after=after, limit=limit, ways=asked.ways, all_have_key=keyed)


@dataclass(frozen=True)
class Asked:
    """What decides how the question for a page reads. `key`: whether the page before ended at a row with a key; None on
    the first page.
    """

    kind: type[Resource]
    sight: ShapeOfReach
    filters: Shape
    order: Order
    key: bool | None

    def stretches(self) -> list[QuerySet]:
        """Put together for whatever values."""
        resource = self.kind(AnyEye(self.sight))
        filters = self.kind.FILTERS.of_any(self.filters, resource.caller)
        rows = filters.filter_queryset(resource.rows()).values(*resource.columns)
        after = None if self.key is None else (Given(KEY) if self.key else None, Given(TIE))
        return list(self.order.stretches(rows, after, all_have_key=filters.ask_for(self.order.key)))


def _prepared(
    resource: Resource, cleaned: dict[str, Any], filters: Shape, order: Order, after: Position | None
) -> Iterator[Stretch]:
    eye = resource.caller
    key = None if after is None else after[0] is not None
    asked = Asked(type(resource), shape_of_reach(eye.reach), filters, order, key)
    values = {**eye.given(), "today": eye.today, **cleaned}
    if after is not None:
        values |= {KEY: after[0], TIE: after[1]}
    for number in range(_how_many(asked)):
        yield partial(_first_of, asked, number, eye, values)


def _first_of(asked: Asked, number: int, eye: Eye, values: dict[str, Any], most: int) -> list[Row]:
    statement = _statement(asked, number, most)
    if "soon" in statement.names:
        values["soon"] = eye.soon_until(eye.today)
    return statement.rows(values)


@lru_cache(MOST_KEPT)
def _how_many(asked: Asked) -> int:
    return len(asked.stretches())


@lru_cache(MOST_KEPT)
def _statement(asked: Asked, number: int, most: int) -> Statement:
    return Statement(asked.stretches()[number][:most], planned_anew=True)
