"""A resource: what rows there are for the caller, how they are filtered and ordered, and what is said of each."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.db.models import QuerySet

from tracker.api.callers import Caller
from tracker.api.filters import Filters
from tracker.api.paging import Order, Row


class Resource(ABC):
    """What one caller sees of one kind of thing. Each list costs a fixed number of queries."""

    FILTERS: ClassVar[type[Filters]]
    ORDER: ClassVar[Order]
    # The columns that are read, by hand: building model objects for a list costs more than the query.
    COLUMNS: ClassVar[tuple[str, ...]]

    def __init__(self, caller: Caller) -> None:
        self.caller = caller

    @abstractmethod
    def rows(self) -> QuerySet:
        """All that exists for the caller."""

    @abstractmethod
    def lines(self, rows: list[Row]) -> list[dict[str, Any]]:
        """What a list says of each row."""

    def more(self, row: Row) -> dict[str, Any]:
        """What the answer for one says beyond its line in a list."""
        return {}
