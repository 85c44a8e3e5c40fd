"""What is told to those who watch: this process answers, the machinery works, and how it stands in figures."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from accounts.models import Role
from directives.actions.holding import hold_sending
from directives.actions.rearming import note_change, rearm_all
from directives.actions.recording import record
from directives.models import Assignment, Delivery, Directive, Tick
from directives.rules.working_days import DAY
from tests.make import at, make_assignment, make_call, make_delivery, make_subscription, make_user
from tracker import clock
from tracker.duties import DUTIES
from tracker.sealing import seal_and_anchor
from tracker.watching import troubles

SECRET = "chi-cho-viec-do-luong"


@pytest.fixture
def ticking(db) -> None:
    Tick.objects.bulk_create(Tick(duty=duty, at=clock.now()) for duty in DUTIES)


def ready(client) -> tuple[int, str]:
    answer = client.get("/readyz")
    return answer.status_code, answer.content.decode()


def figures(client) -> dict[str, float]:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {SECRET}"})
    assert answer.status_code == 200
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _space, value in (line.rpartition(" ") for line in lines)}


def test_a_process_that_answers_is_healthy_whatever_else_is_down(client):
    # Without the mark of a test that may use the database, any question to it would fail here.
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_where_all_is_well_it_is_ready(client, ticking):
    assert ready(client) == (200, "ok")


def test_a_silent_broker_is_named_and_nothing_else_is_told(client, ticking, settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody-listens.sock"
    assert ready(client) == (503, "broker")


def test_a_silent_database_is_named(client, ticking):
    def refuse(*_words: object) -> None:
        raise DatabaseError("the server is gone")

    with connection.execute_wrapper(refuse):
        assert ready(client) == (503, "database")


def test_ticks_that_stay_away_are_named(client, ticking):
    Tick.objects.filter(duty="seal").update(at=clock.now() - timedelta(minutes=3))
    assert ready(client) == (503, "ticks")
    Tick.objects.all().delete()
    assert ready(client) == (503, "ticks")


def test_messages_that_nobody_sends_are_named_unless_sending_is_on_hold(client, ticking):
    row = make_delivery(make_user(Role.OFFICER), due_at=clock.now() - timedelta(minutes=10))
    assert ready(client) == (200, "ok")
    Delivery.objects.filter(pk=row.pk).update(due_at=clock.now() - timedelta(minutes=16))
    assert ready(client) == (503, "messages")
    hold_sending(who="root", at=clock.now(), reason="Khôi phục.")
    assert ready(client) == (200, "ok")


def test_events_that_nobody_seals_are_named(ticking):
    record(make_user(Role.OFFICER), "report", by=None, at=clock.now())
    later = clock.now() + timedelta(minutes=6)
    Tick.objects.update(at=later)
    assert troubles(now=later) == ["seals"]
    seal_and_anchor(now=clock.now())
    assert troubles(now=later) == []


def test_a_changed_calendar_that_nobody_works_off_is_named(client, ticking):
    note_change(at=clock.now() - timedelta(minutes=14))
    assert ready(client) == (200, "ok")
    note_change(at=clock.now() - timedelta(minutes=16))
    assert ready(client) == (503, "changes")
    rearm_all(now=clock.now(), today=clock.today())
    assert ready(client) == (200, "ok")


@pytest.mark.parametrize(
    ("rows", "day"), [(Assignment.objects, "look_on"), (Directive.objects, "next_period_on")], ids=["ladder", "period"]
)
def test_work_at_which_no_round_looked_on_its_day_is_named_however_often_it_ticks(ticking, rows, day):
    make_assignment()
    noon = at(clock.today(), 12)
    Tick.objects.update(at=noon)
    rows.update(**{day: clock.today()})
    assert troubles(now=noon) == []
    midnight = at(clock.today() + DAY, 0)
    Tick.objects.update(at=midnight)
    assert troubles(now=midnight + timedelta(minutes=1)) == []
    Tick.objects.update(at=midnight + timedelta(minutes=15))
    assert troubles(now=midnight + timedelta(minutes=15)) == ["planning"]


@pytest.mark.parametrize("shown", ["", "Bearer ", f"Bearer {SECRET}x", SECRET])
def test_figures_are_only_for_whoever_shows_the_token(client, settings, shown):
    settings.METRICS_TOKEN = SECRET
    assert client.get("/metrics", headers={"Authorization": shown}).status_code == 404


@pytest.mark.parametrize("shown", ["", "Bearer "])
def test_without_a_token_there_are_no_figures_for_anybody(client, settings, shown):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": shown}).status_code == 404


def test_the_figures_say_how_it_stands(client, ticking, settings, django_assert_num_queries):
    settings.METRICS_TOKEN = SECRET
    now, officer = clock.now(), make_user(Role.OFFICER)
    make_delivery(officer, due_at=now - timedelta(minutes=5))
    make_delivery(officer, due_at=now + timedelta(minutes=5))
    make_delivery(officer, state="dead")
    make_delivery(officer, state="held", channel="in_app")
    make_delivery(officer, state="sent")
    system = make_subscription()
    record(officer, "report", by=None, at=now)
    seal_and_anchor(now=now)
    record(officer, "report", by=None, at=now)
    note_change(at=now - timedelta(minutes=5))
    for state, minutes in (("waiting", -10), ("waiting", 10), ("dead", -10)):
        make_call(system, state=state, due_at=now + timedelta(minutes=minutes))
    with django_assert_num_queries(8):
        told = figures(client)
    assert {name: value for name, value in told.items() if "seconds" not in name} == {
        'dondoc_messages{channel="email",state="due"}': 1,
        'dondoc_messages{channel="email",state="later"}': 1,
        'dondoc_messages{channel="email",state="dead"}': 1,
        'dondoc_messages{channel="email",state="held"}': 0,
        'dondoc_messages{channel="in_app",state="due"}': 0,
        'dondoc_messages{channel="in_app",state="later"}': 0,
        'dondoc_messages{channel="in_app",state="dead"}': 0,
        'dondoc_messages{channel="in_app",state="held"}': 1,
        **{f'dondoc_messages{{channel="messenger",state="{state}"}}': 0 for state in ("due", "later", "dead", "held")},
        "dondoc_events_unsealed": 1,
        "dondoc_events_sealed_total": 1,
        "dondoc_changes": 1,
        "dondoc_sending_on_hold": 0,
        'dondoc_subscriptions{state="active"}': 1,
        **{f'dondoc_subscriptions{{state="{state}"}}': 0 for state in ("unverified", "paused", "stopped", "ended")},
        **{f'dondoc_calls{{state="{state}"}}': 1 for state in ("due", "later", "dead")},
    }
    assert 600 <= told["dondoc_oldest_call_seconds"] < 660
    assert 300 <= told['dondoc_oldest_message_seconds{channel="email"}'] < 360
    assert 0 <= told['dondoc_tick_age_seconds{duty="seal"}'] < 60
    assert 300 <= told["dondoc_oldest_change_seconds"] < 360
