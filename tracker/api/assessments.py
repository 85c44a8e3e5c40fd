"""Sets of criteria and self-assessments for other systems: what agencies say of themselves, and what was found."""

from django.db.models import QuerySet

from accounts.models.agencies import name_in_use
from directives.models import Assessment, AssessmentState, Criterion, Mark
from directives.rules.assessing import Tally
from directives.rules.attainment import rounded
from tracker.api.answers import exact, local
from tracker.api.filters import (
    Filters,
    WordsFilter,
    after,
    agency,
    agency_under,
    before,
    by_id,
    committee,
    exactly,
    one_of,
)
from tracker.api.paging import Order, Row, orders
from tracker.api.parts import BODY, body, columns
from tracker.api.resource import Line, Resource


class CriteriaSetFilters(Filters):
    code = exactly("code")
    committee = committee("committee")
    q = WordsFilter("code", "name_vi", "name_en")


class CriteriaSets(Resource):
    FILTERS = CriteriaSetFilters
    ORDERS = orders(Order("code"))
    COLUMNS = ("id", "uuid", "code", "name_vi", "name_en", *columns("committee", *BODY))
    FIELDS = ("id", "code", "name", "committee")
    MORE = ("criteria",)

    def rows(self) -> QuerySet:
        return self.caller.criteria_sets()

    def lines(self, rows: list[Row]) -> list[Line]:
        return [
            {
                "id": row["uuid"],
                "code": row["code"],
                "name": name_in_use(row["name_vi"], row["name_en"]),
                "committee": body(row, "committee"),
            }
            for row in rows
        ]

    def more(self, row: Row) -> Line:
        criteria = Criterion.objects.filter(criteria_set=row["id"]).select_related("indicator").order_by("position")
        return {"criteria": [criterion_said(one) for one in criteria]}


class AssessmentFilters(Filters):
    criteria_set = by_id("criteria_set__uuid")
    committee = committee("criteria_set__committee")
    agency = agency("agency")
    agency_under = agency_under("agency")
    state = one_of("state", AssessmentState.values)
    as_of_before = before("as_of")
    as_of_after = after("as_of")
    due_before = before("due_on")
    due_after = after("due_on")
    q = WordsFilter(*columns("criteria_set", "code", "name_vi", "name_en"), *columns("agency", *BODY))


class Assessments(Resource):
    FILTERS = AssessmentFilters
    ORDERS = orders(Order("as_of", descending=True))
    AS_STORED = ("as_of", "due_on", "state", "reason", "version")
    MOMENTS = ("submitted_at", "verified_at")
    COLUMNS = (
        *("id", "uuid", "criteria_set__uuid", "criteria_set__code"),
        *AS_STORED,
        *MOMENTS,
        *columns("criteria_set__committee", *BODY),
        *columns("agency", *BODY),
    )
    FIELDS = ("id", "criteria_set", "committee", "agency", *AS_STORED, *MOMENTS)
    MORE = ("reported", "verified", "marks")

    def rows(self) -> QuerySet:
        return self.caller.assessments()

    def lines(self, rows: list[Row]) -> list[Line]:
        return [
            {
                "id": row["uuid"],
                "criteria_set": {"id": row["criteria_set__uuid"], "code": row["criteria_set__code"]},
                "committee": body(row, "criteria_set__committee"),
                "agency": body(row, "agency"),
                **{name: row[name] for name in self.AS_STORED},
                **{name: local(row[name]) for name in self.MOMENTS},
            }
            for row in rows
        ]

    def more(self, row: Row) -> Line:
        table = Assessment.objects.in_full().get(pk=row["id"])
        return {
            "reported": tally_said(table.reported),
            "verified": tally_said(table.found),
            "marks": [mark_said(mark) for mark in table.marks.all()],
        }


def criterion_said(row: Criterion) -> Line:
    """What is asked, and what counts as reached."""
    return {
        "position": row.position,
        "heading": row.heading,
        "name": row.name,
        "kind": row.kind,
        "full": exact(row.full),
        "enough": exact(row.enough),
        "indicator": row.indicator.code if row.indicator else None,
    }


def mark_said(row: Mark) -> Line:
    """What is said of one criterion, by the agency and as verified."""
    return {
        "position": row.criterion.position,
        "reported": exact(row.reported),
        "verified": exact(row.verified),
        "remark": row.remark,
        "reason": row.reason,
        "is_reached": row.is_reached,
    }


def tally_said(found: Tally | None) -> Line | None:
    """The total; None while nobody has verified it."""
    if found is None:
        return None
    points = {name: exact(rounded(getattr(found, name))) for name in ("points", "full")}
    return {"reached": found.reached, "missed": found.missed, "open": found.open, **points}
