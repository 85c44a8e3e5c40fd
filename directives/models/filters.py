"""Filters of the desk's lists that somebody keeps under a name, for themselves alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User

LONGEST_QUERY = 1000


class SavedFilter(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="saved_filters", verbose_name=_("user"))
    # The list as the desk names it: 'directives_assignment'.
    of_list = models.CharField(max_length=80)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=LONGEST_QUERY)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "of_list", "name"], name="one_filter_of_a_name")]

    def __str__(self) -> str:
        return self.name
