"""Work without a date is asked after, and a missing monthly report once: the rule alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.rules.escalation import Rung
from directives.rules.nudges import (
    LONGEST_REVIEW,
    MONTHLY,
    REVIEW,
    Terms,
    Work,
    first_look,
    month_of,
    monthly_day,
    plan_of,
    steps_of,
)
from directives.rules.working_days import Calendar
from tests.make import DEFAULT_RUNGS

TET = Calendar(off=frozenset(date(2025, 1, 25) + timedelta(n) for n in range(9)))
ARMED = date(2025, 3, 3)  # a Monday; thirty days later is 2/4, sixty 2/5, ninety 1/6
REVIEWED = Terms(review_days=30)
MONTHLY_BY_25 = Terms(review_days=30, monthly_by=25)
LADDER = tuple(Rung(*rung) for rung in DEFAULT_RUNGS)


def undated(**facts) -> Work:
    return Work(**{"due_on": None, "armed_on": ARMED, "known_on": ARMED} | facts)


def said(work: Work, terms: Terms, today: date) -> tuple[list[int], date | None]:
    """The numbers that speak, and the next look."""
    plan = plan_of(work, terms, today=today, calendar=TET)
    assert plan.superseded == ()
    return [step.rung.offset for step in plan.send], plan.look_on


REVIEWS = {
    "on the first day": (ARMED, (), [], date(2025, 4, 2)),
    "the day before": (date(2025, 4, 1), (), [], date(2025, 4, 2)),
    "after thirty days": (date(2025, 4, 2), (), [1030], date(2025, 5, 2)),
    "the day after": (date(2025, 4, 3), (1030,), [], date(2025, 5, 2)),
    "after thirty days more": (date(2025, 5, 2), (1030,), [1060], date(2025, 6, 1)),
    "of several missed the latest": (date(2025, 6, 20), (), [1090], date(2025, 7, 1)),
    "none that lies before what was sent": (date(2025, 4, 2), (1045,), [], date(2025, 5, 2)),
}


@pytest.mark.parametrize(("today", "sent", "send", "look_on"), REVIEWS.values(), ids=REVIEWS)
def test_undated_work_is_asked_after_every_thirty_days(today, sent, send, look_on):
    assert said(undated(sent=frozenset(sent)), REVIEWED, today) == (send, look_on)


def test_a_review_speaks_to_the_officers_alone_on_its_day():
    (step,) = plan_of(undated(), REVIEWED, today=date(2025, 4, 5), calendar=TET).send
    assert (step.on, step.rung) == (date(2025, 4, 2), Rung(1030, "officer", REVIEW))


GIVEN = {
    "before thirty days": (date(2025, 3, 10), [(date(2025, 3, 10), 1007), (date(2025, 4, 9), 1037)]),
    "after thirty days": (date(2025, 4, 30), [(date(2025, 4, 30), 1058), (date(2025, 5, 30), 1088)]),
    "before the last report": (date(2025, 3, 2), [(date(2025, 4, 2), 1030), (date(2025, 5, 2), 1060)]),
    "on the day of the last report": (ARMED, [(date(2025, 4, 2), 1030), (date(2025, 5, 2), 1060)]),
}


@pytest.mark.parametrize(("review_on", "first"), GIVEN.values(), ids=GIVEN)
def test_a_review_date_of_the_secretariat_counts_first(review_on, first):
    every = steps_of(undated(review_on=review_on), REVIEWED, until=date(2025, 8, 1), calendar=TET)
    assert [(step.on, step.rung.offset) for step in every][:2] == first
    assert first_look(undated(review_on=review_on), REVIEWED, TET) == first[0][0]


def test_after_a_generation_nobody_asks_any_more():
    late = ARMED + timedelta(LONGEST_REVIEW + 30)
    assert said(undated(), REVIEWED, late) == ([], None)


def test_the_last_day_of_that_generation_is_still_asked():
    terms = Terms(review_days=LONGEST_REVIEW)
    (step,) = steps_of(undated(), terms, until=date(2200, 1, 1), calendar=TET)
    assert step.on == ARMED + timedelta(LONGEST_REVIEW)


def test_a_month_that_is_asked_on_its_first_day_is_foretold_up_to_that_day():
    (step,) = steps_of(undated(), Terms(monthly_by=1), until=date(2025, 4, 1), calendar=TET)
    assert step.on == date(2025, 4, 1)


def test_where_no_ladder_is_set_nobody_is_asked():
    assert first_look(undated(), Terms(), TET) is None
    assert said(undated(), Terms(), date(2026, 1, 1)) == ([], None)


MONTH_DAYS = {
    "a working day": (date(2025, 3, 1), 25, date(2025, 3, 25)),
    "a Sunday": (date(2025, 5, 1), 25, date(2025, 5, 23)),
    "a short month": (date(2025, 2, 1), 31, date(2025, 2, 28)),
    "a leap year": (date(2024, 2, 1), 30, date(2024, 2, 29)),
    "within a long holiday": (date(2025, 1, 1), 31, date(2025, 1, 24)),
    "off from the first day on": (date(2025, 2, 1), 1, date(2025, 2, 3)),
}


@pytest.mark.parametrize(("month", "by", "day"), MONTH_DAYS.values(), ids=MONTH_DAYS)
def test_the_monthly_day(month, by, day):
    assert monthly_day(month, by, TET) == day


MONTHS = {
    "before the day": (date(2025, 4, 24), {}, [], date(2025, 4, 25)),
    "on the day": (date(2025, 4, 25), {}, [12504], date(2025, 5, 23)),
    "missed, within the month": (date(2025, 4, 30), {}, [12504], date(2025, 5, 23)),
    "asked already": (date(2025, 4, 28), {"sent": frozenset({12504})}, [], date(2025, 5, 23)),
    "reported in the month": (date(2025, 4, 25), {"reported": frozenset({12504})}, [], date(2025, 5, 23)),
    "the next month, though asked in this one": (
        date(2025, 5, 23),
        {"sent": frozenset({12504})},
        [12505],
        date(2025, 6, 25),
    ),
    "known for ten days": (date(2025, 4, 25), {"known_on": date(2025, 4, 15)}, [12504], date(2025, 5, 23)),
    "known for nine days": (date(2025, 4, 25), {"known_on": date(2025, 4, 16)}, [], date(2025, 5, 23)),
    "at the end of the year": (date(2025, 12, 25), {}, [12512], date(2026, 1, 23)),
}


@pytest.mark.parametrize(("today", "facts", "send", "look_on"), MONTHS.values(), ids=MONTHS)
def test_a_missing_monthly_report_is_asked_for_once(today, facts, send, look_on):
    assert said(undated(**facts), Terms(monthly_by=25), today) == (send, look_on)


OVER = {
    "before the day of the next": (date(2025, 5, 2), {}, [], [12504]),
    "after the day of the next": (date(2025, 5, 26), {}, [12505], [12504]),
    "and several": (date(2025, 7, 1), {}, [], [12504, 12505, 12506]),
    "but for one with a report": (date(2025, 7, 1), {"reported": frozenset({12505})}, [], [12504, 12506]),
    "but for one in the ledger": (date(2025, 7, 1), {"sent": frozenset({12504})}, [], [12505, 12506]),
    "not before it was armed anew": (date(2025, 7, 1), {"armed_on": date(2025, 6, 2)}, [], [12506]),
    "not before it was known": (date(2025, 7, 1), {"known_on": date(2025, 6, 2)}, [], [12506]),
    "not where somebody looked each day": (date(2025, 7, 1), {"unseen_since": None}, [], []),
}


@pytest.mark.parametrize(("today", "facts", "send", "superseded"), OVER.values(), ids=OVER)
def test_a_month_that_ended_while_nobody_looked_is_noted(today, facts, send, superseded):
    work = undated(**{"unseen_since": date(2025, 4, 25)} | facts)
    plan = plan_of(work, Terms(monthly_by=25), today=today, calendar=TET)
    assert [step.rung.offset for step in plan.send] == send
    assert [(step.rung.offset, step.on) for step in plan.superseded] == [
        (number, monthly_day(month_of(number), 25, TET)) for number in superseded
    ]


def test_dated_work_is_asked_for_its_monthly_report_beside_its_rungs():
    work = Work(due_on=date(2025, 4, 25), armed_on=ARMED, known_on=ARMED, sent=frozenset({-15, -7, -3, -1}))
    plan = plan_of(work, Terms(LADDER, 30, 25), today=date(2025, 4, 25), calendar=TET)
    assert [(step.rung.offset, step.rung.kind) for step in plan.send] == [(0, "courtesy"), (12504, MONTHLY)]
    assert plan.look_on == date(2025, 4, 28)


def test_a_number_of_the_ledger_names_its_month():
    assert month_of(12504) == date(2025, 4, 1)
    assert month_of(12612) == date(2026, 12, 1)


days = st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31))
terms = st.builds(
    Terms,
    rungs=st.sampled_from([(), LADDER]),
    review_days=st.none() | st.integers(1, 90),
    monthly_by=st.none() | st.integers(1, 31),
)


@given(armed_on=days, due_on=st.none() | days, terms=terms, gaps=st.lists(st.integers(1, 70), max_size=12))
def test_looking_only_when_told_to_says_nothing_twice_and_the_number_fits_its_column(armed_on, due_on, terms, gaps):
    work = Work(due_on=due_on, armed_on=armed_on, known_on=armed_on)
    sent: frozenset[int] = frozenset()
    today = first_look(work, terms, TET)
    for gap in gaps:
        if today is None:
            return
        plan = plan_of(Work(due_on, armed_on, armed_on, sent=sent), terms, today=today, calendar=TET)
        new = [step.rung.offset for step in (*plan.send, *plan.superseded)]
        assert len(set(new)) == len(new)
        assert not sent & set(new)
        assert all(-32768 <= number <= 32767 for number in new)
        assert plan.look_on is None or plan.look_on > today
        sent |= set(new)
        today = plan.look_on and plan.look_on + timedelta(gap - 1)


@given(armed_on=days, terms=terms, gaps=st.lists(st.integers(1, 70), min_size=1, max_size=8))
def test_no_month_is_lost_however_long_nobody_looks(armed_on, terms, gaps):
    sent, today, look = frozenset(), armed_on, armed_on
    for gap in gaps:
        today += timedelta(gap)
        if look is not None and look <= today:
            work = Work(None, armed_on, armed_on, sent=sent, unseen_since=look.replace(day=1))
            plan = plan_of(work, terms, today=today, calendar=TET)
            sent |= {step.rung.offset for step in (*plan.send, *plan.superseded)}
            look = plan.look_on
    every = steps_of(Work(None, armed_on, armed_on), terms, until=today, calendar=TET)
    assert {step.rung.offset for step in every if step.rung.kind == MONTHLY} <= sent


@given(armed_on=days, review_on=st.none() | days, terms=terms)
def test_whoever_looks_every_day_hears_all_that_was_foretold(armed_on, review_on, terms):
    work = Work(due_on=None, armed_on=armed_on, known_on=armed_on, review_on=review_on)
    until, heard, sent = armed_on + timedelta(100), [], frozenset()
    for n in range(101):
        now = Work(None, armed_on, armed_on, review_on, sent=sent)
        plan = plan_of(now, terms, today=armed_on + timedelta(n), calendar=TET)
        heard += plan.send
        sent |= {step.rung.offset for step in plan.send}
    assert sorted(heard, key=lambda step: step.rung.offset) == sorted(
        steps_of(work, terms, until=until, calendar=TET), key=lambda step: step.rung.offset
    )
