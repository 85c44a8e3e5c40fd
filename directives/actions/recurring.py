"""Recurring work goes on: before a period begins, whoever had a part in the last one is given the next.

Found in the database, decided with the notice locked, and held by the unique key (directive, agency, role, period), so
that any number of ticks at once do what one does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.agencies import heirs
from accounts.models import Agency, User
from accounts.roles import Verb, require
from directives.actions.addressing import tell_agencies
from directives.actions.fitting import fit_day, fit_text
from directives.actions.moving import REASON_MISSING, SOMEBODY_WAS_FASTER, lock_notice, next_looks, withdraw_all
from directives.actions.recording import record, record_all
from directives.models import Assignment, Directive, Notice, NoticeState, Role, load_calendar
from directives.rules.escalation import digest_moment
from directives.rules.lifecycle import LIVE, WrongMoment
from directives.rules.recurrence import AHEAD, Period, next_turn, period_of, periods_ahead
from directives.rules.refusals import Invalid, Stale
from directives.rules.working_days import Calendar, local_day

NOTHING_RECURS = _("This directive does not recur, or its notice is not in force.")
Turns = dict[int, list[tuple[Period, date]]]  # of each directive (id), the periods ahead with their due dates


def give_next_periods(*, now: datetime, today: date, ahead: int = AHEAD) -> int:
    """Give out what recurs in the period of the local date `today` and in the `ahead` next ones; how much was new.

    Twice is the same as once. What was declined, withdrawn or given to another agency goes on where it is now. Each
    agency is told once for a notice, in working hours. Ends with the notice, or after the directive's last day.
    """
    waiting = Directive.objects.filter(next_period_on__lte=today).order_by("notice_id")
    notices = list(waiting.values_list("notice_id", flat=True).distinct())
    calendar = load_calendar() if notices else Calendar()
    return sum(_give(pk, now=now, today=today, ahead=ahead, calendar=calendar) for pk in notices)


@transaction.atomic
def end_recurrence(
    directive: Directive, *, by: User, at: datetime, until: date, reason: str, version: int | None = None
) -> Directive:
    """Let issued work recur no longer than in the period of `until` (a local date); later periods are withdrawn.

    A day that was set too early is set anew: what it withdrew is given again as far as it can still be done.
    Raises NotAllowed, WrongMoment (it does not recur, or its notice is not in force) or Invalid.
    """
    notice = lock_notice(directives=directive)
    directive = notice.directives.get(pk=directive.pk)
    directive.notice = notice
    require(by, Verb.WITHDRAW, notice.committee, on=local_day(at))
    if directive.rhythm is None or notice.state != NoticeState.ISSUED:
        raise WrongMoment(NOTHING_RECURS)
    if version is not None and version != directive.version:
        raise Stale(SOMEBODY_WAS_FASTER)
    if not reason.strip():
        raise Invalid("reason", REASON_MISSING)
    fit_text("reason", reason)
    fit_day("until", until)
    last = period_of(directive.rhythm.every, until).label
    later = directive.assignments.filter(period__gt=last)
    withdraw_all(later, by=by, at=at, on_behalf_of=notice.committee.name_vi, reason=reason, past_the_end=True)
    before, directive.recurs_until = directive.recurs_until, until
    directive.next_period_on, directive.version = local_day(at), directive.version + 1
    directive.save(update_fields=["recurs_until", "next_period_on", "version"])
    record(
        directive,
        "end_recurrence",
        by=by,
        at=at,
        on_behalf_of=notice.committee.name_vi,
        before={"recurs_until": before.isoformat() if before else None},
        after={"recurs_until": until.isoformat()},
        reason=reason,
    )
    return directive


@transaction.atomic
def _give(notice_id: int, *, now: datetime, today: date, ahead: int, calendar: Calendar) -> int:
    notice = lock_notice(pk=notice_id)
    directives = list(notice.directives.filter(next_period_on__lte=today).order_by("position"))
    in_force = notice.state == NoticeState.ISSUED
    rows = list(_missing(notice, directives, today=today, ahead=ahead, calendar=calendar)) if in_force else []
    next_looks(rows, notice.committee_id)
    written = Assignment.objects.bulk_create(rows)
    if written:
        record_all(written, Verb.ASSIGN, by=None, at=now, on_behalf_of=notice.committee.name_vi)
        tell_agencies(
            notice,
            written,
            key=f"assigned:{written[0].uuid}",
            at=now,
            due_at=digest_moment(now=now, today=today, calendar=calendar),
            given_on=today,
        )
    for directive in directives:
        directive.next_period_on = _next_turn(directive, today, ahead) if in_force else None
    Directive.objects.bulk_update(directives, ["next_period_on"])
    return len(written)


def _missing(
    notice: Notice, directives: Sequence[Directive], *, today: date, ahead: int, calendar: Calendar
) -> Iterator[Assignment]:
    """The assignments that the periods ahead lack."""
    turns = {row.pk: _turns(row, today, ahead, calendar) for row in directives}
    by_id, home = {row.pk: row for row in directives}, _homes(directives)
    given, led = _given(turns, home)
    for last, agency in _holders(home, today):
        for period, due_on in turns[home[last.directive_id]]:
            turn, leads = (home[last.directive_id], period.label), last.role == Role.LEAD
            part = (*turn, last.role, agency.pk)
            if part in given or (leads and turn in led):
                continue
            given.add(part)
            if leads:
                led.add(turn)
            directive = by_id[home[last.directive_id]]
            directive.notice = notice
            yield Assignment(
                directive=directive,
                agency=agency,
                role=last.role,
                group=last.group,
                period=period.label,
                due_on=due_on,
                original_due_on=due_on,
                assigned_on=today,
                armed_on=today,
            )


def _homes(directives: Iterable[Directive]) -> dict[int, int]:
    """These directives (ids), and the earlier ones whose work goes on by their words, each with its place today."""
    rows = list(directives)
    homes = {row.pk: row.pk for row in rows}
    earlier = {row.continues_id: row.pk for row in rows if row.continues_id is not None}
    while earlier:
        homes |= earlier
        before = Directive.objects.filter(pk__in=earlier, continues__isnull=False).values_list("pk", "continues_id")
        earlier = {continues: homes[pk] for pk, continues in before if continues is not None}
    return homes


def _given(turns: Turns, home: Mapping[int, int]) -> tuple[set[tuple[int, str, str, int]], set[tuple[int, str]]]:
    """Which parts of these turns are there, whatever became of them; and which turns have a live lead.

    What fell only with an end that was moved on since is not there.
    """
    labels = {period.label for found in turns.values() for period, _due_on in found}
    rows = Assignment.objects.filter(directive__in=list(home), period__in=labels, past_the_end=False)
    given, led = set(), set()
    for directive_id, label, role, agency_id, state in rows.values_list(
        "directive_id", "period", "role", "agency_id", "state"
    ):
        given.add((home[directive_id], label, role, agency_id))
        if role == Role.LEAD and state in LIVE:
            led.add((home[directive_id], label))
    return given, led


def _holders(home: Mapping[int, int], today: date) -> Iterator[tuple[Assignment, Agency]]:
    """Who has which part now: the newest assignment of each, while it is live, with the agency that exists today.

    One that fell only with the end of the recurrence holds its part as if it were live. What was done under an earlier
    notice, whose words were amended since, holds it too. Of two that lead, whoever led later comes first.
    """
    rows = Assignment.objects.filter(directive__in=list(home)).select_related("agency", "group")
    rows = rows.order_by("directive_id", "agency_id", "role", "-period", "-pk")
    newest: dict[tuple[int, int, str], Assignment] = {}
    for row in rows.distinct("directive_id", "agency_id", "role"):
        part = (home[row.directive_id], row.agency_id, row.role)
        if part not in newest or (newest[part].period, newest[part].pk) < (row.period, row.pk):
            newest[part] = row
    held = (row for row in newest.values() if row.state in LIVE or row.past_the_end)
    live = sorted(held, key=lambda row: (row.period, row.pk), reverse=True)
    gone = [row.agency for row in live if not row.agency.exists_on(today)]
    inherited = heirs(gone, today) if gone else {}
    for row in live:
        after = inherited.get(row.agency_id, [row.agency])
        # One duty is led by one agency: of several heirs the one entered last.
        for agency in after[-1:] if row.role == Role.LEAD else after:
            if agency.exists_on(today):
                yield row, agency


def _turns(directive: Directive, today: date, ahead: int, calendar: Calendar) -> list[tuple[Period, date]]:
    if directive.rhythm is None:
        return []
    return periods_ahead(directive.rhythm, today=today, until=directive.recurs_until, ahead=ahead, calendar=calendar)


def _next_turn(directive: Directive, today: date, ahead: int) -> date | None:
    if directive.rhythm is None:
        return None
    return next_turn(directive.rhythm.every, today=today, until=directive.recurs_until, ahead=ahead)
