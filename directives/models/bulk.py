"""One verb for many assignments: chosen, shown, and then carried out row by row, by a worker where they are many."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, User
from accounts.people import Reach, reach
from directives.models.directives import Assignment


class BulkChangeQuerySet(models.QuerySet["BulkChange"]):
    def visible_to(self, user: User, on: date) -> "BulkChangeQuerySet":
        """What `user` chose, and what was carried out in the committees in reach on the local date `on`."""
        return self.in_reach(reach(user, on), user)

    def in_reach(self, sight: Reach, user: User) -> "BulkChangeQuerySet":
        """As `visible_to`, for an eye that reaches as far as `sight`; what is only chosen is its chooser's own."""
        carried_out = Q(started_at__isnull=False)
        if not sight.everything:
            through = BulkChange.committees.through.objects.filter(committee__in=sight.committees)
            carried_out &= Q(pk__in=through.values("bulkchange"))
        return self.filter(carried_out | Q(by=user))


class BulkChange(models.Model):
    """What was chosen; from `started_at` on what waits among its rows is to be done, whoever finds it.

    When nothing waits any more the agencies are told, each person once, and it has ended.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    verb = models.CharField(_("what"), max_length=20)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    started_at = models.DateTimeField(_("started"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    # What the verb asks for besides a reason: the agency (id), the new deadline, or by how many working days it moves.
    wanted = models.JSONField(default=dict)
    # How many were chosen; and, once it has ended, what became of them.
    chosen = models.PositiveIntegerField(_("assignments chosen"), default=0)
    changed = models.PositiveIntegerField(_("assignments changed"), default=0)
    refused = models.PositiveIntegerField(_("assignments refused"), default=0)
    committees = models.ManyToManyField(Committee, related_name="+", verbose_name=_("committee"))

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of many assignments")
        verbose_name_plural = _("changes of many assignments")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(started_at__isnull=False), name="change_ends_after_it_started"
            ),
        ]
        indexes = [
            # Read by the workers that end what has nothing left to do.
            models.Index(fields=["started_at"], name="bulk_changes_under_way", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.uuid}"


class RowState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    CHANGED = "changed", _("Changed")
    REFUSED = "refused", _("Refused")


class BulkRow(models.Model):
    """One assignment of a change, at the version that was shown; and what became of it."""

    change = models.ForeignKey(BulkChange, models.CASCADE, related_name="rows", verbose_name=_("change"))
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+", verbose_name=_("assignment"))
    version = models.PositiveIntegerField()
    # Of what was given to another agency: the assignment that it has now.
    heir = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="+", editable=False)
    state = models.CharField(_("state"), max_length=8, choices=RowState.choices, default=RowState.WAITING)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    # Why not, as the rules say it, still to be translated.
    sentence = models.TextField(blank=True)
    params = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("row of a change")
        verbose_name_plural = _("rows of a change")
        ordering = ["change_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "assignment"], name="assignment_is_changed_once"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(sentence=""), name="refused_row_says_why"),
        ]
        indexes = [
            # Read by the workers that look for what waits.
            models.Index(fields=["change", "id"], name="bulk_rows_that_wait", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.assignment_id}"
