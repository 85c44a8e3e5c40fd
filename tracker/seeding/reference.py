"""What every installation needs: agencies, groups, the working calendar, the default ladder.

Loading adds what is missing and never touches a row that is there: people edit these rows, and their word counts.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.models import Agency, AgencyGroup, Succession
from directives.models import CalendarDay, Ladder, Rung
from tracker.seeding.files import read, with_dates

DATES = ("valid_from", "valid_to")
LINKS = ("parent", "successor")


def load_reference() -> None:
    """Add the missing reference rows; a second time adds nothing."""
    load_agencies(read("agencies.json")["agencies"])
    load_groups(read("groups.json")["groups"])
    load_calendar_years(read("holidays.json"))
    load_ladder(read("ladder.json"))


def load_agencies(rows: list[dict[str, Any]]) -> None:
    """Agencies by code, with their parents; an agency's successions come with the agency."""
    new = _missing(Agency, rows)
    Agency.objects.bulk_create(
        Agency(**with_dates({name: row[name] for name in row if name not in LINKS}, DATES)) for row in new
    )
    by_code = {agency.code: agency for agency in Agency.objects.all()}
    children = [row for row in new if "parent" in row]
    for row in children:
        by_code[row["code"]].parent = by_code[row["parent"]]
    Agency.objects.bulk_update([by_code[row["code"]] for row in children], ["parent"])
    Succession.objects.bulk_create(
        Succession(
            predecessor=by_code[row["code"]],
            successor=by_code[row["successor"]["code"]],
            on=date.fromisoformat(row["successor"]["on"]),
            basis=row["successor"]["basis"],
        )
        for row in new
        if "successor" in row
    )


def load_groups(rows: list[dict[str, Any]]) -> None:
    """Groups of agencies by code."""
    parents = Agency.objects.in_bulk([row["parent"] for row in rows if "parent" in row], field_name="code")
    AgencyGroup.objects.bulk_create(
        AgencyGroup(**{**row, "parent": parents.get(row.get("parent", ""))}) for row in _missing(AgencyGroup, rows)
    )


def load_calendar_years(seed: dict[str, Any]) -> None:
    """The days of years that the calendar knows nothing of yet; a year that people keep is theirs."""
    kept = set(CalendarDay.objects.values_list("day__year", flat=True))
    days = [(date.fromisoformat(row["date"]), row) for row in seed["days"]]
    CalendarDay.objects.bulk_create(
        CalendarDay(
            day=day,
            kind=row["kind"],
            name=row["name"],
            decision=seed["sources"][str(day.year)],
            confirmed=row["confirmed"],
        )
        for day, row in days
        if day.year not in kept
    )


def load_ladder(seed: dict[str, Any]) -> None:
    """The default ladder, where there is none."""
    if Ladder.objects.filter(committee=None).exists():
        return
    ladder = Ladder.objects.create(name=seed["name"], soon_days=seed["soon_days"])
    Rung.objects.bulk_create(Rung(ladder=ladder, **rung) for rung in seed["rungs"])


def _missing(model: type[Agency] | type[AgencyGroup], rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    known = set(model.objects.values_list("code", flat=True))
    return [row for row in rows if row["code"] not in known]
