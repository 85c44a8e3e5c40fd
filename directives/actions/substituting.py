"""Who is away names who gets what the office gets meanwhile, and may do what it may do."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.people import colleagues
from accounts.roles import NotAllowed, Verb, may
from directives.actions.fitting import fit_day
from directives.actions.moving import in_line
from directives.actions.recording import record
from directives.rules.absence import check_absence
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

NOT_YOURS = _("Only who holds the office, or an administrator, can name its substitute.")
NOT_HELD = _("This office is no longer held.")
ONESELF = _("Nobody is substitute for himself or herself.")
CLOSED = _("This account is closed.")
NO_COLLEAGUE = _("%(name)s holds no office of this body in that time.")
AWAY_TOO = _("%(name)s is away in that time as well. Choose somebody else.")


@transaction.atomic
def name_substitute(office: Office, substitute: User, *, by: User, at: datetime, begins: date, ends: date) -> Office:
    """Let a colleague fill the office from the local date `begins` to `ends`, both included.

    An earlier substitute of the office gives way. Raises NotAllowed, WrongMoment or Invalid(substitute, begins, ends).
    """
    row, day = _locked(office), local_day(at)
    _require(row, by=by, on=day)
    fit_day("begins", begins)
    fit_day("ends", ends)
    begun = row.substitute_from if row.substitute_to and row.substitute_to >= day else None
    check_absence(begins=begins, ends=ends, today=day, held_from=row.starts_on, held_to=row.ends_on, begun=begun)
    _check_substitute(row, substitute, max(begins, day), ends)
    before = _facts(row)
    row.substitute, row.substitute_from, row.substitute_to = substitute, begins, ends
    row.save(update_fields=["substitute", "substitute_from", "substitute_to"])
    record(row, "name_substitute", by=by, at=at, on_behalf_of=_body(row), before=before, after=_facts(row))
    return row


@transaction.atomic
def end_absence(office: Office, *, by: User, at: datetime) -> Office:
    """The holder is back: the substitute serves until the end of today, or not at all where it has not begun.

    Without a substitute from today on this changes nothing. Raises NotAllowed or WrongMoment.
    """
    row, day = _locked(office), local_day(at)
    _require(row, by=by, on=day)
    if row.substitute_to is None or row.substitute_to <= day:
        return row
    before = _facts(row)
    if row.substitute_from > day:
        row.substitute = row.substitute_from = row.substitute_to = None
    else:
        row.substitute_to = day
    row.save(update_fields=["substitute", "substitute_from", "substitute_to"])
    record(row, "end_absence", by=by, at=at, on_behalf_of=_body(row), before=before, after=_facts(row))
    return row


def _locked(office: Office) -> Office:
    """The office as it is now; whoever names substitutes in one body does so one after the other."""
    if office.body is not None:
        in_line(office.body)
    rows = Office.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("user", "agency", "committee", "substitute").get(pk=office.pk)


def _require(row: Office, *, by: User, on: date) -> None:
    if not (by.pk == row.user_id and by.is_active) and not may(by, Verb.MANAGE_PEOPLE, on=on):
        raise NotAllowed(NOT_YOURS)
    if row.ends_on is not None and row.ends_on < on:
        raise WrongMoment(NOT_HELD)


def _check_substitute(row: Office, substitute: User, first: date, last: date) -> None:
    if substitute.pk == row.user_id:
        raise Invalid("substitute", ONESELF)
    if not substitute.is_active:
        raise Invalid("substitute", CLOSED)
    if not colleagues(row, first, last).filter(pk=substitute.pk).exists():
        raise Invalid("substitute", NO_COLLEAGUE, name=substitute.name)
    away = Office.objects.filter(user=substitute, agency=row.agency_id, committee=row.committee_id)
    if away.filter(substitute_from__lte=last, substitute_to__gte=first).exists():
        raise Invalid("substitute", AWAY_TOO, name=substitute.name)


def _facts(row: Office) -> dict[str, str | None]:
    return {
        "office": f"{row.role}, {_body(row)}",
        "substitute": row.substitute.name if row.substitute else None,
        "from": row.substitute_from.isoformat() if row.substitute_from else None,
        "to": row.substitute_to.isoformat() if row.substitute_to else None,
    }


def _body(row: Office) -> str:
    return row.body.name_vi if row.body else ""
