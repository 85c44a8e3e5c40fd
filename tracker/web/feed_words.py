"""How an entry of the calendar of deadlines speaks, in the language that is active."""

from collections.abc import Iterator
from datetime import datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.models import Assignment
from directives.rules.lifecycle import OPEN, State
from directives.rules.working_days import HANOI
from tracker.documents.ics import WholeDay
from tracker.web.desk import Desk
from tracker.web.wording import day, is_returned

LONGEST = 110  # characters of a wording that a calendar shows in a line
DUE, REDO = gettext_lazy("Due: %(what)s"), gettext_lazy("Redo: %(what)s")
FELL = gettext_lazy("No longer asked: %(what)s")
BEGINS = {
    State.HANDED_IN: gettext_lazy("Waiting for verification: %(what)s"),
    State.SUSPENDED: gettext_lazy("Suspended: %(what)s"),
    State.DONE: gettext_lazy("Done: %(what)s"),
}


def title(desk: Desk) -> str:
    """What the calendar is called: by the agency, or by how many there are."""
    names = sorted({office.agency.name for office in desk.offices if office.agency_id in desk.own_agencies})
    return _("Deadlines – %(agency)s") % {"agency": ", ".join(names)}


def about(desk: Desk) -> str:
    """Whose calendar it is."""
    return _("Deadlines from conclusion notices, for %(name)s. Read it only; reports are made in Đôn đốc.") % {
        "name": desk.user.name
    }


def entry_of(row: Assignment) -> WholeDay:
    """One deadline as an entry; `row` comes from `deadlines_of`."""
    return WholeDay(
        uid=str(row.uuid),
        day=row.day,
        summary=_summary(row),
        description="\n".join(_lines(row)),
        category=row.get_role_display(),
        address=settings.SITE_URL + reverse("assignment", args=[row.uuid]),
        status=_status(row),
        sequence=row.due_version - 1,
        changed_at=row.changed_at or datetime.combine(row.assigned_on, time(), HANOI),
    )


def _status(row: Assignment) -> str:
    """What is finished or fell is no longer a deadline: programs strike it out or take it away."""
    if row.state not in OPEN:
        return "CANCELLED"
    return "TENTATIVE" if row.state == State.SUSPENDED else "CONFIRMED"


def _summary(row: Assignment) -> str:
    begins = DUE if row.state in OPEN else FELL
    begins = REDO if is_returned(row) else BEGINS.get(State(row.state), begins)
    wording = " ".join(row.directive.wording.split())
    return begins % {"what": Truncator(wording).chars(LONGEST)}


def _lines(row: Assignment) -> Iterator[str]:
    notice, paragraph = row.directive.notice, row.directive.paragraph
    yield " ".join(row.directive.wording.split())
    yield f"{row.agency.name} – {row.get_role_display()}" + (f", {row.period_name}" if row.period else "")
    if giver := row.directive.given_by:
        yield _("Handed down by %(agency)s") % {"agency": giver.name}
    label = paragraph.label if paragraph else ""
    place = _("%(notice)s, paragraph %(label)s") if label else "%(notice)s"
    yield place % {"notice": notice.reference, "label": label}
    yield _("Deadline: %(day)s") % {"day": day(row.due_on) or _("no date was set")}
    if row.due_on and row.original_due_on and row.original_due_on != row.due_on:
        yield _("Original deadline: %(day)s") % {"day": day(row.original_due_on)}
    if is_returned(row) and row.redo_by:
        yield _("To be redone by %(day)s.") % {"day": day(row.redo_by)}
    yield _("State: %(state)s") % {"state": row.get_state_display()}
