"""A committee meets: the session that a notice concludes."""

import unicodedata
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, User
from accounts.roles import Verb, require
from directives.actions.fitting import fit
from directives.actions.moving import in_line
from directives.actions.recording import record
from directives.models import Session
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

FIELDS = frozenset({"kind", "number", "held_on", "title", "chair_title", "place", "note"})


@transaction.atomic
def enter_session(
    *, committee: Committee, by: User, at: datetime, kind: str, held_on: date, title: str, **fields: Any
) -> Session:
    """Enter a session held on a local date. Raises NotAllowed, or Invalid where it is in the register already."""
    require(by, Verb.DRAFT, committee, on=local_day(at))
    session = Session(committee=committee)
    _fill(session, kind=kind, held_on=held_on, title=title, **fields)
    _check(session, day=local_day(at))
    session.save()
    record(session, "enter_session", by=by, at=at, on_behalf_of=committee.name_vi, after=_facts(session))
    return session


@transaction.atomic
def amend_session(session: Session, *, by: User, at: datetime, **fields: Any) -> Session:
    """Correct what was entered of a session. Raises NotAllowed, or Invalid for a day that is taken or to come."""
    session = (
        Session.objects.select_for_update(of=("self",), no_key=True).select_related("committee").get(pk=session.pk)
    )
    require(by, Verb.DRAFT, session.committee, on=local_day(at))
    before = _facts(session)
    _fill(session, **fields)
    _check(session, day=local_day(at))
    session.save()
    record(
        session,
        "amend_session",
        by=by,
        at=at,
        on_behalf_of=session.committee.name_vi,
        before=before,
        after=_facts(session),
    )
    return session


def _fill(session: Session, **fields: Any) -> None:
    if unknown := fields.keys() - FIELDS:
        raise TypeError(f"a session has no field {', '.join(sorted(unknown))}")
    for field, value in fields.items():
        setattr(session, field, unicodedata.normalize("NFC", value) if isinstance(value, str) else value)
    fit(session, *fields)


def _check(session: Session, *, day: date) -> None:
    if session.held_on > day:
        raise Invalid("held_on", _("The session has not been held yet."))
    in_line(session.committee)
    same = Session.objects.filter(committee=session.committee, kind=session.kind, held_on=session.held_on)
    if same.exclude(pk=session.pk).exists():
        raise Invalid("held_on", _("A session of this kind on this day is in the register already."))


def _facts(session: Session) -> dict[str, Any]:
    return {
        "kind": str(session.kind),
        "number": session.number,
        "held_on": session.held_on.isoformat(),
        "title": session.title,
        "chair_title": session.chair_title,
        "place": session.place,
    }
