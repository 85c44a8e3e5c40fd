"""Handing down: by when those below must be ready, and whom a nudge reaches."""

from dataclasses import dataclass
from datetime import date

from directives.rules.lifecycle import WORKING, State
from directives.rules.refusals import N_, Invalid
from directives.rules.working_days import Calendar

# Working days that an agency keeps for itself, to put together what comes in, unless it says otherwise.
KEPT_FOR_ITSELF = 5

NO_DATE = N_("Your own deadline is %(day)s: what you hand down needs a date, on that day or before.")
IN_THE_PAST = N_("The deadline lies in the past. Give today or a later date.")
LATER_THAN_OWN = N_("Your own deadline is %(day)s: what you hand down must be due on that day or before.")
ASK_ABOVE_FIRST = N_("Your own deadline is %(day)s. For a later date ask for more time yourself first.")


def latest_day(of_whole: date | None, *, today: date) -> date | None:
    """The last local date that a part may be due on: that of the whole, or today where it has passed; None: any."""
    return max(of_whole, today) if of_whole is not None else None


def suggested_day(of_whole: date | None, *, today: date, calendar: Calendar) -> date | None:
    """The date that is proposed for a part: some working days before that of the whole, today at the earliest."""
    if of_whole is None:
        return None
    early = calendar.shift(of_whole, -KEPT_FOR_ITSELF)
    return min(max(early, calendar.next_working(today)), max(of_whole, today))


def check_level(due_on: date | None, *, of_whole: date | None, today: date, asked_above: bool = False) -> None:
    """Pass when a part may be due on `due_on` (local date); raise Invalid(due_on) where it is late or past.

    Work with a date is never handed down without one.
    """
    if due_on is not None and due_on < today:
        raise Invalid("due_on", IN_THE_PAST)
    latest = latest_day(of_whole, today=today)
    if latest is not None and due_on is None:
        raise Invalid("due_on", NO_DATE, day=of_whole)
    if latest is not None and due_on is not None and due_on > latest:
        raise Invalid("due_on", ASK_ABOVE_FIRST if asked_above else LATER_THAN_OWN, day=of_whole)


NUDGED_TODAY = N_("was nudged already today")
MOST_A_DAY = 5  # of one unit by the agency above, whatever the work
ENOUGH_TODAY = N_("was nudged five times today already")
NOBODY_IN_OFFICE = N_("has nobody in office")
WHY_NOT = {
    State.HANDED_IN: N_("has handed in"),
    State.DONE: N_("is done"),
    State.DECLINED: N_("has declined"),
    State.SUSPENDED: N_("is suspended"),
    State.WITHDRAWN: N_("was withdrawn"),
    State.REASSIGNED: N_("was given to another agency"),
}


@dataclass(frozen=True)
class Nudge:
    """What is known of a unit when somebody wants to nudge it.

    `last_on`: the local date of the last nudge for this work; `today`: how many nudges it had on this working day, for
    all that the agency above gave it.
    """

    state: str
    last_on: date | None
    in_office: bool
    today: int = 0


def why_not_nudged(unit: Nudge, *, today: date, calendar: Calendar) -> str:
    """Why the unit is not nudged on the local date `today`; empty where it is.

    Once on a working day is enough for a piece of work, and MOST_A_DAY for all that the agency above gave it.
    What is done on a day off counts for the next working day.
    """
    if unit.state not in WORKING:
        return WHY_NOT[State(unit.state)]
    if unit.last_on is not None and calendar.next_working(unit.last_on) >= calendar.next_working(today):
        return NUDGED_TODAY
    if unit.today >= MOST_A_DAY:
        return ENOUGH_TODAY
    return "" if unit.in_office else NOBODY_IN_OFFICE
