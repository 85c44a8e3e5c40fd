"""What a call says: one change as `/changes/` tells it, to the eyes of its subscription at this moment."""

import json
from collections.abc import Sequence
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


def bodies_of(row: Subscription, calls: Sequence[Call], *, sight: Reach, at: datetime) -> dict[int, bytes]:
    """These calls (by their keys) as they are sent at `at`; what costs much is asked once for all of them.

    Those are left out that tell nothing: of what was seen neither before nor now. Names are in the active language.
    """
    wanted: dict[str, set[UUID]] = {}
    for call in calls:
        if call.kind != SUBSCRIPTION:
            wanted.setdefault(call.kind, set()).add(call.about)
    found = _teller()(sight, wanted, today=local_day(at))
    bodies = ((call.pk, _body_of(row, call, found.get((call.kind, call.about)))) for call in calls)
    return {key: body for key, body in bodies if body is not None}


def _body_of(row: Subscription, call: Call, found: str | None) -> bytes | None:
    if call.kind == SUBSCRIPTION:
        told = {"subscription": str(row.uuid), **({"challenge": row.challenge} if call.is_challenge else {})}
        return _written(f"{SUBSCRIPTION}.{call.verb}", call, json.dumps(told))
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


@lru_cache(maxsize=1)
def _teller() -> Any:
    """By its name: what is told to whom is the API's own matter, and senders know none of the three doors."""
    return import_string(settings.WEBHOOK_ROWS)
