"""The ladder: which rungs are due today, which were overtaken, and when to look again. A pure function.

Rungs are counted in working days from the due date. The rules, in the order in which they bite:

- a rung whose day lies before the ladder was armed (assigned, moved, returned, resumed) is void;
- escalations count from the due date, or from the day of arming where that is later (a return past the due date);
- of several courtesy rungs that were missed only the latest speaks, and none once a later rung is reached or sent;
- an escalation is never skipped;
- a later rung includes the audiences of the earlier ones;
- past its date, work is looked at on every working day, since the digest lists it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from directives.rules.lifecycle import WORKING
from directives.rules.working_days import DAY, HANOI, Calendar, local_day

AUDIENCES = ("officer", "head", "secretariat", "deputy", "chair")
# A message to them waits one working day, in which the secretariat may hold it.
LEADERSHIP = ("deputy", "chair")
COURTESY = "courtesy"
ESCALATION = "escalation"
DIGEST_AT = time(7, 30)
DAY_ENDS_AT = time(17, 30)


@dataclass(frozen=True)
class Rung:
    """`offset` working days after the due date (before it: negative), up to `audience`.

    What is `urgent` goes out at once; all else waits for the next digest, and leaders always have their day's delay.
    """

    offset: int
    audience: str
    kind: str
    urgent: bool = False

    @property
    def audiences(self) -> tuple[str, ...]:
        """Everybody it speaks to."""
        return up_to(self.audience)


def up_to(audience: str) -> tuple[str, ...]:
    """The audience and the earlier ones."""
    return AUDIENCES[: AUDIENCES.index(audience) + 1]


@dataclass(frozen=True)
class Step:
    """A rung with the local date it falls on."""

    rung: Rung
    on: date


@dataclass(frozen=True)
class Plan:
    """What the ladder says today: to be sent, overtaken, and the next local date to look (None: never again)."""

    send: tuple[Step, ...]
    superseded: tuple[Step, ...]
    look_on: date | None


NOTHING_MORE = Plan((), (), None)


def steps(*, due_on: date, armed_on: date, ladder: Iterable[Rung], calendar: Calendar) -> list[Step]:
    """Every rung of the ladder that is not void, with its day, in order of days. All dates local."""
    late_base = max(due_on, armed_on)
    found = []
    for rung in ladder:
        base = due_on if rung.kind == COURTESY else late_base
        day = calendar.shift(base, rung.offset)
        if day >= armed_on:
            found.append(Step(rung, day))
    return sorted(found, key=lambda step: (step.on, step.rung.offset))


def due_rungs(
    *,
    due_on: date,
    armed_on: date,
    ladder: Sequence[Rung],
    sent: frozenset[int],
    today: date,
    calendar: Calendar,
) -> Plan:
    """What is due on the local date `today`. `sent`: offsets already in the ledger for this version of the date."""
    every = steps(due_on=due_on, armed_on=armed_on, ladder=ladder, calendar=calendar)
    pending = [step for step in every if step.rung.offset not in sent]
    reached = [step for step in pending if step.on <= today]
    escalations = [step for step in reached if step.rung.kind == ESCALATION]
    courtesies = [step for step in reached if step.rung.kind != ESCALATION]
    # A ladder may be given one more rung after a later one has spoken.
    last_sent = max((step.on for step in every if step.rung.offset in sent), default=date.min)
    spoken = escalations or [step for step in courtesies if step.on > last_sent][-1:]
    next_digest = calendar.next_working(max(today, due_on, armed_on) + DAY)
    return Plan(
        send=tuple(spoken),
        superseded=tuple(step for step in courtesies if step not in spoken),
        look_on=min([next_digest, *(step.on for step in pending if step.on > today)]),
    )


def may_send(*, state: str, due_version: int, reminded_version: int, in_office: bool) -> bool:
    """Whether a planned reminder may still go out: the work is still owed, by this date, and the person still serves.

    Asked when it is planned and again just before it is sent.
    """
    return state in WORKING and due_version == reminded_version and in_office


def digest_moment(*, now: datetime, today: date, calendar: Calendar) -> datetime:
    """When what was planned on `today` is sent: 07:30 there, on that day if it is worked and not over, else the next.

    A moment that has passed within working hours means at once.
    """
    day = calendar.next_working(today)
    here = now.astimezone(HANOI)
    if here.date() == day and here.time() > DAY_ENDS_AT:
        day = calendar.shift(day, 1)
    return datetime.combine(day, DIGEST_AT, HANOI)


def leadership_moment(*, now: datetime, today: date, calendar: Calendar) -> datetime:
    """When a message to the committee's leadership is sent: one working day after everybody else's."""
    first = digest_moment(now=now, today=today, calendar=calendar)
    return datetime.combine(calendar.shift(first.date(), 1), DIGEST_AT, HANOI)


def moved_moment(due_at: datetime, *, written_at: datetime, leads: bool, calendar: Calendar) -> datetime:
    """When what waits for `due_at` leaves by a changed calendar: never on a day off, but on the next working morning.

    Of the committee's leadership never before the working day is over that it waits since it was written.
    """
    day = calendar.next_working(local_day(due_at))
    moved = due_at if day == local_day(due_at) else datetime.combine(day, DIGEST_AT, HANOI)
    if not leads:
        return moved
    return max(moved, leadership_moment(now=written_at, today=local_day(written_at), calendar=calendar))
