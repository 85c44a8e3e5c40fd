"""What happened to one assignment and what comes next: reports, requests, history, reminders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directives.actions.moving import terms_of, work_of
from directives.models import (
    Assignment,
    Audience,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Event,
    ExtensionRequest,
    Question,
    Reminder,
    ReminderState,
    Report,
)
from directives.rules.escalation import Rung
from directives.rules.lifecycle import WORKING, State
from directives.rules.nudges import MONTHLY, REVIEW, steps_of
from directives.rules.working_days import Calendar
from tracker.declined import Declined, declined_of
from tracker.web.wording import day

# The agency sees what was sent to anybody, but not what still waits for its leaders.
OWN = (Audience.OFFICER, Audience.HEAD)
COMING = 3
MOST_NEWS = 200
# They stand in the ledger, with their rung.
REMINDING = (DeliveryKind.DIGEST, DeliveryKind.ESCALATED)
MOST_COMMON = 50  # answers for all, the latest
SIGHT = timedelta(366)  # how far ahead they are told

VERBS = {
    "assign": gettext_lazy("gave the work"),
    "issue": gettext_lazy("issued the document"),
    "acknowledge": gettext_lazy("acknowledged it"),
    "start": gettext_lazy("began"),
    "report": gettext_lazy("reported progress"),
    "hand_in": gettext_lazy("handed in"),
    "add_reading": gettext_lazy("entered a figure"),
    "verify_reading": gettext_lazy("verified a figure"),
    "verify": gettext_lazy("verified the result"),
    "correct_figure": gettext_lazy("verified another figure than the one reported"),
    "note_petition": gettext_lazy("took note of what is asked of the level above"),
    "return": gettext_lazy("returned the report"),
    "decline": gettext_lazy("declined"),
    "hand_down": gettext_lazy("handed work down"),
    "nudge": gettext_lazy("nudged the unit"),
    "suspend": gettext_lazy("suspended the work"),
    "resume": gettext_lazy("let the work go on"),
    "withdraw": gettext_lazy("withdrew the work"),
    "reassign": gettext_lazy("gave the work to another agency"),
    "set_deadline": gettext_lazy("set a new deadline"),
    "amend_assignment": gettext_lazy("amended the work"),
    "carry_over": gettext_lazy("let the work go on under the later notice"),
    "succeed": gettext_lazy("passed it to the successor"),
    "join_work": gettext_lazy("joined it with the successor's own part"),
    "take_back": gettext_lazy("took the merger back"),
    "request_extension": gettext_lazy("asked for an extension"),
    "grant_extension": gettext_lazy("granted the extension"),
    "refuse_extension": gettext_lazy("refused the extension"),
    "lapse_extension": gettext_lazy("so ended the extension request"),
    "ask": gettext_lazy("asked a question"),
    "answer": gettext_lazy("answered the question"),
    "lapse_question": gettext_lazy("so ended the question"),
    "lapse_report": gettext_lazy("so ended the completion report"),
    "hold_message": gettext_lazy("held a message back"),
    "snooze": gettext_lazy("put off their own reminders"),
    "wake": gettext_lazy("let their own reminders come again"),
}


# Who stands above work that an agency handed down.
ABOVE = {
    Audience.SECRETARIAT: gettext_lazy("Officers of the agency above"),
    Audience.DEPUTY: gettext_lazy("Head of the agency above"),
    Audience.CHAIR: gettext_lazy("Head of the agency above"),
}


@dataclass(frozen=True)
class Line:
    """One line of history in words."""

    at: datetime
    who: str
    what: str
    changes: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Entry:
    """One letter with its answer: a report, a request for more time, a question, or why the work was declined.

    `common`: another agency asked, and the answer is for all.
    """

    at: datetime
    report: Report | None = None
    extension: ExtensionRequest | None = None
    question: Question | None = None
    common: bool = False
    declined: Declined | None = None


@dataclass(frozen=True)
class Told:
    """One person on one day: the highest rung that spoke, and by which channels (the keys, in order)."""

    reminder: Reminder
    channels: dict[str, None]
    whom: str

    @property
    def why(self) -> str:
        """The rung that spoke, and as what office its reader heard it."""
        rung = Rung(self.reminder.rung, self.reminder.audience, self.reminder.kind)
        return f"{_when(rung)} · {self.whom}"


@dataclass(frozen=True)
class News:
    """A message about this work other than a reminder: what it told, whom, and by which channels (in order)."""

    delivery: Delivery
    channels: dict[str, None]


@dataclass(frozen=True)
class Coming:
    """A reminder that the ladder will send if nothing changes: the day, and up to whom."""

    on: date
    when: str
    audience: str


def thread(assignment: Assignment, events: Sequence[Event]) -> list[Entry]:
    """Reports, requests for more time and questions with their files and answers, the newest first; with them what
    others asked and was answered for all, and from the assignment's `events` how it was declined."""
    reports = assignment.reports.in_full()
    requests = assignment.extensions.select_related("asked_by", "decided_by").prefetch_related("attachments")
    entries = [Entry(report.at, report=report) for report in reports]
    entries += [Entry(request.asked_at, extension=request) for request in requests]
    questions = assignment.questions.select_related("asked_by", "answered_by")
    entries += [Entry(one.asked_at, question=one) for one in _with_files(questions)]
    common = Question.objects.common_to(assignment).select_related("answered_by")[:MOST_COMMON]
    entries += [Entry(one.answered_at, question=one, common=True) for one in _with_files(common) if one.answered_at]
    if declined := declined_of(assignment, events):
        entries.append(Entry(declined.at, declined=declined))
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _with_files(questions: QuerySet[Question]) -> QuerySet[Question]:
    return questions.prefetch_related("attachments", "answer_files")


