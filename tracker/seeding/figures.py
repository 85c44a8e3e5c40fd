"""The figures of the source articles: indicators with dated readings, noted by the secretariat of each committee."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from accounts.models import Agency, Committee, Office, Role, User
from directives.actions.measuring import add_indicator, add_reading
from directives.models import Indicator
from directives.rules.working_days import HANOI
from tracker.seeding.files import read, with_dates

NUMBERS = ("target", "value", "numerator", "denominator")
DATES = ("due_on", "as_of")
AGENCIES = ("agency", "reported_by")
EVENING = time(17, 0)


def load_indicators() -> None:
    """Add the indicators that are missing, with their readings; one that is there is kept as people have it."""
    for row in read("demo/indicators.json")["indicators"]:
        committee = Committee.objects.get(code=row["committee"])
        if not Indicator.objects.filter(committee=committee, code=row["code"]).exists():
            _add(committee, row)


def _add(committee: Committee, row: dict[str, Any]) -> None:
    readings = row.get("readings", [])
    told = {name: value for name, value in row.items() if name not in ("committee", "on", "readings")}
    if "part_of" in told:
        told["part_of"] = Indicator.objects.get(committee=committee, code=told["part_of"])
    at = _evening(row["on"] if "on" in row else readings[0]["as_of"])
    indicator = add_indicator(committee=committee, by=_secretary(committee, at), at=at, **_typed(told))
    for reading in readings:
        at = _evening(reading["as_of"])
        add_reading(indicator, by=_secretary(committee, at), at=at, **_typed(reading))


def _secretary(committee: Committee, at: datetime) -> User:
    return Office.objects.on(at.date()).get(committee=committee, role=Role.SECRETARIAT).user


def _evening(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), EVENING, HANOI)


def _typed(told: dict[str, Any]) -> dict[str, Any]:
    """Decimals, dates and agencies in place of what JSON can say."""
    typed = with_dates(told, DATES)
    for name in NUMBERS:
        if name in told:
            typed[name] = Decimal(told[name])
    for name in AGENCIES:
        if name in told:
            typed[name] = Agency.objects.get(code=told[name])
    return typed
