"""What a period report is about: whose work, which stretch of days, as of the end of which of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from accounts.models import Committee
from directives.briefing import Between
from directives.figures import Cells, Scope
from directives.rules.stretches import Stretch
from tracker.papers import bodies
from tracker.papers.form import Part, Table
from tracker.papers.period_words import name_of
from tracker.papers.words import day


@dataclass(frozen=True)
class Section:
    """A section: its head, what stands below it, and the long table that goes with it as an annex."""

    head: str
    parts: Sequence[Part]
    annex: Table | None = None


@dataclass(frozen=True)
class Reported:
    """Of whose work and of which stretch of days it is told, as of the end of which local date."""

    committee: Committee
    stretch: Stretch
    on: date

    @property
    def scope(self) -> Scope:
        """All that the committee gave."""
        return Scope(committees=frozenset([self.committee.pk]))

    @cached_property
    def between(self) -> Between:
        """What changed since the end of the period before."""
        return Between(self.committee, since=self.stretch.day_before, until=self.on)

    @cached_property
    def cells(self) -> Cells:
        """How all of it stands."""
        return self.between.cells_now

    @property
    def told(self) -> dict[str, str]:
        """The words that many sentences need."""
        return {
            "committee": self.committee.name,
            "body": bodies.of_committee(self.committee).name,
            "day": day(self.on),
            "period": name_of(self.stretch),
            "first": day(self.stretch.first),
            "last": day(self.stretch.last),
        }
