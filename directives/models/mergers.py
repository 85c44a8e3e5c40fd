"""One step by which the work of agencies passed to their successor: what was moved, so that it can be taken back."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User


class Merger(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    predecessors = models.ManyToManyField(Agency, related_name="mergers", verbose_name=_("predecessors"))
    successor = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("successor"))
    on = models.DateField(_("in force from"))
    basis = models.CharField(_("basis"), max_length=250)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("carried out by"))
    at = models.DateTimeField(_("carried out"))
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("taken back by"), editable=False
    )
    undone_at = models.DateTimeField(_("taken back"), null=True, editable=False)

    class Meta:
        verbose_name = _("merger of agencies")
        verbose_name_plural = _("mergers of agencies")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="a_merger_is_taken_back_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.successor}, {self.on:%d/%m/%Y}"

    @property
    def predecessor_names(self) -> str:
        """'Bộ A, Bộ B', in the reader's language."""
        return ", ".join(agency.name for agency in self.predecessors.all())


class MergedThing(models.TextChoices):
    MOVED = "moved", _("assignments that passed to the successor")
    JOINED = "joined", _("assignments that joined work of the successor")
    OFFICE = "office", _("offices")
    KEY = "key", _("API keys")
    SUBSCRIPTION = "subscription", _("subscriptions of other systems")
    AGENCY_BELOW = "agency_below", _("agencies below")
    COMMITTEE = "committee", _("committees whose secretariat it was")
    SUCCESSION = "succession", _("entries in the register of successions")
    END = "end", _("agencies that ended")


class MergedRow(models.Model):
    """One row that a merger changed, by its id in its own table, and how it was before."""

    merger = models.ForeignKey(Merger, models.PROTECT, related_name="rows", verbose_name=_("merger of agencies"))
    thing = models.CharField(max_length=12, choices=MergedThing.choices)
    row = models.BigIntegerField()
    was = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("before"))
    # Of joined work its state, of an agency its last day; empty where nothing else is to be known.
    state = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name = _("part of a merger")
        verbose_name_plural = _("parts of a merger")
        ordering = ["merger_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["merger", "thing", "row"], name="moved_once_by_a_merger")]

    def __str__(self) -> str:
        return f"{self.thing}: {self.row}"
