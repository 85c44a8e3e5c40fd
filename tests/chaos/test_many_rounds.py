"""The round with much to do: eight at once on ten thousand assignments, and the morning after three days without it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pytest

from accounts.models import Agency, Role, User
from directives.actions import rounds
from directives.actions.reminding import remind_all
from directives.models import Assignment, Delivery, DeliveryState, Reminder, ReminderState
from tests.chaos.processes import at_once
from tests.make import at, make_agency, make_calendar, make_directive, make_ladder, make_notice, make_user
from tracker.delivery.deliver import deliver_waiting

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 10_000
CHANNELS = 2


def give(rows: Iterable[tuple[Agency, date, date]], *, armed_on: date) -> None:
    """Open work, straight into its table: each to an agency, due on a day, to be looked at on a day."""
    directive = make_directive(make_notice(issued_on=date(2025, 12, 1)), due_on=date(2026, 12, 31))
    Assignment.objects.bulk_create(
        Assignment(
            directive=directive,
            agency=agency,
            role="share",
            period=f"p{number}",
            assigned_on=armed_on,
            armed_on=armed_on,
            original_due_on=due_on,
            due_on=due_on,
            look_on=look_on,
        )
        for number, (agency, due_on, look_on) in enumerate(rows)
    )


def test_eight_rounds_on_ten_thousand_due_assignments_write_each_rung_once(monkeypatch):
    monkeypatch.setattr(rounds, "BATCH", 700)  # so that all eight find something to do
    make_ladder()
    today, due_on = date(2026, 3, 2), date(2026, 3, 5)  # a Monday; three working days later
    offices = [make_agency() for _number in range(40)]
    for agency in offices:
        make_user(Role.OFFICER, agency)
    give(((offices[number % 40], due_on, today) for number in range(MANY)), armed_on=today)
    gained = at_once(lambda number: remind_all(now=at(today, 0, 5), today=today), 8)
    assert sum(gained) == MANY * CHANNELS
    written = Reminder.objects.filter(rung=-3, state=ReminderState.PLANNED)
    assert Counter(written.values_list("channel", flat=True)) == {"email": MANY, "in_app": MANY}
    assert Delivery.objects.count() == 40 * CHANNELS
    assert remind_all(now=at(today, 0, 10), today=today) == 0
    Assignment.objects.update(look_on=today)
    assert remind_all(now=at(today, 0, 15), today=today) == 0


def test_after_72_hours_without_a_round_over_tet_each_person_has_one_mail(postbox):
    """Down from Thursday 12/02/2026 to Sunday 15/02; from Saturday on the country is on holiday until the 22nd."""
    make_calendar(*(date(2026, 2, day) for day in range(16, 21)))
    make_ladder()
    friday, sunday, back = date(2026, 2, 13), date(2026, 2, 15), date(2026, 2, 23)
    people: list[User] = [make_user(Role.OFFICER) for _number in range(120)]
    # On that Friday: a working day before, on the day, one and three working days after the deadline.
    deadlines = (back, friday, date(2026, 2, 12), date(2026, 2, 10))
    rows = [
        (person.offices.get().agency, deadlines[number % len(deadlines)], friday)
        for person in people
        for number in range(25)
    ]
    give(rows, armed_on=date(2025, 12, 1))
    assert remind_all(now=at(sunday, 8), today=sunday) > 0
    assert deliver_waiting(now=at(sunday, 8)) == 0  # nobody is disturbed on a holiday
    assert remind_all(now=at(back, 0, 5), today=back) > 0
    passes = 0
    while Delivery.objects.filter(state=DeliveryState.WAITING).exists():
        deliver_waiting(now=at(back, 7, 30 + passes), limit=2000)
        passes += 1
        assert passes < 5
    assert Counter(postbox.addresses) == {person.email: 1 for person in people}
    assert set(Reminder.objects.values_list("state", flat=True)) == {ReminderState.SENT, ReminderState.SUPERSEDED}
    missed = Reminder.objects.filter(channel="email", rung_on__lte=sunday)
    assert missed.values("assignment").distinct().count() == 3000
