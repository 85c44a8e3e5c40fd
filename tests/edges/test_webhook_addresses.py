"""No call reaches inside: for a hundred hostile addresses no socket is opened, and an open one is bounded."""

import socket
import sys
import time
from contextlib import contextmanager
from ipaddress import ip_network
from threading import Thread

import pytest

from directives.models import Trouble
from directives.rules.endpoints import Trusted, read_endpoint
from directives.rules.refusals import Invalid
from tests.hostile_endpoints import INSIDE, WRITTEN
from tests.listener import NAME, OK, Listener, Sent, listening, make_certificate
from tracker.webhooks import connecting
from tracker.webhooks.connecting import Answer, Line, NoAnswer, Resolve

OPENING = ("socket.__new__", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
seen: list[list[str]] = []


def watch(event: str, _arguments: object) -> None:
    if seen and event in OPENING:
        seen[-1].append(event)


sys.addaudithook(watch)  # the interpreter's own; it cannot be taken away, and does nothing while nobody looks


@contextmanager
def sockets_opened():
    """What the interpreter itself says of sockets and of names asked for."""
    seen.append(opened := [])
    try:
        yield opened
    finally:
        seen.pop()


def trusted(listener: Listener) -> list[Trusted]:
    return [Trusted(ip_network("127.0.0.0/8"), frozenset({listener.port}), unencrypted=True)]


def called(address: str, *, resolve: Resolve | None = None, **options: object) -> Answer:
    with Line(resolve) as line:
        return line.post(read_endpoint(address), b"{}", {}, **options)


def trouble_of(address: str, **options: object) -> str:
    with pytest.raises(NoAnswer) as none:
        called(address, **options)
    return none.value.trouble


def test_the_watch_sees_a_socket():
    with sockets_opened() as opened, listening() as listener:
        assert called(listener.address(), trusted=trusted(listener)).status == 204
    assert "socket.connect" in opened


def test_not_one_socket_is_opened_for_any_hostile_address():
    refused = 0
    with sockets_opened() as opened:
        for written in WRITTEN:
            with pytest.raises((Invalid, NoAnswer)):
                called(written, resolve=lambda _host: ["127.0.0.1"])
            refused += 1
        for number in INSIDE:
            literal = f"[{number}]" if ":" in number else number
            assert trouble_of(f"https://{literal}/") == Trouble.INSIDE
            assert trouble_of(f"https://{NAME}/", resolve=lambda _host, it=number: [it]) == Trouble.INSIDE
            both = ["8.8.8.8", number]
            assert trouble_of(f"https://{NAME}/", resolve=lambda _host, them=both: them) == Trouble.INSIDE
            refused += 3
    assert refused > 200
    assert opened == []


def test_a_name_is_asked_for_its_addresses_once_and_called_by_number(tmp_path, settings):
    asked = []

    def resolve(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    certificate = make_certificate(tmp_path, NAME)
    settings.WEBHOOK_CA_FILE = certificate
    with listening(certificate) as listener, sockets_opened() as opened:
        answer = called(listener.address(host=NAME), resolve=resolve, trusted=trusted(listener))
    assert answer.status == 204
    assert asked == [NAME]
    assert "socket.gethostbyname" not in opened
    assert listener.requests[0].headers["host"] == f"{NAME}:{listener.port}"


def test_a_certificate_for_another_name_or_of_nobody_is_not_believed(tmp_path, settings):
    certificate = make_certificate(tmp_path, "khac.bo.gov.vn")
    with listening(certificate) as listener:
        how = {"resolve": lambda _host: ["127.0.0.1"], "trusted": trusted(listener)}
        assert trouble_of(listener.address(host=NAME), **how) == Trouble.CERTIFICATE
        settings.WEBHOOK_CA_FILE = certificate
        assert trouble_of(listener.address(host=NAME), **how) == Trouble.CERTIFICATE
        called(listener.address(host="khac.bo.gov.vn"), **how)
    assert [one.headers["host"] for one in listener.requests] == [f"khac.bo.gov.vn:{listener.port}"]


def test_a_redirect_is_not_followed_and_a_proxy_of_the_environment_is_not_asked(monkeypatch):
    with listening() as inner, listening() as listener, listening() as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.address(""))
        for status in (301, 302, 303, 307, 308):
            listener.reply = lambda _sent, code=status: (code, b"", {"Location": inner.address()})
            assert called(listener.address(), trusted=trusted(listener)).status == status
        assert inner.requests == proxy.requests == []
        assert len(listener.requests) == 5


def test_of_an_answer_only_its_beginning_is_read():
    def endless(_sent: Sent) -> tuple:
        return 200, b"x" * 1_000_000, {"Content-Encoding": "gzip"}

    with listening() as listener:
        listener.reply = endless
        assert called(listener.address(), trusted=trusted(listener)).body == b"x" * connecting.LARGEST_ANSWER


@contextmanager
def dripping(first: bytes, drop: bytes):
    """A server that answers a letter at a time, for ever."""
    server = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _who = server.accept()
        connection.recv(65536)
        try:
            connection.sendall(first)
            while True:
                connection.sendall(drop)
                time.sleep(0.05)
        except OSError:
            connection.close()

    thread = Thread(target=drip, daemon=True)
    thread.start()
    try:
        yield Listener(server.getsockname()[1])
    finally:
        server.close()


def test_whoever_answers_letter_by_letter_is_cut_off(monkeypatch):
    monkeypatch.setattr(connecting, "ALL_WITHIN", 0.5)
    monkeypatch.setattr(connecting, "BODY_WITHIN", 0.3)
    begun = time.monotonic()
    with dripping(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a") as listener:
        assert trouble_of(listener.address(), trusted=trusted(listener)) == Trouble.TOO_SLOW
    with dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"a") as listener:
        answer = called(listener.address(), trusted=trusted(listener))
    assert answer.status == 200
    assert time.monotonic() - begun < 2


def test_a_name_that_nobody_knows_or_answers_for_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(connecting, "NAME_WITHIN", 0.2)

    def unknown(_host: str) -> list[str]:
        raise socket.gaierror

    def hanging(_host: str) -> list[str]:
        time.sleep(1)
        return ["8.8.8.8"]

    assert trouble_of(f"https://{NAME}/", resolve=unknown) == Trouble.NO_NAME
    assert trouble_of(f"https://{NAME}/", resolve=hanging) == Trouble.NO_NAME


def test_nobody_there_and_no_answer_are_told_apart(monkeypatch):
    monkeypatch.setattr(connecting, "ALL_WITHIN", 0.3)
    with listening() as listener:
        pass
    assert trouble_of(listener.address(), trusted=trusted(listener)) == Trouble.UNREACHED
    with listening() as listener:
        listener.reply = lambda _sent: (time.sleep(1), b"", {})
        assert trouble_of(listener.address(), trusted=trusted(listener)) == Trouble.TOO_SLOW


def test_a_server_has_all_its_time_to_answer_not_only_that_of_connecting(monkeypatch):
    monkeypatch.setattr(connecting, "CONNECT_WITHIN", 0.1)
    with listening() as listener:
        listener.reply = lambda _sent: (time.sleep(0.3), OK)[1]
        assert called(listener.address(), trusted=trusted(listener)).status == 204


# --- a connection that is kept


@pytest.mark.parametrize(("reply", "connections"), [(OK, 1), ((200, b"x" * 4000, {}), 1), ((200, b"x" * 9000, {}), 3)])
def test_a_connection_is_kept_unless_more_is_answered_than_is_read(reply, connections):
    with listening() as listener, Line() as line:
        listener.reply = lambda _sent: reply
        for _time in range(3):
            answer = line.post(read_endpoint(listener.address()), b"{}", {}, trusted=trusted(listener))
            assert answer.body == reply[1][: connecting.LARGEST_ANSWER]
    assert (len(listener.requests), listener.connections) == (3, connections)


def test_a_connection_that_its_other_end_let_go_of_is_opened_anew():
    with listening() as listener, Line() as line:
        listener.lets_go_after = 2
        for _time in range(5):
            assert line.post(read_endpoint(listener.address()), b"{}", {}, trusted=trusted(listener)).status == 204
    assert (len(listener.requests), listener.connections) == (5, 3)


def test_a_kept_connection_serves_no_other_endpoint_and_none_that_is_trusted_no_more():
    with listening() as listener, listening() as other, Line() as line:
        endpoint = read_endpoint(listener.address())
        line.post(endpoint, b"{}", {}, trusted=trusted(listener))
        line.post(read_endpoint(other.address()), b"{}", {}, trusted=trusted(other))
        line.post(endpoint, b"{}", {}, trusted=trusted(listener))
        with sockets_opened() as opened, pytest.raises(NoAnswer):
            line.post(endpoint, b"{}", {}, trusted=[])
    assert opened == []
    assert (len(listener.requests), listener.connections, len(other.requests)) == (2, 2, 1)
