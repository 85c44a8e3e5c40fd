"""Stop means stop: just before messages leave, what is no longer wanted is taken out of them.

Asked for a whole batch at once, in a number of queries that does not depend on how many messages it holds.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Office, Role
from accounts.people import offices_of, seat_of
from directives.models import (
    AssessmentState,
    Assignment,
    Delivery,
    DeliveryKind,
    DeliveryState,
    NoticeState,
    QuestionState,
    Reminder,
    ReminderState,
    Report,
    ScheduleState,
    SubscriptionState,
)
from directives.models.reminders import ACCOUNT_CLOSED, LEFT_OFFICE
from directives.models.standing import overdue
from directives.rules.escalation import may_send
from directives.rules.lifecycle import LIVE, OPEN, WORKING, State
from directives.rules.nudges import MONTHLY_BAND, month_of
from directives.rules.working_days import HANOI, local_day

NO_LONGER_OWED = "the work is no longer owed by this date"
REPORTED = "the monthly report has come"
# What is asked of each reminder, in this order.
FACTS = (
    "pk",
    "delivery_id",
    "audience",
    "due_version",
    "assignment__state",
    "assignment__due_version",
    "assignment__agency_id",
    "assignment__directive__notice__committee_id",
    "assignment__directive__given_by_id",
)
# What is told of one assignment is news as long as that is in one of these states.
NEWS_WHILE: Mapping[str, Sequence[State]] = {
    DeliveryKind.CHANGED: OPEN,
    DeliveryKind.NUDGED: WORKING,
    DeliveryKind.ANSWERED: OPEN,
    DeliveryKind.RETURNED: (State.IN_PROGRESS,),
}
WHOSE = ("agency_id", "committee_id", "giver_id")
Offices = Mapping[int, Sequence[Office]]


def weed(delivery: Delivery, *, at: datetime) -> bool:
    """Cancel what may no longer be sent of one message; whether anything is left."""
    return delivery.pk in weed_all([delivery], at=at)


def weed_all(deliveries: Sequence[Delivery], *, at: datetime) -> set[int]:
    """Cancel what may no longer be sent; the ids of the messages that still have something to say.

    Runs in the transaction of the claim. A reminder falls when the work was handed in, done, declined, withdrawn,
    suspended or extended, when the monthly report that it asks for has come, or when the person left the office; other
    news when what it tells has passed, or the person left. A digest without reminders still lists what is overdue.
    """
    reachable = [row for row in deliveries if row.recipient.is_active]
    _cancel_all({row.pk for row in deliveries} - {row.pk for row in reachable}, ACCOUNT_CLOSED)
    day = local_day(at)
    offices = offices_of({row.recipient_id for row in reachable}, day)
    reminding = [row for row in reachable if row.kind in (DeliveryKind.DIGEST, DeliveryKind.ESCALATED)]
    left = _weed_reminders(reminding, offices)
    bare_digests = [row for row in reminding if row.kind == DeliveryKind.DIGEST and row.pk not in left]
    left |= _listing_overdue(bare_digests, offices, day)
    news = (row for row in reachable if row.kind not in (DeliveryKind.DIGEST, DeliveryKind.ESCALATED))
    return left | {row.pk for row in news if _still_news(row, offices[row.recipient_id])}


def pass_over(deliveries: QuerySet[Delivery], *, why_not: str) -> None:
    """Cancel these messages as far as they wait, with all that they were to say: nobody sends them any more."""
    waiting = set(deliveries.filter(state=DeliveryState.WAITING).values_list("pk", flat=True))
    _cancel_all(waiting, why_not)
    Delivery.objects.filter(pk__in=waiting).update(state=DeliveryState.SUPERSEDED)


def _weed_reminders(deliveries: Sequence[Delivery], offices: Offices) -> set[int]:
    """Cancel the reminders that fell; the messages of which at least one is left."""
    seats = {row.pk: {_seat(office) for office in offices[row.recipient_id]} for row in deliveries}
    rows = Reminder.objects.filter(delivery__in=list(seats), state=ReminderState.PLANNED).order_by()
    left, gone, reported = set(), defaultdict(list), _reported(rows)
    for pk, delivery_id, audience, reminded, state, version, *where in rows.values_list(*FACTS):
        seat = seat_of(audience, **dict(zip(WHOSE, where, strict=True)))
        in_office = seat in seats[delivery_id]
        owed = may_send(state=state, due_version=version, reminded_version=reminded, in_office=in_office)
        if owed and pk not in reported:
            left.add(delivery_id)
        else:
            stopped = NO_LONGER_OWED if in_office else LEFT_OFFICE
            gone[REPORTED if pk in reported else stopped].append(pk)
    for why_not, fallen in gone.items():
        Reminder.objects.filter(pk__in=fallen).update(state=ReminderState.CANCELLED, why_not=why_not)
    return left


def _reported(reminders: QuerySet[Reminder]) -> set[int]:
    """Those (ids) that ask for a monthly report which has come since they were planned."""
    asking = reminders.filter(rung__gte=MONTHLY_BAND)
    rungs = asking.values_list("rung", flat=True).distinct()
    months = {rung: datetime.combine(month_of(rung), time.min, HANOI) for rung in rungs}
    came: set[int] = set()
    for rung, month in months.items():
        reports = Report.objects.filter(assignment=OuterRef("assignment"), at__gte=month)
        came.update(asking.filter(Exists(reports), rung=rung).values_list("pk", flat=True))
    return came


def _listing_overdue(digests: Sequence[Delivery], offices: Offices, day: date) -> set[int]:
    """Of these digests, those whose reader's agencies have overdue work."""
    readers: dict[int, set[int]] = defaultdict(set)
    for row in digests:
        for agency_id in _agencies(offices[row.recipient_id]):
            readers[agency_id].add(row.pk)
    if not readers:
        return set()
    late = Assignment.objects.filter(overdue(day), agency__in=list(readers)).order_by()
    return {pk for agency_id in late.values_list("agency_id", flat=True).distinct() for pk in readers[agency_id]}


