"""A committee meets: the session that a notice concludes."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, User
from accounts.roles import Verb, require
from directives.actions.recording import record
from directives.models import Session
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day


@transaction.atomic
def enter_session(
    *, committee: Committee, by: User, at: datetime, kind: str, held_on: date, title: str, **fields: Any
) -> Session:
    """Enter a session held on a local date. Raises NotAllowed, or Invalid where it is in the register already."""
    require(by, Verb.DRAFT, committee, on=local_day(at))
    if held_on > local_day(at):
        raise Invalid("held_on", _("The session has not been held yet."))
    if Session.objects.filter(committee=committee, kind=kind, held_on=held_on).exists():
        raise Invalid("held_on", _("A session of this kind on this day is in the register already."))
    session = Session.objects.create(committee=committee, kind=kind, held_on=held_on, title=title, **fields)
    record(
        session,
        "enter_session",
        by=by,
        at=at,
        on_behalf_of=committee.name_vi,
        after={"kind": kind, "held_on": held_on.isoformat(), "title": title},
    )
    return session
