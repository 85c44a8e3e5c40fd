"""The working calendar as rows: holidays and swapped days, each with the decision that set it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.rules.counting import NamedDay
from directives.rules.working_days import Calendar


class DayKind(models.TextChoices):
    HOLIDAY = "holiday", _("Holiday")
    SWAPPED_OFF = "swapped_off", _("Day off, worked on another day")
    SWAPPED_WORKING = "swapped_working", _("Working day in exchange")


class CalendarDay(models.Model):
    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=DayKind.choices)
    name = models.CharField(_("name"), max_length=200)
    decision = models.CharField(_("decision"), max_length=200, blank=True)
    confirmed = models.BooleanField(_("officially announced"), default=True)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


def load_calendar() -> Calendar:
    """The calendar as it stands now, in one query; read it once for each piece of work, since people edit it."""
    days = list(CalendarDay.objects.values_list("day", "kind"))
    return Calendar(
        off=frozenset(day for day, kind in days if kind != DayKind.SWAPPED_WORKING),
        working=frozenset(day for day, kind in days if kind == DayKind.SWAPPED_WORKING),
    )


def named_days() -> list[NamedDay]:
    """The same days with their names, by which a count is explained."""
    days = CalendarDay.objects.values_list("day", "kind", "name")
    return [NamedDay(day, name, working=kind == DayKind.SWAPPED_WORKING) for day, kind, name in days]
