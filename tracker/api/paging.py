"""Keyset pages: the next page begins after the last row of this one, so no row is skipped, repeated or counted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from tracker.api.callers import name_of_caller

DEFAULT_LIMIT = 50
MOST = 500
SALT = "tracker.api.paging"
# What every list can be asked beside its filters.
PAGING = frozenset({"limit", "cursor", "ordering", "fields"})

Row = dict[str, Any]
# Where a page ended: the sort key of its last row, and what tells rows of one key apart.
Position = tuple[Any, Any]


@dataclass(frozen=True)
class Order:
    """Rows in the order of `key`, and of `tie` among equals; rows without a key come last, whatever the direction.

    `word` is what it is asked for by, where that is not the key. The columns of both are among those that are read.
    """

    key: str
    tie: str = "id"
    descending: bool = False
    may_lack_key: bool = False
    word: str = ""

    @property
    def name(self) -> str:
        """What is asked for: `due_on`, or `-due_on` for the latest first."""
        return f"{self._sign}{self.word or self.key}"

    def stretches(self, rows: QuerySet, after: Position | None, *, all_have_key: bool = False) -> Iterator[QuerySet]:
        """The rows after a position, in one stretch with a key and one without, unless all are known to have one.

        Two plain stretches are each a range of an index; one query over both would read from the first row on.
        """
        some_lack_key = self.may_lack_key and not all_have_key
        with_key = rows.filter(**{f"{self.key}__isnull": False}) if some_lack_key else rows
        if after is None:
            yield self._in_order(with_key)
        elif after[0] is not None:
            beyond = TupleLessThan if self.descending else TupleGreaterThan
            yield self._in_order(with_key.filter(beyond(Tuple(F(self.key), F(self.tie)), after)))
        if some_lack_key:
            without = rows.filter(**{f"{self.key}__isnull": True})
            if after is not None and after[0] is None:
                without = without.filter(**{f"{self.tie}__{'lt' if self.descending else 'gt'}": after[1]})
            yield without.order_by(f"{self._sign}{self.tie}")

    def position(self, row: Row) -> Position:
        return row[self.key], row[self.tie]

    @property
    def _sign(self) -> str:
        return "-" if self.descending else ""

    def _in_order(self, rows: QuerySet) -> QuerySet:
        return rows.order_by(f"{self._sign}{self.key}", f"{self._sign}{self.tie}")


def orders(*given: Order) -> dict[str, Order]:
    """These orders, each with its reverse, by their names; the first is that of a list where nobody asks for one."""
    both = [one for order in given for one in (order, replace(order, descending=not order.descending))]
    return {one.name: one for one in both}


@dataclass(frozen=True)
class Page:
    """One page of rows, and where the next one begins; None on the last."""

    rows: list[Row]
    end: Position | None


# The first rows of a stretch, at most as many as asked for.
Stretch = Callable[[int], Iterable[Row]]


def read_page(
    rows: QuerySet,
    order: Order,
    *,
    after: Position | None,
    limit: int,
    ways: Sequence[Q] | None = None,
    all_have_key: bool = False,
) -> Page:
    """At most `limit` of `rows` (of dictionaries) behind `after`, in one or two queries.

    `ways`: only those that are found in any of these ways.
    """
    stretches = order.stretches(rows, after, all_have_key=all_have_key)
    return gather((partial(_first, stretch, ways) for stretch in stretches), order, limit)


def gather(stretches: Iterable[Stretch], order: Order, limit: int) -> Page:
    """At most `limit` rows, from the first stretch on."""
    found: list[Row] = []
    for first_of in stretches:
        found += first_of(limit + 1 - len(found))
        if len(found) > limit:
            return Page(found[:limit], order.position(found[limit - 1]))
    return Page(found, None)


def _first(rows: QuerySet, ways: Sequence[Q] | None, most: int) -> QuerySet:
    """The first `most`. Each way is asked for its own, so that an index answers it; all at once would read them all."""
    if ways is None:
        return rows[:most]
    if not ways:
        return rows.none()
    one, *others = [rows.filter(way).values("pk")[:most] for way in ways]
    return rows.filter(pk__in=one.union(*others) if others else one)[:most]


def limit_of(request: Request) -> int:
    """How many rows the caller wants. Raises ValidationError naming `limit`."""
    given = request.query_params.get("limit", str(DEFAULT_LIMIT))
    limit = int(given) if given.isascii() and given.isdigit() and len(given) <= len(str(MOST)) else 0
    if not 1 <= limit <= MOST:
        raise ValidationError({"limit": [_("Give a whole number from 1 to %(most)d.") % {"most": MOST}]})
    return limit


def order_of(request: Request, known: Mapping[str, Order]) -> Order:
    """The order that the caller wants, or the first. Raises ValidationError naming `ordering`."""
    order = known.get(request.query_params.get("ordering", next(iter(known))))
    if order is None:
        raise ValidationError({"ordering": [_("Choose one of: %(codes)s.") % {"codes": ", ".join(known)}]})
    return order


def position_of(request: Request, order: Order) -> Position | None:
    """Where the caller's cursor says that the last page ended.

    Raises ValidationError naming `cursor` where it was not given out here, to this caller, for this list, its filters
    and its order.
    """
    cursor = request.query_params.get("cursor")
    if cursor is None:
        return None
    try:
        bound_to, kind, key, tie = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        bound_to = kind = key = tie = None
    if bound_to is None or bound_to != _question(request, order):
        raise ValidationError({"cursor": [_("This cursor does not belong to this list with these filters.")]})
    return READ.get(kind, _as_it_is)(key), tie


def next_address(request: Request, order: Order, end: Position | None) -> str | None:
    """The full address of the page behind `end`."""
    if end is None:
        return None
    key, tie = end
    told = (type(key).__name__, key.isoformat()) if isinstance(key, date) else ("", key)
    cursor = signing.dumps((_question(request, order), *told, tie), salt=SALT)
    asked = {name: value for name, value in request.query_params.items() if name != "cursor"}
    return request.build_absolute_uri(f"{request.path}?{urlencode({**asked, 'cursor': cursor}, safe='/:')}")


def _as_it_is(key: Any) -> Any:
    return key


READ = {"date": date.fromisoformat, "datetime": datetime.fromisoformat}


def _question(request: Request, order: Order) -> str:
    """What a cursor is good for: this list with these filters in this order, for this caller, in short."""
    asked = sorted((name, value) for name, value in request.query_params.items() if name not in PAGING)
    told = repr((name_of_caller(request), request.path, order.name, asked))
    return sha256(told.encode()).hexdigest()[:16]
