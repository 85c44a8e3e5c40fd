"""Real neighbours of the tests: Đôn đốc's own programs, each in a process of its own, on the tests' servers.

Other processes see only what is committed, so a test with a neighbour needs `django_db(transaction=True)`.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import connection

from tests.postbox import free_port
from tracker.celery import app
from tracker.embedded import processes, programs
from tracker.embedded.places import PROJECT
from tracker.embedded.processes import Child

HOST = "127.0.0.1"
PATIENCE = 90  # seconds, on a machine with much else to do


@contextmanager
def running(name: str, command: list[str], folder: Path, **more: str) -> Iterator[Child]:
    """A program as it runs in production, acting as the application does; its log is `folder`/NAME.log."""
    database = str(connection.settings_dict["NAME"])
    environment = {
        **os.environ,
        "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl(),
        "EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "DEFAULT_FROM_EMAIL": settings.DEFAULT_FROM_EMAIL,
        **more,
    }
    environment.pop("DATABASE_ROLE")
    words = [sys.executable, "-m", *command]
    child = processes.start(name, words, folder=folder, environment=environment, within=PROJECT)
    try:
        yield child
    finally:
        child.stop()


@contextmanager
def working(folder: Path, **more: str) -> Iterator[Child]:
    """A Celery worker that is ready; it works on nothing that was asked before."""
    app.control.purge()
    with running("worker", programs.worker(), folder, **more) as child:
        until(lambda: " ready." in _log(child))
        yield child


@pytest.fixture
def web_server(transactional_db, tmp_path: Path) -> Iterator[str]:
    """The address of a gunicorn that answers."""
    address = f"{HOST}:{free_port()}"
    with running("web", programs.web(address), tmp_path, SITE_URL=f"http://{address}") as child:
        until(lambda: _answers(f"http://{address}/healthz", child))
        yield f"http://{address}"


def until(true: Callable[[], object], *, within: float = PATIENCE) -> None:
    """Look again and again until it is `true`; fail when it is not so `within` seconds."""
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, f"not so within {within} seconds"
        time.sleep(0.05)


def _answers(url: str, child: Child) -> bool:
    _log(child)
    with suppress(URLError, OSError):
        return urlopen(url, timeout=5).status == 200
    return False


def _log(child: Child) -> str:
    """What the program has said so far; it must still run."""
    told = child.log.read_text()
    assert child.runs, told[-3000:]
    return told
