"""A directive quotes its sentence of the notice; an assignment is one agency's duty with one deadline."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyGroup, Committee, User
from accounts.people import Reach, reach
from directives.models.kinds import DeadlineKind, Recurrence, Role
from directives.models.need import LISTS, NEED, NEXT_ON, ByNeed
from directives.models.notices import PUBLISHED, Notice, NoticeState, Paragraph
from directives.models.periods import DayOffShift, period_name, rhythm_name
from directives.models.searching import FoundByWords
from directives.models.standing import standing_on
from directives.rules.deadlines import Every, Kind
from directives.rules.lifecycle import LIVE, OPEN, WORKING, State
from directives.rules.recurrence import Rhythm, Shift


class DirectiveQuerySet(FoundByWords):
    def visible_to(self, user: User, on: date) -> "DirectiveQuerySet":
        """The directives of the notices in reach; of a notice, agencies see those that they have a part in."""
        return self.in_reach(reach(user, on))

    def in_reach(self, sight: Reach) -> "DirectiveQuerySet":
        """What exists for somebody, or for a system with a key, whose eye reaches as far as `sight`."""
        drafts = Q(notice__state=NoticeState.DRAFT, notice__committee_id__among=sight.drafts_of)
        if sight.everything:
            return self.filter(Q(notice__state__in=PUBLISHED) | drafts)
        return self.filter(drafts | self._in_reach(sight.committees, sight.agencies))

    def within(self, *, agencies: frozenset[int], committees: frozenset[int]) -> "DirectiveQuerySet":
        """Directives of issued notices of these committees, or with a part for these agencies (ids)."""
        return self.filter(self._in_reach(committees, agencies))

    @staticmethod
    def _in_reach(committees: frozenset[int], agencies: frozenset[int]) -> Q:
        mine = Q(notice__committee__among=committees, given_by=None)
        if agencies:
            mine |= Q(pk__in=Assignment.objects.filter(agency_id__among=agencies).values("directive_id"))
        return Q(notice__state__in=PUBLISHED) & mine


class Directive(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="directives", verbose_name=_("notice"))
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="directives", verbose_name=_("paragraph")
    )
    position = models.PositiveIntegerField(_("position"))
    quote = models.TextField(_("sentence of the notice"))
    quote_start = models.PositiveIntegerField(_("from character"))
    quote_end = models.PositiveIntegerField(_("to character"))
    quote_hash = models.CharField(max_length=64, editable=False)
    # In which version of the notice's text the sentence stands; an earlier one: it stands in the present one no more.
    edition = models.PositiveSmallIntegerField(default=1, db_default=1, editable=False)
    wording = models.TextField(_("wording"))
    product = models.CharField(_("product expected"), max_length=400, blank=True)
    field = models.CharField(_("field"), max_length=120, blank=True)
    decided_by = models.CharField(_("who decides"), max_length=250, blank=True)
    recurrence = models.CharField(
        _("recurrence"), max_length=12, choices=Recurrence.choices, blank=True, default=Recurrence.ONCE
    )
    # Of the week (1 is Monday), else of the period's last month; empty: Friday, or the month's last day.
    recurrence_day = models.PositiveSmallIntegerField(_("due on day"), null=True, blank=True)
    recurrence_month = models.PositiveSmallIntegerField(_("of month (each year)"), null=True, blank=True)
    recurrence_shift = models.CharField(
        _("on a day off"), max_length=6, choices=DayOffShift.choices, default=DayOffShift.BEFORE
    )
    recurs_until = models.DateField(_("recurs until"), null=True, blank=True)
    # A hint: the next local date on which there may be one more period to give out.
    next_period_on = models.DateField(null=True, blank=True, editable=False)
    deadline_text = models.CharField(_("deadline as written"), max_length=300, blank=True)
    deadline_kind = models.CharField(
        _("kind of deadline"), max_length=16, choices=DeadlineKind.choices, default=DeadlineKind.NONE
    )
    due_on = models.DateField(_("deadline"), null=True, blank=True)
    review_on = models.DateField(_("review date"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    external_ref = models.CharField(
        _("reference in another system"), max_length=120, blank=True, default="", db_default=""
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    handed_down_from = models.ForeignKey(
        "Assignment", models.PROTECT, null=True, blank=True, related_name="handed_down", verbose_name=_("part of")
    )
    # The agency that handed it down: its own inner work. Empty: the notice's committee gives it.
    given_by = models.ForeignKey(Agency, models.PROTECT, null=True, editable=False, related_name="directives_given")
    # The directive of an earlier notice whose open work goes on by the words of this one.
    continues = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="continued_by")

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("directive")
        verbose_name_plural = _("directives")
        ordering = ["notice_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "position"], name="one_directive_at_a_position"),
            models.UniqueConstraint(
                fields=["notice", "external_ref"], condition=~Q(external_ref=""), name="one_directive_per_external_ref"
            ),
            models.CheckConstraint(condition=Q(quote_end__gt=F("quote_start")), name="directive_quotes_something"),
            models.CheckConstraint(
                condition=Q(given_by=None) | Q(handed_down_from__isnull=False), name="handed_down_from_something"
            ),
            models.CheckConstraint(
                condition=Q(deadline_kind__in=[Kind.DATE, Kind.PERIOD]) & Q(due_on__isnull=False)
                | Q(deadline_kind__in=[Kind.URGENT_UNDATED, Kind.ONGOING, Kind.NONE]) & Q(due_on__isnull=True)
                | Q(deadline_kind__in=[Kind.RELATIVE, Kind.RECURRING]),
                name="deadline_date_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(recurrence="") | Q(deadline_kind=Kind.RECURRING, due_on__isnull=True),
                name="recurring_work_is_due_in_its_periods",
            ),
            models.CheckConstraint(
                condition=Q(recurrence_day__gte=1, recurrence_day__lte=31), name="recurs_on_a_day_of_the_month"
            ),
            models.CheckConstraint(
                condition=Q(recurrence_month__gte=1, recurrence_month__lte=12), name="recurs_in_a_month"
            ),
        ]
        indexes = [
            # Read by the tick that gives out the next periods.
            models.Index(
                fields=["next_period_on"], name="directives_to_go_on", condition=Q(next_period_on__isnull=False)
            ),
            # Read by the API's keyset pages over (deadline, id).
            models.Index(fields=["due_on", "id"], name="directives_by_due_date"),
            # Read by figures and briefings, which tell spans apart by notice and field.
            models.Index(fields=["id"], include=["notice", "field"], name="directives_of_figures"),
        ]

    def __str__(self) -> str:
        return self.wording if len(self.wording) <= 90 else f"{self.wording[:89]}…"

    @property
    def giver(self) -> Agency | Committee:
        """Who gave it, and so verifies, gives more time and takes it back: the committee, or the agency above."""
        return self.given_by or self.notice.committee

    @property
    def place(self) -> str:
        """'2 – 369/TB-VPCP': its number in the notice, and the notice's."""
        return f"{self.position} – {self.notice}"

    @property
    def rhythm_name(self) -> str:
        """'Hằng tháng, ngày 25'; empty where it does not recur."""
        return rhythm_name(self.rhythm) if self.rhythm else ""

    @property
    def rhythm(self) -> Rhythm | None:
        """How it recurs; None where it is to be done once."""
        if not self.recurrence:
            return None
        shift = Shift(self.recurrence_shift)
        return Rhythm(Every(self.recurrence), self.recurrence_day, self.recurrence_month, shift)


