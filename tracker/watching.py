"""What tells whether the machinery works: how long messages wait, ticks stay away and events stay without a seal."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import redis
from django.conf import settings
from django.db import Error, connection
from django.db.models import Count, Min, Q

from directives.actions.holding import open_hold
from directives.actions.sealing import head
from directives.models import (
    Assignment,
    Call,
    CallState,
    Delivery,
    DeliveryState,
    Directive,
    Rearming,
    Subscription,
    SubscriptionState,
    Tick,
    Unsealed,
    channel_names,
)
from directives.rules.working_days import local_day
from tracker.duties import DUTIES

PATIENCE = 2  # seconds, for an answer of the broker
# So long may it take before somebody should look.
WAITING_AT_MOST = timedelta(minutes=15)
TICK_AT_MOST = timedelta(minutes=2)
SEAL_AT_MOST = timedelta(minutes=5)
PLANNED_AT_MOST = timedelta(minutes=15)


@dataclass(frozen=True)
class Waiting:
    """The messages of one channel: due, for a later hour, given up, held back; and since when the oldest is due."""

    channel: str
    due: int
    later: int
    dead: int
    held: int
    oldest: datetime | None


def troubles(*, now: datetime) -> list[str]:
    """What is wrong, in one word each; nothing where all is well."""
    found = [] if _broker_answers() else ["broker"]
    try:
        connection.cursor().execute("SELECT 1")
        asked = {
            "messages": _messages_wait_too_long(now),
            "calls": not on_hold() and now - (calls(now=now).oldest or now) > WAITING_AT_MOST,
            "ticks": any(at is None or now - at > TICK_AT_MOST for at in ticks().values()),
            "seals": now - (oldest_unsealed()[1] or now) > SEAL_AT_MOST,
            "planning": _planning_stays_behind(now),
            "changes": now - (changes()[1] or now) > PLANNED_AT_MOST,
        }
    except Error:
        return ["database", *found]
    return [*found, *(name for name, wrong in asked.items() if wrong)]


def waiting_messages(*, now: datetime) -> list[Waiting]:
    """How it stands in each channel at `now`."""
    unsent = (DeliveryState.WAITING, DeliveryState.DEAD, DeliveryState.HELD)
    due = Q(state=DeliveryState.WAITING, due_at__lte=now)
    counted = Delivery.objects.filter(state__in=unsent).order_by().values("channel")
    rows = counted.annotate(
        due=Count("pk", filter=due),
        later=Count("pk", filter=Q(state=DeliveryState.WAITING, due_at__gt=now)),
        dead=Count("pk", filter=Q(state=DeliveryState.DEAD)),
        held=Count("pk", filter=Q(state=DeliveryState.HELD)),
        oldest=Min("due_at", filter=due),
    )
    found = {row["channel"]: Waiting(**row) for row in rows}
    return [found.get(channel, Waiting(channel, 0, 0, 0, 0, None)) for channel in channel_names()]


@dataclass(frozen=True)
class Calls:
    """How it stands with other systems: subscriptions by state, calls that are due, later and given up, the oldest due.

    What waits for an endpoint that rests, is paused or was stopped is counted as later.
    """

    subscriptions: dict[str, int]
    due: int
    later: int
    dead: int
    oldest: datetime | None


def calls(*, now: datetime) -> Calls:
    """How it stands at `now`."""
    waiting = Q(state=CallState.WAITING)
    rests = Q(subscription__rests_until__gt=now) | ~Q(subscription__state=SubscriptionState.ACTIVE)
    due = waiting & Q(due_at__lte=now) & ~rests
    found = (
        Call.objects.filter(state__in=(CallState.WAITING, CallState.DEAD))
        .order_by()
        .aggregate(
            due=Count("pk", filter=due),
            waiting=Count("pk", filter=waiting),
            dead=Count("pk", filter=Q(state=CallState.DEAD)),
            oldest=Min("due_at", filter=due),
        )
    )
    states = Subscription.objects.order_by().values_list("state").annotate(many=Count("pk"))
    return Calls(dict(states), found["due"], found["waiting"] - found["due"], found["dead"], found["oldest"])


def ticks() -> dict[str, datetime | None]:
    """When each duty was last looked at; None: never."""
    known = dict(Tick.objects.values_list("duty", "at"))
    return {duty: known.get(duty) for duty in DUTIES}


def oldest_unsealed() -> tuple[int, datetime | None]:
    """How many events wait for their seal, and when the oldest of them was written."""
    found = Unsealed.objects.aggregate(many=Count("pk"), oldest=Min("event__recorded_at"))
    return found["many"], found["oldest"]


def changes() -> tuple[int, datetime | None]:
    """How many changes of the calendar or of a ladder are still being worked off, and when the oldest was made."""
    found = Rearming.objects.aggregate(many=Count("pk"), oldest=Min("asked_at"))
    return found["many"], found["oldest"]


def sealed() -> int:
    """How many events have their seal."""
    return head()[0]


def on_hold() -> bool:
    return open_hold() is not None


def _messages_wait_too_long(now: datetime) -> bool:
    """A message that failed is due later; so what has been due for long was not even tried."""
    return not on_hold() and Delivery.objects.ready(now - WAITING_AT_MOST).exists()


def _planning_stays_behind(now: datetime) -> bool:
    """What was to be looked at, or to go on, on an earlier day; a tick that fails over it is a tick all the same."""
    day = local_day(now - PLANNED_AT_MOST)
    looks, turns = Assignment.objects.filter(look_on__lt=day), Directive.objects.filter(next_period_on__lt=day)
    return looks.exists() or turns.exists()


def _broker_answers() -> bool:
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        ) as broker:
            return bool(broker.ping())
    except redis.RedisError:
        return False
