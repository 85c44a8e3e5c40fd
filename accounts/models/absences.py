"""Who is away from which office, from a day to a day, and who stands in meanwhile."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


def _range(function: str, first: str, last: str, field: models.Field) -> Func:
    return Func(F(first), F(last), Value("[]"), function=function, output_field=field)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> "AbsenceQuerySet":
        """Absences that the local date `day` belongs to."""
        return self.touching(day, day)

    def touching(self, first: date, last: date) -> "AbsenceQuerySet":
        """Absences with at least one day from `first` to `last` (local dates)."""
        return self.filter(begins_on__lte=last, ends_on__gte=first)

    def from_day(self, day: date) -> "AbsenceQuerySet":
        """Absences that are not over before the local date `day`."""
        return self.filter(ends_on__gte=day)


class Absence(models.Model):
    """The days, both included, for which a colleague fills an office beside its holder.

    What has begun is never changed but in its last day, so that it can be told who acted for whom on a day.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="absences", verbose_name=_("office"))
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stands_in", verbose_name=_("substitute")
    )
    begins_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("last day away"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["begins_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="absence_ends_after_it_begins"),
            # Two ranges that meet: the same office (a range of one number, which needs no extension) and a common day.
            ExclusionConstraint(
                name="one_substitute_a_day",
                expressions=[
                    (_range("int8range", "office", "office", BigIntegerRangeField()), RangeOperators.OVERLAPS),
                    (_range("daterange", "begins_on", "ends_on", DateRangeField()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute}, {self.begins_on:%d/%m/%Y} – {self.ends_on:%d/%m/%Y}"
