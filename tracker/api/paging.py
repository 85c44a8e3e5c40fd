"""Keyset pages: the next page begins after the last row of this one, so no row is skipped, repeated or counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

DEFAULT_LIMIT = 50
MOST = 500
SALT = "tracker.api.paging"
PAGING = frozenset({"limit", "cursor"})

Row = dict[str, Any]
# Where a page ended: the sort key of its last row, and what tells rows of one key apart.
Position = tuple[Any, Any]


@dataclass(frozen=True)
class Order:
    """Rows in the order of `key`, and of `tie` among equals; rows without a key come last."""

    key: str
    tie: str = "id"
    newest_first: bool = False
    may_lack_key: bool = False

    def stretches(self, rows: QuerySet, after: Position | None) -> Iterator[QuerySet]:
        """The rows after a position, in one stretch with a key and one without.

        Two plain stretches are each a range of an index; one query over both would read from the first row on.
        """
        with_key = rows.filter(**{f"{self.key}__isnull": False}) if self.may_lack_key else rows
        if after is None:
            yield self._in_order(with_key)
        elif after[0] is not None:
            beyond = TupleLessThan if self.newest_first else TupleGreaterThan
            yield self._in_order(with_key.filter(beyond(Tuple(F(self.key), F(self.tie)), after)))
        if self.may_lack_key:
            without = rows.filter(**{f"{self.key}__isnull": True})
            if after is not None and after[0] is None:
                without = without.filter(**{f"{self.tie}__{'lt' if self.newest_first else 'gt'}": after[1]})
            yield without.order_by(f"{self._sign}{self.tie}")

    def position(self, row: Row) -> Position:
        return row[self.key], row[self.tie]

    @property
    def _sign(self) -> str:
        return "-" if self.newest_first else ""

    def _in_order(self, rows: QuerySet) -> QuerySet:
        return rows.order_by(f"{self._sign}{self.key}", f"{self._sign}{self.tie}")


@dataclass(frozen=True)
class Page:
    """One page of rows, and where the next one begins; None on the last."""

    rows: list[Row]
    end: Position | None


def read_page(rows: QuerySet, order: Order, *, after: Position | None, limit: int) -> Page:
    """At most `limit` of `rows` (of dictionaries) behind `after`, in one or two queries."""
    found: list[Row] = []
    for stretch in order.stretches(rows, after):
        found += stretch[: limit + 1 - len(found)]
        if len(found) > limit:
            return Page(found[:limit], order.position(found[limit - 1]))
    return Page(found, None)


def limit_of(request: Request) -> int:
    """How many rows the caller wants. Raises ValidationError naming `limit`."""
    given = request.query_params.get("limit", str(DEFAULT_LIMIT))
    limit = int(given) if given.isascii() and given.isdigit() and len(given) <= len(str(MOST)) else 0
    if not 1 <= limit <= MOST:
        raise ValidationError({"limit": [_("Give a whole number from 1 to %(most)d.") % {"most": MOST}]})
    return limit


def position_of(request: Request) -> Position | None:
    """Where the caller's cursor says that the last page ended.

    Raises ValidationError naming `cursor` where it was not given out here, or for another list or filter.
    """
    cursor = request.query_params.get("cursor")
    if cursor is None:
        return None
    try:
        bound_to, kind, key, tie = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        bound_to = kind = key = tie = None
    if bound_to is None or bound_to != _question(request):
        raise ValidationError({"cursor": [_("This cursor does not belong to this list with these filters.")]})
    return (date.fromisoformat(key) if kind == "day" else key), tie


def next_address(request: Request, end: Position | None) -> str | None:
    """The full address of the page behind `end`."""
    if end is None:
        return None
    key, tie = end
    told = ("day", key.isoformat()) if isinstance(key, date) else ("", key)
    cursor = signing.dumps((_question(request), *told, tie), salt=SALT)
    asked = {name: value for name, value in request.query_params.items() if name != "cursor"}
    return request.build_absolute_uri(f"{request.path}?{urlencode({**asked, 'cursor': cursor}, safe='/:')}")


def _question(request: Request) -> str:
    """What a cursor is good for: this list with these filters, in short."""
    asked = sorted((name, value) for name, value in request.query_params.items() if name not in PAGING)
    return sha256(repr((request.path, asked)).encode()).hexdigest()[:16]
