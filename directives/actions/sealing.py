"""Sealing gives committed events their place in the chain; verifying finds whatever was done to them since."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from directives.models import Event, Seal, Unsealed
from directives.rules.refusals import N_
from directives.rules.seal_chain import GENESIS, Anchor, Fact, Finding, Link, Walk, chained

# Every column of an event. One that joins later is sealed only where it says something, or older seals would break.
COLUMNS = (
    "id",
    "uuid",
    "at",
    "recorded_at",
    "verb",
    "by_id",
    "by_name",
    "on_behalf_of",
    "notice_id",
    "directive_id",
    "assignment_id",
    "subject",
    "before",
    "after",
    "reason",
    "request_id",
)
JSON_COLUMNS = ("before", "after")
# Any number will do that no other part of the system locks with; this one spells "seal".
SEALERS_LOCK = 0x7365616C
PAGE = 2000
PATIENCE = timedelta(minutes=10)
NAMED = 20
FORGOTTEN = N_("%(place)s: no seal for more than ten minutes after these events were recorded. Does a worker run?")
UNGUARDED = N_("%(place)s: the trigger that guards this table is gone or switched off.")
# The guards that should be there, less those that are there and at work ('O': for everybody but replication).
GUARDS = """
SELECT guarded || ' (' || guard || ')'
FROM (VALUES ('directives_event', 'history_is_append_only'), ('directives_seal', 'history_is_append_only'),
             ('directives_event', 'event_awaits_its_seal')) AS expected (guarded, guard)
WHERE NOT EXISTS (
    SELECT FROM pg_trigger WHERE tgrelid = guarded::regclass AND tgname = guard AND tgenabled IN ('O', 'A')
)
"""


@transaction.atomic
def seal_events(*, limit: int = 5000) -> int:
    """Seal up to `limit` committed events in the order of their ids and return how many.

    One sealer is active at a time: while another one is, nothing is done and the answer is 0. An event whose
    transaction commits later than those around it simply gets a later sequence.
    """
    if not _only_sealer():
        return 0
    waiting = list(Unsealed.objects.filter(event__seal=None).order_by("pk").values_list("pk", flat=True)[:limit])
    events = sealed_facts(waiting)
    seals = []
    sequence, before = head()
    for pk in waiting:
        sequence += 1
        before = chained(before, sequence, events[pk])
        seals.append(Seal(sequence=sequence, event_id=pk, hash=before))
    Seal.objects.bulk_create(seals)
    Unsealed.objects.filter(pk__in=waiting).delete()
    return len(seals)


def head() -> tuple[int, str]:
    """Sequence and hash of the last seal; 0 and the hash that the first seal follows where there is none."""
    return Seal.objects.order_by("-sequence").values_list("sequence", "hash").first() or (0, GENESIS)


@dataclass(frozen=True)
class Verdict:
    """What walking the whole chain showed; `findings` is empty where nothing is wrong."""

    events: int
    head: int
    anchored: int
    findings: list[Finding]


def verify_history(*, anchors: Iterable[Anchor], now: datetime) -> Verdict:
    """Walk the chain from its first seal to its head, page by page, and hold it against the anchors.

    Finds a changed byte of an event or a seal, a deleted row, an exchanged pair, a cut tail, an event that nobody has
    sealed for longer than `PATIENCE` at `now`, and a database that no longer refuses to change history.
    """
    walk = Walk(anchors)
    for link in _links():
        walk.follow(link)
    return Verdict(
        events=Event.objects.count(),
        head=walk.head,
        findings=[*walk.end(), *_forgotten(now), *_unguarded()],
        anchored=walk.anchored,
    )


def sealed_facts(pks: Collection[int]) -> dict[int, dict[str, Fact]]:
    """What is sealed of these events, by id: all columns, numbers within JSON as exactly as they are stored."""
    plain = [column for column in COLUMNS if column not in JSON_COLUMNS]
    texts = {f"{column}_text": Cast(column, TextField()) for column in JSON_COLUMNS}
    rows = Event.objects.filter(pk__in=pks).values(*plain, **texts)
    return {row["id"]: _facts(row) for row in rows}


def _facts(row: dict[str, Any]) -> dict[str, Fact]:
    for column in JSON_COLUMNS:
        row[column] = json.loads(row.pop(f"{column}_text"), parse_int=Decimal, parse_float=Decimal)
    return row


def _links() -> Iterator[Link]:
    last = 0
    while page := Seal.objects.filter(sequence__gt=last).order_by("sequence")[:PAGE]:
        events = sealed_facts([seal.event_id for seal in page])
        for seal in page:
            yield Link(seal.sequence, seal.hash, events.get(seal.event_id))
            last = seal.sequence


def _forgotten(now: datetime) -> list[Finding]:
    late = Event.objects.filter(seal=None, recorded_at__lt=now - PATIENCE)
    pks = list(late.order_by("pk").values_list("pk", flat=True)[: NAMED + 1])
    named = ", ".join(map(str, pks[:NAMED])) + (" …" if len(pks) > NAMED else "")
    return [Finding(FORGOTTEN, named)] if pks else []


def _unguarded() -> list[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(GUARDS)
        return [Finding(UNGUARDED, place) for (place,) in cursor.fetchall()]


def _only_sealer() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALERS_LOCK])
        return bool(cursor.fetchone()[0])
