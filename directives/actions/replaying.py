"""Calls that are made once more, and people who are told that a subscription was stopped."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.people import Holder, seats
from accounts.roles import Verb, require
from directives.actions.recording import record, tell
from directives.actions.subscriptions import HAS_ENDED, NOT_VERIFIED, locked
from directives.models import DeliveryKind
from directives.models.subscriptions import SUBSCRIPTION, Call, CallState, Subscription, SubscriptionState
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid
from directives.rules.working_days import local_day

NO_CHALLENGE = _("A challenge is not sent again; ask for a new one.")
STILL_WAITS = _("This call waits already.")
NOT_YET = _("This moment is still to come.")
AUDIENCES = {"agency": ("officer", "head"), "committee": ("secretariat",)}


@transaction.atomic
def send_again(call: Call, *, by: User, at: datetime) -> Call:
    """Make one call once more, under the same id and with ten attempts of its own.

    Raises NotAllowed, or WrongMoment where it waits, is a challenge, or nobody is called any more.
    """
    row = locked(call.subscription)
    _expect_to_be_called(row, by=by, at=at)
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.kind == SUBSCRIPTION:
        raise WrongMoment(NO_CHALLENGE)
    if call.state == CallState.WAITING and call.due_at <= at:
        raise WrongMoment(STILL_WAITS)
    Call.objects.filter(pk=call.pk).update(state=CallState.WAITING, due_at=at, attempts=0, first_at=None)
    call.refresh_from_db()
    record(row, "send_call_again", by=by, at=at, on_behalf_of=row.body.name_vi, after={"call": str(call.uuid)})
    return call


@transaction.atomic
def replay(subscription: Subscription, *, by: User, at: datetime, since: datetime) -> int:
    """Make all calls of changes since a moment once more; how many. Raises NotAllowed, Invalid or WrongMoment."""
    row = locked(subscription)
    _expect_to_be_called(row, by=by, at=at)
    if since > at:
        raise Invalid("since", NOT_YET)
    again = Call.objects.filter(subscription=row, at__gte=since).exclude(kind=SUBSCRIPTION)
    many = again.update(state=CallState.WAITING, due_at=at, attempts=0, first_at=None)
    told = {"since": since.isoformat(), "calls": many}
    record(row, "replay_calls", by=by, at=at, on_behalf_of=row.body.name_vi, after=told)
    return many


def forget_calls(*, before: datetime) -> int:
    """Forget the calls that were written before a moment, with what was sent; how many. What waits stays."""
    old = Call.objects.filter(created_at__lt=before).exclude(state=CallState.WAITING)
    return old.delete()[1].get("directives.Call", 0)


def tell_stopped(row: Subscription, *, at: datetime) -> None:
    """Tell whoever answers for a subscription that it is called no more: its body's people, and who made it."""
    told: dict[int, Holder] = {}
    body = "agency" if row.agency_id else "committee"
    agencies, committees = [[one] if one else [] for one in (row.agency_id, row.committee_id)]
    found = seats(agencies=agencies, committees=committees, on=local_day(at))
    for audience in AUDIENCES[body]:
        for holder in found.holders(audience, agency_id=row.agency_id, committee_id=row.committee_id):
            told.setdefault(holder.user.pk, holder)
    for office in Office.objects.of(row.by, local_day(at)).order_by("pk")[:1]:
        told.setdefault(row.by_id, Holder(row.by, office))
    key = f"disconnected:{row.uuid}:{row.version}"
    tell(told.values(), DeliveryKind.DISCONNECTED, key=key, at=at, subscription=row)


def _expect_to_be_called(row: Subscription, *, by: User, at: datetime) -> None:
    require(by, Verb.SUBSCRIBE, row.body, on=local_day(at))
    if row.state == SubscriptionState.ENDED:
        raise WrongMoment(HAS_ENDED)
    if row.cursor is None:
        raise WrongMoment(NOT_VERIFIED)
