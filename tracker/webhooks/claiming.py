"""Claims: a sender takes an endpoint with all that waits for it, and then one call after the other.

Each claim is one short transaction. The endpoint's token rises with it; whoever holds another one than the row's may
note nothing any more. An attempt is counted before it is made, so that whatever kills its sender ends after ten.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import override

from accounts.models import ApiKey
from accounts.people import reach_of_body
from directives.actions.holding import claims_may_go_on
from directives.actions.replaying import tell_stopped
from directives.actions.subscriptions import locked, stop
from directives.models import Call, CallState, Stop, Subscription, SubscriptionState, Trouble, trusted_networks
from directives.models.subscriptions import SUBSCRIPTION
from directives.rules.calling import MOST_ATTEMPTS
from directives.rules.endpoints import Endpoint, Trusted
from tracker.webhooks.telling import body_of

# Longer than the longest attempt: three seconds for the name, four for each of two addresses, ten for the answer.
LEASE = timedelta(seconds=60)
LOOKED_AT = 20  # calls, where some of them are no longer needed
CALLED = (SubscriptionState.ACTIVE, SubscriptionState.UNVERIFIED)


@dataclass(frozen=True)
class Ready:
    """A call that is this sender's to make now, with all that it needs."""

    call: Call
    endpoint: Endpoint
    body: bytes
    secrets: list[bytes]
    trusted: list[Trusted]


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
def claim_call(claimed: Subscription, *, at: datetime) -> Ready | None:
    """The earliest call that is due, counted as attempted; None where nothing is, or the claim is lost.

    Whether it may still be told, and what, is asked in the same moment.
    """
    if not claims_may_go_on():
        return None
    row = locked(claimed)
    if row.token != claimed.token or row.state not in CALLED:
        return None
    if row.key is not None and not _lives(row.key, at):
        stop(row, Stop.KEY, at=at)
        tell_stopped(row, at=at)
        return None
    due = Call.objects.due(at).filter(subscription=row)
    if row.state == SubscriptionState.UNVERIFIED:
        due = due.filter(kind=SUBSCRIPTION)
    for call in due.select_for_update(of=("self",), no_key=True)[:LOOKED_AT]:
        if call.attempts >= MOST_ATTEMPTS:
            _end(call, CallState.DEAD)
        elif (body := _body(row, call, at)) is None:
            _end(call, CallState.UNNEEDED)
        else:
            _count(row, call, at)
            return Ready(call, row.where(), body, row.secrets(at), trusted_networks())
    return None


def _lives(key: ApiKey, at: datetime) -> bool:
    """Whether the key, or one that succeeds it, is good at `at`."""
    heir: ApiKey | None = key
    while heir is not None and not heir.is_live(at):
        heir = ApiKey.objects.filter(succeeds=heir).first()
    return heir is not None


def release(claimed: Subscription) -> None:
    """Let others have the endpoint."""
    Subscription.objects.filter(pk=claimed.pk, token=claimed.token).update(leased_until=None)


def _body(row: Subscription, call: Call, at: datetime) -> bytes | None:
    with override(row.language):
        return body_of(row, call, sight=reach_of_body(row.agency_id, row.committee_id), at=at)


def _count(row: Subscription, call: Call, at: datetime) -> None:
    call.attempts, call.first_at = call.attempts + 1, call.first_at or at
    # Until the outcome is noted, nobody knows it.
    call.trouble, call.status = Trouble.CUT_OFF, None
    call.save(update_fields=["attempts", "first_at", "trouble", "status"])
    Subscription.objects.filter(pk=row.pk).update(leased_until=at + LEASE)


def _end(call: Call, state: CallState) -> None:
    call.state = state
    call.save(update_fields=["state"])
