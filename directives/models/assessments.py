"""Sets of criteria: what an agency says of itself, criterion by criterion, beside what the level above found."""

import uuid
from datetime import date
from fractions import Fraction

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee, User
from accounts.people import Reach, reach
from directives.models.indicators import Indicator, number
from directives.rules import assessing, attainment
from directives.rules.assessing import Asked, Tally, tally


class CriterionKind(models.TextChoices):
    YES_NO = assessing.Kind.YES_NO.value, _("yes or no")
    SCORED = assessing.Kind.SCORED.value, _("scored")
    INDICATOR = assessing.Kind.INDICATOR.value, _("indicator")


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    def in_reach(self, sight: Reach) -> "CriteriaSetQuerySet":
        """Those of the committees in reach, and those by which the agencies in reach assess themselves."""
        if sight.everything:
            return self
        asked = Assessment.objects.filter(agency__among=sight.agencies).values("criteria_set")
        return self.filter(Q(committee__among=sight.committees) | Q(pk__in=asked))


class CriteriaSet(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="criteria_sets", verbose_name=_("committee"))
    code = models.SlugField(_("code"), max_length=60)
    name_vi = models.CharField(_("Vietnamese name"), max_length=300)
    name_en = models.CharField(_("English name"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("set of criteria")
        verbose_name_plural = _("sets of criteria")
        ordering = ["committee_id", "code"]
        constraints = [models.UniqueConstraint(fields=["committee", "code"], name="one_set_of_criteria_per_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the active language, where it has one there."""
        return (self.name_en if get_language() == "en" else "") or self.name_vi


class Criterion(models.Model):
    """One line of a set. `enough` are the points from which a scored one counts as reached (None: the full score)."""

    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("number"))
    heading = models.CharField(_("heading"), max_length=300, blank=True)
    name_vi = models.CharField(_("Vietnamese name"), max_length=500)
    name_en = models.CharField(_("English name"), max_length=500, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=CriterionKind.choices)
    full = number(_("full score"))
    enough = number(_("reached from"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="criteria")

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["criteria_set_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "position"], name="one_criterion_at_a_position"),
            models.CheckConstraint(
                condition=Q(kind="yes_no", full=None, enough=None, indicator=None)
                | Q(kind="scored", full__isnull=False, full__gt=0, indicator=None)
                | Q(kind="indicator", full=None, enough=None, indicator__isnull=False),
                name="criterion_is_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.name}"

    @property
    def name(self) -> str:
        """In the active language, where it has one there."""
        return (self.name_en if get_language() == "en" else "") or self.name_vi

    @property
    def asked(self) -> Asked:
        """What counts as reached, as the rules know it."""
        target, direction = None, attainment.Direction.UP
        if self.indicator is not None:
            target, direction = self.indicator.target, attainment.Direction(self.indicator.direction)
        kind = assessing.Kind(self.kind)
        return Asked(kind, full=self.full, enough=self.enough, target=target, direction=direction)


class AssessmentState(models.TextChoices):
    ASKED = "asked", _("To be filled in")
    SUBMITTED = "submitted", _("Waiting for verification")
    VERIFIED = "verified", _("Verified")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: User, on: date) -> "AssessmentQuerySet":
        """Those of the agencies and committees that this person reads on the local date `on`."""
        return self.in_reach(reach(user, on))

    def in_reach(self, sight: Reach) -> "AssessmentQuerySet":
        """What exists for somebody, or for a system with a key, whose eye reaches as far as `sight`."""
        if sight.everything:
            return self
        return self.filter(Q(agency__among=sight.agencies) | Q(criteria_set__committee__among=sight.committees))

    def in_full(self) -> "AssessmentQuerySet":
        """With all that their tables show; a fixed number of queries."""
        marks = models.Prefetch("marks", Mark.objects.select_related("criterion__indicator"))
        people = ("submitted_by", "verified_by")
        return self.select_related("agency", "criteria_set__committee", *people).prefetch_related(marks)


class Assessment(models.Model):
    """What one agency says of itself by one set, as of a local date."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    criteria_set = models.ForeignKey(
        CriteriaSet, models.PROTECT, related_name="assessments", verbose_name=_("set of criteria")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="assessments", verbose_name=_("agency"))
    as_of = models.DateField(_("as of"))
    due_on = models.DateField(_("to be sent by"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=AssessmentState.choices, default=AssessmentState.ASKED)
    version = models.PositiveIntegerField(default=1, editable=False)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True)
    verified_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verified by")
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    # Why it came back.
    reason = models.TextField(_("reason"), blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-assessment")
        verbose_name_plural = _("self-assessments")
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "agency", "as_of"], name="assessed_once_for_a_day"),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("submitted_by")),
                name="who_assessed_never_verifies",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", verified_by=None)
                | Q(state="submitted", submitted_by__isnull=False, verified_by=None)
                | Q(state="verified", submitted_by__isnull=False, verified_by__isnull=False),
                name="assessment_has_who_sent_and_who_verified",
            ),
        ]
        indexes = [
            # Read by the API's keyset pages over (day, id).
            models.Index(fields=["as_of", "id"], name="assessments_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.criteria_set}, {self.agency}, {self.as_of:%d/%m/%Y}"

    @property
    def reported(self) -> Tally:
        """The total that the agency gives itself; one query unless the marks were read before."""
        return tally((mark.criterion.asked, mark.reported) for mark in self.marks.all())

    @property
    def found(self) -> Tally | None:
        """The total as verified; None while it waits for that."""
        if self.state != AssessmentState.VERIFIED:
            return None
        return tally((mark.criterion.asked, mark.verified) for mark in self.marks.all())


class Mark(models.Model):
    """What is said of one criterion: 1 or 0 for yes and no, points, or a figure; by the agency and as verified."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    reported = number(_("self-assessed"))
    verified = number(_("as verified"))
    remark = models.TextField(_("remark"), blank=True)
    # Why another was verified than the one reported.
    reason = models.TextField(_("reason for the difference"), blank=True)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="one_mark_for_a_criterion"),
            models.CheckConstraint(
                condition=Q(verified=F("reported")) | Q(verified=None) | ~Q(reason=""),
                name="another_mark_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.reported}"

    @property
    def differs(self) -> bool:
        """Whether another was verified than the one reported."""
        return self.verified is not None and self.verified != self.reported

    @property
    def is_reached(self) -> bool | None:
        """By the best that is known; None where it cannot be told."""
        known = self.verified if self.verified is not None else self.reported
        return assessing.is_reached(self.criterion.asked, None if known is None else Fraction(known))
