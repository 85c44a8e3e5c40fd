"""API keys: a random token shown once, stored as a hash, acting for one agency or committee."""

import hashlib
import hmac
import secrets
import uuid
from datetime import datetime, timedelta
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.agencies import Agency, Committee
from accounts.models.people import User
from accounts.prepared import ask
from accounts.refusals import Refusal

PREFIX_LENGTH = 8
MINUTE = timedelta(minutes=1)
# For so long a request may be sent again under its name.
KEPT = timedelta(days=7)
# For so long before it ends a key without a successor is spoken of.
WARNED_BEFORE = timedelta(days=14)
# Asked first by every request: the key, and how far it reaches, in one question.
BY_PREFIX = """
WITH RECURSIVE key AS (SELECT * FROM accounts_apikey WHERE prefix = %s),
agencies(id) AS (
    SELECT agency_id FROM key WHERE agency_id IS NOT NULL
    UNION
    SELECT child.id FROM accounts_agency child JOIN agencies ON child.parent_id = agencies.id
),
committees(id) AS (
    SELECT committee_id FROM key WHERE committee_id IS NOT NULL
    UNION
    SELECT child.id FROM accounts_committee child JOIN committees ON child.parent_id = committees.id
)
SELECT ARRAY(SELECT id FROM agencies), ARRAY(SELECT id FROM committees), COLUMNS FROM key
"""
# No mail can ever reach it (RFC 2606, section 2).
NOWHERE = "keys.invalid"


HAS_ENDED = _("This key has ended, or has a successor already.")


def key_hash(plain: str) -> str:
    """SHA-256 of a 256-bit random key: such a key cannot be guessed, so a slow hash would add nothing."""
    return hashlib.sha256(plain.encode()).hexdigest()


@cache
def _columns_and_question() -> tuple[list[str], str]:
    names = [field.attname for field in ApiKey._meta.concrete_fields]  # noqa: SLF001 - Django's own word for it
    return names, BY_PREFIX.replace("COLUMNS", ", ".join(names))


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def authenticate(self, plain: str, now: datetime) -> "ApiKey | None":
        """The live key that `plain` is, or None; compares in constant time."""
        prefix = plain.removeprefix("dd_")[:PREFIX_LENGTH]
        names, statement = _columns_and_question()
        found = ask(statement, [prefix])
        if not found:
            return None
        agencies, committees, *columns = found[0]
        key = self.model.from_db(self.db, names, columns)
        key.reached = frozenset(agencies), frozenset(committees)
        return key if hmac.compare_digest(key.key_hash, key_hash(plain)) and key.is_live(now) else None

    def of_account(self, user: User) -> "ApiKey":
        """The key under whose rights the account acts: those that succeed one another have the same."""
        return self.select_related("agency").filter(account=user).latest("pk")

    def ending(self, now: datetime) -> "ApiKeyQuerySet":
        """Those that end soon and have no successor yet, the next one first."""
        soon = self.filter(revoked_at=None, expires_at__gt=now, expires_at__lte=now + WARNED_BEFORE, successor=None)
        return soon.order_by("expires_at", "pk")

    def note_use(self, key: "ApiKey", now: datetime) -> None:
        """Remember that `key` was used; at most one write a minute, however many requests come."""
        if key.last_used_at is None or now - key.last_used_at >= MINUTE:
            unnoted = Q(last_used_at=None) | Q(last_used_at__lte=now - MINUTE)
            self.filter(unnoted, pk=key.pk).update(last_used_at=now)
            key.last_used_at = now


class KeyHasEnded(Refusal):
    """A key that is succeeded, revoked or expired is succeeded by none."""


