"""Committees and agencies for other systems: the whole directory, which is nobody's secret."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from accounts.models import Agency, Committee, Succession
from accounts.models.agencies import name_in_use
from tracker.api.paging import Row


def committees() -> QuerySet:
    """All committees, as `committee_lines` reads them."""
    names = ("id", "uuid", "code", "name_vi", "name_en", "abbreviation", "valid_from", "valid_to")
    return Committee.objects.values(*names, "parent__code", "secretariat__code")


def committee_lines(rows: list[Row]) -> list[dict[str, Any]]:
    """What is said of each committee."""
    return [{**_body(row), "secretariat": row["secretariat__code"]} for row in rows]


def agencies() -> QuerySet:
    """All agencies, as `agency_lines` reads them."""
    names = ("id", "uuid", "code", "name_vi", "name_en", "abbreviation", "valid_from", "valid_to")
    return Agency.objects.values(*names, "parent__code", "kind", "short_name_vi", "edxml_code")


def agency_lines(rows: list[Row]) -> list[dict[str, Any]]:
    """What is said of each agency; one query more for who carries on its work, from which day."""
    heirs: dict[int, list[dict[str, Any]]] = defaultdict(list)
    steps = Succession.objects.filter(predecessor__in=[row["id"] for row in rows]).order_by("on", "successor__code")
    for predecessor, code, day in steps.values_list("predecessor", "successor__code", "on"):
        heirs[predecessor].append({"agency": code, "on": day})
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


def _body(row: Row) -> dict[str, Any]:
    return {
        "id": row["uuid"],
        "code": row["code"],
        "name": name_in_use(row["name_vi"], row["name_en"]),
        "abbreviation": row["abbreviation"],
        "parent": row["parent__code"],
        "valid_from": row["valid_from"],
        "valid_to": row["valid_to"],
    }
