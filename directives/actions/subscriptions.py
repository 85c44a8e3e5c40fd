"""Subscriptions of other systems: made, verified, changed, given a new secret, paused, let go on and ended.

(`actions/subscribing` is of calendars that people read.)
"""

import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, ApiKey, Committee, User
from accounts.roles import Verb, require
from directives.actions.feeding import feed, head
from directives.actions.fitting import fit
from directives.actions.moving import SOMEBODY_WAS_FASTER
from directives.actions.recording import record
from directives.models.secrets import lock, new_secret
from directives.models.subscriptions import (
    CHALLENGE,
    SUBSCRIPTION,
    Call,
    CallState,
    Stop,
    Subscription,
    SubscriptionState,
    trusted_networks,
)
from directives.rules.change_names import read_names
from directives.rules.endpoints import read_endpoint, refuse_as_written
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid, Stale
from directives.rules.working_days import local_day

MOST = 50  # of one body
LONGEST_OVERLAP = 72  # hours
USUAL_OVERLAP = 24
LANGUAGES = ("vi", "en")
FIELDS = ("name", "endpoint", "events", "language")

NAME_MISSING = _("Please give it a name.")
NO_SUCH_LANGUAGE = _("Names are told in Vietnamese (vi) or in English (en).")
TOO_MANY = _("This body has %(most)s subscriptions already. End one that is not needed.")
NO_SUCH_TIME = _("The former secret goes on signing for 0 to %(most)s hours.")
HAS_ENDED = _("This subscription has ended.")
NOT_VERIFIED = _("This subscription is not verified yet.")
VERIFIED = _("This subscription is verified.")
NOT_ACTIVE = _("This subscription is not active.")
IS_ACTIVE = _("This subscription is active.")


@transaction.atomic
def subscribe(
    body: Agency | Committee,
    *,
    by: User,
    at: datetime,
    name: str,
    endpoint: str,
    events: Collection[str] = (),
    language: str = "vi",
) -> tuple[Subscription, str]:
    """Let an endpoint hear of what a key of `body` sees, once it has answered a challenge.

    Returns it with its secret, which nothing can show again. Raises NotAllowed or Invalid.
    """
    require(by, Verb.SUBSCRIBE, body, on=local_day(at))
    own = {"committee" if isinstance(body, Committee) else "agency": body}
    type(body).objects.select_for_update(no_key=True).get(pk=body.pk)  # nobody makes the last one twice
    if Subscription.objects.kept().filter(**own).count() >= MOST:
        raise Invalid("endpoint", TOO_MANY, most=MOST)
    plain = new_secret()
    row = Subscription(**own, by=by, at=at, key=_key_of(by), secret=lock(plain))
    _put(row, name=name, endpoint=endpoint, events=events, language=language)
    row.save(force_insert=True)
    _challenge(row, at=at)
    record(row, "subscribe", by=by, at=at, on_behalf_of=body.name_vi, after=_told(row))
    return row, plain


def change(
    subscription: Subscription, *, by: User, at: datetime, version: int | None = None, **wanted: Any
) -> Subscription:
    """Change name, endpoint, events or language; another endpoint has to answer a challenge of its own.

    Raises NotAllowed, Invalid, WrongMoment where it has ended, or Stale.
    """

    def put(row: Subscription) -> dict[str, Any]:
        before = _told(row)
        _put(row, **{name: wanted.get(name, getattr(row, name)) for name in FIELDS})
        if row.endpoint != before["endpoint"]:
            row.state, row.stopped_because = SubscriptionState.UNVERIFIED, ""
            _challenge(row, at=at)
        return before

    return _act(subscription, "change_subscription", put, by=by, at=at, version=version)


def rotate_secret(
    subscription: Subscription,
    *,
    by: User,
    at: datetime,
    version: int | None = None,
    overlap_hours: int = USUAL_OVERLAP,
) -> tuple[Subscription, str]:
    """Give it a new secret, beside which the former one signs as well for some hours; none where it is in wrong hands.

    Returns it with the new secret. Raises NotAllowed, Invalid, WrongMoment or Stale.
    """
    plain = new_secret()

    def rotate(row: Subscription) -> dict[str, Any]:
        if not 0 <= overlap_hours <= LONGEST_OVERLAP:
            raise Invalid("overlap_hours", NO_SUCH_TIME, most=LONGEST_OVERLAP)
        row.former_secret, row.former_until = "", None
        if overlap_hours:
            row.former_secret, row.former_until = row.secret, at + timedelta(hours=overlap_hours)
        row.secret = lock(plain)
        return {}

    row = _act(subscription, "rotate_secret", rotate, by=by, at=at, version=version)
    return row, plain


def pause(subscription: Subscription, *, by: User, at: datetime, version: int | None = None) -> Subscription:
    """Call no more until it is let go on; nothing is lost meanwhile. Raises NotAllowed, WrongMoment or Stale."""

    def rest(row: Subscription) -> dict[str, Any]:
        if row.state != SubscriptionState.ACTIVE:
            raise WrongMoment(NOT_ACTIVE)
        row.state = SubscriptionState.PAUSED
        return {}

    return _act(subscription, "pause_subscription", rest, by=by, at=at, version=version)


