"""A real server of another system on this machine: it keeps what it is sent, and answers as a test says."""

import ipaddress
import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from directives.models import TrustedNetwork

NAME = "tiepnhan.bo.gov.vn"
LOOPBACK = "127.0.0.0/8"


@dataclass
class Sent:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict:
        return json.loads(self.body)


# What to answer: a status, a body, headers.
Reply = tuple[int, bytes, dict[str, str]]
OK: Reply = (204, b"", {})


def repeats(sent: Sent) -> Reply:
    """200 with the challenge, if it is one; else 204."""
    challenge = sent.told.get("data", {}).get("challenge")
    return (200, json.dumps({"challenge": challenge}).encode(), {}) if challenge else OK


@dataclass
class Listener:
    """What came so far, and how the next is answered."""

    port: int
    scheme: str = "http"
    reply: Callable[[Sent], Reply] = repeats
    requests: list[Sent] = field(default_factory=list)
    connections: int = 0
    # After so many requests of one connection it is closed, without a word.
    lets_go_after: int = 0

    def address(self, path: str = "/hook", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def changes(self) -> list[Sent]:
        """Without challenges."""
        return [one for one in self.requests if not one.told["type"].startswith("subscription.")]


class Quiet(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_about: object) -> None:
        """Whoever hangs up is no matter."""


def answering(listener: Listener) -> type[BaseHTTPRequestHandler]:
    """What keeps each request and answers it as the listener says."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        served = 0

        def setup(self) -> None:
            super().setup()
            listener.connections += 1

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            sent = Sent(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            listener.requests.append(sent)
            status, answer, headers = listener.reply(sent)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(answer)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)
            self.served += 1
            self.close_connection |= self.served == listener.lets_go_after

        def log_message(self, *_words: object) -> None:
            pass

    return Handler


@contextmanager
def listening(certificate: Path | None = None) -> Iterator[Listener]:
    """A server on a port of this machine; with a certificate (key and chain in one file) it speaks TLS."""
    listener = Listener(0, "https" if certificate else "http")
    server = Quiet(("127.0.0.1", 0), answering(listener))
    listener.port = server.server_address[1]
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()


def trust(*listeners: Listener) -> TrustedNetwork:
    """This machine is opened, by the ports of these alone; at the desk nobody may do that."""
    ports = [one.port for one in listeners]
    return TrustedNetwork.objects.create(network=LOOPBACK, ports=ports, unencrypted=True, note="tests")


def make_certificate(folder: Path, *names: str) -> Path:
    """A certificate for these names and for 127.0.0.1, signed by itself, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
    now = datetime.now(UTC)
    addresses = [x509.DNSName(name) for name in names] + [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    builder = x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1))
    builder = builder.not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName(addresses), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    certificate = builder.sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "certificate.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
