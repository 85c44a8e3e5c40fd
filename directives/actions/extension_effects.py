"""What granting a request for more time would do: working days, and reminders that move."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, Q

from directives.actions.ladders import Ladders
from directives.actions.moving import work_of
from directives.models import Assignment, DeliveryState, ExtensionRequest, Reminder, ReminderState, load_calendar
from directives.rules.nudges import ahead


@dataclass(frozen=True)
class ExtensionEffect:
    """Working days between the present deadline and the one asked for; reminders that go, that come, and the next."""

    working_days: int
    cancelled: int
    added: int
    next_on: date | None


def extension_effects(requests: Sequence[ExtensionRequest], *, today: date) -> dict[int, ExtensionEffect]:
    """By request id, as if each were granted on the local date `today` until the day it asks for; four queries.

    The requests come with assignment, directive and notice. One without a present deadline has no effect to tell.
    """
    ladders, calendar = Ladders(), load_calendar()
    told = _told([request.assignment_id for request in requests])
    found = {}
    for request in requests:
        row = request.assignment
        if row.due_on is None:
            continue
        terms = ladders.of(ladders.whose(row.directive.notice.committee_id))
        now = replace(work_of(row), sent=frozenset(told[row.pk]))
        then = replace(now, due_on=request.asked_due_on, armed_on=today, sent=frozenset())
        before, after = (frozenset(ahead(work, terms, calendar, today=today)) for work in (now, then))
        found[request.pk] = ExtensionEffect(
            working_days=calendar.count(row.due_on, request.asked_due_on),
            cancelled=len(before - after),
            added=len(after - before),
            next_on=min((step.on for step in after if step.on > today), default=None),
        )
    return found


def _told(assignments: Sequence[int]) -> dict[int, set[int]]:
    """The rungs that have spoken since each assignment's ladder was armed; what is only planned has not."""
    spoken = ~Q(state=ReminderState.PLANNED) | Q(delivery__attempts__gt=0) | _left()
    rows = Reminder.objects.filter(spoken, assignment__in=assignments, due_version=F("assignment__due_version"))
    found: dict[int, set[int]] = defaultdict(set)
    for assignment, rung in rows.values_list("assignment_id", "rung"):
        found[assignment].add(rung)
    return found


def _left() -> Q:
    return Q(delivery__isnull=False) & ~Q(delivery__state=DeliveryState.WAITING)


def times_granted(assignments: Sequence[Assignment]) -> dict[int, int]:
    """How often each assignment was given more time already; one query."""
    rows = ExtensionRequest.objects.filter(assignment__in=assignments, state="granted")
    found: dict[int, int] = defaultdict(int)
    for assignment in rows.values_list("assignment_id", flat=True):
        found[assignment] += 1
    return found
