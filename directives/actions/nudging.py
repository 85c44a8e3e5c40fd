"""Nudging: an agency asks those below it, at one click, for what it handed down and has not got; once a working day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Count, Max

from accounts.models import Agency, User
from accounts.roles import Verb, require
from directives.actions.addressing import who_is_told
from directives.actions.moving import in_line
from directives.actions.recording import record_all, tell
from directives.models import Assignment, DeliveryKind, Event, load_calendar
from directives.rules.handing_down import Nudge, why_not_nudged
from directives.rules.lifecycle import LIVE
from directives.rules.working_days import HANOI, Calendar, local_day

NUDGE = "nudge"


@dataclass(frozen=True)
class Nudged:
    """Who was told, and who was not, with the reason as a sentence's end."""

    told: Sequence[Assignment]
    not_told: Sequence[tuple[Assignment, str]]


@transaction.atomic
def nudge(whole: Assignment, *, by: User, at: datetime) -> Nudged:
    """Ask all units that still owe a part of `whole` for it; one message to each person, a fixed number of queries.

    Two clicks at once tell nobody twice: the parts are locked, and whoever nudges for the same agency waits. What is
    done or was taken back is passed over in silence. Raises NotAllowed.
    """
    day = local_day(at)
    require(by, Verb.HAND_DOWN, whole.agency, on=day)
    in_line(whole.agency)
    parts = Assignment.objects.parts_of([whole]).filter(state__in=LIVE)
    parts = parts.select_for_update(of=("self",), no_key=True).order_by("agency__code", "pk")
    rows = list(parts.select_related("agency", "directive__notice").defer("directive__notice__text"))
    people, last = who_is_told({row.agency_id for row in rows}, on=day), _last_nudges(rows)
    calendar, told, not_told = load_calendar(), list[Assignment](), list[tuple[Assignment, str]]()
    many = _nudges_today(whole.agency, rows, calendar.next_working(day), calendar)
    for row in rows:
        known = Nudge(row.state, last.get(row.pk), bool(people[row.agency_id]), many[row.agency_id])
        why_not = why_not_nudged(known, today=day, calendar=calendar)
        if why_not:
            not_told.append((row, why_not))
        else:
            told.append(row)
            many[row.agency_id] += 1
    if told:
        record_all(told, NUDGE, by=by, at=at, on_behalf_of=whole.agency.name_vi, after=[{} for _row in told])
        about = {holder: row for row in told for holder in people[row.agency_id]}
        key = f"nudged:{whole.uuid}:{at.isoformat()}"
        tell(about, DeliveryKind.NUDGED, key=key, at=at, notice=whole.directive.notice, about=about)
    return Nudged(told, not_told)


def _nudges_today(
    giver: Agency, rows: Sequence[Assignment], working_day: date, calendar: Calendar
) -> defaultdict[int, int]:
    """By unit (agency id) how often `giver` nudged it for this working day, for whatever work."""
    since = datetime.combine(calendar.shift(working_day, -1), time.max, HANOI)
    units = {row.agency_id for row in rows}
    events = Event.objects.filter(verb=NUDGE, at__gt=since, assignment__agency__in=units)
    counted = events.filter(assignment__directive__given_by=giver).order_by().values("assignment__agency")
    found = {row["assignment__agency"]: row["many"] for row in counted.annotate(many=Count("pk"))}
    return defaultdict(int, found)


def _last_nudges(rows: Sequence[Assignment]) -> dict[int, date]:
    """By assignment (id) the local date on which it was nudged last."""
    events = Event.objects.filter(assignment__in=rows, verb=NUDGE).order_by().values("assignment")
    return {row["assignment"]: local_day(row["last"]) for row in events.annotate(last=Max("at"))}
