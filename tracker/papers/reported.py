"""What a period report is about: whose work, which stretch of days, as of the end of which of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from accounts.models import Agency, Committee
from directives.briefing import Between
from directives.figures import Cells, Scope
from directives.rules.stretches import Stretch
from tracker.papers import bodies
from tracker.papers.form import Issuer, Part, Table
from tracker.papers.period_words import name_of, work_of
from tracker.papers.words import day


@dataclass(frozen=True)
class Section:
    """A section: its head, what stands below it, and the long table that goes with it as an annex."""

    head: str
    parts: Sequence[Part]
    annex: Table | None = None


@dataclass(frozen=True)
class Reported:
    """Of whose work and of which stretch of days it is told, as of the end of which local date.

    Of an agency: of what it was given, or of what it `handed_down`.
    """

    body: Committee | Agency
    stretch: Stretch
    on: date
    handed_down: bool = False

    @property
    def scope(self) -> Scope:
        """All of that work."""
        return Scope.of(self.body, handed_down=self.handed_down)

    @property
    def issuer(self) -> Issuer:
        """Whose report it is."""
        if isinstance(self.body, Committee):
            return bodies.of_committee(self.body)
        return bodies.of_agency(self.body)

    @cached_property
    def between(self) -> Between:
        """What changed since the end of the period before."""
        days = {"since": self.stretch.day_before, "until": self.on}
        return Between(self.body, **days, handed_down=self.handed_down)

    @cached_property
    def cells(self) -> Cells:
        """How all of it stands."""
        return self.between.cells_now

    @property
    def told(self) -> dict[str, str]:
        """The words that many sentences need."""
        return {
            "work": work_of(self.body, handed_down=self.handed_down),
            "body": self.issuer.name,
            "day": day(self.on),
            "period": name_of(self.stretch),
            "first": day(self.stretch.first),
            "last": day(self.stretch.last),
        }
