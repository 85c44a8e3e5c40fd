"""Claims: a sender takes an endpoint with all that waits for it, and then one call after the other.

Each claim is one short transaction. The endpoint's token rises with it; whoever holds another one than the row's may
note nothing any more. Some calls are put into words together, which costs little more than one; whether the next of
them may still be made is asked of each, right before it, and only then is its attempt counted: so whatever kills its
sender ends after ten, and takes no other call with it.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import override

from accounts.models import ApiKey
from accounts.people import reach_of_body
from directives.actions.holding import claims_may_go_on
from directives.actions.replaying import tell_stopped
from directives.actions.subscriptions import stop
from directives.models import Call, CallState, Stop, Subscription, SubscriptionState, Trouble, trusted_networks
from directives.models.subscriptions import SUBSCRIPTION
from directives.rules.calling import MOST_ATTEMPTS
from directives.rules.endpoints import Endpoint, Trusted
from tracker.webhooks.telling import bodies_of

# Longer than the longest attempt: three seconds for the name, four for each of two addresses, twice where a kept
# connection broke, ten for the answer.
LEASE = timedelta(seconds=60)
LEFT_OF_LEASE = timedelta(seconds=55)  # with less, the next call prolongs it
PUT_TOGETHER = 20  # calls
# What is told was so no longer ago than this when its call leaves.
FRESH = timedelta(seconds=1)
CALLED = (SubscriptionState.ACTIVE, SubscriptionState.UNVERIFIED)


@dataclass(frozen=True)
class Ready:
    """A call that is this sender's to make now, with all that it needs."""

    call: Call
    endpoint: Endpoint
    body: bytes
    secrets: list[bytes]
    trusted: list[Trusted]


@dataclass
class Waiting:
    """Calls of one endpoint that were put into words together, the next first, for the time that this is still so."""

    bodies: deque[tuple[int, bytes]] = field(default_factory=deque)
    trusted: list[Trusted] = field(default_factory=list)
    until: datetime | None = None

    def is_fresh(self, at: datetime) -> bool:
        """Whether some are left that may leave as they are worded."""
        return bool(self.bodies) and self.until is not None and at <= self.until


@transaction.atomic
def claim_endpoint(*, at: datetime, doubtful: bool = True) -> Subscription | None:
    """The endpoint whose earliest call has been due longest, for the time of a lease; None where there is none.

    `doubtful`: also such as fail or are slow. None while sending is on hold.
    """
    if not claims_may_go_on():
        return None
    ready = Subscription.objects.ready(at)
    if not doubtful:
        ready = ready.filter(failures=0, is_slow=False)
    row = ready.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    if row is None:
        return None
    row.token, row.leased_until = row.token + 1, at + LEASE
    row.save(update_fields=["token", "leased_until"])
    return row


@transaction.atomic
def claim_call(claimed: Subscription, waiting: Waiting | None = None, *, at: datetime) -> Ready | None:
    """The earliest call that is due, counted as attempted; None where nothing is, or the claim is lost."""
    may_go_on = claims_may_go_on()
    row = held(claimed)
    return next_call(row, waiting or Waiting(), at=at) if may_go_on and row is not None else None


def held(claimed: Subscription) -> Subscription | None:
    """The endpoint as it is now, locked until the transaction ends; None where the claim is lost."""
    rows = Subscription.objects.select_for_update(of=("self",), no_key=True).select_related("key")
    return rows.filter(pk=claimed.pk, token=claimed.token).first()


def next_call(row: Subscription, waiting: Waiting, *, at: datetime) -> Ready | None:
    """As `claim_call`, of an endpoint that is locked. Whether it may be called at all is asked anew each time."""
    if row.state not in CALLED:
        return None
    if row.key is not None and not _lives(row.key, at):
        stop(row, Stop.KEY, at=at)
        tell_stopped(row, at=at)
        return None
    if waiting.is_fresh(at) and (ready := _first_due(row, waiting, at)) is not None:
        return ready
    _put_together(row, waiting, at)
    return _first_due(row, waiting, at)


def _first_due(row: Subscription, waiting: Waiting, at: datetime) -> Ready | None:
    while waiting.bodies:
        key, body = waiting.bodies.popleft()
        # Somebody may have ended it since it was put into words, or another challenge may have taken its place.
        call = _due(row, at).filter(pk=key).first()
        if call is not None:
            _count(row, call, at)
            return Ready(call, row.where(), body, row.secrets(at), waiting.trusted)
    return None


def _put_together(row: Subscription, waiting: Waiting, at: datetime) -> None:
    """Put the earliest calls that are due into words; end those that are not to be made."""
    calls = []
    for call in _due(row, at)[:PUT_TOGETHER]:
        if call.attempts >= MOST_ATTEMPTS:
            _end(call, CallState.DEAD)
        else:
            calls.append(call)
    bodies = _bodies(row, calls, at)
    for call in calls:
        if call.pk not in bodies:
            _end(call, CallState.UNNEEDED)
    waiting.bodies, waiting.until = deque(bodies.items()), at + FRESH
    waiting.trusted = trusted_networks() if bodies else []


def _due(row: Subscription, at: datetime) -> QuerySet[Call]:
    due = Call.objects.due(at).filter(subscription=row)
    if row.state == SubscriptionState.UNVERIFIED:
        due = due.filter(kind=SUBSCRIPTION)
    return due.select_for_update(of=("self",), no_key=True)


def _lives(key: ApiKey, at: datetime) -> bool:
    """Whether the key, or one that succeeds it, is good at `at`."""
    heir: ApiKey | None = key
    while heir is not None and not heir.is_live(at):
        heir = ApiKey.objects.filter(succeeds=heir).first()
    return heir is not None


def release(claimed: Subscription) -> None:
    """Let others have the endpoint."""
    Subscription.objects.filter(pk=claimed.pk, token=claimed.token).update(leased_until=None)


def _bodies(row: Subscription, calls: Sequence[Call], at: datetime) -> dict[int, bytes]:
    with override(row.language):
        return bodies_of(row, calls, sight=reach_of_body(row.agency_id, row.committee_id), at=at)


def _count(row: Subscription, call: Call, at: datetime) -> None:
    call.attempts, call.first_at = call.attempts + 1, call.first_at or at
    # Until the outcome is noted, nobody knows it.
    call.trouble, call.status = Trouble.CUT_OFF, None
    call.save(update_fields=["attempts", "first_at", "trouble", "status"])
    if row.leased_until is None or row.leased_until < at + LEFT_OF_LEASE:
        Subscription.objects.filter(pk=row.pk).update(leased_until=at + LEASE)


def _end(call: Call, state: CallState) -> None:
    call.state = state
    call.save(update_fields=["state"])
