"""Open work as the ladders see it: what each has still to say, asked once for all work that stands alike."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db import connection

from directives.actions.ladders import Ladders
from directives.models import load_calendar
from directives.rules.escalation import Step
from directives.rules.lifecycle import WORKING
from directives.rules.nudges import MONTHLY_BAND, Work, ahead
from directives.rules.working_days import Calendar

# A reminder that is planned and waits to be sent has said nothing yet.
OPEN = """
SELECT notice.committee_id, row.due_on, row.armed_on,
       coalesce(row.first_armed_on, row.armed_on),
       CASE WHEN row.due_on IS NULL THEN directive.review_on END, coalesce(ledger.rungs, '{}'), count(*)
FROM directives_assignment row
JOIN directives_directive directive ON directive.id = row.directive_id
JOIN directives_notice notice ON notice.id = directive.notice_id
LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT reminder.rung ORDER BY reminder.rung) AS rungs
    FROM directives_reminder reminder
    LEFT JOIN directives_delivery message ON message.id = reminder.delivery_id
    WHERE reminder.assignment_id = row.id
      AND (reminder.due_version = row.due_version OR reminder.rung >= %(months)s AND reminder.state = 'sent')
      AND (reminder.state <> 'planned' OR message.state <> 'waiting' OR message.attempts > 0)
) ledger ON true
WHERE row.state = ANY(%(working)s) AND (%(committees)s::bigint[] IS NULL OR notice.committee_id = ANY(%(committees)s))
  AND (%(due)s::date[] IS NULL OR row.due_on IS NULL OR row.armed_on > row.due_on OR row.due_on = ANY(%(due)s))
GROUP BY 1, 2, 3, 4, 5, 6
"""


class Open(NamedTuple):
    """So many assignments of a committee of which the ladder says the same."""

    committee_id: int
    work: Work
    many: int


class Said(NamedTuple):
    """What a ladder says on a day to the work of a committee that is due on `due_on` (None: undated)."""

    committee_id: int
    due_on: date | None
    step: Step


def open_work(committees: Collection[int] | None = None, *, due: Collection[date] | None = None) -> list[Open]:
    """All work that agencies are at, of these committees (ids; None: of all), in one query.

    `due`: of what counts from its deadline alone, only what is due on one of these days (None: all).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            OPEN,
            {
                "working": sorted(WORKING),
                "committees": None if committees is None else list(committees),
                "due": None if due is None else list(due),
                "months": MONTHLY_BAND,
            },
        )
        return [
            Open(committee_id, Work(due_on, armed_on, known_on, review_on, sent=frozenset(told)), many)
            for committee_id, due_on, armed_on, known_on, review_on, told, many in cursor.fetchall()
        ]


def still_said(row: Open, ladders: Ladders, calendar: Calendar, *, today: date) -> frozenset[Step]:
    """What is still to be said from the local date `today` on, each rung with its day and its audience."""
    return frozenset(ahead(row.work, ladders.of(ladders.whose(row.committee_id)), calendar, today=today))


def said_on(day: date, committees: Collection[int] | None = None) -> Counter[Said]:
    """What the ladders will say on the local date `day`, if nothing moves until then: of how many assignments."""
    ladders, calendar = Ladders(), load_calendar()
    found: Counter[Said] = Counter()
    for row in open_work(committees, due=ladders.due_where_they_speak(day, calendar)):
        for step in still_said(row, ladders, calendar, today=day):
            if step.on == day:
                found[Said(row.committee_id, row.work.due_on, step)] += row.many
    return found
