"""Builders of sets of criteria and of what agencies say by them."""

from datetime import date

from accounts.models import Agency, Committee
from directives.models import Assessment, CriteriaSet, Criterion, Mark
from tests.make.days import ISSUED_ON, at, numbers
from tests.make.who import make_agency, make_committee, make_user


def make_set(committee: Committee | None = None, *kinds: str, **fields: object) -> CriteriaSet:
    """A set with a criterion of each kind: 'yes_no', 'scored' (of 10 points); one of yes and no if none is named."""
    number = next(numbers)
    fields = {"code": f"bo-{number}", "name_vi": f"Bộ tiêu chí {number}", **fields}
    row = CriteriaSet.objects.create(committee=committee or make_committee(), **fields)
    for nth, kind in enumerate(kinds or ("yes_no",), start=1):
        full = 10 if kind == "scored" else None
        Criterion.objects.create(criteria_set=row, position=nth, kind=kind, name_vi=f"Tiêu chí {nth}", full=full)
    return row


def make_assessment(
    criteria_set: CriteriaSet | None = None, agency: Agency | None = None, as_of: date = ISSUED_ON, **fields: object
) -> Assessment:
    """A table with an empty mark for each criterion; one that was sent was sent by an officer of the agency."""
    criteria_set, agency = criteria_set or make_set(), agency or make_agency()
    if fields.get("state", "asked") != "asked" and "submitted_by" not in fields:
        fields |= {"submitted_by": make_user("officer", agency), "submitted_at": at(as_of)}
    row = Assessment.objects.create(criteria_set=criteria_set, agency=agency, as_of=as_of, **fields)
    Mark.objects.bulk_create(Mark(assessment=row, criterion=one) for one in criteria_set.criteria.all())
    return row