class ApiKey(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="api_keys", verbose_name=_("agency")
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="api_keys", verbose_name=_("committee")
    )
    prefix = models.CharField(_("begins with"), max_length=PREFIX_LENGTH, unique=True, editable=False)
    key_hash = models.CharField(max_length=64, editable=False)
    scopes = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("scopes"))
    # From where it may be used, as 10.12.0.0/16 or one address; empty: from anywhere.
    networks = ArrayField(models.CharField(max_length=43), default=list, blank=True, verbose_name=_("networks"))
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    # Under this account the key acts, and each that succeeds it; made with the first act.
    account = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="keys", editable=False, verbose_name=_("account")
    )
    # The key in whose place it came; for a while both are good.
    succeeds = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successor",
        editable=False,
        verbose_name=_("succeeds"),
    )

    # Where it was asked for together with the key: the agencies and committees (ids) that it reaches.
    reached: tuple[frozenset[int], frozenset[int]] | None = None

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency=None, committee__isnull=False) | Q(agency__isnull=False, committee=None),
                name="key_acts_for_one_body",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} (dd_{self.prefix}…)"

    @classmethod
    def issue(
        cls,
        name: str,
        *,
        expires_at: datetime,
        agency: Agency | None = None,
        committee: Committee | None = None,
        scopes: tuple[str, ...] = ("read",),
        networks: tuple[str, ...] = (),
        created_by: User | None = None,
        **beside: Any,
    ) -> tuple["ApiKey", str]:
        """Make a key and return it with its plain text, which nothing can show again."""
        secret = secrets.token_urlsafe(32)
        plain = f"dd_{secret}"
        key = cls.objects.create(
            name=name,
            agency=agency,
            committee=committee,
            scopes=list(scopes),
            networks=list(networks),
            expires_at=expires_at,
            created_by=created_by,
            prefix=secret[:PREFIX_LENGTH],
            key_hash=key_hash(plain),
            **beside,
        )
        return key, plain

    @transaction.atomic
    def succeed(
        self, *, expires_at: datetime, both_until: datetime, at: datetime, created_by: User | None = None
    ) -> tuple["ApiKey", str]:
        """Make the key that comes in this one's place: the same name, body, rights and account. This one is good until
        `both_until` at the latest. Raises KeyHasEnded, also where it has a successor already.
        """
        key = type(self).objects.select_for_update(no_key=True).get(pk=self.pk)
        if not key.is_live(at) or type(self).objects.filter(succeeds=key).exists():
            raise KeyHasEnded(HAS_ENDED)
        heir, plain = self.issue(
            key.name,
            expires_at=expires_at,
            agency=key.agency,
            committee=key.committee,
            scopes=tuple(key.scopes),
            networks=tuple(key.networks),
            created_by=created_by,
            account=key.acting(),
            succeeds=key,
        )
        key.expires_at = min(key.expires_at, both_until)
        key.save(update_fields=["expires_at"])
        return heir, plain

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """What it reaches is to be asked anew as well."""
        self.reached = None
        super().refresh_from_db(*args, **kwargs)

    def admits(self, address: IPv4Address | IPv6Address | None) -> bool:
        """Whether it may be used from there; from nowhere that is not known, where its networks are."""
        if not self.networks:
            return True
        return address is not None and any(address in ip_network(network) for network in self.networks)

    def acting(self) -> User:
        """The account under whose name this key acts: history shows the key's name, and nobody can log in as it.

        The first act makes it, within its transaction: what is refused leaves none.
        """
        return self.account or self._with_account()

    @transaction.atomic
    def _with_account(self) -> User:
        key = type(self).objects.select_for_update(no_key=True).select_related(None).get(pk=self.pk)
        if key.account is None:
            key.account = User.objects.create_user(f"{key.uuid}@{NOWHERE}", name=key.name, is_system=True)
            key.save(update_fields=["account"])
        return key.account

    def is_live(self, now: datetime) -> bool:
        """Neither revoked nor expired at `now`."""
        return self.revoked_at is None and now < self.expires_at


class SentOnceQuerySet(models.QuerySet["SentOnce"]):
    def forget_old(self, now: datetime) -> int:
        """Forget what nobody sends again; how many."""
        return self.filter(at__lt=now - KEPT).delete()[0]


class SentOnce(models.Model):
    """What was answered to a request that named itself (`Idempotency-Key`): kept with what it did, in one transaction.

    `fingerprint` is the SHA-256 of what was asked, so that another request under the same name is refused.
    """

    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"))
    name = models.CharField(_("name"), max_length=255)
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField(_("when"))
    status = models.PositiveSmallIntegerField(default=0)
    body = models.BinaryField(default=b"")
    tag = models.CharField(max_length=80, blank=True)
    # Where the thing is read that it made.
    location = models.CharField(max_length=200, blank=True, default="", db_default="")

    objects = SentOnceQuerySet.as_manager()

    class Meta:
        verbose_name = _("request that named itself")
        verbose_name_plural = _("requests that named themselves")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["by", "name"], name="sent_once_by_a_caller")]
        indexes = [
            # Read by the round that forgets them.
            models.Index(fields=["at"], name="sent_once_by_moment"),
        ]

    def __str__(self) -> str:
        return self.name
