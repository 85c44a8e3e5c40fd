"""What people have chosen for their own messages: by which channels they want which kind, and what they put off."""

import uuid
from collections.abc import Collection, Iterable

from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from accounts.models import MessengerAddress, User
from directives.models.channels import Channel, channel_choices, channel_names
from directives.models.directives import Assignment
from directives.models.outbox import DeliveryKind
from directives.rules.duties import duty


class Preference(models.Model):
    """Whether somebody wants a kind of message by a channel. Without a row it is wanted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="preferences", verbose_name=_("user"))
    kind = models.CharField(_("kind"), max_length=20, choices=DeliveryKind.choices)
    channel = models.CharField(_("channel"), max_length=10, choices=channel_choices)
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


NO_KIND = ""


class Wishes:
    """What some people do not want; what is a duty comes to them all the same. And who is reached by messenger."""

    def __init__(self, unwanted: Iterable[tuple[int, str, str]] = (), *, by_messenger: Collection[int] = ()) -> None:
        self._unwanted = frozenset(unwanted)
        self._by_messenger = frozenset(by_messenger)

    def reach(self, user_id: int, channel: str) -> bool:
        """Whether the user can be reached by this channel at all."""
        return channel != Channel.MESSENGER or user_id in self._by_messenger

    def wants(self, user_id: int, kind: str, channel: str) -> bool:
        """Whether the user gets this kind of message by this channel."""
        wanted = bool(duty(kind, channel)) or (user_id, kind, channel) not in self._unwanted
        return wanted and self.reach(user_id, channel)

    def channels(self, user_id: int, kind: str) -> list[str]:
        """The channels by which the user gets this kind of message."""
        return [channel for channel in channel_names() if self.wants(user_id, kind, channel)]


def wishes_of(users: Iterable[int]) -> Wishes:
    """What these users (ids) have chosen, and by what they are reached, read in one query."""
    known = set(users)
    unwanted = Preference.objects.filter(user__in=known, wanted=False).order_by()
    reached = MessengerAddress.objects.filter(user__in=known).order_by()
    rows = unwanted.values_list("user_id", "kind", "channel").union(
        reached.values_list("user_id", Value(NO_KIND), Value(Channel.MESSENGER))
    )
    found = list(rows)
    by_messenger = [user_id for user_id, kind, _channel in found if kind == NO_KIND]
    return Wishes((row for row in found if row[1] != NO_KIND), by_messenger=by_messenger)
