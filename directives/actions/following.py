"""What becomes of what was handed down when the work that it is part of stands still or goes on.

In a fixed number of queries, however many levels and units. Where the whole is withdrawn or reassigned all that is
open of it is withdrawn (`moving.withdraw_all`); where it is due earlier the parts are, too (`bringing_forward`); where
it is given more time, is handed in or done they stay as they are.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Verb
from directives.actions.moving import arm, next_looks
from directives.actions.recording import facts, record_all
from directives.models import Assignment
from directives.rules.lifecycle import WORKING, State, after
from directives.rules.working_days import local_day

CHANGED = ("state", "resume_to", "due_on", "armed_on", "first_armed_on", "due_version", "version", "look_on")


def suspend_parts(whole: Assignment, *, by: User, at: datetime, reason: str) -> None:
    """What units are at stands still with it; what they have handed in waits as it did."""
    rows, before = lock_parts(Assignment.objects.below([whole]).filter(state__in=WORKING))
    for row in rows:
        row.resume_to, row.state, row.look_on = row.state, after(row.state, Verb.SUSPEND), None
    keep_parts(rows, before, Verb.SUSPEND, by=by, at=at, reason=reason)


def resume_parts(whole: Assignment, *, by: User, at: datetime, reason: str) -> None:
    """What stood still with it goes on from where it was; the ladder counts from today."""
    rows, before = lock_parts(Assignment.objects.below([whole]).filter(state=State.SUSPENDED))
    day = local_day(at)
    for row in rows:
        row.state, row.resume_to = after(row.state, Verb.RESUME, left=row.resume_to), ""
        arm(row, day, anew=row.due_on is None or row.due_on < day)
    if rows:
        next_looks(rows, rows[0].directive.notice.committee_id)
    keep_parts(rows, before, Verb.RESUME, by=by, at=at, reason=reason)


def lock_parts(rows: QuerySet[Assignment]) -> tuple[list[Assignment], list[dict]]:
    """The rows, locked in one order and always after the whole that they are part of, and what they were."""
    rows = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = list(rows.select_related("agency", "directive__notice__committee").defer("directive__notice__text"))
    return found, [facts(row) for row in found]


def keep_parts(
    rows: Sequence[Assignment], before: Sequence[dict], verb: str, *, by: User, at: datetime, reason: str
) -> None:
    """Write the parts of one notice, as the committee has moved them with the whole."""
    if not rows:
        return
    for row in rows:
        row.version += 1
    Assignment.objects.bulk_update(rows, CHANGED)
    behalf = rows[0].directive.notice.committee.name_vi
    record_all(rows, verb, by=by, at=at, on_behalf_of=behalf, before=before, reason=reason)
