"""A resource: what rows there are for the caller, how they are filtered and ordered, and what is said of each."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from accounts.prepared import Given, Statement
from tracker.api.answers import as_json
from tracker.api.callers import AnyEye, Eye, ShapeOfReach, shape_of_reach
from tracker.api.filters import Filters
from tracker.api.paging import Order, Row

Line = dict[str, Any]


class Resource(ABC):
    """What one caller sees of one kind of thing. Each list costs a fixed number of queries."""

    FILTERS: ClassVar[type[Filters]]
    # In which orders a list can be read, by the word asked for; the first where nobody asks.
    ORDERS: ClassVar[dict[str, Order]]
    # The columns that are read, by hand: building model objects for a list costs more than the query.
    COLUMNS: ClassVar[tuple[str, ...]]
    # Those of a page whose lines are asked for by their ids, where the database says them; none where it does not.
    KEYS: ClassVar[tuple[str, ...]] = ()
    # What a line says, in its order; and what the answer for one says beyond it.
    FIELDS: ClassVar[tuple[str, ...]]
    MORE: ClassVar[tuple[str, ...]] = ()

    def __init__(self, caller: Eye) -> None:
        self.caller = caller
        # The past day of which its rows are told, at its end; None: they are told as they are now.
        self.as_of: date | None = None

    @property
    def day(self) -> date:
        """The local date on which its rows are looked at."""
        return self.as_of or self.caller.today

    @property
    def columns(self) -> tuple[str, ...]:
        """What is read of each row of a page."""
        return self.COLUMNS if self.as_of else self.KEYS or self.COLUMNS

    @abstractmethod
    def rows(self) -> QuerySet:
        """All that exists for the caller."""

    @abstractmethod
    def lines(self, rows: list[Row]) -> list[Line]:
        """What a list says of each row."""

    def said(self, rows: list[Row]) -> list[bytes]:
        """The same as JSON."""
        return [as_json(line) for line in self.lines(rows)]

    def said_in_full(self, uuid: UUID) -> tuple[bytes, int | None] | None:
        """What is said of the one of this id, and its version; None where it does not exist for the caller."""
        row = self._row(uuid)
        if row is None:
            return None
        return as_json({**self.lines([row])[0], **self.more(row)}), self.version(row)

    def _row(self, uuid: UUID) -> Row | None:
        statement = _one(type(self), shape_of_reach(self.caller.reach))
        return next(iter(statement.rows({**self.caller.given(), "uuid": uuid})), None)

    def more(self, row: Row) -> Line:
        """What the answer for one says beyond its line in a list."""
        return {}

    def version(self, row: Row) -> int | None:
        """What a verb has to name as seen (`If-Match`); None where there is no verb for it."""
        return row.get("version")


@cache
def _one(kind: type[Resource], sight: ShapeOfReach) -> Statement:
    return Statement(kind(AnyEye(sight)).rows().filter(uuid=Given("uuid")).values(*kind.COLUMNS))


def fields_of(request: Request, known: Sequence[str]) -> list[str] | None:
    """The fields that the caller chose, in the order of a line; None for all. Raises ValidationError naming others."""
    given = request.query_params.get("fields")
    if given is None:
        return None
    if not given:
        raise ValidationError({"fields": [_("Give a value, or leave the parameter out.")]})
    chosen = given.split(",")
    if unknown := [name for name in chosen if name not in known]:
        sentence = _("There is no such field here: %(name)s.")
        raise ValidationError({"fields": [sentence % {"name": name} for name in dict.fromkeys(unknown)]})
    return [name for name in known if name in chosen]


def only(chosen: list[str] | None, said: bytes) -> bytes:
    """Of what is said of one the fields that were chosen."""
    if chosen is None:
        return said
    line = orjson.loads(said)
    return as_json({name: line[name] for name in chosen})
