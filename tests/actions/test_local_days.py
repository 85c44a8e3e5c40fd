"""A day is a day in Viet Nam, wherever the servers think they are; the register knows each day as it ended."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from directives.actions.assigning import acknowledge, resume, start, suspend
from directives.actions.extending import grant_extension, request_extension
from directives.actions.recording import record
from directives.actions.reminding import remind_all
from directives.actions.reporting import hand_in, return_report, verify
from directives.models import Assignment, Delivery, Event, Report, Span
from directives.rules.lifecycle import State
from tests.make import at
from tracker.delivery.lines import Listings

LAST_SECOND = datetime(2024, 12, 31, 16, 59, 59, tzinfo=UTC)  # of 31/12/2024 in Hanoi
MIDNIGHT = datetime(2024, 12, 31, 17, 0, 0, tzinfo=UTC)
MONDAY, TUESDAY, WEDNESDAY, FRIDAY = (date(2024, 8, day) for day in (12, 13, 14, 16))
WHY = {"reason": "Theo chỉ đạo."}


@pytest.fixture(params=["UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles"], autouse=True)
def _zone(request, monkeypatch, db):
    """The time zone of this process. That of its sessions in the database is Django's own: always UTC."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("moment", "day"), [(LAST_SECOND, date(2024, 12, 31)), (MIDNIGHT, date(2025, 1, 1))], ids=["23:59:59", "00:00:00"]
)
def test_a_hand_in_counts_for_the_day_it_is_in_hanoi(house, moment, day):
    hand_in(house.assignment, by=house.officer, at=moment, text="Xong")
    row = Assignment.objects.get(pk=house.assignment.pk)
    assert row.handed_in_on == day
    assert Span.objects.get(assignment=row, to_on=None).from_on == day
    assert str(Report.objects.get()).endswith(f"{day:%d/%m/%Y}")
    assert str(Event.objects.order_by("pk").last()).startswith(f"{day:%d/%m/%Y} ")


def test_a_return_after_midnight_in_hanoi_is_past_the_date(house):
    hand_in(house.assignment, by=house.officer, at=LAST_SECOND, text="Xong")
    returned = return_report(house.assignment, by=house.secretary, at=MIDNIGHT, **WHY)
    assert (returned.returned_on, returned.armed_on, returned.due_version) == (date(2025, 1, 1), date(2025, 1, 1), 2)


def test_a_message_is_due_at_half_past_seven_in_hanoi_and_counts_its_days_there(house):
    remind_all(now=datetime(2024, 12, 30, 17, 5, tzinfo=UTC), today=date(2024, 12, 31))
    message = Delivery.objects.get(recipient=house.officer, channel="email")
    assert message.due_at == datetime(2024, 12, 31, 0, 30, tzinfo=UTC)
    listings = Listings([message], date(2024, 12, 31))
    (line,) = listings.of(listings.subject(message), "vi").lines
    assert (line.days, line.late) == (0, False)


# --- as of a day


def known(row: Assignment) -> dict[date, list[str]]:
    """What the register says of the row for the end of each day of that week."""
    week = [MONDAY + timedelta(days=number) for number in range(5)]
    return {day: list(Span.objects.as_of(day).filter(assignment=row).values_list("state", flat=True)) for day in week}


def test_of_several_changes_on_a_day_its_end_is_known(house):
    row, officer, secretary = house.assignment, {"by": house.officer}, {"by": house.secretary}
    acknowledge(row, at=at(TUESDAY, 8), **officer)
    start(row, at=at(TUESDAY, 9), **officer)
    suspend(row, at=at(TUESDAY, 10), **WHY, **secretary)
    resume(row, at=at(TUESDAY, 11), **WHY, **secretary)
    hand_in(row, at=at(TUESDAY, 12), text="Xong", **officer)
    return_report(row, at=at(FRIDAY, 8), **WHY, **secretary)
    hand_in(row, at=at(FRIDAY, 9), text="Xong", **officer)
    verify(row, at=at(FRIDAY, 10), **secretary)
    monday, *midweek, friday = known(row).values()
    assert (monday, midweek, friday) == ([State.ASSIGNED], [[State.HANDED_IN]] * 3, [State.DONE])
    assert Span.objects.filter(assignment=row).count() == 3


def test_what_is_entered_for_an_earlier_day_changes_nothing_that_was_known_before(house):
    row = house.assignment
    start(row, by=house.officer, at=at(WEDNESDAY))
    suspend(row, by=house.secretary, at=at(MONDAY), **WHY)  # entered on Wednesday, with Monday's date
    assert known(row) == {
        MONDAY: [State.ASSIGNED],
        TUESDAY: [State.ASSIGNED],
        WEDNESDAY: [State.SUSPENDED],
        date(2024, 8, 15): [State.SUSPENDED],
        FRIDAY: [State.SUSPENDED],
    }


def test_whatever_the_order_of_days_every_day_has_one_answer(house):
    row = Assignment.objects.get(pk=house.assignment.pk)
    for number in (9, 2, 5, 5, 1, 30, 7, 0, 12):
        record(row, "report", by=None, at=at(MONDAY + timedelta(days=number)))
    spans = list(Span.objects.filter(assignment=row).order_by("from_on"))
    assert [span.to_on for span in spans[:-1]] == [span.from_on for span in spans[1:]]
    assert spans[-1].to_on is None
    assert spans[0].from_on == row.assigned_on


def test_an_extension_counts_from_the_day_on_which_it_was_granted(house):
    asked = {"asked_due_on": date(2025, 3, 31), **WHY}
    request = request_extension(house.assignment, by=house.officer, at=at(TUESDAY), **asked)
    grant_extension(request, by=house.secretary, at=at(FRIDAY))
    of_the_lead = Span.objects.filter(assignment=house.assignment)
    assert of_the_lead.as_of(date(2024, 8, 15)).get().due_on == date(2024, 12, 31)
    assert of_the_lead.as_of(FRIDAY).get().due_on == date(2025, 3, 31)
