"""Targets and their readings for other systems: what is to be reached, and the figure on a day; exact, as text."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models.agencies import name_in_use
from directives.models import Indicator
from directives.models.indicators import READING_SAID_IN
from directives.targets import Target, targets
from tracker.api.answers import exact, local
from tracker.api.filters import (
    Filters,
    OneOfFilter,
    WordsFilter,
    after,
    agency,
    agency_under,
    before,
    by_id,
    committee,
    exactly,
    notice,
    one_of,
)
from tracker.api.paging import Order, Row, orders
from tracker.api.parts import BODY, body, columns
from tracker.api.resource import Line, Resource

FIGURE = ("value", "numerator", "denominator")
VERIFIED = tuple(f"verified_{name}" for name in FIGURE)


class IndicatorFilters(Filters):
    code = exactly("code")
    committee = committee("committee")
    notice = notice("directive__notice")
    directive = by_id("directive__uuid")
    agency = agency("reported_by")
    agency_under = agency_under("reported_by")
    due_before = before("due_on")
    due_after = after("due_on")
    q = WordsFilter("code", "name_vi", "name_en")


class Indicators(Resource):
    FILTERS = IndicatorFilters
    ORDERS = orders(Order("code"), Order("due_on", may_lack_key=True))
    AS_STORED = ("code", "unit", "direction", "baseline_on", "due_on", "frequency", "version")
    FIGURES = ("baseline", "target")
    COLUMNS = (
        *("id", "uuid", "name_vi", "name_en", "directive_id", "part_of_id"),
        *AS_STORED,
        *FIGURES,
        *columns("committee", *BODY),
        *columns("reported_by", *BODY),
    )
    FIELDS = (
        *("id", "committee", "name", "directive", "part_of", "reported_by"),
        *AS_STORED,
        *FIGURES,
        *("verdict", "latest"),
    )

    def rows(self) -> QuerySet:
        return self.caller.indicators()

    def lines(self, rows: list[Row]) -> list[Line]:
        stood = targets(Indicator.objects.filter(pk__in=[row["id"] for row in rows]), today=self.caller.today)
        directives = uuids_of(self.caller.directives(), rows, "directive_id")
        wholes = uuids_of(self.caller.indicators(), rows, "part_of_id")
        return [
            {
                "id": row["uuid"],
                "committee": body(row, "committee"),
                "name": name_in_use(row["name_vi"], row["name_en"]),
                "directive": directives.get(row["directive_id"]),
                "part_of": wholes.get(row["part_of_id"]),
                "reported_by": body(row, "reported_by"),
                **{name: row[name] for name in self.AS_STORED},
                **{name: exact(row[name]) for name in self.FIGURES},
                **self._stands(stood[row["id"]]),
            }
            for row in rows
        ]

    @staticmethod
    def _stands(target: Target) -> Line:
        """Whether it is reached, and the last figure that says so: as verified, else as reported."""
        last = target.latest
        if last is None:
            return {"verdict": target.verdict, "latest": None}
        told = {name: exact(getattr(last.figure, name)) for name in FIGURE}
        known = {"bound": str(last.figure.bound), "verified": last.verified is not None}
        return {"verdict": target.verdict, "latest": {"as_of": last.as_of, **told, **known}}


class VerifiedFilter(OneOfFilter):
    """Readings that somebody has verified, or that nobody has."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(verified_by__isnull=value == "no")


class ReadingFilters(Filters):
    indicator = by_id("indicator__uuid")
    committee = committee("indicator__committee")
    agency = agency("agency")
    agency_under = agency_under("agency")
    as_of_before = before("as_of")
    as_of_after = after("as_of")
    verified = one_of("verified", ("yes", "no"), by=VerifiedFilter)
    q = WordsFilter(*READING_SAID_IN)


class Readings(Resource):
    FILTERS = ReadingFilters
    ORDERS = orders(Order("as_of", descending=True))
    AS_STORED = ("as_of", "bound", "verified_bound", "source", "reason")
    MOMENTS = ("at", "verified_at")
    COLUMNS = (
        *("id", "uuid", "report_id", "by__name", "indicator__uuid", "indicator__code"),
        *AS_STORED,
        *FIGURE,
        *VERIFIED,
        *MOMENTS,
        *columns("agency", *BODY),
    )
    FIELDS = ("id", "indicator", "code", "agency", "report", "by", *AS_STORED, *FIGURE, *VERIFIED, *MOMENTS)

    def rows(self) -> QuerySet:
        return self.caller.readings()

    def lines(self, rows: list[Row]) -> list[Line]:
        reports = uuids_of(self.caller.reports(), rows, "report_id")
        return [
            {
                "id": row["uuid"],
                "indicator": row["indicator__uuid"],
                "code": row["indicator__code"],
                "agency": body(row, "agency"),
                "report": reports.get(row["report_id"]),
                "by": row["by__name"],
                **{name: row[name] for name in self.AS_STORED},
                **{name: exact(row[name]) for name in (*FIGURE, *VERIFIED)},
                **{name: local(row[name]) for name in self.MOMENTS},
            }
            for row in rows
        ]


def uuids_of(seen: QuerySet, rows: list[Row], column: str) -> dict[Any, UUID]:
    """The ids that the caller can open of what `column` of these rows names; one query."""
    named = {row[column] for row in rows} - {None}
    return dict(seen.filter(pk__in=named).values_list("pk", "uuid"))
