"""Questions about work for other systems: what an agency asks, and what whoever gave the work answers."""

from django.db.models import QuerySet

from directives.models import QuestionState
from directives.models.questions import SAID_IN
from tracker.api.answers import local
from tracker.api.filters import WordsFilter, day_after, day_before, one_of
from tracker.api.paging import Order, Row, orders
from tracker.api.parts import WORK, WORK_TOLD, work
from tracker.api.reports import files_of
from tracker.api.resource import Line, Resource
from tracker.api.work_filters import WorkFilters

AS_STORED = ("text", "state", "answer", "common")


class QuestionFilters(WorkFilters):
    state = one_of("state", QuestionState.values)
    asked_before = day_before("asked_at")
    asked_after = day_after("asked_at")
    q = WordsFilter(*SAID_IN)


class Questions(Resource):
    FILTERS = QuestionFilters
    ORDERS = orders(Order("asked_at", descending=True))
    OWN = ("id", "uuid", "asked_at", "asked_by__name", "answered_at", "answered_by__name", *AS_STORED)
    COLUMNS = (*OWN, *WORK, "assignment__version")
    FIELDS = (
        "id",
        "asked_at",
        "asked_by",
        *AS_STORED,
        "answered_at",
        "answered_by",
        "files",
        "answer_files",
        *WORK_TOLD,
    )

    def rows(self) -> QuerySet:
        return self.caller.questions()

    def lines(self, rows: list[Row]) -> list[Line]:
        files, answers = files_of("question", rows), files_of("answer", rows)
        return [
            {
                "id": row["uuid"],
                "asked_at": local(row["asked_at"]),
                "asked_by": row["asked_by__name"],
                **{name: row[name] for name in AS_STORED},
                "answered_at": local(row["answered_at"]),
                "answered_by": row["answered_by__name"],
                "files": files[row["id"]],
                "answer_files": answers[row["id"]],
                **work(row),
            }
            for row in rows
        ]

    def version(self, row: Row) -> int:
        """Whoever answers it has seen its assignment so."""
        return row["assignment__version"]
