"""Targets against readings: what is known of each as of a day, how far it has come, and whether that is the target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from directives.models import Indicator, Reading
from directives.rules.attainment import (
    Attained,
    Bound,
    Direction,
    Figure,
    Verdict,
    attained,
    percent,
    verdict,
)
from directives.rules.working_days import HANOI
from tracker.charts import length
from tracker.printed import plain
from tracker.web.leaders.asked import Asked
from tracker.web.wording import day

MOST = 40
PER_CENT = "%"
VERDICTS = {
    Verdict.MET: ("done_on_time", "check-circle-fill", _("Target met")),
    Verdict.NOT_YET: ("on_track", "clock", _("Not met yet")),
    Verdict.NOT_MET: ("overdue", "exclamation-octagon-fill", _("Target not met")),
    Verdict.OPEN: ("undated", "question-circle", _("Cannot be told")),
}
BOUNDS = {Bound.EXACT: "", Bound.AT_LEAST: "≥ ", Bound.AT_MOST: "≤ "}


@dataclass(frozen=True)
class Target:
    """An indicator with the last figure that is known of it as of a day; the verified figure goes before."""

    indicator: Indicator
    reading: Reading | None
    asked: Asked

    @property
    def target(self) -> str:
        """What is to be reached, with its unit."""
        return self._told(self.indicator.target)

    @property
    def due(self) -> str:
        """By when."""
        return day(self.indicator.due_on)

    @property
    def figure(self) -> Figure | None:
        """What holds: the verified figure, else the one reported."""
        if self.reading is None:
            return None
        if self.reading.verified_value is not None:
            return Figure(value=self.reading.verified_value)
        row = self.reading
        return Figure(row.value, row.numerator, row.denominator, Bound(row.bound))

    @property
    def reported(self) -> str:
        """As reported: the value, or so many of so many."""
        row = self.reading
        if row is None:
            return ""
        parts = f"{plain(row.numerator)}/{plain(row.denominator)}" if row.denominator else ""
        if row.value is None:
            return parts
        told = BOUNDS[Bound(row.bound)] + self._told(row.value)
        return f"{told} ({parts})" if parts else told

    @property
    def verified(self) -> str:
        """As verified; nothing where nobody did."""
        return self._told(self.reading.verified_value) if self.reading else ""

    @property
    def on(self) -> str:
        """The day of the figure."""
        return day(self.reading.as_of) if self.reading else ""

    @property
    def attained(self) -> Attained | None:
        """How far it has come."""
        wanted, figure = self.indicator, self.figure
        if figure is None:
            return None
        turned = Direction(wanted.direction)
        return attained(figure, wanted.target, in_percent=self._in_percent, direction=turned, baseline=wanted.baseline)

    @property
    def share(self) -> str:
        """'91,25 %' of the way."""
        found = self.attained
        return f"{BOUNDS[found.bound]}{plain(percent(found.share))}\u00a0%" if found else ""

    @property
    def parts(self) -> str:
        """Of what the share is one: so much of so much."""
        found = self.attained
        if found is None:
            return ""
        return f"{_rounded(found.covered)}/{_rounded(found.way)}"

    @property
    def bar(self) -> int:
        """How long its bar is, of 100."""
        found = self.attained
        return length(int(min(max(found.share, Fraction(0)), Fraction(1)) * 100), 100) if found else 0

    @property
    def verdict(self) -> tuple[str, str, Any]:
        """Its colour, its icon and its words."""
        figure, wanted = self.figure, self.indicator
        value = figure.worth(in_percent=self._in_percent) if figure else None
        found = verdict(
            value,
            wanted.target,
            as_of=self.reading.as_of if self.reading else None,
            due_on=wanted.due_on,
            today=self.asked.as_of,
            direction=Direction(wanted.direction),
            bound=figure.bound if figure else Bound.EXACT,
        )
        return VERDICTS[found]

    @property
    def _in_percent(self) -> bool:
        return self.indicator.unit.strip() == PER_CENT

    def _told(self, figure: Decimal | None) -> str:
        return "" if figure is None else f"{plain(figure)}\u00a0{self.indicator.unit}"


def _rounded(figure: Fraction) -> str:
    return plain((Decimal(figure.numerator) / Decimal(figure.denominator)).quantize(Decimal("0.01")))


def targets_of(asked: Asked) -> Sequence[Target]:
    """The targets of a committee, or those that an agency answers for; two queries at most."""
    rows = list(_indicators(asked).order_by("committee_id", "code", "pk")[: MOST + 1])
    last = {row.indicator_id: row for row in _last(rows, asked)} if rows else {}
    return [Target(row, last.get(row.pk), asked) for row in rows]


def _indicators(asked: Asked) -> QuerySet[Indicator]:
    if asked.handed_down or asked.is_nobodys:
        return Indicator.objects.none()
    rows = Indicator.objects.all()
    if asked.committee:
        rows = rows.filter(committee=asked.committee)
    if asked.agency:
        rows = rows.filter(reported_by=asked.agency)
    return rows


def _last(indicators: Sequence[Indicator], asked: Asked) -> QuerySet[Reading]:
    """The last reading of each that was entered by the end of the day: of all, or of the agency that answers for it."""
    over = datetime.combine(asked.as_of + timedelta(days=1), time.min, HANOI)
    whose = Q(agency=None) | Q(agency=F("indicator__reported_by"))
    rows = Reading.objects.filter(whose, indicator__in=indicators, as_of__lte=asked.as_of, at__lt=over)
    return rows.order_by("indicator_id", "-as_of", "-pk").distinct("indicator_id")
