"""What fell because its recipient had left reaches who sits there now: no rung is lost between two people.

Messages wait: leaders' for a working day, all of them where sending is held or the mail server is away. Who leaves the
office meanwhile is told nothing any more (`weeding`), and the round passes the rung on.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from accounts.people import Seats, seats
from directives.actions.hearing import Hearer, Hours
from directives.actions.posting import Envelope, post
from directives.models import Assignment, Reminder, ReminderState, load_calendar, wishes_of
from directives.models.reminders import WHO_LEFT
from directives.rules.lifecycle import WORKING

STILL_NEWS = timedelta(30)  # since the rung was planned
MOST = 1_000  # assignments in one round

Line = tuple[Reminder, Envelope]


@transaction.atomic
def hand_on(*, now: datetime, today: date) -> int:
    """Plan for today's holders what those before them were not told; how many rows the ledger gained.

    Only where nobody of the same audience was told, the work is still owed by the same date, and the office is filled.
    Twice is the same as once.
    """
    fallen = _fallen(today)
    if not fallen:
        return 0
    agencies = {row.assignment.agency_id for row in fallen}
    found = seats(
        agencies=agencies | {giver for row in fallen if (giver := row.assignment.directive.given_by_id)},
        committees={row.assignment.directive.notice.committee_id for row in fallen},
        on=today,
    )
    lines = list(_lines(fallen, found, Hours(now=now, today=today, calendar=load_calendar())))
    envelopes = {envelope.key: envelope for _row, envelope in lines}
    messages = post(envelopes, filled=set(envelopes), now=now)
    for row, envelope in lines:
        row.planned_on, row.delivery = today, messages[envelope.key]
    return len(Reminder.objects.bulk_create([row for row, _envelope in lines]))


def _fallen(today: date) -> list[Reminder]:
    """The lines of the ledger that nobody of their audience was told instead, their assignments locked."""
    same = {name: OuterRef(name) for name in ("assignment", "due_version", "rung", "audience")}
    told = Reminder.objects.filter(state__in=(ReminderState.PLANNED, ReminderState.SENT), **same)
    rows = Reminder.objects.filter(
        ~Exists(told),
        state=ReminderState.CANCELLED,
        why_not__in=WHO_LEFT,
        planned_on__gt=today - STILL_NEWS,
        assignment__state__in=WORKING,
        due_version=F("assignment__due_version"),
    )
    owed = Assignment.objects.filter(pk__in=rows.values("assignment")).order_by("pk")
    locked = list(owed.select_for_update(no_key=True, skip_locked=True).values_list("pk", flat=True)[:MOST])
    if not locked:
        return []
    rows = rows.filter(assignment__in=locked).select_related("assignment__directive__notice")
    return list(rows.defer("assignment__directive__notice__text").order_by("pk"))


def _lines(fallen: Sequence[Reminder], found: Seats, hours: Hours) -> Iterator[Line]:
    """A new line for each who sits there now, by each channel that they want."""
    known = _known(fallen)
    wishes = wishes_of(found.people)
    for row in fallen:
        directive = row.assignment.directive
        whose = {"committee_id": directive.notice.committee_id, "giver_id": directive.given_by_id}
        for holder in found.holders(row.audience, agency_id=row.assignment.agency_id, **whose):
            hearer = Hearer(row.audience, holder)
            for channel in wishes.channels(hearer.user.pk, hearer.kind):
                key = (row.assignment_id, row.rung, hearer.user.pk, channel)
                if key not in known:
                    known.add(key)
                    yield _line(row, hearer, channel), hours.envelope(hearer, channel, urgent=False)


def _line(row: Reminder, hearer: Hearer, channel: str) -> Reminder:
    return Reminder(
        assignment=row.assignment,
        due_version=row.due_version,
        rung=row.rung,
        rung_on=row.rung_on,
        audience=row.audience,
        kind=row.kind,
        recipient=hearer.user,
        substitutes=hearer.holder.substitutes,
        for_nobody=row.for_nobody,
        channel=channel,
    )


def _known(fallen: Sequence[Reminder]) -> set[tuple[int, int, int, str]]:
    """What the ledger has of these assignments for their present dates."""
    rows = Reminder.objects.filter(assignment__in={row.assignment_id for row in fallen})
    rows = rows.filter(due_version=F("assignment__due_version")).order_by()
    return set(rows.values_list("assignment_id", "rung", "recipient_id", "channel"))
