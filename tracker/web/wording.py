"""How the register's facts are said on a page: chips, deadlines in working days, days, the next verb."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.roles import Verb
from directives.models import Assignment
from directives.rules.lifecycle import WORKING, State
from directives.rules.standing import Standing
from directives.rules.working_days import HANOI, Calendar
from tracker.chips import Chip

ICONS = {
    Standing.OVERDUE: "exclamation-octagon-fill",
    Standing.DUE_SOON: "hourglass-split",
    Standing.ON_TRACK: "clock",
    Standing.UNDATED: "calendar2-minus",
    Standing.WAITING: "inbox",
    Standing.SUSPENDED: "pause-circle",
    Standing.DONE_ON_TIME: "check-circle-fill",
    Standing.DONE_LATE: "check-circle",
    Standing.OUTSIDE: "ban",
}
CHIPS: dict[str, Chip] = {
    standing: Chip(standing, gettext_lazy(standing.label), icon) for standing, icon in ICONS.items()
}


# The acts for which somebody writes.
WRITTEN = frozenset({Verb.REPORT, Verb.HAND_IN, Verb.REQUEST_EXTENSION, Verb.ASK, Verb.DECLINE})


@dataclass(frozen=True)
class Act:
    """Something an agency may do with an assignment: its verb, the name of its page, and how it speaks.

    `at_once` acts need no form: the button does it.
    """

    verb: Verb
    page: str
    words: str | Promise
    icon: str
    help: str | Promise
    at_once: bool = False

    @property
    def is_written(self) -> bool:
        """Whether somebody writes for it, so that a draft is kept."""
        return self.verb in WRITTEN


ACTS: dict[Verb, Act] = {
    act.verb: act
    for act in (
        Act(
            Verb.ACKNOWLEDGE,
            "acknowledge",
            gettext_lazy("Acknowledge"),
            "check2",
            gettext_lazy("Tell whoever gave it that your agency has received this work. Reminders go on."),
            at_once=True,
        ),
        Act(
            Verb.START,
            "start",
            gettext_lazy("Start"),
            "play-circle",
            gettext_lazy("Tell whoever gave it that your agency has begun."),
            at_once=True,
        ),
        Act(
            Verb.REPORT,
            "report",
            gettext_lazy("Report progress"),
            "chat-left-text",
            gettext_lazy("How far the work is. The deadline and the reminders stay as they are."),
        ),
        Act(
            Verb.HAND_IN,
            "hand_in",
            gettext_lazy("Hand in"),
            "send",
            gettext_lazy("The work is finished: send the result with its product. The day of handing in counts."),
        ),
        Act(
            Verb.REQUEST_EXTENSION,
            "request_extension",
            gettext_lazy("Ask for an extension"),
            "calendar-plus",
            gettext_lazy("The level that set the deadline decides. Until then the present deadline holds."),
        ),
        Act(
            Verb.ASK,
            "ask",
            gettext_lazy("Ask a question"),
            "question-circle",
            gettext_lazy("Whoever gave the work answers. The deadline and the reminders stay as they are."),
        ),
        Act(
            Verb.DECLINE,
            "decline",
            gettext_lazy("Decline"),
            "x-circle",
            gettext_lazy("Only where the work was given to the wrong agency. Whoever gave it decides who does it."),
        ),
    )
}
NEXT_VERB = {State.ASSIGNED: Verb.ACKNOWLEDGE, State.ACKNOWLEDGED: Verb.START, State.IN_PROGRESS: Verb.REPORT}


def is_returned(assignment: Assignment) -> bool:
    """Whether the last report came back and nothing was handed in since."""
    return assignment.returned_on is not None and assignment.state in WORKING


# Handing in again, as whoever sent it back asks.
REDO = replace(ACTS[Verb.HAND_IN], words=gettext_lazy("Redo as asked"), icon="arrow-repeat")


def next_act(assignment: Assignment) -> Act | None:
    """The one thing to do next with an assignment; nothing while others must act."""
    if is_returned(assignment):
        return REDO
    verb = NEXT_VERB.get(State(assignment.state))
    return ACTS[verb] if verb else None


def day(value: date | None) -> str:
    """A local date as offices write it, 31/12/2024; nothing for none."""
    return date_format(value, "d/m/Y") if value else ""


def moment(at: datetime) -> str:
    """A moment as offices write it, 10:31 22/11/2024, in Viet Nam."""
    return date_format(at.astimezone(HANOI), "H:i d/m/Y")


def deadline(assignment: Assignment, *, today: date, calendar: Calendar) -> str:
    """The deadline of an assignment (annotated by `with_standing`) as a phrase that counts working days."""
    due = assignment.due_on
    if assignment.standing in (Standing.DONE_ON_TIME, Standing.DONE_LATE):
        done = _("done on %(day)s") % {"day": day(assignment.done_on)}
        return _("%(done)s, deadline %(due)s") % {"done": done, "due": day(due)} if due else done
    if assignment.standing == Standing.WAITING:
        return _("handed in on %(day)s") % {"day": day(assignment.handed_in_on)}
    if due is None:
        return _("no date was set")
    if assignment.standing == Standing.OVERDUE:
        return _overdue(due, calendar.count(due, today))
    if assignment.standing in (Standing.ON_TRACK, Standing.DUE_SOON):
        return _left(due, calendar.count(today, due), today)
    return _("deadline %(due)s") % {"due": day(due)}


def _left(due: date, days: int, today: date) -> str:
    if due == today:
        return _("due today, %(due)s") % {"due": day(due)}
    if days == 0:
        return _("due on a day off, %(due)s") % {"due": day(due)}
    phrase = ngettext("%(days)s working day left, until %(due)s", "%(days)s working days left, until %(due)s", days)
    return phrase % {"days": days, "due": day(due)}


def _overdue(due: date, days: int) -> str:
    if days == 0:
        return _("was due on %(due)s") % {"due": day(due)}
    phrase = ngettext(
        "%(days)s working day overdue, was due on %(due)s", "%(days)s working days overdue, was due on %(due)s", days
    )
    return phrase % {"days": days, "due": day(due)}
