"""History for other systems: who did what, when and why, in the order of the chain that holds it together."""

from django.db.models import Q, QuerySet

from tracker.api.events_said import HAPPENED, TOLD, event_said
from tracker.api.filters import (
    NO_NUMBER,
    Filters,
    SearchFilter,
    WordFilter,
    agency,
    agency_under,
    by_id,
    committee,
    day_after,
    day_before,
    exactly,
    notice,
)
from tracker.api.finding import find_number
from tracker.api.paging import Order, Row, orders
from tracker.api.resource import Line, Resource


class SaidFilter(SearchFilter):
    """Who did it, and words of the reason."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.with_words(value, otherwise=Q(pk__in=()))


class EventFilters(Filters):
    verb = exactly("verb")
    assignment = by_id("assignment__uuid")
    directive = by_id("directive__uuid")
    notice = notice("notice")
    committee = committee("notice__committee")
    agency = agency("assignment__agency")
    agency_under = agency_under("assignment__agency")
    happened_before = day_before("at")
    happened_after = day_after("at")
    after = WordFilter("seal__sequence", "gt", find=find_number, refusal=NO_NUMBER)
    q = SaidFilter()


class Events(Resource):
    FILTERS = EventFilters
    ORDERS = orders(Order("seal__sequence", word="sequence"))
    COLUMNS = (
        *("id", "uuid", "seal__sequence", "seal__hash", "subject"),
        *HAPPENED,
        *("notice__uuid", "directive__uuid", "assignment__uuid"),
    )
    FIELDS = ("id", "sequence", "hash", *TOLD, "subject", "notice", "directive", "assignment")

    def rows(self) -> QuerySet:
        return self.caller.events()

    def lines(self, rows: list[Row]) -> list[Line]:
        return [
            {
                "id": row["uuid"],
                "sequence": row["seal__sequence"],
                "hash": row["seal__hash"],
                **event_said(row),
                "subject": row["subject"],
                "notice": row["notice__uuid"],
                "directive": row["directive__uuid"],
                "assignment": row["assignment__uuid"],
            }
            for row in rows
        ]
