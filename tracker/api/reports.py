"""Reports for other systems: what agencies say of their work, with the files that show it, and what was decided."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import OuterRef, QuerySet

from accounts.prepared import Given, Statement, put_together_once
from directives.models import Attachment, Report, ReportKind, ReportState
from directives.models.progress import REPORT_SAID_IN
from tracker.api.answers import exact, local
from tracker.api.filters import WordsFilter, day_after, day_before, one_of
from tracker.api.paging import Order, Row, orders
from tracker.api.parts import WORK, WORK_TOLD, work
from tracker.api.resource import Line, Resource
from tracker.api.said import AllOf, Exact, Moment, Said
from tracker.api.work_filters import WorkFilters

AS_STORED = ("kind", "percent", "text", "difficulties", "asks", "product_ref", "unit", "state", "reason")
FILE = ("uuid", "name", "size", "sha256", "content_type")


class ReportFilters(WorkFilters):
    kind = one_of("kind", ReportKind.values)
    state = one_of("state", ReportState.values)
    reported_before = day_before("at")
    reported_after = day_after("at")
    q = WordsFilter(*REPORT_SAID_IN)


class Reports(Resource):
    FILTERS = ReportFilters
    ORDERS = orders(Order("at", descending=True))
    OWN = ("id", "uuid", "at", "by__name", "figure", "verified_figure", "decided_at", *AS_STORED)
    COLUMNS = (*OWN, *WORK)
    FIELDS = ("id", "at", "by", *AS_STORED, "figure", "verified_figure", "decided_at", "files", *WORK_TOLD)

    def rows(self) -> QuerySet:
        return self.caller.reports()

    def lines(self, rows: list[Row]) -> list[Line]:
        files = files_of("report", rows)
        return [{**report_said(row), "files": files[row["id"]], **work(row)} for row in rows]


def reports_of(assignment: int) -> list[Line]:
    """The reports of progress and completion of one assignment, in order, with what was decided on them."""
    rows = _reported(assignment=assignment)
    files = files_of("report", rows)
    return [{**report_said(row), "files": files[row["id"]]} for row in rows]


@put_together_once
def _reported(assignment: int) -> QuerySet:
    return Report.objects.filter(assignment=assignment).order_by("at", "pk").values(*Reports.OWN)


def report_said(row: Row) -> Line:
    """What is said of a report, wherever it is told."""
    return {
        "id": row["uuid"],
        "at": local(row["at"]),
        "by": row["by__name"],
        **{name: row[name] for name in AS_STORED},
        "figure": exact(row["figure"]),
        "verified_figure": exact(row["verified_figure"]),
        "decided_at": local(row["decided_at"]),
    }


def files_said(owner: str) -> AllOf:
    """The files of a report or a request, said by the database."""
    kept = Attachment.objects.filter(**{owner: OuterRef("pk")}).order_by("pk")
    return AllOf(kept.values(said=Said(id="uuid", **{name: name for name in FILE[1:]})))


# A report with its files, said by the database.
REPORT = Said(
    id="uuid",
    at=Moment("at"),
    by="by__name",
    **{name: name for name in AS_STORED},
    figure=Exact("figure"),
    verified_figure=Exact("verified_figure"),
    decided_at=Moment("decided_at"),
    files=files_said("report"),
)


@cache
def _files(owner: str) -> Statement:
    kept = Attachment.objects.filter(**{f"{owner}__among": Given("owners", many=True)})
    return Statement(kept.order_by("pk").values(f"{owner}_id", *FILE))


def files_of(owner: str, rows: Iterable[Row]) -> dict[int, list[dict[str, Any]]]:
    """The files of these reports or requests, by the owner's id; one query where there are any."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    owners = [row["id"] for row in rows]
    for row in _files(owner).rows({"owners": owners}) if owners else ():
        found[row[f"{owner}_id"]].append({"id": row["uuid"], **{name: row[name] for name in FILE[1:]}})
    return found