def resume(subscription: Subscription, *, by: User, at: datetime, version: int | None = None) -> Subscription:
    """Call again, from the change on at which it stopped: what waits is due now.

    Whoever lets it go on answers for it from now on. Raises NotAllowed, WrongMoment or Stale.
    """

    def go_on(row: Subscription) -> dict[str, Any]:
        if row.state == SubscriptionState.ACTIVE:
            raise WrongMoment(IS_ACTIVE)
        if row.cursor is None or row.state == SubscriptionState.UNVERIFIED:
            raise WrongMoment(NOT_VERIFIED)
        before = {"state": str(row.state), "stopped_because": str(row.stopped_because)}
        row.state, row.stopped_because = SubscriptionState.ACTIVE, ""
        row.failures, row.rests_until, row.key = 0, None, _key_of(by)
        Call.objects.filter(subscription=row, state=CallState.WAITING, due_at__gt=at).update(due_at=at)
        return before

    return _act(subscription, "resume_subscription", go_on, by=by, at=at, version=version)


def end(subscription: Subscription, *, by: User, at: datetime, version: int | None = None) -> Subscription:
    """Call never again; the log stays, the secrets are forgotten. Raises NotAllowed, WrongMoment or Stale."""

    def finish(row: Subscription) -> dict[str, Any]:
        before = {"state": str(row.state)}
        row.state, row.stopped_because = SubscriptionState.ENDED, ""
        row.secret, row.former_secret, row.former_until, row.challenge = "", "", None, ""
        Call.objects.filter(subscription=row, state=CallState.WAITING).update(state=CallState.UNNEEDED)
        return before

    return _act(subscription, "end_subscription", finish, by=by, at=at, version=version)


def challenge_again(subscription: Subscription, *, by: User, at: datetime, version: int | None = None) -> Subscription:
    """Ask the endpoint once more whether it wants to hear. Raises NotAllowed, WrongMoment or Stale."""

    def ask(row: Subscription) -> dict[str, Any]:
        if row.state != SubscriptionState.UNVERIFIED:
            raise WrongMoment(VERIFIED)
        _challenge(row, at=at)
        return {}

    return _act(subscription, "challenge_subscription", ask, by=by, at=at, version=version)


# --- what the system itself does


def confirm(row: Subscription, *, at: datetime) -> None:
    """Its endpoint has repeated the challenge: it hears of what changes from now on. The row is locked."""
    feed()
    row.state, row.challenge = SubscriptionState.ACTIVE, ""
    row.cursor = head() if row.cursor is None else row.cursor
    row.version += 1
    row.save(update_fields=["state", "challenge", "cursor", "version"])
    record(row, "verify_subscription", by=None, at=at, after={"endpoint": row.endpoint})


def stop(row: Subscription, because: Stop, *, at: datetime) -> None:
    """Call no more, until somebody lets it go on. The row is locked; `actions.replaying` tells whom it concerns."""
    row.state, row.stopped_because = SubscriptionState.STOPPED, because
    row.version += 1
    row.save(update_fields=["state", "stopped_because", "version"])
    record(row, "stop_subscription", by=None, at=at, after={"because": str(because)})


# --- what all of them ask


def locked(subscription: Subscription) -> Subscription:
    """The row as it is now, locked until the transaction ends."""
    rows = Subscription.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("agency", "committee", "key").get(pk=subscription.pk)


@transaction.atomic
def _act(
    subscription: Subscription,
    verb: str,
    put: Callable[[Subscription], dict[str, Any]],
    *,
    by: User,
    at: datetime,
    version: int | None,
) -> Subscription:
    row = locked(subscription)
    require(by, Verb.SUBSCRIBE, row.body, on=local_day(at))
    if version is not None and version != row.version:
        raise Stale(SOMEBODY_WAS_FASTER)
    if row.state == SubscriptionState.ENDED:
        raise WrongMoment(HAS_ENDED)
    before = put(row)
    row.version += 1
    row.save()
    after = {name: value for name, value in _told(row).items() if name in before and value != before[name]}
    before = {name: before[name] for name in after} if before else before
    record(row, verb, by=by, at=at, on_behalf_of=row.body.name_vi, before=before, after=after)
    return row


def _put(row: Subscription, *, name: str, endpoint: str, events: Collection[str], language: str) -> None:
    row.name, row.endpoint, row.language = name.strip(), endpoint.strip(), language
    if not row.name:
        raise Invalid("name", NAME_MISSING)
    if row.language not in LANGUAGES:
        raise Invalid("language", NO_SUCH_LANGUAGE)
    where = read_endpoint(row.endpoint)
    refuse_as_written(where, trusted_networks())
    row.endpoint, row.events = str(where), read_names(events)
    fit(row, "name", "endpoint")


def _challenge(row: Subscription, *, at: datetime) -> None:
    """One at a time; an earlier one is not answered for any more."""
    Call.objects.filter(subscription=row, kind=SUBSCRIPTION, state=CallState.WAITING).update(state=CallState.UNNEEDED)
    row.challenge, row.failures, row.rests_until = secrets.token_urlsafe(32), 0, None
    Call.objects.create(
        subscription=row, kind=SUBSCRIPTION, verb=CHALLENGE, about=row.uuid, at=at, created_at=at, due_at=at
    )
    row.save(update_fields=["challenge", "failures", "rests_until"])


def _key_of(by: User) -> ApiKey | None:
    return ApiKey.objects.of_account(by) if by.is_system else None


def _told(row: Subscription) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in FIELDS}
    return {**told, "state": str(row.state), "stopped_because": str(row.stopped_because)}
