"""What the senders remember together: that sending is on hold, how fast a channel may go, and when who last looked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.models.channels import channel_choices
from directives.models.outbox import LONGEST_REASON


class SendingHold(models.Model):
    """A time in which nothing leaves, such as the day after a restore; open until somebody releases it."""

    since = models.DateTimeField(_("since"))
    who = models.CharField(_("who"), max_length=200)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON)
    released_at = models.DateTimeField(_("released"), null=True)
    released_by = models.CharField(_("released by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("hold on sending")
        verbose_name_plural = _("holds on sending")
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["released_at"], condition=Q(released_at=None), nulls_distinct=False, name="one_open_hold"
            )
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.reason}"


class Pace(models.Model):
    """How far ahead of the clock the messages of a channel with a rate have run; one row for each channel."""

    channel = models.CharField(max_length=10, choices=channel_choices, primary_key=True)
    spent_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.channel}: {self.spent_until}"


class Tick(models.Model):
    """When a duty was last looked at, by whichever worker."""

    duty = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.duty}: {self.at}"
