"""What became of assignments since the versions that a person was shown: told by the history, before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from directives.models import Event


@dataclass(frozen=True)
class Meanwhile:
    """The facts of an assignment as they were shown and as they are now, and who changed it last, and when."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    by_name: str
    at: datetime


def meanwhile(seen: Mapping[int, int]) -> dict[int, Meanwhile]:
    """By assignment (id) what changed since the version `seen` of it; one query. What did not change is left out."""
    rows = Event.objects.filter(assignment__in=list(seen)).order_by("pk")
    found: dict[int, Meanwhile] = {}
    for pk, before, after, by_name, at in rows.values_list("assignment_id", "before", "after", "by_name", "at"):
        if after.get("version", 0) > seen[pk]:
            first = found[pk].before if pk in found else before
            found[pk] = Meanwhile(first, after, by_name, at)
    return found
