"""The private address of somebody's calendar of deadlines: whoever knows it may read it, so it is kept as a hash."""

import secrets
import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from accounts.models.keys import key_hash
from accounts.models.people import User

# Each reading uses up a minute, and nobody may be further ahead of the clock than this.
COST = timedelta(minutes=1)
AHEAD = timedelta(minutes=20)


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def live(self) -> "CalendarFeedQuerySet":
        """Those that nobody has revoked."""
        return self.filter(revoked_at=None)

    def opened_by(self, secret: str) -> "CalendarFeed | None":
        """The live one whose secret this is, with its person; None where there is none or the account is closed.

        Found by its hash, whose letters nobody can choose: how long the search takes tells nothing.
        """
        found = self.live().filter(secret_hash=key_hash(secret), user__is_active=True)
        return found.select_related("user").first()

    def note_reading(self, feed: "CalendarFeed", now: datetime) -> bool:
        """Note that it is read; False where it was read too often of late, and then nothing is noted."""
        allowed = self.filter(pk=feed.pk, spent_until__lte=now + AHEAD)
        return allowed.update(read_at=now, spent_until=Greatest(F("spent_until"), now) + COST) == 1


class CalendarFeed(models.Model):
    """One for a person at a time; a new one revokes the one before. What it shows follows the person's offices."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="calendar_feeds", verbose_name=_("user"))
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    # Up to when its readings have used up the time (see `COST`).
    spent_until = models.DateTimeField(editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="one_live_calendar_feed")
        ]

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def open(cls, user: User, now: datetime) -> tuple["CalendarFeed", str]:
        """Make one and return it with its secret of 256 bits, which nothing can show again."""
        secret = secrets.token_urlsafe(32)
        return cls.objects.create(user=user, secret_hash=key_hash(secret), made_at=now, spent_until=now), secret
