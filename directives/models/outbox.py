"""The outbox: one row for each message to each person by each channel; the queue of record.

A sender claims a row by a conditional update that raises `token` and sets a lease, sends with no transaction open,
and may note the outcome only while its token still holds.
"""

import uuid
from datetime import datetime

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiKey, User
from directives.models.assessments import Assessment
from directives.models.bulk import BulkChange
from directives.models.channels import Channel, channel_choices
from directives.models.directives import Assignment
from directives.models.kept_papers import KeptPaper
from directives.models.mergers import Merger
from directives.models.notices import Notice
from directives.models.questions import Question
from directives.models.searching import WithWords, plain_words
from directives.models.subscriptions import Subscription

LONGEST_REASON = 300  # characters, of why somebody gets a message or does not


class DeliveryKind(models.TextChoices):
    ASSIGNED = "assigned", _("New assignments")
    RETURNED = "returned", _("Report returned")
    EXTENSION_DECIDED = "extension_decided", _("Extension decided")
    DIGEST = "digest", _("Reminders of the day")
    ESCALATED = "escalated", _("Escalated to you")
    SUCCEEDED = "succeeded", _("Work taken over")
    CHANGED = "changed", _("Work changed")
    NUDGED = "nudged", _("Nudge by the agency above")
    AMENDED = "amended", _("Notice amended")
    ASKED = "asked", _("Question asked")
    ANSWERED = "answered", _("Question answered")
    PAPER = "paper", _("Scheduled paper")
    ASSESS = "assess", _("Self-assessment asked for")
    DISCONNECTED = "disconnected", _("Other system no longer told")
    KEY_ENDS = "key_ends", _("Key about to expire")


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    SUPERSEDED = "superseded", _("No longer needed")
    HELD = "held", _("Held back")
    DEAD = "dead", _("Could not be delivered")
    GIVEN_UP = "given_up", _("Given up")


SAID = plain_words("subject")


class DeliveryQuerySet(WithWords):
    said = SAID

    def ready(self, now: datetime) -> "DeliveryQuerySet":
        """Due to be sent at `now` and not in another sender's lease."""
        return self.filter(Q(leased_until__isnull=True) | Q(leased_until__lt=now), state="waiting", due_at__lte=now)

    def inbox(self, user: User) -> "DeliveryQuerySet":
        """In-app messages sent to `user`, the newest first."""
        return self.filter(recipient=user, channel=Channel.IN_APP, state="sent").order_by("-due_at", "-pk")

    def unread_by(self, user: User) -> "DeliveryQuerySet":
        """In-app messages that `user` has not seen."""
        return self.inbox(user).filter(seen_at=None)


class Delivery(models.Model):
    # Also the Message-ID of the mail, so that a repeat after a crash is known as the same message.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What makes writing it twice the same as once.
    key = models.CharField(max_length=200, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=DeliveryKind.choices)
    channel = models.CharField(_("channel"), max_length=10, choices=channel_choices)
    recipient = models.ForeignKey(User, models.PROTECT, related_name="deliveries", verbose_name=_("recipient"))
    # Why this person: the office held, or filled as substitute, as named when the message was planned.
    because = models.CharField(_("because"), max_length=LONGEST_REASON, blank=True)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="+", verbose_name=_("notice"))
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, related_name="deliveries", verbose_name=_("assignment")
    )
    # By which the reader's agency took work over.
    merger = models.ForeignKey(Merger, models.PROTECT, null=True, related_name="+", editable=False)
    # Of many assignments of the reader's agency at once.
    change = models.ForeignKey(BulkChange, models.PROTECT, null=True, related_name="+", editable=False)
    # By whose issue the reader's work was changed: the corrected text, or the notice that amends.
    amendment = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="+", editable=False)
    # That was asked, or answered.
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="+", editable=False)
    # That the reader's agency is asked to fill in.
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="+", editable=False)
    # That goes out by a schedule.
    paper = models.ForeignKey(KeptPaper, models.PROTECT, null=True, related_name="+", editable=False)
    # That is called no more.
    subscription = models.ForeignKey(Subscription, models.PROTECT, null=True, related_name="+", editable=False)
    # That is about to expire.
    api_key = models.ForeignKey(ApiKey, models.PROTECT, null=True, related_name="+", editable=False)
    # Of the work that a notice gives: only what recurs and was given on this local date.
    given_on = models.DateField(null=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    created_at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("to be sent at"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    token = models.PositiveIntegerField(default=0, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    seen_at = models.DateTimeField(_("seen"), null=True)
    held_reason = models.CharField(_("held back because"), max_length=LONGEST_REASON, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    body = models.TextField(_("text"), blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-due_at", "-pk"]
        indexes = [
            # Read by the senders: what waits for their channel, oldest first.
            models.Index(fields=["channel", "due_at", "id"], name="deliveries_waiting", condition=Q(state="waiting")),
            # Read by those who watch: what was given up or held back.
            models.Index(fields=["channel", "state"], name="deliveries_stuck", condition=Q(state__in=("dead", "held"))),
            # Read by the desk's list of messages.
            models.Index(fields=["-due_at", "-id"], name="deliveries_by_day"),
            # Read by the search of that list.
            GinIndex(SAID, name="deliveries_by_words"),
            # Read by the bell and by a person's list of messages.
            models.Index(fields=["recipient", "channel", "-due_at", "-id"], name="deliveries_of_person"),
            # Read by those who watch: who has not read.
            models.Index(
                fields=["recipient", "sent_at"],
                name="deliveries_unread",
                condition=Q(channel="in_app", state="sent", seen_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} → {self.recipient}"
