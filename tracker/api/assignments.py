"""Assignments for other systems: one agency's duty, where it stands, and how it came to stand there."""

from uuid import UUID

from django.db.models import QuerySet

from accounts.prepared import put_together_once
from directives.models import Event
from directives.models.kinds import DeadlineKind
from directives.models.notices import NoticeKind
from directives.rules.exchange import STATUS_OF
from directives.rules.lifecycle import State
from directives.rules.standing import Standing, standing
from tracker.api.assignments_said import NOTICE, STORED, said_by_ids, said_in_full
from tracker.api.events_said import HAPPENED, event_said
from tracker.api.extensions import extensions_of
from tracker.api.filters import WaysFilter, after, before, by_id, committee, notice, one_of
from tracker.api.paging import Order, Row, orders
from tracker.api.part_filters import PartFilters
from tracker.api.parts import BODY, NOTICE_IN_SHORT, body, columns, notice_in_short, parts_by_turn
from tracker.api.reports import reports_of
from tracker.api.resource import Line, Resource


class AssignmentFilters(PartFilters):
    directive = by_id("directive__uuid")
    notice = notice(NOTICE)
    committee = committee(f"{NOTICE}__committee")
    kind = one_of(f"{NOTICE}__kind", NoticeKind.values)
    deadline_kind = one_of("directive__deadline_kind", DeadlineKind.values)
    due_before = before("due_on")
    due_after = after("due_on")
    assigned_before = before("assigned_on")
    assigned_after = after("assigned_on")
    q = WaysFilter()

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        if "as_of" in self.cleaned:
            queryset = self.caller.assignments_as_of(self.day)
        return super().filter_queryset(queryset)


class Assignments(Resource):
    FILTERS = AssignmentFilters
    ORDERS = orders(Order("due_on", may_lack_key=True), Order("assigned_on"))
    AS_STORED = STORED
    FIELDS = (
        *("id", "directive", "notice", "agency"),
        *AS_STORED,
        *("standing", "exchange_status", "deadline_text", "deadline_kind", "lead", "coordinating"),
    )
    MORE = ("history", "extensions", "reports")
    KEYS = ("id", "due_on", "assigned_on")
    COLUMNS = (
        "id",
        "uuid",
        "directive_id",
        *AS_STORED,
        *columns("agency", *BODY),
        *columns("directive", "uuid", "wording", "quote", "product", "deadline_text", "deadline_kind"),
        *columns(NOTICE, *NOTICE_IN_SHORT),
    )

    def rows(self) -> QuerySet:
        return self.caller.assignments()

    def lines(self, rows: list[Row]) -> list[Line]:
        parts = parts_by_turn(row["directive_id"] for row in rows)
        agencies = {row["agency__code"]: row for row in rows}
        agencies = {code: body(row, "agency") for code, row in agencies.items()}
        return [
            {
                "id": row["uuid"],
                "directive": {
                    "id": row["directive__uuid"],
                    "wording": row["directive__wording"],
                    "quote": row["directive__quote"],
                    "product": row["directive__product"],
                },
                "notice": notice_in_short(row, NOTICE),
                "agency": agencies[row["agency__code"]],
                **{name: row[name] for name in self.AS_STORED},
                "standing": self._standing(row),
                "exchange_status": STATUS_OF[State(row["state"])],
                "deadline_text": row["directive__deadline_text"],
                "deadline_kind": row["directive__deadline_kind"],
                "lead": parts[row["directive_id"], row["period"]].lead,
                "coordinating": parts[row["directive_id"], row["period"]].coordinating,
            }
            for row in rows
        ]

    def said(self, rows: list[Row]) -> list[bytes]:
        if self.as_of:
            return super().said(rows)
        return said_by_ids(self.caller, [row["id"] for row in rows], self._standing)

    def said_in_full(self, uuid: UUID) -> tuple[bytes, int | None] | None:
        return said_in_full(self.caller, uuid, self._standing)

    def _standing(self, row: Row) -> Standing:
        due_on, day = row["due_on"], self.day
        # What is soon has to be asked for, and matters to few.
        ahead = due_on is not None and due_on >= day
        return standing(
            row["state"],
            due_on,
            today=day,
            soon_until=self.caller.soon_until(day) if ahead else day,
            handed_in_on=row["handed_in_on"],
            done_on=row["done_on"],
        )

    def more(self, row: Row) -> Line:
        return {
            "history": [event_said(event) for event in _history(assignment=row["id"])],
            "extensions": extensions_of(row["id"]),
            "reports": reports_of(row["id"]),
        }


@put_together_once
def _history(assignment: int) -> QuerySet:
    return Event.objects.filter(assignment=assignment).order_by("at", "pk").values(*HAPPENED)
