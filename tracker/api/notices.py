"""Notices for other systems: the document, its paragraphs, and the directives it gives."""

from typing import Any, ClassVar

from django.db.models import Count, QuerySet

from directives.models import Directive, Notice, Paragraph
from directives.models.notices import NoticeKind, NoticeState
from directives.rules.notice_header import reference_of
from tracker.api.filters import ByTheirParts, after, before, committee, notice, one_of
from tracker.api.paging import Order, Row
from tracker.api.parts import BODY, body, columns
from tracker.api.resource import Resource


class NoticeFilters(ByTheirParts):
    FROM_PART = "directive__notice_id"
    # A notice has a state of its own.
    PARTS: ClassVar[frozenset[str]] = ByTheirParts.PARTS - {"state"}

    notice = notice("pk")
    committee = committee("committee")
    kind = one_of("kind", NoticeKind.values)
    state = one_of("state", [state for state in NoticeState.values if state != NoticeState.DISCARDED])
    issued_before = before("issued_on")
    issued_after = after("issued_on")


class Notices(Resource):
    FILTERS = NoticeFilters
    # Drafts, which a secretariat sees of its own, may have no date yet.
    ORDER = Order("issued_on", newest_first=True, may_lack_key=True)
    AS_STORED = ("met_on", "issued_on", "subject", "state", "urgency", "version")
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

    def lines(self, rows: list[Row]) -> list[dict[str, Any]]:
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

    def more(self, row: Row) -> dict[str, Any]:
        seen = self.caller.directives().filter(notice=row["id"])
        return {
            "paragraphs": paragraphs(Notice.objects.get(pk=row["id"])),
            "directives": list(seen.order_by("position").values_list("uuid", flat=True)),
        }


def directive_counts(ids: list[int]) -> dict[int, int]:
    """How many directives each notice gives, to whomever; without what agencies hand down under it."""
    counted = Directive.objects.filter(notice_id__in=ids, given_by=None).values("notice_id").annotate(count=Count("pk"))
    return dict(counted.order_by().values_list("notice_id", "count"))


def paragraphs(notice: Notice) -> list[dict[str, Any]]:
    """The paragraphs in order, cut from the notice by their offsets in characters."""
    told = Paragraph.objects.filter(notice=notice).order_by("position")
    return [
        {
            "label": label,
            "handled_as": handled_as,
            "text": notice.text[start:end],
            "start": start,
            "end": end,
        }
        for label, handled_as, start, end in told.values_list("label", "handled_as", "start", "end")
    ]
