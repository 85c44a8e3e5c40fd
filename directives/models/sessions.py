"""A committee meets: what a notice may conclude."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee


class SessionKind(models.TextChoices):
    SESSION = "session", _("Session")
    CONFERENCE = "conference", _("Conference")


class Session(models.Model):
    """A committee meets."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="sessions", verbose_name=_("committee"))
    kind = models.CharField(_("kind"), max_length=12, choices=SessionKind.choices, default=SessionKind.SESSION)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    held_on = models.DateField(_("held on"))
    title = models.CharField(_("title"), max_length=400)
    chair_title = models.CharField(_("chaired by (title)"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "kind", "held_on"], name="one_session_of_a_kind_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.held_on:%d/%m/%Y})"
