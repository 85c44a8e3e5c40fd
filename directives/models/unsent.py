"""What somebody has written for an act and not sent yet: each person's own, and nobody's history."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives.models.directives import Assignment


class Unsent(models.Model):
    """The fields of one form as they were typed, right or wrong; files are not among them."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="unsent", verbose_name=_("assignment"))
    user = models.ForeignKey(User, models.PROTECT, related_name="unsent", verbose_name=_("user"))
    verb = models.CharField(max_length=20)
    # Field -> what stands in it.
    words = models.JSONField(default=dict)
    # Each window says which version it has read, so that two windows do not overwrite one another.
    version = models.PositiveIntegerField(_("version"), default=1)
    kept_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("unsent text")
        verbose_name_plural = _("unsent texts")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["assignment", "verb", "user"], name="one_unsent_for_an_act")]
        # For the duty that throws away what nobody sent for months.
        indexes = [models.Index(fields=["kept_at"], name="unsent_forgotten")]

    def __str__(self) -> str:
        return f"{self.user}: {self.verb}"
