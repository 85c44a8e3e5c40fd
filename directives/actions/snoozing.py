"""Somebody puts off the reminders of one assignment for themselves, and lets them come again."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from accounts.roles import Verb, require
from directives.actions.fitting import fit_day
from directives.actions.moving import locked
from directives.actions.recording import record
from directives.actions.silencing import silence
from directives.models import Assignment, Reminder, Snooze
from directives.models.reminders import snoozed_until
from directives.rules.escalation import COURTESY
from directives.rules.snoozing import check_may_snooze, check_snooze_until
from directives.rules.working_days import local_day


@transaction.atomic
def snooze(assignment: Assignment, *, by: User, at: datetime, until: date) -> Snooze:
    """Put off the courtesy reminders of the assignment for `by` until the local date `until`, that day included.

    Colleagues hear as before, and escalations always come. A moved deadline ends it. Raises NotAllowed, WrongMoment
    or Invalid(until).
    """
    row, day = locked(assignment), local_day(at)
    require_may_snooze(row, by=by, on=day)
    fit_day("until", until)
    check_snooze_until(until, due_on=row.due_on, today=day)
    noted, _made = Snooze.objects.update_or_create(
        assignment=row, user=by, defaults={"due_version": row.due_version, "until": until, "noted_at": at}
    )
    mine = Reminder.objects.filter(assignment=row, due_version=row.due_version, recipient=by)
    silence(mine.filter(kind=COURTESY, rung_on__lte=until), why_not=snoozed_until(until), at=at)
    record(noted, Verb.SNOOZE, by=by, at=at, on_behalf_of=row.agency.name_vi, after={"until": until.isoformat()})
    return noted


@transaction.atomic
def wake(assignment: Assignment, *, by: User, at: datetime) -> None:
    """Let the reminders that `by` had put off come again from the next one on; without any this changes nothing."""
    row = locked(assignment)
    for noted in Snooze.objects.filter(assignment=row, user=by):
        record(noted, "wake", by=by, at=at, on_behalf_of=row.agency.name_vi, before={"until": noted.until.isoformat()})
        noted.delete()


def require_may_snooze(assignment: Assignment, *, by: User, on: date) -> None:
    """Pass when `by` may put off reminders of the assignment on the local date `on`; NotAllowed or WrongMoment."""
    require(by, Verb.SNOOZE, assignment.agency, on=on)
    check_may_snooze(state=assignment.state, due_on=assignment.due_on, today=on)
