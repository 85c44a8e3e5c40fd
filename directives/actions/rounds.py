"""One batch of the daily round, in steps that each take all of it at once.

Assignments are locked, then sorted into *situations* (ladder, deadline, day of arming, reported or not, rungs sent):
the rule is asked once for each. They are sorted as well by *seat* (agency and committee): people and messages are found
once for each. What the rule said and who hears it are joined to the assignments in SQL, so that the work in Python
follows the distinct situations and seats, and not the assignments. The unique key of the ledger makes twice the same as
once.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import repeat
from typing import Any, NamedTuple, TypeVar

from django.db import connection, transaction

from accounts.people import Holder, Seats, seats
from directives.actions.assigning import workers
from directives.actions.hearing import Hearer, Hours, hearers
from directives.actions.ladders import Ladders
from directives.actions.posting import Envelope, post
from directives.actions.round_sql import LOOKED_AT, SORTED, WRITTEN
from directives.models import (
    Assignment,
    Delivery,
    DeliveryKind,
    Notice,
    ReminderState,
    Wishes,
    load_calendar,
    wishes_of,
)
from directives.models.reminders import SNOOZED
from directives.rules.escalation import NOTHING_MORE, Plan, Step
from directives.rules.lifecycle import WORKING
from directives.rules.nudges import EPOCH, MONTHLY_BAND, Work, plan_of
from directives.rules.working_days import HANOI, Calendar

Key = TypeVar("Key", bound=Hashable)
BATCH = 10_000  # assignments in one transaction
STATE = {True: str(ReminderState.PLANNED), False: str(ReminderState.SUPERSEDED)}


class Situation(NamedTuple):
    """All that the ladder's answer depends on. `ladder` is a committee's id, None for the default one."""

    ladder: int | None
    owed: bool
    due_on: date | None
    armed_on: date
    known_on: date
    review_on: date | None
    unseen_since: date | None
    reported: tuple[int, ...]
    sent: tuple[int, ...]


class Seat(NamedTuple):
    """Whose people hear of it: an agency, and a committee or the agency that handed the work down (ids)."""

    agency_id: int
    committee_id: int
    giver_id: int | None


class Voice(NamedTuple):
    """What decides who hears a rung and in which message; what is not `sent` only stands in the ledger."""

    audience: str
    urgent: bool
    sent: bool


class Group(NamedTuple):
    """Assignments (ids) of which the ladder says the same to the same people."""

    situation: Situation
    seat: Seat
    rows: list[int]


Plans = dict[Situation, Plan]
# Who hears a voice, by which channel, in which message (None: in none).
Heard = dict[tuple[Seat, Voice], list[tuple[Hearer, str, Envelope | None]]]


@transaction.atomic
def plan_batch(*, now: datetime, today: date, notice: Notice | None = None) -> int | None:
    """Plan what the ladders say on the local date `today` of at most `BATCH` assignments whose day has come.

    Returns how many rows the ledger gained, or None where no assignment was left to look at.
    """
    rows = _lock(today=today, notice=notice)
    if not rows:
        return None
    calendar, ladders = load_calendar(), Ladders()
    groups = _groups(rows, ladders, today)
    plans = {group.situation: _plan(group.situation, ladders, today, calendar) for group in groups}
    hours = Hours(now=now, today=today, calendar=calendar)
    found = seats(
        agencies={pk for group in groups for pk in (group.seat.agency_id, group.seat.giver_id) if pk},
        committees={group.seat.committee_id for group in groups},
        on=today,
    )
    wishes = wishes_of(found.people)
    heard = _heard(groups, plans, found, hours, wishes)
    late = [hours.of_the_day(holder, channel) for holder, channel in _late(groups, found, today, wishes)]
    messages = _post(heard, late, now)
    written = _write(groups, plans, heard, messages, today)
    _look(groups, plans)
    return written


def _lock(*, today: date, notice: Notice | None) -> list[int]:
    """The assignments (ids) to look at, locked; what another round has locked is left to it."""
    rows = Assignment.objects.filter(look_on__lte=today)
    if notice is not None:
        rows = rows.filter(directive__notice=notice)
    rows = rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
    return list(rows.order_by("look_on", "pk").values_list("pk", flat=True)[:BATCH])


def _groups(rows: list[int], ladders: Ladders, today: date) -> list[Group]:
    asked = {"rows": rows, "working": sorted(WORKING), "monthly": ladders.monthly, "today": today}
    asked |= {"months": MONTHLY_BAND, "epoch": EPOCH, "zone": HANOI.key}
    with connection.cursor() as cursor:
        cursor.execute(SORTED, asked)
        return [
            Group(_situation(ladders.whose(committee), *facts), Seat(agency, committee, giver), pks)
            for committee, agency, giver, *facts, pks in cursor.fetchall()
        ]


def _situation(ladder: int | None, *facts: Any) -> Situation:
    *plain, reported, sent = facts
    return Situation._make([ladder, *plain, tuple(reported), tuple(sent)])


def _plan(situation: Situation, ladders: Ladders, today: date, calendar: Calendar) -> Plan:
    if not situation.owed:
        return NOTHING_MORE
    work = Work(
        due_on=situation.due_on,
        armed_on=situation.armed_on,
        known_on=situation.known_on,
        review_on=situation.review_on,
        reported=frozenset(situation.reported),
        sent=frozenset(situation.sent),
        unseen_since=situation.unseen_since,
    )
    return plan_of(work, ladders.of(situation.ladder), today=today, calendar=calendar)


def _steps(plan: Plan) -> Iterator[tuple[Step, Voice]]:
    """Everything that goes into the ledger, and how it is said."""
    for steps, sent in ((plan.superseded, False), (plan.send, True)):
        for step in steps:
            yield step, Voice(step.rung.audience, step.rung.urgent, sent)


def _heard(groups: Iterable[Group], plans: Plans, found: Seats, hours: Hours, wishes: Wishes) -> Heard:
    """For each seat and voice that is needed, the people with their channels and messages."""
    heard: Heard = {}
    for seat, voice in {(group.seat, voice) for group in groups for _step, voice in _steps(plans[group.situation])}:
        heard[seat, voice] = [
            (hearer, channel, hours.envelope(hearer, channel, urgent=voice.urgent) if voice.sent else None)
            for hearer in hearers(found, voice.audience, **seat._asdict())
            for channel in wishes.channels(hearer.user.pk, hearer.kind)
        ]
    return heard


def _late(groups: Iterable[Group], found: Seats, today: date, wishes: Wishes) -> Iterator[tuple[Holder, str]]:
    """Who answers for overdue work, with their channels; what was given back only today is in tomorrow's digest."""
    late = {group.seat.agency_id for group in groups if _is_late(group.situation, today)}
    for agency_id in sorted(late):
        for holder in workers(found, agency_id):
            for channel in wishes.channels(holder.user.pk, DeliveryKind.DIGEST):
                yield holder, channel


