"""After the calendar or a ladder was changed, all that may still be reminded is looked at again."""

from datetime import date

from django.db import transaction

from accounts.models import Committee
from directives.models import Assignment
from directives.rules.lifecycle import WORKING


@transaction.atomic
def rearm(*, today: date, committee: Committee | None = None) -> int:
    """Let the next round ask the ladder anew for the dated work that agencies are at; return how much there is.

    `today` is the local date. With `committee` only its own work, since only its own ladder was changed. Nothing is
    decided here: the round re-reads each assignment under lock, and what was sent stays sent.
    """
    rows = Assignment.objects.filter(state__in=WORKING, due_on__isnull=False)
    if committee is not None:
        rows = rows.filter(directive__notice__committee=committee)
    # Locked in the order in which all others lock several, so that nobody waits in a circle.
    ordered = rows.select_for_update(of=("self",), no_key=True).order_by("pk").values("pk")
    return Assignment.objects.filter(pk__in=ordered).update(look_on=today)
