"""A new deadline that the secretariat sets of its own accord; what the agency asks for is an extension."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.people import seats
from accounts.roles import Verb
from directives.actions.assigning import workers
from directives.actions.bringing_forward import bring_forward_parts
from directives.actions.ending import lapse_met
from directives.actions.fitting import fit_day
from directives.actions.moving import arm, check, keep, locked
from directives.actions.recording import facts, record, tell
from directives.models import Assignment, DeliveryKind
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

IN_THE_PAST = _("The new deadline must not lie in the past.")
THE_SAME = _("This is the present deadline already.")


@transaction.atomic
def set_deadline(
    assignment: Assignment,
    *,
    by: User,
    at: datetime,
    due_on: date,
    reason: str,
    version: int | None = None,
    quietly: bool = False,
) -> Assignment:
    """Move the deadline to `due_on` (local date), earlier or later, or give undated work one; the original date stays.

    The ladder starts over from today, and an open request that asked for no more than this lapses; what was handed
    down from it is due on that day at the latest, too. `quietly`: the caller tells the agency. Raises NotAllowed,
    WrongMoment, Stale, or Invalid: no reason, or a date that is no new one.
    """
    row = locked(assignment)
    check(row, Verb.SET_DEADLINE, by=by, at=at, version=version, reason=reason)
    day = local_day(at)
    check_new_deadline(row.due_on, due_on, today=day)
    before = facts(row)
    row.due_on = due_on
    arm(row, day, anew=True)
    keep(row)
    who = {"by": by, "at": at, "on_behalf_of": row.directive.notice.committee.name_vi}
    record(row, Verb.SET_DEADLINE, before=before, reason=reason, **who)
    lapse_met([row], **who)
    bring_forward_parts(row, by=by, at=at, reason=reason)
    if not quietly:
        _tell(row, at=at)
    return row


def check_new_deadline(present: date | None, due_on: date, *, today: date) -> None:
    """Pass when work that is due on `present` may be due on `due_on`, all local dates; else raise Invalid(due_on)."""
    fit_day("due_on", due_on)
    if due_on < today:
        raise Invalid("due_on", IN_THE_PAST)
    if due_on == present:
        raise Invalid("due_on", THE_SAME)


def _tell(row: Assignment, *, at: datetime) -> None:
    found = seats(agencies=[row.agency_id], committees=[], on=local_day(at))
    tell(
        workers(found, row.agency_id),
        DeliveryKind.CHANGED,
        key=f"set_deadline:{row.uuid}:{row.due_version}",
        at=at,
        notice=row.directive.notice,
        assignment=row,
    )
