"""What an agency asks about an assignment, and what whoever gave the work answers."""

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives.models.directives import Assignment
from directives.models.searching import plain_words
from directives.rules.working_days import local_day

# The columns that it is found by.
SAID_IN = ("text", "answer")


class QuestionState(models.TextChoices):
    OPEN = "open", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    # Nobody answers it any more: the work ended while it waited.
    LAPSED = "lapsed", _("Lapsed")


class QuestionQuerySet(models.QuerySet["Question"]):
    def waiting(self) -> "QuestionQuerySet":
        """Those that nobody has answered, the oldest first."""
        return self.filter(state=QuestionState.OPEN).order_by("asked_at", "pk")

    def common_to(self, assignment: Assignment) -> "QuestionQuerySet":
        """Those of other agencies with a part in the same directive whose answer is for all of them."""
        others = self.filter(common=True, assignment__directive=assignment.directive_id)
        return others.exclude(assignment__agency=assignment.agency_id).order_by("-answered_at", "-pk")


class Question(models.Model):
    """It is its agency's own; where the answer is made common, everybody with a part in the directive reads both."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="questions", verbose_name=_("assignment"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    text = models.TextField(_("question"))
    state = models.CharField(_("state"), max_length=10, choices=QuestionState.choices, default=QuestionState.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    common = models.BooleanField(_("answer for all"), default=False)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    # Or when it lapsed.
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="answered", answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")
                | ~Q(state="answered") & Q(answer="", answered_by__isnull=True),
                name="answered_has_an_answer",
            ),
            models.CheckConstraint(condition=Q(common=False) | Q(state="answered"), name="only_an_answer_is_common"),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=models.F("asked_by")),
                name="who_asks_never_answers",
            ),
        ]
        indexes = [
            # Read by the desk that answers, and by its pile.
            models.Index(fields=["asked_at", "id"], name="questions_waiting", condition=Q(state="open")),
            # Read by the pages of the other agencies.
            models.Index(fields=["assignment"], name="questions_for_all", condition=Q(common=True)),
            # Read by the API's keyset pages over (moment, id), and by its search.
            models.Index(fields=["asked_at", "id"], name="questions_by_moment"),
            GinIndex(plain_words(*SAID_IN), name="questions_by_words"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}, {local_day(self.asked_at):%d/%m/%Y}"
