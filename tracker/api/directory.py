"""Committees and agencies for other systems: the whole directory, which is nobody's secret."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from accounts.models import Agency, AgencyKind, Committee, Succession
from accounts.models.agencies import name_in_use
from directives.rules.searching import words_typed
from tracker.api.filters import (
    NO_DAY,
    Filters,
    SearchFilter,
    Way,
    WordFilter,
    WordsFilter,
    agency,
    agency_under,
    committee,
    exactly,
    one_of,
)
from tracker.api.finding import find_day
from tracker.api.paging import Order, Row, orders
from tracker.api.resource import Line, Resource

NAMES = ("id", "uuid", "code", "name_vi", "name_en", "abbreviation", "valid_from", "valid_to", "parent__code")
TOLD = ("id", "code", "name", "abbreviation", "parent", "valid_from", "valid_to")


class OnFilter(WordFilter):
    """Those that exist on a day."""

    way = Way.ANEW

    def __init__(self) -> None:
        super().__init__(find=find_day, refusal=NO_DAY)

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return qs.on(value)


class NameFilter(SearchFilter):
    """Agencies one of whose names holds all the words."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        words = words_typed(value)
        return qs.named_by(words) if words else qs.none()


class CommitteeFilters(Filters):
    code = exactly("code")
    parent = committee("parent")
    on = OnFilter()
    q = WordsFilter("name_vi", "name_en", "abbreviation")


class AgencyFilters(Filters):
    code = exactly("code")
    parent = agency("parent")
    agency_under = agency_under("pk")
    kind = one_of("kind", AgencyKind.values)
    on = OnFilter()
    q = NameFilter()


class Committees(Resource):
    FILTERS = CommitteeFilters
    ORDERS = orders(Order("code"))
    COLUMNS = (*NAMES, "secretariat__code")
    FIELDS = (*TOLD, "secretariat")

    def rows(self) -> QuerySet:
        return Committee.objects.all()

    def lines(self, rows: list[Row]) -> list[Line]:
        return [{**_body(row), "secretariat": row["secretariat__code"]} for row in rows]


class Agencies(Resource):
    FILTERS = AgencyFilters
    ORDERS = orders(Order("code"))
    COLUMNS = (*NAMES, "kind", "short_name_vi", "edxml_code")
    FIELDS = (*TOLD, "kind", "short_name", "edxml_code", "successors")

    def rows(self) -> QuerySet:
        return Agency.objects.all()

    def lines(self, rows: list[Row]) -> list[Line]:
        heirs = successors([row["id"] for row in rows])
        return [
            {
                **_body(row),
                "kind": row["kind"],
                "short_name": row["short_name_vi"],
                "edxml_code": row["edxml_code"],
                "successors": heirs[row["id"]],
            }
            for row in rows
        ]


def successors(ids: list[int]) -> dict[int, list[Line]]:
    """Who carries on the work of each agency, from which day."""
    heirs: dict[int, list[Line]] = defaultdict(list)
    steps = Succession.objects.filter(predecessor__in=ids).order_by("on", "successor__code")
    for predecessor, code, day in steps.values_list("predecessor", "successor__code", "on"):
        heirs[predecessor].append({"agency": code, "on": day})
    return heirs


def _body(row: Row) -> Line:
    return {
        "id": row["uuid"],
        "code": row["code"],
        "name": name_in_use(row["name_vi"], row["name_en"]),
        "abbreviation": row["abbreviation"],
        "parent": row["parent__code"],
        "valid_from": row["valid_from"],
        "valid_to": row["valid_to"],
    }
