"""More time: asked by the agency before the date, decided by the level that set it, never by the asker."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.people import seats
from accounts.roles import Verb
from directives.actions.assigning import workers
from directives.actions.attaching import Upload, atomic_with_files, attach
from directives.actions.fitting import fit, fit_day
from directives.actions.moving import REASON_MISSING, arm, check, keep, locked, not_own
from directives.actions.recording import facts, record, tell
from directives.actions.writing import forget_unsent
from directives.models import Assignment, DeliveryKind, ExtensionRequest, ExtensionState
from directives.rules.handing_down import check_level
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

NO_DEADLINE = _("This assignment has no deadline that could be extended.")
ASKED_ALREADY = _("A request for more time is already waiting for a decision.")
NOT_YOUR_OWN = _("Whoever asked for more time cannot decide on it.")


@atomic_with_files()
def request_extension(
    assignment: Assignment,
    *,
    by: User,
    at: datetime,
    asked_due_on: date,
    reason: str,
    files: Iterable[Upload] = (),
    version: int | None = None,
) -> ExtensionRequest:
    """The agency asks for a later date (local date), with a reason; one request can be open at a time.

    Raises NotAllowed, WrongMoment, Stale, or Invalid where there is no date, or the one asked for is not later.
    """
    row = locked(assignment)
    check(row, Verb.REQUEST_EXTENSION, by=by, at=at, version=version, reason=reason)
    if row.due_on is None:
        raise Invalid("asked_due_on", NO_DEADLINE)
    if asked_due_on <= max(row.due_on, local_day(at)):
        raise Invalid("asked_due_on", _("Ask for a date after the present deadline and after today."))
    if row.extensions.filter(state=ExtensionState.OPEN).exists():
        raise WrongMoment(ASKED_ALREADY)
    request = ExtensionRequest(
        assignment=row,
        asked_by=by,
        asked_at=at,
        due_on_then=row.due_on,
        asked_due_on=asked_due_on,
        reason=reason.strip(),
    )
    fit(request, "asked_due_on")
    request.save()
    attach(files, extension=request)
    record(
        request,
        Verb.REQUEST_EXTENSION,
        by=by,
        at=at,
        on_behalf_of=row.agency.name_vi,
        after={"asked_due_on": asked_due_on.isoformat(), "due_on": row.due_on.isoformat()},
        reason=reason,
    )
    forget_unsent(row, Verb.REQUEST_EXTENSION, by=by)
    return request


@transaction.atomic
def grant_extension(
    request: ExtensionRequest,
    *,
    by: User,
    at: datetime,
    due_on: date | None = None,
    reason: str = "",
    version: int | None = None,
) -> ExtensionRequest:
    """Move the deadline to `due_on` (local date; the one asked for unless given); the original date stays.

    `version` is the assignment's, as in every verb.
    """
    row, request = _open_request(request, by=by, at=at, reason=reason, version=version)
    day = local_day(at)
    due_on = due_on or request.asked_due_on
    fit_day("due_on", due_on)
    if row.due_on is None or due_on <= row.due_on or due_on < day:
        raise Invalid("due_on", _("The new deadline must lie after the present one and not in the past."))
    check_level(due_on, of_whole=_of_whole(row), today=day, asked_above=True)
    before = facts(row)
    row.due_on = due_on
    arm(row, day, anew=True)
    keep(row)
    _close(request, ExtensionState.GRANTED, by=by, at=at, reason=reason, granted_due_on=due_on)
    record(
        row,
        "grant_extension",
        by=by,
        at=at,
        on_behalf_of=row.directive.giver.name_vi,
        before=before,
        reason=reason,
    )
    _tell_decided(request, row, at=at)
    return request


@transaction.atomic
def refuse_extension(
    request: ExtensionRequest, *, by: User, at: datetime, reason: str, version: int | None = None
) -> ExtensionRequest:
    """The deadline stays; the reason is told to the agency. `version` is the assignment's."""
    row, request = _open_request(request, by=by, at=at, reason=reason, version=version)
    if not reason.strip():
        raise Invalid("reason", REASON_MISSING)
    _close(request, ExtensionState.REFUSED, by=by, at=at, reason=reason)
    record(
        row,
        "refuse_extension",
        by=by,
        at=at,
        on_behalf_of=row.directive.giver.name_vi,
        before=facts(row),
        reason=reason,
    )
    _tell_decided(request, row, at=at)
    return request


def _open_request(
    request: ExtensionRequest, *, by: User, at: datetime, reason: str, version: int | None
) -> tuple[Assignment, ExtensionRequest]:
    _lock_whole(request)
    row = locked(Assignment(pk=request.assignment_id))
    rows = ExtensionRequest.objects.select_for_update(of=("self",), no_key=True).select_related("asked_by")
    request = rows.get(pk=request.pk)
    not_own(by, row, done_by=request.asked_by, at=request.asked_at, sentence=NOT_YOUR_OWN)
    check(row, Verb.DECIDE_EXTENSION, by=by, at=at, reason=reason, version=version)
    if request.state != ExtensionState.OPEN:
        raise WrongMoment(_("This request was decided already."))
    return row, request


def _lock_whole(request: ExtensionRequest) -> None:
    """Of work that was handed down lock first what it is part of: nobody moves that date meanwhile."""
    part = {"handed_down__assignments": request.assignment_id, "handed_down__given_by__isnull": False}
    whole = Assignment.objects.filter(**part)
    list(whole.select_for_update(of=("self",), no_key=True).values_list("pk"))


def _of_whole(row: Assignment) -> date | None:
    """The deadline of the agency that handed the work down, or None where there is none above it."""
    whole = row.directive.handed_down_from
    return whole.due_on if whole is not None and row.directive.given_by_id is not None else None


def _close(
    request: ExtensionRequest,
    state: str,
    *,
    by: User,
    at: datetime,
    reason: str,
    granted_due_on: date | None = None,
) -> None:
    request.state, request.decided_by, request.decided_at = state, by, at
    request.decision_reason, request.granted_due_on = reason.strip(), granted_due_on
    request.save()


def _tell_decided(request: ExtensionRequest, row: Assignment, *, at: datetime) -> None:
    found = seats(agencies=[row.agency_id], committees=[], on=local_day(at))
    tell(
        workers(found, row.agency_id, ["officer"]),
        DeliveryKind.EXTENSION_DECIDED,
        key=f"extension_decided:{request.uuid}",
        at=at,
        notice=row.directive.notice,
        assignment=row,
    )
