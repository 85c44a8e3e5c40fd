"""Nothing leaves while sending is on hold: after a restore, until a person has looked at what would go out."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from directives.actions.fitting import fit_text
from directives.actions.moving import REASON_MISSING
from directives.actions.recording import record
from directives.models import SendingHold
from directives.models.outbox import LONGEST_REASON
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid

# Claims share this lock of the database, a hold has it alone: once it is there, no claim is under way.
CLAIMS = 0x646F6E64
ON_HOLD_ALREADY = _("Sending is on hold already, by %(who)s: %(reason)s")
NOT_ON_HOLD = _("Sending is not on hold.")
REASON_TOO_LONG = _("The reason is longer than %(most)s characters.")


def open_hold() -> SendingHold | None:
    """The hold that stands now, if any."""
    return SendingHold.objects.filter(released_at=None).first()


def claims_may_go_on() -> bool:
    """Asked first in the transaction of each claim: whether sending is not on hold, and will not be before its end."""
    _lock("pg_advisory_xact_lock_shared")
    return open_hold() is None


@transaction.atomic
def hold_sending(*, who: str, at: datetime, reason: str) -> SendingHold:
    """From now on nothing is claimed; what was claimed less than a second ago may still leave.

    `who` is the person at the keyboard. Raises Invalid (no reason) or WrongMoment.
    """
    if not reason.strip():
        raise Invalid("reason", REASON_MISSING)
    fit_text("reason", reason)
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason", REASON_TOO_LONG, most=LONGEST_REASON)
    _lock("pg_advisory_xact_lock")
    if (standing := open_hold()) is not None:
        raise WrongMoment(ON_HOLD_ALREADY, who=standing.who, reason=standing.reason)
    held = SendingHold.objects.create(since=at, who=who, reason=reason)
    record(held, "hold_sending", by=None, at=at, on_behalf_of=who, reason=reason)
    return held


@transaction.atomic
def release_sending(*, who: str, at: datetime) -> SendingHold:
    """Let everything that waits go out. Raises WrongMoment where nothing is on hold."""
    held = SendingHold.objects.select_for_update().filter(released_at=None).first()
    if held is None:
        raise WrongMoment(NOT_ON_HOLD)
    held.released_at, held.released_by = at, who
    held.save(update_fields=["released_at", "released_by"])
    record(held, "release_sending", by=None, at=at, on_behalf_of=who, before={"since": held.since.isoformat()})
    return held


def _lock(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [CLAIMS])
