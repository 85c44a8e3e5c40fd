"""What comes in and is read by a worker, and what the reading proposes of a draft until a person decides."""

import uuid
from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, User
from accounts.people import reach
from directives.models.directives import Directive
from directives.models.notices import Notice, Paragraph


class IntakeState(models.TextChoices):
    WAITING = "waiting", _("Waiting to be read")
    READING = "reading", _("Being read")
    READ = "read", _("Read")
    REFUSED = "refused", _("Could not be read")


# Nothing more happens to these.
ENDED = (IntakeState.READ, IntakeState.REFUSED)


def not_read_by(now: datetime) -> Q:
    """Not read yet, and in no worker's hands at `now`."""
    return Q(state=IntakeState.WAITING) | Q(state=IntakeState.READING, leased_until__lt=now)


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, user: User, on: date) -> "IntakeQuerySet":
        """What came in for the committees whose secretariat `user` is on the local date `on`."""
        return self.filter(committee_id__in=reach(user, on).drafts_of)

    def ready(self, now: datetime) -> "IntakeQuerySet":
        """Not read yet, and in no worker's hands at `now`; the oldest first."""
        return self.filter(not_read_by(now)).order_by("at", "pk")


def intake_path(intake: "Intake", filename: str) -> str:
    """A random name: what a stranger called the file never becomes a path."""
    return f"intakes/{uuid.uuid4().hex}"


class Intake(models.Model):
    """A file on its way to a draft. Its bytes stay only until they are read or refused."""

    IN_HANDS = IntakeState.READING

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+", verbose_name=_("committee"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    at = models.DateTimeField(_("entered"))
    name = models.CharField(_("source file's name"), max_length=200)
    file = models.FileField(_("source file"), upload_to=intake_path, blank=True)
    sha256 = models.CharField(_("SHA-256 of the source file"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=IntakeState.choices, default=IntakeState.WAITING)
    # How many of how many pages; 0 of 0 where pages are not counted.
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    # Also the token: what a worker says of an earlier attempt is not heard.
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(null=True, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="+", verbose_name=_("notice"))
    # What the draft is told beside the file: which notice it "corrects", "amends" or "supersedes" (ids).
    ties = models.JSONField(default=dict)
    # Why it could not be read, as the rules say it, still to be translated; and the notice that is there already.
    sentence = models.TextField(blank=True)
    params = models.JSONField(default=dict)
    twin = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="+")
    doubts = models.JSONField(default=list)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("file to be read")
        verbose_name_plural = _("files to be read")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="reading", leased_until__isnull=False)
                | ~Q(state="reading") & Q(leased_until__isnull=True),
                name="intake_is_leased_while_it_is_read",
            ),
            models.CheckConstraint(
                condition=Q(state="read", notice__isnull=False) | ~Q(state="read") & Q(notice__isnull=True),
                name="intake_that_was_read_has_its_notice",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["read", "refused"]) | Q(file=""), name="intake_that_ended_keeps_no_file"
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="intake_reads_no_more_than_there_is"),
        ]
        indexes = [
            # Read by the workers: what is not read yet.
            models.Index(fields=["at", "id"], name="intakes_not_read", condition=Q(state__in=("waiting", "reading")))
        ]

    def __str__(self) -> str:
        return self.name


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> "ProposalQuerySet":
        """Nobody has decided yet: no directive came of it, and it was not set aside."""
        return self.filter(directive=None, set_aside=False)


class Proposal(models.Model):
    """A directive as the reading of a draft proposes it. It is none until a person takes it; it may be set aside.

    It goes with its paragraph: where the text is changed or split anew, nothing old is proposed of it.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="proposals", verbose_name=_("notice"))
    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="proposals", verbose_name=_("paragraph"))
    start = models.PositiveIntegerField(_("from character"))
    end = models.PositiveIntegerField(_("to character"))
    # Leads, coordinating agencies, deadline, product, grounds and doubts, as `rules.notice_proposals` says them.
    found = models.JSONField()
    is_sure = models.BooleanField(default=False)
    set_aside = models.BooleanField(default=False)
    directive = models.ForeignKey(Directive, models.SET_NULL, null=True, related_name="+", verbose_name=_("directive"))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="proposal_is_not_empty"),
            models.UniqueConstraint(
                fields=["directive"], condition=Q(directive__isnull=False), name="one_proposal_of_a_directive"
            ),
        ]

    def __str__(self) -> str:
        return self.notice.text[self.start : self.end][:80]
