"""Targets against readings: what is known of each as of a day, how far it has come, and whether that is the target."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.models import Indicator
from directives.rules.attainment import Verdict
from directives.targets import Target, targets
from tracker.charts import length
from tracker.printed import exact, figure, percent_of
from tracker.web.leaders.asked import Asked
from tracker.web.wording import day

MOST = 40
VERDICTS = {
    Verdict.MET: ("done_on_time", "check-circle-fill", gettext_lazy("Target met")),
    Verdict.NOT_YET: ("on_track", "clock", gettext_lazy("Not met yet")),
    Verdict.NOT_MET: ("overdue", "exclamation-octagon-fill", gettext_lazy("Target not met")),
    Verdict.OPEN: ("undated", "question-circle", gettext_lazy("Cannot be told")),
}


@dataclass(frozen=True)
class TargetLine:
    """A target as a line of the table says it."""

    told: Target

    @property
    def name(self) -> str:
        """What is measured."""
        return self.told.indicator.name

    @property
    def address(self) -> str:
        """Its own page, as of the same day, with each of its figures."""
        return reverse("target", args=[self.told.indicator.uuid]) + f"?as_of={self.told.today.isoformat()}"

    @property
    def wanted(self) -> str:
        """What is to be reached, with its unit."""
        return self._with_unit(exact(self.told.wanted, 4))

    @property
    def due(self) -> str:
        """By when."""
        return day(self.told.indicator.due_on)

    @property
    def reported(self) -> str:
        """The last figure as it was reported; so many of so many where it is that."""
        latest, in_percent = self.told.latest, self.told.indicator.in_percent
        return self._with_unit(figure(latest.reported, in_percent=in_percent)) if latest else ""

    @property
    def verified(self) -> str:
        """The last figure as it was found; nothing where nobody looked."""
        latest, in_percent = self.told.latest, self.told.indicator.in_percent
        return self._with_unit(figure(latest.verified, in_percent=in_percent)) if latest else ""

    @property
    def on(self) -> str:
        """The day of the figure."""
        return day(self.told.latest.as_of) if self.told.latest else ""

    @property
    def share(self) -> str:
        """'≥ 91,25 %' of the way."""
        found = self.told.attained
        return percent_of(found.share, found.bound) if found else ""

    @property
    def parts(self) -> str:
        """Of what that is a share: so much of so much."""
        found = self.told.attained
        return f"{exact(found.covered)}/{exact(found.way)}" if found else ""

    @property
    def bar(self) -> int:
        """How long its bar is, of 100."""
        found = self.told.attained
        return length(int(min(max(found.share, Fraction(0)), Fraction(1)) * 100), 100) if found else 0

    @property
    def verdict(self) -> tuple[str, str, Any]:
        """Its colour, its icon and its words."""
        return VERDICTS[self.told.verdict]

    @property
    def ahead(self) -> str:
        """Where the pace of its readings leads, while its day has not come."""
        found = self.told.forecast
        if found is None or self.told.verdict is Verdict.MET:
            return ""
        words = _("at this pace missed: %(figure)s") if found.misses else _("at this pace met: %(figure)s")
        return words % {"figure": self._with_unit(exact(found.value))}

    def _with_unit(self, words: str) -> str:
        return f"{words}\u00a0{self.told.indicator.unit}" if words else ""


class TargetLines:
    """The targets of a committee, or those that an agency answers for; three queries at most."""

    def __init__(self, asked: Asked) -> None:
        rows = list(_indicators(asked).order_by("committee_id", "code", "pk")[: MOST + 1])
        self.more = len(rows) > MOST
        found = targets(rows[:MOST], today=asked.as_of) if rows else {}
        self.lines = [TargetLine(found[row.pk]) for row in rows[:MOST]]


def _indicators(asked: Asked) -> QuerySet[Indicator]:
    if asked.handed_down or asked.is_nobodys:
        return Indicator.objects.none()
    rows = Indicator.objects.all()
    if asked.committee:
        rows = rows.filter(committee=asked.committee)
    if asked.agency:
        rows = rows.filter(reported_by=asked.agency)
    return rows
