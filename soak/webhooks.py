"""How many calls a second does one endpoint take; and while another hangs, how long do its calls wait?"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.db import connections

from directives.models import Call, CallState, Subscription
from tests.edges.called import subscribed
from tests.listener import Listener, Sent, listening, repeats, trust
from tests.make import make_agency, make_issued
from tracker import clock
from tracker.webhooks import connecting
from tracker.webhooks.calling import call_waiting

TICK = 2  # seconds, as beat gives them
AT_MOST = 5  # seconds, for 99 of 100 calls of the other endpoint


@dataclass(frozen=True)
class Size:
    """Calls before the endpoint that hangs, calls of the other one, how many of these come in a second."""

    hanging: int = 1000
    calls: int = 300
    a_second: int = 5
    workers: int = 2
    hangs_for: float = connecting.ALL_WITHIN  # seconds, until we cut it off


@dataclass(frozen=True)
class Outcome:
    """How many were taken, how many seconds 99 of 100 of them waited at most, and how often the other was tried."""

    taken: int
    p50: float
    p99: float
    tried: int
    seconds: float


def measure(size: Size) -> Outcome:
    """Let the calls of a healthy endpoint come one by one beside those of one that never answers."""
    over = Event()
    before = connecting.ALL_WITHIN
    connecting.ALL_WITHIN = size.hangs_for
    with listening() as healthy, listening() as hanging:
        trust(healthy, hanging)
        good, bad = _subscriptions(healthy, hanging, size)

        def hang(_sent: Sent) -> Any:
            over.wait(2 * size.hangs_for)
            return 200, b"", {}

        hanging.reply = hang
        begun = time.monotonic()
        _write(bad, size.hanging)
        try:
            with ThreadPoolExecutor(size.workers) as workers:
                work = [workers.submit(_tick, over) for _worker in range(size.workers)]
                waits = _come(good, size)
                over.set()
                for one in work:
                    one.result()
        finally:
            over.set()
            connecting.ALL_WITHIN = before
    tried = sum(Call.objects.filter(subscription=bad).values_list("attempts", flat=True))
    place = min(len(waits) - 1, int(len(waits) * 0.99)) if waits else 0
    found = sorted(waits) or [float("inf")]
    return Outcome(len(waits), found[len(found) // 2], found[place], tried, time.monotonic() - begun)


def _subscriptions(healthy: Listener, hanging: Listener, size: Size) -> tuple[Subscription, Subscription]:
    agency = make_agency()
    make_issued(agency)
    healthy.reply = hanging.reply = repeats
    return subscribed(agency, healthy)[0], subscribed(agency, hanging)[0]


def _write(row: Subscription, many: int) -> None:
    """Calls as the feed would have made them, of one assignment that its body sees."""
    agency = row.agency
    work = agency.assignments.first() if agency else None
    now = clock.now()
    cursor = Call.objects.filter(subscription=row).count() + 1_000_000
    Call.objects.bulk_create(
        Call(
            subscription=row,
            sequence=cursor + number,
            kind="assignment",
            about=work.uuid if work else uuid4(),
            at=now,
            created_at=now,
            due_at=now,
        )
        for number in range(many)
    )


def _tick(over: Event) -> None:
    """A worker: a pass at each tick."""
    try:
        while not over.is_set():
            call_waiting(now=clock.now())
            over.wait(TICK)
    finally:
        connections.close_all()


def _come(row: Subscription, size: Size) -> list[float]:
    """Let the calls come one by one, wait until they are taken, and return the seconds that each waited."""
    for _number in range(size.calls):
        _write(row, 1)
        time.sleep(1 / size.a_second)
    waiting = Call.objects.filter(subscription=row, state=CallState.WAITING)
    until = time.monotonic() + 60
    while waiting.exists() and time.monotonic() < until:
        time.sleep(0.2)
    taken = Call.objects.filter(subscription=row, state=CallState.TAKEN, sequence__isnull=False)
    return [(done - due).total_seconds() for due, done in taken.values_list("created_at", "taken_at")]


def speed(calls: int = 600) -> float:
    """How many calls a second one endpoint takes that answers at once."""
    with listening() as healthy:
        trusted = trust(healthy)
        agency = make_agency()
        make_issued(agency)
        row, _secret = subscribed(agency, healthy)
        _write(row, calls)
        begun = time.monotonic()
        while Call.objects.filter(subscription=row, state=CallState.WAITING).exists():
            call_waiting(now=clock.now())
        seconds = time.monotonic() - begun
    trusted.delete()
    return calls / seconds


def main(size: Size | None = None) -> int:
    """A thousand calls before an endpoint that hangs, and three hundred of another one, five a second."""
    call_command("migrate", verbosity=0)
    print(f"webhooks: one endpoint takes {speed():.0f} calls a second", flush=True)
    outcome = measure(size or Size())
    print(
        f"webhooks: {outcome.taken:,} calls taken in {outcome.seconds:.0f} s beside an endpoint that hangs (tried "
        f"{outcome.tried} times); half within {outcome.p50:.2f} s, 99 of 100 within {outcome.p99:.2f} s",
        flush=True,
    )
    return int(outcome.p99 > AT_MOST or outcome.taken < (size or Size()).calls)
