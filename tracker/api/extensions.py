"""Requests for more time, for other systems: what was asked and why, and what was decided."""

from django.db.models import QuerySet

from accounts.prepared import put_together_once
from directives.models import ExtensionRequest, ExtensionState
from directives.models.progress import EXTENSION_SAID_IN
from tracker.api.answers import local
from tracker.api.filters import WordsFilter, day_after, day_before, one_of
from tracker.api.paging import Order, Row, orders
from tracker.api.parts import WORK, WORK_TOLD, work
from tracker.api.reports import files_of, files_said
from tracker.api.resource import Line, Resource
from tracker.api.said import Moment, Said
from tracker.api.work_filters import WorkFilters

AS_STORED = ("due_on_then", "asked_due_on", "reason", "state", "decision_reason", "granted_due_on")


class ExtensionFilters(WorkFilters):
    state = one_of("state", ExtensionState.values)
    asked_before = day_before("asked_at")
    asked_after = day_after("asked_at")
    q = WordsFilter(*EXTENSION_SAID_IN)


class Extensions(Resource):
    FILTERS = ExtensionFilters
    ORDERS = orders(Order("asked_at", descending=True))
    OWN = ("id", "uuid", "asked_at", "asked_by__name", "decided_at", *AS_STORED)
    COLUMNS = (*OWN, *WORK, "assignment__version")
    FIELDS = ("id", "asked_at", "asked_by", *AS_STORED, "decided_at", "files", *WORK_TOLD)

    def rows(self) -> QuerySet:
        return self.caller.extensions()

    def lines(self, rows: list[Row]) -> list[Line]:
        files = files_of("extension", rows)
        return [{**extension_said(row), "files": files[row["id"]], **work(row)} for row in rows]

    def version(self, row: Row) -> int:
        """Whoever decides on it has seen its assignment so."""
        return row["assignment__version"]


def extensions_of(assignment: int) -> list[Line]:
    """The requests for more time of one assignment, in order, with what was decided."""
    rows = _asked_for(assignment=assignment)
    files = files_of("extension", rows)
    return [{**extension_said(row), "files": files[row["id"]]} for row in rows]


@put_together_once
def _asked_for(assignment: int) -> QuerySet:
    asked = ExtensionRequest.objects.filter(assignment=assignment).order_by("asked_at", "pk")
    return asked.values(*Extensions.OWN)


def extension_said(row: Row) -> Line:
    """What is said of a request, wherever it is told."""
    return {
        "id": row["uuid"],
        "asked_at": local(row["asked_at"]),
        "asked_by": row["asked_by__name"],
        **{name: row[name] for name in AS_STORED},
        "decided_at": local(row["decided_at"]),
    }


# The same with its files, said by the database.
EXTENSION = Said(
    id="uuid",
    asked_at=Moment("asked_at"),
    asked_by="asked_by__name",
    **{name: name for name in AS_STORED},
    decided_at=Moment("decided_at"),
    files=files_said("extension"),
)
