"""How fast a channel may go: in no minute more than the rate allows, over all senders together."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from accounts.models import Role
from directives.models import Delivery, DeliveryState, Pace
from tests.chaos.processes import PATIENCE, at_once
from tests.make import at, make_delivery, make_user
from tracker import clock
from tracker.delivery.claiming import claim
from tracker.delivery.deliver import deliver
from tracker.delivery.pace import BURST, MINUTE, allowance

pytestmark = pytest.mark.django_db
MORNING = at(date(2025, 3, 4), 7, 30)
RATE = 60  # a minute


@pytest.fixture(autouse=True)
def _rates(settings, monkeypatch):
    settings.DELIVERY_RATES = {"email": RATE}
    # A pass takes no time, so that the time that a slow machine needs for it gives nothing back.
    monkeypatch.setattr(clock, "running_from", lambda now: lambda: now)


def granted(wanted: int, seconds: float, channel: str = "email") -> int:
    """How many may leave so many seconds after the morning."""
    with transaction.atomic():
        return allowance(channel, wanted, at=MORNING + timedelta(seconds=seconds))


def attempts() -> Counter[int]:
    return Counter(Delivery.objects.values_list("attempts", flat=True))


# --- the rule


def test_a_burst_may_leave_at_once_and_then_what_the_time_has_given_back():
    assert [granted(100, seconds) for seconds in (0, 0, 0.5, 1, 3)] == [10, 0, 0, 1, 2]


def test_what_was_not_wanted_is_not_used_up():
    assert [granted(wanted, 0) for wanted in (3, 0, 4, 9)] == [3, 0, 4, 3]


def test_a_quiet_hour_saves_up_no_more_than_a_burst():
    assert [granted(3, 0), granted(100, 3600)] == [3, 10]


@pytest.mark.parametrize("rate", [1, 7, 60, 600])
def test_in_no_minute_leave_more_than_the_rate_and_a_burst(settings, rate):
    settings.DELIVERY_RATES = {"email": rate}
    asked_at = [0.4 * step for step in range(450)]  # three minutes
    left = [(seconds, granted(50, seconds)) for seconds in asked_at]
    most = rate + max(rate * (BURST / MINUTE), 1)
    worst = max(sum(n for seconds, n in left if start <= seconds < start + 60) for start in asked_at)
    assert worst <= most
    assert sum(n for _seconds, n in left) >= 3 * rate - 1


def test_one_a_minute_leaves_once_a_minute(settings):
    settings.DELIVERY_RATES = {"email": 1}
    assert [granted(5, seconds) for seconds in (0, 30, 59.9, 60, 61, 120)] == [1, 0, 0, 1, 0, 1]


def test_a_clock_that_was_set_back_lets_no_more_leave():
    assert [granted(100, seconds) for seconds in (0, -30, 0)] == [10, 0, 0]


def test_channels_have_their_own_rates(settings):
    settings.DELIVERY_RATES = {"email": RATE, "messenger": 6}
    assert [granted(100, 0, channel) for channel in ("email", "messenger", "in_app")] == [10, 1, 100]
    assert set(Pace.objects.values_list("channel", flat=True)) == {"email", "messenger"}


# --- in the claim


@pytest.fixture
def waiting() -> list[Delivery]:
    """Thirty mails to one officer."""
    officer = make_user(Role.OFFICER)
    return [make_delivery(officer) for _row in range(30)]


def test_what_may_not_leave_yet_is_not_claimed_and_costs_no_attempt(postbox, waiting):
    assert deliver(now=MORNING) == Counter(sent=10)
    assert attempts() == Counter({1: 10, 0: 20})
    assert set(Delivery.objects.filter(attempts=0).values_list("state", "leased_until")) == {
        (DeliveryState.WAITING, None)
    }
    assert deliver(now=MORNING + timedelta(seconds=5)) == Counter(sent=5)
    assert len(postbox.letters) == 15


def test_what_is_no_longer_wanted_uses_up_nothing(postbox, waiting):
    waiting[0].recipient.offices.update(ends_on=date(2025, 3, 3))
    others = [make_delivery(make_user(Role.OFFICER)) for _row in range(12)]
    assert deliver(now=MORNING) == Counter(superseded=30, sent=10)
    assert Delivery.objects.filter(pk__in=[row.pk for row in others], state=DeliveryState.SENT).count() == 10


# --- over all senders


def in_a_thread(act: Callable[[], int]) -> int:
    """What another sender comes to, with a connection of its own."""
    try:
        return act()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_sender_waits_until_another_has_said_how_many_it_takes():
    granted(1, -60)  # from now on there is a row
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            assert allowance("email", 100, at=MORNING) == 10
            waits = other.submit(in_a_thread, lambda: granted(100, 0))
            with pytest.raises(NotYet):
                waits.result(0.5)
        assert waits.result(PATIENCE) == 0


@pytest.mark.django_db(transaction=True)
def test_eight_senders_at_once_share_the_rate(waiting):
    with ThreadPoolExecutor(8) as senders:
        claimed = list(senders.map(in_a_thread, [lambda: len(claim("email", at=MORNING).rows)] * 8))
    assert sum(claimed) == 10
    assert attempts() == Counter({1: 10, 0: 20})


@pytest.mark.django_db(transaction=True)
def test_two_processes_share_the_rate(postbox, waiting):
    assert sum(at_once(lambda _sender: deliver(now=MORNING)["sent"], 2)) == 10
    assert len(postbox.letters) == 10
    assert attempts() == Counter({1: 10, 0: 20})
