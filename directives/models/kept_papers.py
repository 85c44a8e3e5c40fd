"""Papers that a worker makes: asked for once, kept with the day as of which they speak and their SHA-256."""

import uuid
from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee, User
from accounts.people import Reach, reach
from directives.models.paper_schedules import PaperSchedule


class PaperState(models.TextChoices):
    WAITING = "waiting", _("Waits to be made")
    MAKING = "making", _("Being made")
    MADE = "made", _("Made")
    REFUSED = "refused", _("Could not be made")


UNDER_WAY = (PaperState.WAITING, PaperState.MAKING)


class KeptPaperQuerySet(models.QuerySet["KeptPaper"]):
    def visible_to(self, user: User, on: date) -> "KeptPaperQuerySet":
        """The papers on whatever `user` may see on the local date `on`."""
        return self.in_reach(reach(user, on), user)

    def in_reach(self, sight: Reach, user: User) -> "KeptPaperQuerySet":
        """As `visible_to`, for the eye of `user` that reaches as far as `sight`: of a committee's work, or of an
        agency's; of what was made for one pair of eyes their own alone."""
        if sight.everything:
            return self.all()
        of_body = Q(committee_id__among=sight.committees) | Q(agency_id__among=sight.agencies)
        return self.filter(of_body, Q(private=False) | Q(by=user))

    def ready(self, now: datetime) -> "KeptPaperQuerySet":
        """Not made yet, and in no worker's hands at `now`; the oldest first."""
        dead = Q(state=PaperState.MAKING, leased_until__lt=now)
        return self.filter(Q(state=PaperState.WAITING) | dead).select_related("by").order_by("at", "pk")

    def under_way(self) -> "KeptPaperQuerySet":
        """What a worker has still to make."""
        return self.filter(state__in=UNDER_WAY)

    def for_list(self) -> "KeptPaperQuerySet":
        """With what a line of a list shows, what was asked for last first."""
        return self.select_related("committee", "agency", "by").order_by("-at", "-pk")


def kept_paper_path(paper: "KeptPaper", filename: str) -> str:
    """A random name."""
    return f"papers/{uuid.uuid4().hex}"


class KeptPaper(models.Model):
    """One paper in one kind of file. What it says is settled when it is made, and then stays."""

    # A worker that holds it says so by this state.
    IN_HANDS = PaperState.MAKING

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=30)
    # Of whose work it tells: of a committee's, or of an agency's. Who may see that may see the paper.
    committee = models.ForeignKey(Committee, models.PROTECT, null=True, related_name="+", verbose_name=_("committee"))
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("agency"))
    # What the kind has to be told, as plain texts: ids, days, periods.
    about = models.JSONField(default=dict)
    # SHA-256 of all that was asked: the same paper has the same one.
    key = models.CharField(max_length=64, editable=False)
    as_of = models.DateField(_("as of the end of"))
    form = models.CharField(_("kind of file"), max_length=5)
    language = models.CharField(_("language"), max_length=5)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked for by"))
    at = models.DateTimeField(_("asked for"))
    # Whether it is for whoever asked alone: a list that was narrowed by hand tells what that person sees.
    private = models.BooleanField(_("for whoever asked alone"), default=False)
    # By which it goes out on its day.
    schedule = models.ForeignKey(PaperSchedule, models.PROTECT, null=True, related_name="papers", editable=False)
    state = models.CharField(_("state"), max_length=10, choices=PaperState.choices, default=PaperState.WAITING)
    # How many rows of how many; of nought where nobody has counted them.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # Also the token: what a worker says of an earlier attempt is not heard.
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(_("made"), null=True)
    # What it is about, as its own head says it; and the name under which its file is handed out.
    title = models.CharField(_("what it is about"), max_length=300, blank=True)
    name = models.CharField(_("file's name"), max_length=150, blank=True)
    file = models.FileField(_("file"), upload_to=kept_paper_path, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    # Why it could not be made, still to be translated.
    sentence = models.TextField(blank=True)
    params = models.JSONField(default=dict)

    objects = KeptPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept paper")
        verbose_name_plural = _("kept papers")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "as_of"], name="schedule_makes_one_paper_a_day"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state__in=("waiting", "making")), name="paper_is_made_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(committee__isnull=False, agency__isnull=True)
                | Q(committee__isnull=True, agency__isnull=False),
                name="paper_tells_of_one_body",
            ),
            models.CheckConstraint(
                condition=Q(state="making", leased_until__isnull=False)
                | ~Q(state="making") & Q(leased_until__isnull=True),
                name="paper_is_leased_while_it_is_made",
            ),
            models.CheckConstraint(
                condition=Q(state="made", made_at__isnull=False) & ~Q(file="") & ~Q(sha256="")
                | ~Q(state="made") & Q(made_at__isnull=True, file="", sha256=""),
                name="paper_that_is_made_has_its_file",
            ),
            models.CheckConstraint(condition=Q(total=0) | Q(done__lte=F("total")), name="paper_has_no_more_than_all"),
        ]
        indexes = [
            # Read by the list of what was kept for a committee, or for an agency.
            models.Index(fields=["committee", "-at", "-id"], name="papers_of_committee"),
            models.Index(fields=["agency", "-at", "-id"], name="papers_of_agency"),
            # Read where a paper is asked for again.
            models.Index(fields=["key", "-made_at"], name="papers_asked_again", condition=Q(state="made")),
            # Read by the workers: what is not made yet.
            models.Index(fields=["at", "id"], name="papers_not_made", condition=Q(state__in=("waiting", "making"))),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.kind}.{self.form}"

    @property
    def body(self) -> Committee | Agency:
        """Of whose work it tells."""
        return self.committee or self.agency  # type: ignore[return-value] # the database holds that it is one of them

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has still to make it."""
        return self.state in UNDER_WAY
