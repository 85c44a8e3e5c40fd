"""Standing: how an assignment stands with its date today. Asked, never stored; `with_standing` is its SQL twin."""

from datetime import date
from enum import StrEnum

from directives.rules.lifecycle import LIVE, State
from directives.rules.refusals import N_


class Standing(StrEnum):
    ON_TRACK = "on_track"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    WAITING = "waiting"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    UNDATED = "undated"
    SUSPENDED = "suspended"
    # Declined, withdrawn or reassigned: no longer in the register's totals.
    OUTSIDE = "outside"

    @property
    def label(self) -> str:
        """English name, for the catalogues."""
        return LABELS[self]


# Those of work that has a date.
DATED = frozenset({Standing.ON_TRACK, Standing.DUE_SOON, Standing.OVERDUE, Standing.DONE_ON_TIME, Standing.DONE_LATE})
LABELS = {
    Standing.ON_TRACK: N_("On track"),
    Standing.DUE_SOON: N_("Due soon"),
    Standing.OVERDUE: N_("Overdue"),
    Standing.WAITING: N_("Waiting for verification"),
    Standing.DONE_ON_TIME: N_("Done on time"),
    Standing.DONE_LATE: N_("Done late"),
    Standing.UNDATED: N_("Undated"),
    Standing.SUSPENDED: N_("Suspended"),
    Standing.OUTSIDE: N_("No longer counted"),
}


class Cell(StrEnum):
    """The official cells: four and undated make the total."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"
    UNDATED = "undated"


def standing(
    state: str,
    due_on: date | None,
    *,
    today: date,
    soon_until: date,
    handed_in_on: date | None = None,
    done_on: date | None = None,
) -> Standing:
    """How an assignment stands on the local date `today`.

    The due date belongs to the agency whole: overdue begins on the day after. `soon_until` is the last date that
    counts as soon. Waiting for verification never makes late: done counts by the day it was handed in.
    """
    if state not in LIVE:
        return Standing.OUTSIDE
    if state == State.SUSPENDED:
        return Standing.SUSPENDED
    if state == State.HANDED_IN:
        return Standing.WAITING
    if due_on is None:
        return Standing.UNDATED
    if state == State.DONE:
        return Standing.DONE_LATE if due_on < (done_on or handed_in_on or today) else Standing.DONE_ON_TIME
    if due_on < today:
        return Standing.OVERDUE
    return Standing.DUE_SOON if due_on <= soon_until else Standing.ON_TRACK


def cell(
    state: str,
    due_on: date | None,
    *,
    today: date,
    handed_in_on: date | None = None,
    done_on: date | None = None,
) -> Cell | None:
    """The official cell an assignment is counted in on the local date `today`; None outside the total.

    Suspended is open in time; handed in is open in time or overdue by the day it was handed in.
    """
    if state not in LIVE:
        return None
    if due_on is None:
        return Cell.UNDATED
    if state == State.DONE:
        return Cell.DONE_LATE if due_on < (done_on or handed_in_on or today) else Cell.DONE_ON_TIME
    if state == State.SUSPENDED:
        return Cell.OPEN_IN_TIME
    if state == State.HANDED_IN:
        return Cell.OPEN_OVERDUE if due_on < (handed_in_on or today) else Cell.OPEN_IN_TIME
    return Cell.OPEN_OVERDUE if due_on < today else Cell.OPEN_IN_TIME
