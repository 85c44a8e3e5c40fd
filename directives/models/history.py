"""The register of what happened: events, sealed after commit into a gap-free chain; and dated spans.

Events and seals are only ever inserted; the database refuses UPDATE, DELETE and TRUNCATE on both.
Each column of an event is part of what is sealed: `actions.sealing.COLUMNS` names them all.
"""

import uuid
from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Committee, User
from accounts.people import Reach, reach
from directives.models.directives import Assignment, Directive
from directives.models.kinds import Role
from directives.models.notices import PUBLISHED, Notice
from directives.models.searching import WithWords, plain_words
from directives.rules.lifecycle import WORKING, State
from directives.rules.working_days import HANOI

SAID = plain_words("by_name", "reason")
# What happens to a notice and its directives from its issue on.
IN_FORCE = ("issue", "withdraw", "amend_notice", "amend_directive", "end_recurrence")
# And what its committee does beside that, which may name notices that not everybody sees.
BESIDE = ("enter_list", "carry_over", "join_directives", "link", "unlink")
# Of an assignment, beside what a span says of it.
OF_ASSIGNMENT = ("uuid", "period", "assigned_on", "version")


class EventQuerySet(WithWords):
    said = SAID

    def visible_to(self, user: User, on: date) -> "EventQuerySet":
        """What has happened to what exists for `user` on the local date `on`."""
        return self.in_reach(reach(user, on))

    def in_reach(self, sight: Reach) -> "EventQuerySet":
        """What exists for somebody, or for a system with a key, whose eye reaches as far as `sight`.

        Of an assignment all that happened to it. Of a notice and its directives what happened since it was issued;
        before, it was a draft, which is its secretariat's own. Whatever else happened is for those who see everything.
        """
        if sight.everything:
            return self
        of_work = Q(assignment__agency_id__among=sight.agencies) | Q(assignment__committee_id__among=sight.committees)
        to_some = Q(verb__in=IN_FORCE) & _given_to(sight)
        by_some = Q(verb__in=(*IN_FORCE, *BESIDE)) & _given_by(sight)
        in_force = Q(assignment=None, notice__state__in=PUBLISHED) & (to_some | by_some)
        own = Q(assignment=None, notice__committee_id__among=sight.drafts_of, directive__given_by=None)
        return self.filter(of_work | in_force | own)


def _given_by(sight: Reach) -> Q:
    """Of a notice or a directive that these committees gave."""
    return Q(notice__committee_id__among=sight.committees, directive__given_by=None)


def _given_to(sight: Reach) -> Q:
    """Of a notice or a directive with a part for these agencies."""
    parts = Assignment.objects.filter(agency_id__among=sight.agencies)
    of_notice = Q(directive=None) & Exists(parts.filter(directive__notice=OuterRef("notice_id")))
    return Exists(parts.filter(directive=OuterRef("directive_id"))) | of_notice


class Event(models.Model):
    """Who did what, on whose behalf, from what to what, and why."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("when"))
    # When the row was truly written, by the database's own clock: an entry for an earlier day shows.
    recorded_at = models.DateTimeField(_("recorded"), db_default=Now(), editable=False)
    verb = models.CharField(_("what"), max_length=40)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="events", verbose_name=_("who"))
    by_name = models.CharField(_("who, as named then"), max_length=200)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=250, blank=True)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="events", verbose_name=_("notice"))
    directive = models.ForeignKey(
        Directive, models.PROTECT, null=True, related_name="events", verbose_name=_("directive")
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, related_name="events", verbose_name=_("assignment")
    )
    subject = models.CharField(_("subject"), max_length=60)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    reason = models.TextField(_("reason"), blank=True)
    request_id = models.CharField(_("request"), max_length=64, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("history")
        ordering = ["-at", "-pk"]
        indexes = [
            # Read by the page of one assignment and by the API's history.
            models.Index(fields=["assignment", "at", "id"], name="events_of_assignment"),
            # Read by the desk's list of events, and by its days.
            models.Index(fields=["-at", "-id"], name="events_by_day"),
            # Read by the search of that list.
            GinIndex(SAID, name="events_by_words"),
            # Read by the history of one row.
            models.Index(fields=["subject", "-at", "-id"], name="events_of_subject"),
            # Read by a briefing: what two days alone do not show.
            models.Index(
                fields=["at"], condition=Q(verb__in=("return", "amend_assignment")), name="events_of_briefings"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at.astimezone(HANOI):%d/%m/%Y %H:%M} {self.by_name}: {self.verb}"


class Seal(models.Model):
    """An event's place in the chain: a number without gaps and a hash over the event and the seal before."""

    sequence = models.PositiveBigIntegerField(_("sequence"), primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="seal", verbose_name=_("event"))
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["sequence"]
        constraints = [models.CheckConstraint(condition=Q(sequence__gte=1), name="seals_count_from_one")]

    def __str__(self) -> str:
        return f"#{self.sequence}"


class Unsealed(models.Model):
    """An event that waits for its seal: a trigger adds the row with the event, sealing takes it away.

    So sealing opens only what is new, however long the history, and finds an event that was committed late.
    """

    event = models.OneToOneField(
        Event, models.PROTECT, primary_key=True, related_name="unsealed", verbose_name=_("event")
    )

    class Meta:
        verbose_name = _("event without a seal")
        verbose_name_plural = _("events without a seal")

    def __str__(self) -> str:
        return str(self.event_id)


class SpanQuerySet(models.QuerySet["Span"]):
    def as_of(self, day: date) -> "SpanQuerySet":
        """What the register knew at the end of the local date `day`."""
        return self.filter(Q(to_on__isnull=True) | Q(to_on__gt=day), from_on__lte=day)

    def as_assignments(self, day: date) -> "SpanQuerySet":
        """With what else an assignment says, by the names that it has there; `version` is that of now."""
        returned = Case(When(assignment__returned_on__lte=day, then=F("assignment__returned_on")))
        beside = {name: F(f"assignment__{name}") for name in OF_ASSIGNMENT}
        return self.annotate(returned_on=returned, **beside)


class Span(models.Model):
    """What was so of an assignment from a day until (not including) a day."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="spans")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    state = models.CharField(max_length=12)
    role = models.CharField(max_length=12, choices=Role.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    # Both as its assignment has them; kept by the database.
    directive = models.ForeignKey(
        Directive, models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    original_due_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    handed_in_on = models.DateField(null=True)
    done_on = models.DateField(null=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        verbose_name = _("span")
        verbose_name_plural = _("spans")
        ordering = ["assignment_id", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "from_on"], name="one_span_begins_a_day"),
            models.UniqueConstraint(fields=["assignment"], condition=Q(to_on=None), name="one_open_span"),
            models.CheckConstraint(condition=Q(to_on__isnull=True) | Q(to_on__gt=F("from_on")), name="span_has_days"),
        ]
        indexes = [
            # Read by every question "as of a date".
            models.Index(fields=["from_on", "to_on"], name="spans_as_of"),
            # Read by the figures of what is overdue: today's lie together, those of a day past behind them.
            models.Index(
                fields=["committee", "to_on", "due_on"],
                condition=Q(state__in=(*WORKING, State.HANDED_IN)),
                include=["from_on", "agency", "role", "directive", "state", "handed_in_on"],
                name="spans_late_of_committee",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.state} {self.from_on}–{self.to_on or ''}"