def _still_news(delivery: Delivery, offices: Iterable[Office]) -> bool:
    if delivery.kind in APART:
        return APART[delivery.kind](delivery, offices)
    assignment = delivery.assignment
    if assignment is not None and assignment.agency_id not in _agencies(offices):
        return False
    if delivery.merger is not None:
        return delivery.merger.undone_at is None and delivery.merger.successor_id in _agencies(offices)
    if delivery.change_id is not None:
        return bool(_agencies(offices))
    if (states := NEWS_WHILE.get(delivery.kind)) is not None:
        return assignment is not None and assignment.state in states
    if delivery.kind not in (DeliveryKind.ASSIGNED, DeliveryKind.AMENDED):
        return True
    if assignment is not None:
        return assignment.state in LIVE
    return delivery.notice is not None and delivery.notice.state == NoticeState.ISSUED


def _still_goes_out(delivery: Delivery, offices: Iterable[Office]) -> bool:
    """Whether its schedule was neither paused nor ended, and its reader still sits where the paper is from."""
    paper = delivery.paper
    if paper is None or paper.schedule is None or paper.schedule.state != ScheduleState.ACTIVE:
        return False
    here = (paper.committee_id, paper.agency_id)
    return any((office.committee_id, office.agency_id) == here for office in offices)


def _still_to_assess(delivery: Delivery, offices: Iterable[Office]) -> bool:
    """Whether the table is to be filled in, and its reader still sits in the agency."""
    table = delivery.assessment
    return table is not None and table.state == AssessmentState.ASKED and table.agency_id in _agencies(offices)


def _still_stopped(delivery: Delivery, offices: Iterable[Office]) -> bool:
    """Whether nobody let the subscription go on, and its reader still sits somewhere."""
    row = delivery.subscription
    return row is not None and row.state == SubscriptionState.STOPPED and bool(list(offices))


def _still_ends(delivery: Delivery, offices: Iterable[Office]) -> bool:
    """Whether nobody revoked the key nor made its successor, and its reader still sits somewhere."""
    key = delivery.api_key
    return key is not None and key.revoked_at is None and not hasattr(key, "successor") and bool(list(offices))


def _still_asked(delivery: Delivery, offices: Iterable[Office]) -> bool:
    """Whether the question waits, and its reader is still of those who answer."""
    question = delivery.question
    if question is None or question.state != QuestionState.OPEN:
        return False
    directive = question.assignment.directive
    if directive.given_by_id is not None:
        return directive.given_by_id in _agencies(offices)
    seat = (Role.SECRETARIAT, None, delivery.notice and delivery.notice.committee_id)
    return any(_seat(office) == seat for office in offices)


APART: Mapping[str, Callable[[Delivery, Iterable[Office]], bool]] = {
    DeliveryKind.ASKED: _still_asked,
    DeliveryKind.PAPER: _still_goes_out,
    DeliveryKind.ASSESS: _still_to_assess,
    DeliveryKind.DISCONNECTED: _still_stopped,
    DeliveryKind.KEY_ENDS: _still_ends,
}


def _cancel_all(deliveries: set[int], why_not: str) -> None:
    if deliveries:
        planned = Reminder.objects.filter(delivery__in=deliveries, state=ReminderState.PLANNED)
        planned.update(state=ReminderState.CANCELLED, why_not=why_not)


def _agencies(offices: Iterable[Office]) -> set[int]:
    return {office.agency_id for office in offices if office.agency_id}


def _seat(office: Office) -> tuple[str, int | None, int | None]:
    return office.role, office.agency_id, office.committee_id
