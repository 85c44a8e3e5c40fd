"""What people have chosen for their own messages: by which channels they want which kind, and what they put off."""

import uuid
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives.models.directives import Assignment
from directives.models.outbox import Channel, DeliveryKind
from directives.rules.duties import duty


class Preference(models.Model):
    """Whether somebody wants a kind of message by a channel. Without a row it is wanted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="preferences", verbose_name=_("user"))
    kind = models.CharField(_("kind"), max_length=20, choices=DeliveryKind.choices)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    wanted = models.BooleanField(_("wanted"))

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        ordering = ["user_id", "kind", "channel"]
        constraints = [models.UniqueConstraint(fields=["user", "kind", "channel"], name="one_preference_for_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind}, {self.channel}: {self.wanted}"


class Snooze(models.Model):
    """Somebody wants no courtesy reminder of an assignment until a day (included), as long as its deadline holds."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="snoozes", verbose_name=_("assignment"))
    user = models.ForeignKey(User, models.PROTECT, related_name="snoozes", verbose_name=_("user"))
    due_version = models.PositiveIntegerField(_("version of the deadline"))
    until = models.DateField(_("put off until"))
    noted_at = models.DateTimeField(_("noted"))

    class Meta:
        verbose_name = _("put-off reminder")
        verbose_name_plural = _("put-off reminders")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["assignment", "user"], name="one_snooze_for_a_person")]

    def __str__(self) -> str:
        return f"{self.user}: {self.until:%d/%m/%Y}"


class Wishes:
    """What some people do not want; what is a duty comes to them all the same."""

    def __init__(self, unwanted: Iterable[tuple[int, str, str]] = ()) -> None:
        self._unwanted = frozenset(unwanted)

    def wants(self, user_id: int, kind: str, channel: str) -> bool:
        """Whether the user gets this kind of message by this channel."""
        return bool(duty(kind, channel)) or (user_id, kind, channel) not in self._unwanted

    def channels(self, user_id: int, kind: str) -> list[str]:
        """The channels by which the user gets this kind of message."""
        return [channel for channel in Channel.values if self.wants(user_id, kind, channel)]


def wishes_of(users: Iterable[int]) -> Wishes:
    """What these users (ids) have chosen, read in one query."""
    rows = Preference.objects.filter(user__in=set(users), wanted=False)
    return Wishes(rows.values_list("user_id", "kind", "channel"))
