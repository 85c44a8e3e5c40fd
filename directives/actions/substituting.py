"""Who is away names who gets what the office gets meanwhile, and may do what it may do."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Absence, Office, User
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
FILLED = _("%(name)s is substitute from %(first)s to %(last)s already. Choose other days.")
OVER = _("This absence is over or was removed.")


@transaction.atomic
def name_substitute(office: Office, substitute: User, *, by: User, at: datetime, begins: date, ends: date) -> Absence:
    """Let a colleague fill the office from the local date `begins` to `ends`, both included.

    An office has one substitute on a day at most. Raises NotAllowed, WrongMoment or Invalid(substitute, begins, ends).
    """
    row, day = locked_office(office.pk), local_day(at)
    _require(row, by=by, on=day)
    fit_day("begins", begins)
    fit_day("ends", ends)
    check_absence(begins=begins, ends=ends, today=day, held_from=row.starts_on, held_to=row.ends_on, begun=None)
    absence = Absence(office=row, substitute=substitute, begins_on=begins, ends_on=ends)
    _check_free(absence, field="begins")
    _check_substitute(absence, begins)
    absence.save()
    _record(absence, "name_substitute", by=by, at=at, before=_facts(row), after=_facts(row, absence))
    return absence


@transaction.atomic
def change_absence(absence: Absence, *, by: User, at: datetime, ends: date) -> Absence:
    """Let an absence that is not over last until the local date `ends`, longer or shorter than it was to.

    The day it lasts until already changes nothing. Raises NotAllowed, WrongMoment or Invalid(ends, substitute).
    """
    row, day = locked_office(absence.office_id), local_day(at)
    _require(row, by=by, on=day)
    kept = row.absences.from_day(day).select_related("substitute").filter(pk=absence.pk).first()
    if kept is None:
        raise WrongMoment(OVER)
    if kept.ends_on == ends:
        return kept
    fit_day("ends", ends)
    begins, before, grows = kept.begins_on, _facts(row, kept), ends > kept.ends_on
    check_absence(begins=begins, ends=ends, today=day, held_from=row.starts_on, held_to=row.ends_on, begun=begins)
    kept.ends_on = ends
    if grows:  # whoever comes back sooner is not asked for whom they named
        _check_free(kept, field="ends")
        _check_substitute(kept, max(begins, day))
    kept.save(update_fields=["ends_on"])
    _record(kept, "change_absence", by=by, at=at, before=before, after=_facts(row, kept))
    return kept


@transaction.atomic
def end_absence(absence: Absence, *, by: User, at: datetime) -> None:
    """The holder is back: a substitute who has begun serves until the end of today; else the absence is removed.

    What ends today, is over or was removed stays as it is. Raises NotAllowed or WrongMoment.
    """
    row, day = locked_office(absence.office_id), local_day(at)
    _require(row, by=by, on=day)
    kept = row.absences.filter(pk=absence.pk, ends_on__gt=day).select_related("substitute").first()
    if kept is None:
        return
    before = _facts(row, kept)
    if kept.begins_on > day:
        kept.delete()
        _record(kept, "remove_absence", by=by, at=at, before=before, after=_facts(row))
        return
    kept.ends_on = day
    kept.save(update_fields=["ends_on"])
    _record(kept, "end_absence", by=by, at=at, before=before, after=_facts(row, kept))


def locked_office(pk: int) -> Office:
    """The office as it is now; whoever names substitutes in one body does so one after the other."""
    rows = Office.objects.select_related("user", "agency", "committee")
    body = rows.get(pk=pk).body
    if body is not None:
        in_line(body)
    return rows.select_for_update(of=("self",), no_key=True).get(pk=pk)


def _require(row: Office, *, by: User, on: date) -> None:
    if not (by.pk == row.user_id and by.is_active) and not may(by, Verb.MANAGE_PEOPLE, on=on):
        raise NotAllowed(NOT_YOURS)
    if row.ends_on is not None and row.ends_on < on:
        raise WrongMoment(NOT_HELD)


def _check_free(absence: Absence, *, field: str) -> None:
    others = absence.office.absences.touching(absence.begins_on, absence.ends_on).exclude(pk=absence.pk)
    other = others.select_related("substitute").order_by("begins_on").first()
    if other is not None:
        days = {"first": other.begins_on, "last": other.ends_on}
        raise Invalid(field, FILLED, name=other.substitute.name, **days)


def _check_substitute(absence: Absence, first: date) -> None:
    """Ask whether the substitute can be there from the local date `first` to the last day of the absence."""
    row, substitute, last = absence.office, absence.substitute, absence.ends_on
    if substitute.pk == row.user_id:
        raise Invalid("substitute", ONESELF)
    if not substitute.is_active:
        raise Invalid("substitute", CLOSED)
    if not colleagues(row, first, last).filter(pk=substitute.pk).exists():
        raise Invalid("substitute", NO_COLLEAGUE, name=substitute.name)
    same = Office.objects.filter(user=substitute, agency=row.agency_id, committee=row.committee_id)
    if Absence.objects.touching(first, last).filter(office__in=same).exists():
        raise Invalid("substitute", AWAY_TOO, name=substitute.name)


def _record(absence: Absence, verb: str, *, by: User, at: datetime, before: dict, after: dict) -> None:
    office = absence.office
    record(office, verb, by=by, at=at, on_behalf_of=_body(office), before=before, after=after)


def _facts(row: Office, absence: Absence | None = None) -> dict[str, str | None]:
    return {
        "office": f"{row.role}, {_body(row)}",
        "substitute": absence.substitute.name if absence else None,
        "from": absence.begins_on.isoformat() if absence else None,
        "to": absence.ends_on.isoformat() if absence else None,
    }


def _body(row: Office) -> str:
    return row.body.name_vi if row.body else ""
