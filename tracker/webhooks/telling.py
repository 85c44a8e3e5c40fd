"""What a call says: one change as `/changes/` tells it, to the eyes of its subscription at this moment."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.people import Reach
from directives.models import Call, Subscription
from directives.models.subscriptions import SUBSCRIPTION
from directives.rules.change_names import name_of
from directives.rules.working_days import HANOI, local_day


def body_of(row: Subscription, call: Call, *, sight: Reach, at: datetime) -> bytes | None:
    """The call as it is sent at `at`; None where there is nothing to tell: what was seen neither before nor now.

    Names are in the active language.
    """
    if call.kind == SUBSCRIPTION:
        told = {"subscription": str(row.uuid), **({"challenge": row.challenge} if call.is_challenge else {})}
        return _written(f"{SUBSCRIPTION}.{call.verb}", call, json.dumps(told))
    found = _row(sight, call.kind, call.about, local_day(at))
    if found is None and not call.was_seen:
        return None
    how = {"verb": None, "gone": True} if found is None else {"verb": call.verb or None}
    change = json.dumps({"sequence": call.sequence, "at": _moment(call.at), "type": call.kind, "id": str(call.about)})
    change = f"{change[:-1]}, {json.dumps(how)[1:-1]}" + (f', "row": {found}}}' if found is not None else "}")
    return _written(name_of(call.kind, call.verb, gone=found is None), call, change)


def _written(name: str, call: Call, change: str) -> bytes:
    return f'{{"type": "{name}", "timestamp": "{_moment(call.at)}", "data": {change}}}'.encode()


def _moment(at: datetime) -> str:
    return at.astimezone(HANOI).isoformat(timespec="seconds")


def _row(sight: Reach, kind: str, uuid: UUID, today: Any) -> str | None:
    return _teller()(sight, kind, uuid, today=today)


@lru_cache(maxsize=1)
def _teller() -> Any:
    """By its name: what is told to whom is the API's own matter, and senders know none of the three doors."""
    return import_string(settings.WEBHOOK_ROWS)
