"""Papers that go out by a schedule are asked for on their day, each once, however many ticks there are."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from directives.actions.keeping import Asked
from directives.models import KeptPaper, PaperSchedule, ScheduleState, load_calendar
from directives.rules.paper_days import Rhythm, When, latest_day
from directives.rules.working_days import local_day

OF_A_PERIOD = ("period", "agency_period", "handed_down")  # the kinds that report on a month
EARLY = 10  # the last day of a month on which one still reports on the month before


def ask_for_scheduled(*, now: datetime) -> int:
    """Ask a worker for the papers whose moment has come; how many.

    Asked for by any number of ticks at once each is one row: the database holds one paper for a schedule and day.
    """
    today, calendar, n = local_day(now), load_calendar(), 0
    active = PaperSchedule.objects.filter(state=ScheduleState.ACTIVE).with_days(today).order_by("pk")
    rows: Iterable[Any] = active.select_related("committee", "agency", "by")
    for row in rows:
        day = latest_day(row.when, row.counts_from, now, calendar, row.days_of_sessions)
        if day is not None and (row.last_on is None or row.last_on < day):
            n += _ask(row, day, now)
    return n


@transaction.atomic
def _ask(schedule: PaperSchedule, day: date, now: datetime) -> bool:
    """Whether it was asked for just now; not where it was before, or where the schedule changed in between."""
    rows = PaperSchedule.objects.select_for_update(of=("self",), no_key=True).filter(pk=schedule.pk)
    if not rows.filter(state=ScheduleState.ACTIVE, version=schedule.version).exists():
        return False
    papers = KeptPaper.objects.filter(schedule=schedule, as_of=day)
    if papers.exists():
        return False
    about = about_on(schedule, day)
    asked = Asked(schedule.kind, schedule.body, about, day, schedule.form, schedule.language)
    # While the same paper is under way for somebody else, this one waits for the next tick.
    row = KeptPaper(by=schedule.by, at=now, schedule=schedule, **asked.fields)
    KeptPaper.objects.bulk_create([row], ignore_conflicts=True)
    return papers.exists()


def about_on(schedule: PaperSchedule, day: date) -> dict[str, str]:
    """What the paper has to be told. A report of a period that goes out early in a month is of the month before."""
    name = "committee" if schedule.committee_id else "agency"
    about = {name: str(schedule.body.uuid)}
    if schedule.kind in OF_A_PERIOD:
        about["period"] = _month_before(day) if of_month_before(schedule.when) else "month"
    return about


def of_month_before(when: When) -> bool:
    """Whether a report of a period that goes out so is of the month before."""
    return when.rhythm is Rhythm.MONTHLY and when.number <= EARLY


def _month_before(day: date) -> str:
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return f"{year}-{month:02}"
