"""One verb for many assignments: chosen, shown, and then carried out row by row, by a worker where they are many."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives.models.directives import Assignment


class BulkChange(models.Model):
    """What was chosen; from `started_at` on what waits among its rows is to be done, whoever finds it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    verb = models.CharField(_("what"), max_length=20)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("chosen"))
    started_at = models.DateTimeField(_("started"), null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("change of many assignments")
        verbose_name_plural = _("changes of many assignments")
        ordering = ["-at", "-pk"]

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
