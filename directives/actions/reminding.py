"""The daily round: asks the ladder for every assignment whose day has come, writes the ledger and the outbox.

Work is found in the database and written under a unique key, so that any number of rounds at once do what one does.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from accounts.people import Holder, Seats, seats
from directives.actions.assigning import workers
from directives.actions.moving import rungs_of
from directives.actions.posting import Envelope, post
from directives.models import (
    Assignment,
    Channel,
    DeliveryKind,
    Ladder,
    Notice,
    Reminder,
    ReminderState,
    load_calendar,
)
from directives.rules.escalation import LEADERSHIP, Plan, Rung, Step, digest_moment, due_rungs, leadership_moment, steps
from directives.rules.lifecycle import WORKING
from directives.rules.working_days import HANOI, Calendar

BATCH = 500
BY = tuple(Channel.values)


@dataclass(frozen=True)
class Planned:
    """One line of what the round did, or of what a rehearsal says it would do."""

    on: date
    rung: int
    kind: str
    audience: str
    assignment: Assignment
    holder: Holder
    state: str
    urgent: bool = False

    @property
    def recipient(self) -> User:
        return self.holder.user


def remind_all(*, now: datetime, today: date, notice: Notice | None = None) -> list[Planned]:
    """Plan everything that the ladders have to say on the local date `today`; return what was newly planned.

    Twice is the same as once. Courtesy rungs that were overtaken go into the ledger as superseded. Whoever answers for
    overdue work gets a digest every working day, whether or not a rung falls on it.
    """
    planned: list[Planned] = []
    while batch := _round(now=now, today=today, notice=notice):
        planned.extend(batch.planned)
    return planned


def rehearse(*, start: date, end: date, notice: Notice) -> list[Planned]:
    """Who would be told what from `start` to `end` (local dates, both included); writes nothing.

    Assumes that nothing is handed in or moved in that time and that offices stay as they are on each day.
    """
    calendar, ladders = load_calendar(), _Ladders()
    rows = Assignment.objects.filter(
        directive__notice=notice, state__in=WORKING, due_on__isnull=False, assigned_on__lte=end
    ).for_list()
    lines: list[Planned] = []
    by_day: dict[date, list[tuple[Assignment, Step]]] = defaultdict(list)
    for row in rows.order_by("pk"):
        rungs = ladders.of(row)
        for step in steps(due_on=row.due_on, armed_on=row.armed_on, ladder=rungs, calendar=calendar):
            if start <= step.on <= end:
                by_day[step.on].append((row, step))
    for day in sorted(by_day):
        found = _seats([row for row, _step in by_day[day]], day)
        for row, step in by_day[day]:
            lines.extend(_lines(row, step, found, state="rehearsed"))
    return lines


def recorded(*, on: date, notice: Notice | None = None) -> list[Reminder]:
    """What stands in the ledger for the rungs that fall on the local date `on`."""
    rows = Reminder.objects.filter(rung_on=on)
    if notice is not None:
        rows = rows.filter(assignment__directive__notice=notice)
    rows = rows.select_related("recipient", "assignment__agency", "assignment__directive__notice")
    return list(rows.order_by("assignment_id", "rung", "recipient_id", "channel"))


@dataclass(frozen=True)
class _Batch:
    planned: list[Planned]


class _Hours:
    """When what a round has to say is to leave, in Hanoi."""

    def __init__(self, *, now: datetime, today: date, calendar: Calendar) -> None:
        self.now = now
        self.at_once = now.astimezone(HANOI)
        self.digest = digest_moment(now=now, today=today, calendar=calendar)
        self.leadership = leadership_moment(now=now, today=today, calendar=calendar)

    def envelope(self, line: Planned, channel: str) -> Envelope:
        """What the line goes out in."""
        leads = line.audience in LEADERSHIP
        kind = DeliveryKind.ESCALATED if leads or line.audience == "secretariat" else DeliveryKind.DIGEST
        early = self.at_once if line.urgent else self.digest
        return Envelope(line.holder, kind, self.leadership if leads else early, channel)


@transaction.atomic
def _round(*, now: datetime, today: date, notice: Notice | None) -> _Batch | None:
    """One batch: lock, decide by the rule, write ledger and outbox, move `look_on`. None when nothing is left."""
    rows = Assignment.objects.filter(look_on__lte=today)
    if notice is not None:
        rows = rows.filter(directive__notice=notice)
    locked = list(
        rows.select_for_update(of=("self",), no_key=True, skip_locked=True).for_list().order_by("look_on", "pk")[:BATCH]
    )
    if not locked:
        return None
    calendar, ladders, sent = load_calendar(), _Ladders(), _sent(locked)
    plans: dict[int, Plan] = {}
    for row in locked:
        plans[row.pk] = _plan(row, ladders.of(row), sent[row.pk], today, calendar)
        row.look_on = plans[row.pk].look_on
    Assignment.objects.bulk_update(locked, ["look_on"])
    found = _seats(locked, today)
    lines = []
    for row in locked:
        for step in plans[row.pk].superseded:
            lines.extend(_lines(row, step, found, state=ReminderState.SUPERSEDED))
        for step in plans[row.pk].send:
            lines.extend(_lines(row, step, found, state=ReminderState.PLANNED))
    # What was given back only today is in tomorrow's.
    late = {row.agency_id for row in locked if _is_late(row, today)}
    answering = [holder for agency_id in sorted(late) for holder in workers(found, agency_id)]
    return _Batch(_write(lines, answering, _Hours(now=now, today=today, calendar=calendar), today))


def _plan(row: Assignment, ladder: Sequence[Rung], sent: frozenset[int], today: date, calendar: Calendar) -> Plan:
    if row.state not in WORKING or row.due_on is None:
        return Plan((), (), None)
    return due_rungs(due_on=row.due_on, armed_on=row.armed_on, ladder=ladder, sent=sent, today=today, calendar=calendar)


def _is_late(row: Assignment, today: date) -> bool:
    return row.state in WORKING and row.due_on is not None and max(row.due_on, row.armed_on) < today


def _sent(rows: Sequence[Assignment]) -> dict[int, frozenset[int]]:
    """For each assignment, the rungs that the ledger holds for the present version of its date."""
    versions = {row.pk: row.due_version for row in rows}
    found: dict[int, set[int]] = defaultdict(set)
    ledger = Reminder.objects.filter(assignment__in=rows).values_list("assignment_id", "due_version", "rung").distinct()
    for assignment_id, due_version, rung in ledger:
        if due_version == versions[assignment_id]:
            found[assignment_id].add(rung)
    return {pk: frozenset(found[pk]) for pk in versions}


def _seats(rows: Iterable[Assignment], on: date) -> Seats:
    rows = list(rows)
    return seats(
        agencies={row.agency_id for row in rows},
        committees={row.directive.notice.committee_id for row in rows},
        on=on,
    )


def _lines(row: Assignment, step: Step, found: Seats, *, state: str) -> list[Planned]:
    """One line for each person the rung speaks to; where the agency has nobody in office, its secretariat hears."""
    people: dict[int, tuple[str, Holder]] = {}
    committee_id = row.directive.notice.committee_id
    for audience in step.rung.audiences:
        for holder in found.holders(audience, agency_id=row.agency_id, committee_id=committee_id):
            people.setdefault(holder.user.pk, (audience, holder))
    if not any(audience in ("officer", "head") for audience, _holder in people.values()):
        for holder in found.holders("secretariat", agency_id=None, committee_id=committee_id):
            people.setdefault(holder.user.pk, ("secretariat", holder))
    return [
        Planned(step.on, step.rung.offset, step.rung.kind, audience, row, holder, state, step.rung.urgent)
        for audience, holder in people.values()
    ]


def _write(lines: Sequence[Planned], answering: Iterable[Holder], hours: _Hours, today: date) -> list[Planned]:
    """Write the ledger and hang what is to be sent on its messages; return the lines that were new."""
    spoken = [line for line in lines if line.state == ReminderState.PLANNED]
    digests = [Envelope(holder, DeliveryKind.DIGEST, hours.digest, channel) for holder in answering for channel in BY]
    filled = {(line, channel): hours.envelope(line, channel) for line in spoken for channel in BY}
    wanted = {envelope.key: envelope for envelope in (*digests, *filled.values())}
    messages = post(wanted, filled={envelope.key for envelope in filled.values()}, now=hours.now)
    rows = [
        Reminder(
            assignment=line.assignment,
            due_version=line.assignment.due_version,
            rung=line.rung,
            rung_on=line.on,
            audience=line.audience,
            kind=line.kind,
            recipient=line.recipient,
            substitutes=line.holder.substitutes,
            channel=channel,
            planned_on=today,
            state=line.state,
            delivery=messages[filled[line, channel].key] if line.state == ReminderState.PLANNED else None,
        )
        for line in lines
        for channel in BY
    ]
    # The assignments are locked and their ledger was read under the lock: nothing can stand there already.
    Reminder.objects.bulk_create(rows)
    return list(lines)


class _Ladders:
    """Every committee's ladder, read once."""

    def __init__(self) -> None:
        rows = Ladder.objects.prefetch_related("rungs")
        self._rungs = {ladder.committee_id: rungs_of(ladder) for ladder in rows}

    def of(self, row: Assignment) -> list[Rung]:
        """The ladder of the assignment's committee, else the default one."""
        committee_id = row.directive.notice.committee_id
        return self._rungs.get(committee_id, self._rungs.get(None, []))
