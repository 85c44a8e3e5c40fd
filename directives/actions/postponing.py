"""Messages that wait for a day that was given off since leave on the next working morning, and nobody gets two."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat, TruncDate

from directives.actions.posting import Envelope, post
from directives.models import Delivery, DeliveryKind, DeliveryState
from directives.rules.escalation import LEADERSHIP, moved_moment
from directives.rules.working_days import HANOI, Calendar

BATCH = 1_000  # messages in one transaction
REMINDING = (DeliveryKind.DIGEST, DeliveryKind.ESCALATED)
# Of what was tried or is with a sender, nothing is moved: it leaves as soon as it can.
STILL = (DeliveryState.WAITING, DeliveryState.HELD)

LATER = """
UPDATE directives_delivery message SET due_at = moved.due_at
FROM unnest(%(messages)s::bigint[], %(hours)s::timestamptz[]) AS moved(id, due_at) WHERE message.id = moved.id
"""

REHUNG = """
UPDATE directives_reminder reminder SET delivery_id = moved.into_id
FROM unnest(%(old)s::bigint[], %(into)s::bigint[]) AS moved(old_id, into_id)
WHERE reminder.delivery_id = moved.old_id AND reminder.state = 'planned'
"""


def postpone(*, now: datetime, calendar: Calendar) -> int:
    """Move messages that are to leave after `now` and may not by this calendar; how many, at most some `BATCH`.

    What reminds goes into the message of its new hour, where another may wait already. Must run inside a transaction.
    """
    hours = {pk: hour for state in STILL for pk, hour in _misplaced(state, now, calendar).items()}
    rows = Delivery.objects.select_related("recipient").filter(pk__in=hours, state__in=STILL, attempts=0)
    envelopes, old, later = {}, defaultdict(list), []
    for row in rows.select_for_update(of=("self",), no_key=True).order_by("pk"):
        if row.kind in REMINDING and row.state == DeliveryState.WAITING:
            envelope = Envelope(row.recipient, row.because, row.kind, hours[row.pk], row.channel)
            envelopes[envelope.key] = envelope
            old[envelope.key].append(row.pk)
        else:
            later.append(row.pk)
    _rehang(envelopes, old, now)
    with connection.cursor() as cursor:
        cursor.execute(LATER, {"messages": later, "hours": [hours[pk] for pk in later]})
    return len(hours)


def _misplaced(state: str, now: datetime, calendar: Calendar) -> dict[int, datetime]:
    """The messages (ids) in this state that leave later than they wait for, with their new hour."""
    waiting = Delivery.objects.filter(state=state, attempts=0, due_at__gt=now).only("due_at", "created_at")
    by_day = waiting.annotate(day=TruncDate("due_at", tzinfo=HANOI))
    off = [
        day for day in by_day.order_by("day").values_list("day", flat=True).distinct() if not calendar.is_working(day)
    ]
    found = {row.pk: row for row in by_day.filter(day__in=off).order_by("pk")[:BATCH]} if off else {}
    # Leaders are few: of their messages every one is asked.
    led = {row.pk: row for row in _to_leaders(waiting)}
    hours = {
        pk: moved_moment(row.due_at, written_at=row.created_at, leads=pk in led, calendar=calendar)
        for pk, row in {**found, **led}.items()
    }
    return {pk: hour for pk, hour in hours.items() if hour != {**found, **led}[pk].due_at}


def _to_leaders(waiting: QuerySet[Delivery]) -> Iterable[Delivery]:
    committees = {"reminders__audience__in": LEADERSHIP, "reminders__assignment__directive__given_by": None}
    return waiting.filter(kind=DeliveryKind.ESCALATED, **committees).distinct()


def _rehang(envelopes: Mapping[str, Envelope], old: Mapping[str, list[int]], now: datetime) -> None:
    """Hang what is planned on the messages of the new hours; the emptied ones give their keys free."""
    if not envelopes:
        return
    taking = post(envelopes, filled=set(envelopes), now=now)
    pairs = [(pk, taking[key].pk) for key, messages in old.items() for pk in messages]
    emptied = [pk for pk, _into in pairs]
    with connection.cursor() as cursor:
        cursor.execute(REHUNG, {"old": emptied, "into": [into for _pk, into in pairs]})
    freed = Concat(F("key"), Value(" moved "), Cast("pk", CharField()))
    Delivery.objects.filter(pk__in=emptied).update(state=DeliveryState.SUPERSEDED, key=freed)