class AssignmentQuerySet(ByNeed):
    def visible_to(self, user: User, on: date) -> "AssignmentQuerySet":
        """The assignments in reach of `user` on the local date `on`: own agency and below, or own committee."""
        return self.in_reach(reach(user, on))

    def in_reach(self, sight: Reach) -> "AssignmentQuerySet":
        """What exists for somebody, or for a system with a key, whose eye reaches as far as `sight`."""
        if sight.everything:
            return self.all()
        return self.within(agencies=sight.agencies, committees=sight.committees)

    def within(self, *, agencies: frozenset[int], committees: frozenset[int]) -> "AssignmentQuerySet":
        """Assignments of these agencies, or that these committees gave (ids)."""
        return self.filter(Q(agency_id__among=agencies) | Q(committee_id__among=committees))

    def live(self) -> "AssignmentQuerySet":
        """Neither declined, withdrawn nor reassigned."""
        return self.filter(state__in=LIVE)

    def open(self) -> "AssignmentQuerySet":
        """Live and not done."""
        return self.filter(state__in=OPEN)

    def counted(self) -> "AssignmentQuerySet":
        """What the official cells count: live lead and share; coordinating is apart."""
        return self.live().exclude(role=Role.COORDINATING)

    def with_standing(self, today: date, soon_until: date) -> "AssignmentQuerySet":
        """Annotate `standing`: the SQL twin of `rules.standing.standing`, held to it by a test."""
        return self.annotate(standing=standing_on(today, soon_until))

    def for_list(self) -> "AssignmentQuerySet":
        """With what a line of a list shows, in one query; the notice's whole text stays where it is."""
        with_it = ("directive__notice__committee", "directive__paragraph", "directive__given_by")
        rows = self.select_related("agency", "group", *with_it)
        return rows.defer("directive__notice__text")