def _is_late(situation: Situation, today: date) -> bool:
    return situation.owed and situation.due_on is not None and max(situation.due_on, situation.armed_on) < today


def _post(heard: Heard, of_the_day: Iterable[Envelope], now: datetime) -> dict[str, Delivery]:
    """The messages by their envelope's key; those that only list what is overdue are written and not returned."""
    filled = {envelope.key: envelope for lines in heard.values() for _hearer, _channel, envelope in lines if envelope}
    wanted = {envelope.key: envelope for envelope in of_the_day} | filled
    return post(wanted, filled=set(filled), now=now)


def _write(groups: Sequence[Group], plans: Plans, heard: Heard, messages: dict[str, Delivery], today: date) -> int:
    """Join what is said and who hears it to the assignments; how many rows the ledger gained."""
    situations, places = _numbers(group.situation for group in groups), _numbers(group.seat for group in groups)
    voices = _numbers(voice for _seat, voice in heard)
    due = [(pk, situations[group.situation], places[group.seat]) for group in groups for pk in group.rows]
    said = [
        (situations[situation], voices[voice], step.rung.offset, step.on, step.rung.kind, STATE[voice.sent])
        for situation, plan in plans.items()
        for step, voice in _steps(plan)
    ]
    hear = [
        (
            places[seat],
            voices[voice],
            hearer.audience,
            hearer.user.pk,
            hearer.holder.substitutes,
            hearer.for_nobody,
            channel,
            messages[envelope.key].pk if envelope else None,
        )
        for (seat, voice), lines in heard.items()
        for hearer, channel, envelope in lines
    ]
    columns = _columns(due, "rows situations seats")
    columns |= _columns(said, "said_in said_as rung rung_on kind state")
    columns |= _columns(hear, "heard_in heard_as audience recipient substitutes for_nobody channel delivery")
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, columns | {"today": today, "snoozed": SNOOZED})
        return int(cursor.rowcount)


def _look(groups: Sequence[Group], plans: Plans) -> None:
    """Note when each assignment is to be looked at again."""
    situations = _numbers(group.situation for group in groups)
    due = [(pk, situations[group.situation]) for group in groups for pk in group.rows]
    looks = [(number, plans[situation].look_on) for situation, number in situations.items()]
    with connection.cursor() as cursor:
        cursor.execute(LOOKED_AT, _columns(due, "rows situations") | _columns(looks, "situation look_on"))


def _numbers(distinct: Iterable[Key]) -> dict[Key, int]:
    """A number for each that is distinct, so that SQL can join by it."""
    return {key: number for number, key in enumerate(dict.fromkeys(distinct))}


def _columns(rows: Sequence[tuple[Any, ...]], names: str) -> dict[str, list[Any]]:
    """Rows as one array for each column, as `unnest` takes them."""
    columns = zip(*rows, strict=True) if rows else repeat((), len(names.split()))
    return {name: list(column) for name, column in zip(names.split(), columns, strict=True)}
