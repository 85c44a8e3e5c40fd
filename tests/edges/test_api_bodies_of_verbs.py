"""What two readers of JSON could understand differently is refused by every verb, and changes nothing.

Each trap for each verb: a new verb meets all of them at once. Which names and depths are meant: `test_api_bodies`.
"""

import gzip

import pytest
from django.http import HttpResponse

from tests.actions.conftest import nothing_changes
from tests.edges.calling import Caller, with_key
from tests.edges.described import hold
from tests.edges.test_api_schema import OPERATIONS
from tests.edges.two_systems import AGENCY, World
from tests.make import make_call, make_extension, make_indicator, make_question, make_reading, make_subscription
from tracker.api.bodies import LARGEST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]
JSON = "application/json"
MILLION = 1024 * 1024
DEEP = 10_000
# What is sent, how it is called, the status, and the field that is named; None where the whole is meant.
TRAPS = {
    "a name twice": (b'{"reason": "A", "reason": "B"}', {}, 400, "reason"),
    "NaN": (b'{"percent": NaN}', {}, 400, None),
    "Infinity": (b'{"figure": -Infinity}', {}, 400, None),
    "NUL": (b'{"reason": "A\\u0000"}', {}, 400, "reason"),
    "half a pair": (b'{"reason": "\\ud83d"}', {}, 400, "reason"),
    "ten thousand levels": (b'{"reason": ' + b"[" * DEEP + b"]" * DEEP + b"}", {}, 400, None),
    "ten thousand levels, open": (b'{"reason": ' * DEEP, {}, 400, None),
    "a list": (b'[{"reason": "A"}]', {}, 400, None),
    "two objects": (b'{"reason": "A"}{"reason": "B"}', {}, 400, None),
    "UTF-16": ('{"reason": "Đã rõ"}'.encode("utf-16"), {}, 400, None),
    "UTF-8 with its mark": (b'\xef\xbb\xbf{"reason": "A"}', {}, 400, None),
    "no UTF-8": (b'{"reason": "\xff"}', {}, 400, None),
    "a field that nobody knows": (b'{"li_do": "A"}', {}, 400, "li_do"),
    "thirty megabytes": (b'{"reason": "' + b"x" * 30 * MILLION + b'"}', {}, 413, None),
    "a byte more than may be": (b'{"reason": "' + b"x" * LARGEST, {}, 413, None),
    "packed": (gzip.compress(b'{"reason": "A"}'), {"content-encoding": "gzip"}, 415, None),
    "thirty megabytes packed": (gzip.compress(b" " * 30 * MILLION), {"content-encoding": "gzip"}, 415, None),
    "a form": (b"reason=A", {"content-type": "application/x-www-form-urlencoded"}, 415, None),
    "text": (b'{"reason": "A"}', {"content-type": "text/plain"}, 415, None),
    "JSON by another name": (b'{"reason": "A"}', {"content-type": "application/vnd.api+json"}, 415, None),
    "no form at all": (b'{"reason": "A"}', {"content-type": ""}, 415, None),
}
VERBS = {name: address for name, (method, address, _said) in OPERATIONS.items() if method == "post"}


def test_every_trap_is_refused_by_every_verb_and_changes_nothing():
    world, wrong = World(), []
    caller = with_key(world.ministry, *AGENCY, "subscribe")
    target, system = make_indicator(world.committee, reported_by=world.ministry), make_subscription(world.ministry)
    things = {
        "assignments": world.work,
        "extensions": make_extension(world.work),
        "questions": make_question(world.work),
        "notices": world.work.directive.notice,
        "directives": world.work.directive,
        "indicators": target,
        "readings": make_reading(target, agency=world.ministry),
        "subscriptions": system,
        "calls": make_call(system),
    }
    caller.get(world.address())  # notes that the key is in use
    with nothing_changes():
        for trap, (sent, headers, status, field) in TRAPS.items():
            for verb, address in VERBS.items():
                kind = address.split("/")[1]
                there = address.lstrip("/").replace("{id}", str(things[kind].uuid) if kind in things else "")
                answer = _send(caller, there, sent, headers)
                if answer.status_code != status or not (field is None or field in answer.json()["errors"]):
                    wrong.append((trap, verb, answer.status_code, answer.content))
    assert wrong == []


def _send(caller: Caller, address: str, sent: bytes, headers: dict[str, str]) -> HttpResponse:
    told = {**caller.headers, "if-match": "*", **headers}
    form = told.pop("content-type", JSON)
    full = f"/api/v1/{address}"
    return hold("post", full, caller.client.post(full, sent, content_type=form, headers=told))
