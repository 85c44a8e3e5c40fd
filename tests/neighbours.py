"""Real neighbours of the tests: a web server, a worker, and a post office.

Other processes see only what is committed, so a test that asks for one of them needs `django_db(transaction=True)`.
"""

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection

from tracker.embedded import processes, programs
from tracker.embedded.places import PROJECT
from tracker.embedded.processes import Child

PATIENCE = 60  # seconds
HOST = "127.0.0.1"


@dataclass
class PostOffice:
    """An SMTP server on loopback and the messages it took, in their order."""

    port: int
    messages: list[EmailMessage]
    recipients: list[list[str]]
    refusal: str = ""  # an SMTP answer such as "451 Later"; while it is set, nothing is taken

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- its name there
        if self.refusal:
            return self.refusal
        self.messages.append(message_from_bytes(envelope.original_content, policy=policy.default))
        self.recipients.append(envelope.rcpt_tos)
        return "250 Kept"


@pytest.fixture
def post_office(settings) -> Iterator[PostOffice]:
    """A real SMTP server, which the tests and the processes they start send to."""
    office = PostOffice(free_port(), [], [])
    controller = Controller(office, hostname=HOST, port=office.port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, office.port
    yield office
    controller.stop()


@pytest.fixture
def start_program(transactional_db, settings, tmp_path: Path) -> Iterator[Callable[..., Child]]:
    """Starts programs of Đôn đốc as they run in production, on this test's database, and ends them with the test."""
    started: list[Child] = []

    def start(name: str, command: list[str], **more: str) -> Child:
        environment = {**os.environ, **_addresses(settings), **more}
        # They act as the application does, whatever these tests may.
        environment.pop("DATABASE_ROLE", None)
        words = [sys.executable, "-m", *command]
        started.append(processes.start(name, words, folder=tmp_path, environment=environment, within=PROJECT))
        return started[-1]

    yield start
    for child in started:
        child.stop()


@pytest.fixture
def worker(start_program) -> Child:
    """A real Celery worker that is ready."""
    child = start_program("worker", programs.worker())
    wait_until(lambda: " ready." in child.log.read_text(), child)
    return child


@pytest.fixture
def web_server(start_program) -> str:
    """The address of a real gunicorn that answers."""
    address = f"{HOST}:{free_port()}"
    child = start_program("web", programs.web(address), SITE_URL=f"http://{address}")
    wait_until(lambda: _answers(f"http://{address}/healthz"), child)
    return f"http://{address}"


def free_port() -> int:
    """A port that nobody listens at just now."""
    with socket.create_server((HOST, 0)) as listening:
        return listening.getsockname()[1]


def wait_until(happened: Callable[[], bool], child: Child | None = None, patience: float = PATIENCE) -> None:
    """Wait until something has happened; fail with the log when `child` ends first or patience does."""
    deadline = time.monotonic() + patience
    while not happened():
        if (child and not child.runs) or time.monotonic() > deadline:
            pytest.fail(f"{child.name}:\n{child.log.read_text()[-3000:]}" if child else "it did not happen in time")
        time.sleep(0.05)


def _addresses(settings) -> dict[str, str]:
    about = connection.settings_dict
    password = f":{quote(about['PASSWORD'])}" if about["PASSWORD"] else ""
    port = f":{about['PORT']}" if about["PORT"] else ""
    host = quote(about["HOST"], safe="")
    return {
        "DATABASE_URL": f"postgres://{about['USER']}{password}@{host}{port}/{about['NAME']}",
        "EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
    }


def _answers(url: str) -> bool:
    with suppress(URLError, OSError):
        return urlopen(url, timeout=5).status == 200
    return False
