"""Running the daily round in tests, and telling what it planned."""

from datetime import date

from accounts.models import Committee
from directives.actions.rearming import note_change, rearm_all
from directives.actions.reminding import recorded, remind_all
from directives.models import Reminder
from tests.make import at


def round_on(day: date, **options) -> list[tuple[int, str, str]]:
    """Run the round early on `day`; what it planned for leads, as (rung, audience, state)."""
    return [(row.rung, row.audience, row.state) for row in ledger_of(day, **options) if row.assignment.role == "lead"]


def ledger_of(day: date, **options) -> list[Reminder]:
    """Run the round early on `day`; the rows that the ledger gained, by e-mail alone."""
    known = set(Reminder.objects.values_list("pk", flat=True))
    gained = remind_all(now=at(day, 0, 5), today=day, **options)
    new = [row for row in recorded(on=day) if row.pk not in known]
    assert len(new) == gained
    return [row for row in new if row.channel == "email"]


def look_again(day: date, committee: Committee | None = None) -> int:
    """What the tick early on `day` does after a ladder or the calendar was changed; of how many the look moved."""
    note_change(at=at(day, 0, 5), committee=committee)
    return rearm_all(now=at(day, 0, 5), today=day)
