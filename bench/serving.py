"""Applications under gunicorn as production runs it, and somebody who asks them as fast as they answer."""

import os
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from tracker.embedded import processes, programs
from tracker.embedded.places import PROJECT

PATIENCE = 60  # seconds until an application answers
# A line that stays would stay with one worker; so each is taken up anew after so many answers.
ANSWERS_OF_A_LINE = 50


@contextmanager
def served(name: str, application: str, folder: Path, **environment: str) -> Iterator[Path]:
    """The socket at which gunicorn serves `application` with two workers, on the database that we use."""
    place = folder / f"{name}.sock"
    words = programs.web(f"unix:{place}")
    words[words.index("tracker.wsgi:application")] = application
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    told = {**os.environ, "DATABASE_URL": database.geturl(), "API_RATE": "100000000", **environment}
    child = processes.start(name, [sys.executable, "-m", *words], folder=folder, environment=told, within=PROJECT)
    try:
        _wait_for(place, child)
        yield place
    finally:
        child.stop()


def _wait_for(place: Path, child: processes.Child) -> None:
    deadline = time.monotonic() + PATIENCE
    while not place.exists():
        if not child.runs or time.monotonic() > deadline:
            raise SystemExit(child.log.read_text()[-3000:])
        time.sleep(0.1)


def words_of(path: str, **headers: str) -> bytes:
    """A request as it goes over the line."""
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def ask(place: Path, request: bytes) -> bytes:
    """The body of an answer, which must be a 200."""
    with Line(place) as line:
        head, body = line.ask(request)
    if b" 200 " not in head.partition(b"\r\n")[0]:
        raise SystemExit((head + body).decode())
    return body


def answers_a_second(place: Path, requests: Sequence[bytes], *, seconds: float, lines: int = 4) -> float:
    """How many answers come in so many seconds where so many callers ask without a pause, each of its own line."""
    told: list[int] = []
    until = time.perf_counter() + seconds
    callers = [threading.Thread(target=_keep_asking, args=(place, requests, n, until, told)) for n in range(lines)]
    begun = time.perf_counter()
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    return sum(told) / (time.perf_counter() - begun)


def _keep_asking(place: Path, requests: Sequence[bytes], first: int, until: float, told: list[int]) -> None:
    answered = first
    while time.perf_counter() < until:
        with Line(place) as line:
            for _turn in range(ANSWERS_OF_A_LINE):
                line.ask(requests[answered % len(requests)])
                answered += 1
                if time.perf_counter() >= until:
                    break
    told.append(answered - first)


class Line:
    """A connection that stays; an answer is a head and as many bytes as it announces."""

    def __init__(self, place: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(place))

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def ask(self, request: bytes) -> tuple[bytes, bytes]:
        """Head and body."""
        self._socket.sendall(request)
        told = b""
        while b"\r\n\r\n" not in told:
            told += self._more()
        head, _gap, body = told.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        parts, held = [body], len(body)
        while held < length:
            parts.append(self._more())
            held += len(parts[-1])
        return head, b"".join(parts)

    def _more(self) -> bytes:
        found = self._socket.recv(1 << 18)
        if not found:
            raise SystemExit("The server hung up.")
        return found
