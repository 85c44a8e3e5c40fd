"""A changed calendar reaches what waits: messages wait for a working day, the work is looked at again, in batches."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from accounts.models import Role as Office
from directives.actions import postponing, rearming
from directives.actions.rearming import note_change, rearm_all
from directives.actions.reminding import remind_all
from directives.actions.reporting import hand_in, return_report
from directives.actions.sending import hold, release
from directives.models import Assignment, CalendarDay, Delivery, Ladder, Rearming, Reminder, Rung
from tests.actions.conftest import House, nothing_changes
from tests.make import at, make_assignment, make_calendar, make_ladder, make_user
from tests.rounds import look_again, round_on

THURSDAY, FRIDAY, MONDAY, TUESDAY = (date(2024, 12, day) for day in (26, 27, 30, 31))
EVENING = at(THURSDAY, 18)  # too late for the digest of the day


def waiting(user, **which) -> list[tuple[str, object, int]]:
    """What waits for somebody by e-mail: its kind, when it leaves, and how many reminders it tells."""
    rows = user.deliveries.filter(channel="email", state="waiting", **which).order_by("due_at")
    return [(row.kind, row.due_at, row.reminders.filter(state="planned").count()) for row in rows]


def in_the_evening(house: House) -> None:
    """The third working day before the date is planned too late for the day: its digest leaves on Friday."""
    remind_all(now=EVENING, today=THURSDAY)


def given_off(day: date, *, now=EVENING, today: date = THURSDAY) -> None:
    make_calendar(day)
    note_change(at=now)
    rearm_all(now=now, today=today)


def test_a_digest_does_not_leave_on_a_day_that_was_given_off(house):
    in_the_evening(house)
    assert waiting(house.officer) == [("digest", at(FRIDAY, 7, 30), 1)]
    given_off(FRIDAY)
    assert [(kind, when) for kind, when, _many in waiting(house.officer)] == [("digest", at(MONDAY, 7, 30))]
    remind_all(now=EVENING, today=THURSDAY)
    remind_all(now=at(FRIDAY, 9), today=FRIDAY)
    remind_all(now=at(MONDAY, 0, 5), today=MONDAY)
    ((kind, when, many),) = waiting(house.officer)
    assert (kind, when) == ("digest", at(MONDAY, 7, 30))
    assert many == Reminder.objects.filter(recipient=house.officer, channel="email", state="planned").count() > 0


def test_the_key_of_a_message_names_its_new_hour_and_its_old_one_is_free_again(house):
    in_the_evening(house)
    (old,) = house.officer.deliveries.filter(channel="email", kind="digest")
    given_off(FRIDAY)
    new = house.officer.deliveries.get(channel="email", kind="digest", state="waiting")
    assert new.key == f"digest:2024-12-30 07:30:{house.officer.pk}:email:0"
    assert (new.because, new.recipient) == (old.because, old.recipient)
    emptied = Delivery.objects.get(pk=old.pk)
    assert (emptied.state, emptied.key) == ("superseded", f"{old.key} moved {old.pk}")
    assert list(emptied.reminders.filter(state="planned")) == []
    CalendarDay.objects.filter(day=FRIDAY).delete()
    look_again(THURSDAY)
    remind_all(now=at(FRIDAY, 0, 5), today=FRIDAY)
    assert waiting(house.officer)[0] == ("digest", at(FRIDAY, 7, 30), 1)
    assert house.officer.deliveries.get(key=old.key).state == "waiting"


def test_what_waits_goes_into_the_digest_that_waits_for_the_new_day_already(house):
    Ladder.objects.all().delete()
    make_ladder(rungs=((-3, "officer", "courtesy"), (-2, "officer", "courtesy")))
    in_the_evening(house)
    other = make_assignment(house.lead, directive=house.directive, role="share", due_on=date(2025, 1, 2))
    Assignment.objects.filter(pk=other.pk).update(look_on=FRIDAY)
    remind_all(now=at(FRIDAY, 18), today=FRIDAY)
    assert [when for _kind, when, _many in waiting(house.officer)] == [at(FRIDAY, 7, 30), at(MONDAY, 7, 30)]
    planned = Reminder.objects.filter(recipient=house.officer, channel="email", state="planned").count()
    make_calendar(FRIDAY)
    Rearming.objects.create(asked_at=EVENING)
    postponing.postpone(now=EVENING, calendar=rearming.load_calendar())
    assert waiting(house.officer) == [("digest", at(MONDAY, 7, 30), planned)]


def test_what_a_sender_holds_has_tried_or_sent_is_left_where_it_is(house):
    in_the_evening(house)
    tried = house.officer.deliveries.filter(channel="email")
    tried.update(attempts=1)
    house.officer.deliveries.filter(channel="in_app").update(state="sent")
    before = set(house.officer.deliveries.values_list("pk", "due_at", "key"))
    given_off(FRIDAY)
    assert before <= set(house.officer.deliveries.values_list("pk", "due_at", "key"))


def test_news_that_waits_for_the_next_morning_waits_for_a_working_one(house):
    hand_in(house.assignment, by=house.officer, at=EVENING, text="Xong")
    return_report(house.assignment, by=house.secretary, at=EVENING, reason="Thiếu")
    assert waiting(house.officer, kind="returned") == [("returned", at(FRIDAY, 7, 30), 0)]
    given_off(FRIDAY)
    assert waiting(house.officer, kind="returned") == [("returned", at(MONDAY, 7, 30), 0)]
    bell = house.officer.deliveries.get(channel="in_app", kind="returned")
    assert bell.due_at == EVENING


@pytest.fixture
def deputy(house):
    """Hears on Thursday at night what leaves on Friday."""
    deputy = make_user(Office.STANDING_DEPUTY, house.committee)
    Rung.objects.filter(offset=-3).update(audience="deputy")
    round_on(THURSDAY)
    assert [when for _kind, when, _many in waiting(deputy)] == [at(FRIDAY, 7, 30)]
    return deputy


def test_leaders_have_their_working_day_also_where_today_was_given_off(house, deputy):
    make_calendar(THURSDAY)
    postponing.postpone(now=at(THURSDAY, 6), calendar=rearming.load_calendar())
    assert [when for _kind, when, _many in waiting(deputy)] == [at(MONDAY, 7, 30)]


def test_a_message_that_is_held_is_not_released_into_a_day_off(house, deputy):
    held = hold(deputy.deliveries.get(channel="email"), by=house.secretary, at=at(THURSDAY, 9), reason="Chờ")
    make_calendar(FRIDAY)
    postponing.postpone(now=at(THURSDAY, 10), calendar=rearming.load_calendar())
    row = release(held, by=house.secretary, at=at(THURSDAY, 11))
    assert (row.due_at, row.key) == (at(MONDAY, 7, 30), held.key)


def test_what_was_to_leave_already_leaves_as_soon_as_it_can(house):
    round_on(THURSDAY)
    make_calendar(THURSDAY)
    before = set(Delivery.objects.values_list("pk", "due_at"))
    assert postponing.postpone(now=at(THURSDAY, 8), calendar=rearming.load_calendar()) == 0
    assert set(Delivery.objects.values_list("pk", "due_at")) == before


# --- in batches


@pytest.fixture
def many(house, monkeypatch) -> list[Assignment]:
    """Twelve assignments that nobody is to look at before June, and batches of five."""
    monkeypatch.setattr(rearming, "BATCH", 5)
    for number in range(10):
        make_assignment(house.lead, directive=house.directive, period=f"{number}", due_on=house.assignment.due_on)
    Assignment.objects.update(look_on=date(2025, 6, 2))
    return list(Assignment.objects.order_by("pk"))


def test_a_change_is_worked_off_in_batches_and_then_forgotten(many):
    note_change(at=EVENING)
    assert rearm_all(now=EVENING, today=THURSDAY) == 12
    assert set(Assignment.objects.values_list("look_on", flat=True)) == {THURSDAY}
    assert Rearming.objects.count() == 0
    with nothing_changes():
        assert rearm_all(now=EVENING, today=THURSDAY) == 0


def test_where_one_was_interrupted_the_next_begins_behind_the_last_batch(many, monkeypatch):
    note_change(at=EVENING)
    looked, real = [], rearming._look

    def one_batch(rows, *facts):
        looked.append(list(rows))
        if len(looked) == 2:
            raise ConnectionError
        return real(rows, *facts)

    monkeypatch.setattr(rearming, "_look", one_batch)
    with pytest.raises(ConnectionError):
        rearm_all(now=EVENING, today=THURSDAY)
    assert Rearming.objects.get().done_to == many[4].pk
    assert rearm_all(now=EVENING, today=THURSDAY) == 7
    assert [rows[0] for rows in looked] == [many[0].pk, many[5].pk, many[5].pk, many[10].pk]


def test_only_what_moves_is_written(many):
    late = Assignment.objects.filter(pk=many[3].pk)
    late.update(due_on=date(2027, 12, 31), look_on=date(2027, 12, 10))
    note_change(at=EVENING)
    assert rearm_all(now=EVENING, today=THURSDAY) == 11
    assert late.get().look_on == date(2027, 12, 10)


def test_what_is_to_be_looked_at_anyway_keeps_its_day(many):
    missed = date(2024, 12, 10)
    Assignment.objects.filter(pk=many[3].pk).update(look_on=missed)
    note_change(at=EVENING)
    assert rearm_all(now=EVENING, today=THURSDAY) == 11
    assert Assignment.objects.get(pk=many[3].pk).look_on == missed


def test_what_waits_alike_is_read_once_however_much_of_it_waits(many, house):
    Assignment.objects.update(look_on=THURSDAY)
    in_the_evening(house)
    assert Reminder.objects.filter(state="planned").count() > Delivery.objects.filter(state="waiting").count() > 3
    read: list[int] = []

    def count(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if sql.startswith("SELECT DISTINCT"):
            read.append(context["cursor"].rowcount)
        return answer

    with connection.execute_wrapper(count):
        given_off(FRIDAY)
    assert (sum(read) > 0, max(read)) == (True, 1)


def test_several_changes_that_nobody_began_with_are_one(many, house):
    for committee in (house.committee, None, house.committee):
        note_change(at=EVENING, committee=committee)
    done_before = Rearming.objects.create(asked_at=EVENING, done_to=many[0].pk)
    assert rearm_all(now=EVENING, today=THURSDAY) == 12
    assert not Rearming.objects.filter(pk=done_before.pk).exists()
    assert Rearming.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_three_ticks_at_once_move_what_one_would(many):
    note_change(at=EVENING)

    def one_tick(_number: int) -> int:
        try:
            return rearm_all(now=EVENING, today=THURSDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        moved = list(pool.map(one_tick, range(3)))
    assert sum(moved) == 12
    assert Rearming.objects.count() == 0
    assert set(Assignment.objects.values_list("look_on", flat=True)) == {THURSDAY}