def history(events: Iterable[Event]) -> list[Line]:
    """What the register noted, in words."""
    return [
        Line(event.at, _who(event), str(VERBS.get(event.verb, event.verb)), tuple(_changes(event)), event.reason)
        for event in events
    ]


def reminders(assignment: Assignment) -> tuple[list[Told], list[Told]]:
    """Who was told on which day, and who will be told next of the agency's own people; the newest first.

    Several rungs and channels on one day are one line. What was overtaken or cancelled is left to the ledger.
    """
    rows = assignment.reminders.select_related("recipient").filter(
        state__in=(ReminderState.SENT, ReminderState.PLANNED)
    )
    told: dict[tuple[str, date, int], Told] = {}
    above = ABOVE if assignment.directive.given_by_id else {}
    for row in rows.order_by("-planned_on", "recipient__name", "-rung", "channel"):
        if row.state == ReminderState.SENT or row.audience in OWN:
            whom = str(above.get(Audience(row.audience), row.get_audience_display()))
            line = told.setdefault((row.state, row.planned_on, row.recipient_id), Told(row, {}, whom))
            line.channels.setdefault(row.get_channel_display())
    sent = [line for line in told.values() if line.reminder.state == ReminderState.SENT]
    return sent, [line for line in told.values() if line.reminder.state == ReminderState.PLANNED]


def news(assignment: Assignment) -> list[News]:
    """What else was sent about this very work, a line for a message and person, the newest first."""
    rows = Delivery.objects.filter(assignment=assignment, state=DeliveryState.SENT).exclude(kind__in=REMINDING)
    told: dict[tuple[str, int, datetime], News] = {}
    for row in rows.select_related("recipient").order_by("-created_at", "recipient__name", "channel")[:MOST_NEWS]:
        line = told.setdefault((row.kind, row.recipient_id, row.created_at), News(row, {}))
        line.channels.setdefault(row.get_channel_display())
    return list(told.values())


def coming(assignment: Assignment, *, today: date, calendar: Calendar) -> list[Coming]:
    """The next reminders by the ladder, while somebody works on it."""
    if assignment.state not in WORKING:
        return []
    terms = terms_of(assignment.directive.notice.committee_id)
    until = max(today, assignment.due_on or today) + SIGHT
    plan = steps_of(work_of(assignment), terms, until=until, calendar=calendar)
    later = [step for step in plan if step.on > today]
    above = ABOVE if assignment.directive.given_by_id else {}
    said = [(step, Audience(step.rung.audience)) for step in later[:COMING]]
    return [Coming(step.on, _when(step.rung), str(above.get(whom, whom.label))) for step, whom in said]


def _who(event: Event) -> str:
    return event.by_name or _("The system")


def _changes(event: Event) -> Iterable[str]:
    before, after = event.before.get("state"), event.after.get("state")
    if before and after and before != after:
        yield f"{_state(before)} → {_state(after)}"
    due = _day(event.before.get("due_on")), _day(event.after.get("due_on"))
    if all(due) and due[0] != due[1]:
        yield _("deadline %(before)s → %(after)s") % {"before": due[0], "after": due[1]}
    if (reported := event.before.get("figure")) and (verified := event.after.get("figure")):
        yield _("figure %(reported)s → %(verified)s") % {"reported": reported, "verified": verified}
    if named := event.before.get("named"):
        yield _("in the notice: %(agency)s") % {"agency": named}
    if asked := _day(event.after.get("asked_due_on")):
        yield _("asked until %(day)s") % {"day": asked}
    if until := _day(event.after.get("until")):
        yield _("until %(day)s") % {"day": until}


def _state(value: str) -> str:
    return _(State(value).label)


def _day(value: str | None) -> str:
    return day(date.fromisoformat(value)) if value else ""


def _when(rung: Rung) -> str:
    offset = rung.offset
    if rung.kind == REVIEW:
        return _("if nothing is reported until then")
    if rung.kind == MONTHLY:
        return _("if nothing is reported in this month")
    if offset == 0:
        return _("on the day it is due")
    if offset < 0:
        return ngettext("%(days)s working day before", "%(days)s working days before", -offset) % {"days": -offset}
    return ngettext("%(days)s working day overdue", "%(days)s working days overdue", offset) % {"days": offset}
