"""Claims: a sender takes a batch of messages for the time of a lease, and asks again when the claim grows old.

A claim is one short transaction that raises each row's token and attempts and sets the lease, after asking which of
them are still wanted. Whoever holds another token than the row's may note nothing any more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from directives.actions.holding import claims_may_go_on
from directives.actions.weeding import weed_all
from directives.models import Delivery, DeliveryState
from tracker.delivery.pace import allowance
from tracker.delivery.statements import execute_prepared

LEASE = timedelta(seconds=60)
BATCH = 100
MOST_ATTEMPTS = 10
DEATHS_BY_CHANCE = 2
PUT_BACK = """
UPDATE directives_delivery SET leased_until = NULL, attempts = attempts - 1
WHERE id = %s AND token = %s AND state = 'waiting'
"""


@dataclass
class Claimed:
    """A batch that is one sender's. `found` tells whether anything was ready; the rest was noted in the claim."""

    rows: list[Delivery] = field(default_factory=list)
    found: bool = False
    superseded: int = 0
    dead: int = 0


@transaction.atomic
def claim(channel: str, *, at: datetime, most: int = BATCH) -> Claimed:
    """Take the oldest messages that are ready at `at`, at most `most`, for as long as the lease lasts.

    None while sending is on hold. A message over which senders died again comes alone: if it killed them, it shall
    take no other with it.
    """
    if not claims_may_go_on():
        return Claimed()
    ready = _whole(Delivery.objects.ready(at).filter(channel=channel)).order_by("due_at", "pk")
    found = list(ready.select_for_update(of=("self",), no_key=True, skip_locked=True)[:most])
    rows = found[:1] if found and _is_suspect(found[0]) else [row for row in found if not _is_suspect(row)]
    worn_out = [row for row in rows if row.attempts >= MOST_ATTEMPTS]
    rows = [row for row in rows if row.attempts < MOST_ATTEMPTS]
    wanted = weed_all(rows, at=at)
    unwanted = [row for row in rows if row.pk not in wanted]
    rows = [row for row in rows if row.pk in wanted]
    granted = rows[: allowance(channel, len(rows), at=at)]
    _give_up(worn_out)
    _supersede(unwanted)
    _take(granted, until=at + LEASE)
    return Claimed(granted, bool(granted or unwanted or worn_out), len(unwanted), len(worn_out))


@transaction.atomic
def ask_again(rows: Sequence[Delivery], *, at: datetime) -> Claimed:
    """Of what was claimed, what is still the caller's and still wanted, as it is now, its lease begun anew.

    While sending is on hold everything is given back and nothing is left.
    """
    tokens = {row.pk: row.token for row in rows}
    if not claims_may_go_on():
        put_back(rows)
        return Claimed()
    locked = _whole(Delivery.objects.filter(pk__in=tokens, state=DeliveryState.WAITING))
    locked = locked.select_for_update(of=("self",), no_key=True).order_by("pk")
    mine = {row.pk: row for row in locked if row.token == tokens[row.pk]}
    wanted = weed_all(list(mine.values()), at=at)
    unwanted = [row for pk, row in mine.items() if pk not in wanted]
    _supersede(unwanted)
    Delivery.objects.filter(pk__in=wanted).update(leased_until=at + LEASE)
    return Claimed([mine[pk] for pk in tokens if pk in wanted], bool(wanted), len(unwanted))


def put_back(rows: Iterable[Delivery]) -> None:
    """Give back what was claimed and not tried: the attempt does not count, and the next sender may have it at once."""
    execute_prepared(PUT_BACK, [(row.pk, row.token) for row in rows])


def _whole(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """With what weeding and writing ask of a message."""
    beside = ("recipient__messenger", "notice", "assignment", "merger__successor", "amendment__corrects")
    asked = ("question__assignment__directive", "paper__schedule", "paper__committee", "paper__agency")
    tables = ("assessment__agency", "assessment__criteria_set__committee")
    systems = ("subscription__agency", "subscription__committee")
    keys = ("api_key__agency", "api_key__committee", "api_key__successor")
    return rows.select_related(*beside, *asked, *tables, *systems, *keys).defer(
        "notice__text", "amendment__text", "amendment__corrects__text"
    )


def _is_suspect(row: Delivery) -> bool:
    """Its last sender died over it or over another of the batch, and it was not its first."""
    return row.leased_until is not None and row.attempts >= DEATHS_BY_CHANCE


def _take(rows: Sequence[Delivery], *, until: datetime) -> None:
    if rows:
        taken = Delivery.objects.filter(pk__in=[row.pk for row in rows])
        taken.update(token=F("token") + 1, attempts=F("attempts") + 1, leased_until=until)
    for row in rows:
        row.token, row.attempts, row.leased_until = row.token + 1, row.attempts + 1, until


def _supersede(rows: Sequence[Delivery]) -> None:
    if rows:
        unwanted = Delivery.objects.filter(pk__in=[row.pk for row in rows])
        unwanted.update(state=DeliveryState.SUPERSEDED, token=F("token") + 1, leased_until=None)


def _give_up(rows: Sequence[Delivery]) -> None:
    """Ten senders died over each of them."""
    for row in rows:
        row.state, row.token, row.leased_until = DeliveryState.DEAD, row.token + 1, None
        row.last_error = row.last_error or _("Every attempt to send this message was cut off.")
        row.save(update_fields=["state", "token", "leased_until", "last_error"])
