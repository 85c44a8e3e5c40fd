"""Directives for other systems: the sentence of the notice, its deadline, and who has which part in it."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, Q, QuerySet

from directives.models import Addressee, Assignment, Directive, Role
from directives.models.kinds import DeadlineKind
from directives.models.notices import NoticeKind
from directives.rules.lifecycle import State
from tracker.api.filters import SearchFilter, after, before, committee, exactly, notice, one_of
from tracker.api.paging import Order, Row, orders
from tracker.api.part_filters import ByTheirParts
from tracker.api.parts import NOTICE_IN_SHORT, Parts, columns, notice_in_short, parts_by_turn
from tracker.api.resource import Resource

RECURS = ("recurrence", "recurrence_day", "recurrence_month", "recurrence_shift", "recurs_until")


class DirectiveFilters(ByTheirParts):
    FROM_PART = "directive_id"

    notice = notice("notice")
    committee = committee("notice__committee")
    kind = one_of("notice__kind", NoticeKind.values)
    deadline_kind = one_of("deadline_kind", DeadlineKind.values)
    due_before = before("due_on")
    due_after = after("due_on")
    field = exactly("field")
    q = SearchFilter()


class Directives(Resource):
    FILTERS = DirectiveFilters
    ORDERS = orders(Order("notice_id", tie="position", word="notice"), Order("due_on", may_lack_key=True))
    AS_STORED = ("quote", "wording", "product", "field", "deadline_text", "deadline_kind", "due_on")
    FIELDS = (
        *("id", "notice", "paragraph"),
        *AS_STORED,
        *("lead", "coordinating", "share", "assignments", "version"),
    )
    MORE = ("addressees", *RECURS, "review_on", "external_ref")
    COLUMNS = (
        "id",
        "uuid",
        "notice_id",
        "position",
        *AS_STORED,
        "version",
        "paragraph__label",
        *columns("notice", *NOTICE_IN_SHORT),
    )

    def rows(self) -> QuerySet:
        return self.caller.directives()

    def lines(self, rows: list[Row]) -> list[dict[str, Any]]:
        ids = [row["id"] for row in rows]
        parts, shares, seen = latest_parts(ids), shares_of(ids), self._assignments_seen(ids)
        return [
            {
                "id": row["uuid"],
                "notice": notice_in_short(row, "notice"),
                "paragraph": row["paragraph__label"],
                **{name: row[name] for name in self.AS_STORED},
                "lead": parts[row["id"]].lead,
                "coordinating": parts[row["id"]].coordinating,
                "share": shares.get(row["id"]),
                "assignments": seen[row["id"]],
                "version": row["version"],
            }
            for row in rows
        ]

    def more(self, row: Row) -> dict[str, Any]:
        columns = Directive.objects.values(*RECURS, "review_on", "external_ref")
        return {"addressees": addressees(row["id"]), **columns.get(pk=row["id"])}

    def _assignments_seen(self, ids: list[int]) -> dict[int, list[Any]]:
        """The ids of the assignments that the caller can open, by directive."""
        seen: dict[int, list[Any]] = defaultdict(list)
        assignments = self.caller.assignments().filter(directive_id__in=ids).order_by("directive_id", "pk")
        for directive, uuid in assignments.values_list("directive_id", "uuid"):
            seen[directive].append(uuid)
        return seen


def addressees(directive: int) -> list[dict[str, Any]]:
    """Whom the notice names for a directive (id), as a draft is written: agencies and groups by their codes."""
    rows = Addressee.objects.filter(directive=directive).order_by("pk")
    named = rows.values_list("role", "agency__code", "group__code", "due_on")
    return [{"role": role, "agency": agency, "group": group, "due_on": day} for role, agency, group, day in named]


def latest_parts(ids: list[int]) -> dict[int, Parts]:
    """Who leads and who coordinates, by directive; of one that recurs, in the latest period."""
    by_turn = parts_by_turn(ids)
    return defaultdict(Parts, {directive: by_turn[directive, period] for directive, period in sorted(by_turn)})


def shares_of(ids: list[int]) -> dict[int, dict[str, int]]:
    """How many of the agencies that each do their own share are done, by directive; none where nobody does."""
    shares = Assignment.objects.live().filter(directive_id__in=ids, role=Role.SHARE)
    counted = shares.values("directive_id").annotate(done=Count("pk", filter=Q(state=State.DONE)), of=Count("pk"))
    return {row["directive_id"]: {"done": row["done"], "of": row["of"]} for row in counted.order_by()}
