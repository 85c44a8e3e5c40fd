"""The daily round: asks the ladder for every assignment whose day has come, writes the ledger and the outbox.

Work is found in the database and written under a unique key, so that any number of rounds at once do what one does.
`rounds.py` says how a batch of it is planned.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from accounts.models import User
from accounts.people import Holder, Seats, seats
from directives.actions.handing_on import hand_on
from directives.actions.hearing import hearers
from directives.actions.ladders import Ladders
from directives.actions.moving import work_of
from directives.actions.rearming import rearm_all
from directives.actions.rounds import plan_batch
from directives.models import Assignment, Notice, Reminder, load_calendar
from directives.rules.escalation import Step
from directives.rules.lifecycle import WORKING
from directives.rules.nudges import steps_of


@dataclass(frozen=True)
class Planned:
    """One line of what a rehearsal says would be done."""

    on: date
    rung: int
    kind: str
    audience: str
    assignment: Assignment
    holder: Holder

    @property
    def recipient(self) -> User:
        return self.holder.user


def remind_all(*, now: datetime, today: date, notice: Notice | None = None) -> int:
    """Plan everything that the ladders have to say on the local date `today`; return how many rows the ledger gained.

    Twice is the same as once. Courtesy rungs that were overtaken go into the ledger as superseded. Whoever answers for
    overdue work gets a digest every working day, whether or not a rung falls on it. Where a ladder or the calendar was
    changed, what that moves is moved first; what fell because somebody left is planned for who came.
    """
    rearm_all(now=now, today=today)
    written = hand_on(now=now, today=today)
    while (gained := plan_batch(now=now, today=today, notice=notice)) is not None:
        written += gained
    return written


def rehearse(*, start: date, end: date, notice: Notice) -> list[Planned]:
    """Who would be told what from `start` to `end` (local dates, both included); writes nothing.

    Assumes that nothing is reported, handed in or moved in that time and that offices stay as they are on each day.
    """
    calendar, ladders = load_calendar(), Ladders()
    rows = Assignment.objects.filter(directive__notice=notice, state__in=WORKING, assigned_on__lte=end).for_list()
    lines: list[Planned] = []
    by_day: dict[date, list[tuple[Assignment, Step]]] = defaultdict(list)
    for row in rows.order_by("pk"):
        terms = ladders.of(row.directive.notice.committee_id)
        for step in steps_of(work_of(row), terms, until=end, calendar=calendar):
            if start <= step.on:
                by_day[step.on].append((row, step))
    for day in sorted(by_day):
        agencies = {pk for row, _step in by_day[day] for pk in (row.agency_id, row.directive.given_by_id) if pk}
        found = seats(agencies=agencies, committees={notice.committee_id}, on=day)
        for row, step in by_day[day]:
            lines.extend(_lines(row, step, found))
    return lines


def recorded(*, on: date, notice: Notice | None = None) -> list[Reminder]:
    """What stands in the ledger for the local date `on`: planned on it, or for a rung that falls on it."""
    rows = Reminder.objects.filter(Q(rung_on=on) | Q(planned_on=on))
    if notice is not None:
        rows = rows.filter(assignment__directive__notice=notice)
    rows = rows.select_related("recipient", "assignment__agency", "assignment__directive__notice")
    rows = rows.defer("assignment__directive__notice__text")
    return list(rows.order_by("assignment_id", "rung", "recipient_id", "channel"))


def _lines(row: Assignment, step: Step, found: Seats) -> list[Planned]:
    """One line for each person the rung speaks to."""
    directive = row.directive
    whose = {"committee_id": directive.notice.committee_id, "giver_id": directive.given_by_id}
    heard = hearers(found, step.rung.audience, agency_id=row.agency_id, **whose)
    return [Planned(step.on, step.rung.offset, step.rung.kind, hearer.audience, row, hearer.holder) for hearer in heard]
