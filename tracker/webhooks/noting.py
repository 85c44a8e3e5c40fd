"""What came of an attempt: noted in the log and in the call, if the claim's token still holds."""

import json
import random
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction

from directives.actions.holding import claims_may_go_on
from directives.actions.replaying import tell_stopped
from directives.actions.subscriptions import confirm, stop
from directives.models import Attempt, Call, CallState, Stop, Subscription, SubscriptionState, Trouble
from directives.rules.calling import asked_to_wait, rest_after, wait_after
from tracker.webhooks.claiming import Ready, Waiting, held, next_call
from tracker.webhooks.connecting import Answer

# After so many failures in a row an endpoint was away; when it is back, all that waits for its next attempt is due.
WAS_AWAY = 3
# So many calls that were given up within a day are too many, though others were taken.
MOST_DEAD = 20
SLOW = timedelta(seconds=2)
LONGEST_KEPT = 2000  # characters of an answer
LONGEST_SENT = 20_000  # characters of what was sent


@dataclass(frozen=True)
class Outcome:
    """An attempt: when it ended, how long it took, and the answer, or why there is none."""

    at: datetime
    took: timedelta
    answer: Answer | None
    trouble: str = ""

    @property
    def status(self) -> int | None:
        return self.answer.status if self.answer else None

    @property
    def words(self) -> str:
        """The beginning of the answer as text that can be kept."""
        text = self.answer.body.decode("utf-8", "replace") if self.answer else ""
        return text.replace("\0", "\ufffd")[:LONGEST_KEPT]


@transaction.atomic
def note(claimed: Subscription, ready: Ready, outcome: Outcome) -> bool:
    """Note an outcome; whether the endpoint took the call and may have the next one."""
    row = held(claimed)
    return row is not None and _noted(row, ready, outcome)


@transaction.atomic
def note_and_claim(
    claimed: Subscription, ready: Ready, outcome: Outcome, waiting: Waiting, *, at: datetime
) -> tuple[bool, Ready | None]:
    """As `note`, and in the same transaction the next call of those that wait, if the endpoint may have one."""
    may_go_on = claims_may_go_on()  # before the endpoint, as in each claim: nobody waits for the other
    row = held(claimed)
    if row is None or not _noted(row, ready, outcome):
        return False, None
    return True, next_call(row, waiting, at=at) if may_go_on else None


def _noted(row: Subscription, ready: Ready, outcome: Outcome) -> bool:
    call = Call.objects.select_for_update(of=("self",)).get(pk=ready.call.pk)
    trouble = _trouble(call, row, outcome)
    _log(ready, outcome, trouble)
    if call.state != CallState.WAITING:  # ended, or challenged anew, while it was under way
        return False
    call.status, call.trouble = outcome.status, trouble
    row.is_slow = outcome.took > SLOW
    if trouble:
        _failed(row, call, outcome)
    else:
        _taken(row, call, outcome.at)
    return not trouble and not row.is_slow


def _trouble(call: Call, row: Subscription, outcome: Outcome) -> str:
    answer = outcome.answer
    if answer is None:
        return outcome.trouble
    if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
        return Trouble.REDIRECT
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return Trouble.REFUSED
    return Trouble.CHALLENGE if call.is_challenge and not _repeats(answer.body, row.challenge) else ""


def _repeats(body: bytes, challenge: str) -> bool:
    """Whether the answer says the challenge, as JSON or plainly."""
    with suppress(ValueError, RecursionError):
        told = json.loads(body)
        return isinstance(told, Mapping) and told.get("challenge") == challenge
    return body.strip() == challenge.encode()


def _log(ready: Ready, outcome: Outcome, trouble: str) -> None:
    Attempt.objects.create(
        call=ready.call,
        at=outcome.at - outcome.took,
        endpoint=str(ready.endpoint),
        took=int(outcome.took / timedelta(milliseconds=1)),
        status=outcome.status,
        trouble=trouble,
        sent=ready.body.decode()[:LONGEST_SENT],
        answer=outcome.words,
    )


def _taken(row: Subscription, call: Call, at: datetime) -> None:
    call.state, call.taken_at = CallState.TAKEN, at
    call.save(update_fields=["state", "taken_at", "status", "trouble"])
    if row.failures >= WAS_AWAY:
        Call.objects.filter(subscription=row, state=CallState.WAITING, due_at__gt=at).update(due_at=at)
    row.failures, row.rests_until, row.taken_at = 0, None, at
    row.save(update_fields=["failures", "rests_until", "taken_at", "is_slow"])
    if call.is_challenge and row.state == SubscriptionState.UNVERIFIED:
        confirm(row, at=at)


def _failed(row: Subscription, call: Call, outcome: Outcome) -> None:
    at = outcome.at
    asked = asked_to_wait(outcome.answer.retry_after, at) if outcome.answer else timedelta()
    # A challenge is not repeated: whoever sits before the page asks once more.
    wait = None if call.is_challenge else wait_after(call.attempts, random.random())  # noqa: S311 - no secret
    gone = outcome.status == HTTPStatus.GONE
    row.failures, row.failed_at = row.failures + 1, at
    row.rests_until = at + max(rest_after(row.failures, random.random()), asked)  # noqa: S311 - no secret
    row.save(update_fields=["failures", "failed_at", "rests_until", "is_slow"])
    if wait is None or gone:
        call.state = CallState.DEAD
    else:
        call.due_at = at + max(wait, asked)
    call.save(update_fields=["state", "due_at", "status", "trouble"])
    given_up = row.state == SubscriptionState.ACTIVE and call.state == CallState.DEAD
    if given_up and (why := _too_much(row, call, at, gone)):
        stop(row, why, at=at)
        tell_stopped(row, at=at)


def _too_much(row: Subscription, call: Call, at: datetime, gone: bool) -> Stop | None:  # noqa: FBT001 - it was answered so
    """Why the endpoint is called no more, where a call to it was given up."""
    if gone:
        return Stop.GONE
    if call.first_at is None or row.taken_at is None or row.taken_at < call.first_at:
        return Stop.FAILING
    dead = Call.objects.filter(subscription=row, state=CallState.DEAD, first_at__gte=at - timedelta(days=7))
    return Stop.REFUSING if dead.count() >= MOST_DEAD else None
