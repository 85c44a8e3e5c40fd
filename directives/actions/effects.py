"""What a change of a ladder or of the calendar does to the reminders that have not gone out, told before it is kept."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from accounts.models import Committee
from directives.actions.rounds import Ladders
from directives.models import load_calendar
from directives.rules.escalation import Step
from directives.rules.lifecycle import WORKING
from directives.rules.nudges import Work, ahead
from directives.rules.working_days import Calendar

# A reminder that is planned and waits to be sent has said nothing yet.
OPEN = """
SELECT notice.committee_id, row.due_on, row.armed_on,
       CASE WHEN row.due_version > 1 THEN row.assigned_on ELSE row.armed_on END,
       CASE WHEN row.due_on IS NULL THEN directive.review_on END, coalesce(ledger.rungs, '{}'), count(*)
FROM directives_assignment row
JOIN directives_directive directive ON directive.id = row.directive_id
JOIN directives_notice notice ON notice.id = directive.notice_id
LEFT JOIN (
    SELECT reminder.assignment_id, reminder.due_version, array_agg(DISTINCT reminder.rung) AS rungs
    FROM directives_reminder reminder
    LEFT JOIN directives_delivery message ON message.id = reminder.delivery_id
    WHERE reminder.state <> 'planned' OR message.state <> 'waiting' OR message.attempts > 0
    GROUP BY 1, 2
) ledger ON ledger.assignment_id = row.id AND ledger.due_version = row.due_version
WHERE row.state = ANY(%(working)s) AND (%(committee)s::bigint IS NULL OR notice.committee_id = %(committee)s)
GROUP BY 1, 2, 3, 4, 5, 6
"""


class Open(NamedTuple):
    """So many assignments of a committee of which the ladder says the same."""

    committee_id: int
    work: Work
    many: int


@dataclass(frozen=True)
class Effect:
    """What changes: assignments whose reminders move, and reminders (one rung of one assignment) that go and come."""

    assignments: int = 0
    cancelled: int = 0
    added: int = 0

    def __bool__(self) -> bool:
        return self.assignments > 0

    def __add__(self, other: "Effect") -> "Effect":
        return Effect(self.assignments + other.assignments, self.cancelled + other.cancelled, self.added + other.added)


class Outlook:
    """What ladders and calendar have still to say of open work, as they stand when it is made.

    Made before a change, it tells the change's `effect()` once that is written, in the same transaction. It costs one
    pass over the open work of `committee` (None: of all) and asks the rule once for each distinct situation.
    """

    def __init__(self, committee: Committee | None = None) -> None:
        self._open = _open(committee)
        self._ladders, self._calendar = Ladders(), load_calendar()

    def effect(self) -> Effect:
        """What has changed since: the whole of it, and nothing where all stays as it was."""
        ladders, calendar = Ladders(), load_calendar()
        found = Effect()
        for row in self._open:
            before = _ahead(row, self._ladders, self._calendar)
            after = _ahead(row, ladders, calendar)
            if before != after:
                gone, new = len(before - after), len(after - before)
                found += Effect(row.many, row.many * gone, row.many * new)
        return found


def _open(committee: Committee | None) -> list[Open]:
    with connection.cursor() as cursor:
        cursor.execute(OPEN, {"working": sorted(WORKING), "committee": committee.pk if committee else None})
        return [
            Open(committee_id, Work(due_on, armed_on, known_on, review_on, sent=frozenset(told)), many)
            for committee_id, due_on, armed_on, known_on, review_on, told, many in cursor.fetchall()
        ]


def _ahead(row: Open, ladders: Ladders, calendar: Calendar) -> frozenset[Step]:
    """What is still to be said, each rung with its day and its audience."""
    return frozenset(ahead(row.work, ladders.of(ladders.whose(row.committee_id)), calendar))
