"""The doors through which a tick enters: read the clock, make one call, return a count."""

from directives.actions.reminding import remind_all
from tracker import clock
from tracker.celery import app
from tracker.delivery.deliver import deliver_waiting
from tracker.sealing import seal_and_anchor


@app.task
def seal() -> int:
    """Give committed events their place in the chain of history."""
    return seal_and_anchor(now=clock.now())


@app.task
def remind() -> int:
    """Plan what the ladders have to say today."""
    return remind_all(now=clock.now(), today=clock.today())


@app.task
def deliver() -> int:
    """Send what waits; the pass ends by itself after a minute."""
    return deliver_waiting(now=clock.now(), limit=2000)
