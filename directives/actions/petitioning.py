"""What an agency asks of the level above: the secretariat takes note of it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Verb, require
from directives.actions.moving import right_to
from directives.actions.recording import record
from directives.models import Report
from directives.rules.lifecycle import WrongMoment
from directives.rules.working_days import local_day


@transaction.atomic
def note_petition(report: Report, *, by: User, at: datetime) -> Report:
    """Say that whoever gave the work knows what the report asks for and sees to it.

    Raises NotAllowed or WrongMoment.
    """
    rows = Report.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("assignment__directive__notice__committee", "assignment__directive__given_by").get(
        pk=report.pk
    )
    giver = row.assignment.directive.giver
    require(by, right_to(row.assignment, Verb.VERIFY), giver, on=local_day(at))
    if not row.asks or row.asks_seen_at is not None:
        raise WrongMoment(_("Nothing is asked here that nobody has taken note of."))
    row.asks_seen_by, row.asks_seen_at = by, at
    row.save(update_fields=["asks_seen_by", "asks_seen_at"])
    record(row, "note_petition", by=by, at=at, on_behalf_of=giver.name_vi)
    return row
