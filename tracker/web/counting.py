"""How a deadline's working days were counted, in sentences: what was left out, and by which name."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives.models import Assignment
from directives.rules.counting import Counted, Stretch, counted
from directives.rules.standing import Standing
from tracker.web.desk import Desk
from tracker.web.wording import day

COUNTS = (Standing.ON_TRACK, Standing.DUE_SOON, Standing.OVERDUE)


@dataclass(frozen=True)
class Explained:
    """What was counted, and a line for each kind of day that was not, or that was although it is a weekend."""

    sentence: str
    lines: list[str]


class Explanations:
    """Of one desk on one day; deadlines that fall on the same day are counted once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._found: dict[date, Explained] = {}

    def of(self, assignment: Assignment) -> Explained | None:
        """Of an assignment annotated by `with_standing`; None where no days are counted."""
        due = assignment.due_on
        if due is None or assignment.standing not in COUNTS or due == self._desk.today:
            return None
        if due not in self._found:
            first, last = sorted([due, self._desk.today])
            self._found[due] = _explained(first, last, counted(first, last, self._desk.named_days))
        return self._found[due]


def _explained(first: date, last: date, count: Counted) -> Explained:
    days = {"first": day(first + timedelta(days=1)), "last": day(last), "days": count.days, "working": count.working}
    sentence = _("Counted from %(first)s to the end of %(last)s: %(working)s of %(days)s days.") % days
    weekend = ngettext(
        "%(n)s Saturday or Sunday: not counted.", "%(n)s Saturdays and Sundays: not counted.", count.weekend
    )
    lines = [weekend % {"n": count.weekend}] if count.weekend else []
    lines += [_("%(day)s, %(name)s: not counted.") % {"day": _when(off), "name": off.name} for off in count.off]
    on = _("%(day)s, %(name)s: counted, since it is worked in exchange.")
    return Explained(sentence, lines + [on % {"day": _when(worked), "name": worked.name} for worked in count.worked])


def _when(stretch: Stretch) -> str:
    first, last = (date_format(one, "l d/m/Y") for one in (stretch.first, stretch.last))
    if stretch.first == stretch.last:
        return first
    several = ngettext("%(n)s day, %(first)s to %(last)s", "%(n)s days, %(first)s to %(last)s", stretch.days)
    return several % {"n": stretch.days, "first": first, "last": last}
