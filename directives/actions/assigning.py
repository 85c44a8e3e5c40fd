"""Giving work to agencies and taking it back: the verbs that move an assignment without a report."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyGroup, User
from accounts.people import Holder, Seats, seats
from accounts.roles import NotAllowed, Verb, require
from directives.actions.attaching import Upload, atomic_with_files, attach
from directives.actions.fitting import fit
from directives.actions.following import resume_parts, suspend_parts
from directives.actions.moving import (
    WITH_THE_WHOLE,
    arm,
    check,
    lock_notice,
    locked,
    move,
    next_look,
    not_own,
    withdraw_all,
)
from directives.actions.recording import facts, record, tell
from directives.actions.writing import forget_unsent
from directives.models import Assignment, DeliveryKind, Directive, Notice, NoticeState, Role, load_calendar
from directives.rules.lifecycle import LIVE, State
from directives.rules.recurrence import first_periods
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

LEADS_ALREADY = _("%(agency)s leads already: a directive has one lead.")
HAS_THIS_PART = _("%(agency)s has this part already.")


@transaction.atomic
def assign(
    directive: Directive,
    agency: Agency,
    role: str,
    *,
    by: User,
    at: datetime,
    due_on: date | None = None,
    group: AgencyGroup | None = None,
    period: str = "",
) -> Assignment:
    """Give an issued directive to one more agency; `due_on` (local date) is the directive's unless given.

    Raises NotAllowed, or Invalid for a second lead, an agency that has this role already, one that does not exist
    on the day, or a date that lies before the day of assignment.
    """
    lock_notice(directives=directive)
    directive = Directive.objects.select_related("notice__committee").get(pk=directive.pk)
    require(by, Verb.ASSIGN, directive.notice.committee, on=local_day(at))
    if directive.given_by_id is not None:
        raise NotAllowed(str(WITH_THE_WHOLE))
    day = local_day(at)
    if directive.rhythm is not None and not period:
        period, due_on = _present_period(directive, due_on, day=day)
    due_on = due_on or directive.due_on
    _fits(directive, agency, role, period, due_on=due_on, day=day)
    row = Assignment(
        directive=directive,
        agency=agency,
        role=role,
        group=group,
        period=period,
        due_on=due_on,
        original_due_on=due_on,
        assigned_on=day,
        armed_on=day,
    )
    fit(row, "role", "period", "due_on")
    row.look_on = next_look(row)
    row.save()
    record(row, Verb.ASSIGN, by=by, at=at, on_behalf_of=directive.notice.committee.name_vi)
    _tell_assigned(row, at=at)
    return row


@transaction.atomic
def acknowledge(assignment: Assignment, *, by: User, at: datetime, version: int | None = None) -> Assignment:
    """The agency confirms that it has received the assignment. Stops no reminder."""
    return move(locked(assignment), Verb.ACKNOWLEDGE, by=by, at=at, version=version)


@transaction.atomic
def start(assignment: Assignment, *, by: User, at: datetime, version: int | None = None) -> Assignment:
    """The agency says that work has begun."""
    return move(locked(assignment), Verb.START, by=by, at=at, version=version)


@atomic_with_files()
def decline(
    assignment: Assignment,
    *,
    by: User,
    at: datetime,
    reason: str,
    files: Iterable[Upload] = (),
    version: int | None = None,
) -> Assignment:
    """The agency says, with a reason and perhaps its letter, that the work was given to the wrong place."""
    row = move(locked(assignment), Verb.DECLINE, by=by, at=at, reason=reason, version=version)
    attach(files, declined=row)
    forget_unsent(row, Verb.DECLINE, by=by)
    return row


@transaction.atomic
def suspend(assignment: Assignment, *, by: User, at: datetime, reason: str, version: int | None = None) -> Assignment:
    """The secretariat stops the clock; the ladder is silent until the work is resumed. What was handed down stands
    still with it."""
    row = locked(assignment)
    move(row, Verb.SUSPEND, by=by, at=at, reason=reason, version=version, resume_to=row.state)
    suspend_parts(row, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def resume(assignment: Assignment, *, by: User, at: datetime, reason: str, version: int | None = None) -> Assignment:
    """The secretariat lets the work go on from where it was suspended; the ladder counts from today."""
    row = locked(assignment)
    check(row, Verb.RESUME, by=by, at=at, version=version, reason=reason)
    day = local_day(at)
    arm(row, day, anew=row.due_on is None or row.due_on < day)
    move(row, Verb.RESUME, by=by, at=at, reason=reason, version=version, resume_to="")
    resume_parts(row, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def withdraw(assignment: Assignment, *, by: User, at: datetime, reason: str, version: int | None = None) -> Assignment:
    """Whoever gave the assignment takes it back, with all that was handed down from it; it no longer counts, and one
    that was declined waits for nobody."""
    row = locked(assignment)
    check(row, Verb.WITHDRAW, by=by, at=at, version=version, reason=reason)
    _not_own_decline(row, by=by)
    move(row, Verb.WITHDRAW, by=by, at=at, reason=reason, version=version)
    _withdraw_parts(row, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def reassign(
    assignment: Assignment,
    to_agency: Agency,
    *,
    by: User,
    at: datetime,
    reason: str,
    due_on: date | None = None,
    version: int | None = None,
    quietly: bool = False,
) -> Assignment:
    """Move the duty to another agency; returns the new assignment. The original date goes along.

    So a duty that was declined finds the right place; whoever declined it does not decide where. Where the deadline
    has passed a new `due_on` (local date) must be given: nobody is late on the first day. `quietly`: the caller tells
    the agency.
    """
    lock_notice(directives__assignments=assignment)
    row = locked(assignment)
    check(row, Verb.REASSIGN, by=by, at=at, version=version, reason=reason)
    _not_own_decline(row, by=by)
    day = local_day(at)
    due_on = due_on or row.due_on
    directive = row.directive
    _fits(directive, to_agency, row.role, row.period, due_on=due_on, day=day, instead_of=row)
    move(row, Verb.REASSIGN, by=by, at=at, reason=reason)
    _withdraw_parts(row, by=by, at=at, reason=reason)
    heir = Assignment(
        directive=directive,
        agency=to_agency,
        role=row.role,
        group=row.group,
        period=row.period,
        due_on=due_on,
        original_due_on=row.original_due_on,
        assigned_on=day,
        armed_on=day,
    )
    fit(heir, "due_on")
    heir.look_on = next_look(heir)
    heir.save()
    record(
        heir,
        Verb.ASSIGN,
        by=by,
        at=at,
        on_behalf_of=directive.notice.committee.name_vi,
        before=facts(row),
        reason=reason,
    )
    if not quietly:
        _tell_assigned(heir, at=at)
    return heir


def _withdraw_parts(row: Assignment, *, by: User, at: datetime, reason: str) -> None:
    parts = Assignment.objects.below([row])
    withdraw_all(parts, by=by, at=at, on_behalf_of=row.directive.giver.name_vi, reason=reason)


def workers(found: Seats, agency_id: int, audiences: Iterable[str] = ("officer", "head")) -> list[Holder]:
    """The officers and the head of an agency, each once."""
    people = {}
    for audience in audiences:
        for holder in found.holders(audience, agency_id=agency_id, committee_id=None):
            people.setdefault(holder.user.pk, holder)
    return list(people.values())


def _not_own_decline(row: Assignment, *, by: User) -> None:
    if row.state != State.DECLINED:
        return
    event = row.events.filter(verb=Verb.DECLINE).select_related("by").order_by("pk").last()
    if event is not None and event.by is not None:
        sentence = _("Whoever declined the work, in person or by a substitute, cannot decide what becomes of it.")
        not_own(by, row, done_by=event.by, at=event.at, sentence=sentence)


def _present_period(directive: Directive, due_on: date | None, *, day: date) -> tuple[str, date]:
    """The period of recurring work that a new agency begins with; the next ones follow by themselves."""
    rhythm, until = directive.rhythm, directive.recurs_until
    turns = rhythm and first_periods(rhythm, today=day, until=until, ahead=0, calendar=load_calendar())
    if not turns:
        raise Invalid("directive", _("This work has no period left in which it recurs."))
    Directive.objects.filter(pk=directive.pk).update(next_period_on=day)
    period, usual = turns[0]
    return period.label, due_on or usual


def _tell_assigned(row: Assignment, *, at: datetime) -> None:
    found = seats(agencies=[row.agency_id], committees=[], on=local_day(at))
    tell(
        workers(found, row.agency_id),
        DeliveryKind.ASSIGNED,
        key=f"assigned:{row.uuid}",
        at=at,
        notice=row.directive.notice,
        assignment=row,
    )


def _fits(
    directive: Directive,
    agency: Agency,
    role: str,
    period: str,
    *,
    due_on: date | None,
    day: date,
    instead_of: Assignment | None = None,
) -> None:
    check_in_force(directive.notice)
    check_day(agency, due_on, day)
    live = Assignment.objects.filter(directive=directive, period=period, state__in=LIVE)
    leads = live.filter(role=Role.LEAD).exclude(pk=instead_of and instead_of.pk).select_related("agency")
    if role == Role.LEAD and (lead := leads.first()):
        raise Invalid("agency", LEADS_ALREADY, agency=lead.agency.name)
    if live.filter(agency=agency, role=role).exists():
        raise Invalid("agency", HAS_THIS_PART, agency=agency.name)


def check_in_force(notice: Notice) -> None:
    """Pass when work may be given from the notice; else raise Invalid(directive)."""
    if notice.state != NoticeState.ISSUED:
        raise Invalid("directive", _("The notice is not in force: nothing can be assigned from it."))


def check_day(agency: Agency, due_on: date | None, day: date) -> None:
    """Pass when the agency exists on the local date `day`, and has a date that is not past; else raise Invalid."""
    if not agency.exists_on(day):
        raise Invalid("agency", _("%(agency)s does not exist on that day."), agency=agency.name)
    if due_on is not None and due_on < day:
        raise Invalid("due_on", _("The deadline lies before the day of assignment. Give a later date."))
