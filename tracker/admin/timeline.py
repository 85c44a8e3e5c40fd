"""A ladder with real dates: on which day each rung speaks to whom, for work due on a sample day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as formatted
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives.actions.moving import read_terms
from directives.models import Assignment, Audience, Ladder, load_calendar
from directives.rules.escalation import LEADERSHIP, Rung, Step, steps
from directives.rules.lifecycle import WORKING
from directives.rules.working_days import Calendar

AHEAD = 20  # working days from today to the sample, where no open work lends its own date


@dataclass(frozen=True)
class Mark:
    """One rung on the line, as the page shows it."""

    step: Step
    calendar: Calendar

    @property
    def rung(self) -> Rung:
        return self.step.rung

    @property
    def on(self) -> date:
        return self.step.on

    @property
    def weekday(self) -> str:
        return capfirst(formatted(self.on, "l"))

    @property
    def offset(self) -> str:
        """'3 ngày làm việc trước thời hạn'."""
        days = self.rung.offset
        if days < 0:
            return ngettext("%(n)d working day before", "%(n)d working days before", -days) % {"n": -days}
        if days > 0:
            return ngettext("%(n)d working day after", "%(n)d working days after", days) % {"n": days}
        return _("On the deadline")

    @property
    def audiences(self) -> str:
        """Everybody who hears, by office."""
        return ", ".join(str(Audience(audience).label) for audience in self.rung.audiences)

    @property
    def later(self) -> str:
        """When the leadership hears, which waits for a working day."""
        if self.rung.audience not in LEADERSHIP:
            return ""
        day = self.calendar.shift(self.calendar.next_working(self.on), 1)
        return _("The leadership hears on %(day)s, unless the secretariat holds it back.") % {"day": f"{day:%d/%m/%Y}"}


def timeline(ladder: Ladder, sample: date) -> Sequence[Mark]:
    """The rungs in order of days, for work that was given long before and is due on `sample` (a local date)."""
    calendar = load_calendar()
    every = steps(due_on=sample, armed_on=date.min, ladder=read_terms(ladder).rungs, calendar=calendar)
    return [Mark(step, calendar) for step in every]


def sample_day(ladder: Ladder, wanted: str, today: date) -> date:
    """The day that somebody wants to try, else the next deadline of open work on this ladder, else a day ahead."""
    try:
        asked = date.fromisoformat(wanted)
    except ValueError:
        asked = None
    if asked is not None and abs(asked.year - today.year) <= AHEAD:
        return asked
    soon = load_calendar().shift(today, AHEAD)
    work = Assignment.objects.from_committees().filter(state__in=WORKING, due_on__gte=soon)
    if ladder.committee_id:
        work = work.filter(directive__notice__committee=ladder.committee_id)
    else:
        work = work.filter(directive__notice__committee__ladder=None)
    return work.order_by("due_on").values_list("due_on", flat=True).first() or soon
