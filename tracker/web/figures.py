"""Figures in the forms of reports: a field for each indicator of the work, read as the reader's language writes it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from directives.models import Assignment, Indicator, Reading
from tracker.figure_field import FigureField
from tracker.printed import figure, plain
from tracker.web.wording import day

NAME = re.compile(r"figure-[0-9a-f]{32}")
MOST = 50  # figures in one report
PERCENT = re.compile(r"\s*%\s*$")


class PercentField(forms.IntegerField):
    """A whole number; a sign of percent behind it does no harm."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(PERCENT.sub("", value) if isinstance(value, str) else value)


@dataclass(frozen=True)
class Measure:
    """An indicator of the work, and the last that is known of it: of the agency, or of all."""

    indicator: Indicator
    last: Reading | None

    @property
    def name(self) -> str:
        """Of its field."""
        return f"figure-{self.indicator.uuid.hex}"

    @property
    def label(self) -> str:
        """'Hồ sơ trực tuyến (%)'."""
        return f"{self.indicator.name} ({self.indicator.unit})"

    @property
    def help(self) -> str:
        """The last figure with its day, and the target."""
        known = []
        if self.last is not None:
            last = self._told(figure(self.last.figure, in_percent=self.indicator.in_percent), self.last.as_of)
            known.append(_("Last: %(figure)s %(unit)s on %(day)s.") % last)
        if self.indicator.target is not None:
            target = self._told(plain(self.indicator.target), self.indicator.due_on)
            dated = self.indicator.due_on is not None
            wanted = _("Target: %(figure)s %(unit)s by %(day)s.") if dated else _("Target: %(figure)s %(unit)s.")
            known.append(wanted % target)
        return " ".join(known) or _("No figure is known of it yet.")

    def _told(self, shown: str, on: Any) -> dict[str, str]:
        return {"figure": shown, "unit": self.indicator.unit, "day": day(on)}

    def field(self) -> FigureField:
        """The field in which the next figure is written."""
        return FigureField(unit=self.indicator.unit, label=self.label, help_text=self.help)


def measures_of(assignments: Sequence[Assignment]) -> dict[int, list[Measure]]:
    """By assignment (id) the indicators that its agency reports on, each with its last figure; two queries at most."""
    rows = Indicator.objects.filter(directive__in={one.directive_id for one in assignments}).order_by("code", "pk")
    found = list(rows)
    last = _last_of(found, {one.agency_id for one in assignments}) if found else {}
    return {
        one.pk: [
            Measure(indicator, _later(last.get((indicator.pk, one.agency_id)), last.get((indicator.pk, None))))
            for indicator in found
            if indicator.is_asked_of(one)
        ]
        for one in assignments
    }


def _last_of(indicators: Sequence[Indicator], agencies: Collection[int]) -> dict[tuple[int, int | None], Reading]:
    """By indicator and agency (ids; None: of all) the last figure."""
    rows = Reading.objects.filter(Q(agency__in=agencies) | Q(agency=None), indicator__in=indicators)
    rows = rows.order_by("indicator_id", "agency_id", "-as_of", "-pk").distinct("indicator_id", "agency_id")
    return {(row.indicator_id, row.agency_id): row for row in rows}


def _later(*readings: Reading | None) -> Reading | None:
    known = [reading for reading in readings if reading is not None]
    return max(known, key=lambda reading: (reading.as_of, reading.pk), default=None)


def figures_in(cleaned: Mapping[str, Any], measures: Iterable[Measure]) -> dict[UUID, Decimal | None]:
    """By indicator (uuid) what a form holds of it."""
    return {measure.indicator.uuid: cleaned.get(measure.name) for measure in measures}


def names_posted(posted: Iterable[str]) -> list[str]:
    """Of the names that a form sends, those that hold figures."""
    return [name for name in posted if NAME.fullmatch(name)][:MOST]
