"""The demo's sets of criteria: one that agencies are asked to fill in, have sent, and had verified."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import Agency, Committee, Office, Role, User
from directives.actions.assessing import Said, ask_to_assess, send_assessment, verify_assessment
from directives.actions.criteria_sets import Wanted, add_set
from directives.models import Assessment, CriteriaSet
from directives.rules.deadlines import Every
from directives.rules.recurrence import period_of
from directives.rules.working_days import local_day
from tracker.seeding.files import read

NUMBERS = ("full", "enough")
TIME_TO_FILL_IN = timedelta(days=14)


def load_assessments(at: datetime) -> None:
    """Set up the sets that are missing; one that is there is kept as people have it."""
    for row in read("demo/criteria.json")["sets"]:
        committee = Committee.objects.get(code=row["committee"])
        if not CriteriaSet.objects.filter(committee=committee, code=row["code"]).exists():
            _set_up(committee, row, at)


def _set_up(committee: Committee, row: dict[str, Any], at: datetime) -> None:
    secretary = _officer(at, committee=committee, role=Role.SECRETARIAT)
    told = {name: row[name] for name in ("code", "name_vi", "name_en", "note")}
    criteria = [Wanted(**_typed(line)) for line in row["criteria"]]
    made = add_set(committee=committee, by=secretary, at=at, criteria=criteria, **told)
    today = local_day(at)
    as_of = period_of(Every.QUARTER, today).first - timedelta(days=1)
    agencies = {one.code: one for one in Agency.objects.filter(code__in=[asked["agency"] for asked in row["asked"]])}
    asking = [agencies[asked["agency"]] for asked in row["asked"]]
    rows = ask_to_assess(made, asking, by=secretary, at=at, as_of=as_of, due_on=today + TIME_TO_FILL_IN)
    for assessment, asked in zip(rows, row["asked"], strict=True):
        _fill_in(assessment, asked, secretary, at)


def _fill_in(assessment: Assessment, asked: dict[str, Any], secretary: User, at: datetime) -> None:
    ids = list(assessment.criteria_set.criteria.values_list("pk", flat=True))
    if "answers" in asked:
        said = {pk: Said(Decimal(answer)) for pk, answer in zip(ids, asked["answers"], strict=True)}
        officer = _officer(at, agency=assessment.agency, role=Role.OFFICER)
        assessment = send_assessment(assessment, said, by=officer, at=at)
    if "found" in asked:
        found = {ids[int(nth) - 1]: Said(Decimal(answer), why) for nth, (answer, why) in asked["found"].items()}
        verify_assessment(assessment, found, by=secretary, at=at)


def _officer(at: datetime, **office: Any) -> User:
    return Office.objects.on(local_day(at)).filter(**office).order_by("pk")[0].user


def _typed(line: dict[str, str]) -> dict[str, Any]:
    return {name: Decimal(value) if name in NUMBERS else value for name, value in line.items()}
