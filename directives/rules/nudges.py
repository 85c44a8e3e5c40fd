"""What the ladder says of one piece of work on a day: its rungs, its review where it has no date, its monthly report.

Work without a date is asked after when nothing was reported for a while. A committee may also ask for a report of
all its open work each month: who has not reported by the day named is asked once. Both speak to the agency's
officers alone and never escalate. All days are local dates in Viet Nam.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from directives.rules.escalation import Plan, Rung, Step, due_rungs, steps
from directives.rules.working_days import DAY, Calendar

REVIEW = "review"
MONTHLY = "monthly"
# The ledger knows a rung by a number. Those of a ladder lie within 250 of the due date; these have bands of their own.
REVIEW_BAND = 1_000  # and the calendar days since the ladder was armed
LONGEST_REVIEW = 8_999  # days, after which nobody asks any more
MONTHLY_BAND = 10_000  # and the month: 100 for each year since 2000, 1 to 12
EPOCH = 2000
KNOWN_FOR = timedelta(10)  # whoever was given work later than this before the monthly day is not asked yet


@dataclass(frozen=True)
class Terms:
    """What a committee's ladder asks: its rungs; after how many calendar days without a report undated work is asked
    after (None: never); and by which day of the month open work is reported (None: no monthly report)."""

    rungs: tuple[Rung, ...] = ()
    review_days: int | None = None
    monthly_by: int | None = None


@dataclass(frozen=True)
class Work:
    """All of an assignment that the answer depends on.

    `known_on`: since when the agency knows of it. `reported`: the months (as the ledger knows them) with a report.
    `sent`: the rungs that are in the ledger for this version of the date. `unseen_since`: the local date from which on
    days may have passed on which nobody looked (None: none has).
    """

    due_on: date | None
    armed_on: date
    known_on: date
    review_on: date | None = None
    reported: frozenset[int] = frozenset()
    sent: frozenset[int] = frozenset()
    unseen_since: date | None = None


def plan_of(work: Work, terms: Terms, *, today: date, calendar: Calendar) -> Plan:
    """What is to be said of work that is owed, on the local date `today`, and the next date to look."""
    if work.due_on is None:
        said = _review(work, terms, today)
    else:
        said = due_rungs(
            due_on=work.due_on,
            armed_on=work.armed_on,
            ladder=terms.rungs,
            sent=work.sent,
            today=today,
            calendar=calendar,
        )
    asked = _monthly(work, terms, today, calendar)
    looks = [plan.look_on for plan in (said, asked) if plan.look_on]
    return Plan((*said.send, *asked.send), (*said.superseded, *asked.superseded), min(looks, default=None))


def first_look(work: Work, terms: Terms, calendar: Calendar) -> date | None:
    """The first local date on which there may be something to say; None where there never is."""
    return plan_of(work, terms, today=work.armed_on - DAY, calendar=calendar).look_on


def steps_of(work: Work, terms: Terms, *, until: date, calendar: Calendar) -> list[Step]:
    """Everything that will be said up to the local date `until` if nothing is reported and nothing moves, by day."""
    found: Iterable[Step] = _reviews(work, terms, until)
    if work.due_on is not None:
        found = steps(due_on=work.due_on, armed_on=work.armed_on, ladder=terms.rungs, calendar=calendar)
    every = [*found, *_months(work, terms, until, calendar)]
    return sorted((step for step in every if step.on <= until), key=lambda step: (step.on, step.rung.offset))


def ahead(work: Work, terms: Terms, calendar: Calendar, *, today: date) -> list[Step]:
    """What is still to be said if nothing is reported: every rung; of the reviews and of the months the next one.

    A month whose day lies before the local date `today` is over, reported or not.
    """
    every_month = (step for step in _months(work, terms, date.max, calendar) if step.on >= today)
    months = (step for step in every_month if step.rung.offset not in work.sent)
    found: Iterable[Step] = islice(_unasked(work, terms), 1)
    if work.due_on is not None:
        every = steps(due_on=work.due_on, armed_on=work.armed_on, ladder=terms.rungs, calendar=calendar)
        found = [step for step in every if step.rung.offset not in work.sent]
    return [*found, *islice(months, 1)]


def monthly_day(month: date, by: int, calendar: Calendar) -> date:
    """The day on which a missing report is asked for in the month of `month`: day `by`, or the last of a shorter one.

    A day off counts as the working day before it, within the month.
    """
    named = month.replace(day=min(by, monthrange(month.year, month.month)[1]))
    day = calendar.shift(named, 0)
    return day if day.month == named.month else calendar.next_working(named)


def month_of(rung: int) -> date:
    """The first day of the month that a number in the monthly band stands for."""
    years, month = divmod(rung - MONTHLY_BAND, 100)
    return date(EPOCH + years, month, 1)


def _review(work: Work, terms: Terms, today: date) -> Plan:
    """Only the latest review that was reached speaks."""
    reached = None
    for step in _unasked(work, terms):
        if step.on > today:
            return Plan((reached,) if reached else (), (), step.on)
        reached = step
    return Plan((), (), None)


def _unasked(work: Work, terms: Terms) -> Iterator[Step]:
    last = max((rung for rung in work.sent if REVIEW_BAND <= rung < MONTHLY_BAND), default=REVIEW_BAND)
    return (step for step in _reviews(work, terms, date.max) if step.rung.offset > last)


def _reviews(work: Work, terms: Terms, until: date) -> Iterator[Step]:
    if terms.review_days is None:
        return
    # A review date that the secretariat gave counts first.
    given = work.review_on is not None and work.review_on > work.armed_on
    days = (work.review_on - work.armed_on).days if given and work.review_on else terms.review_days
    while days <= LONGEST_REVIEW and (day := work.armed_on + timedelta(days)) <= until:
        yield Step(Rung(REVIEW_BAND + days, "officer", REVIEW), day)
        days += terms.review_days


def _monthly(work: Work, terms: Terms, today: date, calendar: Calendar) -> Plan:
    """The report of this month is still of use; one of a month that ended while nobody looked is only noted."""
    if terms.monthly_by is None:
        return Plan((), (), None)
    settled, month = work.sent | work.reported, today.replace(day=1)
    since = max(work.armed_on, work.unseen_since or today)
    reached = [step for step in _months(work, terms, today, calendar) if step.on <= today]
    missing = [step for step in reached if step.rung.offset not in settled]
    asked = tuple(step for step in missing if month_of(step.rung.offset) == month)
    over = tuple(step for step in missing if month_of(step.rung.offset) < month and step.on >= since)
    day = monthly_day(month, terms.monthly_by, calendar)
    return Plan(asked, over, day if today < day else monthly_day(_next_month(today), terms.monthly_by, calendar))


def _months(work: Work, terms: Terms, until: date, calendar: Calendar) -> Iterator[Step]:
    month = work.known_on.replace(day=1)
    while terms.monthly_by is not None and month <= until:
        day = monthly_day(month, terms.monthly_by, calendar)
        if work.known_on <= day - KNOWN_FOR:
            yield _ask(month, day)
        month = _next_month(month)


def _ask(month: date, on: date) -> Step:
    return Step(Rung(MONTHLY_BAND + 100 * (month.year - EPOCH) + month.month, "officer", MONTHLY), on)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(31)).replace(day=1)
