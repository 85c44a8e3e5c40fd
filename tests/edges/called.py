"""Subscriptions in tests: made through the action, verified by a real listener, called at a moment that a test says."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from accounts.models import Agency, Committee, Role, User
from directives.actions.feeding import number_changes
from directives.actions.spreading import spread_changes
from directives.actions.subscriptions import subscribe
from directives.models import Assignment, Call, CallState, Subscription, SubscriptionState
from tests.listener import Listener, Reply, Sent
from tests.make import make_user
from tracker import clock
from tracker.webhooks.calling import take_turn
from tracker.webhooks.claiming import claim_endpoint

SECOND = timedelta(seconds=1)


def call_all(at: datetime) -> Counter[str]:
    """Write the calls for what has changed, and make all that are due at `at`, here and one after the other."""
    number_changes()
    spread_changes(at=at)
    tally = Counter[str]()
    while (row := claim_endpoint(at=at)) is not None:
        tally += take_turn(row, moment=lambda: at, until=at + SECOND)
    return tally


def subscribed(
    body: Agency | Committee, listener: Listener, *, at: datetime | None = None, by: User | None = None, **wanted: Any
) -> tuple[Subscription, str]:
    """A subscription that answered its challenge, with its secret; what was changed before is not told."""
    at = at or clock.now()
    number_changes()
    wanted.setdefault("endpoint", listener.address())
    by = by or make_user(Role.ADMINISTRATOR)
    row, secret = subscribe(body, by=by, at=at, **{"name": "Trung tâm điều hành", **wanted})
    call_all(at)
    row.refresh_from_db()
    assert row.state == SubscriptionState.ACTIVE
    return row, secret


def failing(status: int = 500, **headers: str) -> Callable[[Sent], Reply]:
    """An endpoint that is out of order."""
    return lambda _sent: (status, b"out of order", headers)


def touch(work: Assignment, times: int = 1) -> None:
    """Something of it changes so often, with a number in the feed for each time."""
    for _time in range(times):
        work.version += 1
        work.save(update_fields=["version"])
        number_changes()


def calls(row: Subscription) -> list[Call]:
    """Those of changes, in their order."""
    return list(Call.objects.filter(subscription=row, sequence__isnull=False).order_by("sequence"))


def states(row: Subscription) -> list[str]:
    """How each of them stands."""
    return [CallState(call.state).value for call in calls(row)]
