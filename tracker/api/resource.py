"""A resource: what rows there are for the caller, how they are filtered and ordered, and what is said of each."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from tracker.api.callers import Eye
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
    # What a line says, in its order; and what the answer for one says beyond it.
    FIELDS: ClassVar[tuple[str, ...]]
    MORE: ClassVar[tuple[str, ...]] = ()

    def __init__(self, caller: Eye) -> None:
        self.caller = caller
        # The local date as of which its rows are told.
        self.day = caller.today

    @abstractmethod
    def rows(self) -> QuerySet:
        """All that exists for the caller."""

    @abstractmethod
    def lines(self, rows: list[Row]) -> list[Line]:
        """What a list says of each row."""

    def more(self, row: Row) -> Line:
        """What the answer for one says beyond its line in a list."""
        return {}

    def version(self, row: Row) -> int | None:
        """What a verb has to name as seen (`If-Match`); None where there is no verb for it."""
        return row.get("version")


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


def only(chosen: list[str] | None, line: Line) -> Line:
    """Of a line the fields that were chosen."""
    return line if chosen is None else {name: line[name] for name in chosen}
