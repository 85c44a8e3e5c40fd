"""A real Celery worker beside the tests: a process of its own, on the real broker and the tests' database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from tests.conftest import APPLICATION
from tracker.celery import app
from tracker.embedded import programs

PATIENCE = 90  # seconds, on a machine with much else to do
BIN = Path(sys.executable).parent


def until(true: Callable[[], object], *, within: float = PATIENCE) -> None:
    """Look again and again until it is `true`; fail when it is not so `within` seconds."""
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, f"not so within {within} seconds"
        time.sleep(0.05)


@contextmanager
def working(log: Path) -> Iterator[subprocess.Popen]:
    """A worker as the demo starts it, writing to `log`; it works on nothing that was asked before."""
    app.control.purge()
    program, *words = programs.worker()
    environment = {
        **os.environ,
        "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{_database()}").geturl(),
        "DATABASE_ROLE": APPLICATION,
        "EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "DEFAULT_FROM_EMAIL": settings.DEFAULT_FROM_EMAIL,
    }
    with log.open("wb") as output:
        worker = subprocess.Popen(
            [BIN / program, *words],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until(lambda: worker.poll() is None and b" ready." in log.read_bytes())
        yield worker
    finally:
        _stop(worker)


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _stop(worker: subprocess.Popen) -> None:
    """Ask it to finish what it does; after a while do not ask any more."""
    worker.terminate()
    try:
        worker.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
