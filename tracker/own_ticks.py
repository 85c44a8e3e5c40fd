"""A worker that gets no ticks looks by itself: while beat or the broker is away, all is planned, sealed and sent.

A thread of the worker's main process asks the database when each duty was last looked at. Where that is too long ago it
runs `manage.py tick` in a process of its own, so that nothing of it is inherited by the worker's children.
"""

import subprocess
import sys
from contextlib import suppress
from threading import Event, Thread
from typing import Any

import structlog
from celery import bootsteps
from django.conf import settings
from django.db import Error, connections

from tracker import clock
from tracker.celery import app
from tracker.duties import take_over_missed

LOOK_EVERY = 15  # seconds
log = structlog.get_logger(__name__)


class OwnTicks(bootsteps.StartStopStep):
    """Part of every worker, from before it looks for the broker until it stops."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self._stopping = Event()
        self._thread = Thread(target=self._watch, name="own-ticks", daemon=True)

    def start(self, parent: Any) -> None:
        self._thread.start()

    def stop(self, parent: Any) -> None:
        self._stopping.set()

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_EVERY):
            if missed := _missed():
                log.warning("no tick came", duties=missed)
                _tick(missed)


def _tick(duties: list[str]) -> None:
    words = [sys.executable, str(settings.BASE_DIR / "manage.py"), "tick", *duties]
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(words, stdin=subprocess.DEVNULL, timeout=settings.CELERY_TASK_TIME_LIMIT, check=False)  # noqa: S603 - our own program


def _missed() -> list[str]:
    try:
        return take_over_missed(at=clock.now())
    except Error as trouble:
        log.warning("the database does not answer", trouble=str(trouble))
        return []
    finally:
        connections.close_all()


app.steps["worker"].add(OwnTicks)
