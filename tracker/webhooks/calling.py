"""The sender: endpoints in lanes beside one another, and in each lane one call after the other.

Rows are the queue of record; any number of senders may run at once, and any of them may die at any point. An endpoint
that hangs holds one lane for the seconds of one attempt and then rests; such as are known to fail or to be slow have
half of the lanes at most, so that the others never wait for them.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import connections

from directives.actions.feeding import number_changes
from directives.actions.spreading import spread_changes
from directives.models import CallState, Subscription
from tracker import clock
from tracker.webhooks.claiming import Ready, Waiting, claim_call, claim_endpoint, release
from tracker.webhooks.connecting import Line, NoAnswer
from tracker.webhooks.noting import Outcome, note, note_and_claim
from tracker.webhooks.signing import signed_headers

PASS_LASTS = timedelta(seconds=20)
TURN_LASTS = timedelta(seconds=5)
LOOK_AGAIN = 0.2  # seconds, for what became due while lanes are busy
USER_AGENT = "Dondoc-Webhooks/1"
FAILED = "failed"
Moment = Callable[[], datetime]


def call_waiting(*, now: datetime, lanes: int = 0) -> Counter[str]:
    """Write the calls for what has changed and make those that are due, while a pass lasts; what came of them.

    `lanes`: how many endpoints at once; as the settings say where it is left out.
    """
    number_changes()
    spread_changes(at=now)
    many = lanes or settings.WEBHOOK_LANES
    moment = clock.running_from(now)
    until, tally = now + PASS_LASTS, Counter[str]()
    with ThreadPoolExecutor(many, thread_name_prefix="lane") as pool:
        running: dict[Future[Counter[str]], bool] = {}
        while True:
            room = len(running) < many and moment() < until
            doubtful = sum(running.values()) < max(many // 2, 1)
            if room and (row := claim_endpoint(at=moment(), doubtful=doubtful)) is not None:
                running[pool.submit(_in_lane, row, moment, until)] = bool(row.failures or row.is_slow)
                continue
            if not running:
                return tally
            for lane in wait(running, timeout=LOOK_AGAIN, return_when=FIRST_COMPLETED).done:
                running.pop(lane)
                tally += lane.result()


def _in_lane(row: Subscription, moment: Moment, until: datetime) -> Counter[str]:
    with _own_connection():
        return take_turn(row, moment=moment, until=until)


@contextmanager
def _own_connection() -> Iterator[None]:
    """A lane is a thread with a connection of its own, which ends with it."""
    try:
        yield
    finally:
        connections.close_all()


def take_turn(row: Subscription, *, moment: Moment, until: datetime) -> Counter[str]:
    """Make the calls of a claimed endpoint that are due, for some seconds at most, until one is not taken.

    They go over one connection, as long as the endpoint keeps it. What came of one is noted before the next leaves.
    """
    tally = Counter[str]()
    until = min(until, moment() + TURN_LASTS)
    waiting = Waiting()
    try:
        ready = claim_call(row, waiting, at=moment())
        with Line() as line:
            while ready is not None:
                outcome = attempt(ready, at=moment(), line=line)
                goes_on, ready = _noted(row, ready, outcome, waiting, at=moment(), until=until)
                tally[CallState.TAKEN if goes_on else FAILED] += 1
    finally:
        release(row)
    return tally


def _noted(
    row: Subscription, ready: Ready, outcome: Outcome, waiting: Waiting, *, at: datetime, until: datetime
) -> tuple[bool, Ready | None]:
    if at < until:
        return note_and_claim(row, ready, outcome, waiting, at=at)
    return note(row, ready, outcome), None


def attempt(ready: Ready, *, at: datetime, line: Line) -> Outcome:
    """Make one call at `at`, with no transaction open."""
    begun = monotonic()
    headers = {"Content-Type": "application/json", "User-Agent": USER_AGENT}
    headers |= signed_headers(ready.secrets, message=ready.call.message, moment=int(at.timestamp()), body=ready.body)
    answer, trouble = None, ""
    try:
        answer = line.post(ready.endpoint, ready.body, headers, trusted=ready.trusted)
    except NoAnswer as no:
        trouble = no.trouble
    took = timedelta(seconds=monotonic() - begun)
    return Outcome(at + took, took, answer, trouble)
