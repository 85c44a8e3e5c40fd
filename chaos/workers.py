"""The programs of Đôn đốc as production runs them, each to be started in a fork."""

from datetime import timedelta

import apprise as _apprise  # noqa: F401 - loaded once, before the forks
from celery.apps import beat as _beat  # noqa: F401
from celery.apps import worker as _worker  # noqa: F401
from celery.concurrency import prefork as _prefork  # noqa: F401
from kombu.transport import redis as _redis  # noqa: F401

from tracker.celery import GENERAL, SENDING, TICKS, app
from tracker.delivery import claiming
from tracker.embedded import programs

QUEUES = {"delivery-1": SENDING, "delivery-2": SENDING, "general-1": GENERAL, "general-2": GENERAL}
DELIVERY = [name for name, queue in QUEUES.items() if queue == SENDING]
GENERALS = [name for name, queue in QUEUES.items() if queue == GENERAL]
BEATS = ["beat-1", "beat-2", "beat-3"]


def work(name: str) -> None:
    """The worker `name`, until it is ended."""
    words = programs.worker(QUEUES[name])
    app.start([*words[words.index("worker") :], "--hostname", f"{name}@%h"])


def tick() -> None:
    """A beat, until it is ended."""
    words = programs.beat()
    app.start(words[words.index("beat") :])


def hurry(lease: float) -> None:
    """Let claims last `lease` seconds and tick often enough for that. Before anybody is forked."""
    app.loader.import_default_modules()
    claiming.LEASE = timedelta(seconds=lease)
    for duty, seconds in TICKS.items():
        app.conf.beat_schedule[duty]["schedule"] = min(float(seconds), lease / 3)
