"""Papers that go out by themselves: which, on which days, and to whom among the people of a committee or an agency."""

import uuid
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee, User
from directives.models.sessions import Session
from directives.rules.paper_days import Rhythm, When


class RhythmChoice(models.TextChoices):
    WEEKLY = Rhythm.WEEKLY.value, _("Each week")
    MONTHLY = Rhythm.MONTHLY.value, _("Each month")
    SESSION = Rhythm.SESSION.value, _("Before a session")


class ScheduleState(models.TextChoices):
    ACTIVE = "active", _("Goes out")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


class PaperScheduleQuerySet(models.QuerySet["PaperSchedule"]):
    def of(self, *, committees: frozenset[int], agencies: frozenset[int]) -> "PaperScheduleQuerySet":
        """Those of these bodies (ids)."""
        return self.filter(Q(committee__in=committees) | Q(agency__in=agencies))

    def with_days(self, today: date) -> "PaperScheduleQuerySet":
        """With the days of sessions from the local date `today` on, and the last day of which there is a paper."""
        held = Session.objects.filter(committee=OuterRef("committee"), held_on__gte=today).order_by("held_on")
        days = ArraySubquery(held.values("held_on"))
        return self.annotate(days_of_sessions=days, last_on=Max("papers__as_of"))


class PaperSchedule(models.Model):
    """One paper that goes out again and again. What each day made of it are kept papers."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("paper"), max_length=30)
    committee = models.ForeignKey(Committee, models.PROTECT, null=True, related_name="+", verbose_name=_("committee"))
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("agency"))
    form = models.CharField(_("kind of file"), max_length=5)
    language = models.CharField(_("language"), max_length=5)
    rhythm = models.CharField(_("goes out"), max_length=10, choices=RhythmChoice.choices)
    # Which weekday (1 is Monday), which day of the month, or how many working days before a session.
    number = models.PositiveSmallIntegerField(_("day"))
    hour = models.PositiveSmallIntegerField(_("at (full hour)"))
    recipients = models.ManyToManyField(User, related_name="+", verbose_name=_("recipients"))
    state = models.CharField(_("state"), max_length=10, choices=ScheduleState.choices, default=ScheduleState.ACTIVE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set up by"))
    at = models.DateTimeField(_("set up"))
    # Days before that moment are not made up for: when it was set up, last changed, or let go on.
    counts_from = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = PaperScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheduled paper")
        verbose_name_plural = _("scheduled papers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(committee__isnull=False, agency__isnull=True)
                | Q(committee__isnull=True, agency__isnull=False),
                name="schedule_is_of_one_body",
            ),
            models.CheckConstraint(condition=Q(hour__lte=23), name="schedule_has_an_hour_of_the_day"),
            models.CheckConstraint(
                condition=Q(rhythm="weekly", number__range=(1, 5))
                | Q(rhythm="monthly", number__range=(1, 31))
                | Q(rhythm="session", number__lte=30, committee__isnull=False),
                name="schedule_has_a_day_that_comes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.rhythm} {self.number}"

    @property
    def body(self) -> Committee | Agency:
        """Whose schedule it is."""
        return self.committee or self.agency  # type: ignore[return-value] # the database holds that it is one of them

    @property
    def when(self) -> When:
        """On which days, at which hour."""
        return When(Rhythm(self.rhythm), self.number, self.hour)
