"""What became of an assignment between two days, from what the register knew at the end of each."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directives.rules.lifecycle import LIVE, WORKING, State
from directives.rules.refusals import N_


class Change(StrEnum):
    """In the order in which a briefing tells them: what is late comes first."""

    SLIPPED = "slipped"
    RETURNED = "returned"
    AMENDED = "amended"
    EXTENDED = "extended"
    DONE = "done"
    NEW = "new"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """English name, for the catalogues."""
        return LABELS[self]


LABELS = {
    Change.SLIPPED: N_("Became overdue"),
    Change.RETURNED: N_("Returned to be done again"),
    Change.AMENDED: N_("Amended by a corrected text or a later notice"),
    Change.EXTENDED: N_("Given more time"),
    Change.DONE: N_("Done"),
    Change.NEW: N_("Newly assigned"),
    Change.WITHDRAWN: N_("Withdrawn, declined or given to another agency"),
}


@dataclass(frozen=True)
class Then:
    """What was so of an assignment at the end of a local date."""

    state: str
    due_on: date | None

    def is_overdue(self, today: date) -> bool:
        """Still worked on, and past its date on `today`."""
        return self.state in WORKING and self.due_on is not None and self.due_on < today


def changes(
    was: Then | None, now: Then, *, since: date, until: date, returned: bool, amended: bool = False
) -> list[Change]:
    """Everything worth telling, in the order of a briefing; `was` is None where it was not assigned yet.

    `since` and `until` are the two local dates, `returned` whether a report came back between them, `amended` whether
    the work was amended: its later date is then no extension. So much more as is new than is withdrawn is the total.
    """
    live, was_live = now.state in LIVE, was is None or was.state in LIVE
    later = was is not None and was.due_on is not None and now.due_on is not None and now.due_on > was.due_on
    told = {
        Change.SLIPPED: now.is_overdue(until) and not (was is not None and was.is_overdue(since)),
        Change.RETURNED: returned and now.state in WORKING,
        Change.AMENDED: live and was is not None and amended,
        Change.EXTENDED: live and later and not amended,
        Change.DONE: now.state == State.DONE and (was is None or was.state != State.DONE),
        Change.NEW: was is None,
        Change.WITHDRAWN: was_live and not live,
    }
    return [change for change in Change if told[change]]
