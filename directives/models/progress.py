"""What agencies answer: reports with their evidence, and requests for more time."""

import uuid
from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from operator import or_
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.people import Reach
from directives.models.directives import Assignment
from directives.models.indicators import Reading, number
from directives.models.questions import Question
from directives.models.searching import plain_words
from directives.rules.working_days import local_day

# The columns that they are found by.
REPORT_SAID_IN = ("text", "difficulties", "asks", "product_ref", "reason")
EXTENSION_SAID_IN = ("reason", "decision_reason")


class ReportKind(models.TextChoices):
    PROGRESS = "progress", _("Progress report")
    HAND_IN = "hand_in", _("Completion report")


class ReportState(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    VERIFIED = "verified", _("Verified")
    RETURNED = "returned", _("Returned")
    # Nobody verifies it any more: the work was withdrawn while it waited.
    LAPSED = "lapsed", _("Lapsed")


class ReportQuerySet(models.QuerySet["Report"]):
    def returned(self) -> "ReportQuerySet":
        """Those that came back with a reason, the latest first."""
        return self.filter(state=ReportState.RETURNED).order_by("-decided_at", "-pk")

    def last_returns(self, assignments: Iterable[Assignment]) -> "dict[int, Report]":
        """Why each of these assignments (its id) came back the last time, where it ever did; one query."""
        found = self.returned().filter(assignment__in=[row.pk for row in assignments])
        return {report.assignment_id: report for report in reversed(found)}

    def in_full(self) -> "ReportQuerySet":
        """With who wrote and decided, with their files and figures."""
        return self.select_related("by", "decided_by").prefetch_related("attachments", "readings__indicator")


class Report(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reports", verbose_name=_("assignment"))
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind.choices)
    text = models.TextField(_("what was done"))
    percent = models.PositiveSmallIntegerField(_("percent done"), null=True, blank=True)
    difficulties = models.TextField(_("difficulties"), blank=True)
    asks = models.TextField(_("what is asked of the level above"), blank=True)
    product_ref = models.CharField(_("number of the product's document"), max_length=200, blank=True)
    # What the agency says it reached, and what the secretariat found: two figures, neither written over the other.
    figure = number(_("figure as reported"))
    unit = models.CharField(_("unit"), max_length=60, blank=True, default="")
    verified_figure = number(_("figure as verified"))
    state = models.CharField(_("state"), max_length=10, choices=ReportState.choices, default=ReportState.SUBMITTED)
    by = models.ForeignKey(User, models.PROTECT, related_name="reports", verbose_name=_("reported by"))
    at = models.DateTimeField(_("reported"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    # Who has taken note of what is asked of the level above.
    asks_seen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    asks_seen_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="percent_at_most_100"),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(reason=""), name="returned_report_has_a_reason"),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(kind="hand_in", state="submitted"),
                name="one_hand_in_waits_for_verification",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("by")),
                name="who_handed_in_never_decides",
            ),
            models.CheckConstraint(
                condition=Q(verified_figure__isnull=True) | Q(figure__isnull=False, state="verified"),
                name="only_a_reported_figure_is_verified",
            ),
        ]
        indexes = [
            # Read by the desk's pile of what is asked of the level above.
            models.Index(fields=["at", "id"], name="reports_that_ask", condition=~Q(asks="") & Q(asks_seen_at=None)),
            # Read by the API's keyset pages over (moment, id).
            models.Index(fields=["at", "id"], name="reports_by_moment"),
            # Read by its search.
            GinIndex(plain_words(*REPORT_SAID_IN), name="reports_by_words"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {local_day(self.at):%d/%m/%Y}"

    @property
    def figures(self) -> dict[UUID, Decimal | None]:
        """By indicator (uuid) the figures that it gives."""
        return {reading.indicator.uuid: reading.value for reading in self.readings.select_related("indicator")}

    @property
    def difference(self) -> Decimal | None:
        """By how much the verified figure is above the reported one; None while either is missing."""
        if self.figure is None or self.verified_figure is None:
            return None
        return self.verified_figure - self.figure


class ExtensionState(models.TextChoices):
    OPEN = "open", _("Waiting for decision")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    # Nobody decides on it any more: the work ended while it waited.
    LAPSED = "lapsed", _("Lapsed")


class ExtensionRequestQuerySet(models.QuerySet["ExtensionRequest"]):
    def decided(self) -> "ExtensionRequestQuerySet":
        """Granted or refused, the latest first."""
        rows = self.filter(state__in=(ExtensionState.GRANTED, ExtensionState.REFUSED))
        return rows.order_by("-decided_at", "-pk")


class ExtensionRequest(models.Model):
    """An agency asks for more time; the level that set the date decides, never the asker."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="extensions", verbose_name=_("assignment"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    due_on_then = models.DateField(_("deadline when asked"))
    asked_due_on = models.DateField(_("asked for"))
    reason = models.TextField(_("reason"))
    state = models.CharField(_("state"), max_length=10, choices=ExtensionState.choices, default=ExtensionState.OPEN)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    granted_due_on = models.DateField(_("granted until"), null=True, blank=True)

    objects = ExtensionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension request")
        verbose_name_plural = _("extension requests")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state="open"), name="one_open_extension_request"
            ),
            models.CheckConstraint(
                condition=Q(asked_due_on__gt=models.F("due_on_then")), name="extension_asks_for_a_later_date"
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(granted_due_on__isnull=False), name="granted_extension_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="asker_never_decides",
            ),
        ]
        indexes = [
            # Read by the API's keyset pages over (moment, id).
            models.Index(fields=["asked_at", "id"], name="extensions_by_moment"),
            # Read by its search.
            GinIndex(plain_words(*EXTENSION_SAID_IN), name="extensions_by_words"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} → {self.asked_due_on:%d/%m/%Y}"


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """A random name: what a stranger called the file never becomes a path."""
    return f"attachments/{uuid.uuid4().hex}"


# Of what an attachment is; of exactly one of them.
OWNERS = ("report", "extension", "question", "answer", "declined", "reading")
# Of these by their assignment.
OF_WORK = ("report", "extension", "question", "answer")


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def of(self, assignments: models.QuerySet[Assignment]) -> "AttachmentQuerySet":
        """The files of these assignments; and those of answers for all that have a part in their directives."""
        seen = assignments.order_by().values("pk")
        mine = [Q(declined__in=seen)]
        mine += [Q(**{f"{owner}__assignment__in": seen}) for owner in OF_WORK]
        directives = assignments.order_by().values("directive")
        return self.filter(reduce(or_, mine) | Q(answer__common=True, answer__assignment__directive__in=directives))

    def of_readings(self, sight: Reach) -> "AttachmentQuerySet":
        """The source files of the readings within somebody's reach: of a committee's targets, of an agency's own."""
        rows = self.filter(reading__isnull=False)
        if sight.everything:
            return rows
        mine = Q(reading__agency__among=sight.agencies)
        return rows.filter(Q(reading__indicator__committee__among=sight.committees) | mine)


class Attachment(models.Model):
    """An evidence file or letter; of a report, a request for more time, a question, its answer, a refused work, or the
    source of a reading."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="attachments")
    extension = models.ForeignKey(ExtensionRequest, models.PROTECT, null=True, related_name="attachments")
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="attachments")
    answer = models.ForeignKey(Question, models.PROTECT, null=True, related_name="answer_files")
    # With which its agency declined it.
    declined = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="decline_files")
    reading = models.ForeignKey(Reading, models.PROTECT, null=True, related_name="files")
    file = models.FileField(_("file"), upload_to=attachment_path)
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=120)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, (Q(**{f"{one}__isnull": one != mine for one in OWNERS}) for mine in OWNERS)),
                name="attachment_belongs_to_one",
            )
        ]

    def __str__(self) -> str:
        return self.name
