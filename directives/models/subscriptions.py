"""Other systems that are called with each change: who hears of what, each call, and each attempt to make it.

A sender takes a subscription with all that waits for it, for the time of a lease; whoever holds another token than the
row's notes nothing any more. So one endpoint never has two senders, and none waits for another's.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from ipaddress import ip_network

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, ApiKey, Committee, User
from directives.models.secrets import secret_bytes, unlock
from directives.rules.endpoints import LONGEST, Endpoint, Trusted, read_endpoint

SUBSCRIPTION = "subscription"
CHALLENGE = "challenge"


class SubscriptionState(models.TextChoices):
    UNVERIFIED = "unverified", _("Not verified yet")
    ACTIVE = "active", _("Hears of changes")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped by the system")
    ENDED = "ended", _("Ended")


class Stop(models.TextChoices):
    """Why the system called no more."""

    FAILING = "failing", _("It could not be reached in ten attempts over 75 hours.")
    REFUSING = "refusing", _("It answered one call after the other with an error until none was tried any more.")
    GONE = "gone", _("It answered that it is gone (410).")
    KEY = "key", _("The key that made it was revoked or has expired.")


class Trouble(models.TextChoices):
    """What came between, where an attempt was not taken."""

    NO_NAME = "no_name", _("The name of the server is not known.")
    INSIDE = "inside", _("The address leads into an inner network, or by a way that is not trusted.")
    UNREACHED = "unreached", _("The server could not be reached.")
    CERTIFICATE = "certificate", _("The certificate of the server is not good for its name.")
    TOO_SLOW = "too_slow", _("The server did not answer in time.")
    BROKEN = "broken", _("The connection broke.")
    REFUSED = "refused", _("The server answered with an error.")
    REDIRECT = "redirect", _("The server sent us to another address, to which we do not go.")
    CHALLENGE = "challenge", _("The server did not repeat the challenge.")
    CUT_OFF = "cut_off", _("We were cut off; nobody knows whether it arrived.")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def kept(self) -> "SubscriptionQuerySet":
        """Those that have not ended."""
        return self.exclude(state=SubscriptionState.ENDED)

    def ready(self, at: datetime) -> "SubscriptionQuerySet":
        """Those for which something is due at `at` and that nobody calls; first what has waited longest (`since`)."""
        due = Call.objects.filter(subscription=OuterRef("pk"), state=CallState.WAITING, due_at__lte=at)
        challenges = due.filter(kind=SUBSCRIPTION).order_by("due_at").values("due_at")[:1]
        changes = due.order_by("due_at").values("due_at")[:1]
        free = Q(leased_until=None) | Q(leased_until__lt=at)
        rested = Q(rests_until=None) | Q(rests_until__lte=at)
        since = models.Case(
            models.When(state=SubscriptionState.ACTIVE, then=Subquery(changes)), default=Subquery(challenges)
        )
        alive = self.filter(free, rested, state__in=(SubscriptionState.ACTIVE, SubscriptionState.UNVERIFIED))
        return alive.annotate(since=since).filter(since__isnull=False).order_by("since", "pk")


class Subscription(models.Model):
    """One endpoint of a body: whatever a key of that body sees is what it is told of, and nothing else."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="subscriptions", verbose_name=_("agency")
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="subscriptions", verbose_name=_("committee")
    )
    endpoint = models.CharField(_("endpoint"), max_length=LONGEST)
    # Names of changes (`rules.change_names`); none for all.
    events = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name=_("changes"))
    language = models.CharField(_("language"), max_length=5, default="vi")
    state = models.CharField(
        _("state"), max_length=10, choices=SubscriptionState.choices, default=SubscriptionState.UNVERIFIED
    )
    stopped_because = models.CharField(_("stopped because"), max_length=10, choices=Stop.choices, blank=True)
    # Encrypted (`models.secrets`). The former one signs as well until its time is over.
    secret = models.CharField(max_length=300, editable=False)
    former_secret = models.CharField(max_length=300, blank=True, editable=False)
    former_until = models.DateTimeField(_("former secret signs until"), null=True, editable=False)
    challenge = models.CharField(max_length=64, blank=True, editable=False)
    # The last number of the feed up to which calls are written; none before it is verified for the first time.
    cursor = models.PositiveBigIntegerField(null=True, editable=False)
    # Failures since the last success, and until when the endpoint is left alone because of them.
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    rests_until = models.DateTimeField(_("not called before"), null=True, editable=False)
    # Whether its last answer took so long that others had to be kept from waiting for it.
    is_slow = models.BooleanField(default=False, editable=False)
    taken_at = models.DateTimeField(_("last taken"), null=True, editable=False)
    failed_at = models.DateTimeField(_("last failed"), null=True, editable=False)
    token = models.PositiveIntegerField(default=0, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    # The key that made it: with the key it ends. None where an administrator answers for it.
    key = models.ForeignKey(ApiKey, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("key"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False, verbose_name=_("made by"))
    at = models.DateTimeField(_("made"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency=None, committee__isnull=False) | Q(agency__isnull=False, committee=None),
                name="subscription_is_of_one_body",
            ),
            models.CheckConstraint(
                condition=(Q(state="stopped") & ~Q(stopped_because="")) | (~Q(state="stopped") & Q(stopped_because="")),
                name="subscription_stops_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(cursor__isnull=False), name="subscription_is_verified_before_it_hears"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def body(self) -> Agency | Committee:
        """Whose eyes it has."""
        return self.agency or self.committee  # type: ignore[return-value] # the database holds that it is one of them

    def secrets(self, at: datetime) -> list[bytes]:
        """What calls are signed with at `at`, the newest first."""
        kept = [self.secret]
        if self.former_secret and self.former_until is not None and at < self.former_until:
            kept.append(self.former_secret)
        return [secret_bytes(unlock(one)) for one in kept]

    def where(self) -> Endpoint:
        """Its endpoint, read."""
        return read_endpoint(self.endpoint)


class CallState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    TAKEN = "taken", _("Taken")
    UNNEEDED = "unneeded", _("No longer needed")
    DEAD = "dead", _("Not taken")


class CallQuerySet(models.QuerySet["Call"]):
    def due(self, at: datetime) -> "CallQuerySet":
        """What is to be sent at `at`, the earliest change first."""
        return self.filter(state=CallState.WAITING, due_at__lte=at).order_by("pk")

    def of(self, subscriptions: models.QuerySet[Subscription]) -> "CallQuerySet":
        """Those of these subscriptions."""
        return self.filter(Exists(subscriptions.filter(pk=OuterRef("subscription"))))


class Call(models.Model):
    """One change for one subscription, or its challenge. Its id stays the same however often it is attempted."""

    # The `webhook-id`.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="calls", verbose_name=_("subscription"))
    # The number of the change; none of a challenge.
    sequence = models.PositiveBigIntegerField(_("number of the change"), null=True)
    at = models.DateTimeField(_("changed at"))
    kind = models.CharField(_("kind"), max_length=12)
    about = models.UUIDField(_("id of the row"))
    verb = models.CharField(_("what was done"), max_length=40, blank=True)
    # Whether the body saw the row before: then it is told that it sees it no more.
    was_seen = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=10, choices=CallState.choices, default=CallState.WAITING)
    created_at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("to be sent at"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # Since when it is being attempted: at ten it is given up, unless somebody sends it again.
    first_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(_("taken"), null=True)
    # Of the last attempt, for the list.
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    trouble = models.CharField(_("trouble"), max_length=12, choices=Trouble.choices, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-pk"]
        constraints = [
            # A change is told to a subscription once, whoever writes the calls.
            models.UniqueConstraint(fields=["subscription", "sequence"], name="one_call_for_a_change"),
        ]
        indexes = [
            # Read by the senders: what waits, and the earliest of it.
            models.Index(fields=["subscription", "due_at"], name="calls_waiting", condition=Q(state="waiting")),
            models.Index(fields=["subscription", "id"], name="calls_in_order", condition=Q(state="waiting")),
            # Read by the log of a subscription, and by a replay of what was changed since a moment.
            models.Index(fields=["subscription", "-id"], name="calls_of_subscription"),
            models.Index(fields=["subscription", "at"], name="calls_by_moment"),
            # Read by the duty that forgets.
            models.Index(fields=["created_at"], name="calls_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.about}"

    @property
    def message(self) -> str:
        """Its id as the header `webhook-id` gives it."""
        return f"msg_{self.uuid.hex}"

    @property
    def is_challenge(self) -> bool:
        """Whether it asks the endpoint if it wants to hear at all."""
        return (self.kind, self.verb) == (SUBSCRIPTION, CHALLENGE)


class Attempt(models.Model):
    """One attempt to make a call: what was sent where, and what was answered, its beginning at least."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="tries", verbose_name=_("call"))
    at = models.DateTimeField(_("when"))
    endpoint = models.CharField(_("endpoint"), max_length=LONGEST)
    took = models.PositiveIntegerField(_("took (ms)"))
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    trouble = models.CharField(_("trouble"), max_length=12, choices=Trouble.choices, blank=True)
    sent = models.TextField(_("what was sent"))
    answer = models.TextField(_("text of the answer"), blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.call}: {self.status or self.trouble}"


class TrustedNetwork(models.Model):
    """A network of the government inside which other systems may be called, as an administrator decided."""

    network = models.CharField(_("network"), max_length=50, unique=True)
    ports = ArrayField(models.PositiveIntegerField(), default=list, verbose_name=_("ports"))
    unencrypted = models.BooleanField(_("also without encryption (http)"), default=False)
    note = models.CharField(_("whose network, and by which decision"), max_length=300)

    class Meta:
        verbose_name = _("trusted network")
        verbose_name_plural = _("trusted networks")
        ordering = ["network"]

    def __str__(self) -> str:
        return self.network


def trusted_networks(rows: Iterable[TrustedNetwork] | None = None) -> list[Trusted]:
    """The networks as the rule reads them."""
    found = TrustedNetwork.objects.all() if rows is None else rows
    return [Trusted(ip_network(row.network), frozenset(row.ports), row.unencrypted) for row in found]