class Assignment(models.Model):
    """One agency's duty with one deadline. State is stored; standing is asked (`with_standing`)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="assignments", verbose_name=_("directive"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="assignments", verbose_name=_("agency"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    group = models.ForeignKey(
        AgencyGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("as member of")
    )
    # In whose figures it counts: the committee that gave it, none where an agency handed it down. Kept by the database.
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    # The empty string where the directive does not recur, never NULL: NULLs are not equal in a unique key.
    period = models.CharField(_("period"), max_length=20, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=12, choices=[(s.value, _(s.label)) for s in State], default=State.ASSIGNED
    )
    original_due_on = models.DateField(_("original deadline"), null=True, blank=True)
    due_on = models.DateField(_("deadline"), null=True, blank=True)
    # Raised whenever the ladder starts to count anew: the date moved, or a report came back past its date.
    due_version = models.PositiveIntegerField(default=1, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    assigned_on = models.DateField(_("assigned on"))
    handed_in_on = models.DateField(_("handed in on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    redo_by = models.DateField(_("to be redone by"), null=True, blank=True)
    # The local date from which the ladder counts: assigned, date moved, returned or resumed.
    armed_on = models.DateField(_("ladder armed on"), editable=False)
    # Where it was armed anew since: the day of the first time, since when the agency knows of the work.
    first_armed_on = models.DateField(null=True, blank=True, editable=False)
    # What it was before it was suspended, so that resuming goes back there.
    resume_to = models.CharField(max_length=12, blank=True, default="", editable=False)
    # Withdrawn because its period came to lie after the directive's last day: it comes again if that day is moved on.
    past_the_end = models.BooleanField(default=False, db_default=False, editable=False)
    # A hint for the daily round: the next local date on which the ladder has something to say.
    look_on = models.DateField(_("ladder looks again on"), null=True, blank=True, editable=False)
    # Its place in the agency's list (see `models.need`), kept by the database.
    need = models.GeneratedField(expression=NEED, output_field=models.SmallIntegerField(), db_persist=True)
    next_on = models.GeneratedField(expression=NEXT_ON, output_field=models.DateField(), db_persist=True)

    # Put there by `with_standing`; a row read without it has none.
    standing: str

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "period"], condition=Q(role="lead", state__in=LIVE), name="one_live_lead"
            ),
            models.UniqueConstraint(
                fields=["directive", "agency", "role", "period"],
                condition=Q(state__in=LIVE),
                name="one_live_assignment_per_agency_role_period",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DONE, done_on__isnull=False) | ~Q(state=State.DONE) & Q(done_on__isnull=True),
                name="done_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.HANDED_IN) | Q(handed_in_on__isnull=False), name="handed_in_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("assigned_on")), name="due_after_assigned"
            ),
        ]
        indexes = [
            # Read by the agency's list: own open work, soonest first.
            models.Index(fields=["agency", "state", "due_on", "id"], name="assignments_of_agency"),
            # Read by the API's list of one agency, which may be a quiet one.
            models.Index(fields=["agency", "due_on", "id"], name="assignments_of_agency_by_date"),
            # Read by the API's keyset pages over (due date, id) and (day of assignment, id).
            models.Index(fields=["due_on", "id"], name="assignments_by_due_date"),
            models.Index(fields=["assigned_on", "id"], name="assignments_by_day_given"),
            *LISTS,
            # Read by the daily round.
            models.Index(fields=["look_on"], name="assignments_to_look_at", condition=Q(look_on__isnull=False)),
            # Read by the desk that verifies, and by its pile.
            models.Index(fields=["handed_in_on", "id"], name="assignments_to_verify", condition=Q(state="handed_in")),
            # Read by the desk's pile of what was declined.
            models.Index(fields=["-assigned_on", "-id"], name="assignments_declined", condition=Q(state="declined")),
            # Read by the desk's piles of what is long overdue, and of the work of agencies that have ended.
            models.Index(fields=["due_on", "id"], name="assignments_at_work", condition=Q(state__in=WORKING)),
        ]

    def __str__(self) -> str:
        return f"{self.agency} – {self.directive}"

    @property
    def known_on(self) -> date:
        """Since when the agency knows of it: the local date on which the ladder was armed first."""
        return self.first_armed_on or self.armed_on

    @property
    def period_name(self) -> str:
        """'Tháng 11/2026'; empty where the directive does not recur."""
        return period_name(self.period)
