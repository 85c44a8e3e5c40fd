"""What is still to be said of one piece of work: the whole way ahead, of rungs, reviews and months."""

from datetime import date

from directives.rules.escalation import Rung, Step
from directives.rules.nudges import MONTHLY, REVIEW, Terms, Work, ahead, first_look, steps_of
from directives.rules.working_days import Calendar

OFF = Calendar(off=frozenset({date(2025, 3, 25), date(2025, 3, 31)}))  # two days that a plain week would not know
ARMED = date(2025, 3, 3)  # a Monday
DUE = date(2025, 4, 1)  # a Tuesday; the Monday before it is off
LADDER = (Rung(-1, "officer", "courtesy"), Rung(0, "head", "courtesy"), Rung(1, "head", "escalation"))
ALL = Terms(LADDER, review_days=30, monthly_by=25)

BEFORE, ON, AFTER = (
    Step(rung, day) for rung, day in zip(LADDER, (date(2025, 3, 28), DUE, date(2025, 4, 2)), strict=True)
)
MARCH, APRIL = (
    Step(Rung(number, "officer", MONTHLY), day)
    for number, day in ((12503, date(2025, 3, 24)), (12504, date(2025, 4, 25)))
)
REVIEWS = [
    Step(Rung(1030, "officer", REVIEW), date(2025, 4, 2)),
    Step(Rung(1060, "officer", REVIEW), date(2025, 5, 2)),
]


def dated(*sent: int, **facts) -> Work:
    return Work(**{"due_on": DUE, "armed_on": ARMED, "known_on": ARMED, "sent": frozenset(sent)} | facts)


def test_of_dated_work_every_rung_and_the_next_month_are_ahead():
    assert ahead(dated(), ALL, OFF, today=ARMED) == [BEFORE, ON, AFTER, MARCH]


def test_what_was_said_is_ahead_no_more():
    assert ahead(dated(-1, 12503), ALL, OFF, today=ARMED) == [ON, AFTER, APRIL]


def test_rungs_before_the_arming_are_not_ahead():
    assert ahead(dated(armed_on=date(2025, 4, 1)), Terms(LADDER), OFF, today=ARMED) == [
        ON,
        Step(LADDER[2], date(2025, 4, 2)),
    ]


def test_of_undated_work_the_next_review_and_the_next_month_are_ahead():
    assert ahead(dated(due_on=None), ALL, OFF, today=ARMED) == [REVIEWS[0], MARCH]
    assert ahead(dated(1030, due_on=None), ALL, OFF, today=ARMED) == [REVIEWS[1], MARCH]


def test_without_a_ladder_nothing_is_ahead():
    assert ahead(dated(), Terms(), OFF, today=ARMED) == []


def test_a_rehearsal_tells_dated_work_by_its_rungs_and_months_up_to_the_day():
    assert steps_of(dated(), ALL, until=date(2025, 4, 1), calendar=OFF) == [MARCH, BEFORE, ON]
    assert steps_of(dated(), ALL, until=date(2025, 4, 25), calendar=OFF) == [MARCH, BEFORE, ON, AFTER, APRIL]


def test_a_month_counts_up_to_its_very_first_day():
    early = Terms(monthly_by=1)
    assert [step.on for step in steps_of(dated(), early, until=date(2025, 4, 1), calendar=OFF)] == [date(2025, 4, 1)]


def test_who_was_given_work_ten_days_before_is_asked_and_later_is_not():
    asked = Terms(monthly_by=14)
    assert [step.on for step in steps_of(dated(known_on=date(2025, 3, 4)), asked, until=DUE, calendar=OFF)] == [
        date(2025, 3, 14)
    ]
    assert steps_of(dated(known_on=date(2025, 3, 5)), asked, until=DUE, calendar=OFF) == []


def test_the_first_look_may_be_the_day_of_arming_itself():
    on_the_day = dated(due_on=ARMED)
    assert first_look(on_the_day, Terms(LADDER), OFF) == ARMED


def test_the_first_look_knows_the_days_off():
    assert first_look(dated(), ALL, OFF) == date(2025, 3, 24)
    assert first_look(dated(), Terms(LADDER), OFF) == date(2025, 3, 28)


def test_a_month_that_is_over_is_ahead_no_more_though_it_was_never_asked_for():
    assert ahead(dated(), ALL, OFF, today=date(2025, 3, 24)) == [BEFORE, ON, AFTER, MARCH]
    assert ahead(dated(), ALL, OFF, today=date(2025, 3, 25)) == [BEFORE, ON, AFTER, APRIL]
