"""The ladder is data: rungs in working days around the due date; what each rung did is the ledger."""

import re
import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, User
from accounts.prepared import ask
from directives.models.calendar import DayKind, load_calendar
from directives.models.channels import channel_choices
from directives.models.directives import Assignment
from directives.models.outbox import Delivery
from directives.rules.nudges import LONGEST_REVIEW, MONTHLY, REVIEW
from directives.rules.refusals import N_
from directives.rules.working_days import Calendar

# Why a line of the ledger was not sent: kept in English, a day behind it as 31/12/2024, and said in every language.
SEEN = N_("seen in the application")
SNOOZED = N_("put off by the recipient until")
LEFT_OFFICE = N_("the recipient no longer holds or fills the office")
ACCOUNT_CLOSED = N_("the account is closed")
WHO_LEFT = (LEFT_OFFICE, ACCOUNT_CLOSED)
OTHER_REASONS = (N_("the work is no longer owed by this date"), *WHO_LEFT, N_("the monthly report has come"))
REASON_AND_DAY = re.compile(r"(.*?)((?: \d\d/\d\d/\d{4})?)")
SOON_DAYS = 7  # working days, until an installation says otherwise
REVIEW_DAYS = 30  # calendar days, likewise


class Audience(models.TextChoices):
    """Whom a rung speaks to. In this order: a later rung includes the earlier audiences."""

    OFFICER = "officer", _("Officers of the agency")
    HEAD = "head", _("Head of the agency")
    SECRETARIAT = "secretariat", _("Secretariat")
    DEPUTY = "deputy", _("Standing deputy of the committee")
    CHAIR = "chair", _("Chair of the committee")


class RungKind(models.TextChoices):
    COURTESY = "courtesy", _("Courtesy reminder")
    ESCALATION = "escalation", _("Escalation")


class ReminderKind(models.TextChoices):
    """What a line of the ledger is: a rung of a ladder, or one of the two that stand beside it."""

    COURTESY = RungKind.COURTESY.value, _("Courtesy reminder")
    ESCALATION = RungKind.ESCALATION.value, _("Escalation")
    REVIEW = REVIEW, _("Review of undated work")
    MONTHLY = MONTHLY, _("Monthly report missing")


class Ladder(models.Model):
    """The default ladder (no committee) or a committee's own."""

    committee = models.OneToOneField(
        Committee, models.PROTECT, null=True, blank=True, related_name="ladder", verbose_name=_("committee")
    )
    name = models.CharField(_("name"), max_length=200)
    soon_days = models.PositiveSmallIntegerField(_("'due soon' means within (working days)"), default=SOON_DAYS)
    review_days = models.PositiveSmallIntegerField(
        _("undated work is asked after when nothing was reported for (days)"), default=REVIEW_DAYS
    )
    monthly_by = models.PositiveSmallIntegerField(
        _("open work is reported every month by day"),
        null=True,
        blank=True,
        help_text=_("1 to 31; the last day in a shorter month. Empty: no monthly report is asked for."),
    )

    class Meta:
        verbose_name = _("ladder")
        verbose_name_plural = _("ladders")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_days__gte=1, review_days__lte=LONGEST_REVIEW), name="reviewed_after_a_day_or_more"
            ),
            models.CheckConstraint(condition=Q(monthly_by__gte=1, monthly_by__lte=31), name="monthly_by_a_day"),
            models.UniqueConstraint(
                fields=["committee"], condition=Q(committee=None), nulls_distinct=False, name="one_default_ladder"
            ),
        ]

    def __str__(self) -> str:
        return self.name


def snoozed_until(day: date) -> str:
    """Why somebody who put off their reminders was not sent one; the round writes the same."""
    return f"{SNOOZED} {day:%d/%m/%Y}"


def soon_until(today: date) -> date:
    """The last local date that counts as soon on `today`: the default ladder's working days ahead, in two queries."""
    days = Ladder.objects.filter(committee=None).values_list("soon_days", flat=True).first()
    return load_calendar().shift(today, SOON_DAYS if days is None else days)


