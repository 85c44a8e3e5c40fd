"""Who does the same work beside and below: coordinating agencies with their part, units with what was handed down."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Agency
from directives.models import Assignment, Role
from directives.rules.lifecycle import WORKING, State
from directives.rules.standing import Standing
from tracker.chips import Chip
from tracker.web.desk import Desk
from tracker.web.parts import Tally, tally
from tracker.web.wording import CHIPS, deadline

DELIVERED = (State.HANDED_IN, State.DONE)


@dataclass(frozen=True)
class Helper:
    """A coordinating agency's part as the lead sees it: whether it is delivered, never what it says."""

    agency: Agency
    chip: Chip
    deadline: str
    delivered_on: date | None

    @property
    def late(self) -> bool:
        """Whether it keeps the lead waiting: its delay is its own and is never counted against the lead."""
        return self.chip.standing == Standing.OVERDUE


def helpers(one: Assignment, desk: Desk) -> list[Helper]:
    """The coordinating agencies of the work that `one` leads, by code; one query, none for any other part."""
    if one.role != Role.LEAD:
        return []
    beside = Assignment.objects.live().filter(directive=one.directive_id, period=one.period, role=Role.COORDINATING)
    rows = beside.with_standing(desk.today, desk.soon_until).select_related("agency").order_by("agency__code", "pk")
    return [
        Helper(
            agency=row.agency,
            chip=CHIPS[row.standing],
            deadline=deadline(row, today=desk.today, calendar=desk.calendar),
            delivered_on=row.handed_in_on if row.state in DELIVERED else None,
        )
        for row in rows
    ]


def handed_down(one: Assignment, desk: Desk) -> Tally:
    """k of N of what was handed down from it; one query."""
    return tally(Assignment.objects.parts_of([one]), desk.today)


def may_hand_down(one: Assignment, desk: Desk) -> bool:
    """Whether the reader's agency has this work now, and units below to give it to."""
    own = one.agency_id in desk.own_agencies and one.state in WORKING
    return own and Agency.objects.on(desk.today).filter(parent=one.agency_id).exists()
