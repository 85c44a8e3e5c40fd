"""Ticks: beat gives them, any number of beats may; without any the workers look by themselves."""

from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import Role
from directives.models import Delivery, DeliveryState, Tick
from tests.make import make_delivery, make_user
from tests.neighbours import running, until, working
from tracker import clock, tasks
from tracker.celery import app
from tracker.duties import DUTIES, PATIENCE, take_over_missed
from tracker.embedded import programs

DONE_BY_A_TICK = ["seal: 0", "tally: 0", "recur: 0", "remind: 0", "deliver: 1", "call: 0", "read: 0"]
DONE_BY_A_TICK += ["change_many: 0", "lists: 0", "papers: 0", "mail_head: 0", "forget: 0"]


def sent(row: Delivery) -> bool:
    row.refresh_from_db()
    return row.state == DeliveryState.SENT


@pytest.mark.django_db
def test_a_tick_is_remembered_and_is_missed_after_a_minute():
    now = clock.now()
    assert take_over_missed(at=now) == list(DUTIES)
    assert take_over_missed(at=now + PATIENCE) == []
    assert take_over_missed(at=now + PATIENCE + timedelta(seconds=1)) == list(DUTIES)


@pytest.mark.django_db
def test_every_tick_says_that_it_was_there(postbox):
    before = clock.now()
    for duty in DUTIES:
        getattr(tasks, duty)()
    assert set(Tick.objects.values_list("duty", flat=True)) == set(DUTIES)
    assert min(Tick.objects.values_list("at", flat=True)) >= before
    assert take_over_missed(at=clock.now()) == []


@pytest.mark.django_db
def test_the_command_looks_at_every_duty_once(postbox, capsys):
    make_delivery(make_user(Role.OFFICER))
    call_command("tick")
    assert capsys.readouterr().out.splitlines() == DONE_BY_A_TICK
    assert len(postbox.letters) == 1


@pytest.mark.django_db
def test_a_duty_that_fails_stops_no_other(postbox, monkeypatch):
    def fail() -> int:
        raise RuntimeError("the round is broken")

    monkeypatch.setitem(DUTIES, "remind", fail)
    row = make_delivery(make_user(Role.OFFICER))
    with pytest.raises(CommandError, match="remind"):
        call_command("tick")
    assert sent(row)


@pytest.mark.django_db(transaction=True)
def test_without_broker_and_beat_a_worker_sends_what_waits(postbox, tmp_path):
    row = make_delivery(make_user(Role.OFFICER))
    away = f"unix://{tmp_path}/nobody-listens.sock"
    with running("worker", programs.worker(), tmp_path, REDIS_URL=away):
        until(lambda: sent(row))
    assert len(postbox.letters) == 1


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_forgot_everything_still_carries_the_next_tick(postbox, tmp_path):
    Tick.objects.bulk_create(Tick(duty=duty, at=clock.now() + timedelta(hours=1)) for duty in DUTIES)
    with working(tmp_path):
        redis.Redis.from_url(settings.REDIS_URL).flushall()
        row = make_delivery(make_user(Role.OFFICER))
        tasks.deliver.delay()
        until(lambda: sent(row), within=30)


@pytest.mark.django_db(transaction=True)
def test_three_beats_do_no_harm(postbox, tmp_path):
    rows = [make_delivery(make_user(Role.OFFICER)) for _row in range(20)]
    beats = [tmp_path / name for name in ("first", "second", "third")]
    for folder in beats:
        folder.mkdir()
    first, second, third = (running("beat", programs.beat(), folder) for folder in beats)
    with working(tmp_path), first, second, third:
        until(lambda: all(sent(row) for row in rows))
    assert sorted(postbox.addresses) == sorted(row.recipient.email for row in rows)
    assert set(Delivery.objects.values_list("attempts", "token")) == {(1, 1)}


def test_sending_has_a_queue_of_its_own():
    assert {name: queue.exchange.name for name, queue in app.amqp.queues.items()} == {"general": "", "sending": ""}
    assert app.amqp.router.route({}, "tracker.tasks.deliver")["queue"].name == "sending"
    assert app.amqp.router.route({}, "tracker.tasks.seal")["queue"].name == "general"