# Further back than any holiday lasts.
BEFORE = timedelta(days=60)
SOON_DAYS_AND_CALENDAR = f"""
SELECT (SELECT soon_days FROM directives_ladder WHERE committee_id IS NULL),
       ARRAY(SELECT day FROM directives_calendarday WHERE day >= %s AND kind <> '{DayKind.SWAPPED_WORKING}'),
       ARRAY(SELECT day FROM directives_calendarday WHERE day >= %s AND kind = '{DayKind.SWAPPED_WORKING}')
"""  # noqa: S608 - our own words


def soon_until_at_once(today: date) -> date:
    """`soon_until` in one query, for whoever asks with every request."""
    ((days, off, working),) = ask(SOON_DAYS_AND_CALENDAR, [today - BEFORE, today - BEFORE])
    calendar = Calendar(frozenset(off), frozenset(working))
    return calendar.shift(today, SOON_DAYS if days is None else days)


class Rung(models.Model):
    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="rungs", verbose_name=_("ladder"))
    offset = models.SmallIntegerField(_("working days from the due date (before: negative)"))
    audience = models.CharField(_("up to"), max_length=12, choices=Audience.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=RungKind.choices)
    urgent = models.BooleanField(_("urgent"), default=False)

    class Meta:
        verbose_name = _("rung")
        verbose_name_plural = _("rungs")
        ordering = ["ladder_id", "offset"]
        constraints = [
            models.UniqueConstraint(fields=["ladder", "offset"], name="one_rung_at_an_offset"),
            models.CheckConstraint(condition=Q(offset__gte=-250, offset__lte=250), name="rung_within_a_year"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="rung_speaks_to_an_office"),
            models.CheckConstraint(condition=Q(kind__in=RungKind.values), name="rung_is_courtesy_or_escalation"),
        ]

    def __str__(self) -> str:
        return f"{self.offset:+d}"


class ReminderState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    SENT = "sent", _("Sent")
    SUPERSEDED = "superseded", _("Superseded")
    CANCELLED = "cancelled", _("Cancelled")


class Reminder(models.Model):
    """One line of the ledger: this rung, for this due date, to this person, by this channel. Once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reminders", verbose_name=_("assignment"))
    due_version = models.PositiveIntegerField(_("version of the deadline"))
    rung = models.SmallIntegerField(_("rung"))
    rung_on = models.DateField(_("day of the rung"))
    audience = models.CharField(_("sent as"), max_length=12, choices=Audience.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=ReminderKind.choices)
    recipient = models.ForeignKey(User, models.PROTECT, related_name="reminders", verbose_name=_("recipient"))
    substitutes = models.BooleanField(_("as substitute"), default=False)
    # Heard by the secretariat only because the agency has nobody in office.
    for_nobody = models.BooleanField(default=False, db_default=False, editable=False)
    channel = models.CharField(_("channel"), max_length=10, choices=channel_choices)
    planned_on = models.DateField(_("planned on"))
    state = models.CharField(_("state"), max_length=10, choices=ReminderState.choices, default=ReminderState.PLANNED)
    why_not = models.CharField(_("why not sent"), max_length=200, blank=True)
    delivery = models.ForeignKey(
        Delivery, models.PROTECT, null=True, related_name="reminders", verbose_name=_("message")
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["planned_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "due_version", "rung", "recipient", "channel"], name="reminded_once"
            )
        ]
        indexes = [
            # Read by the round, which passes on to today's holders what those before them were not told.
            models.Index(
                fields=["planned_on"],
                name="reminders_of_who_left",
                condition=Q(state="cancelled", why_not__in=WHO_LEFT),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rung:+d} → {self.recipient}"

    @property
    def why_not_said(self) -> str:
        """Why it was not sent, in the reader's language; empty where nothing is known."""
        reason, day = REASON_AND_DAY.fullmatch(self.why_not.replace("\n", " ")).groups()
        return f"{gettext(reason)}{day}" if reason else ""


class Rearming(models.Model):
    """A ladder or the calendar was changed: the ticks look again at all open work that it reaches, batch by batch."""

    # Whose ladder; empty: the default one, or the calendar, which is everybody's.
    committee = models.ForeignKey(
        Committee, models.CASCADE, null=True, related_name="+", verbose_name=_("committee"), db_index=False
    )
    asked_at = models.DateTimeField(_("asked for"))
    # The last assignment (id) that was looked at: whoever goes on begins behind it.
    done_to = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("change of ladder or calendar")
        verbose_name_plural = _("changes of ladder or calendar")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk} > {self.done_to}"
