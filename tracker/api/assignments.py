"""Assignments for other systems: one agency's duty, where it stands, and how it came to stand there."""

from typing import Any

from django.db.models import QuerySet

from directives.models import Event, ExtensionRequest, Report
from directives.models.kinds import DeadlineKind
from directives.models.notices import NoticeKind
from tracker.api.answers import local
from tracker.api.filters import PartFilters, after, before, committee, notice, one_of
from tracker.api.paging import Order, Row
from tracker.api.parts import BODY, NOTICE_IN_SHORT, body, columns, notice_in_short, parts_by_turn
from tracker.api.resource import Resource

NOTICE = "directive__notice"


class AssignmentFilters(PartFilters):
    notice = notice(NOTICE)
    committee = committee(f"{NOTICE}__committee")
    kind = one_of(f"{NOTICE}__kind", NoticeKind.values)
    deadline_kind = one_of("directive__deadline_kind", DeadlineKind.values)
    due_before = before("due_on")
    due_after = after("due_on")


class Assignments(Resource):
    FILTERS = AssignmentFilters
    ORDER = Order("due_on", may_lack_key=True)
    AS_STORED = (
        "role",
        "period",
        "state",
        "standing",
        "due_on",
        "original_due_on",
        "assigned_on",
        "handed_in_on",
        "done_on",
        "returned_on",
        "version",
    )
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
        return self.caller.assignments_with_standing()

    def lines(self, rows: list[Row]) -> list[dict[str, Any]]:
        parts = parts_by_turn(row["directive_id"] for row in rows)
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
                "agency": body(row, "agency"),
                **{name: row[name] for name in self.AS_STORED},
                "deadline_text": row["directive__deadline_text"],
                "deadline_kind": row["directive__deadline_kind"],
                "lead": parts[row["directive_id"], row["period"]].lead,
                "coordinating": parts[row["directive_id"], row["period"]].coordinating,
            }
            for row in rows
        ]

    def more(self, row: Row) -> dict[str, Any]:
        return {
            "history": history(Event.objects.filter(assignment=row["id"])),
            "extensions": extensions(ExtensionRequest.objects.filter(assignment=row["id"])),
            "reports": reports(Report.objects.filter(assignment=row["id"])),
        }


def history(events: QuerySet[Event]) -> list[dict[str, Any]]:
    """What happened, in order. `by` is the office as it was named then; None is the system itself."""
    return [
        {
            "at": local(event.at),
            "verb": event.verb,
            "by": event.by_name or None,
            "on_behalf_of": event.on_behalf_of,
            "before": event.before,
            "after": event.after,
            "reason": event.reason,
        }
        for event in events.order_by("at", "pk")
    ]


def extensions(requests: QuerySet[ExtensionRequest]) -> list[dict[str, Any]]:
    """The requests for more time, in order, with what was decided."""
    return [
        {
            "id": request.uuid,
            "asked_at": local(request.asked_at),
            "due_on_then": request.due_on_then,
            "asked_due_on": request.asked_due_on,
            "reason": request.reason,
            "state": request.state,
            "decided_at": local(request.decided_at),
            "decision_reason": request.decision_reason,
            "granted_due_on": request.granted_due_on,
        }
        for request in requests.order_by("asked_at", "pk")
    ]


def reports(given: QuerySet[Report]) -> list[dict[str, Any]]:
    """The reports of progress and completion, in order, with what was decided on them."""
    return [
        {
            "id": report.uuid,
            "kind": report.kind,
            "at": local(report.at),
            "percent": report.percent,
            "text": report.text,
            "difficulties": report.difficulties,
            "asks": report.asks,
            "product_ref": report.product_ref,
            "state": report.state,
            "decided_at": local(report.decided_at),
            "reason": report.reason,
        }
        for report in given.order_by("at", "pk")
    ]
