"""When a system that could not be told is called again."""

from datetime import UTC, datetime, timedelta

import pytest

from directives.rules.calling import (
    LONGEST_ASKED,
    LONGEST_REST,
    MOST_ATTEMPTS,
    asked_to_wait,
    rest_after,
    wait_after,
)

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MEAN = 0.5


def test_ten_attempts_over_75_hours():
    waits = [wait_after(attempts, MEAN) for attempts in range(1, MOST_ATTEMPTS + 1)]
    assert waits[-1] is None
    assert MOST_ATTEMPTS == 10
    assert timedelta(hours=75) <= sum(waits[:-1], timedelta()) <= timedelta(hours=76)


def test_chance_moves_each_wait_by_a_tenth_at_most():
    for attempts in range(1, MOST_ATTEMPTS):
        mean = wait_after(attempts, MEAN).total_seconds()
        assert wait_after(attempts, 0.0).total_seconds() == pytest.approx(mean * 0.9)
        assert wait_after(attempts, 1.0).total_seconds() == pytest.approx(mean * 1.1)


def test_an_endpoint_rests_longer_with_each_failure_and_five_minutes_at_most():
    rests = [rest_after(failures, MEAN) for failures in range(1, 40)]
    assert rests == sorted(rests)
    assert rests[0] == timedelta(seconds=5)
    assert rests[-1] == LONGEST_REST


@pytest.mark.parametrize(
    ("written", "wait"),
    [
        ("120", timedelta(seconds=120)),
        (" 7 ", timedelta(seconds=7)),
        ("0", timedelta()),
        ("Sun, 22 Nov 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Sun, 22 Nov 2026 19:05:00 +0700", timedelta(minutes=5)),
        ("Sun, 22 Nov 2026 11:00:00 GMT", timedelta()),
        ("999999999999999999999", LONGEST_ASKED),
        ("Fri, 01 Jan 2100 00:00:00 GMT", LONGEST_ASKED),
        ("-5", timedelta()),
        ("soon", timedelta()),
        ("١٢", timedelta()),
        ("", timedelta()),
    ],
)
def test_what_retry_after_asks_for(written, wait):
    assert asked_to_wait(written, NOON) == wait
