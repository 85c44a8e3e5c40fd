"""Notices for other systems: the document, its paragraphs, and the directives it gives."""

from collections import defaultdict
from typing import ClassVar

from django.db.models import Count, QuerySet

from directives.models import Assignment, Directive, Notice
from directives.models.notices import EMPTIED, NoticeKind, NoticeState
from directives.rules.exchange import status_of_document
from directives.rules.notice_header import reference_of
from tracker.api.filters import SearchFilter, after, before, committee, notice, one_of
from tracker.api.paging import Order, Row, orders
from tracker.api.paragraphs import paragraphs_of
from tracker.api.part_filters import ByTheirParts
from tracker.api.parts import BODY, body, columns
from tracker.api.resource import Line, Resource


class NoticeFilters(ByTheirParts):
    FROM_PART = "directive__notice_id"
    # A notice has a state of its own.
    PARTS: ClassVar[frozenset[str]] = ByTheirParts.PARTS - {"state"}

    notice = notice("pk")
    committee = committee("committee")
    kind = one_of("kind", NoticeKind.values)
    state = one_of("state", [state for state in NoticeState if state not in EMPTIED])
    issued_before = before("issued_on")
    issued_after = after("issued_on")
    q = SearchFilter()


class Notices(Resource):
    FILTERS = NoticeFilters
    # Drafts, which a secretariat sees of its own, may have no date yet.
    ORDERS = orders(Order("issued_on", descending=True, may_lack_key=True))
    AS_STORED = ("met_on", "issued_on", "subject", "state", "urgency", "version")
    FIELDS = (
        *("id", "reference", "number", "symbol", "kind", "committee", "issuer"),
        *AS_STORED,
        "directive_count",
    )
    MORE = ("external_ref", "text", "paragraphs", "directives", "exchange")
    COLUMNS = (
        "id",
        "uuid",
        "number",
        "symbol",
        "kind",
        *AS_STORED,
        *columns("committee", *BODY),
        *columns("issuer", *BODY),
    )

    def rows(self) -> QuerySet:
        return self.caller.notices()

    def lines(self, rows: list[Row]) -> list[Line]:
        counts = directive_counts([row["id"] for row in rows])
        return [
            {
                "id": row["uuid"],
                "reference": reference_of(row["number"], row["symbol"]),
                "number": row["number"],
                "symbol": row["symbol"],
                "kind": row["kind"],
                "committee": body(row, "committee"),
                "issuer": body(row, "issuer"),
                **{name: row[name] for name in self.AS_STORED},
                "directive_count": counts.get(row["id"], 0),
            }
            for row in rows
        ]

    def more(self, row: Row) -> Line:
        seen = self.caller.directives().filter(notice=row["id"])
        notice = Notice.objects.get(pk=row["id"])
        return {
            "external_ref": notice.external_ref,
            "text": notice.text,
            "paragraphs": paragraphs_of(row["id"]),
            "directives": list(seen.order_by("position").values_list("uuid", flat=True)),
            "exchange": exchange(self.caller.assignments().filter(directive__notice=row["id"])),
        }


def directive_counts(ids: list[int]) -> dict[int, int]:
    """How many directives each notice gives, to whomever; without what agencies hand down under it."""
    counted = Directive.objects.filter(notice_id__in=ids, given_by=None).values("notice_id").annotate(count=Count("pk"))
    return dict(counted.order_by().values_list("notice_id", "count"))


def exchange(parts: QuerySet[Assignment]) -> list[Line]:
    """What the document exchange is told of a notice at each agency, by those parts in it that the caller sees."""
    states: dict[str, list[str]] = defaultdict(list)
    for code, state in parts.order_by("agency__code").values_list("agency__code", "state").distinct():
        states[code].append(state)
    return [{"agency": code, "status": status_of_document(found)} for code, found in states.items()]
