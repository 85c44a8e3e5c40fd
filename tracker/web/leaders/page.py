"""The leaders' page as a whole: a fixed number of questions to the register, whatever it holds."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directives.figures import By, Overdue, by_month, overdue, totals
from tracker.papers.form import KINDS
from tracker.web.leaders.asked import Asked
from tracker.web.leaders.sections import MONTHS, Aged, Lines, Standing, Trend, aged
from tracker.web.leaders.targets import TargetLines
from tracker.web.leaders.words import Numbers


@dataclass(frozen=True)
class LeadersPage:
    """What stands on the page; each part asks once, and only when it is shown."""

    asked: Asked

    @cached_property
    def numbers(self) -> Numbers:
        """The cells of all together."""
        return Numbers(totals(self.asked.scope, self.asked.as_of), self.asked, {})

    @cached_property
    def standing(self) -> Standing:
        """The same, drawn."""
        return Standing(self.numbers)

    @cached_property
    def tables(self) -> list[Lines]:
        """By committee, by agency: each told with all its cells."""
        return [Lines.of(self.asked, way) for way in self.asked.ways]

    @cached_property
    def _overdue(self) -> Overdue:
        return overdue(self.asked.scope, self.asked.as_of)

    @cached_property
    def late(self) -> list[Lines]:
        """By notice, by agency, by field: where most is overdue."""
        notices = Lines.late_of(self.asked, By.NOTICE, self._overdue.by_notice)
        told = [table for table in self.tables if len(table) > 1]
        return [notices, *told, Lines.late_of(self.asked, By.FIELD, self._overdue.by_field)]

    @cached_property
    def ages(self) -> list[Aged]:
        """How long it is overdue."""
        return aged(self.asked, self._overdue.ageing)

    @cached_property
    def trend(self) -> Trend:
        """The months up to the day."""
        return Trend(self.asked, by_month(self.asked.scope, self.asked.as_of, months=MONTHS))

    @property
    def ways(self) -> list[tuple[str | Promise, str]]:
        """What has a page of its own: the words, and the address; the report on the month where a committee is told."""
        asked = self.asked
        found: list[tuple[str | Promise, str]] = []
        if asked.handed_down or not asked.agency:
            found.append((_("agencies' table, with and without predecessors"), asked.address("figures_league")))
        found.append((_("who has done what several were given"), asked.address("figures_shares")))
        found.append((_("how long it takes, and what was not heard of"), asked.address("figures_pace")))
        for form in KINDS if (paper := self._report()) else ():
            words = _("report on the month, .%(form)s") % {"form": form}
            found.append((words, f"{paper}.{form}?as_of={asked.as_of.isoformat()}"))
        return [*found, (_("kept papers"), reverse("kept_papers"))]

    def _report(self) -> str:
        """Where the report of the same body lies, without the kind of file; nothing where there is none."""
        asked = self.asked
        if asked.committee and not asked.agency and asked.sees_notices:
            return reverse("report_paper", args=[asked.committee.uuid, "docx"]).removesuffix(".docx")
        if asked.agency and not asked.committee:
            kind = "handed_down" if asked.handed_down else "agency_period"
            return reverse("agency_report_paper", args=[asked.agency.uuid, kind, "docx"]).removesuffix(".docx")
        return ""

    @cached_property
    def targets(self) -> TargetLines:
        """Targets against readings."""
        return TargetLines(self.asked)
