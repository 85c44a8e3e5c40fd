"""A target (indicator) and what was read of it; numbers are exact decimals, never floats."""

import uuid
from decimal import Decimal

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee, User
from accounts.people import Reach
from directives.models.directives import Assignment, Directive
from directives.models.kinds import Recurrence, Role
from directives.models.searching import plain_words
from directives.rules import attainment
from directives.rules.attainment import Figure
from directives.rules.deadlines import Every

# The columns that a reading is found by.
READING_SAID_IN = ("source", "reason")


class Direction(models.TextChoices):
    UP = "up", _("higher is better")
    DOWN = "down", _("lower is better")


class Bound(models.TextChoices):
    EXACT = "exact", _("exactly")
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")


def number(label: str, **options: object) -> models.DecimalField:
    """An exact figure as official reports print it: up to 14 digits before and 4 after the comma."""
    return models.DecimalField(label, max_digits=18, decimal_places=4, null=True, blank=True, **options)


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def in_reach(self, sight: Reach) -> "IndicatorQuerySet":
        """Those of the committees in reach, and those that the agencies in reach give figures of."""
        if sight.everything:
            return self
        return self.filter(Q(committee__among=sight.committees) | Q(reported_by__among=sight.agencies))


class Indicator(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="indicators", verbose_name=_("committee"))
    directive = models.ForeignKey(
        Directive, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name=_("directive")
    )
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    code = models.SlugField(_("code"), max_length=60)
    name_vi = models.CharField(_("Vietnamese name"), max_length=300)
    name_en = models.CharField(_("English name"), max_length=300, blank=True)
    unit = models.CharField(_("unit"), max_length=60)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction.choices, default=Direction.UP)
    baseline = number(_("baseline"))
    baseline_on = models.DateField(_("baseline as of"), null=True, blank=True)
    target = number(_("target"))
    due_on = models.DateField(_("target date"), null=True, blank=True)
    reported_by = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name=_("reported by")
    )
    # How often its figure is given.
    frequency = models.CharField(
        _("how often"), max_length=12, choices=Recurrence.choices, default=Recurrence.ONCE, blank=True
    )
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["committee_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "code"], name="one_indicator_per_code"),
        ]
        indexes = [
            # Read by the API's keyset pages over (code, id) and (target date, id).
            models.Index(fields=["code", "id"], name="indicators_by_code"),
            models.Index(fields=["due_on", "id"], name="indicators_by_target_date"),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def name(self) -> str:
        """In the active language, where it has one there."""
        return (self.name_en if get_language() == "en" else "") or self.name_vi

    @property
    def in_percent(self) -> bool:
        """Whether its figures are shares in per cent, whose numerator and denominator are counted in something else."""
        return self.unit.strip().startswith(("%", "phần trăm"))

    @property
    def every(self) -> Every | None:
        """How often its figure is given; None where no rhythm is set."""
        return Every(self.frequency) if self.frequency else None

    def is_asked_of(self, assignment: Assignment) -> bool:
        """Whether the assignment's agency gives its figure in reports: it is of that directive, and names the agency
        or nobody, then whoever answers for the work. Inner work has none: indicators are the committee's."""
        if self.directive_id != assignment.directive_id or assignment.directive.given_by_id is not None:
            return False
        if self.reported_by_id is None:
            return assignment.role != Role.COORDINATING
        return self.reported_by_id == assignment.agency_id


OF_ALL = Q(agency=None) | Q(agency=F("indicator__reported_by")) | Q(report__assignment__role=Role.LEAD)


class ReadingQuerySet(models.QuerySet["Reading"]):
    def of_all(self) -> "ReadingQuerySet":
        """Those that speak for their target as a whole: of nobody apart, of who reports it, or in the lead's report.

        What one of many agencies reports of its own share is not the figure of all.
        """
        return self.filter(OF_ALL)

    def in_reach(self, sight: Reach) -> "ReadingQuerySet":
        """All of the committees in reach; of agencies what they gave themselves, and what speaks for their targets."""
        if sight.everything:
            return self
        theirs = Q(indicator__reported_by__among=sight.agencies) & OF_ALL
        return self.filter(Q(indicator__committee__among=sight.committees) | Q(agency__among=sight.agencies) | theirs)


class Reading(models.Model):
    """The figure on a day: a value, or numerator and denominator; as reported and, later, as verified."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="readings", verbose_name=_("indicator"))
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="readings", verbose_name=_("agency")
    )
    as_of = models.DateField(_("as of"))
    bound = models.CharField(_("bound"), max_length=8, choices=Bound.choices, default=Bound.EXACT)
    value = number(_("value as reported"))
    numerator = number(_("numerator"))
    denominator = number(_("denominator"))
    verified_value = number(_("value as verified"))
    verified_numerator = number(_("numerator as verified"))
    verified_denominator = number(_("denominator as verified"))
    verified_bound = models.CharField(_("bound as verified"), max_length=8, choices=Bound.choices, blank=True)
    source = models.CharField(_("source"), max_length=300)
    # The agency's own report that gave it.
    report = models.ForeignKey(
        "Report",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="readings",
        verbose_name=_("report"),
    )
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("reported by"))
    at = models.DateTimeField(_("reported"))
    verified_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verified by")
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    # Why another figure was verified than the one reported.
    reason = models.TextField(_("reason for the difference"), blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False)
                | Q(numerator__isnull=False, denominator__isnull=False, denominator__gt=0),
                name="reading_has_a_figure",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=False)
                | Q(verified_value=None, verified_numerator=None, verified_denominator=None, verified_at=None),
                name="verified_figure_has_a_verifier",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("by")),
                name="nobody_verifies_the_own_reading",
            ),
            models.UniqueConstraint(
                fields=["indicator", "agency", "as_of"],
                condition=Q(report=None),
                nulls_distinct=False,
                name="one_reading_a_day",
            ),
            # Two reports of one day are two readings, of which the later holds.
            models.UniqueConstraint(fields=["report", "indicator"], name="one_reading_for_a_report"),
        ]
        indexes = [
            # Read by the API's keyset pages over (day, id).
            models.Index(fields=["as_of", "id"], name="readings_by_day"),
            # Read by its search.
            GinIndex(plain_words(*READING_SAID_IN), name="readings_by_words"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.as_of:%d/%m/%Y}"

    @property
    def reported(self) -> Figure:
        """The figure as it was given."""
        return _figure(self.value, self.numerator, self.denominator, self.bound)

    @property
    def verified(self) -> Figure | None:
        """The figure that was found; None while nobody has looked."""
        if self.verified_by_id is None:
            return None
        bound = self.verified_bound or self.bound
        return _figure(self.verified_value, self.verified_numerator, self.verified_denominator, bound)

    @property
    def figure(self) -> Figure:
        """The best that is known: as verified, else as reported."""
        return self.verified or self.reported


def _figure(value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None, bound: str) -> Figure:
    return Figure(value, numerator, denominator, attainment.Bound(bound))
