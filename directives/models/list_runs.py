"""A long list of directives that a worker checks or enters, while the page tells how far it is."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives.models.intakes import IntakeState, not_read_by
from directives.models.notices import Notice


class ListStep(models.TextChoices):
    CHECK = "check", _("Check")
    ENTER = "enter", _("Entry")


class ListRunQuerySet(models.QuerySet["ListRun"]):
    def ready(self, now: datetime) -> "ListRunQuerySet":
        """Not read yet, and in no worker's hands at `now`; the oldest first."""
        return self.filter(not_read_by(now)).select_related("notice__committee", "by").order_by("at", "pk")

    def under_way(self) -> "ListRunQuerySet":
        """What a worker has still to do."""
        return self.filter(state__in=(IntakeState.WAITING, IntakeState.READING))


class ListRun(models.Model):
    """One step of one file, as somebody asked for it. The file itself lies where the desk keeps it for that person."""

    IN_HANDS = IntakeState.READING

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+", verbose_name=_("notice"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    at = models.DateTimeField(_("entered"))
    step = models.CharField(max_length=5, choices=ListStep.choices)
    name = models.CharField(_("source file's name"), max_length=200)
    sha256 = models.CharField(_("SHA-256 of the source file"), max_length=64)
    language = models.CharField(_("language"), max_length=5)
    # What its columns mean and what was answered, as the form sent it; of an entry, what the check found.
    typed = models.JSONField(default=dict)
    checked = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=IntakeState.choices, default=IntakeState.WAITING)
    # How many of how many rows.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # Also the token: what a worker says of an earlier attempt is not heard.
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(null=True, editable=False)
    # What came of it, as the page shows it; or why not, still to be translated.
    found = models.JSONField(default=dict)
    sentence = models.TextField(blank=True)
    params = models.JSONField(default=dict)

    objects = ListRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("list being read in")
        verbose_name_plural = _("lists being read in")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice"], condition=Q(state__in=("waiting", "reading")), name="one_list_at_a_time_for_a_notice"
            ),
            models.CheckConstraint(
                condition=Q(state="reading", leased_until__isnull=False)
                | ~Q(state="reading") & Q(leased_until__isnull=True),
                name="list_is_leased_while_it_is_read",
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="list_reads_no_more_than_there_is"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.uuid}"
