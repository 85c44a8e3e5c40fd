"""One request to an address that somebody else chose, so that it can reach nothing inside and holds nobody up.

SECURITY: the name is asked for its addresses once, all of them are looked at, and the connection goes to one of these
numbers; so a name cannot answer otherwise the second time. Nothing is followed, nothing of the environment is asked
(no proxy), and address, answer and time have their bounds.
"""

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from http.client import HTTPException, RemoteDisconnected
from ipaddress import IPv4Address, ip_address
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from time import monotonic
from typing import Self

from django.conf import settings
from urllib3 import BaseHTTPResponse, exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_match_hostname import CertificateError

from directives.models import Trouble
from directives.rules.endpoints import Address, Endpoint, Trusted, why_not

NAME_WITHIN = 3.0  # seconds
CONNECT_WITHIN = 4.0  # seconds, of each address
ALL_WITHIN = 10.0  # seconds, from the connection on
MOST_ADDRESSES = 2  # that are tried
BODY_WITHIN = 2.0  # seconds, for as much of the body as is kept
LARGEST_ANSWER = 4096  # bytes that are read

Resolve = Callable[[str], Iterable[str]]
Connection = HTTPConnection | HTTPSConnection
HUNG_UP = (RemoteDisconnected, ConnectionResetError, BrokenPipeError, ssl.SSLEOFError)


@dataclass(frozen=True)
class Answer:
    """What was answered: the status, the beginning of the body, and until when it asks to be left alone."""

    status: int
    body: bytes = b""
    retry_after: str = ""


class NoAnswer(Exception):
    """There was none, and why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class LetGo(NoAnswer):
    """The other end closed the connection before it answered."""


class Line:
    """The way to an endpoint, kept open from one call to the next while its other end keeps it."""

    def __init__(self, resolve: Resolve | None = None) -> None:
        self._resolve = resolve or names_addresses
        self._endpoint: Endpoint | None = None
        self._addresses: list[Address] = []
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_why: object) -> None:
        self._hang_up()

    def post(
        self, endpoint: Endpoint, body: bytes, headers: dict[str, str], *, trusted: Sequence[Trusted] = ()
    ) -> Answer:
        """Post `body` and return what was answered, whatever the status. Raises NoAnswer."""
        connection, is_kept = self._to(endpoint, trusted)
        until = monotonic() + ALL_WITHIN
        if is_kept:
            # A server may let go of a connection between two calls. Once more then, under the same id.
            with suppress(LetGo):
                return self._asked(connection, endpoint, body, headers, until)
            connection = self._connect(endpoint)
        return self._asked(connection, endpoint, body, headers, until)

    def _to(self, endpoint: Endpoint, trusted: Sequence[Trusted]) -> tuple[Connection, bool]:
        """The connection, and whether it served a call before. The numbers are those that were looked at."""
        is_kept = endpoint == self._endpoint and self._connection is not None and self._connection.is_connected
        if not is_kept:
            self._addresses = addresses_of(endpoint, self._resolve)
        if why_not(endpoint, self._addresses, trusted):
            raise NoAnswer(Trouble.INSIDE)
        if is_kept and self._connection is not None:
            return self._connection, True
        return self._connect(endpoint), False

    def _connect(self, endpoint: Endpoint) -> Connection:
        self._hang_up()
        self._endpoint, self._connection = endpoint, _connected(endpoint, self._addresses)
        return self._connection

    def _asked(
        self, connection: Connection, endpoint: Endpoint, body: bytes, headers: dict[str, str], until: float
    ) -> Answer:
        is_whole = False
        try:
            answer, is_whole = _asked(connection, endpoint, body, headers, until)
        except (TimeoutError, exceptions.TimeoutError):
            raise NoAnswer(Trouble.TOO_SLOW) from None
        except (exceptions.HTTPError, HTTPException, OSError, ValueError) as broken:
            # Whoever is cut off by the bound below sees a broken connection.
            if monotonic() >= until:
                raise NoAnswer(Trouble.TOO_SLOW) from None
            raise (LetGo if isinstance(broken, HUNG_UP) else NoAnswer)(Trouble.BROKEN) from None
        finally:
            if not is_whole:  # what is left of an answer would be read as the next one
                self._hang_up()
        return answer

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._endpoint = self._connection = None


def addresses_of(endpoint: Endpoint, resolve: Resolve) -> list[Address]:
    """All addresses of the endpoint; a number is its own. Raises NoAnswer where the name is not known in time."""
    if endpoint.number is not None:
        return [endpoint.number]
    found: SimpleQueue[list[str]] = SimpleQueue()

    def ask() -> None:
        with suppress(OSError, UnicodeError):
            found.put(list(resolve(endpoint.host)))

    # A thread of its own: the system's resolver knows no bound of time, and must not hold up a lane.
    asking = Thread(target=ask, name="name", daemon=True)
    asking.start()
    asking.join(NAME_WITHIN)
    try:
        names = found.get_nowait()
    except Empty:
        raise NoAnswer(Trouble.NO_NAME) from None
    return [ip_address(one) for one in dict.fromkeys(names)]


def names_addresses(host: str) -> Iterator[str]:
    """What the system's resolver knows of a name. Raises OSError."""
    for *_kind, where in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM):
        yield str(where[0])


