"""What kinds there are of parts, deadlines and recurrences; and what ties a directive to its sentence."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.rules.deadlines import Kind


class Role(models.TextChoices):
    LEAD = "lead", _("Lead")
    SHARE = "share", _("Own share")
    COORDINATING = "coordinating", _("Coordinating")


class DeadlineKind(models.TextChoices):
    DATE = Kind.DATE.value, _("Date")
    PERIOD = Kind.PERIOD.value, _("End of a period")
    RELATIVE = Kind.RELATIVE.value, _("Relative to an event")
    RECURRING = Kind.RECURRING.value, _("Recurring")
    ONGOING = Kind.ONGOING.value, _("Ongoing")
    URGENT_UNDATED = Kind.URGENT_UNDATED.value, _("Urgent, no date")
    NONE = Kind.NONE.value, _("No deadline")


class Recurrence(models.TextChoices):
    ONCE = "", _("Once")
    WEEKLY = "weekly", _("Weekly")
    MONTHLY = "monthly", _("Monthly")
    QUARTERLY = "quarterly", _("Quarterly")
    HALF_YEARLY = "half_yearly", _("Half-yearly")
    YEARLY = "yearly", _("Yearly")


def quote_hash(quote: str) -> str:
    """What ties a directive to its sentence: SHA-256 of the quoted words."""
    return hashlib.sha256(quote.encode()).hexdigest()
