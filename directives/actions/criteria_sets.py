"""Sets of criteria, set up by the secretariat of a committee, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, User
from accounts.roles import Verb, require
from directives.actions.fitting import fit
from directives.actions.moving import in_line
from directives.actions.recording import record
from directives.models import CriteriaSet, Criterion, CriterionKind, Indicator
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

MOST_CRITERIA = 500
NO_CRITERIA = _("A set has at least one criterion and at most %(limit)s.")
NO_INDICATOR = _("Line %(nth)s: the committee has no indicator %(code)s.")
CODE_TAKEN = _("This committee has a set of this code already.")


@dataclass(frozen=True)
class Wanted:
    """A line of a new set; `indicator` is the code of one of the committee's indicators."""

    name_vi: str
    heading: str = ""
    full: Decimal | None = None
    enough: Decimal | None = None
    indicator: str = ""
    name_en: str = ""


@transaction.atomic
def add_set(
    *,
    committee: Committee,
    by: User,
    at: datetime,
    code: str,
    name_vi: str,
    criteria: Sequence[Wanted],
    name_en: str = "",
    note: str = "",
) -> CriteriaSet:
    """Set up a set of criteria. Raises NotAllowed, or Invalid('code'), Invalid('criteria')."""
    require(by, Verb.MEASURE, committee, on=local_day(at))
    in_line(committee)
    if CriteriaSet.objects.filter(committee=committee, code=code).exists():
        raise Invalid("code", CODE_TAKEN)
    if not 0 < len(criteria) <= MOST_CRITERIA:
        raise Invalid("criteria", NO_CRITERIA, limit=MOST_CRITERIA)
    row = CriteriaSet(committee=committee, code=code, name_vi=name_vi, name_en=name_en, note=note)
    fit(row, "code", "name_vi", "name_en", "note")
    lines = _lines(row, criteria)
    row.save()
    Criterion.objects.bulk_create(lines)
    record(row, "add_set", by=by, at=at, on_behalf_of=committee.name_vi, after={"code": code, "criteria": len(lines)})
    return row


def _lines(row: CriteriaSet, criteria: Sequence[Wanted]) -> list[Criterion]:
    named = {wanted.indicator for wanted in criteria if wanted.indicator}
    indicators = {one.code: one for one in Indicator.objects.filter(committee=row.committee_id, code__in=named)}
    lines = []
    for nth, wanted in enumerate(criteria, start=1):
        kind = CriterionKind.SCORED if wanted.full is not None else CriterionKind.YES_NO
        if wanted.indicator:
            kind = CriterionKind.INDICATOR
            if wanted.indicator not in indicators:
                raise Invalid("criteria", NO_INDICATOR, nth=nth, code=wanted.indicator)
        line = Criterion(criteria_set=row, position=nth, kind=kind, heading=wanted.heading, name_vi=wanted.name_vi)
        line.name_en, line.full, line.enough = wanted.name_en, wanted.full, wanted.enough
        line.indicator = indicators.get(wanted.indicator)
        if kind == CriterionKind.SCORED and not 0 < (wanted.enough or wanted.full or 0) <= (wanted.full or 0):
            raise Invalid("criteria", _("Line %(nth)s: the points are not those of a score."), nth=nth)
        try:
            fit(line, "heading", "name_vi", "name_en", "full", "enough")
        except Invalid as refusal:
            raise Invalid("criteria", _("Line %(nth)s: %(sentence)s"), nth=nth, sentence=str(refusal)) from None
        lines.append(line)
    return lines