def _connected(endpoint: Endpoint, addresses: Sequence[Address]) -> Connection:
    """Connected with the first of the addresses that answers, the fourth version first. Raises NoAnswer."""
    in_order = sorted(addresses, key=lambda one: not isinstance(one, IPv4Address))[:MOST_ADDRESSES]
    trouble = Trouble.UNREACHED
    for address in in_order:
        connection = _connection(endpoint, address)
        try:
            connection.connect()
        except (exceptions.HTTPError, CertificateError, OSError) as refusal:
            connection.close()
            trouble = _why(refusal)
            continue
        return connection
    raise NoAnswer(trouble)


def _connection(endpoint: Endpoint, address: Address) -> Connection:
    """To this number, whatever it is called; the certificate must be good for the name."""
    if endpoint.scheme == "http":
        return HTTPConnection(str(address), endpoint.port, timeout=CONNECT_WITHIN)
    return HTTPSConnection(
        str(address),
        endpoint.port,
        timeout=CONNECT_WITHIN,
        ssl_context=certificates(str(settings.WEBHOOK_CA_FILE)),
        server_hostname=endpoint.host,
        assert_hostname=endpoint.host,
    )


@lru_cache(maxsize=2)
def certificates(more: str) -> ssl.SSLContext:
    """Whose certificates are believed: the system's authorities, and those of a file, such as the government's own."""
    context = ssl.create_default_context()
    if more:
        context.load_verify_locations(more)
    return context


def _why(refusal: Exception) -> Trouble:
    if isinstance(refusal, exceptions.NewConnectionError):  # which the library also calls a timeout
        return Trouble.UNREACHED
    if isinstance(refusal, (TimeoutError, exceptions.TimeoutError)):  # before the next line: so is a slow handshake
        return Trouble.TOO_SLOW
    return Trouble.CERTIFICATE if isinstance(refusal, (ssl.SSLError, CertificateError)) else Trouble.UNREACHED


def _asked(
    connection: Connection, endpoint: Endpoint, body: bytes, headers: dict[str, str], until: float
) -> tuple[Answer, bool]:
    """What was answered, and whether all of it was read, so that the connection is good for another call."""
    # Where it is not kept, the connection lets go of its socket once the answer begins; that ends with the answer.
    held = connection.sock
    connection.timeout = max(until - monotonic(), 0.1)  # it was that of connecting
    with _cut_off_at(held, until):
        told = {**headers, "Host": endpoint.name, "Content-Length": str(len(body))}
        connection.request("POST", endpoint.path, body=body, headers=told, preload_content=False, decode_content=False)
        answer = connection.getresponse()
    if monotonic() >= until:  # cut off among the headers, which reads as their end
        raise NoAnswer(Trouble.TOO_SLOW)
    beginning = b""
    if not answer.closed:  # most have no body
        with _cut_off_at(held, min(until, monotonic() + BODY_WITHIN)):
            beginning = _beginning(answer)
    return Answer(answer.status, beginning, answer.headers.get("Retry-After", "")), answer.closed


@contextmanager
def _cut_off_at(open_socket: socket.socket, until: float) -> Iterator[None]:
    """Each read has its bound, all of them together have not: whoever answers letter by letter is cut off."""
    left = max(until - monotonic(), 0.1)
    open_socket.settimeout(left)
    end = Timer(left, _cut, [open_socket])
    end.daemon = True
    end.start()
    try:
        yield
    finally:
        end.cancel()


def _beginning(answer: BaseHTTPResponse) -> bytes:
    """The first bytes of a body; that it breaks off is nobody's matter, the status is there."""
    found = b""
    with suppress(exceptions.HTTPError, HTTPException, OSError, ValueError):
        while len(found) < LARGEST_ANSWER and (some := answer.read1(LARGEST_ANSWER - len(found), decode_content=False)):
            found += some
    return found


def _cut(open_socket: socket.socket) -> None:
    with suppress(OSError):
        # Of the socket itself: that of TLS would first take itself apart under the hands of whoever reads.
        socket.socket.shutdown(open_socket, socket.SHUT_RDWR)
