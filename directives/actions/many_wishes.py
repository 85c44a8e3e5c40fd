"""What a change of many asks for besides its reason: to which agency, or by when; and what that means for each row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from accounts.roles import NotAllowed, Verb
from directives.actions.assigning import reassign, resume, suspend, withdraw
from directives.actions.fitting import fit_day
from directives.actions.redating import IN_THE_PAST, set_deadline
from directives.models import Assignment, BulkChange, load_calendar
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid
from directives.rules.working_days import Calendar, local_day

FARTHEST = 500  # working days, about two years
NOT_YOURS = _("Only whoever chose these assignments can change them.")
STARTED = _("This was started already.")
UNDATED = _("This assignment has no deadline that could be moved. Set one new date.")
ONE_OF_BOTH = _("Give either one new date, or by how many working days each deadline moves.")

# Each verb's own action; what agencies are told of a change is told once, when it has ended.
MANY: dict[str, Callable[..., Assignment]] = {
    Verb.SUSPEND: suspend,
    Verb.RESUME: resume,
    Verb.WITHDRAW: withdraw,
    Verb.REASSIGN: reassign,
    Verb.SET_DEADLINE: set_deadline,
}
WISHING = (Verb.REASSIGN, Verb.SET_DEADLINE)


@dataclass(frozen=True)
class Wishes:
    """What is wanted of a change, read once for all its rows; `today` is the local date."""

    wanted: Mapping[str, Any]
    verb: str
    today: date

    @cached_property
    def calendar(self) -> Calendar:
        return load_calendar()

    @cached_property
    def agency(self) -> Agency:
        """To whom the work goes."""
        return Agency.objects.get(pk=self.wanted["to_agency"])

    @cached_property
    def day(self) -> date | None:
        """The one date that is given."""
        return date.fromisoformat(self.wanted["due_on"]) if self.wanted.get("due_on") else None

    def due_on(self, row: Assignment) -> date | None:
        """By when the row would be due. Raises Invalid(due_on) where an undated one is to be moved by days.

        Of what goes to another agency, only where the deadline has passed does a given date count.
        """
        if self.verb == Verb.REASSIGN:
            passed = row.due_on is not None and row.due_on < self.today
            return self.day if passed and self.day else row.due_on
        if self.verb != Verb.SET_DEADLINE or self.day is not None:
            return self.day or row.due_on
        if row.due_on is None:
            raise Invalid("due_on", UNDATED)
        return self.calendar.shift(row.due_on, self.wanted["shift"])

    def arguments(self, row: Assignment) -> dict[str, Any]:
        """What the verb's action is given for the row. Raises Invalid as `due_on` does."""
        if self.verb == Verb.REASSIGN:
            return {"to_agency": self.agency, "due_on": self.due_on(row), "quietly": True}
        return {"due_on": self.due_on(row), "quietly": True} if self.verb == Verb.SET_DEADLINE else {}


def wishes_of(change: BulkChange, *, at: datetime) -> Wishes:
    """What is wanted of the change, at a moment."""
    return Wishes(change.wanted, change.verb, local_day(at))


@transaction.atomic
def want(
    change: BulkChange,
    *,
    by: User,
    at: datetime,
    to_agency: Agency | None = None,
    due_on: date | None = None,
    shift: int | None = None,
) -> BulkChange:
    """Note to which agency, or by when (local date; or moved by so many working days); nothing is changed yet.

    Raises NotAllowed, WrongMoment where it was started, or Invalid.
    """
    change = own_and_not_started(change, by=by)
    day = local_day(at)
    fit_day("due_on", due_on)
    if due_on is not None and due_on < day:
        raise Invalid("due_on", IN_THE_PAST)
    if change.verb == Verb.REASSIGN:
        change.wanted = {"to_agency": _existing(to_agency, day).pk, **({"due_on": str(due_on)} if due_on else {})}
    elif change.verb == Verb.SET_DEADLINE:
        change.wanted = {"due_on": str(due_on)} if due_on else {"shift": shift}
        if (due_on is None) == (not shift):
            raise Invalid("due_on", ONE_OF_BOTH)
        if shift and abs(shift) > FARTHEST:
            raise Invalid("shift", _("At most %(most)s working days."), most=FARTHEST)
    change.save(update_fields=["wanted"])
    return change


def own_and_not_started(change: BulkChange, *, by: User) -> BulkChange:
    """The change as it is now, its row locked. Raises NotAllowed for anybody but its chooser, or WrongMoment."""
    change = BulkChange.objects.select_for_update(no_key=True).get(pk=change.pk)
    if change.by_id != by.pk:
        raise NotAllowed(NOT_YOURS)
    if change.started_at is not None:
        raise WrongMoment(STARTED)
    return change


def _existing(agency: Agency | None, day: date) -> Agency:
    if agency is None:
        raise Invalid("agency", _("Say to which agency."))
    if not agency.exists_on(day):
        raise Invalid("agency", _("%(agency)s does not exist on that day."), agency=agency.name)
    return agency
