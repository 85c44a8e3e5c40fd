"""One assignment: what is asked, by when, by whom, what was answered, and what can be done now."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.roles import Verb, may_each
from directives.models import Assignment, ExtensionState, Question, QuestionState, Report, ReportState
from directives.rules.lifecycle import OPEN, State, allowed
from tracker.web.amended import amended_of
from tracker.web.answering import answers
from tracker.web.desk import Desk, SignedIn, desk_of
from tracker.web.giving import giver_acts
from tracker.web.parts import sees_parts
from tracker.web.quoting import quotation
from tracker.web.snoozing import rest_of
from tracker.web.story import Entry, coming, history, news, reminders, thread
from tracker.web.together import handed_down, helpers, may_hand_down
from tracker.web.wording import ACTS, CHIPS, Act, deadline, is_returned, next_act

# Why there is nothing to do for the agency, and who acts now.
RESTS = {
    State.HANDED_IN: _("Handed in: the secretariat now verifies it or returns it with a reason."),
    State.DONE: _("Verified as done: nothing more to do."),
    State.DECLINED: _("The agency declined this: the secretariat decides who does it instead."),
    State.SUSPENDED: _("Suspended: the clock stands still until the secretariat lets the work go on."),
    State.WITHDRAWN: _("Withdrawn: this work is no longer asked for."),
    State.REASSIGNED: _("Given to another agency: nothing is left to do here."),
}
# The same of work that an agency handed down.
INNER_RESTS = RESTS | {
    State.HANDED_IN: _("Handed in: the agency that handed it down now verifies it or returns it with a reason."),
    State.DECLINED: _("The unit declined this: the agency that handed it down decides who does it instead."),
    State.SUSPENDED: _("Suspended with the work that it is part of: the clock stands still until that goes on."),
}


@dataclass(frozen=True)
class Choices:
    """What the reader may do now, the first of them in front; or the sentence that says why nothing."""

    acts: list[Act]
    first: Act | None
    reason: str


@login_required
@require_safe
def assignment(request: SignedIn, uuid: UUID) -> HttpResponse:
    """The page of one assignment; what the reader may not see is not there (404)."""
    desk = desk_of(request)
    found = Assignment.objects.visible_to(request.user, desk.today).with_standing(desk.today, desk.soon_until)
    parts = found.select_related("agency", "group", "directive__notice__committee", "directive__paragraph")
    parts = parts.select_related("directive__given_by", "directive__handed_down_from__directive")
    one = get_object_or_404(parts, uuid=uuid)
    events = list(one.events.order_by("-at", "-pk"))
    entries = thread(one, events)
    sent, planned = reminders(one)
    requests = [entry.extension for entry in reversed(entries) if entry.extension]
    asked = next((request for request in requests if request.state == ExtensionState.OPEN), None)
    page = {
        "section": "assignments",
        "assignment": one,
        "words": quotation(one.directive),
        "addressees": one.directive.addressees.select_related("agency", "group"),
        "chip": CHIPS[one.standing],
        "deadline": deadline(one, today=desk.today, calendar=desk.calendar),
        "choices": _choices(one, desk, asked=asked is not None),
        "to_answer": _to_answer(one, desk, entries),
        "decide": asked if asked and _decides(one, desk) else None,
        "giver_acts": giver_acts(one, desk),
        "sees_whole": one.directive.given_by_id in desk.own_agencies,
        "counts": handed_down(one, desk),
        "sees_parts": sees_parts(one, desk),
        "may_hand_down": may_hand_down(one, desk),
        "helpers": helpers(one, desk),
        "returned": _returned(one, entries),
        "thread": entries,
        "extensions": requests,
        "amended": amended_of(one),
        "history": history(events),
        "sent": sent,
        "news": news(one),
        "planned": planned,
        "rest": rest_of(one, desk),
        "coming": coming(one, today=desk.today, calendar=desk.calendar),
    }
    return render(request, "web/assignment.html", page)


def _decides(one: Assignment, desk: Desk) -> bool:
    """Whether the reader decides on requests about this work, as the committee or as who handed it down."""
    given_by = one.directive.given_by_id
    if given_by is not None:
        return given_by in desk.own_agencies
    return one.directive.notice.committee_id in desk.decides_for


def _to_answer(one: Assignment, desk: Desk, entries: list[Entry]) -> list[Question]:
    """What waits for an answer of the reader, the oldest first."""
    waiting = [entry.question for entry in entries if entry.question and entry.question.state == QuestionState.OPEN]
    return list(reversed(waiting)) if waiting and one.state in OPEN and answers(one, desk) else []


def _choices(one: Assignment, desk: Desk, *, asked: bool) -> Choices:
    rests_of = INNER_RESTS if one.directive.given_by_id else RESTS
    if rests := rests_of.get(State(one.state)):
        return Choices([], None, str(rests))
    answers = may_each(desk.user, [verb for verb in ACTS if allowed(one.state, verb)], one.agency, on=desk.today)
    refused = next((str(answer.reason) for answer in answers.values() if not answer), "")
    shut = {Verb.REQUEST_EXTENSION} if asked or one.due_on is None else set()
    acts = {verb: ACTS[verb] for verb, answer in answers.items() if answer and verb not in shut}
    first = next_act(one)
    if first is None or acts.pop(first.verb, None) is None:
        first = None
    return Choices(list(acts.values()), first, refused if not acts and first is None else "")


def _returned(one: Assignment, entries: list[Entry]) -> Report | None:
    if not is_returned(one):
        return None
    reports = (entry.report for entry in entries if entry.report)
    return next((report for report in reports if report.state == ReportState.RETURNED), None)
